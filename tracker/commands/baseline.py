"""`tracker baseline FILE`: what is found when tracker is taken up, accepted for a year; after that it only shrinks."""

from pathlib import Path

import click

from tracker import door
from tracker.cli import FINE, TROUBLE


@door.command("baseline")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@door.sharing("folder", "as_of", "hindsight", "plans", "units", "lang")
@door.option("--add", key="baseline_add", is_flag=True)
@door.option("--reason", key="baseline_reason", metavar="TEXT", default="")
def command(request: door.Request, *, file: Path, add: bool, reason: str) -> int:
    """Write the file, or take out of it what is mended. More is accepted only with --add and a reason."""
    from tracker.history import renamed
    from tracker.model.rule import Severity
    from tracker.model.waiver import Accepted
    from tracker.read.baseline import read_baseline, written
    from tracker.run import run

    if add and not reason.strip():
        raise click.UsageError(request.say("usage.baseline_reason"))
    project = door.load(request.folder)
    report = run(project, request.asked(project, request.plan_ids(project), request.as_of))
    old, problems = read_baseline(file, str(file)) if file.exists() else ((), ())
    door.tell([*report.problems, *problems], request.say)
    if report.problems or problems:
        # What could not be judged is not accepted, and what could not be read is not thrown away.
        return TROUBLE
    there = {one.fingerprint: one.severity for one in report.findings if one.waiver is None}
    known = {renamed(one.key, project.renames): one for one in old}
    kept = [
        one._replace(key=key, severity=min(Severity(one.severity), there[key], key=lambda level: level.rank))
        for key, one in known.items()
        if key in there
    ]
    fresh = [key for key in there if key not in known]
    added = fresh if add or not file.exists() else []
    entries = [*kept, *(Accepted(key, there[key], report.as_of, reason.strip()) for key in added)]
    door.write_bytes(written(tuple(entries)).encode(), file)
    counts = {"kept": len(kept), "gone": len(known) - len(kept), "added": len(added), "left": len(fresh) - len(added)}
    said = {name: request.say.number(count) for name, count in counts.items()}
    door.write(request.say("baseline.done", file=str(file), **said), None)
    return FINE

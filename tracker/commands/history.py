"""`tracker history`: what earlier runs found, and one line more."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker import append, door
from tracker.cli import FINE, TROUBLE
from tracker.render.history import formats

if TYPE_CHECKING:
    from tracker.model.history import Logged

_FILE = "history.jsonl"


@door.command("history")
@click.argument("action", metavar="[show|add]", type=click.Choice(("show", "add")), default="show")
@door.shared
@door.option("--file", "file", key="history_file", metavar="FILE", type=click.Path(path_type=Path))
@door.option("--commit", "commit", key="history_commit", metavar="REV", default="")
@door.option("--format", "format_", key="format", type=click.Choice(formats()), default="text")
@door.option("--plain", key="plain", is_flag=True)
@door.option("--no-color", key="no_color", is_flag=True)
def command(
    request: door.Request,
    *,
    action: str,
    file: Path | None,
    commit: str,
    format_: str,
    plain: bool,
    no_color: bool,
) -> int:
    """Show what the runs add up to, or judge the project and add a line; exit code 2 where something cannot be read."""
    from tracker.history import trend
    from tracker.read.runs import read_runs
    from tracker.render.history import Look, renderer

    root = door.root_of(request.folder)
    path = file.absolute() if file else root / _FILE
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(file)
    runs, problems, size = read_runs(path, shown)
    door.tell(problems, request.say)
    if action == "add":
        if problems:
            return TROUBLE
        return _add(request, root, (path, shown, size), runs, commit)
    if request.plans or request.units or request.hindsight or commit:
        raise click.UsageError(request.say("usage.history_only_add"))
    if file is not None and not path.exists():
        raise click.UsageError(request.say("usage.history_missing", file=shown))
    seen = [run for run in runs if request.as_of is None or run.as_of <= request.as_of]
    if seen:
        project = door.load(root)
        units = {unit.id: unit for unit in project.units}
        screen = door.screen(plain=plain, no_color=no_color, output=request.output)
        page = renderer(format_)(trend(seen, project.renames), Look(request.say, units, *screen))
    else:
        page = request.say("history.none", file=shown)
    door.write(page, request.output)
    return TROUBLE if problems else FINE


def _add(
    request: door.Request,
    root: Path,
    where: tuple[Path, str, int],
    before: "tuple[Logged, ...]",
    commit: str,
) -> int:
    """One line for this run; none where the last one says the same of the same days."""
    from tracker.history import fold, logged, says_nothing_new
    from tracker.read.runs import line_of
    from tracker.run import run

    say, (path, file, size) = request.say, where
    if not commit.isprintable() or " " in commit:
        raise click.UsageError(say("usage.history_commit", commit=ascii(commit)))
    project = door.load(root)
    plans = request.plan_ids(project)
    report = run(project, request.asked(project, plans, request.as_of))
    if report.problems:
        # What could not be read is not judged: it would look resolved.
        door.tell(report.problems, say)
        raise click.UsageError(say("usage.history_unread", file=file))
    if report.faults:
        raise report.faults[0]
    limits = {"plans": tuple(sorted(plans)), "units": tuple(sorted(request.units))}
    line = logged(report, before, commit=commit, renames=project.renames, **limits)
    as_of = say.day(line.as_of)
    if before:
        last = before[-1]
        if line.as_of < last.as_of or line.known_by < last.known_by:
            days = {"as_of": say.day(last.as_of), "known_by": say.day(last.known_by)}
            raise click.UsageError(say("usage.history_earlier", file=file, **days))
        if (line.plans, line.units) != (last.plans, last.units):
            options = " ".join([*(f"--plan {one}" for one in last.plans), *(f"--unit {one}" for one in last.units)])
            raise click.UsageError(say("usage.history_asked", file=file, options=options or "-"))
    if says_nothing_new(line, before):
        door.write(say("history.same", file=file, as_of=as_of), request.output)
        return FINE
    append.append_line(path, line_of(line), size)
    counts = {name: say.number(len(getattr(line, name))) for name in ("new", "resolved", "reopened")}
    still = say.number(len(fold((*before, line), project.renames).open))
    door.write(say("history.added", file=file, as_of=as_of, open=still, **counts), request.output)
    return FINE

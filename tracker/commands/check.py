"""`tracker check`: every finding, for a person or for CI."""

from datetime import date
from pathlib import Path

import click

from tracker import door
from tracker.render.findings import formats

LEVELS = ("error", "warning", "note", door.NEVER)


@door.command("check")
@door.shared
@door.option("--format", "format_", key="format", type=click.Choice(formats()), default="text")
@door.option("--fail-on", key="fail_on", type=click.Choice(LEVELS), default="error", show_default=True)
@door.option("--select", key="select", metavar="RULE", multiple=True)
@door.option("--ignore", key="ignore", metavar="RULE", multiple=True)
def command(
    *,
    folder: Path | None,
    as_of: date | None,
    hindsight: bool,
    plans: tuple[str, ...],
    units: tuple[str, ...],
    lang: str,
    output: Path | None,
    format_: str,
    fail_on: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
) -> int:
    """Judge everything that is in force and print what breaks a rule."""
    from tracker.render.findings import renderer
    from tracker.run import Asked

    say = door.language(lang)
    project = door.load(folder)
    rules = door.split(select), door.split(ignore)
    door.patterns(project, (*rules[0], *rules[1]))
    asked = Asked(
        door.days(as_of, hindsight=hindsight),
        door.plan_ids(project, plans),
        door.known(units, (unit.id for unit in project.units), "unit"),
        rules[0] or ("*",),
        rules[1],
    )
    report = door.judged(project, asked)
    door.tell(report.problems, say)
    door.write(renderer(format_)(report, say), output)
    return door.exit_code(report, fail_on)

"""`tracker export TABLE`: a table for other programs."""

from datetime import date
from pathlib import Path

import click

from tracker import door
from tracker.cli import FINE, TROUBLE
from tracker.model.tables import RULES, TABLES
from tracker.render.table import formats

_CHOICES = tuple(name for name in TABLES if name != RULES.name)


@door.command("export")
@click.argument("table", type=click.Choice(_CHOICES), default="standings")
@door.shared
@door.option("--format", "format_", key="format", type=click.Choice(formats()), default="csv")
def command(
    *,
    table: str,
    folder: Path | None,
    as_of: date | None,
    hindsight: bool,
    plans: tuple[str, ...],
    units: tuple[str, ...],
    lang: str,
    output: Path | None,
    format_: str,
) -> int:
    """Write one row per obligation (or per task, record, figure …); exit code 2 where input could not be read."""
    from tracker.render.table import renderer
    from tracker.run import Asked, exported

    say = door.language(lang)
    project = door.load(folder)
    asked = Asked(
        door.days(as_of, hindsight=hindsight),
        door.plan_ids(project, plans),
        door.known(units, (unit.id for unit in project.units), "unit"),
    )
    problems, columns, rows = exported(project, asked, table)
    door.tell(problems, say)
    try:
        data = renderer(format_)(columns, rows)
    except ModuleNotFoundError as error:
        raise click.UsageError(say("usage.no_library", format=format_, library=error.name or "")) from error
    door.write_bytes(data, output)
    return TROUBLE if problems else FINE

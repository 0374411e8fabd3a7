"""`tracker export TABLE`: a table for other programs."""

from typing import TYPE_CHECKING

import click

from tracker import door
from tracker.cli import FINE, TROUBLE
from tracker.lang import Words
from tracker.model.project import Project
from tracker.model.tables import RULES, TABLES
from tracker.progress import waiting
from tracker.render.table import Layout, formats

if TYPE_CHECKING:
    from tracker.run import Asked

_CHOICES = tuple(name for name in TABLES if name != RULES.name)


@door.command("export")
@click.argument("table", type=click.Choice(_CHOICES), default="standings")
@door.shared
@door.option("--format", "format_", key="format", type=click.Choice(formats()), default="csv")
def command(
    request: door.Request,
    *,
    table: str,
    format_: str,
) -> int:
    """Write one row per obligation (or per task, record, figure …); exit code 2 where input could not be read."""
    from tracker.exported import exported
    from tracker.render.table import renderer
    from tracker.render.xlsx.book import TooLargeError

    with waiting(request.say("check.waiting")):
        project = door.load(request.folder)
        asked = request.asked(project, request.plan_ids(project), request.as_of)
        problems, columns, rows = exported(project, asked, table)
    door.tell(problems, request.say)
    try:
        data = renderer(format_)(columns, rows, _layout(request.say, project, asked, table))
    except ModuleNotFoundError as error:
        raise click.UsageError(request.say("usage.no_library", format=format_, library=error.name or "")) from error
    except TooLargeError as error:
        slots = {"found": request.say.number(error.found), "most": request.say.number(error.most)}
        raise click.UsageError(request.say(f"usage.too_large_{error.what}", **slots)) from error
    door.write_bytes(data, request.output)
    return TROUBLE if problems else FINE


def _layout(say: Words, project: Project, asked: "Asked", table: str) -> Layout:
    """What a format for people says around the table."""
    days = say("explain.days", as_of=say.day(asked.days.as_of), known_by=say.day(asked.days.known_by))
    units = {unit.id: unit for unit in project.units}
    return Layout(say(f"table.{table}"), days, say, say.table["column"], units)

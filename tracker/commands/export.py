"""`tracker export TABLE`: a table for other programs."""

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
    request: door.Request,
    *,
    table: str,
    format_: str,
) -> int:
    """Write one row per obligation (or per task, record, figure …); exit code 2 where input could not be read."""
    from tracker.render.table import renderer
    from tracker.run import exported

    project = door.load(request.folder)
    asked = request.asked(project, request.plan_ids(project), request.as_of)
    problems, columns, rows = exported(project, asked, table)
    door.tell(problems, request.say)
    try:
        data = renderer(format_)(columns, rows)
    except ModuleNotFoundError as error:
        raise click.UsageError(request.say("usage.no_library", format=format_, library=error.name or "")) from error
    door.write_bytes(data, request.output)
    return TROUBLE if problems else FINE

"""`tracker remind`: for each unit what is missing and what is coming, as a text to send or as one table."""

from itertools import groupby

import click

from tracker import door
from tracker.cli import FINE, TROUBLE
from tracker.render.table import formats

_TEXT, _WITHIN = "text", 14


@door.command("remind")
@door.shared
@door.option("--within", key="remind_within", metavar="DAYS", type=click.IntRange(0, 366), default=_WITHIN)
@door.option("--format", "format_", key="format", type=click.Choice((_TEXT, *formats())), default=_TEXT)
def command(request: door.Request, *, within: int, format_: str) -> int:
    """Write the reminders; exit code 2 where input could not be read: somebody may have done what is asked for."""
    from tracker.draft.remind import COLUMNS, message, reminders, table
    from tracker.lang import headings
    from tracker.render.table import Layout, renderer
    from tracker.run import judge

    say = request.say
    project = door.load(request.folder)
    asked = request.asked(project, request.plan_ids(project), request.as_of)
    situation, unreadable = judge(project, asked)
    problems = sorted([*project.problems, *unreadable], key=lambda problem: problem.order)
    door.tell(problems, say)
    found = reminders(situation.standings, project.units, within)
    as_of = say.day(asked.days.as_of)
    if format_ == _TEXT:
        by_unit = groupby(found, key=lambda one: one.standing.obligation.unit.id)
        texts = [message(list(group), say, as_of, within) for _, group in by_unit]
        door.write("\n\n---\n\n".join(texts) or say("remind.nothing", as_of=as_of), request.output)
        return TROUBLE if problems else FINE
    subtitle = say("explain.days", as_of=as_of, known_by=say.day(asked.days.known_by))
    units = {unit.id: unit for unit in project.units}
    layout = Layout(say("remind.title"), subtitle, say, headings(say.code).table["column"], units)
    try:
        data = renderer(format_)(COLUMNS, table(found), layout)
    except ModuleNotFoundError as error:
        raise click.UsageError(say("usage.no_library", format=format_, library=error.name or "")) from error
    door.write_bytes(data, request.output)
    return TROUBLE if problems else FINE

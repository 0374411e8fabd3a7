"""`tracker sheet UNIT|--all`: the form on which a unit says what it did in a period."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker import door
from tracker.cli import FINE, TROUBLE
from tracker.lang import Words

if TYPE_CHECKING:
    from tracker.model.sheet import Sheet

_SUFFIX = ".xlsx"


@door.command("sheet")
@click.argument("unit", metavar="UNIT", required=False)
@door.option("--all", "everybody", key="sheet_all", is_flag=True)
@door.option("--period", key="sheet_period", metavar="PERIOD")
@door.sharing("folder", "as_of", "hindsight", "plans", "lang", "output")
def command(request: door.Request, *, unit: str | None, everybody: bool, period: str | None) -> int:
    """Write one workbook a unit; exit code 2 where input could not be read: more may be on record than is shown."""
    from tracker.draft.sheet import sheet
    from tracker.run import judge

    say, output = request.say, request.output or Path()
    if (unit is None) is not everybody:
        raise click.UsageError(say("usage.sheet_who"))
    one_file = output.suffix.lower() == _SUFFIX
    if everybody and one_file:
        raise click.UsageError(say("usage.sheet_file", file=str(output)))
    project = door.load(request.folder)
    asked = request.asked(project, request.plan_ids(project), request.as_of)
    name = _period(period, request) if period else f"{asked.days.as_of:%Y-%m}"
    if unit is not None:
        door.known((unit,), (one.id for one in project.units), "unit")
    situation, unreadable = judge(project, asked)
    problems = sorted([*project.problems, *unreadable], key=lambda problem: problem.order)
    door.tell(problems, say)
    files: dict[str, str | bytes] = {}
    for one in project.units:
        if unit in (None, one.id):
            made = sheet(situation.standings, one, name, units=project.units, say=say, as_of=asked.days.as_of)
            if made.lines:
                files[output.name if one_file else f"phieu-{one.id}-{name}{_SUFFIX}"] = _form(made, say)
            elif unit is not None:
                door.write(say("sheet.none", unit=one.name, period=say.period(name)), None)
    folder = output.parent if one_file else output
    door.write_below(folder, files)
    if files:
        shown = ", ".join((folder / file).as_posix() for file in files)
        door.write(say("sheet.made", count=say.number(len(files)), files=shown), None)
    return TROUBLE if problems else FINE


def _form(sheet: "Sheet", say: Words) -> bytes:
    """The workbook. Raises click.UsageError where a text does not fit into a cell: nothing is cut."""
    from tracker.render.xlsx.book import TooLargeError
    from tracker.render.xlsx.form import form

    try:
        return form(sheet, say)
    except TooLargeError as error:
        slots = {"found": say.number(error.found), "most": say.number(error.most), "unit": sheet.name}
        raise click.UsageError(say("usage.sheet_large", **slots)) from error


def _period(text: str, request: door.Request) -> str:
    """The id of the one period that was named."""
    from tracker.read.days import parse_period
    from tracker.read.values import Refusal

    found = parse_period(text)
    if isinstance(found, Refusal):
        raise click.UsageError(request.say.refusal(found.code, found.args))
    if len(found) != 1:
        raise click.UsageError(request.say("usage.sheet_period", text=text))
    return found[0]

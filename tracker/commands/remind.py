"""`tracker remind`: what is missing and what is coming, as a text for each unit, as one table, or as a letter."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from tracker import door, papers
from tracker.cli import FINE, TROUBLE
from tracker.render.paper import formats as paper_formats
from tracker.render.table import formats
from tracker.render.word.profile import profile_names

if TYPE_CHECKING:
    from tracker.model.paper import Paper
    from tracker.model.project import Project
    from tracker.model.reminder import Reminder
    from tracker.run import Asked

_TEXT, _WITHIN = "text", 14
_FORMATS = (_TEXT, *formats(), *paper_formats())


@door.command("remind")
@door.shared
@door.option("--within", key="remind_within", metavar="DAYS", type=click.IntRange(0, 366), default=_WITHIN)
@door.option("--format", "format_", key="format", type=click.Choice(_FORMATS), default=_TEXT)
@door.option("--profile", "profile", key="profile", type=click.Choice(profile_names()))
@door.option("--overwrite", "overwrite", key="overwrite", is_flag=True)
def command(request: door.Request, *, within: int, format_: str, profile: str | None, overwrite: bool) -> int:
    """Write the reminders; exit code 2 where input could not be read: somebody may have done what is asked for."""
    from tracker.draft.remind import message, reminders
    from tracker.run import judge

    say = request.say
    project = door.load(request.folder)
    asked = request.asked(project, request.plan_ids(project), request.as_of)
    if format_ in paper_formats():
        asked = asked._replace(plans=_one_plan(request, project))
    situation, unreadable = judge(project, asked)
    problems = sorted([*project.problems, *unreadable], key=lambda problem: problem.order)
    door.tell(problems, say)
    found = reminders(situation.standings, project.units, within)
    as_of = say.day(asked.days.as_of)
    if format_ in paper_formats():
        paper = _letter(request, project, asked, found, within)
        papers.put(paper, request, papers.Wish(format_, trace=False, profile=profile or "", overwrite=overwrite))
    elif format_ == _TEXT:
        by_unit = groupby(found, key=lambda one: one.standing.obligation.unit.id)
        texts = [message(list(group), say, as_of, within) for _, group in by_unit]
        door.write("\n\n---\n\n".join(texts) or say("remind.nothing", as_of=as_of), request.output)
    else:
        door.write_bytes(_table(request, project, asked, found, format_), request.output)
    return TROUBLE if problems else FINE


def _one_plan(request: door.Request, project: "Project") -> tuple[str]:
    """The plan that the letter is about: that which is named, or the newest."""
    from tracker.run import newest

    names = request.plan_ids(project) or newest(project, request.as_of or door.today())[0][:1]
    if len(names) != 1:
        raise click.UsageError(request.say("usage.remind_plan", plans=", ".join(plan.id for plan in project.plans)))
    return (names[0],)


def _letter(
    request: door.Request, project: "Project", asked: "Asked", found: Sequence["Reminder"], within: int,
) -> "Paper":
    from tracker.draft.letter import letter
    from tracker.model.letterhead import Letterhead

    if not found:
        raise click.UsageError(request.say("usage.remind_letter"))
    plan = next(one for one in project.plans if one.id in asked.plans)
    above = next((one for one in project.plans if one.id == plan.under), None)
    head = plan.paper or (above.paper if above else None) or Letterhead()
    return letter(found, plan, head, units=project.units, days=asked.days, within=within)


def _table(
    request: door.Request, project: "Project", asked: "Asked", found: Sequence["Reminder"], format_: str,
) -> bytes:
    from tracker.draft.remind import COLUMNS, table
    from tracker.render.table import Layout, renderer
    from tracker.render.xlsx.book import TooLargeError

    say = request.say
    subtitle = say("explain.days", as_of=say.day(asked.days.as_of), known_by=say.day(asked.days.known_by))
    units = {unit.id: unit for unit in project.units}
    layout = Layout(say("remind.title"), subtitle, say, say.table["column"], units)
    try:
        return renderer(format_)(COLUMNS, table(found), layout)
    except ModuleNotFoundError as error:
        raise click.UsageError(say("usage.no_library", format=format_, library=error.name or "")) from error
    except TooLargeError as error:
        slots = {"found": say.number(error.found), "most": say.number(error.most)}
        raise click.UsageError(say(f"usage.too_large_{error.what}", **slots)) from error

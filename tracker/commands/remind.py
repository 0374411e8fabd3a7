"""`tracker remind`: what is missing and what is coming, as texts, one table or a letter; and that it was sent."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from tracker import door, papers, sending
from tracker.cli import FINE, TROUBLE
from tracker.lang import Words
from tracker.model.reminder import By
from tracker.model.sent import Channel
from tracker.render.paper import formats as paper_formats
from tracker.render.table import formats
from tracker.render.word.profile import profile_names

if TYPE_CHECKING:
    from tracker.draft.remind import About
    from tracker.model.paper import Paper
    from tracker.model.project import Project
    from tracker.model.reminder import Reminder
    from tracker.rows.situation import Situation
    from tracker.run import Asked

_TEXT, _WITHIN = "text", 14
_FORMATS = (_TEXT, *formats(), *paper_formats())
_DAYS = click.IntRange(0, 366)


@door.command("remind")
@door.shared
@door.option("--by", "by", key="remind_by", type=click.Choice([str(one) for one in By]), default=str(By.UNIT))
@door.option("--within", key="remind_within", metavar="DAYS", type=_DAYS, default=_WITHIN)
@door.option("--again", "again", key="remind_again", metavar="DAYS", type=_DAYS)
@door.option("--format", "format_", key="format", type=click.Choice(_FORMATS), default=_TEXT)
@door.option("--profile", "profile", key="profile", type=click.Choice(profile_names()))
@door.option("--overwrite", "overwrite", key="overwrite", is_flag=True)
@door.option("--sent", "sent", key="remind_sent", is_flag=True)
@door.option("--how", "how", key="remind_how", type=click.Choice([str(one) for one in Channel]))
@door.option("--doc", "doc", key="remind_doc", metavar="NUMBER")
@door.option("--from", "sender", key="remind_from", metavar="ID")
@door.option("--on", "on", key="remind_on", metavar="DATE", type=door.Day())
@door.option("--undo", "undo", key="remind_undo", metavar="ID")
@door.option("--dry-run", "dry_run", key="remind_dry_run", is_flag=True)
def command(
    request: door.Request,
    *,
    by: str,
    within: int,
    again: int | None,
    format_: str,
    profile: str | None,
    overwrite: bool,
    undo: str | None,
    **logged: Any,
) -> int:
    """Write the reminders; exit code 2 where input could not be read: somebody may have done what is asked for."""
    from tracker.draft.remind import About
    from tracker.run import judge

    say, root = request.say, door.root_of(request.folder)
    wish = sending.checked(sending.Wish(**logged), say, undo=undo is not None)
    if undo is not None:
        sending.take_back(root, undo, say, dry_run=wish.dry_run)
        return FINE
    project = door.load(root)
    asked = request.asked(project, request.plan_ids(project), request.as_of)
    if format_ in paper_formats():
        asked = asked._replace(plans=_one_plan(request, project))
    situation, unreadable = judge(project, asked)
    problems = sorted([*project.problems, *unreadable], key=lambda problem: problem.order)
    door.tell(problems, say)
    found = _found(situation, project, About(By(by), within=within), again, say)
    # How it was sent is looked at before anything is written.
    how = sending.sending(wish, found, project, asked.days.as_of, say) if wish.sent and found else None
    if format_ in paper_formats():
        paper = _letter(request, project, asked, found, About(By(by), "", within))
        papers.put(paper, request, papers.Wish(format_, trace=False, profile=profile or "", overwrite=overwrite))
    elif format_ == _TEXT:
        about = About(By(by), say.day(asked.days.as_of), within, {unit.id: unit for unit in project.units})
        door.write(_texts(found, about, say), request.output)
    else:
        door.write_bytes(_table(request, project, asked, found, format_), request.output)
    if how is not None:
        sending.record(root, found, how, say, dry_run=wish.dry_run)
    elif wish.sent:
        door.remark([say("remind.nothing_logged")])
    return TROUBLE if problems else FINE


def _found(
    situation: "Situation", project: "Project", about: "About", again: int | None, say: Words,
) -> Sequence["Reminder"]:
    """What is to be asked for, and of whom; without what somebody was asked for in the last days, of which it tells."""
    from tracker.draft.recipients import addressed, lately
    from tracker.draft.remind import reminders

    as_of = situation.days.as_of
    found = reminders(situation.standings, project.units, about.within)
    if again is not None:
        left = lately(found, again, as_of)
        if len(left) < len(found):
            door.remark([say("remind.left_out", count=say.number(len(found) - len(left)), days=say.number(again))])
        found = left
    return addressed(found, about.by, project.units, as_of)


def _texts(found: Sequence["Reminder"], about: "About", say: Words) -> str:
    """A text for each that is written to, parted by a line."""
    from tracker.draft.remind import message

    texts = [message(list(group), say, about) for _, group in groupby(found, key=lambda one: one.to)]
    return "\n\n---\n\n".join(texts) or say("remind.nothing", as_of=about.as_of)


def _one_plan(request: door.Request, project: "Project") -> tuple[str]:
    """The plan that the letter is about: that which is named, or the newest."""
    from tracker.run import newest

    names = request.plan_ids(project) or newest(project, request.as_of or door.today())[0][:1]
    if len(names) != 1:
        raise click.UsageError(request.say("usage.remind_plan", plans=", ".join(plan.id for plan in project.plans)))
    return (names[0],)


def _letter(
    request: door.Request, project: "Project", asked: "Asked", found: Sequence["Reminder"], about: "About",
) -> "Paper":
    from tracker.draft.letter import letter
    from tracker.model.letterhead import Letterhead

    if not found:
        raise click.UsageError(request.say("usage.remind_letter"))
    plan = next(one for one in project.plans if one.id in asked.plans)
    above = next((one for one in project.plans if one.id == plan.under), None)
    head = plan.paper or (above.paper if above else None) or Letterhead()
    return letter(found, plan, head, units=project.units, days=asked.days, about=about)


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

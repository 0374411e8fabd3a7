"""`tracker report`: the whole report of a year, a quarter or a month as a draft, every number with what it rests on."""

from typing import TYPE_CHECKING

import click

from tracker import door, papers
from tracker.cli import FINE

if TYPE_CHECKING:
    from tracker.model.plan import Plan
    from tracker.model.project import Project


@door.command("report")
@door.sharing("folder", "as_of", "hindsight", "plans", "lang", "output")
@door.option("--period", "period", key="report_period", metavar="PERIOD", default="")
@papers.options
def command(request: door.Request, *, period: str, wish: papers.Wish) -> int:
    """Write the draft; none where something could not be read (exit code 2): its figures would be too small."""
    from tracker.draft.over import over
    from tracker.draft.report import report

    project = door.load(request.folder)
    written = _period(period)
    plan = _plan(request, project, written)
    days = over(plan, written)
    if days is None:
        said = request.say("usage.report_period", text=period, plan=plan.id, period=request.say.period(_whole(plan)))
        raise click.UsageError(said)
    asked = request.asked(project, (), request.as_of)
    judged, paper = report(project, asked, plan.id, days, request.say, naming=wish.names)
    if judged.problems:
        door.tell(judged.problems, request.say)
        raise click.UsageError(request.say("usage.draft_unread"))
    if judged.faults:
        raise judged.faults[0]
    papers.put(paper, request, wish)
    return FINE


def _period(text: str) -> str:
    """The period as an id; what people write (quý III/2023) is understood as in files."""
    from tracker.read.days import parse_period
    from tracker.read.values import Refusal

    found = parse_period(text)
    return text if isinstance(found, Refusal) or len(found) != 1 else found[0]


def _whole(plan: "Plan") -> str:
    from tracker.periods import whole

    return whole(plan.period).id


def _plan(request: door.Request, project: "Project", period: str) -> "Plan":
    """The one plan that the report is on: that which is named, or whose time holds the period, or the newest.

    Raises click.UsageError for several, and where there is none.
    """
    from tracker.periods import span_of
    from tracker.run import newest

    names = request.plan_ids(project)
    if not names and period and (span := span_of(period)) is not None:
        names = tuple(
            plan.id
            for plan in project.plans
            if not plan.programme and plan.period.first <= span.first and span.last <= plan.period.last
        )
    names = names or newest(project, request.as_of or door.today())[0][:1]
    if len(names) != 1:
        raise click.UsageError(request.say("usage.report_plan", plans=", ".join(plan.id for plan in project.plans)))
    plan = next(plan for plan in project.plans if plan.id == names[0])
    if plan.known_from > (request.as_of or door.today()):
        raise click.UsageError(request.say("usage.report_early", plan=plan.id, day=request.say.day(plan.known_from)))
    return plan

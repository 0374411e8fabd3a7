"""A judgement → the whole report of a year, a quarter or a month: what was done, what came of it, what lies ahead."""

from collections.abc import Iterator

from tracker.draft.advice import advice
from tracker.draft.matter import Matter, closing_day
from tracker.draft.over import Over
from tracker.draft.parts.ahead import ahead
from tracker.draft.parts.areas import areas
from tracker.draft.parts.assessment import Before, assessment
from tracker.draft.parts.frame import frame
from tracker.draft.parts.preamble import preamble
from tracker.draft.pen import Pen, block
from tracker.draft.section import draft, limitations
from tracker.know import known
from tracker.lang import Words, words
from tracker.model.draft import ALL, Choice, Draft
from tracker.model.paper import Block, Paper, Role
from tracker.model.plan import Plan
from tracker.model.project import Project
from tracker.model.record import StrayReason
from tracker.model.report import Report
from tracker.periods import Days
from tracker.run import Asked, followers, judge, run


def report(
    project: Project,
    asked: Asked,
    plan: str,
    over: Over,
    say: Words,
    *,
    choice: Choice = ALL,
) -> tuple[Report, Paper]:
    """The paper of one plan over these days, and the judgement behind it; advice to its writer in `say`.

    It is judged as of the day that is asked, or of the end of these days where that is earlier; the whole of a plan
    that was closed before, as of its closing.
    """
    chosen = next(one for one in project.plans if one.id == plan)
    end = min(over.end, chosen.closed or over.end) if over.whole else over.end
    as_of = min(asked.days.as_of, end)
    days = Days(as_of, asked.days.known_by)
    judged = run(project, asked._replace(days=days, plans=tuple(filter(None, (chosen.id, chosen.under)))))
    matter = Matter(Pen(words()), judged, known(project, days.known_by), over, plan)
    made = draft(judged, choice._replace(later=tuple(followers(matter.project, [plan]))))
    before = _before(matter, asked)
    body = (*preamble(matter), *areas(matter), *_assessed(matter, made, before), *ahead(matter))
    paper = Paper(judged.as_of, judged.known_by, made.plans, body, made.annexes, (), frame(matter))
    return judged, paper._replace(advice=tuple(_advice(matter, made, paper, say)))


def _assessed(matter: Matter, made: Draft, before: Before | None) -> Iterator[Block]:
    yield block("II", Role.PART, matter.pen("annual.part.assessment"), "II")
    yield from assessment(matter, before)
    yield block("II.2", Role.HEADING, matter.pen("draft.heading"), "2")
    yield from limitations(made)


def _before(matter: Matter, asked: Asked) -> Before | None:
    """The plan of the time before under the same programme, as it stood when it was over."""
    earlier = [
        plan for plan in matter.project.plans
        if plan.under and plan.under == matter.plan.under and plan.period.last < matter.plan.period.first
    ]  # fmt: skip
    if not matter.over.whole or not earlier:
        return None
    plan: Plan = max(earlier, key=lambda one: (one.period.first, one.id))
    days = Days(closing_day(plan), asked.days.known_by)
    situation, _ = judge(matter.project, asked._replace(days=days, plans=(plan.id,)))
    return Before(plan, situation.standings)


def _advice(matter: Matter, made: Draft, paper: Paper, say: Words) -> Iterator[str]:
    """What the writer must know, and that no paper may say."""
    runs = [run for one in paper.body for run in one.runs]
    blanks = sum(run.blank for run in runs)
    if blanks:
        yield say("annual.note.blanks", count=say.number(blanks))
    if not matter.over.whole:
        key = "annual.note.window" if matter.over.regime else "annual.note.plan_time"
        first, last = say.day(matter.over.opens), say.day(matter.over.end)
        yield say(key, first=first, last=last, period=say.period(matter.over.id))
    strays = sum(stray.why is not StrayReason.NO_TASK for stray in matter.report.strays)
    if strays:
        yield say("annual.note.strays", count=say.number(strays))
    vague = [
        actual for one in matter.report.standings for actual in one.actuals if matter.over.holds(actual) is None
    ]  # fmt: skip
    if vague:
        yield say("annual.note.vague", count=say.number(len(vague)))
    if matter.report.late:
        yield say("annual.note.late", count=say.number(len(matter.report.late)))
    if not matter.plan.paper and not (matter.programme and matter.programme.paper):
        yield say("annual.note.frame")
    yield from advice(made, say)



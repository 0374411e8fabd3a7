"""The sentence as code: read, expand, match, stand, check; render is the door's business. Read this file first."""

from collections.abc import Callable, Mapping, Sequence, Set as AbstractSet
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from itertools import chain
from typing import NamedTuple

from tracker.check import Outcome, Ready, Subject, check, gathered, prepare
from tracker.claim import claim
from tracker.events import happened
from tracker.expand import Beside, expand
from tracker.inherit import in_order, inherited
from tracker.know import amended, known, threaded
from tracker.match import match, order
from tracker.model.actual import Actual
from tracker.model.plan import Plan
from tracker.model.project import Project
from tracker.model.record import Stray
from tracker.model.report import Report
from tracker.model.rule import Rule
from tracker.model.share import Share
from tracker.model.source import Problem
from tracker.model.standing import Standing
from tracker.model.tables import WAIVERS
from tracker.model.unit import Unit
from tracker.model.waiver import Waiver
from tracker.periods import Days
from tracker.reminded import reminded, since
from tracker.rows import rows
from tracker.rows.situation import Published, Situation, after, recorded
from tracker.stand import HORIZON_DAYS, stand
from tracker.waive import waive, waiver_rows


class Asked(NamedTuple):
    """What somebody wants to know."""

    days: Days
    plans: tuple[str, ...] = ()
    """Numbers or keys of plans; none = all that are in force on the day."""
    units: tuple[str, ...] = ()
    """Unit ids; an organisation belongs to the territory that it serves. None = all."""
    select: tuple[str, ...] = ("*",)
    """Patterns of rule ids to run."""
    ignore: tuple[str, ...] = ()
    horizon: int = HORIZON_DAYS
    waivers: bool = True
    """Whether waivers cover anything."""
    passes: bool = False
    """Whether the verdicts that nothing is wrong are wanted one by one."""
    share: Share | None = None
    """The part of the project that is judged here, where it is judged in parts (parts.py); None = all of it."""


class Rules(NamedTuple):
    """Rules that can run, and the rows of each table that they judge."""

    ready: Sequence[Ready]
    table: Callable[[str], Sequence[Subject]]


def plainly(ready: Sequence[Ready], situation: Situation) -> Rules:
    """The rules as they are, on rows that are all made."""
    return Rules(ready, cache(lambda name: rows(name, situation)))


def run(
    project: Project,
    asked: Asked,
    judging: "Callable[[Project, Asked], tuple[Situation, tuple[Problem, ...]]] | None" = None,
    rules: Callable[[Sequence[Ready], Situation], Rules] = plainly,
) -> Report:
    """Judge what the project promised and did, as of a day and known by a day. Pure: no clock, disk or terminal.

    `judging` and `rules` are for the grid, which comes to the same in another way.
    """
    situation, unreadable = (judging or judge)(project, asked)
    ready, broken = prepare(wanted(project.rules, asked))
    others, table = rules([one for one in ready if one.table is not WAIVERS], situation)
    found = check(others, table, passes=asked.passes)
    return reported(project, asked, situation, found, ready=ready, wrong=(*unreadable, *broken))


def reported(
    project: Project,
    asked: Asked,
    situation: Situation,
    found: Outcome,
    *,
    ready: Sequence[Ready],
    wrong: Sequence[Problem],
) -> Report:
    """What all other rules found, with the waivers that cover it and what is to be said of these."""
    others = [one for one in ready if one.table is not WAIVERS]
    waived, met = waive(found.findings, project.waivers if asked.waivers else (), asked.days.as_of)
    # What is said of waivers themselves is never waived.
    lines = waiver_rows(seen(project, asked, {one.rule.id for one in others}, met), met, asked.days.as_of)
    about = check([one for one in ready if one.table is WAIVERS], lambda _: lines, passes=asked.passes)
    return Report(
        asked.days.as_of,
        asked.days.known_by,
        situation.plans,
        situation.standings,
        situation.strays,
        gathered(waived, about.findings),
        sorted([*project.problems, *wrong], key=lambda problem: problem.order),
        [one.rule for one in ready],
        {**found.saw, **about.saw},
        {unit.id: unit for unit in project.units},
        situation.late,
        {**found.passed, **about.passed},
        faults=(*found.faults, *about.faults),
        reminders_since=since(situation.reminders),
    )


def judge(project: Project, asked: Asked) -> tuple[Situation, tuple[Problem, ...]]:
    """Expand, match and stand: all that there is to say before any rule is asked."""
    days = asked.days
    share = asked.share
    now = selected(known(project, days.known_by), days.as_of, share)
    plans = view(now.plans, asked)
    parts = _parts(project, now, plans, days, share)
    judged = [_judge(part, asked.horizon, share) for part in parts]
    chosen = members(now.units, asked.units)
    by_plan: dict[str, list[Standing]] = {plan.id: [] for plan in plans}
    for one in judged:
        for standing in one.standings:
            by_plan[standing.obligation.plan.id].append(standing)
    standings = tuple(chain.from_iterable(by_plan.values()))
    strays = tuple(sorted(chain.from_iterable(one.strays for one in judged), key=lambda stray: order(stray.actual)))
    late = [actual for part in parts for actual in part.late]
    if asked.units:
        standings = tuple(standing for standing in standings if standing.obligation.unit.id in chosen)
        strays = tuple(stray for stray in strays if stray.actual.unit in chosen)
        late = [actual for actual in late if actual.unit in chosen]
    if share is not None:
        # Records of others are known here where they decide something for these units, and are judged elsewhere.
        strays = tuple(stray for stray in strays if share.holds(stray.actual.unit))
        late = [actual for actual in late if share.holds(actual.unit)]
    shown = {plan.id: plan for part in parts for plan in part.plans}
    situation = Situation(
        days,
        [shown[plan.id] for plan in plans],
        [unit for unit in now.units if unit.id in chosen and (share is None or share.shows(unit.id))],
        now.documents,
        standings,
        strays,
        recorded(standings, strays, late),
        [
            figure
            for figure in now.figures
            if figure.when.first <= days.as_of
            and (not asked.units or figure.unit in chosen)
            and (share is None or share.shows(figure.unit))
        ],
        now.groups,
        late,
        [edit for edit in now.edits if edit.plan in shown],
        [
            Published(part.plans[0], one.standings, part.project.actuals)
            for part, one in zip(parts, judged, strict=True)
            if not part.running
        ],
        indicators=now.indicators,
        readings=[f for f in now.figures if f.indicator and f.when.first <= days.as_of],
        everybody=now.units,
        whole=not asked.units,
        next=after(now.plans),
        reminders=[one for one in now.reminders if one.on <= days.as_of],
    )
    return situation, tuple(chain.from_iterable(one.problems for one in judged))


def published(project: Project, plan: Plan) -> Published:
    """What is published of a plan that is closed as its `close` says; the plan stands in for its own in the project."""
    close = plan.close
    assert close is not None
    assert close.known_by is not None
    plans = tuple(plan if one.id == plan.id else one for one in project.plans)
    known_by = max(close.known_by, close.recorded or close.on)
    days = Days(close.on, known_by)
    instead = project._replace(plans=plans)
    part = _parts(instead, selected(known(instead, known_by), days.as_of), [plan], days, None)[-1]
    return Published(part.plans[0], _judge(part, HORIZON_DAYS).standings, part.project.actuals)


class _Part(NamedTuple):
    """Plans that are judged together, by what counts for them."""

    project: Project
    """As it was known."""
    plans: Sequence[Plan]
    """As decisions made them."""
    as_of: date
    running: bool
    """Whether records that name no task of any plan are looked at here."""
    late: Sequence[Actual] = ()


class _Judged(NamedTuple):
    standings: Sequence[Standing]
    strays: Sequence[Stray]
    problems: Sequence[Problem]


def _parts(project: Project, now: Project, plans: Sequence[Plan], days: Days, share: Share | None) -> list[_Part]:
    """The running plans together; each plan whose figures were published by itself, as it was known then."""
    frozen = {plan.id for plan in plans if plan.close and plan.close.known_by and plan.close.on <= days.as_of}
    running = [amended(plan, days.as_of) for plan in plans if plan.id not in frozen]
    parts = [_Part(now, threaded(running, now.plans, days.as_of), days.as_of, running=True)]
    for plan in plans:
        close = plan.close
        if plan.id not in frozen or close is None or close.known_by is None:
            continue
        then = selected(known(project, min(close.known_by, days.known_by)), close.on, share)
        # What was published is judged by the plan as it was then; only that it was closed was entered later.
        old = next((one for one in then.plans if one.id == plan.id), plan)._replace(close=close)
        own = {task.id for task in plan.tasks}
        # With its task: what got that by a link later is late, too.
        counted = {_deed(actual) for actual in then.actuals if actual.when.first <= close.on}
        late = [a for a in now.actuals if a.task in own and _deed(a) not in counted and a.when.first <= days.as_of]
        whole = threaded([amended(old, close.on)], now.plans, close.on)
        parts.append(_Part(then, whole, close.on, running=False, late=late))
    return parts


def _deed(actual: Actual) -> tuple[object, ...]:
    """What tells a record from every other one."""
    return (actual.at, actual.unit, actual.task, actual.period)


def selected(project: Project, as_of: date, share: Share | None = None) -> Project:
    """The project with what the selectors of its plans take (of the share's units), whichever of them are looked at."""
    if not any(task.selects for plan in project.plans for task in plan.tasks):
        return project
    plans = [
        plan._replace(tasks=tuple(task for task in amended(plan, as_of).tasks if task.selects))
        for plan in project.plans
        if plan.known_from <= as_of
    ]
    beside = Beside(project.groups, happened(project, as_of), project.calendar, as_of, share=share)
    obligations, _ = expand(plans, project.units, beside)
    return project._replace(actuals=tuple(claim(obligations, project.actuals)))


def _judge(part: _Part, horizon: int, share: Share | None = None) -> _Judged:
    project = part.project
    beside = Beside(project.groups, happened(project, part.as_of), project.calendar, part.as_of, share=share)
    obligations, problems = expand(part.plans, project.units, beside)
    mine = {plan.id for plan in part.plans}
    others = [plan for plan in project.plans if plan.id not in mine]
    pairs, strays = match(obligations, project.actuals, part.plans, others, part.as_of)
    standings = stand(pairs, part.as_of, horizon)
    heirs = inherited(standings, project.successions, project.units, part.as_of)
    if heirs:
        pairs, strays = match((*obligations, *heirs), project.actuals, part.plans, others, part.as_of)
        standings = tuple(sorted(stand(pairs, part.as_of, horizon), key=in_order(part.plans)))
    if project.reminders:
        standings = reminded(standings, project.reminders, part.as_of)
    if not part.running:
        own = {task.id for plan in part.plans for task in plan.tasks}
        strays = tuple(stray for stray in strays if stray.actual.task in own)
    return _Judged(standings, strays, problems)


def seen(project: Project, asked: Asked, ran: AbstractSet[str], met: Mapping[str, int]) -> list[Waiver]:
    """The waivers of which this run can tell what they meet: of rules that ran, and all of them only on the whole."""
    part = bool(asked.units or asked.plans)
    return [one for one in project.waivers if asked.waivers and one.rule in ran and (one.id in met or not part)]


def view(plans: Sequence[Plan], asked: Asked) -> list[Plan]:
    """The plans that are looked at: in force on the day, programmes first, then by the beginning of their period."""
    found = [
        plan
        for plan in plans
        if plan.known_from <= asked.days.as_of and (not asked.plans or {plan.id, plan.key} & set(asked.plans))
    ]
    return sorted(found, key=lambda plan: (not plan.programme, plan.period.first, plan.id))


def members(units: Sequence[Unit], asked: Sequence[str]) -> frozenset[str]:
    """The ids of the units asked for and of the organisations that serve them; of all units where none is asked for."""
    if not asked:
        return frozenset(unit.id for unit in units)
    return frozenset(unit.id for unit in units if unit.id in asked or unit.serves in asked)


def wanted(rules: Sequence[Rule], asked: Asked) -> list[Rule]:
    """The rules to run."""
    return [
        rule
        for rule in rules
        if any(fnmatchcase(rule.id, pattern) for pattern in asked.select)
        and not any(fnmatchcase(rule.id, pattern) for pattern in asked.ignore)
    ]


def newest(project: Project, today: date) -> tuple[tuple[str, ...], date]:
    """What the weekly page shows when nobody says: the newest plan that has records, its programme, and their day.

    A plan that has been closed is shown as of its closing day. Without any record the newest plan in force is shown.
    """
    recorded = {actual.task for actual in selected(known(project, today), today).actuals if actual.when.first <= today}
    plans = [plan for plan in project.plans if not plan.programme and plan.known_from <= today]
    plans.sort(key=lambda plan: (any(task.id in recorded for task in plan.tasks), plan.period.first, plan.id))
    if not plans:
        return (), today
    plan = plans[-1]
    chosen = tuple(filter(None, (plan.id, plan.under)))
    return chosen, closing(project, chosen, today)


def followers(project: Project, chosen: Sequence[str]) -> list[Plan]:
    """The plans that come after these, under the same programme."""
    mine = [plan for plan in project.plans if not plan.programme and {plan.id, plan.key} & set(chosen)]
    last = max((plan.period.last for plan in mine), default=date.max)
    above = {plan.under for plan in mine} - {""}
    return [plan for plan in project.plans if plan.under in above and plan.period.first > last]


def closing(project: Project, chosen: Sequence[str], today: date) -> date:
    """The day for these plans when nobody names one: the last closing day where all were closed, or else today."""
    days = [plan.closed for plan in project.plans if plan.id in chosen and not plan.programme]
    return min(today, max((day or today for day in days), default=today))

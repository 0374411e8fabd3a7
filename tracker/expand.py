"""Plans → obligations: everything that somebody owes, whether or not anything was done."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from tracker.model.actual import Event
from tracker.model.period import Period, WorkCalendar
from tracker.model.plan import Due, Every, Existing, Kind, Plan, Regime, Task
from tracker.model.rule import Condition
from tracker.model.share import Share
from tracker.model.source import Problem
from tracker.model.standing import Obligation
from tracker.model.table import Column, Type
from tracker.model.unit import Fact, Group, Spell, Unit
from tracker.owing import Owers, memberships
from tracker.periods import CALENDAR, days_after, deadline, due_day, periods
from tracker.where import Checked, columns_of, evaluate, read_condition
from tracker.where.trouble import problems_of


class Beside(NamedTuple):
    """What stands beside plans and units and decides who owes what, and when."""

    groups: Sequence[Group] = ()
    events: Mapping[str, Sequence[Event]] = MappingProxyType({})
    """By name, in order of day: those that have happened. A task that was done is one, under its key."""
    calendar: WorkCalendar = WorkCalendar()
    as_of: date = date.max
    """The day of judgement: facts about units are asked as of it, where a plan runs as long."""
    share: Share | None = None
    """Whose obligations are wanted, where a project is judged in parts; all units are known to each part."""


NOTHING_BESIDE = Beside()


class _Spell(NamedTuple):
    """One time for which a task is owed; its due day may differ from level to level."""

    period: Period
    starts: date
    event: Event | None = None


class Duty(NamedTuple):
    """What a task asks, before anybody's own days and facts are looked at."""

    plan: Plan
    task: Task
    owed_by: tuple[Unit, ...]
    """In official order."""
    members: Mapping[str, Sequence[Spell]]
    """By unit its times in the groups that owe it."""
    condition: Checked | None
    """None also where it cannot be read."""
    asks: tuple[str, ...]
    """The facts that the condition names."""
    beside: Beside
    longer: Mapping[date, frozenset[str]]
    """Last days of longer reports that stand in for this one, and who owes those."""
    dated: Mapping[str, Sequence[tuple[_Spell, date | None]]]
    """By level of government: the times with their due days."""
    kinds: Mapping[str, str]
    """Kinds of all units by id, where levels matter."""
    stated: bool
    first: date | None
    previous: date | None


def expand(
    plans: Sequence[Plan],
    units: Sequence[Unit],
    beside: Beside = NOTHING_BESIDE,
) -> tuple[tuple[Obligation, ...], tuple[Problem, ...]]:
    """Every obligation of the plans, in the order of plan, task, unit and period; and conditions that cannot be read.

    A task whose condition cannot be read is owed by all with `applies` unknown: it is never dropped.
    """
    obligations: list[Obligation] = []
    duties, problems = duties_of(plans, units, beside)
    for duty in duties:
        for unit in duty.owed_by:
            obligations += of_unit(duty, unit)
    return tuple(obligations), problems


def duties_of(
    plans: Sequence[Plan], units: Sequence[Unit], beside: Beside = NOTHING_BESIDE,
) -> tuple[tuple[Duty, ...], tuple[Problem, ...]]:
    """What every task asks of whoever owes it, in the order of plan and task; and conditions that cannot be read."""
    columns = fact_columns(units)
    owers = Owers(units, beside.groups)
    duties: list[Duty] = []
    problems: list[Problem] = []
    for plan in plans:
        for task in plan.tasks:
            condition: Checked | None = None
            if task.applies:
                read = read_condition(task.applies, columns)
                if isinstance(read, Checked):
                    condition = read
                else:
                    written = Condition(task.applies, task.places.get("applies", task.at))
                    problems += problems_of(written, read)
            duties.append(_duty(plan, task, owers, condition, beside))
    return tuple(duties), tuple(problems)


def fact_columns(units: Iterable[Unit]) -> Mapping[str, Column]:
    """The facts held of any unit, as columns that an `applies` condition may use; each may be unknown of a unit."""
    seen: dict[str, set[bool | str]] = {}
    for fact in (fact for unit in units for held in unit.facts.values() for fact in held):
        seen.setdefault(fact.name, set()).update(() if fact.value is None else (fact.value,))
    return {
        name: Column(
            name,
            Type.TRUTH if all(isinstance(value, bool) for value in values) else Type.TEXT,
            "a fact about the unit",
            nullable=True,
            path=name,
        )
        for name, values in sorted(seen.items())
    }


def repeats(task: Task) -> bool:
    """Whether the task is owed once for each period of a length; a quota is a quantity that is."""
    return task.kind in (Kind.RECURRING, Kind.STANDING) or (task.kind is Kind.QUANTITY and task.every is not Every.ONCE)


def _duty(plan: Plan, task: Task, owers: Owers, condition: Checked | None, beside: Beside) -> Duty:
    regime = plan.regimes.get(task.regime, CALENDAR)
    levels = frozenset(regime.lengths.get(task.every, regime.timing).levels)
    owed_by = owers.named(task.owed_by, plan.within)
    if beside.share is not None:
        owed_by = tuple(unit for unit in owed_by if beside.share.holds(unit.id))
    spells = _spells(plan, task, regime, beside)
    return Duty(
        plan,
        task,
        owed_by,
        memberships(task.owed_by, beside.groups),
        condition,
        columns_of(condition) if condition else (),
        beside,
        _longer(plan, task, owers) if regime.merge else {},
        {level: _dated(task, spells, regime, level, beside) for level in ("", *sorted(levels))},
        owers.kinds if levels else {},
        task.due.stated if task.due else bool(task.regime),
        deadline(task.first_due) if task.first_due else None,
        deadline(task.previous_due) if task.previous_due else None,
    )


def level_of(duty: Duty, unit: Unit) -> str:
    """The level of government by which the unit's due days go; empty for the days that hold for all."""
    if not duty.kinds:
        return ""
    return next((kind for kind in (unit.kind, duty.kinds.get(unit.serves, "")) if kind in duty.dated and kind), "")


def of_unit(duty: Duty, unit: Unit) -> Iterator[Obligation]:
    """What the unit owes of the task, in the order of periods."""
    plan, task, beside = duty.plan, duty.task, duty.beside
    for spell, fixed in duty.dated[level_of(duty, unit)]:
        period, starts, event = spell
        if event is not None and event.units and unit.id not in event.units:
            continue
        if not _owes(duty, unit, spell, fixed):
            continue
        if duty.longer and unit.id in duty.longer.get(period.last, ()):
            continue
        due, waits = fixed, ""
        if event is None and task.due is not None and task.due.event and task.kind is not Kind.CONDITIONAL:
            due = _after(task.due, unit, beside)
            waits = "" if due is not None else task.due.event
        applies, fact = (
            _applies(unit, duty, _asked(plan, task, period, starts, beside.as_of))
            if task.applies
            else (True, None)
        )
        yield Obligation(
            plan, task, unit, period, starts, due, duty.stated, applies, fact, unit.closed,
            waits, duty.first, duty.previous, event.id if event else "",
        )  # fmt: skip


def _spells(plan: Plan, task: Task, regime: Regime, beside: Beside) -> Sequence[_Spell]:
    """The times for which the task is owed, whoever owes it; a conditional task has one more for each case."""
    again = repeats(task)
    found = []
    for period in periods(task.every if again else Every.ONCE, plan.period, regime):
        # A repeated duty opens with its reporting window, and not before the task itself does.
        opens = period.opens if again else period.first
        found.append(_Spell(period, max(task.starts, opens) if task.starts else opens))
    if task.kind is Kind.CONDITIONAL and task.case:
        for event in beside.events.get(task.case, ()):
            if plan.period.first <= event.when <= plan.period.last and (not task.starts or task.starts <= event.when):
                day = event.when
                found.append(_Spell(Period(event.id, day, day, day, day), day, event))
    return found


def _dated(
    task: Task, spells: Sequence[_Spell], regime: Regime, level: str, beside: Beside,
) -> list[tuple[_Spell, date | None]]:
    """The times with their due days on one level of government. Nobody owes what fell due before the duty began."""
    dated = [(spell, _due(task, spell, regime, level, beside.calendar)) for spell in spells]
    if not repeats(task):
        return dated
    return [(spell, due) for spell, due in dated if spell.starts <= (due or spell.period.last)]


def _due(task: Task, spell: _Spell, regime: Regime, level: str, calendar: WorkCalendar) -> date | None:
    match task.kind:
        case Kind.RECURRING:
            return due_day(spell.period, regime, level, calendar)
        case Kind.STANDING:
            return None
        case Kind.CONDITIONAL:
            if spell.event is None or task.due is None:
                return None
            return days_after(spell.event.when, task.due.days, calendar, working=task.due.working)
        case _:
            if repeats(task):
                return due_day(spell.period, regime, level, calendar)
            if task.due is not None and task.due.event:
                return None
            return (deadline(task.due) if task.due else None) or spell.period.last


def _after(due: Due, unit: Unit, beside: Beside) -> date | None:
    """The deadline that runs from an event; None while that has not happened for the unit."""
    for event in beside.events.get(due.event, ()):
        if not event.units or unit.id in event.units:
            return days_after(event.when, due.days, beside.calendar, working=due.working)
    return None


def _owes(duty: Duty, unit: Unit, spell: _Spell, due: date | None) -> bool:
    """Whether the unit existed, and was of the group, for as much of the period as the task asks (design 4.6).

    In plan time: that a window opened before the unit did (15/6 for quý III) changes nothing. What is done once is owed
    by a unit that was there at the start; it ends with the unit.
    """
    task = duty.task
    period, starts, _ = spell
    match task.owed_if:
        case Existing.ANY:
            first, last, whole = period.first, period.last, False
        case Existing.DUE:
            first = last = due or period.last
            whole = True
        case _:
            whole_period = task.kind is Kind.RECURRING or (task.kind is Kind.QUANTITY and repeats(task))
            first, last = (period.first, period.last) if whole_period else (starts, starts)
            whole = True
    if not (unit.exists_through(first, last) if whole else unit.exists_during(first, last)):
        return False
    if not duty.members or unit.id in task.owed_by or unit.kind in task.owed_by:
        return True
    times = duty.members.get(unit.id, ())
    return any(time.holds_through(first, last) if whole else time.meets(first, last) for time in times)


def _longer(plan: Plan, task: Task, owers: Owers) -> Mapping[date, frozenset[str]]:
    """Last days of longer reports that stand in for this one, and who owes those ("the March report is that of Q1")."""
    found: dict[date, frozenset[str]] = {}
    own = {period.id: period for period in periods(task.every, plan.period)}
    for other in plan.tasks:
        if other.id == task.id or other.kind is not Kind.RECURRING or other.regime != task.regime:
            continue
        if other.measure != task.measure:
            continue
        owed_by = frozenset(unit.id for unit in owers.named(other.owed_by, plan.within))
        for period in periods(other.every, plan.period):
            short = next((one for one in own.values() if one.last == period.last), None)
            if short is not None and period.first < short.first:
                found[period.last] = found.get(period.last, frozenset()) | owed_by
    return found


def _asked(plan: Plan, task: Task, period: Period, starts: date, as_of: date) -> date:
    """As of which day facts decide whether the task applies: the period's end, or today while a plan runs."""
    return period.last if task.kind is Kind.RECURRING else min(max(as_of, starts), plan.period.last)


def _applies(unit: Unit, duty: Duty, day: date) -> tuple[bool | None, Fact | None]:
    """Whether the task applies to the unit, and the fact that decided. A fact nobody stated is unknown, not false."""
    if duty.condition is None:
        return None, None
    held = {name: unit.fact(name, day) for name in duty.asks}
    verdict = evaluate(duty.condition, {name: fact.value if fact else None for name, fact in held.items()})
    return verdict, next((fact for fact in held.values() if fact), None)

"""Plans → obligations: everything that somebody owes, whether or not anything was done."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from tracker.model.period import Period
from tracker.model.plan import Every, Kind, Plan, Regime, Task
from tracker.model.rule import Condition
from tracker.model.source import Problem
from tracker.model.standing import Obligation
from tracker.model.tables import Column, Type
from tracker.model.unit import Fact, Unit
from tracker.periods import CALENDAR, deadline, due_day, periods
from tracker.where import Checked, columns_of, evaluate, read_condition
from tracker.where.trouble import problems_of


def expand(plans: Sequence[Plan], units: Sequence[Unit]) -> tuple[tuple[Obligation, ...], tuple[Problem, ...]]:
    """Every obligation of the plans, in the order of plan, task, unit and period; and conditions that cannot be read.

    A task whose condition cannot be read is owed by all with `applies` unknown: it is never dropped.
    """
    columns = fact_columns(units)
    obligations: list[Obligation] = []
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
            obligations += _of_task(plan, task, owing(task, units), condition)
    return tuple(obligations), tuple(problems)


def owing(task: Task, units: Iterable[Unit]) -> tuple[Unit, ...]:
    """The units that a task names, by id or by kind, in official order and each once."""
    named = frozenset(task.owed_by)
    return tuple(unit for unit in units if unit.id in named or unit.kind in named)


def fact_columns(units: Iterable[Unit]) -> Mapping[str, Column]:
    """The facts held of any unit, as columns that an `applies` condition may use; each may be unknown of a unit."""
    seen: dict[str, set[bool | str]] = {}
    for unit in units:
        for fact in unit.facts.values():
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


def _of_task(plan: Plan, task: Task, units: Sequence[Unit], condition: Checked | None) -> Iterator[Obligation]:
    recurring = task.kind is Kind.RECURRING
    repeats = recurring or task.kind is Kind.STANDING
    regime = plan.regimes.get(task.regime, CALENDAR)
    spells = [
        (period, _starts(task, period, repeats=repeats), _due(task, period, regime))
        for period in periods(task.every if repeats else Every.ONCE, plan.period, regime)
    ]
    if repeats:
        # Nobody owes a report that fell due before the duty began.
        spells = [spell for spell in spells if spell[1] <= (spell[2] or spell[0].last)]
    stated = task.due.stated if task.due else bool(task.regime)
    for unit in units:
        applies, fact = _applies(task, unit, condition)
        for period, starts, due in spells:
            # A period is owed by a unit that existed through it whole, in plan time: that its window opened before the
            # unit did (15/6 for quý III) changes nothing. What is done once is owed by a unit that was there at the
            # start; it ends with the unit.
            if recurring and not unit.exists_through(period.first, period.last):
                continue
            if not recurring and not unit.exists_through(starts, starts):
                continue
            yield Obligation(plan, task, unit, period, starts, due, stated, applies, fact, unit.closed)


def _starts(task: Task, period: Period, *, repeats: bool) -> date:
    """A repeated duty opens with its reporting window, and not before the task itself does."""
    opens = period.opens if repeats else period.first
    return max(task.starts, opens) if task.starts else opens


def _due(task: Task, period: Period, regime: Regime) -> date | None:
    match task.kind:
        case Kind.RECURRING:
            return due_day(period, regime)
        case Kind.STANDING | Kind.CONDITIONAL:
            return None
        case _:
            return (deadline(task.due) if task.due else None) or period.last


def _applies(task: Task, unit: Unit, condition: Checked | None) -> tuple[bool | None, Fact | None]:
    """Whether the task applies to the unit, and the fact that decided. A fact nobody stated is unknown, not false."""
    if not task.applies:
        return True, None
    if condition is None:
        return None, None
    used = columns_of(condition)
    verdict = evaluate(condition, {name: unit.facts[name].value if name in unit.facts else None for name in used})
    return verdict, next((unit.facts[name] for name in used if name in unit.facts), None)

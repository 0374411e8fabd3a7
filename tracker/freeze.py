"""What was published of a plan when it was closed: its counts, and digests by which later changes are seen.

A digest is made of what something means, not of how its file is written: lines may move, comments and spellings may
change. Only fields that bear meaning go in, by name, so that a newer version of the program finds the same digest.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from tracker.model.actual import Actual
from tracker.model.plan import Due, Plan, Task
from tracker.model.standing import Standing, State
from tracker.model.unit import Unit
from tracker.model.values import Quantity, Span

ALL = "obligations"
"""Under which word the number of all obligations is published; the others are the states."""


def figures(standings: Sequence[Standing]) -> Mapping[str, int]:
    """How many obligations there are, and how many in each state that occurs."""
    states = Counter(standing.state for standing in standings)
    counts = {ALL: len(standings)} | {str(state): states[state] for state in State if states[state]}
    return MappingProxyType(counts)


def digests(plan: Plan, standings: Sequence[Standing], actuals: Iterable[Actual]) -> Mapping[str, str]:
    """By part: the promises, the units that owe them, the records that count, and the state of each obligation.

    `plan` is the plan as decisions made it by its closing day, `actuals` is all that was known then.
    """
    own = {task.id for task in plan.tasks}
    units = {standing.obligation.unit.id: standing.obligation.unit for standing in standings}
    last = plan.close.on if plan.close else date.max
    return MappingProxyType(
        {
            "promises": _digest(_task(task) for task in plan.tasks),
            "units": _digest(_unit(unit) for unit in units.values()),
            "records": _digest(_actual(one) for one in actuals if one.task in own and one.when.first <= last),
            "states": _digest([*one.obligation.key, one.state] for one in standings),
        },
    )


def changed(plan: Plan, standings: Sequence[Standing], actuals: Iterable[Actual]) -> tuple[str, ...]:
    """The parts that are not what was published, in a fixed order; none where all are, or where nothing was."""
    if plan.close is None or not plan.close.digests:
        return ()
    now = digests(plan, standings, actuals)
    found = [part for part, digest in plan.close.digests.items() if now.get(part) != digest]
    if plan.close.figures and dict(plan.close.figures) != dict(figures(standings)):
        found.append("figures")
    return tuple(found)


def _digest(things: Iterable[object]) -> str:
    lines = sorted(json.dumps(thing, ensure_ascii=False, separators=(",", ":")) for thing in things)
    return "sha256:" + hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _task(task: Task) -> list[object]:
    return [
        task.id, task.title, task.kind, sorted(task.owed_by), task.applies, task.every, task.regime, _due(task.due),
        _day(task.starts), task.grace_days, _amount(task.target), task.evidence, _day(task.cancelled), task.optional,
        *([sorted(task.items)] if task.items else ()),
    ]  # fmt: skip


def _due(due: Due | None) -> object:
    if due is None:
        return None
    return [_span(due.on), due.months, _day(due.after), due.event, due.days, due.working]


def _unit(unit: Unit) -> list[object]:
    held = [fact for name in sorted(unit.facts) for fact in unit.facts[name]]
    facts = [[fact.name, fact.value, _day(fact.first), _day(fact.last)] for fact in held]
    return [unit.id, unit.kind, [[_day(first), _day(last)] for first, last in unit.spells], facts]


def _actual(actual: Actual) -> list[object]:
    return [
        actual.unit, actual.task, _span(actual.when), _day(actual.recorded), actual.period, _amount(actual.quantity),
        _amount(actual.people), actual.doc, actual.step, actual.empty, actual.reason,
    ]  # fmt: skip


def _amount(quantity: Quantity | None) -> object:
    return [str(quantity.value), quantity.bound, quantity.unit] if quantity else None


def _span(span: Span | None) -> object:
    return [_day(span.first), _day(span.last)] if span else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None

"""Obligations as addresses: task × unit × period, without an object for each.

Units that a task cannot tell apart (same spells, level, facts that it asks for) owe the same; what one of them owes is
asked of the plain core once, and stands for all.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tracker.expand import Beside, Duty, duties_of, level_of, of_unit
from tracker.model.plan import Kind, Plan
from tracker.model.source import Problem
from tracker.model.standing import Obligation
from tracker.model.unit import Unit
from tracker.where import columns_of

if TYPE_CHECKING:
    from collections.abc import Hashable

Numbers = np.ndarray[Any, Any]


class Owed(NamedTuple):
    """Every obligation of the plans, in the order of plan, task, unit and period."""

    units: Sequence[Unit]
    specs: Sequence[Obligation]
    """The different obligations; each with the unit that it was asked of, which stands for others."""
    spec: Numbers
    """Of each obligation, which of these it is."""
    unit: Numbers
    """Of each obligation, the number of its unit."""
    tasks: Mapping[str, int]
    """Number of each task by its key."""
    periods: Mapping[str, int]
    """Number of each period by its id."""
    start: Numbers
    """By task and unit, the position of the first obligation; -1 where nothing is owed."""
    alike: Numbers
    """By task and unit, which class of units it is."""
    offsets: Numbers
    """By class and period, how far behind the first the obligation stands; -1 where there is none."""
    lone: Numbers
    """By class, whether there is one obligation that takes a record without its period."""

    @property
    def size(self) -> int:
        """How many obligations there are."""
        return len(self.spec)

    def at(self, position: int) -> Obligation:
        """One obligation."""
        return owned(self.specs[self.spec[position]], self.units[self.unit[position]])


def owned(spec: Obligation, unit: Unit) -> Obligation:
    """The obligation as this unit's."""
    plan, task, _, *rest = spec
    made: Obligation = tuple.__new__(Obligation, (plan, task, unit, *rest))
    return made


def owed(plans: Sequence[Plan], units: Sequence[Unit], beside: Beside) -> tuple[Owed, tuple[Problem, ...]]:
    """All obligations of the plans, and conditions that cannot be read."""
    duties, problems = duties_of(plans, units, beside)
    numbers = {unit.id: number for number, unit in enumerate(units)}
    specs: list[Obligation] = []
    firsts: list[int] = []
    sizes: list[int] = []
    lone: list[bool] = []
    periods: dict[str, int] = {}
    places: list[tuple[int, int, int]] = []
    start = np.full((len(duties), len(units)), -1, dtype=np.int64)
    alike = np.full((len(duties), len(units)), -1, dtype=np.int32)
    spec_parts: list[Numbers] = []
    unit_parts: list[Numbers] = []
    total = 0
    for task, duty in enumerate(duties):
        known: dict[Hashable, int] = {}
        mine = np.empty(len(duty.owed_by), dtype=np.int64)
        for index, unit in enumerate(duty.owed_by):
            key = _alike(duty, unit)
            if key not in known:
                known[key] = len(firsts)
                found = list(of_unit(duty, unit))
                firsts.append(len(specs))
                sizes.append(len(found))
                lone.append(len(found) == 1 and duty.task.kind not in {Kind.RECURRING, Kind.STANDING})
                for offset, one in enumerate(found):
                    places.append((known[key], periods.setdefault(one.period.id, len(periods)), offset))
                specs += found
            mine[index] = known[key]
        if not len(mine):
            continue
        whose = np.array([numbers[unit.id] for unit in duty.owed_by], dtype=np.int64)
        counts = np.array(sizes, dtype=np.int64)[mine]
        before = np.cumsum(counts) - counts
        start[task, whose] = np.where(counts > 0, total + before, -1)
        alike[task, whose] = mine
        first = np.array(firsts, dtype=np.int64)[mine] - before
        spec_parts.append((np.repeat(first, counts) + np.arange(counts.sum())).astype(np.int32))
        unit_parts.append(np.repeat(whose, counts).astype(np.int32))
        total += int(counts.sum())
    offsets = np.full((max(1, len(firsts)), max(1, len(periods))), -1, dtype=np.int32)
    for class_, period, offset in places:
        offsets[class_, period] = offset
    none = np.empty(0, dtype=np.int32)
    return (
        Owed(
            units,
            specs,
            np.concatenate(spec_parts) if spec_parts else none,
            np.concatenate(unit_parts) if unit_parts else none,
            {duty.task.id: number for number, duty in enumerate(duties)},
            periods,
            start,
            alike,
            offsets,
            np.array(lone or [False]),
        ),
        problems,
    )


def _alike(duty: Duty, unit: Unit) -> "Hashable":
    """What of a unit its obligations of this task, and their states, depend on."""
    task = duty.task
    named = unit.id in task.owed_by or unit.kind in task.owed_by
    groups = () if named else tuple(
        (group.id, member.spell)
        for group in duty.beside.groups
        if group.id in task.owed_by
        for member in group.members
        if member.unit == unit.id
    )  # fmt: skip
    facts = tuple(unit.facts.get(name, ()) for name in columns_of(duty.condition)) if duty.condition else ()
    # Events are for single units.
    own = unit.id if task.case or (task.due is not None and task.due.event) else ""
    longer = tuple(unit.id in those for those in duty.longer.values())
    return (level_of(duty, unit), unit.kind, unit.spells, unit.closing_basis, named, groups, facts, own, longer)

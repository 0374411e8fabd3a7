"""Obligations as addresses: task × unit × period, without an object for each.

Units that a task cannot tell apart (same spells, level, facts that it asks for) owe the same; what one of them owes is
asked of the plain core once, and stands for all.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tracker.expand import Beside, Duty, duties_of, of_unit
from tracker.model.actual import Event
from tracker.model.plan import Kind, Plan
from tracker.model.source import Problem
from tracker.model.standing import Obligation
from tracker.model.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator

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
    forms = _Forms(units)
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
        whose, different, like = forms.of(duty)
        if not len(whose):
            continue
        mine = len(firsts) + like
        for unit in different:
            found = list(of_unit(duty, unit))
            for offset, one in enumerate(found):
                places.append((len(firsts), periods.setdefault(one.period.id, len(periods)), offset))
            firsts.append(len(specs))
            sizes.append(len(found))
            lone.append(len(found) == 1 and duty.task.kind not in {Kind.RECURRING, Kind.STANDING})
            specs += found
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


class _Forms:
    """What units are to every task: those of one form differ only in what a task asks beside that."""

    def __init__(self, units: Sequence[Unit]) -> None:
        kinds = {unit.id: unit.kind for unit in units}
        # By its kind, or that of the territory that it serves, goes the level of its due days.
        forms = ((unit.kind, kinds.get(unit.serves, ""), unit.spells, unit.closing_basis) for unit in units)
        self.numbers = {unit.id: number for number, unit in enumerate(units)}
        self.forms = np.array(_numbered(forms), dtype=np.int64)
        self.known: dict[int, tuple[Numbers, Sequence[Unit], Numbers]] = {}

    def of(self, duty: Duty) -> tuple[Numbers, Sequence[Unit], Numbers]:
        """The numbers of those who owe a task, one of each that differ in it, and for each which of these it is like.

        Tasks that ask nothing beside the form, and are owed by the very same tuple of units, share the answer.
        """
        plain = _asks_nothing(duty)
        known = self.known.get(id(duty.owed_by)) if plain else None
        if known is None:
            known = self._told(duty, plain=plain)
        if plain:
            self.known[id(duty.owed_by)] = known
        return known

    def _told(self, duty: Duty, *, plain: bool) -> tuple[Numbers, Sequence[Unit], Numbers]:
        whose = np.array([self.numbers[unit.id] for unit in duty.owed_by], dtype=np.int64)
        forms = self.forms[whose]
        if not plain:
            forms = np.array(_numbered(zip(forms.tolist(), _asked(duty), strict=True)), dtype=np.int64)
        # Numbers of forms rise in official order, in which the units come here too.
        _, first, like = np.unique(forms, return_index=True, return_inverse=True)
        return whose, [duty.owed_by[number] for number in first.tolist()], like


def _numbered(keys: "Iterable[Hashable]") -> list[int]:
    """Each key as a number, the same for the same."""
    known: dict[Hashable, int] = {}
    return [known.setdefault(key, len(known)) for key in keys]


def _asks_nothing(duty: Duty) -> bool:
    return not (duty.members or duty.asks or duty.longer or _events(duty))


def _asked(duty: Duty) -> "Iterator[Hashable]":
    """What else of each unit its obligations of this task, and their states, depend on."""
    task = duty.task
    concerned: dict[str, tuple[int, ...]] = {}
    for number, event in enumerate(_events(duty)):
        for id_ in event.units:
            concerned[id_] = (*concerned.get(id_, ()), number)
    for unit in duty.owed_by:
        named = unit.id in task.owed_by or unit.kind in task.owed_by
        times = () if named else tuple(duty.members.get(unit.id, ()))
        facts = tuple(unit.facts.get(name, ()) for name in duty.asks)
        longer = tuple(unit.id in those for those in duty.longer.values())
        yield times, facts, longer, concerned.get(unit.id, ())


def _events(duty: Duty) -> Sequence[Event]:
    """Those that the task waits for and that concern single units."""
    names = {duty.task.case, duty.task.due.event if duty.task.due else ""} - {""}
    return [event for name in sorted(names) for event in duty.beside.events.get(name, ()) if event.units]

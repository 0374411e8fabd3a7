"""The rows of the other tables, by the plain core's own functions, on as few standings and records as they can mind.

What a function passes over need not be made. Which standings and records it looks at is said here, table by table; a
table of which nothing is said gets all of them, with their own records.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, overload

import numpy as np

from tracker.grid.judged import Judged, Standings, true
from tracker.grid.owed import Numbers
from tracker.model.actual import Actual
from tracker.model.chasing import OVERDUES, REMINDERS
from tracker.model.plan import Kind
from tracker.model.record import Record
from tracker.model.standing import Standing, State
from tracker.model.table import Row
from tracker.model.tables import ACTUALS, FIGURES, NAMES, SUMS, UNITS, UNREPORTED
from tracker.model.unit import Unit
from tracker.rows import rows
from tracker.rows.reached import GUIDING, SPREAD
from tracker.rows.situation import Situation, recorded
from tracker.rows.units import APART, PENDING, unit_row

_FREE = frozenset({"tasks", "documents", "facts", "closings", "edits", "indicators", "comparisons"})
"""Tables that are made of neither standings nor records."""
_NONE = frozenset({REMINDERS.name, OVERDUES.name})
"""Tables of reminders, with which no project comes here."""
_CARRIED: Mapping[str, Sequence[str]] = {
    FIGURES.name: ("quantity", "people"), SUMS.name: ("parts",), NAMES.name: ("place",), "audiences": ("people",),
    "identities": ("parts",),
}  # fmt: skip
"""Tables that look at the records which have one of these keys, and at nothing else."""


Order = tuple[Numbers, Numbers, Numbers]
"""Of the records in the order of their table: their numbers, their obligations (-1: stray), whether one too many."""


class Rows:
    """The rows of every table of one judgement."""

    def __init__(self, situation: Situation, judged: Judged) -> None:
        self.situation = situation
        self.judged = judged
        self.made: dict[str, Sequence[Standing | Record | Row]] = {}

    @cached_property
    def order(self) -> Order:
        """The records in the order of their table."""
        return record_order(self.judged)

    def __call__(self, table: str) -> Sequence[Standing | Record | Row]:
        """All rows of a table, in the order in which the plain core gives them."""
        if table not in self.made:
            self.made[table] = self._rows(table)
        return self.made[table]

    def _rows(self, table: str) -> Sequence[Standing | Record | Row]:
        judged, situation = self.judged, self.situation
        if table == "standings":
            return situation.standings
        if table in _NONE:
            return ()
        if table in _FREE:
            return rows(table, situation._replace(standings=UNMADE, records=UNMADE))
        if table == ACTUALS.name:
            return Records(self)
        if table == UNITS.name:
            return _units(situation, judged, self.order)
        if table in _CARRIED:
            has = np.zeros(len(judged.taken), dtype=bool)
            for key in _CARRIED[table]:
                if judged.taken.has(key):
                    has |= judged.taken.present(key)
            has[judged.taken.masses :] = True
            numbers = self.order[0]
            chosen = self.records(np.flatnonzero(has[numbers]))
            return rows(table, situation._replace(standings=UNMADE, records=chosen))
        if table == UNREPORTED.name:
            return self._unreported()
        minded = _MINDED.get(table)
        if minded is None:
            every = np.arange(judged.owed.size)
            known = true(judged, every)
            return rows(table, situation._replace(standings=known, records=recorded(known, situation.strays)))
        those = self._of(minded)
        if table == "overlaps":
            return rows(table, situation._replace(standings=true(judged, those), records=UNMADE))
        if table in {"areas", "guidance"}:
            # Of each case one is enough: only which tasks there are is asked.
            _, first = np.unique(judged.case[those], return_index=True)
            those = those[np.sort(first)]
        return rows(table, situation._replace(standings=Standings(judged, those), records=UNMADE))

    def _of(self, minded: Callable[[Standing], bool]) -> Numbers:
        """The obligations whose case is looked at."""
        cases = np.array([minded(case) for case in self.judged.cases], dtype=bool)
        return np.flatnonzero(cases[self.judged.case]) if len(cases) else np.zeros(0, dtype=np.int64)

    def _unreported(self) -> Sequence[Standing | Record | Row]:
        """Overdue reports, one of each repeated task, and the records of all other tasks: no other is looked at."""
        judged = self.judged
        wanting = self._of(lambda one: one.state is State.OVERDUE and one.obligation.task.kind is Kind.RECURRING)
        if not len(wanting):
            return ()
        repeated = self._of(lambda one: one.obligation.task.kind is Kind.RECURRING)
        _, first = np.unique(judged.owed.spec[repeated], return_index=True)
        those = np.unique(np.concatenate([wanting, repeated[first]]))
        reports = {one.task.id for one in judged.owed.specs if one.task.kind is Kind.RECURRING}
        deeds = judged.taken.each("task", lambda task: task not in reports, bool)
        numbers = self.order[0]
        records = self.records(np.flatnonzero(deeds[numbers]))
        situation = self.situation._replace(standings=Standings(judged, those), records=records)
        return rows(UNREPORTED.name, situation)

    def records(self, places: Numbers) -> list[Record]:
        """Records by their place in the order of the table."""
        numbers, obligations, surplus = self.order
        owed, strays = self.judged.owed, self.judged.strays
        begin = len(numbers) - len(strays)
        found = []
        for place, actual in zip(places.tolist(), self.judged.taken.records(numbers[places]), strict=True):
            if place >= begin:
                found.append(_stray(actual, strays[place - begin].why))
                continue
            spec = owed.specs[owed.spec[obligations[place]]]
            role = "surplus" if surplus[place] else "used"
            found.append(Record(actual, role, None, spec.period.id, spec.task))
        return found


class _Unmade(Sequence[Any]):
    """What a table is said not to look at. If it does, that is our fault, told as one and never passed over."""

    def __len__(self) -> int:
        raise AssertionError("the grid says of this table that it does not look at these")

    def __getitem__(self, index: Any) -> Any:
        raise AssertionError("the grid says of this table that it does not look at these")


UNMADE = _Unmade()


class Records(Sequence[Record]):
    """The table of records; none is made before somebody looks at it."""

    def __init__(self, made: Rows) -> None:
        self.made = made

    def __len__(self) -> int:
        judged = self.made.judged
        return int((judged.single >= 0).sum()) + len(judged.several.numbers) + len(judged.strays)

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | Sequence[Record]:
        """One, or some, of them."""
        if isinstance(index, slice):
            return self.made.records(np.arange(*index.indices(len(self))))
        return self.made.records(np.array([range(len(self))[index]]))[0]

    def __iter__(self) -> Iterator[Record]:
        return iter(self.made.records(np.arange(len(self))))


def _stray(actual: Actual, why: object) -> Record:
    return Record(actual, "stray", why, actual.period or None)  # type: ignore[arg-type]


def record_order(judged: Judged) -> Order:
    """The records in the order of their table."""
    alone, several = np.flatnonzero(judged.single >= 0), judged.several
    where = np.concatenate([alone, np.repeat(several.rows, np.diff(several.begins))])
    numbers = np.concatenate([judged.single[alone], several.numbers])
    over = np.concatenate([np.zeros(len(alone), dtype=bool), several.over])
    sorting = np.argsort(where, kind="stable")
    strays = np.array(judged.stray, dtype=np.int64)
    return (
        np.concatenate([numbers[sorting], strays]).astype(np.int64),
        np.concatenate([where[sorting], np.full(len(strays), -1)]),
        np.concatenate([over[sorting], np.zeros(len(strays), dtype=bool)]),
    )


_MINDED: Mapping[str, Callable[[Standing], bool]] = {
    "areas": lambda one: bool(one.actuals),
    "guidance": lambda _: True,
    "items": lambda one: bool(one.obligation.task.items),
    "coverages": lambda one: (
        one.obligation.task.kind in SPREAD
        or one.obligation.task.measure in GUIDING
        or any(actual.reach for actual in one.actuals)
    ),
    "inspections": lambda one: one.obligation.task.measure == "inspection",
    "overlaps": lambda one: any(a.level for a in one.actuals) or bool(one.obligation.task.audience and one.actuals),
}
"""Tables that look at some standings only, and which; what they ask of records, a case knows (judged.SHOWN)."""


def _units(situation: Situation, judged: Judged, order: Order) -> Sequence[Row]:
    """One row per unit that owes something: the sums of tracker.rows.units over columns."""
    owed, as_of = judged.owed, situation.days.as_of
    if not owed.size:
        return ()
    minded = np.array([one.obligation.starts <= as_of and one.state not in APART for one in judged.cases], dtype=bool)
    pending = np.array([one.state in PENDING for one in judged.cases], dtype=bool)
    those = minded[judged.case]
    size = len(owed.units)
    counts = np.bincount(owed.unit[those], minlength=size)
    waiting = np.bincount(owed.unit[those & pending[judged.case]], minlength=size)
    last = np.zeros(size, dtype=np.int64)
    numbers, rows_, _ = order
    used = rows_ >= 0
    used[used] = those[rows_[used]]
    np.maximum.at(last, owed.unit[rows_[used]], judged.taken.recorded()[numbers[used]])
    since = _since(judged, those)
    found = []
    by_id: dict[str, Unit] = {unit.id: unit for unit in situation.units}
    for number, unit in enumerate(owed.units):
        if counts[number] and unit.id in by_id and not (unit.closed is not None and unit.closed < as_of):
            day = date.fromordinal(int(last[number])) if last[number] else None
            begun = since.get(number)
            found.append(unit_row(unit, int(counts[number]), int(waiting[number]), last=day, since=begun, as_of=as_of))
    return found


def _since(judged: Judged, those: Numbers) -> Mapping[int, date]:
    """By number of unit, the first day on which something could have been recorded that was not."""
    owed = judged.owed
    silent = np.flatnonzero(those & (judged.single == -1))
    first = np.array([max(one.starts, one.plan.known_from).toordinal() for one in owed.specs], dtype=np.int64)
    opened = np.array([(unit.opened or date.min).toordinal() for unit in owed.units], dtype=np.int64)
    begun: defaultdict[int, date] = defaultdict()
    lowest = np.full(len(owed.units), np.iinfo(np.int64).max)
    whose = owed.unit[silent]
    np.minimum.at(lowest, whose, np.maximum(first[owed.spec[silent]], opened[whose]))
    for number in np.unique(whose).tolist():
        begun[number] = date.fromordinal(int(lowest[number]))
    return begun

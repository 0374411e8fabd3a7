"""Which obligation each record is for, and how each obligation stands: each different case is judged once.

An obligation without a record stands as its spec does. One with a single record stands as every other of that spec
whose record says the same of what a standing can show. Only obligations with several records are judged one by one.
All of it is judged by the plain core's own functions.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from datetime import date
from typing import NamedTuple, overload

import numpy as np

from tracker.grid.owed import Numbers, Owed, owned
from tracker.grid.taken import Taken
from tracker.match import by_day, order, pair_of, why
from tracker.model.plan import Kind, Plan
from tracker.model.record import Stray
from tracker.model.standing import Pair, Standing
from tracker.stand import stand

SHOWN = ("date", "step", "empty", "reason", "mode", "level")
"""What a standing, or a row that is made of several, can show of its record, beside how much and whether anything."""


class Judged(NamedTuple):
    """Every obligation with the case that it is."""

    owed: Owed
    taken: Taken
    cases: Sequence[Standing]
    """The different cases, with a unit and records that stand for others."""
    case: Numbers
    """Of each obligation, which case it is."""
    single: Numbers
    """Of each obligation, the number of its only record; -1 where it has none or several."""
    several: Mapping[int, tuple[Sequence[int], Sequence[int]]]
    """By obligation, the numbers of records that count and of those that are one too many."""
    strays: Sequence[Stray]
    stray: Sequence[int]
    """The numbers of the strays' records."""


Plans = tuple[Sequence[Plan], Sequence[Plan]]
"""Those that are looked at, and all others."""


def judged(owed: Owed, taken: Taken, plans: Plans, as_of: date, horizon: int) -> Judged:
    """Match and stand."""
    position, strays, stray = _matched(owed, taken, *plans)
    size = owed.size
    used = np.flatnonzero(position >= 0)
    counts = np.bincount(position[used], minlength=size) if size else np.zeros(0, dtype=np.int64)
    cases: list[Standing] = list(stand([Pair(spec, ()) for spec in owed.specs], as_of, horizon))
    case = owed.spec.astype(np.int64)
    single = np.full(size, -1, dtype=np.int64)
    alone = used[counts[position[used]] == 1]
    if len(alone):
        where = position[alone]
        single[where] = alone
        kinds, first = _alike(owed, taken, alone, where)
        case[where] = len(cases) + kinds
        records = taken.records(alone[first])
        pairs = [
            pair_of(owed.specs[spec], (record,))
            for spec, record in zip(owed.spec[where[first]].tolist(), records, strict=True)
        ]
        cases += stand(pairs, as_of, horizon)
    several: dict[int, tuple[Sequence[int], Sequence[int]]] = {}
    many = used[counts[position[used]] > 1]
    many = many[np.argsort(position[many], kind="stable")]
    if len(many):
        records = taken.records(many)
        numbers = {id(record): number for record, number in zip(records, many.tolist(), strict=True)}
        where, begins = np.unique(position[many], return_index=True)
        pairs = []
        for at, begin, end in zip(where.tolist(), begins.tolist(), [*begins.tolist()[1:], len(records)], strict=True):
            pair = pair_of(owed.at(at), records[begin:end])
            counted, over = (tuple(numbers[id(one)] for one in part) for part in (pair.actuals, pair.surplus))
            several[at] = (counted, over)
            pairs.append(pair)
        case[where] = len(cases) + np.arange(len(where))
        cases += stand(pairs, as_of, horizon)
    return Judged(owed, taken, cases, case, single, several, strays, stray)


def limited(judged: Judged, units: AbstractSet[str]) -> Judged:
    """What of it is of some units alone; nothing of one unit rests on another."""
    owed = judged.owed
    kept = np.flatnonzero(np.array([unit.id in units for unit in owed.units], dtype=bool)[owed.unit])
    now = {old: new for new, old in enumerate(kept.tolist())}
    strays = [(one, n) for one, n in zip(judged.strays, judged.stray, strict=True) if one.actual.unit in units]
    return judged._replace(
        owed=owed._replace(spec=owed.spec[kept], unit=owed.unit[kept]),
        case=judged.case[kept],
        single=judged.single[kept],
        several={now[row]: numbers for row, numbers in judged.several.items() if row in now},
        strays=tuple(one for one, _ in strays),
        stray=[number for _, number in strays],
    )


def _matched(
    owed: Owed, taken: Taken, viewed: Iterable[Plan], others: Iterable[Plan],
) -> tuple[Numbers, Sequence[Stray], Sequence[int]]:
    """The obligation of each record, -1 for none; the strays in their order, and which records they are."""
    ours = {task.id for plan in viewed for task in plan.tasks}
    theirs = {task.id for plan in others for task in plan.tasks} - ours
    task = taken.numbered("task", owed.tasks)
    unit = taken.numbered("unit", {one.id: number for number, one in enumerate(owed.units)})
    period = taken.numbered("period", owed.periods)
    named = (task >= 0) & (unit >= 0)
    start = np.where(named, owed.start[task, unit], -1) if owed.start.size else np.full(len(taken), -1)
    alike = np.where(named, owed.alike[task, unit], -1) if owed.start.size else np.full(len(taken), -1)
    offset = np.where((alike >= 0) & (period >= 0), owed.offsets[alike, period], -1)
    position = np.where((start >= 0) & (offset >= 0), start + offset, -1)
    # A record without a period is for the only obligation that there is.
    bare = taken.each("period", lambda one: int(one == "")).astype(bool)
    lone = (position < 0) & (start >= 0) & bare & owed.lone[alike]
    position[lone] = start[lone]
    mine = taken.each("task", lambda one: int(one not in theirs)).astype(bool)
    open_ = np.flatnonzero((position < 0) & mine)
    strays: list[tuple[Stray, int]] = []
    for number, record in zip(open_.tolist(), taken.records(open_), strict=True):
        begin = int(start[number])
        candidates = []
        if begin >= 0:
            count = int((owed.offsets[alike[number]] >= 0).sum())
            candidates = [(at, owed.at(at)) for at in range(begin, begin + count)]
        found = by_day(record, candidates)
        if found is None:
            strays.append((Stray(record, why(record, ours, owed=bool(candidates))), number))
        else:
            position[number] = found
    strays.sort(key=lambda one: order(one[0].actual))
    return position, tuple(one for one, _ in strays), [number for _, number in strays]


def _alike(owed: Owed, taken: Taken, alone: Numbers, where: Numbers) -> tuple[Numbers, Numbers]:
    """For records that are alone, which case each is, and for each case the place of one of its records.

    Plain records are cases of their own: what they may hold besides is then theirs alone.
    """
    spec = owed.spec[where]
    quantities = np.array([one.task.kind is Kind.QUANTITY for one in owed.specs], dtype=bool)[spec]
    column = taken.column("quantity")
    there = np.array([value is not None for value in column.values], dtype=bool)[column.codes[alone]]
    amount = np.where(quantities, column.codes[alone] + 2, there)
    found = spec.astype(np.int64)
    plain = np.where(alone >= taken.masses, alone - taken.masses + 1, 0)
    shown = [(one.codes[alone], len(one.values)) for one in map(taken.column, SHOWN)]
    flags = [(taken.present(key)[alone].astype(np.int64), 2) for key in ("doc", "people")]
    for codes, size in (*shown, *flags, (amount, len(column.values) + 2), (plain, len(taken.plain) + 1)):
        if size > 1:
            _, found = np.unique(found * size + codes, return_inverse=True)
    _, first, kinds = np.unique(found, return_index=True, return_inverse=True)
    return kinds, first


class Standings(Sequence[Standing]):
    """The standings in their order, each made when it is asked for. Its records may stand for others, see `true`."""

    def __init__(self, judged: Judged, rows: Numbers | None = None) -> None:
        self.judged = judged
        self.rows = rows

    def __len__(self) -> int:
        return self.judged.owed.size if self.rows is None else len(self.rows)

    @overload
    def __getitem__(self, index: int) -> Standing: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Standing]: ...
    def __getitem__(self, index: int | slice) -> Standing | Sequence[Standing]:
        """One, or some, of them."""
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        return self._made(index if self.rows is None else int(self.rows[index]))

    def __iter__(self) -> Iterator[Standing]:
        owed, cases = self.judged.owed, self.judged.cases
        case, unit = self.judged.case, owed.unit
        if self.rows is not None:
            case, unit = case[self.rows], unit[self.rows]
        for which, whose in zip(case.tolist(), unit.tolist(), strict=True):
            yield _of(cases[which], owed.units[whose])

    def _made(self, row: int) -> Standing:
        owed = self.judged.owed
        return _of(self.judged.cases[self.judged.case[row]], owed.units[owed.unit[row]])

    def weighted(self) -> Iterator[tuple[Standing, int]]:
        """Each case with how many stand like it, in the order of tasks; whose it is does not count here."""
        weights = np.bincount(self.judged.case, minlength=len(self.judged.cases)).tolist()
        tasks = self.judged.owed.tasks
        cases = sorted(zip(self.judged.cases, weights, strict=True), key=lambda one: tasks[one[0].obligation.task.id])
        return ((case, weight) for case, weight in cases if weight)


def _of(case: Standing, unit: object) -> Standing:
    """The case as that of a unit."""
    obligation, *rest = case
    if obligation.unit is unit:
        return case
    made: Standing = tuple.__new__(Standing, (owned(obligation, unit), *rest))  # type: ignore[arg-type]
    return made


def true(judged: Judged, rows: Numbers) -> list[Standing]:
    """The standings of these obligations with their own records."""
    found = list(Standings(judged, rows))
    numbers = judged.single[rows]
    places = np.flatnonzero(numbers >= 0)
    for place, record in zip(places.tolist(), judged.taken.records(numbers[places]), strict=True):
        found[place] = found[place]._replace(actuals=(record,))
    return found

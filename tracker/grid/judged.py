"""How each obligation stands: each different case is judged once, by the plain core's own functions.

An obligation without a record stands as its spec does. One with records stands as every other of that spec whose
records say the same, one after the other, of what a standing can show. Plain records are cases of their own: what they
may hold besides is theirs alone.
"""

from collections.abc import Iterator, Sequence, Set as AbstractSet
from datetime import date
from typing import NamedTuple, overload

import numpy as np

from tracker.grid.alike import CHUNK, LONGEST, NONE, TABLE, Records, Several, alike_sequences, in_order, together
from tracker.grid.matched import Matched, matched
from tracker.grid.owed import Numbers, Owed, owned
from tracker.grid.taken import Taken
from tracker.match import pair_of
from tracker.model.actual import Actual
from tracker.model.plan import Plan
from tracker.model.record import Stray
from tracker.model.standing import Pair, Standing
from tracker.stand import stand


class Judged(NamedTuple):
    """Every obligation with the case that it is."""

    owed: Owed
    taken: Taken
    cases: Sequence[Standing]
    """The different cases, with a unit and records that stand for others."""
    case: Numbers
    """Of each obligation, which case it is."""
    single: Numbers
    """Of each obligation, the number of its only record; -1 where it has none, -2 where it has several."""
    several: Several
    strays: Sequence[Stray]
    stray: Sequence[int]
    """The numbers of the strays' records."""


Plans = tuple[Sequence[Plan], Sequence[Plan]]
"""Those that are looked at, and all others."""


def judged(owed: Owed, taken: Taken, plans: Plans, as_of: date, horizon: int, *, exactly: bool) -> Judged:
    """Match and stand. Without `exactly` the standings know no day of what was done in time."""
    found = matched(owed, taken, *plans)
    single, many = _single(found.position, owed.size)
    judging = _Judging(owed, taken, found, (as_of, horizon), Records(owed, taken, exactly=exactly))
    case = judging.alone(single, many)
    several = judging.several(case, many) if len(many) else NONE
    return Judged(owed, taken, judging.cases, case, single, several, found.strays, found.stray)


def _single(position: Numbers, size: int) -> tuple[Numbers, Numbers]:
    """Of each obligation its only record, as in Judged; and the numbers of all records that are not the only one.

    There are no counters that could overflow: who writes where another wrote is seen by what stands there in the end.
    """
    single = np.full(size, -1, dtype=np.int32)
    for number, whose in _used(position):
        single[whose] = number
    again = [whose[single[whose] != number] for number, whose in _used(position)]
    again = [one for one in again if len(one)]
    if not again:
        return single, np.empty(0, dtype=np.int32)
    single[np.concatenate(again)] = -2
    return single, np.concatenate([number[single[whose] == -2] for number, whose in _used(position)])


def _used(position: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """The records that an obligation asked for, and which: some at a time."""
    for begin in range(0, len(position), CHUNK):
        whose = position[begin : begin + CHUNK]
        number = np.arange(begin, begin + len(whose), dtype=np.int32)
        some = whose >= 0
        yield (number, whose) if some.all() else (number[some], whose[some])


class _Judging:
    """Cases as they are found."""

    def __init__(
        self, owed: Owed, taken: Taken, found: Matched, days: tuple[date, int], records: Records,
    ) -> None:
        """`days` are the day of judgement, and how many ahead "due soon" looks."""
        self.owed = owed
        self.taken = taken
        self.position = found.position
        self.days = days
        self.records = records
        self.cases: list[Standing] = list(stand([Pair(spec, ()) for spec in owed.specs], *days))

    def judge(self, pairs: Sequence[Pair]) -> None:
        """Add a case for each."""
        self.cases += stand(pairs, *self.days)

    def alone(self, single: Numbers, many: Numbers) -> Numbers:
        """The case of each obligation that has one record or none; `many` are the records of all others."""
        owed, taken, records = self.owed, self.taken, self.records
        case = owed.spec.astype(np.int32)
        # What came in time, which is nearly all, has so few kinds that a table holds them; of the rest there is little.
        few = len(owed.specs) * records.size <= TABLE
        table = np.full(len(owed.specs) * records.size if few else 0, -1, dtype=np.int32)
        one_of = table.copy()
        later: list[Numbers] = []
        days: list[Numbers] = []
        count = 0
        alone = np.ones(len(taken), dtype=bool)
        alone[many] = False
        for numbers, rows in _used(self.position[: taken.masses]):
            mine, own = rows[alone[numbers]], numbers[alone[numbers]]
            spec = owed.spec[mine]
            says, day = records.kinds(own, spec)
            says = says + spec.astype(np.int64) * records.size
            in_time = (day == 0) & few
            one_of[says[in_time]] = own[in_time]
            fresh = np.flatnonzero((one_of >= 0) & (table < 0))
            table[fresh] = np.arange(count, count + len(fresh), dtype=np.int32)
            count += len(fresh)
            case[mine[in_time]] = len(self.cases) + table[says[in_time]]
            later.append(mine[~in_time])
            days.append(says[~in_time] * records.dates + day[~in_time])
        there = np.flatnonzero(table >= 0)
        there = there[np.argsort(table[there])]
        rest, keys = np.concatenate([*later, np.zeros(0, dtype=np.int64)]), np.concatenate([*days, there[:0]])
        first, which = together(keys, len(owed.specs) * records.size * records.dates)
        case[rest] = len(self.cases) + count + which
        self._one_each(there // records.size, taken.records(one_of[there]))
        self._one_each(owed.spec[rest[first]], taken.records(single[rest[first]]))
        plain = np.flatnonzero(single >= taken.masses)
        case[plain] = len(self.cases) + np.arange(len(plain), dtype=np.int32)
        self._one_each(owed.spec[plain], taken.records(single[plain]))
        return case

    def _one_each(self, specs: Numbers, records: Sequence[Actual]) -> None:
        pairs = zip(specs.tolist(), records, strict=True)
        self.judge([pair_of(self.owed.specs[spec], (record,)) for spec, record in pairs])

    def several(self, case: Numbers, many: Numbers) -> Several:
        """Judge the obligations with several records; their cases are written into `case`."""
        owed, taken = self.owed, self.taken
        numbers = in_order(taken, many, self.position)
        rows, begins = np.unique(self.position[numbers], return_index=True)
        begins = np.append(begins, len(numbers))
        lengths = np.diff(begins)
        spec = np.repeat(owed.spec[rows], lengths)
        says, day = self.records.kinds(numbers, spec)
        _, kinds = together(says.astype(np.int64) * self.records.dates + day, self.records.size * self.records.dates)
        own = np.add.reduceat(numbers >= taken.masses, begins[:-1]) > 0
        common = np.flatnonzero(~own & (lengths <= LONGEST))
        first, which = np.flatnonzero(own | (lengths > LONGEST)), np.empty(len(rows), dtype=np.int32)
        which[first] = np.arange(len(first))
        if len(common):
            told = _Told(numbers, begins).only(common)
            one_of, found = alike_sequences(owed.spec[rows[common]], kinds[told.places], told.begins)
            which[common] = found + len(first)
            first = np.append(first, common[one_of])
        case[rows] = which + len(self.cases)
        patterns = self._several_each(rows[first], _Told(numbers, begins).only(first))
        return _laid_out(rows, begins, numbers, which, patterns)

    def _several_each(self, rows: Numbers, told: "_Told") -> list[Sequence[int]]:
        """Judge these; of each, in which order its records count, then those that are one too many, from -1 down."""
        owed = self.owed
        records = self.taken.records(told.numbers)
        pairs: list[Pair] = []
        patterns: list[Sequence[int]] = []
        bounds = told.begins.tolist()
        for row, begin, end in zip(rows.tolist(), bounds, bounds[1:], strict=False):
            mine = records[begin:end]
            pair = pair_of(owed.at(row), mine)
            ranks = {id(record): rank for rank, record in enumerate(mine)}
            counted, over = ([ranks[id(one)] for one in part] for part in (pair.actuals, pair.surplus))
            patterns.append([*counted, *(-1 - rank for rank in over)])
            pairs.append(pair)
        self.judge(pairs)
        return patterns


class _Told:
    """Records of one obligation after those of the other."""

    def __init__(self, numbers: Numbers, begins: Numbers) -> None:
        self.numbers = numbers
        self.begins = begins
        self.places = np.arange(len(numbers))

    def only(self, which: Numbers) -> "_Told":
        """Those of some obligations."""
        lengths = np.diff(self.begins)[which]
        begins = np.append(0, np.cumsum(lengths))
        places = np.repeat(self.begins[:-1][which] - begins[:-1], lengths) + np.arange(int(begins[-1]))
        told = _Told(self.numbers[places], begins)
        told.places = places
        return told


def _laid_out(
    rows: Numbers, begins: Numbers, numbers: Numbers, which: Numbers, patterns: Sequence[Sequence[int]],
) -> Several:
    """Every obligation's records as the pattern of its case has them."""
    starts = np.append(0, np.cumsum([len(one) for one in patterns]))
    flat = np.array([rank for one in patterns for rank in one], dtype=np.int32)
    lengths = np.diff(begins)
    inside = np.arange(len(numbers)) - np.repeat(begins[:-1], lengths)
    ranks = flat[np.repeat(starts[:-1][which], lengths) + inside]
    over = ranks < 0
    places = np.repeat(begins[:-1], lengths) + np.where(over, -1 - ranks, ranks)
    return Several(rows, begins, numbers[places], over)


def limited(judged: Judged, units: AbstractSet[str]) -> Judged:
    """What of it is of some units alone; nothing of one unit rests on another."""
    owed, several = judged.owed, judged.several
    wanted = np.array([unit.id in units for unit in owed.units], dtype=bool)[owed.unit]
    kept = np.flatnonzero(wanted)
    strays = [(one, n) for one, n in zip(judged.strays, judged.stray, strict=True) if one.actual.unit in units]
    mine = np.flatnonzero(wanted[several.rows])
    told = _Told(several.numbers, several.begins).only(mine)
    rows = np.searchsorted(kept, several.rows[mine])
    return judged._replace(
        owed=owed._replace(spec=owed.spec[kept], unit=owed.unit[kept]),
        case=judged.case[kept],
        single=judged.single[kept],
        several=Several(rows, told.begins, told.numbers, several.over[told.places]),
        strays=tuple(one for one, _ in strays),
        stray=[number for _, number in strays],
    )


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
            yield of_unit(cases[which], owed.units[whose])

    def _made(self, row: int) -> Standing:
        owed = self.judged.owed
        return of_unit(self.judged.cases[self.judged.case[row]], owed.units[owed.unit[row]])

    def weighted(self) -> Iterator[tuple[Standing, int]]:
        """Each case with how many stand like it, in the order of tasks; whose it is does not count here."""
        weights = np.bincount(self.judged.case, minlength=len(self.judged.cases)).tolist()
        tasks = self.judged.owed.tasks
        cases = sorted(zip(self.judged.cases, weights, strict=True), key=lambda one: tasks[one[0].obligation.task.id])
        return ((case, weight) for case, weight in cases if weight)


def of_unit(case: Standing, unit: object) -> Standing:
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
    places = np.flatnonzero(numbers == -2)
    which = np.searchsorted(judged.several.rows, rows[places])
    told = _Told(judged.several.numbers, judged.several.begins).only(which)
    over = judged.several.over[told.places].tolist()
    records = judged.taken.records(told.numbers)
    bounds = told.begins.tolist()
    for place, begin, end in zip(places.tolist(), bounds, bounds[1:], strict=False):
        mine = list(zip(records[begin:end], over[begin:end], strict=True))
        actuals, surplus = (tuple(one for one, extra in mine if extra is which) for which in (False, True))
        found[place] = found[place]._replace(actuals=actuals, surplus=surplus)
    return found

"""For which obligation each record is: three look-ups and an address, for a million records at once."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, overload

import numpy as np

from tracker.grid.alike import CHUNK
from tracker.grid.owed import Numbers, Owed
from tracker.grid.taken import Taken
from tracker.match import by_day, order, why
from tracker.model.plan import Plan
from tracker.model.record import Stray
from tracker.model.standing import Obligation

_FAR = np.int64(-(1 << 40))
"""Of 64 bits whatever it meets: a Python number would be cut down to those of the other side."""


class Matched(NamedTuple):
    """What became of each record."""

    position: Numbers
    """Its obligation; -1 where none asked for it."""
    strays: Sequence[Stray]
    """Those that nothing asked for, by day and place."""
    stray: Sequence[int]
    """The numbers of the strays' records."""


def matched(owed: Owed, taken: Taken, viewed: Iterable[Plan], others: Iterable[Plan]) -> Matched:
    """The obligation of each record, by task, unit and period; else as the plain core asks."""
    ours = {task.id for plan in viewed for task in plan.tasks}
    theirs = {task.id for plan in others for task in plan.tasks} - ours
    position = np.empty(len(taken), dtype=np.int32)
    addresses = _Addresses(owed, taken)
    mine = taken.table("task", lambda one: one not in theirs, bool)
    task = taken.column("task").codes
    strays: list[tuple[Stray, int]] = []
    for begin in range(0, len(taken), CHUNK):
        part = slice(begin, min(begin + CHUNK, len(taken)))
        found = addresses.of(part)
        position[part] = found
        open_ = np.flatnonzero((found < 0) & mine[task[part]]) + begin
        for number, record in zip(open_.tolist(), taken.records(open_), strict=True):
            candidates = _Candidates(owed, addresses.among(number))
            at = by_day(record, candidates)
            if at is None:
                strays.append((Stray(record, why(record, ours, owed=bool(candidates))), number))
            else:
                position[number] = at
    strays.sort(key=lambda one: order(one[0].actual))
    return Matched(position, tuple(one for one, _ in strays), [number for _, number in strays])


class _Candidates(Sequence[tuple[int, Obligation]]):
    """What a record without the exact period may be for, each made when it is looked at: hardly any is."""

    def __init__(self, owed: Owed, positions: range) -> None:
        self.owed = owed
        self.positions = positions

    def __len__(self) -> int:
        return len(self.positions)

    @overload
    def __getitem__(self, index: int) -> tuple[int, Obligation]: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[int, Obligation]]: ...
    def __getitem__(self, index: int | slice) -> tuple[int, Obligation] | Sequence[tuple[int, Obligation]]:
        """One, or some, of them."""
        if isinstance(index, slice):
            return _Candidates(self.owed, self.positions[index])
        return self.positions[index], self.owed.at(self.positions[index])


class _Addresses:
    """The arithmetic: where the obligations of a task and unit begin, and how far behind that a period is.

    Whatever is not known here is the last row or column of a table, and lies so far before the first obligation that no
    sum reaches it.
    """

    def __init__(self, owed: Owed, taken: Taken) -> None:
        units = {unit.id: number for number, unit in enumerate(owed.units)}
        tasks, width = len(owed.tasks), len(owed.units) + 1
        self.codes = [taken.column(key).codes for key in ("task", "unit", "period")]
        task = taken.table("task", lambda one: owed.tasks.get(one, tasks), np.int64) * width
        unit = taken.table("unit", lambda one: units.get(one, width - 1), np.int64)
        period = taken.table("period", lambda one: owed.periods.get(one, len(owed.periods)), np.int64)
        self.numbers = [task, unit, period]
        self.bare = taken.table("period", lambda one: one == "", bool)
        classes, periods = len(owed.lone), len(owed.periods) + 1
        offsets = np.full((classes + 1, periods), _FAR, dtype=np.int64)
        offsets[: len(owed.offsets), : owed.offsets.shape[1]] = np.where(owed.offsets >= 0, owed.offsets, _FAR)
        self.count = np.append((owed.offsets >= 0).sum(axis=1), 0)
        self.offsets, self.periods = offsets.ravel(), periods
        self.start = np.pad(np.where(owed.start >= 0, owed.start, _FAR), ((0, 1), (0, 1)), constant_values=_FAR).ravel()
        alike = np.where(owed.alike >= 0, owed.alike, classes).astype(np.int64) * periods
        self.alike = np.pad(alike, ((0, 1), (0, 1)), constant_values=classes * periods).ravel()
        self.lone = np.append(owed.lone, False)

    def of(self, part: slice) -> Numbers:
        """The positions of these records' obligations."""
        task, unit, period = (np.take(told, codes[part]) for told, codes in zip(self.numbers, self.codes, strict=True))
        task += unit
        period += np.take(self.alike, task)
        found = np.take(self.start, task)
        found += np.take(self.offsets, period)
        open_ = np.flatnonzero(found < 0)
        # A record without a period is for the only obligation that there is.
        begin = self.start[task[open_]]
        lone = self.lone[self.alike[task[open_]] // self.periods] & self.bare[self.codes[2][part][open_]] & (begin >= 0)
        found[open_] = np.where(lone, begin, -1)
        return found

    def among(self, number: int) -> range:
        """The positions of all obligations of the record's task and unit."""
        task, unit = (int(told[codes[number]]) for told, codes in zip(self.numbers[:2], self.codes[:2], strict=True))
        begin, alike = int(self.start[task + unit]), self.alike[task + unit] // self.periods
        return range(begin, begin + int(self.count[alike])) if begin >= 0 else range(0)

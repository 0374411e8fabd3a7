"""For which obligation each record is: three look-ups and an address, for a million records at once."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from tracker.grid.alike import CHUNK
from tracker.grid.owed import Numbers, Owed
from tracker.grid.taken import Taken
from tracker.match import by_day, order, why
from tracker.model.plan import Plan
from tracker.model.record import Stray


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
            candidates = [(at, owed.at(at)) for at in addresses.among(number)]
            at = by_day(record, candidates)
            if at is None:
                strays.append((Stray(record, why(record, ours, owed=bool(candidates))), number))
            else:
                position[number] = at
    strays.sort(key=lambda one: order(one[0].actual))
    return Matched(position, tuple(one for one, _ in strays), [number for _, number in strays])


class _Addresses:
    """The arithmetic: where the obligations of a task and unit begin, and how far behind that a period is."""

    def __init__(self, owed: Owed, taken: Taken) -> None:
        self.codes = [taken.column(key).codes for key in ("task", "unit", "period")]
        units = {unit.id: number for number, unit in enumerate(owed.units)}
        names: tuple[Mapping[str, int], ...] = (owed.tasks, units, owed.periods)
        # Whatever is not known here is number -1, which is the last row or column: there nothing is owed.
        self.numbers = [
            taken.table(key, lambda one, known=known: known.get(one, -1), np.int32)  # type: ignore[misc]
            for key, known in zip(("task", "unit", "period"), names, strict=True)
        ]
        self.bare = taken.table("period", lambda one: one == "", bool)
        self.start = np.pad(owed.start, ((0, 1), (0, 1)), constant_values=-1).astype(np.int32)
        self.alike = np.pad(owed.alike, ((0, 1), (0, 1)), constant_values=-1)
        self.offsets = np.pad(owed.offsets, ((0, 1), (0, 1)), constant_values=-1)
        self.lone = np.append(owed.lone, False)
        self.count = (self.offsets >= 0).sum(axis=1)

    def of(self, part: slice) -> Numbers:
        """The positions of these records' obligations."""
        task, unit, period = (np.take(told, codes[part]) for told, codes in zip(self.numbers, self.codes, strict=True))
        start, alike = self.start[task, unit], self.alike[task, unit]
        offset = self.offsets[alike, period]
        found: Numbers = np.where((offset >= 0) & (start >= 0), start + offset, np.int32(-1))
        # A record without a period is for the only obligation that there is.
        lone = (found < 0) & (start >= 0) & self.bare[self.codes[2][part]]
        lone &= self.lone[alike]
        found[lone] = start[lone]
        return found

    def among(self, number: int) -> range:
        """The positions of all obligations of the record's task and unit."""
        task, unit = (int(told[codes[number]]) for told, codes in zip(self.numbers[:2], self.codes[:2], strict=True))
        begin = int(self.start[task, unit])
        return range(begin, begin + int(self.count[self.alike[task, unit]])) if begin >= 0 else range(0)

"""Which records and obligations are alike: what the plain core would say the same of is judged once."""

from datetime import date
from math import prod
from typing import NamedTuple

import numpy as np

from tracker.grid.owed import Numbers, Owed
from tracker.grid.taken import Taken, last_day
from tracker.model.actual import Step
from tracker.model.plan import Kind
from tracker.model.standing import Obligation

SHOWN = ("step", "empty", "reason", "mode", "level")
"""What a standing, or a row made of several, can show of its record, beside when, how much, and whether anything."""
CHUNK = 1 << 20
"""Records that are looked at together: what is needed on the way is no larger than that."""
TABLE = 1 << 22
"""Numbers up to which a table of all that there may be costs less than sorting those that there are."""
LONGEST = 8
"""Records of one obligation up to which it is looked for others that are like it."""


class Records:
    """Which records of a spec are alike."""

    def __init__(self, owed: Owed, taken: Taken, *, exactly: bool) -> None:
        """With `exactly`, records of different days never are; else all that came in time are of one day."""
        self.taken = taken
        self.quantities = np.array([one.task.kind is Kind.QUANTITY for one in owed.specs], dtype=bool)
        whens = taken.column("date")
        self.days = whens.codes
        self.last = np.array([last_day(when) for when in whens.values], dtype=np.int32)
        self.due = np.array([0 if exactly else _due(one) for one in owed.specs], dtype=np.int32)
        amounts = taken.column("quantity")
        self.there = np.array([value is not None for value in amounts.values], dtype=np.int32)
        self.amounts = amounts.codes
        # What is the same in all records tells none apart, and costs nothing.
        shown = [taken.column(key) for key in SHOWN]
        self.shown = [(one.codes, len(one.values)) for one in shown if len(one.values) > 1]
        self.shown += [(there, 2) for there in map(taken.present, ("doc", "people")) if there.any()]
        self.dates = len(self.last) + 1
        self.size = (len(self.there) + 2) * prod(values for _, values in self.shown)
        if self.size > TABLE:
            self._fold()

    def _fold(self) -> None:
        """Make one column of those of which there are so many different values that all there may be are too many."""
        codes, size = self.shown[0]
        found = codes.astype(np.int64)
        for more, values in self.shown[1:]:
            first, found = together(found * values + more, size * values)
            size = len(first)
        self.shown = [(found, size)]
        self.size = (len(self.there) + 2) * size

    def kinds(self, numbers: Numbers, spec: Numbers) -> tuple[Numbers, Numbers]:
        """Of these records for their specs, what they say beside the day, below `size`; and the day, below `dates`.

        Those of one spec that are the same in both are alike. Day 0 is every day on which it was in time.
        """
        days = self.days[numbers]
        day = np.where(self.last[days] <= self.due[spec], 0, days.astype(np.int32) + 1)
        amounts = self.amounts[numbers]
        says = np.where(self.quantities[spec], amounts + np.int32(2), self.there[amounts])
        for codes, values in self.shown:
            says = says * np.int32(values) + codes[numbers]
        return says, day


def _due(obligation: Obligation) -> int:
    """The last day on which it makes no difference when it was done."""
    return (obligation.due or date.max).toordinal()


def _under(numbers: Numbers, size: int) -> tuple[Numbers, int]:
    """The same told apart by smaller numbers, where they have grown large."""
    if size <= TABLE:
        return numbers, size
    first, found = together(numbers, size)
    return found, len(first)


def together(numbers: Numbers, size: int) -> tuple[Numbers, Numbers]:
    """For each different number below `size` the place of one that has it; and for each number which of these it is."""
    if size > TABLE:
        return _sorted(numbers)
    places = np.full(size, -1, dtype=np.int32)
    places[numbers] = np.arange(len(numbers), dtype=np.int32)
    there = places >= 0
    which = np.cumsum(there, dtype=np.int32) - 1
    return places[there], which[numbers]


def _sorted(numbers: Numbers) -> tuple[Numbers, Numbers]:
    """The same by sorting, a part at a time, since that keeps what is needed on the way small."""
    values, firsts, found = [], [], np.empty(len(numbers), dtype=np.int32)
    total = 0
    for begin in range(0, len(numbers), CHUNK):
        value, first, which = np.unique(numbers[begin : begin + CHUNK], return_index=True, return_inverse=True)
        found[begin : begin + CHUNK] = which + total
        values.append(value)
        firsts.append(first + begin)
        total += len(value)
    if not values:
        return found, found
    _, first, which = np.unique(np.concatenate(values), return_index=True, return_inverse=True)
    return np.concatenate(firsts)[first], which.astype(np.int32)[found]


class Several(NamedTuple):
    """The obligations with several records, in order."""

    rows: Numbers
    begins: Numbers
    """Where the records of each begin, and where those of the last end."""
    numbers: Numbers
    """The records of one after those of the other: what counts, in its order, then what is one too many."""
    over: Numbers
    """Whether a record is one too many."""


_EMPTY = np.zeros(0, dtype=np.int32)
NONE = Several(_EMPTY, np.zeros(1, dtype=np.int32), _EMPTY, _EMPTY.astype(bool))


def in_order(taken: Taken, numbers: Numbers, position: Numbers) -> Numbers:
    """These records by obligation and, of one, in the order of tracker.match.order."""

    def part(key: str, of: object) -> Numbers:
        return np.take(taken.table(key, of, np.int32), taken.column(key).codes[numbers])  # type: ignore[arg-type]

    last = part("date", last_day)
    said = part("recorded", lambda day: day.toordinal() if day else 0)
    keys = (
        taken.places(numbers),
        part("step", lambda step: step is not Step.SENT),
        np.where(said > 0, said, last),
        last,
        part("date", lambda when: when.first.toordinal() if when else 0),
        position[numbers],
    )
    found: Numbers = numbers[np.lexsort(keys)]
    return found


def alike_sequences(spec: Numbers, kinds: Numbers, begins: Numbers) -> tuple[Numbers, Numbers]:
    """Of obligations with several records each, which have the same kinds one after the other, for the same spec.

    As `together`: the place of one of each, and which of these it is.
    """
    counts = np.diff(begins)
    found = np.empty(len(spec), dtype=np.int32)
    firsts: list[Numbers] = []
    total, size = 0, int(kinds.max()) + 1
    for count in np.unique(counts).tolist():
        mine = np.flatnonzero(counts == count)
        folded, below = spec[mine].astype(np.int64), int(spec.max()) + 1
        for rank in range(count):
            folded, below = _under(folded * size + kinds[begins[:-1][mine] + rank], below * size)
        first, which = together(folded, below)
        found[mine] = which + total
        firsts.append(mine[first])
        total += len(first)
    return np.concatenate(firsts), found

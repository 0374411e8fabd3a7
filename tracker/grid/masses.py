"""Findings by the hundred thousand: which obligations they are of, and each as an object when somebody asks for it."""

from collections.abc import Iterator, Sequence

import numpy as np

from tracker.check import Ready, finding_of, place_of
from tracker.grid.judged import Judged, of_unit
from tracker.grid.owed import Numbers
from tracker.lang import slots_of
from tracker.model.finding import Finding
from tracker.model.unit import Unit
from tracker.where.columns import NULL, TRUE

_VERDICT = {TRUE: True, NULL: None}


class Alike:
    """The findings of a rule at one severity, in the order of the obligations."""

    def __init__(self, one: Ready, judged: Judged, rows: Numbers, told: Numbers) -> None:
        """`told` has the verdict on each of the rows, of which there is at least one."""
        self.one = one
        self.judged = judged
        self.rows = rows.astype(np.int32)
        self.told = told.astype(np.uint8)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, place: int) -> Finding:
        """One of them."""
        owed = self.judged.owed
        return self.posed(place, owed.units[owed.unit[self.rows[place]]])

    def __iter__(self) -> Iterator[Finding]:
        owed = self.judged.owed
        cases, units = self.judged.case[self.rows].tolist(), owed.unit[self.rows].tolist()
        for case, unit, told in zip(cases, units, self.told.tolist(), strict=True):
            yield finding_of(self.one, of_unit(self.judged.cases[case], owed.units[unit]), _VERDICT[told])

    def posed(self, place: int, unit: Unit) -> Finding:
        """The one at this place as it would be if it were this unit's."""
        case = self.judged.cases[self.judged.case[self.rows[place]]]
        return finding_of(self.one, of_unit(case, unit), _VERDICT[int(self.told[place])])

    def weighted(self) -> Iterator[tuple[Finding, int]]:
        """One that is broken and one that cannot be told, with how many are so."""
        for verdict in _VERDICT:
            places = np.flatnonzero(self.told == verdict)
            if len(places):
                yield self[int(places[0])], len(places)

    def kinds(self) -> tuple[Sequence[int], Sequence[str], Sequence[int | None]]:
        """Of each a number that it shares with those like it, the id of its unit, and its days late."""
        one, judged = self.one, self.judged
        said = {slot for text in one.rule.message.values() for slot in slots_of(text)}
        apart = {"unit"} if "days_late" in said else {"unit", "days_late"}
        kept = [place for place, name in enumerate(one.columns) if name not in apart]
        case = judged.case[self.rows]
        present, which = np.unique(case, return_inverse=True)
        known: dict[object, int] = {}
        kinds = np.empty(len(present), dtype=np.int64)
        late: list[int | None] = []
        for number, standing in enumerate(judged.cases[one] for one in present.tolist()):
            cells = one.cells(standing)
            days = standing.days_late
            key = (place_of(standing, one.rule.pointing_at), days is None, *(cells[place] for place in kept))
            kinds[number] = known.setdefault(key, len(known))
            late.append(days)
        ids = [unit.id for unit in judged.owed.units]
        numbers = kinds[which] * 2 + (self.told == TRUE)
        units = [ids[unit] for unit in judged.owed.unit[self.rows].tolist()]
        return numbers.tolist(), units, [late[number] for number in which.tolist()]

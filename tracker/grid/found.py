"""Rules over standings and records by columns; an object is made only of what is broken or cannot be told."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

import numpy as np

from tracker.check import Ready
from tracker.grid.judged import Judged, Standings
from tracker.grid.masses import Alike
from tracker.grid.owed import Numbers
from tracker.grid.tables import Rows
from tracker.model.record import Record
from tracker.model.table import Table
from tracker.model.tables import ACTUALS, STANDINGS
from tracker.where import Checked, columns_of
from tracker.where.columns import FALSE, NULL, TRUE, Coded, interned, verdicts

Found = tuple[int, list[tuple[Any, bool | None]]]
_TOLD = {TRUE: True, NULL: None}
_NEEDS = {"unit"}
"""Columns of standings that tell apart what is one case."""


def by_columns(ready: Sequence[Ready], made: Rows) -> list[Ready]:
    """The rules with the way in which they find rows, where columns can."""
    records = lru_cache(maxsize=1)(lambda: _Records(made))
    judged = made.judged
    weights = np.bincount(judged.case, minlength=len(judged.cases))

    @cache
    def values(name: str) -> Coded:
        path = attrgetter(STANDINGS.by_name[name].path)
        return Coded(*interned([path(standing) for standing in judged.cases]))

    found = []
    for one in ready:
        if one.table is STANDINGS:
            found.append(one._replace(many=_finder(one, judged, values, weights)))
        elif one.table is ACTUALS and _names(one) <= _Records.known:
            found.append(one._replace(find=_record_finder(one, made, records)))
        else:
            found.append(one)
    return found


def _names(one: Ready) -> set[str]:
    return {name for condition in (one.scope, one.where) if condition is not None for name in columns_of(condition)}


def _finder(
    one: Ready, judged: Judged, values: Callable[[str], Coded], weights: Numbers,
) -> Callable[[], tuple[int, Sequence[Alike]]]:
    def apart(name: str) -> Coded:
        owed = judged.owed
        if name == "unit":
            return Coded(owed.unit, [unit.id for unit in owed.units])
        return Coded(values(name).codes[judged.case], values(name).values)

    def find() -> tuple[int, Sequence[Alike]]:
        if _names(one) & _NEEDS:
            inside, told = _told(one, apart, judged.owed.size, STANDINGS)
            seen, bad = int(inside.sum()), inside & (told != FALSE)
            told = told[bad]
        else:
            inside, told = _told(one, values, len(judged.cases), STANDINGS)
            seen = int(weights[inside].sum())
            bad = (inside & (told != FALSE))[judged.case]
            told = told[judged.case[bad]]
        return seen, list(_by_level(one, judged, np.flatnonzero(bad), told))

    return find


def _by_level(one: Ready, judged: Judged, rows: Numbers, told: Numbers) -> Iterator[Alike]:
    """What `escalate` raises, and what it does not: the same for all of one case, unless it asks for the unit."""
    raised = np.zeros(len(rows), dtype=bool)
    to = one.rule.escalate_to
    if one.escalate is not None and one.raises is not None and to is not None and to.rank > one.rule.severity.rank:
        broken = np.flatnonzero(told == TRUE)
        if _NEEDS & {*columns_of(one.raises)}:
            raised[broken] = [one.escalate(row) is True for row in Standings(judged, rows[broken])]
        else:
            case = judged.case[rows[broken]]
            table = np.zeros(len(judged.cases), dtype=bool)
            for number in np.unique(case).tolist():
                table[number] = one.escalate(judged.cases[number]) is True
            raised[broken] = table[case]
    for those in (raised, ~raised):
        if those.any():
            yield Alike(one, judged, rows[those], told[those])


def _told(one: Ready, column: Callable[[str], Coded], size: int, table: Table) -> tuple[Numbers, Numbers]:
    """Which rows are in scope, and what the condition says of each; the same as where.row.finder_of."""

    def asked(condition: Checked) -> Numbers:
        return verdicts(condition.root, column, lambda name: table.by_name[name].nullable, size)

    told = asked(one.where)
    if one.scope is None:
        return np.ones(size, dtype=bool), told
    scope = asked(one.scope)
    return scope != FALSE, np.where(scope == TRUE, told, NULL)


def _verdicts(told: Numbers) -> list[bool | None]:
    return [_TOLD[one] for one in told.tolist()]


def _record_finder(one: Ready, made: Rows, records: Callable[[], "_Records"]) -> Callable[[Any], Found]:
    def find(_: Any) -> Found:
        known = records()
        inside, told = _told(one, known.column, len(known.numbers), ACTUALS)
        places = np.flatnonzero(inside & (told != FALSE))
        rows: list[Record] = made.records(places)
        return int(inside.sum()), list(zip(rows, _verdicts(told[places]), strict=True))

    return find


class _Records:
    """The table of records by columns."""

    known = frozenset({
        "unit", "task", "period", "date", "recorded", "quantity", "counted", "doc", "role", "why", "about", "kind",
        "measure", "people", "outcome", "returns",
    })  # fmt: skip

    def __init__(self, made: Rows) -> None:
        self.judged = made.judged
        self.numbers, self.rows, self.surplus = made.order
        self.columns: dict[str, Coded] = {}

    def column(self, name: str) -> Coded:
        """One column."""
        if name not in self.columns:
            self.columns[name] = self._column(name)
        return self.columns[name]

    def _column(self, name: str) -> Coded:
        judged, strays = self.judged, self.judged.strays
        if name in {"about", "kind", "measure", "period"}:
            used = self.rows >= 0
            spec = np.full(len(self.rows), len(judged.owed.specs), dtype=np.int64)
            spec[used] = judged.owed.spec[self.rows[used]]
            attribute = {"about": "title"}.get(name, name)
            if name == "period":
                values: list[Any] = [one.period.id for one in judged.owed.specs]
                values += [one.actual.period or None for one in strays]
                spec[self.rows < 0] = len(judged.owed.specs) + np.arange(len(strays))
                return Coded(spec, values)
            return Coded(spec, [*(getattr(one.task, attribute) for one in judged.owed.specs), None])
        if name == "role":
            return Coded(np.where(self.rows < 0, 2, self.surplus), ("used", "surplus", "stray"))
        if name == "why":
            codes = np.zeros(len(self.rows), dtype=np.int64)
            codes[self.rows < 0] = 1 + np.arange(len(strays))
            return Coded(codes, [None, *(one.why for one in strays)])
        if name == "recorded":
            days = judged.taken.recorded()[self.numbers]
            different, codes = np.unique(days, return_inverse=True)
            return Coded(codes, [date.fromordinal(ordinal) for ordinal in different.tolist()])
        key, of = _KEYS[name]
        codes, values_of = judged.taken.column(key)
        return Coded(codes[self.numbers], [of(value) for value in values_of])


def _value(amount: Any) -> Any:
    return amount.value if amount else None


_KEYS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "unit": ("unit", lambda one: one),
    "task": ("task", lambda one: one or None),
    "date": ("date", lambda when: when.first if when else None),
    "quantity": ("quantity", _value),
    "counted": ("quantity", lambda amount: amount.unit if amount else None),
    "people": ("people", _value),
    "returns": ("returns", _value),
    "doc": ("doc", lambda one: one or None),
    "outcome": ("outcome", lambda one: one or None),
}
"""Columns that are a key of the record: which, and what of it."""


"""Records as columns over all tables: what counts on the two days, under the number of its task, unit and period."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from tracker.grid.owed import Numbers
from tracker.model.actual import Actual
from tracker.model.values import Span
from tracker.read.columnar import Typed, records_at
from tracker.where.columns import Coded

_ATTRIBUTE = {"date": "when"}
"""Keys whose attribute of a record has another name."""


class Taken:
    """The records of all tables one after another, the plain ones last. A column is made when it is asked for."""

    def __init__(self, tables: Sequence[Typed], plain: Sequence[Actual], as_of: date, known_by: date) -> None:
        self.tables = tables
        self.plain = [one for one in plain if _begun(one.when) <= as_of.toordinal()]
        self.columns: dict[str, Coded] = {}
        self.rows: list[Numbers] = []
        """By table, the numbers of its rows that count, in order."""
        for told in tables:
            self.rows.append(_counting(told, as_of, known_by))
        self.bounds = np.cumsum([0, *map(len, self.rows)])
        """Where each table begins among the records; the last is where the plain ones do."""

    def __len__(self) -> int:
        return int(self.bounds[-1]) + len(self.plain)

    @property
    def masses(self) -> int:
        """How many records are not plain ones."""
        return int(self.bounds[-1])

    def has(self, key: str) -> bool:
        """Whether any table has a column of this key, or says it of every row."""
        return any(key in told.coded or key in told.texts or key in told.fixed for told in self.tables)

    def column(self, key: str) -> Coded:
        """The values under a key, each different one once."""
        if key not in self.columns:
            self.columns[key] = self._column(key)
        return self.columns[key]

    def _column(self, key: str) -> Coded:
        known: dict[Any, int] = {}

        def number(value: Any) -> int:
            return known.setdefault(value, len(known))

        def numbered(values: Iterable[Any]) -> Numbers:
            return np.array([number(value) for value in values], dtype=np.uint32)

        empty = Actual._field_defaults.get(_ATTRIBUTE.get(key, key), "")
        coded: list[tuple[Numbers, Numbers | None]] = []
        """By table, the numbers of its values, and which of them each row has; one for all rows where nothing says."""
        for told in self.tables:
            if key in told.coded:
                codes, values = told.coded[key]
                coded.append((numbered(values), codes.to_numpy()))
            elif key in told.texts:
                texts = told.texts[key]
                different = texts.unique()
                at = texts.cast(pl.Enum(different)).to_physical().to_numpy()
                coded.append((numbered(text.strip() for text in different), at))
            else:
                coded.append((numbered([told.fixed.get(key, empty)]), None))
        attribute = _ATTRIBUTE.get(key, key)
        plain = numbered(getattr(one, attribute) for one in self.plain)
        # It stays for every record: in as few bytes as its numbers need.
        found = np.empty(len(self), dtype=np.min_scalar_type(max(1, len(known))))
        for begin, (mine, which), rows in zip(self.bounds.tolist(), coded, self.rows, strict=False):
            part = found[begin : begin + len(rows)]
            part[:] = mine[0] if which is None else _of(mine.astype(found.dtype), which, rows)
        found[self.masses :] = plain
        return Coded(found, list(known))

    def present(self, key: str) -> Numbers:
        """Whether anything stands under a key of texts or amounts, without telling the texts apart."""
        parts: list[Numbers] = []
        for told, rows in zip(self.tables, self.rows, strict=True):
            if key in told.texts:
                parts.append((told.texts[key].gather(rows).str.strip_chars() != "").to_numpy())
            elif key in told.coded:
                codes, values = told.coded[key]
                there = np.array([value not in {None, ""} for value in values], dtype=bool)
                parts.append(_of(there, codes.to_numpy(), rows))
            else:
                parts.append(np.full(len(rows), told.fixed.get(key) not in {None, ""}))
        parts.append(np.array([getattr(one, key) not in {None, ""} for one in self.plain], dtype=bool))
        return np.concatenate(parts)

    def table(self, key: str, of: Callable[[Any], Any], kind: Any) -> Numbers:
        """What is made of each different value under a key; what a record's value comes to stands at its code."""
        found: Numbers = np.array([of(value) for value in self.column(key).values], dtype=kind)
        return found

    def each(self, key: str, of: Callable[[Any], Any], kind: Any = np.int32) -> Numbers:
        """The same for every record."""
        return np.take(self.table(key, of, kind), self.column(key).codes)

    def recorded(self) -> Numbers:
        """The day on which each was entered, as an ordinal."""
        last = self.each("date", last_day)
        said = self.each("recorded", lambda day: int(day.toordinal()) if day else 0)
        return np.where(said > 0, said, last)

    def places(self, numbers: Numbers) -> Numbers:
        """What these records, none of them a plain one, are sorted by where their places are to be in order."""
        files = sorted(range(len(self.tables)), key=lambda one: self.tables[one].file)
        rank = np.empty(len(files) + 1, dtype=np.int64)
        rank[[*files, len(files)]] = np.arange(len(files) + 1)
        found: Numbers = rank[np.searchsorted(self.bounds, numbers, side="right") - 1] << 32 | numbers
        return found

    def records(self, numbers: Numbers) -> list[Actual]:
        """These records as objects, in the order in which they are asked for."""
        found: list[Actual | None] = [None] * len(numbers)
        which = np.searchsorted(self.bounds, numbers, side="right") - 1
        for table, (told, rows) in enumerate(zip(self.tables, self.rows, strict=True)):
            mine = np.flatnonzero(which == table)
            if len(mine):
                chosen = pl.Series(rows[numbers[mine] - self.bounds[table]])
                for place, record in zip(mine.tolist(), records_at(told, chosen), strict=True):
                    found[place] = record
        for place in np.flatnonzero(which == len(self.tables)).tolist():
            found[place] = self.plain[int(numbers[place]) - self.masses]
        return [one for one in found if one is not None]


def _begun(when: Span) -> int:
    """The day from which on a record counts: of a deed of several days the last, as in tracker.match."""
    return int((when.last if when.lasting else when.first).toordinal())


def last_day(when: Span | None) -> int:
    """The last day of a deed; 0 where a table has none, in rows that do not count."""
    return int(when.last.toordinal()) if when else 0


def _counting(told: Typed, as_of: date, known_by: date) -> Numbers:
    """The rows in order that had happened on the day and were known on the other."""

    def days(key: str, of: Callable[[Any], int]) -> Numbers:
        if key in told.coded:
            codes, values = told.coded[key]
            table = np.array([of(value) if value else 0 for value in values], dtype=np.int32)
            return np.take(table, codes.to_numpy())
        value = told.fixed.get(key)
        return np.full(len(told.good), of(value) if value else 0, dtype=np.int32)

    first = days("date", _begun)
    last = days("date", last_day)
    entered = days("recorded", lambda day: int(day.toordinal()))
    entered = np.where(entered > 0, entered, last)
    counts = told.good.to_numpy() & (first <= as_of.toordinal()) & (entered <= known_by.toordinal())
    return np.flatnonzero(counts).astype(np.uint32)


def _of(table: Numbers, codes: Numbers, rows: Numbers) -> Numbers:
    """What a table says of the codes of these rows; hardly any table has rows that do not count."""
    return table[codes] if len(rows) == len(codes) else table[codes[rows]]

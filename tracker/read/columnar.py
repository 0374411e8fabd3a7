"""Large tables by whole columns, with Polars (extra "grid"): a text that stands in a million rows is converted once.

It finds which rows are in order and makes their records. Every other row is handed out to be looked at by the plain
functions, so that problems, places and records are those of the plain reader; tests/test_tables.py holds this.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.model.actual import Actual
from tracker.model.mapped import Mapped
from tracker.model.source import Problem
from tracker.read.bulk import CAREFUL, EMPTY, built
from tracker.read.dialect import Typed as Written, as_text
from tracker.read.formats import Cell
from tracker.read.framed import TEXTS, Frame, Lines, varied
from tracker.read.tabular import meant
from tracker.read.values import Refusal

if TYPE_CHECKING:
    from polars import Series

LARGE = 4_000_000
"""Characters from which on a table is worth the time that importing Polars takes."""
KEPT = 50_000
"""The same where they are imported anyway, and every record that is an object costs."""
BLOCK = 100_000
"""Rows whose records are made at once."""
GROUP = 100
"""Rows that are not in order and are looked at before it is asked again how many were told."""
_LONE = frozenset({"unit", "period"})
"""Keys whose value may be several, and is one in an ordinary row."""


class Column(NamedTuple):
    """A column as its different values and which of them stands in each row."""

    codes: "Series"
    values: Sequence[Any]


class Typed(NamedTuple):
    """What the rows of a table say, under the keys of records."""

    coded: Mapping[str, Column]
    texts: Mapping[str, "Series"]
    fixed: Mapping[str, Any]
    """What holds for every row."""
    good: "Series"
    """Whether a row is one record, with nothing to be refused."""
    lines: Lines
    file: str

    def renamed(self, now: Mapping[str, str]) -> "Typed":
        """The same with tasks as they are called now."""
        if "task" not in self.coded:
            task = self.fixed.get("task", "")
            return self._replace(fixed={**self.fixed, "task": now.get(task, task)})
        column = self.coded["task"]
        values = [now.get(value, value) for value in column.values]
        return self._replace(coded={**self.coded, "task": column._replace(values=values)})

    def others(self, start: int) -> list[int]:
        """The numbers of the rows of a block that are not in order."""
        return [int(number) + start for number in (~self.good.slice(start, BLOCK)).arg_true()]


def is_large(size: int, *, kept: bool = False) -> bool:
    """Whether a table of so many characters is read by columns; `kept` says that its records stay in them."""
    return size >= min(LARGE, KEPT if kept else LARGE) and find_spec("polars") is not None


def typed(
    frame: Frame,
    keys: Sequence[str],
    mapped: Mapped,
    parsers: Mapping[str, Callable[[Cell], Any]],
    *,
    file: str,
    known: dict[str, dict[Cell, tuple[Any, bool]]],
) -> Typed | None:
    """What the rows say, every different text converted once; None where a column asks for the plain way.

    `known` has what texts came to in tables that are written likewise, by key.
    """
    import polars as pl

    if not CAREFUL.isdisjoint(keys) or "unit" not in keys or "date" not in keys:
        return None
    good = pl.repeat(value=True, n=len(frame.lines), dtype=pl.Boolean, eager=True)
    coded: dict[str, Column] = {}
    texts: dict[str, Series] = {}
    for index, key in enumerate(keys[: frame.cells.width]):
        if not key:
            continue
        column = frame.cells[str(index)]
        whole = column.dtype == pl.String and not column.null_count()
        if key in TEXTS and key not in mapped.values and whole and varied(column):
            texts[key] = column
            continue
        if column.dtype.is_nested():
            return None
        converted = known.setdefault(key, {})
        coded[key], sound = _coded(column, key, mapped.values.get(key, {}), parsers[key], converted)
        if not all(sound):
            good &= pl.Series(sound, dtype=pl.Boolean).gather(coded[key].codes)
    fixed = {key: _value(key, Written(text), parsers[key])[0] for key, text, _ in mapped.constants}
    return Typed(coded, texts, fixed, good & ~_early(coded, fixed, good), frame.lines, file)


def _coded(
    column: "Series",
    key: str,
    words: Mapping[str, str],
    parse: Callable[[Cell], Any],
    known: dict[Cell, tuple[Any, bool]],
) -> tuple[Column, list[bool]]:
    """The column with its different values, and which of them are in order."""
    import polars as pl

    different = column.unique()
    if column.dtype == pl.String and not column.null_count():
        codes = column.cast(pl.Enum(different)).to_physical()
    elif isinstance(column.dtype, pl.Categorical):
        codes, different = _renumbered(column, different)
    else:
        numbered = different.to_frame("value").with_row_index("code")
        codes = column.to_frame("value").join(
            numbered, on="value", how="left", nulls_equal=True, maintain_order="left",
        )["code"]  # fmt: skip
    # What comes from a file of text is text as the door lets it in.
    cells = different if isinstance(column.dtype, pl.Categorical) else map(as_text, different)
    pairs = []
    for cell in cells:
        if cell not in known:
            known[cell] = _value(key, meant(words, cell) if words else cell, parse)
        pairs.append(known[cell])
    return Column(_small(codes, len(pairs)), [value for value, _ in pairs]), [sound for _, sound in pairs]


def _renumbered(column: "Series", different: "Series") -> tuple["Series", "Series"]:
    """Numbers from 0, and their texts: those that Polars gives go through the texts of all tables, and pass over ""."""
    import polars as pl

    known = different.drop_nulls()
    numbers, count = known.to_physical(), len(known)
    size = int(numbers.max() or 0) + 1  # type: ignore[arg-type]
    table = pl.Series([count], dtype=pl.UInt32).new_from_index(0, size)
    table = table.scatter(numbers, pl.int_range(count, dtype=pl.UInt32, eager=True))
    codes = _small(table, count + 1).gather(column.to_physical()).fill_null(count)
    return codes, known.cast(pl.String).append(pl.Series([""]))


def _small(codes: "Series", values: int) -> "Series":
    """Numbers below this one in as few bytes as they need: they stay in memory for every row."""
    import polars as pl

    return codes.cast(pl.UInt8 if values <= 1 << 8 else pl.UInt16 if values <= 1 << 16 else pl.UInt32)


def _value(key: str, cell: Cell, parse: Callable[[Cell], Any]) -> tuple[Any, bool]:
    """A cell's value, and whether it is in order."""
    if not cell:
        return (None, False) if key in {"unit", "date"} else ("" if key == "period" else EMPTY.get(key, ""), True)
    value = parse(cell)
    if isinstance(value, Refusal):
        return None, False
    if key in _LONE:
        return (value[0], True) if len(value) == 1 else (None, False)
    return value, True


def _early(coded: Mapping[str, Column], fixed: Mapping[str, Any], good: "Series") -> "Series":
    """Which rows were entered before they happened."""
    import polars as pl

    if "recorded" not in coded and "recorded" not in fixed:
        return pl.repeat(value=False, n=len(good), dtype=pl.Boolean, eager=True)

    def days(key: str, of: Callable[[Any], int]) -> "Series":
        if key in coded:
            values = [of(value) if value is not None else None for value in coded[key].values]
            return pl.Series(values, dtype=pl.Int64).gather(coded[key].codes)
        value = fixed.get(key)
        return pl.repeat(of(value) if value is not None else None, len(good), dtype=pl.Int64, eager=True)

    entered = days("recorded", lambda day: int(day.toordinal()))
    return (entered < days("date", lambda when: int(when.first.toordinal()))).fill_null(value=False)


def records(told: Typed, start: int) -> tuple[list[Actual], list[int]]:
    """The records of a block of rows from this one on that are in order, and the numbers of the others."""
    import polars as pl

    good = told.good.slice(start, BLOCK)
    others = (~good).arg_true().cast(pl.Int64) + start
    return records_at(told, good.arg_true().cast(pl.Int64) + start), others.to_list()


def records_at(told: Typed, numbers: "Series") -> list[Actual]:
    """The records of these rows, all of which are in order."""
    columns: dict[str, Any] = {}
    for key, column in told.coded.items():
        values = column.values
        columns[key] = [values[code] for code in column.codes.gather(numbers).to_list()]
    for key, series in told.texts.items():
        columns[key] = list(map(str.strip, series.gather(numbers).to_list()))
    lines = told.lines.of(numbers)
    columns |= {key: [value] * len(lines) for key, value in told.fixed.items()}
    return built(columns, lines, told.file)


def unfolded(tables: Iterable[Typed]) -> list[Actual]:
    """All records of tables that were kept by columns."""
    return [record for told in tables for record in records_at(told, told.good.arg_true())]


def walk(
    frame: Frame,
    told: Typed,
    keys: Sequence[str],
    mapped: Mapped,
    *,
    take: Callable[[list[Actual]], object] | None,
    report: Callable[[list[Problem]], object],
) -> Iterator[Iterable[tuple[int, Sequence[Cell]]]]:
    """Hand on the records in the order of the table, and give the rows between them that are not in order, in groups.

    Without `take` no record is made. `report` gets what was wrong with lines that are no rows, before the group in
    which they would stand.
    """
    same = tuple(Written(text) for _, text, _ in mapped.constants)
    faults = list(frame.faults)

    def before(line: int) -> list[Problem]:
        count = next((index for index, fault in enumerate(faults) if fault.place.line > line), len(faults))
        told_now = faults[:count]
        del faults[:count]
        return told_now

    def cells(number: int) -> Iterator[Cell]:
        for key, value in zip(keys, frame.cells.row(number), strict=False):
            cell = as_text(value)
            yield meant(mapped.values[key], cell) if key in mapped.values else cell

    def rows(group: Sequence[int], first: int, made: list[Actual], done: int) -> Iterator[tuple[int, Sequence[Cell]]]:
        for count, number in enumerate(group):
            until = number - first - count
            if take is not None:
                take(made[done:until])
            done = until
            yield frame.lines[number], (*cells(number), *same)

    for start in range(0, len(frame.lines), BLOCK):
        made, others = records(told, start) if take is not None else ([], told.others(start))
        done = 0
        for begin in range(0, len(others), GROUP):
            group = others[begin : begin + GROUP]
            report(before(frame.lines[group[-1]]))
            yield rows(group, start + begin, made, done)
            done = group[-1] - start - begin - len(group) + 1
        if take is not None:
            take(made[done:])
    report(before(sys.maxsize))
    yield ()

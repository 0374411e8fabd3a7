"""Large tables by whole columns, with Polars (extra "grid"): a text that stands in a million rows is converted once.

It finds which rows are in order and makes their records. Every other row is handed out to be looked at by the plain
functions, so that problems, places and records are those of the plain reader; tests/test_tables.py holds this.
"""

import csv
import io
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
from tracker.read.sheet import Sheet
from tracker.read.tabular import meant
from tracker.read.values import Refusal

if TYPE_CHECKING:
    from polars import DataFrame, Series

LARGE = 4_000_000
"""Characters from which on a table is worth the time that importing Polars takes."""
BLOCK = 100_000
"""Rows whose records are made at once."""
GROUP = 100
"""Rows that are not in order and are looked at before it is asked again how many were told."""
TEXTS = frozenset({"doc", "mode", "place", "level", "title", "note", "reason", "source", "outcome"})
"""Keys under which any text may stand: nothing can be refused, and hardly one is like another."""
_LONE = frozenset({"unit", "period"})
"""Keys whose value may be several, and is one in an ordinary row."""


class Frame(NamedTuple):
    """The rows of a table that are as wide as its header."""

    cells: "DataFrame"
    """Named by their position, from "0"."""
    lines: "Series"
    """On which each row begins."""
    faults: Sequence[Problem] = ()
    """What is wrong with lines that are no rows, in their order."""


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
    lines: "Series"
    file: str


def is_large(size: int) -> bool:
    """Whether a table of so many characters is read by columns."""
    return size >= LARGE and find_spec("polars") is not None


def frame_of_text(sheet: Sheet) -> Frame | None:
    """The rows of a CSV file; None where a line end or an unclosed mark asks for the plain reader.

    Lines without a quotation mark and with as many separators as the header are cut at once; the others are read by
    the csv module as in the plain reader, each where it begins.
    """
    import polars as pl

    text, end = sheet.text, "\n"
    if "\r" in text:
        if not text.count("\r\n") == text.count("\r") == text.count("\n"):
            return None
        text, end = text.replace("\r\n", "\n"), "\r\n"
    lines = pl.read_lines(io.BytesIO(text.encode()))["line"]
    size = lines.str.len_bytes()
    ordinary = (
        (lines.str.count_matches(sheet.delimiter, literal=True) == sheet.width - 1)
        & ~lines.str.contains('"', literal=True)
        & (size <= csv.field_size_limit())
    )
    header = pl.int_range(0, len(lines), eager=True) == 0
    before, sheet.problems = sheet.problems, []
    others = _others(sheet, lines, (~ordinary & (size > 0) & ~header).arg_true(), end)
    sheet.problems, faults = before, sheet.problems
    if others is None:
        return None
    rows, swallowed = others
    chosen = ordinary & (size > 0) & ~header
    if swallowed:
        chosen = chosen.scatter(swallowed, False)
    whole = lines.filter(chosen).str.split_exact(sheet.delimiter, sheet.width - 1).struct.unnest()
    whole.columns = [str(index) for index in range(sheet.width)]
    whole = whole.with_columns((chosen.arg_true().cast(pl.Int64) + 1).alias("line"))
    if rows:
        names = [*map(str, range(sheet.width)), "line"]
        schema = {name: pl.Int64 if name == "line" else pl.String for name in names}
        more = pl.DataFrame([(*row, line) for line, row in rows], schema=schema, orient="row")
        whole = pl.concat([whole, more]).sort("line")
    return Frame(whole.drop("line"), whole["line"], faults)


def _others(
    sheet: Sheet, lines: "Series", starts: "Series", end: str,
) -> tuple[list[tuple[int, Sequence[str]]], list[int]] | None:
    """The rows that begin at these lines and were read one by one, and the further lines that they took."""
    rows: list[tuple[int, Sequence[str]]] = []
    swallowed: list[int] = []
    free = 0
    for start in starts:
        if start < free:
            continue
        following = (lines[index] + end for index in range(start, len(lines)))
        reader = csv.reader(following, delimiter=sheet.delimiter, strict=True)
        try:
            cells = next(reader)
        except csv.Error as error:
            if "unexpected end" in str(error):
                return None
            sheet.refused(error, start + 1)
        else:
            row = cells if len(cells) == sheet.width else sheet.fitted(cells, start + 1)
            if row:
                rows.append((start + 1, row))
        free = start + reader.line_num
        swallowed += range(start + 1, free)
    return rows, swallowed


def typed(
    frame: Frame,
    keys: Sequence[str],
    mapped: Mapped,
    parsers: Mapping[str, Callable[[Cell], Any]],
    file: str,
) -> Typed | None:
    """What the rows say, every different text converted once; None where a column asks for the plain way."""
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
        if key in TEXTS and key not in mapped.values and column.dtype == pl.String and not column.null_count():
            texts[key] = column
            continue
        if column.dtype.is_nested():
            return None
        coded[key], sound = _coded(column, key, mapped.values.get(key, {}), parsers[key])
        if not all(sound):
            good &= pl.Series(sound, dtype=pl.Boolean).gather(coded[key].codes)
    fixed = {key: _value(key, Written(text), parsers[key])[0] for key, text, _ in mapped.constants}
    return Typed(coded, texts, fixed, good & ~_early(coded, fixed, good), frame.lines, file)


def _coded(
    column: "Series", key: str, words: Mapping[str, str], parse: Callable[[Cell], Any],
) -> tuple[Column, list[bool]]:
    """The column with its different values, and which of them are in order."""
    import polars as pl

    different = column.unique()
    if column.dtype == pl.String and not column.null_count():
        codes = column.cast(pl.Enum(different)).to_physical().cast(pl.UInt32)
    else:
        found = different.to_frame("value").with_row_index("code")
        codes = column.to_frame("value").join(
            found, on="value", how="left", nulls_equal=True, maintain_order="left",
        )["code"]  # fmt: skip
    cells = (as_text(value) for value in different)
    pairs = [_value(key, meant(words, cell) if words else cell, parse) for cell in cells]
    return Column(codes, [value for value, _ in pairs]), [sound for _, sound in pairs]


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
    columns: dict[str, Any] = {}
    for key, column in told.coded.items():
        values = column.values
        columns[key] = [values[code] for code in column.codes.slice(start, BLOCK).filter(good).to_list()]
    for key, series in told.texts.items():
        columns[key] = list(map(str.strip, series.slice(start, BLOCK).filter(good).to_list()))
    lines = told.lines.slice(start, BLOCK).filter(good).to_list()
    columns |= {key: [value] * len(lines) for key, value in told.fixed.items()}
    others = (~good).arg_true().cast(pl.Int64) + start
    return built(columns, lines, told.file), others.to_list()


def walk(
    frame: Frame,
    told: Typed,
    keys: Sequence[str],
    mapped: Mapped,
    *,
    take: Callable[[list[Actual]], object],
    report: Callable[[list[Problem]], object],
) -> Iterator[Iterable[tuple[int, Sequence[Cell]]]]:
    """Hand on the records in the order of the table, and give the rows between them that are not in order, in groups.

    `report` gets what was wrong with lines that are no rows, before the group in which they would stand.
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
            take(made[done:until])
            done = until
            yield frame.lines[number], (*cells(number), *same)

    for start in range(0, len(frame.lines), BLOCK):
        made, others = records(told, start)
        done = 0
        for begin in range(0, len(others), GROUP):
            group = others[begin : begin + GROUP]
            report(before(frame.lines[group[-1]]))
            yield rows(group, start + begin, made, done)
            done = group[-1] - start - begin - len(group) + 1
        take(made[done:])
    report(before(sys.maxsize))
    yield ()

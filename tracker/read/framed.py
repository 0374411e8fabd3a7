"""A table of text → its cells by columns, with Polars (extra "grid"), and the line on which each row begins.

A file in which every line is a row, as programs write them, is cut by Polars at once. In any other the ordinary lines
are, and the csv module reads what is left, each row where it begins, as in the plain reader.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tracker.model.source import Problem
from tracker.read.sheet import Sheet

if TYPE_CHECKING:
    from polars import DataFrame, Series

TEXTS = frozenset({"doc", "mode", "place", "level", "title", "note", "reason", "source", "outcome"})
"""Keys under which any text may stand: nothing can be refused, and it may be another one in every row."""
SEEN = 20_000
"""Rows that are looked at to tell whether texts repeat themselves."""


@dataclass(frozen=True, slots=True)
class Following:
    """Lines one after the other, as those of a table are of which each line is a row."""

    first: int
    count: int

    def __len__(self) -> int:
        return self.count

    def of(self, rows: "Series") -> list[int]:
        """The lines of these rows."""
        return [self.first + row for row in rows.to_list()]

    def __getitem__(self, row: int) -> int:
        """The line of one row."""
        return self.first + row


@dataclass(frozen=True, slots=True)
class Listed:
    """Lines that were found one by one."""

    numbers: "Series"

    def __len__(self) -> int:
        return len(self.numbers)

    def of(self, rows: "Series") -> list[int]:
        """The lines of these rows."""
        found: list[int] = self.numbers.gather(rows).to_list()
        return found

    def __getitem__(self, row: int) -> int:
        """The line of one row."""
        return int(self.numbers[row])


Lines = Following | Listed


class Frame(NamedTuple):
    """The rows of a table that are as wide as its header."""

    cells: "DataFrame"
    """Named by their position, from "0"."""
    lines: Lines
    faults: Sequence[Problem] = ()
    """What is wrong with lines that are no rows, in their order."""


def frame_of_text(sheet: Sheet) -> Frame | None:
    """The rows of a CSV file; None where a line end or an unclosed mark asks for the plain reader."""
    text, end = sheet.text, "\n"
    if "\r" in text:
        if not text.count("\r\n") == text.count("\r") == text.count("\n"):
            return None
        text, end = text.replace("\r\n", "\n"), "\r\n"
    return _at_once(sheet, text) or _line_by_line(sheet, text, end)


def _at_once(sheet: Sheet, text: str) -> Frame | None:
    """The rows, where each line behind the header is one of them; else None.

    Polars refuses a row that is too wide. So where there are as many separators as that many rows have, none is too
    narrow or empty either. What may repeat itself is read as numbers of its different texts, at hardly more cost; there
    an empty cell is null.
    """
    import polars as pl

    begin = text.find("\n") + 1
    if not begin or '"' in text or len(sheet.delimiter.encode()) > 1 or sheet.width == 1 or _long(text):
        return None
    rows = text.count("\n", begin) + (not text.endswith("\n"))
    if not rows or text.count(sheet.delimiter, begin) != rows * (sheet.width - 1):
        return None
    kinds = [
        pl.String if key in TEXTS or not key else pl.Categorical(pl.Categories(f"tracker:{key}")) for key in sheet.keys
    ]
    source = sheet.source
    data = source.raw if source.raw and text is source.text else text.encode()
    try:
        cells = pl.read_csv(
            io.BytesIO(data), has_header=False, skip_lines=1, separator=sheet.delimiter, quote_char=None,
            schema={str(index): kind for index, kind in enumerate(kinds)}, empty_string_is_null=False,
            truncate_ragged_lines=False,
        )  # fmt: skip
    except pl.exceptions.PolarsError:
        return None
    return Frame(cells, Following(2, rows)) if cells.height == rows else None


def varied(column: "Series") -> bool:
    """Whether hardly any text is like another: then each row keeps its own."""
    some = column.slice(0, SEEN)
    return some.n_unique() * 10 > len(some)


def _long(text: str) -> bool:
    """Whether some line may be longer than the csv module takes a cell to be: that is refused, line by line."""
    half = csv.field_size_limit() // 2
    return any(text.find("\n", begin, begin + half) < 0 for begin in range(0, len(text) - half, half))


def _line_by_line(sheet: Sheet, text: str, end: str) -> Frame | None:
    """Lines without a quotation mark and as wide as the header are cut at once; the csv module reads the others."""
    import polars as pl

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
    return Frame(whole.drop("line"), Listed(whole["line"]), faults)


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

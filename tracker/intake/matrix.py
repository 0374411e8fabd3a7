"""Tables that lie across: a column for each month, quarter or unit, and in each cell what was done then or there."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tracker.intake.amounts import is_document
from tracker.intake.layout import Head
from tracker.intake.lookup import Book, find_units
from tracker.intake.when import Context, when
from tracker.model.grid import Cell, Line
from tracker.model.intake import Column
from tracker.names import accents, exact
from tracker.read.sheets.headers import header_words, undone_words
from tracker.read.values import Refusal, parse_quantity

FEWEST = 3
"""Columns that make a table lie across."""
_MONTH = re.compile(
    r"(?:tháng|thang|t)[ .]?(?P<number>0?[1-9]|1[0-2])(?P<year>(?:/| năm | )20[0-9]{2})?", re.IGNORECASE
)
_QUARTER = re.compile(r"(?:quý|quy|q)[ .]?(?:[1-4]|IV|I{1,3})(?:(?:/| năm | )20[0-9]{2})?", re.IGNORECASE)


class Across(NamedTuple):
    """The columns of such a table."""

    key: str
    """What each of them is: period or unit."""
    columns: tuple[Column, ...]
    """With that as their header."""


class Found(NamedTuple):
    """A cell of such a column."""

    column: Column
    cell: Cell
    key: str
    """Key of an entry under which its text goes; empty for a mark, and for what is not understood."""
    mark: bool = False


def across(head: Head, known: Book) -> Across | None:
    """The columns that are periods or units; None where fewer than three are."""
    parts = {column.at: column.header.rpartition(" / ")[2].strip() for column in head.columns}
    periods = tuple(
        column._replace(key="period", header=written)
        for column in head.columns
        if (written := _period(parts[column.at]))
    )
    units = tuple(
        column._replace(key="unit", header=parts[column.at])
        for column in head.columns
        if accents(parts[column.at]) not in _plain() and _is_unit(parts[column.at], known)
    )
    for key, columns in (("period", periods), ("unit", units)):
        if len(columns) >= FEWEST:
            return Across(key, columns)
    return None


def _plain() -> frozenset[str]:
    return frozenset(word for listed in header_words().values() for word in listed)


def _is_unit(text: str, known: Book) -> bool:
    hit = find_units(text, known)
    return len(hit.ids) == 1 and not hit.code


def _period(text: str) -> str:
    if match := _MONTH.fullmatch(text):
        return f"tháng {int(match['number'])}{(match['year'] or '').replace(' năm ', '/').replace(' ', '/')}"
    if match := _QUARTER.fullmatch(text):
        return "quý " + re.sub(r"^(?:quý|quy|q)[ .]?", "", match[0], flags=re.IGNORECASE)
    return ""


def without(columns: Mapping[str, Column], table: Across) -> dict[str, Column]:
    """The columns of a table that say the same of the whole row."""
    own = {column.at for column in table.columns}
    return {key: column for key, column in columns.items() if column.at not in own and key != table.key}


def cells_of(line: Line, table: Across, context: Context) -> Iterator[Found]:
    """What the cells of a row say; those that say that nothing was done are left out."""
    words = header_words()
    for column in table.columns:
        cell = line.cells[column.at] if column.at < len(line.cells) else Cell()
        folded = accents(cell.text).strip(" .")
        if not (folded or cell.remark) or folded in words["empty"] or exact(cell.text).startswith(undone_words()):
            continue
        yield Found(column, cell, _key(cell, context), mark=folded in words["mark"])


def _key(cell: Cell, context: Context) -> str:
    if cell.day is not None or not isinstance(when(cell, context), Refusal):
        return "date"
    if is_document(cell.text):
        return "doc"
    return "quantity" if not isinstance(parse_quantity(cell.text), Refusal) else ""

"""Tables as other people laid them out: cells with their places, before anybody says what they mean."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from tracker.model.source import NOTHING


class Cell(NamedTuple):
    """One cell, of a merged range each of its cells."""

    text: str = ""
    """As a reader sees it, NFC, on one line; a number with a decimal comma, a day as dd/mm/yyyy."""
    lines: tuple[str, ...] = ()
    """The same line by line, where it is written on several."""
    day: date | None = None
    """Where the cell is a day to the program that wrote it."""
    number: float | None = None
    """Where it is a number to that program."""
    span: int = 0
    """Columns of the merged range that it is part of; 0 where it is part of none."""
    head: bool = True
    """Whether it is the first cell of its merged range, or of none."""
    above: bool = False
    """Whether its merged range begins in a row above."""
    remark: tuple[str, Mapping[str, str]] | None = None
    """What is to be doubted of it: a key under [problem] and what fills its slots."""


class Line(NamedTuple):
    """One row of a table."""

    number: int
    """As the program that wrote it counts, from 1."""
    cells: tuple[Cell, ...]
    hidden: bool = False

    @property
    def blank(self) -> bool:
        """Whether nothing is written in it."""
        return not any(cell.text and cell.head for cell in self.cells)


class Grid(NamedTuple):
    """One table: a sheet of a workbook, a CSV file, a table of a Word document."""

    file: str
    """Name without folders, NFC."""
    sheet: str
    lines: tuple[Line, ...]
    hidden: bool = False
    """Whether the whole sheet is hidden."""
    hidden_columns: tuple[str, ...] = ()
    title: str = ""
    """What stands above the table and is no row of it."""
    old_days: bool = False
    """Whether its days count from 1904, as in workbooks of old Macintoshes."""


class Remark(NamedTuple):
    """Something to be said of a row or of one cell."""

    row: int
    code: str
    """Key under [problem] of every language file."""
    args: Mapping[str, str] = NOTHING
    column: str = ""
    """Letter of the column; empty where the row is meant."""


def letter(index: int) -> str:
    """The name of a column by its number from 0: A, B … Z, AA."""
    name, rest = "", index + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        name = chr(65 + digit) + name
    return name

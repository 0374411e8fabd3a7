"""What was understood of a table: entries, and every row that became none with its reason."""

from collections.abc import Mapping
from typing import NamedTuple

from tracker.model.grid import Remark


class Column(NamedTuple):
    """A column of a table and what it is taken for."""

    at: int
    """Its number, from 0."""
    header: str
    """As written; of a header in two rows both, with a slash between them."""
    key: str = ""
    """Key of an entry; empty where the column is not used."""
    counted: str = ""
    """What its bare numbers count, where the header says so: "hội nghị"."""
    again: str = ""
    """The key that it would have had, where a column before it has that."""


class Wanted(NamedTuple):
    """What somebody said of a table whose headers speak in other words (`--map FILE`)."""

    columns: Mapping[str, str] = {}
    """Header as written to key of an entry; an empty key leaves the column out."""
    unit: str = ""
    """Id of the unit whose log it is, where no column says."""
    task: str = ""
    """Whole key of the task that all rows speak of, where no column says."""
    year: int = 0
    """Of days and periods that are written without one."""
    sheets: tuple[str, ...] = ()
    """The only sheets to be read; none = all."""
    header: int = 0
    """Row of the header; 0 = found."""
    dates: str = ""
    """`swapped`: the program that wrote the file took the month for the day; the days are turned back."""


class Entry(NamedTuple):
    """A row that can be written as an entry of a log."""

    row: int
    values: Mapping[str, str | tuple[str, ...]]
    """Keys and values as they are to be written, in their order."""
    doubts: tuple[Remark, ...] = ()


class Understood(NamedTuple):
    """What was made of one table. Rows with anything in them are in `head`, `entries`, `skipped` or `refused`."""

    file: str
    sheet: str
    header: tuple[int, ...] = ()
    """Rows of the header; none where none was found."""
    columns: tuple[Column, ...] = ()
    entries: tuple[Entry, ...] = ()
    skipped: tuple[Remark, ...] = ()
    refused: tuple[Remark, ...] = ()
    """One remark for each thing that is wrong; a row may have several."""
    notes: tuple[Remark, ...] = ()
    """What is to be known of the table as a whole: hidden, 1904, the year that was taken."""


class Origin(NamedTuple):
    """Where a table stood when it was imported for the first time; its rows are called by that for ever."""

    file: str
    sheet: str


class Lineage(NamedTuple):
    """Where the tables of a file come from."""

    origins: tuple[Origin, ...]
    """Of each table, in their order."""
    earlier: str = ""
    """Name of the file that it is a version of, where that or its sheet has another name."""
    sheet: str = ""
    """The sheet of that where only the sheet has another name."""
    same: bool = False
    """Whether its bytes are those of that file."""
    common: int = 0
    """Rows that are on record, letter for letter."""

"""What a table that rules judge is made of: columns with their types and meanings."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from tracker.model.finding import Cell
from tracker.model.plan import NO_PLACES
from tracker.model.source import Place


class Type(StrEnum):
    """What a column holds."""

    TEXT = "text"
    CHOICE = "choice"
    """One of a closed list of words."""
    NUMBER = "number"
    DATE = "date"
    TRUTH = "truth"


class Names(StrEnum):
    """What the text of a column names, so that a renderer can print the name instead of the id."""

    UNIT = "unit"
    UNITS = "units"
    TASK = "task"
    PERIOD = "period"
    STATE = "state"
    RULE = "rule"
    MEASURE = "measure"
    """A rate, an amount or a difference: never padded to two digits in a report, as counts of things are."""
    STRAY = "stray"
    TABLE = "table"


class Column(NamedTuple):
    """One column of a table."""

    name: str
    type: Type
    about: str
    """What it means, for docs/rules.md and the glossary."""
    nullable: bool = False
    values: tuple[str, ...] = ()
    """For a choice: all it may be."""
    path: str = ""
    """For a table of objects: how to reach it from the row, such as "obligation.task.kind"."""
    names: Names | None = None


class Table:
    """A kind of row."""

    __slots__ = ("about", "by_name", "by_unit", "columns", "key", "may_be_empty", "name", "objects")

    def __init__(
        self,
        name: str,
        about: str,
        key: tuple[str, ...],
        columns: tuple[Column, ...],
        *,
        objects: bool = False,
        may_be_empty: bool = False,
        by_unit: bool = False,
    ) -> None:
        self.name = name
        self.about = about
        self.key = key
        """Columns that identify a row; a finding's fingerprint is made of these."""
        self.columns = columns
        self.objects = objects
        """Whether its rows are objects whose columns are reached by their paths, not Row: tables of masses of rows."""
        self.may_be_empty = may_be_empty
        """Whether a project can do without any row of it: a rule that saw none is then nothing to speak of."""
        self.by_unit = by_unit
        """Whether each row is of one unit, and made of what that unit owes and recorded alone: then it can be made
        where no other unit is known. Rows of all other tables are made of the whole."""
        self.by_name: Mapping[str, Column] = MappingProxyType({column.name: column for column in columns})


class Row(NamedTuple):
    """A row of a table that is not made of objects."""

    cells: Mapping[str, Cell]
    at: Place
    places: Mapping[str, Place] = NO_PLACES


def text(name: str, about: str, path: str = "", *, null: bool = False, names: Names | None = None) -> Column:
    """Words."""
    return Column(name, Type.TEXT, about, null, (), path or name, names)


def choice(
    name: str, about: str, values: type[StrEnum] | tuple[str, ...], path: str = "", *, null: bool = False,
) -> Column:
    """One of a closed list of words."""
    return Column(name, Type.CHOICE, about, null, tuple(str(v) for v in values), path or name)


def number(name: str, about: str, path: str = "", *, null: bool = False) -> Column:
    """A number."""
    return Column(name, Type.NUMBER, about, null, (), path or name)


def day(name: str, about: str, path: str = "", *, null: bool = False) -> Column:
    """A day."""
    return Column(name, Type.DATE, about, null, (), path or name)


def truth(name: str, about: str, path: str = "", *, null: bool = False) -> Column:
    """True or false."""
    return Column(name, Type.TRUTH, about, null, (), path or name)

"""Formats in which actuals come: one file each, found by walking this folder.

A module here has SUFFIXES (of file names, with the dot) and `read(path, file) -> Batch`. It knows how a file is laid
out and nothing of what the values mean.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from tracker.model.mapped import PLAIN, Mapped
from tracker.model.source import Place, Problem
from tracker.read.door import Source
from tracker.read.yaml import Node

Cell = str | tuple[str, ...]
"""A value as written, or a list of them."""
Record = tuple[Place, Mapping[str, Cell], Mapping[str, Place]]
"""Where a record begins, what it says under which key, and where (as far as that was cheap to know)."""

ENTRY_KEYS = (
    *("task", "date", "period", "unit", "units", "quantity", "people", "parts", "doc", "mode", "place", "level"),
    *("title", "note", "reason", "cause", "source", "recorded", "id", "corrects", "withdraws", "step", "empty", "case"),
    *("items", "outcome", "reach", "returns"),
)
EVENT_KEYS = ("id", "event", "date", "units", "doc", "title", "recorded")
REMINDER_KEYS = (
    *("date", "by", "to", "how", "doc", "unit", "units", "task", "periods", "case", "note", "reason", "recorded"),
    *("id", "corrects", "withdraws"),
)
FIGURE_KEYS = ("id", "title", "quantity", "date", "unit", "parts", "level", "source", "recorded", "indicator")


class Batch:
    """The records of one file. They may be read as they are asked for, so its problems are complete only then."""

    def __init__(
        self,
        *,
        entries: Iterable[Record] = (),
        figures: Iterable[Record] = (),
        events: Iterable[Record] = (),
        reminders: Iterable[Record] = (),
        links: Sequence[Node] = (),
        problems: list[Problem] | None = None,
        source: Source | None = None,
        unit: tuple[str, Place] | None = None,
        rows: Iterable[tuple[int, Sequence[Cell]]] = (),
        keys: Sequence[str] = (),
        record: Callable[[int, Sequence[Cell]], Record | None] | None = None,
        pass_over: Callable[[int, Callable[[str], bool]], None] | None = None,
        locate: Callable[[Place, str], Place] | None = None,
        mapped: Mapped = PLAIN,
        columns: Callable[[], Any] | None = None,
        file: str = "",
        size: int = 0,
    ) -> None:
        self.entries = entries
        self.figures = figures
        self.events = events
        self.reminders = reminders
        self.links = links
        """What stands under `links:`, as it is written."""
        self.problems = problems if problems is not None else []
        self.source = source
        self.unit = unit
        """Whose records they are that name no unit, and where that is written."""
        self.rows = rows
        """Instead of entries, for a table: the rows with their lines, each as wide as the keys."""
        self.keys = keys
        """Key of each column of the rows; empty for a column that is not read."""
        self.record = record
        """A row as a record; None where the row says nothing."""
        self.pass_over = pass_over
        """Asks of a table, before its rows are taken, not to give rows by what one cell says."""
        self.locate = locate
        """Where the value under a key of the record at a place stands; asked only when something is wrong there."""
        self.mapped = mapped
        """For a table: how it is written."""
        self.columns = columns
        """For a large table: the same rows by columns (read.columnar.Frame), or None where they must go one by one."""
        self.file = file
        """For a table: its path as we call it."""
        self.size = size
        """For a table: its characters, or about as many."""


Reader = Callable[[Path, str], Batch]


@cache
def reader(suffix: str) -> Reader | None:
    """The reader of a suffix: the file of that name where there is one, so that a project of logs loads no tables."""
    name = suffix.removeprefix(".")
    if any(info.name == name for info in iter_modules(__path__)):
        module = import_module(f"{__name__}.{name}")
        if suffix in module.SUFFIXES:
            read: Reader = module.read
            return read
    return readers().get(suffix)


@cache
def readers() -> Mapping[str, Reader]:
    """The reader of each suffix."""
    found: dict[str, Reader] = {}
    for module_info in sorted(iter_modules(__path__), key=lambda info: info.name):
        module = import_module(f"{__name__}.{module_info.name}")
        found.update(dict.fromkeys(module.SUFFIXES, module.read))
    return found

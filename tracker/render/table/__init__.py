"""Formats of `tracker export`; the folder is the list.

A module has `render(columns, rows) -> bytes`; one whose tables people read, `lay_out(columns, rows, layout)`.
"""

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from tracker.lang import Words
from tracker.model.finding import Cell
from tracker.model.table import Column
from tracker.model.unit import Unit


class Layout(NamedTuple):
    """How a table is shown to people."""

    title: str
    subtitle: str
    """As of which days it is."""
    say: Words
    headings: Mapping[str, str]
    """Of the columns, by their names."""
    units: Mapping[str, Unit]
    """By id, so that their names can stand there."""

    def heading(self, column: str) -> str:
        """What stands above a column; its name where the language has no word for it."""
        return self.headings.get(column, column)


Render = Callable[..., bytes]
"""(columns, rows, layout): the last may be left out for a format that other programs read."""


def formats() -> tuple[str, ...]:
    """The names there are."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py")))


def renderer(name: str) -> Render:
    """The format with this name. Raises ModuleNotFoundError where there is none, or where its library is not there."""
    module = import_module(f"{__name__}.{name}")
    if hasattr(module, "lay_out"):
        found: Render = module.lay_out
        return found
    bare: Callable[[Sequence[Column], Sequence[Sequence[Cell]]], bytes] = module.render
    return lambda columns, rows, _=None: bare(columns, rows)

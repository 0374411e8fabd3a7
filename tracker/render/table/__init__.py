"""Formats of `tracker export`: each module has `render(columns, rows) -> bytes`; the folder is the list."""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from tracker.model.finding import Cell
from tracker.model.table import Column

Render = Callable[[Sequence[Column], Sequence[Sequence[Cell]]], bytes]


def formats() -> tuple[str, ...]:
    """The names there are."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py")))


def renderer(name: str) -> Render:
    """The format with this name. Raises ModuleNotFoundError where there is none, or where its library is not there."""
    found: Render = import_module(f"{__name__}.{name}").render
    return found

"""Formats of `tracker history`: each module has `render(trend, look)`; the folder is the list."""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from tracker.lang import Words
from tracker.model.history import Trend
from tracker.model.unit import Unit


class Look(NamedTuple):
    """In whose words, with which names, and what the screen shows."""

    say: Words
    units: Mapping[str, Unit]
    """By id; an owner that is not among them is called by its id."""
    width: int
    color: bool
    plain: bool


Render = Callable[[Trend, Look], str]


def formats() -> tuple[str, ...]:
    """The names there are, the one for people first."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))
    return tuple(sorted(names, key=lambda name: (name != "text", name)))


def renderer(name: str) -> Render:
    """The format with this name. Raises ModuleNotFoundError where there is none."""
    found: Render = import_module(f"{__name__}.{name}").render
    return found

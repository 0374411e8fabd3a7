"""Formats of papers: each module has `render(paper, look) -> bytes`; the folder is the list."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from tracker.lang import Words
from tracker.model.paper import Paper


class Look(NamedTuple):
    """How somebody wants a paper."""

    say: Words
    """The language of what is said to its writer; the paper itself is Vietnamese."""
    trace: bool = False
    """Whether figures, findings and records are printed in full behind each part, and not only named."""
    profile: str = ""
    """Rules of form by name; empty = those in force for the paper's side on its day."""


Render = Callable[[Paper, Look], bytes]


def formats() -> tuple[str, ...]:
    """The names there are."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py")))


def renderer(name: str) -> Render:
    """The format with this name. Raises ModuleNotFoundError where there is none."""
    found: Render = import_module(f"{__name__}.{name}").render
    return found

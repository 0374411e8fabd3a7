"""Formats of `tracker limitations`: each module has `render(draft, say, trace) -> str`; the folder is the list."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from tracker.lang import Words
from tracker.model.draft import Draft

Render = Callable[[Draft, Words, bool], str]


def formats() -> tuple[str, ...]:
    """The names there are."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py")))


def renderer(name: str) -> Render:
    """The format with this name. Raises ModuleNotFoundError where there is none."""
    found: Render = import_module(f"{__name__}.{name}").render
    return found

"""Formats of `tracker diff`: each module has `render(change, say, width, color, plain)`; the folder is the list."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

Render = Callable[..., str]


def formats() -> tuple[str, ...]:
    """The names there are, the one for people first."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))
    return tuple(sorted(names, key=lambda name: (name != "text", name)))


def renderer(name: str) -> Render:
    """The format with this name. Raises ModuleNotFoundError where there is none."""
    found: Render = import_module(f"{__name__}.{name}").render
    return found

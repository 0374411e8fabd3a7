"""Formats of `tracker check`: each module has `render(report, say) -> str`; the folder is the list.

A format whose text may be larger than memory should be has `blocks(report, say)`, which gives the same text in pieces.
"""

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

from tracker.lang import Words
from tracker.model.report import Report

Render = Callable[[Report, Words], str]


def formats() -> tuple[str, ...]:
    """The names there are."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py")))


def renderer(name: str) -> Render:
    """The format with this name. Raises ModuleNotFoundError where there is none."""
    found: Render = import_module(f"{__name__}.{name}").render
    return found


def blocks(name: str, report: Report, say: Words) -> str | Iterable[str]:
    """The text of the format with this name, in blocks where it can; an end of line is at the end of these."""
    module = import_module(f"{__name__}.{name}")
    found: str | Iterable[str] = (module.blocks if hasattr(module, "blocks") else module.render)(report, say)
    return found

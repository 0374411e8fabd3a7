"""Formats of `tracker proofread`: each module has `render(proofs, say, look) -> str`; the folder is the list."""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from tracker.lang import Words
from tracker.model.proof import Proof


class Look(NamedTuple):
    """What the output can show."""

    width: int
    color: bool
    plain: bool


Render = Callable[[Sequence[Proof], Words, Look], str]


def formats() -> tuple[str, ...]:
    """The names there are, the one for people first."""
    names = sorted(path.stem for path in (Path(__file__).parent / "formats").glob("[a-z]*.py"))
    return tuple(sorted(names, key=lambda name: (name != "text", name)))


def renderer(name: str) -> Render:
    """The format with this name. Raises ModuleNotFoundError where there is none."""
    found: Render = import_module(f"{__name__}.formats.{name}").render
    return found

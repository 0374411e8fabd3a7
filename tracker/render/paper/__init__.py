"""Formats of papers: each module has `render(paper, look) -> bytes`; the folder is the list.

A module that can make a file anew around what a person wrote in it has `renew(paper, look, old) -> Renewed | None`;
None where the old file has none of our marks, and is therefore somebody else's.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from tracker.hands import Merged
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


class Renewed(NamedTuple):
    """A file that was there, made anew, and of which regions what is to be said (see `tracker.hands.Merged`)."""

    data: bytes
    kept: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    renewed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


Render = Callable[[Paper, Look], bytes]
Renew = Callable[[Paper, Look, bytes], Renewed | None]


def formats() -> tuple[str, ...]:
    """The names there are."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py")))


def renderer(name: str) -> Render:
    """The format with this name. Raises ModuleNotFoundError where there is none."""
    found: Render = import_module(f"{__name__}.{name}").render
    return found


def renewer(name: str) -> Renew | None:
    """How this format makes a file anew; None where it cannot."""
    found: Renew | None = getattr(import_module(f"{__name__}.{name}"), "renew", None)
    return found


def told(data: bytes, merged: Merged[Any]) -> Renewed:
    """The file with what its merging says of it."""
    return Renewed(
        data, merged.kept, merged.beside, merged.gone, merged.renewed, merged.added, merged.removed,
    )  # fmt: skip

"""Finished texts to be proofread: one input format a file, found by walking this folder.

A module here has SUFFIXES and `lines(path, file) -> Lines`; it knows how a file is laid out and nothing of what the
words mean. Paragraphs are made of lines here, once for all formats.
"""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from tracker.model.proof import Hidden, Script
from tracker.model.source import Place, Problem
from tracker.read.texts.join import Lines, joined, unseen


@cache
def _formats() -> dict[str, Any]:
    found = {}
    for module in sorted(one.name for one in iter_modules(__path__)):
        loaded = import_module(f"{__name__}.{module}")
        for suffix in getattr(loaded, "SUFFIXES", ()):
            found[suffix] = loaded
    return found


def suffixes() -> tuple[str, ...]:
    """The kinds of file that can be read."""
    return tuple(sorted(_formats()))


def read_script(path: Path, file: str) -> tuple[Script | None, list[Problem]]:
    """The paragraphs of a file; none where it cannot be read, with the reason."""
    module = _formats().get(path.suffix.lower())
    if module is None:
        args = {"suffix": path.suffix or file, "known": ", ".join(suffixes())}
        return None, [Problem(Place(file), "text-suffix", args)]
    lines: Lines = module.lines(path, file)
    if lines.problems:
        return None, lines.problems
    paragraphs = joined(lines)
    if not paragraphs:
        return None, [Problem(Place(file), "text-empty")]
    return Script(file, paragraphs, tuple(_hidden(lines, file)), lines.lined), []


def _hidden(lines: Lines, file: str) -> Iterator[Hidden]:
    yield from lines.hidden
    for line in lines.lines:
        for column, code in unseen(line.raw):
            yield Hidden(Place(file, line.number, column), code, line.raw)

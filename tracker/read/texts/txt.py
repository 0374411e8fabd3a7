"""Plain text: a line is a paragraph, unless it goes on."""

from pathlib import Path

from tracker.model.proof import Hidden
from tracker.read.door import MEGABYTE, open_source
from tracker.read.texts.join import Line, Lines

SUFFIXES = (".txt",)
LIMIT = 2 * MEGABYTE
"""Bytes: some six hundred pages."""
_TOLD = frozenset({"file-control", "file-bidi", "file-legacy"})
"""What the door says of single characters: here it is a remark on the text, and no reason not to read it."""


def lines(path: Path, file: str) -> Lines:
    """All lines of the file."""
    return source_lines(path, file)


def source_lines(path: Path, file: str) -> Lines:
    """The lines of a text file in UTF-8; invisible characters beside them."""
    source, problems = open_source(path, file, LIMIT, bidi=True)
    bad = [problem for problem in problems if problem.code not in _TOLD]
    if source is None or bad:
        return Lines(problems=bad)
    hidden = tuple(
        Hidden(problem.place, problem.args.get("code", ""), problem.excerpt)
        for problem in problems
        if problem.code == "file-control"
    )
    return Lines(tuple(Line(number, raw) for number, raw in enumerate(source.lines(), 1)), hidden=hidden)

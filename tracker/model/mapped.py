"""How a table from elsewhere is written: the mapping file beside it."""

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import NamedTuple

from tracker.model.source import Place


class Query(NamedTuple):
    """Where rows are asked for, and how."""

    source: str
    query: str
    at: Place
    """Of the query."""


class Mapped(NamedTuple):
    """How the tables of one entry are written."""

    at: Place = Place("")
    files: tuple[tuple[str, Place], ...] = ()
    """Patterns of paths relative to the project, each with where it is written."""
    query: Query | None = None
    columns: Mapping[str, tuple[str, Place]] | None = None
    """Heading to the key that stands under it, empty where it is not read; None = the headings are the keys."""
    constants: tuple[tuple[str, str, Place], ...] = ()
    """Key, text and place of what holds for every row."""
    values: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    """Key to text as it stands in the table to what is meant by it."""
    dates: str = ""
    decimal: str = ""
    separator: str = ""
    encoding: str = ""
    broken: bool = False
    """Whether anything in the entry was refused: then its tables are not read, else they would be misread."""

    def covers(self, file: str) -> bool:
        """Whether a table of this path is one of these."""
        return any(_fits(file, pattern) for pattern, _ in self.files)


PLAIN = Mapped()
"""A table whose headings are keys, and whose values are written as everywhere."""


def _fits(file: str, pattern: str) -> bool:
    """Step by step, so that a star stays within its folder; ** is any number of folders."""
    if pattern.endswith("/"):
        return file.startswith(pattern)
    return _steps(PurePosixPath(file).parts, PurePosixPath(pattern).parts)


def _steps(file: Sequence[str], pattern: Sequence[str]) -> bool:
    if not pattern or not file:
        return not pattern and not file
    if pattern[0] == "**":
        return any(_steps(file[skip:], pattern[1:]) for skip in range(len(file) + 1))
    return fnmatchcase(file[0], pattern[0]) and _steps(file[1:], pattern[1:])

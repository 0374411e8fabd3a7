"""Where a value was written, and what is wrong there."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

NOTHING: Mapping[str, str] = MappingProxyType({})


class Place(NamedTuple):
    """A position in a file of the project, as a person counts it."""

    file: str
    """Path relative to the project, with forward slashes."""
    line: int = 1
    """1 for the first line."""
    column: int = 1
    """1 for the first character (not byte)."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Place("", 0, 0)


class Problem(NamedTuple):
    """Input that cannot be read or believed. A value, never raised: the run goes on and the exit code is 2.

    The words stand in lang/*.toml under [problem]; every one of them ends with what to do.
    """

    place: Place
    code: str
    """Key under [problem] of every language file, such as "yaml-duplicate-key"."""
    args: Mapping[str, str] = NOTHING
    """What fills the {slots} of the message: always text, as the person wrote it."""
    excerpt: str = ""
    """The person's own line, unchanged; empty where there is none."""
    width: int = 1
    """How many characters of the excerpt are meant, from the column on."""

    @property
    def order(self) -> tuple[Place, str, tuple[tuple[str, str], ...]]:
        """What problems are sorted by: place first, so that a file is mended from top to bottom."""
        return (self.place, self.code, tuple(sorted(self.args.items())))

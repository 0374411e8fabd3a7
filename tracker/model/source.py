"""Where a value was written, and what is wrong there."""

from collections.abc import Mapping, Sequence
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
GROUPED = "rows-more"
"""Code of a problem that stands for many rows of a table, wrong in the same way."""


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
    def places(self) -> int:
        """In how many rows it is met; 1 of every problem that stands for itself."""
        return int(self.args["rows"]) if self.code == GROUPED else 1

    @property
    def lines(self) -> Sequence[tuple[int, int]]:
        """Of one that stands for many rows: their lines, first and last of those that follow one another."""
        if self.code != GROUPED:
            return ()
        pairs = (one.partition("-") for one in self.args["lines"].split(", "))
        return [(int(first), int(last or first)) for first, _, last in pairs]

    @property
    def order(self) -> tuple[Place, str, tuple[tuple[str, str], ...]]:
        """What problems are sorted by: place first, so that a file is mended from top to bottom."""
        return (self.place, self.code, tuple(sorted(self.args.items())))

"""A form that came back, held against the project: what becomes of each row that has an answer."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from tracker.model.sheet import Answers, Doubt


class Reply(NamedTuple):
    """One file."""

    file: str
    digest: str
    """SHA-256 of the file."""
    answers: Answers

    @property
    def name(self) -> str:
        """Of the file as a unit knows it: a copy that was marked goes on under the name that it had."""
        return self.answers.origin or self.file


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    """It corrects what an earlier form said in the same row."""
    UNCHANGED = "unchanged"
    WAITS = "waits"
    """Somebody has to say that it is meant so."""
    REFUSED = "refused"
    """It has to be mended in the form."""


class Answer(NamedTuple):
    """A row with an answer that could be read."""

    row: int
    fate: Fate
    cells: Mapping[str, str]
    """The entry as it would be written."""
    before: Mapping[str, str]
    """What the same row said before; empty where it said nothing."""
    doubts: tuple[Doubt, ...] = ()


class Settled(NamedTuple):
    """A form against the project."""

    reply: Reply
    rows: Sequence[Answer] = ()
    doubts: Sequence[Doubt] = ()
    """All of them: those of reading, and those of the rows."""
    notes: Sequence[Doubt] = ()
    """What is to be known and hinders nothing."""
    whole: Doubt | None = None
    """Why the form as a whole is refused."""
    held: int = 0
    """Rows with an answer that could not be read."""

    def count(self, fate: Fate) -> int:
        """How many rows have this fate; together they are all rows with an answer."""
        return sum(row.fate is fate for row in self.rows) + (self.held if fate is Fate.REFUSED else 0)

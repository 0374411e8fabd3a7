"""An entry on its way into a log, and what it changes."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tracker.model.actual import Actual
from tracker.model.record import Record
from tracker.model.standing import Standing
from tracker.model.values import Span

Cells = Mapping[str, str | tuple[str, ...]]
"""Keys of an entry with their texts."""


class Posting(NamedTuple):
    """One entry as it is to be written."""

    number: int
    """Its number among those that were given, from 1."""
    cells: Cells
    """In the order of the file, names as ids."""
    actuals: Sequence[Actual]
    """The records that it makes: one for each unit and period."""
    file: str = ""
    """Log that takes it, as a path relative to the project."""
    unit: str = ""
    """At the head of that log."""
    there: bool = False
    """Whether an entry with the same id says the same already: then nothing is written."""
    alike: str = ""
    """Where an entry with other words of identity says the same; empty where none does."""

    @property
    def id(self) -> str:
        """What corrections and withdrawals name it by."""
        return self.actuals[0].id

    @property
    def when(self) -> Span:
        """When it happened."""
        return self.actuals[0].when


class Shift(NamedTuple):
    """An obligation that stands otherwise with the new entries."""

    before: Standing | None
    after: Standing | None

    @property
    def key(self) -> tuple[str, str, str]:
        """Task, unit and period."""
        standing = self.after or self.before
        assert standing is not None
        return standing.obligation.key


class Outlook(NamedTuple):
    """What the new entries change, and what becomes of each."""

    shifts: Sequence[Shift]
    records: Sequence[Record]
    """What became of each record: used, surplus, stray or late."""
    apart: Sequence[Actual]
    """Records that nothing looked at: of a plan that is not in force."""

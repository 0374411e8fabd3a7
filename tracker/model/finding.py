"""A rule met a row: what a renderer may say about it. No text in here, only names and values."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tracker.model.rule import Severity
from tracker.model.source import Place
from tracker.model.values import Number
from tracker.model.waiver import Waiver

Cell = str | bool | Number | date | None
"""What one column of one row may hold."""
Rank = tuple[object, ...]
"""Where a row stands among all rows of its table, whichever part of the project it is of."""


class Verdict(StrEnum):
    """A rule holds, is broken, or cannot be told: the last is a finding too, never a pass."""

    BROKEN = "broken"
    UNKNOWN = "unknown"


class Novelty(StrEnum):
    """Since when a finding is there, where a run is compared with a revision or a baseline."""

    NEW = "new"
    """This change brought it, or made it worse."""
    LAPSED = "lapsed"
    """The change did not: on its own day the revision did not have it, and since then only time passed."""
    OLD = "old"
    """The revision had it on its own day."""
    BASELINE = "baseline"
    """It was accepted when tracker was taken up."""


class Finding(NamedTuple):
    """One rule × one row."""

    rule: str
    severity: Severity
    verdict: Verdict
    table: str
    row: Mapping[str, Cell]
    """The columns that the rule's messages name, and those that identify the row."""
    at: Place
    fingerprint: str
    """Readable key of business ids: never a line, a message, a level, a day count or a language."""
    waiver: Waiver | None = None
    """The waiver that covers it on this day."""
    ended: Waiver | None = None
    """A waiver that covered it and has expired."""
    novelty: Novelty | None = None
    """None where nothing was compared."""
    owner: str = ""
    """Id of the unit that must act; empty = nobody is named."""
    beside: tuple[Place, ...] = ()
    """Other places that its row was made of, where a sentence for a report may rest on it."""
    rank: Rank = ()
    """Where its row stands, while a project is judged in parts; empty in every report."""

    @property
    def counts(self) -> bool:
        """Whether it may close the gate: waived, accepted, lapsed and old findings are shown and do not."""
        return self.waiver is None and self.novelty in (None, Novelty.NEW)

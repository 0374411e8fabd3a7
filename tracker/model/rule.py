"""A rule as its file says it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from tracker.model.plan import NO_PLACES
from tracker.model.source import NOWHERE, Place

Texts = Mapping[str, str]
"""The same sentence by language code."""
NO_TEXTS: Texts = MappingProxyType({})
SENTENCES = ("one", "many", "footnote")
"""The sentences that a rule may have for the annual report: on one finding, on several, and on each in a footnote."""
GROUP_SLOTS = ("some_units", "count", "all", "tasks", "units", "all_units", "main_area", "longest")
"""Slots of a sentence on several findings: what is counted over them, and whom they concern."""
GROUPING = ("plan", "task", "title", "area", "unit", "period")
"""Columns that it may name besides, as it may those of the table's key: findings are then grouped by them."""


class Severity(StrEnum):
    """How badly; in rising order."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for a note, 2 for an error."""
        return _RANK[self]


_RANK = {Severity.NOTE: 0, Severity.WARNING: 1, Severity.ERROR: 2}


class Condition(NamedTuple):
    """Text in the rule language with the place where it begins."""

    text: str
    at: Place = NOWHERE
    line_text: str = ""
    """The line of the file on which it begins."""


class Example(NamedTuple):
    """A row that the rule must judge as marked."""

    expect: str
    """pass, outside, unknown, note, warning or error."""
    row: Mapping[str, str]
    """Column to value, as written; an empty text is null."""
    at: Place = NOWHERE


class Rule(NamedTuple):
    """Which rows of a table are wrong, how badly, what to say and what to do (design 4.9)."""

    id: str
    on: str
    """Name of the table that it judges."""
    where: Condition
    severity: Severity
    title: Texts
    message: Texts
    why: Texts
    fix: Texts
    scope: Condition | None = None
    """Which rows it speaks of at all; a row where this is null is unknown, never outside."""
    escalate_where: Condition | None = None
    escalate_to: Severity | None = None
    pointing_at: str = ""
    """Key of the record whose place a finding names; empty = the record itself."""
    basis: str = ""
    fail_count: int | None = None
    """How many findings a run may have without failing, whatever their severity; None = no such limit."""
    fail_share: int | None = None
    """The same as per cent of the rows that it speaks of."""
    limitation: Texts = NO_TEXTS
    """Sentences for the annual report, in Vietnamese, by the names in SENTENCES."""
    examples: tuple[Example, ...] = ()
    at: Place = NOWHERE
    places: Mapping[str, Place] = NO_PLACES

"""A rule met a row: what a renderer may say about it. No text in here, only names and values."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tracker.model.rule import Severity
from tracker.model.source import Place
from tracker.model.values import Number

Cell = str | bool | Number | date | None
"""What one column of one row may hold."""


class Verdict(StrEnum):
    """A rule holds, is broken, or cannot be told: the last is a finding too, never a pass."""

    BROKEN = "broken"
    UNKNOWN = "unknown"


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

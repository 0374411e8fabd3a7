"""What somebody accepted for a time: it stays in every output and count, and fails no gate (design 4.4)."""

from datetime import date
from typing import NamedTuple

from tracker.model.cause import CauseKind
from tracker.model.source import NOWHERE, Place


class Waiver(NamedTuple):
    """One entry of rules/waivers/: which findings, why, on whose word, until when."""

    id: str
    rule: str
    """Id of one rule."""
    subject: str
    """What it is about: a task's whole key, a unit's id, `task:unit`, or all of the fingerprint but rule and period."""
    periods: tuple[str, ...]
    """Period ids; empty only for findings that have no period."""
    reason: str
    document: str
    approved_by: str
    """An office, never a private person."""
    issued: date
    """The first day on which it holds."""
    expires: date
    """The last day on which it holds."""
    broad: bool = False
    """Whether its author knows that it covers many findings."""
    at: Place = NOWHERE
    cause: CauseKind | None = None
    """Of what kind the reason is."""


class Accepted(NamedTuple):
    """A finding that was there when tracker was taken up (baseline): it fails no gate until it gets worse."""

    key: str
    """Fingerprint."""
    severity: str
    first_seen: date
    note: str = ""
    at: Place = NOWHERE

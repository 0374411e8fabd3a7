"""Whether the gate closes, and why: what a run is judged on (anchors of CI), with no text in here."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from tracker.model.finding import Finding
from tracker.model.rule import Severity
from tracker.model.waiver import Accepted


class Why(StrEnum):
    """Why a run ends with exit code 1."""

    THRESHOLD = "threshold"
    """Findings at or above --fail-on."""
    NEW = "new"
    """Findings that this change brought, at or above --fail-on-new."""
    BUDGET = "budget"
    """More findings than --max allows."""
    SHARE = "share"
    """More findings than a rule's own `fail_if` allows."""


class Reason(NamedTuple):
    """One reason for exit code 1."""

    why: Why
    subject: str
    """The level, the pattern of --max, or the rule."""
    found: int
    """How many findings there are."""
    allowed: str = ""
    """How many there may be: a number, or a share such as 10 %; empty where none may be."""


NO_COUNTS: Mapping[str, int] = MappingProxyType({})


class Gate(NamedTuple):
    """What was asked of the gate, and what it says."""

    reasons: Sequence[Reason] = ()
    """Empty = it stays open."""
    fail_on: Severity | None = Severity.ERROR
    """None = never."""
    since: str = ""
    """The revision against which the change is judged; empty where nobody asked."""
    absent: Sequence[Finding] = ()
    """Findings of that revision, on this day, that the change resolved."""
    horizon: int = 0
    """Days ahead for which `coming` was asked; 0 where nobody asked."""
    coming: Sequence[Finding] = ()
    """What will be found within these days if nothing is done, and is not found today."""
    stale: Sequence[Accepted] = ()
    """Entries of the baseline that meet no finding any more, or have stood for longer than a year."""
    by: str = ""
    """By what findings are grouped for people: `owner`, or nothing."""
    every: bool = False
    """Whether each is told to people, however many there are."""

"""What scheduled runs leave behind: one line a run, and the lives of findings that the lines add up to."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tracker.model.source import NOWHERE, Place

Counts = Mapping[str, int]


class Logged(NamedTuple):
    """One run as history.jsonl keeps it. Findings are said against the lines before it, so that all lines add up."""

    as_of: date
    known_by: date
    commit: str
    """As it was named; empty where nobody named one."""
    plans: tuple[str, ...]
    """Plans that the run was limited to; empty = none. The lines of one file are all limited alike."""
    units: tuple[str, ...]
    states: Counts
    """Obligations by state."""
    verdicts: Counts
    """passed, broken, unknown, waived."""
    rules: Counts
    """Findings by rule; so the two that follow."""
    severities: Counts
    owners: Counts
    """By the id of the unit that must act; findings for which nobody is named are left out."""
    new: tuple[str, ...]
    """Fingerprints that no line had before, sorted; so the two that follow."""
    resolved: tuple[str, ...]
    """Those that were open and are gone."""
    reopened: tuple[str, ...]
    """Those that had been resolved and are back."""
    owner_of: Mapping[str, str]
    """Who must act on what is new or back, by fingerprint."""
    at: Place = NOWHERE

    @property
    def counts(self) -> tuple[Counts, ...]:
        """All that is counted: two runs with equal counts and equal findings say the same."""
        return (self.states, self.verdicts, self.rules, self.severities, self.owners)


class Life(NamedTuple):
    """A finding from the run in which it appeared to the run in which it was gone. One that came back has several."""

    key: str
    """Fingerprint."""
    owner: str
    """Who had to act when it appeared; empty = nobody was named."""
    first_seen: date
    """The day of the first run that had it."""
    since: date
    """The day of the run in which this life began: later than `first_seen` where it came back."""
    until: date | None = None
    """The day of the first run without it; None while it is open."""
    number: int = 1
    """2 for one that came back for the first time."""

    @property
    def rule(self) -> str:
        """The rule that found it."""
        return self.key.partition(":")[0]

    def days(self, today: date) -> int:
        """How many days it was open, or has been open by that day."""
        return ((self.until or today) - self.since).days


class Pace(NamedTuple):
    """How fast the findings of a rule, or of an owner, are resolved."""

    name: str
    """Id of the rule or unit; empty = findings for which nobody is named."""
    open: int
    closed: int
    """Lives that ended."""
    reopened: int
    """How often a resolved one came back."""
    mean: float | None
    """Days from appearing to gone; None where nothing has closed yet."""
    median: float | None


class Trend(NamedTuple):
    """What the lines say together."""

    runs: Sequence[Logged]
    """In the order in which they were written; never empty."""
    open: Sequence[Life]
    """The oldest first."""
    closed: Sequence[Life]
    by_rule: Sequence[Pace]
    by_owner: Sequence[Pace]

    @property
    def today(self) -> date:
        """The day of the last run: ages are counted up to it."""
        return self.runs[-1].as_of

    @property
    def reopened(self) -> int:
        """How often a resolved finding came back."""
        return sum(pace.reopened for pace in self.by_rule)

"""A period with its name and its two calendars."""

from datetime import date
from typing import NamedTuple

from tracker.model.plan import Every


class Period(NamedTuple):
    """One day, week, month … year: what it is called, and which days it is about."""

    id: str
    """2023-02-14, 2023-W05, 2023-02, 2023-Q1, 2023-H1, 2023-9M, 2023, 2022-2025; or that of an event."""
    first: date
    """First day of plan time (quý I = 01/01)."""
    last: date
    """Last day of plan time."""
    opens: date
    """First day of the reporting window; equal to `first` where no regime says otherwise."""
    cutoff: date
    """Last day of the reporting window ("thời điểm chốt số liệu")."""
    every: Every = Every.ONCE
    """Its length."""


class WorkCalendar(NamedTuple):
    """What a project announces of its working days, beyond the public calendar of Vietnam."""

    off: frozenset[date] = frozenset()
    """Days on which offices do not work, though the public calendar says so."""
    on: frozenset[date] = frozenset()
    """Days on which offices work, though the public calendar says they do not: swapped Saturdays."""

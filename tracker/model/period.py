"""A period with its name and its two calendars."""

from datetime import date
from typing import NamedTuple


class Period(NamedTuple):
    """One month, quarter, half or year: what it is called, and which days it is about."""

    id: str
    """2023-02, 2023-Q1, 2023-H1, 2023, 2022-2025."""
    first: date
    """First day of plan time (quý I = 01/01)."""
    last: date
    """Last day of plan time."""
    opens: date
    """First day of the reporting window; equal to `first` where no regime says otherwise."""
    cutoff: date
    """Last day of the reporting window ("thời điểm chốt số liệu")."""

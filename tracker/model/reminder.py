"""What a unit is reminded of (đôn đốc)."""

from enum import StrEnum
from typing import NamedTuple

from tracker.model.standing import Standing


class Why(StrEnum):
    """Why an obligation is in a reminder, the most pressing first."""

    OVERDUE = "overdue"
    """Past its day, and not done."""
    RETURNED = "returned"
    """Sent back for mending, and not sent again."""
    UNCLEAR = "unclear"
    """Something was said, and it does not show whether it is done."""
    COMING = "coming"
    """Due in the days that were asked for."""


class Reminder(NamedTuple):
    """One obligation that is missing or coming."""

    standing: Standing
    why: Why

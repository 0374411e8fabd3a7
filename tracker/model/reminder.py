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


class By(StrEnum):
    """By whom reminders are put together."""

    UNIT = "unit"
    """Who owes it."""
    LEAD = "lead"
    """The bodies that lead the task, and have to chase it."""
    OFFICE = "office"
    """The organisations that serve the unit, or do the work in the place of one that is missing."""


class Reminder(NamedTuple):
    """One obligation that is missing or coming."""

    standing: Standing
    why: Why
    to: str = ""
    """Id of whom the reminder goes to; empty where nobody is known to lead."""

    @property
    def about(self) -> str:
        """Id of who owes it."""
        return self.standing.obligation.unit.id

"""The one clock: the day that it is in the project's time zone."""

from datetime import UTC, date, datetime, timedelta, timezone

VIETNAM = timezone(timedelta(hours=7))
"""The project's time zone; Vietnam has one, without summer time."""


def today() -> date:
    """The day it is in the project's time zone. The one clock of the program."""
    return datetime.now(UTC).astimezone(VIETNAM).date()

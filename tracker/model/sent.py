"""That somebody was reminded (đôn đốc): a logged fact, as anything that was done is one."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tracker.model.plan import NO_PLACES
from tracker.model.source import NOWHERE, Place


class Channel(StrEnum):
    """How a reminder went out."""

    LETTER = "letter"
    """An official letter (công văn đôn đốc)."""
    EMAIL = "email"
    ZALO = "zalo"
    PHONE = "phone"
    MEETING = "meeting"
    """Said at a meeting (giao ban)."""


class Sent(NamedTuple):
    """One reminder of one task and unit, and of one period where it names any."""

    unit: str
    """Who owes what it reminds of; empty for an entry that only takes another back."""
    task: str
    """Whole task key."""
    on: date
    """The day on which it went out."""
    recorded: date
    """The day on which the entry was made."""
    by: str = ""
    """Id of the office that reminded."""
    period: str = ""
    """Period id, or id of the case; empty = of all that was open of this task that day."""
    to: str = ""
    """Id of whom it went to, where that is not the unit itself: the body that leads, the office that serves it."""
    how: Channel | None = None
    doc: str = ""
    """Number of the letter."""
    note: str = ""
    reason: str = ""
    """Why another entry is corrected or taken back."""
    id: str = ""
    corrects: str = ""
    """Id of the entry that this one replaces."""
    withdraws: str = ""
    """Id of the entry that this one takes back."""
    at: Place = NOWHERE
    places: Mapping[str, Place] = NO_PLACES

    @property
    def occasion(self) -> tuple[date, str]:
        """What makes two entries one reminder: a letter and a call of one office on one day are counted once."""
        return (self.on, self.by)


class Chased(NamedTuple):
    """What was logged of reminders of one obligation."""

    sent: tuple[Sent, ...] = ()
    """In order of day."""
    logged: bool = True
    """Whether the project logs reminders at all: where it does not, silence means nothing."""

    @property
    def times(self) -> int | None:
        """How many times somebody was reminded; a letter and a call of one office on one day are one time."""
        return len({one.occasion for one in self.sent}) if self.logged else None

    @property
    def last(self) -> date | None:
        """The last day on which somebody was."""
        return self.sent[-1].on if self.sent else None


UNLOGGED = Chased(logged=False)

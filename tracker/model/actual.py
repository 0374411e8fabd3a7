"""What was done, as recorded. Why NamedTuple: see standing.py."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tracker.model.cause import CauseKind
from tracker.model.link import Taken, Way
from tracker.model.plan import NO_PLACES
from tracker.model.source import NOWHERE, Place
from tracker.model.values import Quantity, Span


class Step(StrEnum):
    """What an entry says of a paper that was owed (design 4.6; "received is not accepted")."""

    SENT = "sent"
    """It was sent, or the deed was done: what every entry says that says nothing else."""
    RETURNED = "returned"
    """It was sent back for mending: what was sent before does not count as done until it is sent again."""
    ACCEPTED = "accepted"
    """It was looked at and found good."""
    EXPLAINED = "explained"
    """No deed: why it is not done, or why so late, as somebody wrote it on the entry's day. It makes nothing done."""


class Actual(NamedTuple):
    """One entry of a unit's log: one deed, or one period's report."""

    unit: str
    task: str
    """Whole task key; empty where the entry names none."""
    when: Span
    """When it happened."""
    recorded: date
    """The day the entry was made; an entry that does not say was made on the last day it may have happened on."""
    period: str = ""
    """Period id (2023-02, 2023-Q1, 2023), or id of the case that it answers; empty where none was written."""
    quantity: Quantity | None = None
    people: Quantity | None = None
    parts: tuple[Quantity, ...] = ()
    """What the quantity is said to be made of; their sum is checked, not believed."""
    doc: str = ""
    """Number of the document that shows it."""
    mode: str = ""
    """How: trực tiếp, gián tiếp …"""
    place: str = ""
    """Where, by name, as written."""
    level: str = ""
    """Of what the figure speaks: tinh, huyen, toan-tinh."""
    title: str = ""
    note: str = ""
    reason: str = ""
    cause: CauseKind | None = None
    """Of what kind the reason is, where its writer says so."""
    source: str = ""
    """Section of the paper in which it stands."""
    id: str = ""
    corrects: str = ""
    """Id of the entry that this one replaces."""
    withdraws: str = ""
    """Id of the entry that this one takes back."""
    step: Step = Step.SENT
    empty: bool = False
    """A report that came in time and says nothing ("báo cáo trắng")."""
    items: tuple[str, ...] = ()
    """What of the task's list it covered: dự án 1, dự án 2."""
    outcome: str = ""
    """What came of it: conclusion and recommendation of an inspection (kết luận, kiến nghị)."""
    reach: tuple[Quantity, ...] = ()
    """How many places it reached, of each kind: 06 huyện, thành phố; 09 trường."""
    returns: Quantity | None = None
    """How many units sent their part to a review (sơ kết, tổng kết)."""
    taken: Taken | None = None
    """How it came to its task, where it names none itself; never read from a file, but concluded (design 4.2)."""
    at: Place = NOWHERE
    places: Mapping[str, Place] = NO_PLACES

    @property
    def named_by(self) -> Way | None:
        """How it came to its task; None where it has none."""
        return (self.taken.way if self.taken else Way.KEY) if self.task else None

    @property
    def claims(self) -> str | None:
        """Keys of the tasks that claim it, where several do."""
        return ", ".join(self.taken.claims if self.taken else ()) or None


class Event(NamedTuple):
    """Something that happened and from which a deadline runs: a case of a conditional task, an inspection, a flood."""

    id: str
    """Its own slug; the period id of the obligations that it calls forth."""
    name: str
    """Slug by which tasks wait for it."""
    when: date
    recorded: date
    units: tuple[str, ...] = ()
    """Whom it concerns; none = everybody who owes the task."""
    doc: str = ""
    title: str = ""
    at: Place = NOWHERE


class Figure(NamedTuple):
    """A count or rate that the paper prints without its being a deed: 820 người có uy tín, 99,79%."""

    id: str
    title: str
    quantity: Quantity
    unit: str
    when: Span
    recorded: date
    parts: tuple[Quantity, ...] = ()
    level: str = ""
    source: str = ""
    at: Place = NOWHERE
    places: Mapping[str, Place] = NO_PLACES
    indicator: str = ""
    """Id of the indicator of which it is a reading."""

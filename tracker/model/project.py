"""Everything that was read, good and bad."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from tracker.model.actual import Actual, Event, Figure
from tracker.model.document import Document
from tracker.model.indicator import Indicator
from tracker.model.link import Link
from tracker.model.period import WorkCalendar
from tracker.model.plan import Plan
from tracker.model.rule import Rule
from tracker.model.sent import Sent
from tracker.model.source import NOWHERE, Place, Problem
from tracker.model.unit import Group, Succession, Unit
from tracker.model.waiver import Waiver


class Edited(NamedTuple):
    """A promise that an earlier version of a plan file made, and that is not there any more as it was."""

    plan: str
    task: str
    """Whole key."""
    what: str
    """deleted, due or target."""
    before: str
    after: str
    """Empty where the task is gone."""
    day: date
    """The day of the commit from which on it was different."""
    at: Place = NOWHERE
    decided: bool = False
    """Whether a decision under `amended:` speaks of it."""


class Settings(NamedTuple):
    """What a project says of itself (tracker.yaml); the defaults where it says nothing."""

    recorded: str = "written"
    """Who says when an entry was made: `written` (the entry itself) or `git` (the commit that brought it)."""
    plan_history: str = "none"
    """Where earlier versions of plan files are looked for: `none` or `git`."""
    waiver_days: int = 180
    """The longest that a waiver may hold."""
    zone_minutes: int = 420
    """Offset of the project's clock from UTC, in minutes; Vietnam has one zone and no summer time."""
    at: Place = NOWHERE


class Project(NamedTuple):
    """The records of one project folder. What could not be read is among the problems; the rest is here."""

    units: tuple[Unit, ...] = ()
    """In official order."""
    plans: tuple[Plan, ...] = ()
    """By file name; programmes and plans alike."""
    documents: tuple[Document, ...] = ()
    actuals: tuple[Actual, ...] = ()
    """By file name, then in the order of the file."""
    figures: tuple[Figure, ...] = ()
    rules: tuple[Rule, ...] = ()
    """By id."""
    problems: tuple[Problem, ...] = ()
    """By place."""
    successions: tuple[Succession, ...] = ()
    """By day."""
    groups: tuple[Group, ...] = ()
    calendar: WorkCalendar = WorkCalendar()
    events: tuple[Event, ...] = ()
    """What happened that deadlines and cases wait for, by day."""
    edits: tuple[Edited, ...] = ()
    """Promises that an earlier version of a plan file made and this one makes otherwise, without a decision."""
    settings: Settings = Settings()
    renames: Mapping[str, str] = MappingProxyType({})
    """Ids that units, tasks and rules had before, with those that they have."""
    waivers: tuple[Waiver, ...] = ()
    """By file name, then in the order of the file."""
    indicators: tuple[Indicator, ...] = ()
    """By file name, then in the order of the file."""
    reminders: tuple[Sent, ...] = ()
    """By file name, then in the order of the file."""
    links: tuple[Link, ...] = ()
    """Which entries offices put to which tasks, by day, then by place."""

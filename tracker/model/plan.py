"""What was promised: programmes, plans, tasks, reporting regimes."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from tracker.model.cause import CauseKind
from tracker.model.letterhead import Letterhead
from tracker.model.link import Selector
from tracker.model.source import NOWHERE, Place
from tracker.model.values import Quantity, Span

NO_PLACES: Mapping[str, Place] = MappingProxyType({})


class Kind(StrEnum):
    """The six kinds of task, each with its own test of done (design 3)."""

    MILESTONE = "milestone"
    """One-off: done by its first sufficient record."""
    QUANTITY = "quantity"
    """n of a measure: records add up to the target."""
    COVERAGE = "coverage"
    """Each unit of a group, once."""
    RECURRING = "recurring"
    """Each period, once; reports are recurring."""
    STANDING = "standing"
    """No deadline ("thường xuyên"): judged by evidence per period, never overdue."""
    CONDITIONAL = "conditional"
    """Only when a case arises."""


class Every(StrEnum):
    """How often a recurring or standing task falls due."""

    ONCE = "once"
    DAY = "day"
    WEEK = "week"
    """ISO week, Monday to Sunday."""
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE_MONTHS = "nine-months"
    """January to September, once a year."""
    YEAR = "year"


class Existing(StrEnum):
    """How much of a period a unit must have existed through to owe it (design 4.6)."""

    WHOLE = "whole"
    """On every day of it."""
    DUE = "due"
    """On the day on which it is due."""
    ANY = "any"
    """On any day of it."""


class EvidenceWanted(StrEnum):
    """What a record must name before it counts as done."""

    REQUIRED = "required"
    """A document number, or a figure (quantity, people)."""
    DOCUMENT = "document"
    """A document number."""
    NONE = "none"
    """The word of the unit is enough."""


class Shift(StrEnum):
    """Where a due day goes that falls on a day off."""

    NONE = "none"
    PREVIOUS = "previous"
    NEXT = "next"


class Basis(NamedTuple):
    """Whether the paper states this or we concluded it, and in which section."""

    stated: bool
    where: str = ""


class Due(NamedTuple):
    """A deadline, exactly one of: a day (or a named period's last), months after a day, or days after an event.

    An anniversary of a document is turned by reading into months after that document's day.

    Month steps count from the anchor, never from the step before: 31/1 + 1 month = 28/2, + 2 months = 31/3.
    """

    on: Span | None = None
    months: int = 0
    after: date | None = None
    event: str = ""
    """Slug of an event, or whole key of the task whose doing is the event; it may not have happened."""
    days: int = 0
    """Days after the event, 0 for the day itself."""
    working: bool = False
    """Whether these are working days."""
    anniversary: int = 0
    """Years after the day of `document`, where the deadline is an anniversary."""
    document: str = ""
    stated: bool = True
    """False where no day is given anywhere and the end of the plan stands in ("hạn suy ra")."""
    text: str = ""


class Timing(NamedTuple):
    """Where the window of a period ends and when its report is due."""

    cutoff_day: int = 0
    """Last day of month that still belongs to the period; 14 gives windows 15th to 14th; 0 = the period's own last day.
    For weeks: the weekday, 1 for Monday, 7 for Sunday."""
    cutoff_month: int = 0
    """Months after the last month of the period in which that day lies; -1 for a year that is cut off in November."""
    due_day: int = 0
    """Day of month on which the report is due; 31 is the month's last day; 0 = the month's last day.
    For weeks: the weekday."""
    due_month: int = 0
    """Months after the last month of the period in which that day lies (weeks, for weeks); may be negative."""
    working_days: int | None = None
    """Instead of a day: so many working days after the cut-off; 0 is the cut-off itself."""
    levels: "Mapping[str, Timing]" = MappingProxyType({})
    """Deadlines of single kinds of unit (or of the territory that a unit serves): what is due, never a cut-off."""


class Regime(NamedTuple):
    """A reporting calendar (design 4.5): which days a report covers and when it is due.

    Source of the shape: Nghị định 09/2019/NĐ-CP, Điều 8 (a deadline for each level), 12 and 13.
    """

    id: str
    timing: Timing = Timing()
    """What holds where neither the length of the period nor the level of the unit says otherwise."""
    lengths: Mapping[Every, Timing] = MappingProxyType({})
    """Whole timings of single lengths of period, instead of `timing`."""
    shift: Shift = Shift.NONE
    merge: bool = False
    """Whether a report is not owed by itself where a longer one of the same plan, measure and regime ends with it."""
    source: str = ""
    assumed: bool = False
    """Whether the values rest on an assumption."""
    title: str = ""
    at: Place = NOWHERE


class Amendment(NamedTuple):
    """A decision that changed one promise. Plans are amended, not edited (design 4.6a)."""

    task: str
    """Whole key."""
    on: date
    """The day of the decision, from which on it counts."""
    recorded: date
    """The day on which it was entered."""
    document: str = ""
    reason: str = ""
    due: Due | None = None
    target: Quantity | None = None
    added: bool = False
    cancelled: bool = False
    at: Place = NOWHERE
    cause: CauseKind | None = None
    """Of what kind the reason is."""


class Close(NamedTuple):
    """The entry that closes a plan, and with `known_by` freezes what was published of it."""

    on: date
    """The business day as of which it is judged from then on."""
    document: str = ""
    recorded: date | None = None
    """The day on which the closing was entered; None = on its own day."""
    known_by: date | None = None
    """What was recorded later changes no published figure; None where the figures were not frozen."""
    figures: Mapping[str, int] = MappingProxyType({})
    """Published counts: obligations, and each state."""
    digests: Mapping[str, str] = MappingProxyType({})
    """Digest of what was published, by part: promises, units, records, figures."""
    at: Place = NOWHERE


class Task(NamedTuple):
    """One line of a plan."""

    id: str
    """Whole key, plan's key included: 14-KH/2.7."""
    plan: str
    """Number of the plan or programme."""
    title: str
    kind: Kind
    owed_by: tuple[str, ...]
    """Unit ids or kinds of unit, as the plan names them."""
    area: str = ""
    section: str = ""
    """Where the paper speaks of it."""
    lead: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    applies: str = ""
    """Condition on facts of the unit, in the rule language; empty = always."""
    every: Every = Every.ONCE
    regime: str = ""
    due: Due | None = None
    starts: date | None = None
    grace_days: int = 0
    target: Quantity | None = None
    measure: str = ""
    """Slug of what is counted: report, agreement, inspection, hoi-nghi …"""
    items: tuple[str, ...] = ()  # what is to be covered, one by one: dự án 1, dự án 2
    evidence: EvidenceWanted = EvidenceWanted.REQUIRED
    basis: Basis = Basis(stated=True)
    cancelled: date | None = None
    reason: str = ""
    """Why it was cancelled."""
    continues: str = ""
    """Id of the task of an earlier plan that this one carries on."""
    carried_from: str = ""
    """Id of the unfinished task of an earlier plan whose very promise this one is: its first due day is that one's."""
    carried_to: str = ""
    """Id of the task of a later plan that took the promise over."""
    optional: bool = False
    """A report that may be sent and is not owed: never overdue."""
    case: str = ""
    """For a conditional task: slug of the event that makes a case of it."""
    owed_if: Existing = Existing.WHOLE
    """How much of its period a unit must have existed through."""
    inherited: bool = False
    """Whether what a dissolved unit left undone goes over to its successors."""
    amendments: tuple[Amendment, ...] = ()
    """Decisions that made the task what it is here, in order of day."""
    first_due: Due | None = None
    """The deadline before any decision moved it; None where none did."""
    previous_due: Due | None = None
    """The deadline before the last decision moved it."""
    first_target: Quantity | None = None
    audience: str = ""
    """Id of the indicator that counts the people whom it is for; by it one deed under two tasks is suspected."""
    selects: Selector | None = None
    """Which entries that name no task it takes; None = none."""
    at: Place = NOWHERE
    places: Mapping[str, Place] = NO_PLACES
    """Place of each key that was written."""


NO_REGIMES: Mapping[str, Regime] = MappingProxyType({})
NO_AREAS: Mapping[str, str] = MappingProxyType({})


class Plan(NamedTuple):
    """One year's plan under a programme, or the programme itself."""

    id: str
    """Number of the document: 14-KH/BDVTU-BDT."""
    key: str
    """What its tasks' ids begin with: 14-KH."""
    title: str
    period: Span
    tasks: tuple[Task, ...]
    programme: bool = False
    under: str = ""
    """Number of the programme above."""
    issued: date | None = None
    issuers: tuple[str, ...] = ()
    within: str = ""
    """Unit id of the territory to which the kinds of unit under `for` are limited; empty = everywhere."""
    close: Close | None = None
    amended: tuple[Amendment, ...] = ()
    """Decisions on its tasks, in order of day."""
    regimes: Mapping[str, Regime] = NO_REGIMES
    areas: Mapping[str, str] = NO_AREAS
    """Area key to heading, in the order of the paper."""
    at: Place = NOWHERE
    paper: Letterhead | None = None
    """The frame of papers under it; None where it says nothing, and its programme's holds."""

    @property
    def closed(self) -> date | None:
        """The day on which it was closed."""
        return self.close.on if self.close else None

    @property
    def closing_document(self) -> str:
        """The paper that closed it."""
        return self.close.document if self.close else ""

    @property
    def known_from(self) -> date:
        """The day from which the plan counts: when it was issued, or else when its period begins."""
        return self.issued or self.period.first

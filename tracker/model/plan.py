"""What was promised: programmes, plans, tasks, reporting regimes, documents."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

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
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


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
    """A deadline, exactly one of: a day (or the last day of a named period), or months after a day.

    Month steps count from the anchor, never from the step before: 31/1 + 1 month = 28/2, + 2 months = 31/3.
    """

    on: Span | None = None
    months: int = 0
    after: date | None = None
    stated: bool = True
    """False where no day is given anywhere and the end of the plan stands in ("hạn suy ra")."""
    text: str = ""


class Regime(NamedTuple):
    """A reporting calendar (design 4.5): which days a report covers and when it is due.

    Source of the shape: Nghị định 09/2019/NĐ-CP, Điều 8, 12 and 13.
    """

    id: str
    cutoff_day: int = 0
    """Last day of month that still belongs to the period; 14 gives windows 15th to 14th; 0 = calendar periods."""
    due_day: int = 0
    """Day of the last month of the period on which the report is due; 31 is the month's last day; 0 = its last day."""
    due_month: int = 0
    """Months after the last month of the period in which that day lies."""
    shift: Shift = Shift.NONE
    merge: bool = False
    """Whether the report of a quarter's last month is the quarter's report, and is not owed by itself."""
    source: str = ""
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
    evidence: EvidenceWanted = EvidenceWanted.REQUIRED
    basis: Basis = Basis(stated=True)
    cancelled: date | None = None
    reason: str = ""
    """Why it was cancelled."""
    continues: str = ""
    """Id of the task of an earlier plan that this one carries on."""
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
    closed: date | None = None
    closing_document: str = ""
    regimes: Mapping[str, Regime] = NO_REGIMES
    areas: Mapping[str, str] = NO_AREAS
    """Area key to heading, in the order of the paper."""
    at: Place = NOWHERE

    @property
    def known_from(self) -> date:
        """The day from which the plan counts: when it was issued, or else when its period begins."""
        return self.issued or self.period.first


class Citation(NamedTuple):
    """One place where a document was cited, with what was printed there."""

    where: str
    dated: date | None
    title: str
    at: Place = NOWHERE


class Document(NamedTuple):
    """A numbered document, and how it was cited."""

    number: str
    type: str = ""
    issuer: str = ""
    issued: date | None = None
    title: str = ""
    citations: tuple[Citation, ...] = ()
    at: Place = NOWHERE

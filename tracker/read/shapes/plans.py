"""Shapes of plans, programmes and their tasks."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from tracker.model.plan import Every, EvidenceWanted, Existing, Kind
from tracker.model.standing import State
from tracker.read.shapes.kinds import NONE, Called, Choice, Shape
from tracker.read.shapes.papers import PaperShape
from tracker.read.shapes.regimes import RegimeShape
from tracker.read.shapes.values import (
    Amount,
    BasisShape,
    CauseWord,
    Count,
    Day,
    Days,
    EveryWord,
    EvidenceWord,
    ExistingWord,
    Key,
    KindWord,
    Phrases,
    Slug,
    Slugs,
    Text,
    Texts,
    Truth,
    one_of,
)
from tracker.read.values import Refusal

FigureWord = Annotated[str, one_of({word: word for word in ("obligations", *map(str, State))})]
DueBasis = Annotated[Literal["stated", "inferred"], one_of({"stated": "stated", "inferred": "inferred"})]


class CancelledShape(Shape):
    """When a task was dropped, and why."""

    on: Day
    reason: Text = ""


class AfterShape(Shape):
    """A deadline so many days, or working days, after an event; for a case, after the case itself."""

    days: Count | None = None
    working_days: Count | None = None
    after: Text = ""

    def _together(self) -> Refusal | None:
        if (self.days is None) == (self.working_days is None):
            return Refusal("shape-after")
        return None


class AnniversaryShape(Shape):
    """A deadline so many years after the day of a document."""

    anniversary: Count
    of: Text


class MonthsShape(Shape):
    """A deadline so many months after a day."""

    months: Count
    after: Day


def _due(value: object) -> int:
    if not isinstance(value, dict):
        return 3
    if "anniversary" in value or "of" in value:
        return 2
    return 1 if {"days", "working_days"} & value.keys() else 0


DueForm = Annotated[MonthsShape | AfterShape | AnniversaryShape | Days, Choice(_due)]


class SelectsShape(Shape):
    """Which entries that name no task a task takes."""

    words: Phrases = ()
    any: Phrases = ()
    without: Phrases = ()
    counted: Phrases = ()
    mode: Texts = ()
    level: Texts = ()
    doc: Texts = ()
    units: Slugs = ()

    def _together(self) -> Refusal | None:
        """What names only a unit, a mode or a level would take whatever anybody writes."""
        if not (self.words or self.any or self.counted or self.doc):
            return Refusal("shape-selects")
        return None


class TaskShape(Shape):
    """One task of a plan."""

    id: Slug
    title: Text
    kind: KindWord
    area: Text = ""
    section: Text = ""
    lead: Slugs = ()
    partners: Texts = ()
    owed_by: Annotated[Slugs, Called("for")] = ()
    applies: Text = ""
    every: EveryWord = Every.ONCE
    regime: Slug = ""
    starts: Day | None = None
    due: DueForm | None = None
    due_basis: DueBasis = "stated"
    grace: Count = 0
    target: Amount | None = None
    measure: Slug = ""
    items: Texts = ()
    evidence: EvidenceWord = EvidenceWanted.REQUIRED
    basis: BasisShape | None = None
    cancelled: CancelledShape | None = None
    continues: Text = ""
    formerly: Texts = ()
    carried_from: Text = ""
    optional: Truth = False
    case: Slug = ""
    owed_if: ExistingWord = Existing.WHOLE
    inherited: Truth = False
    audience: Slug = ""
    selects: SelectsShape | None = None

    def _together(self) -> Refusal | None:
        """A report that is never asked for again would be owed once and look complete."""
        if self.kind is Kind.RECURRING and self.every is Every.ONCE:
            return Refusal("shape-every")
        if self.every is not Every.ONCE and self.kind not in _REPEATING:
            return Refusal("shape-every-once", {"kind": str(self.kind)})
        if self.case and self.kind is not Kind.CONDITIONAL:
            return Refusal("shape-case")
        return None


_REPEATING = (Kind.RECURRING, Kind.STANDING, Kind.QUANTITY)
"""Kinds that may be owed each period; a quantity of each period is a quota."""


class AmendedShape(Shape):
    """A decision on tasks of the plan."""

    task: Texts
    on: Day
    document: Text = ""
    basis: BasisShape | None = None
    reason: Text
    cause: CauseWord | None = None
    recorded: Day | None = None
    due: DueForm | None = None
    target: Amount | None = None
    added: Truth = False
    cancelled: Truth = False

    def _together(self) -> Refusal | None:
        if self.due is None and self.target is None and not self.added and not self.cancelled:
            return Refusal("shape-amended")
        if not self.document and self.basis is None:
            return Refusal("shape-amended-document")
        if self.recorded is not None and self.recorded < self.on:
            return Refusal("shape-amended-recorded")
        return None


class ClosedShape(Shape):
    """The entry that closes a plan."""

    on: Day
    document: Text = ""
    basis: BasisShape | None = None
    recorded: Day | None = None
    known_by: Day | None = None
    figures: Mapping[FigureWord, Count] = NONE
    digests: Mapping[Slug, Text] = NONE


class PlanShape(Shape):
    """The head of a plan or programme; its tasks are checked one by one."""

    plan: Text = ""
    programme: Text = ""
    key: Key = ""
    title: Text = ""
    under: Text = ""
    issued: Day | None = None
    period: Days
    issuers: Texts = ()
    within: Slug = ""
    closed: ClosedShape | None = None
    areas: Mapping[str, Text] = NONE
    regimes: Mapping[Slug, RegimeShape] = NONE
    table: Text = ""
    paper: PaperShape | None = None
    tasks: Any = ()
    amended: Any = ()

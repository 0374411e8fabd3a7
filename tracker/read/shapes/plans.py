"""Shapes of plans, programmes and their tasks."""

from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, PlainValidator, Tag, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from tracker.model.plan import Every, EvidenceWanted, Existing, Kind
from tracker.model.standing import State
from tracker.read.near import refuse
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
    Shape,
    Slug,
    Slugs,
    Text,
    Texts,
    Truth,
    by,
)
from tracker.read.values import Refusal


def _one_of(*known: str) -> tuple[PlainValidator, WithJsonSchema]:
    """One of a few words that no enumeration of the model has."""

    def parse(text: str) -> str | Refusal:
        return text if text in known else refuse("shape-choice", text, known)

    return by(parse), WithJsonSchema({"type": "string", "enum": list(known)})


FigureWord = Annotated[str, *_one_of("obligations", *map(str, State))]


class CancelledShape(Shape):
    """When a task was dropped, and why."""

    on: Day
    reason: Text = ""


class AfterShape(Shape):
    """A deadline so many days, or working days, after an event; for a case, after the case itself."""

    days: Count | None = None
    working_days: Count | None = None
    after: Text = ""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.days is None) == (self.working_days is None):
            raise PydanticCustomError("shape-after", "shape-after")
        return self


class AnniversaryShape(Shape):
    """A deadline so many years after the day of a document."""

    anniversary: Count
    of: Text


class MonthsShape(Shape):
    """A deadline so many months after a day."""

    months: Count
    after: Day


def _due_form(value: object) -> str:
    if not isinstance(value, dict):
        return "·day"
    if "anniversary" in value or "of" in value:
        return "·anniversary"
    return "·after" if {"days", "working_days"} & value.keys() else "·months"


DueForm = Annotated[
    Annotated[MonthsShape, Tag("·months")]
    | Annotated[AfterShape, Tag("·after")]
    | Annotated[AnniversaryShape, Tag("·anniversary")]
    | Annotated[Days, Tag("·day")],
    Discriminator(_due_form),
]


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

    @model_validator(mode="after")
    def _narrow(self) -> Self:
        """What names only a unit, a mode or a level would take whatever anybody writes."""
        if not (self.words or self.any or self.counted or self.doc):
            raise PydanticCustomError("shape-selects", "shape-selects")
        return self


class TaskShape(Shape):
    """One task of a plan."""

    id: Slug
    title: Text
    kind: KindWord
    area: Text = ""
    section: Text = ""
    lead: Slugs = ()
    partners: Texts = ()
    owed_by: Annotated[Slugs, Field(alias="for")] = ()
    applies: Text = ""
    every: EveryWord = Every.ONCE
    regime: Slug = ""
    starts: Day | None = None
    due: DueForm | None = None
    due_basis: Annotated[Literal["stated", "inferred"], *_one_of("stated", "inferred")] = "stated"
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

    @model_validator(mode="after")
    def _repeats(self) -> Self:
        """A report that is never asked for again would be owed once and look complete."""
        if self.kind is Kind.RECURRING and self.every is Every.ONCE:
            raise PydanticCustomError("shape-every", "shape-every")
        if self.every is not Every.ONCE and self.kind not in _REPEATING:
            raise PydanticCustomError("shape-every-once", "shape-every-once", {"kind": str(self.kind)})
        if self.case and self.kind is not Kind.CONDITIONAL:
            raise PydanticCustomError("shape-case", "shape-case")
        return self


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

    @model_validator(mode="after")
    def _says(self) -> Self:
        if self.due is None and self.target is None and not self.added and not self.cancelled:
            raise PydanticCustomError("shape-amended", "shape-amended")
        if not self.document and self.basis is None:
            raise PydanticCustomError("shape-amended-document", "shape-amended-document")
        if self.recorded is not None and self.recorded < self.on:
            raise PydanticCustomError("shape-amended-recorded", "shape-amended-recorded")
        return self


class ClosedShape(Shape):
    """The entry that closes a plan."""

    on: Day
    document: Text = ""
    basis: BasisShape | None = None
    recorded: Day | None = None
    known_by: Day | None = None
    figures: dict[FigureWord, Count] = Field(default_factory=dict)
    digests: dict[Slug, Text] = Field(default_factory=dict)


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
    areas: dict[str, Text] = Field(default_factory=dict)
    regimes: dict[Slug, RegimeShape] = Field(default_factory=dict)
    table: Text = ""
    paper: PaperShape | None = None
    tasks: Any = ()
    amended: Any = ()

"""What files that are written by hand may hold, as pydantic models: the door for plans, units, documents and rules.

Every scalar comes in as text and is converted by tracker.read.values, so the same text means the same in every file.
Importing this module costs pydantic and the building of the models, so it is imported when the first such file is
read. Records that come by the hundred thousand (actuals) do not pass here.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainValidator,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from tracker.model.plan import Every, EvidenceWanted, Kind, Shift
from tracker.model.rule import Severity
from tracker.model.unit import FactValue
from tracker.model.values import Quantity, Span
from tracker.read.days import parse_day, parse_span
from tracker.read.near import refuse
from tracker.read.values import (
    FALSE,
    TRUE,
    Refusal,
    parse_count,
    parse_fact_name,
    parse_key,
    parse_quantity,
    parse_slug,
    parse_truth,
)

_SCALAR = WithJsonSchema({"type": ["string", "number", "boolean"]})
_SCALAR_OR_NULL = WithJsonSchema({"type": ["string", "number", "boolean", "null"]})


def refused(refusal: Refusal) -> PydanticCustomError:
    """A refusal in the form in which pydantic collects it with its place."""
    return PydanticCustomError(refusal.code, refusal.code, dict(refusal.args))


def _by(parse: Callable[[str], object]) -> PlainValidator:
    """Text that is not empty, converted by a function that may refuse it."""

    def convert(value: object) -> object:
        if not isinstance(value, str):
            raise PydanticCustomError("shape-text", "shape-text")
        if not value:
            raise PydanticCustomError("shape-empty", "shape-empty")
        result = parse(value)
        if isinstance(result, Refusal):
            raise refused(result)
        return result

    return PlainValidator(convert)


def _choice(words: type[StrEnum]) -> tuple[PlainValidator, WithJsonSchema]:
    known = tuple(str(word) for word in words)

    def parse(text: str) -> StrEnum | Refusal:
        return words(text) if text in known else refuse("shape-choice", text, known)

    return _by(parse), WithJsonSchema({"enum": list(known)})


def _listed(value: object) -> object:
    """One value stands for a list of one."""
    return [value] if isinstance(value, str) else value


def _fact(value: object) -> FactValue:
    """What is held true: a truth, or words; None where the value was left blank, which means not known."""
    if not isinstance(value, str):
        raise PydanticCustomError("shape-text", "shape-text")
    if value.casefold() in TRUE | FALSE:
        return value.casefold() in TRUE
    return value or None


Text = Annotated[str, _by(str.strip), _SCALAR]
Slug = Annotated[str, _by(parse_slug), _SCALAR]
Key = Annotated[str, _by(parse_key), _SCALAR]
FactName = Annotated[str, _by(parse_fact_name), _SCALAR]
Day = Annotated[date, _by(parse_day), _SCALAR]
Days = Annotated[Span, _by(parse_span), _SCALAR]
Amount = Annotated[Quantity, _by(parse_quantity), _SCALAR]
Count = Annotated[int, _by(parse_count), _SCALAR]
DayOfMonth = Annotated[int, _by(lambda text: parse_count(text, 31)), _SCALAR]
Truth = Annotated[bool, _by(parse_truth), _SCALAR]
Slugs = Annotated[tuple[Slug, ...], BeforeValidator(_listed)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_listed)]
KindWord = Annotated[Kind, *_choice(Kind)]
EveryWord = Annotated[Every, *_choice(Every)]
EvidenceWord = Annotated[EvidenceWanted, *_choice(EvidenceWanted)]
ShiftWord = Annotated[Shift, *_choice(Shift)]
SeverityWord = Annotated[Severity, *_choice(Severity)]


def _due_basis(text: str) -> str | Refusal:
    known = ("stated", "inferred")
    return text if text in known else refuse("shape-choice", text, known)


class Shape(BaseModel):
    """Keys that are known, and no others."""

    # Built when first used: a shape that stands inside another is then built with it, not twice.
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)


class BasisShape(Shape):
    """Stated in a section of the paper, or concluded from one."""

    stated: Text = ""
    inferred: Text = ""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if bool(self.stated) == bool(self.inferred):
            raise PydanticCustomError("shape-basis", "shape-basis")
        return self


class OpenedShape(Shape):
    """First day of a unit."""

    on: Day
    basis: Text = ""


class EndedShape(Shape):
    """Last day of a unit, and who took over."""

    on: Day
    successors: Slugs = ()
    basis: Text = ""


class FactShape(Shape):
    """What is held true of a unit."""

    value: Annotated[FactValue, PlainValidator(_fact), _SCALAR_OR_NULL]
    source: Text = ""
    review: Day | None = None
    counterpart: Slug = ""


class UnitShape(Shape):
    """One unit of plans/units.yaml."""

    id: Slug
    name: Text
    kind: Slug
    short: Text = ""
    code: Text = ""
    parent: Slug = ""
    serves: Slug = ""
    aliases: Texts = ()
    opened: OpenedShape | None = None
    closed: EndedShape | None = None
    facts: dict[FactName, FactShape] = {}


class CancelledShape(Shape):
    """When a task was dropped, and why."""

    on: Day
    reason: Text = ""


class MonthsShape(Shape):
    """A deadline so many months after a day."""

    months: Count
    after: Day


def _due_form(value: object) -> str:
    return "·months" if isinstance(value, dict) else "·day"


DueForm = Annotated[Annotated[MonthsShape, Tag("·months")] | Annotated[Days, Tag("·day")], Discriminator(_due_form)]


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
    due_basis: Annotated[Literal["stated", "inferred"], _by(_due_basis)] = "stated"
    grace: Count = 0
    target: Amount | None = None
    measure: Slug = ""
    evidence: EvidenceWord = EvidenceWanted.REQUIRED
    basis: BasisShape | None = None
    cancelled: CancelledShape | None = None
    continues: Text = ""

    @model_validator(mode="after")
    def _repeats(self) -> Self:
        """A report that is never asked for again would be owed once and look complete."""
        if self.kind is Kind.RECURRING and self.every is Every.ONCE:
            raise PydanticCustomError("shape-every", "shape-every")
        return self


class RegimeShape(Shape):
    """A reporting calendar."""

    cutoff_day: DayOfMonth = 0
    due_day: DayOfMonth = 0
    due_month: Count = 0
    shift: ShiftWord = Shift.NONE
    merge: Truth = False
    source: Text = ""


class ClosedShape(Shape):
    """The entry that closes a plan."""

    on: Day
    document: Text = ""
    basis: BasisShape | None = None


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
    closed: ClosedShape | None = None
    areas: dict[str, Text] = {}
    regimes: dict[Slug, RegimeShape] = {}
    table: Text = ""
    tasks: Any = ()


class CitationShape(Shape):
    """One place where a document is cited."""

    where: Annotated[Text, Field(alias="in")]
    date: Day | None = None
    title: Text = ""


class DocumentShape(Shape):
    """One document of plans/documents.yaml."""

    number: Text
    type: Text = ""
    issuer: Text = ""
    date: Day | None = None
    title: Text = ""
    cited: tuple[CitationShape, ...] = ()


class BothShape(Shape):
    """One text in the two languages that every message has."""

    vi: Text
    en: Text


class EscalateShape(Shape):
    """When a finding is worse than the rule says."""

    where: Text
    to: SeverityWord


class LimitationShape(Shape):
    """Sentences for the annual report, in its language."""

    one: Text
    many: Text = ""


class RuleShape(Shape):
    """One file of rules/."""

    title: BothShape
    on: Text
    scope: Text = ""
    where: Text
    severity: SeverityWord
    escalate: EscalateShape | None = None
    at: Text = ""
    message: BothShape
    why: BothShape
    fix: BothShape
    limitation: LimitationShape | None = None
    basis: Text = ""
    examples: Any = ()


def keys_of(shape: type[BaseModel]) -> tuple[str, ...]:
    """The keys that may be written, in the order in which they are documented."""
    return tuple(field.alias or name for name, field in shape.model_fields.items())


SHAPES: Mapping[str, type[Shape]] = {
    "units": UnitShape,
    "documents": DocumentShape,
    "plan": PlanShape,
    "task": TaskShape,
    "rule": RuleShape,
}
"""What one record of each kind may hold; editors are given these as JSON Schema."""

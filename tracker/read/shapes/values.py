"""What stands under single keys, and what every shape has in common.

Every scalar comes in as text and is converted by tracker.read.values, so the same text means the same in every file.
"""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetJsonSchemaHandler,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from tracker.model.cause import CauseKind
from tracker.model.plan import Every, EvidenceWanted, Existing, Kind, Shift
from tracker.model.rule import Severity
from tracker.model.unit import FactValue, How
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
    parse_phrase,
    parse_quantity,
    parse_share,
    parse_slug,
    parse_truth,
)


def written(kind: str) -> WithJsonSchema:
    """What is written here, in a word for tracker.read.forms: pydantic hands it on with the fields of each shape."""
    return WithJsonSchema({"type": "string", "kind": kind})


class Alone:
    """Says of a list that one value stands for a list of one."""

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """The list's own description, marked."""
        return {**handler(schema), "alone": True}



def refused(refusal: Refusal) -> PydanticCustomError:
    """A refusal in the form in which pydantic collects it with its place."""
    return PydanticCustomError(refusal.code, refusal.code, dict(refusal.args))


def by(parse: Callable[[str], object]) -> PlainValidator:
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


def choice(words: type[StrEnum]) -> tuple[PlainValidator, WithJsonSchema]:
    """One of the words of an enumeration, refused with what was probably meant."""
    known = tuple(str(word) for word in words)

    def parse(text: str) -> StrEnum | Refusal:
        return words(text) if text in known else refuse("shape-choice", text, known)

    return by(parse), WithJsonSchema({"type": "string", "enum": list(known)})


def listed(value: object) -> object:
    """One value stands for a list of one."""
    return [value] if isinstance(value, str) else value


def fact_value(value: object) -> FactValue:
    """What is held true: a truth, or words; None where the value was left blank, which means not known."""
    if not isinstance(value, str):
        raise PydanticCustomError("shape-text", "shape-text")
    if value.casefold() in TRUE | FALSE:
        return value.casefold() in TRUE
    return value or None


Text = Annotated[str, by(str.strip), written("text")]
Slug = Annotated[str, by(parse_slug), written("slug")]
Key = Annotated[str, by(parse_key), written("key")]
FactName = Annotated[str, by(parse_fact_name), written("fact-name")]
Day = Annotated[date, by(parse_day), written("day")]
Days = Annotated[Span, by(parse_span), written("span")]
Amount = Annotated[Quantity, by(parse_quantity), written("amount")]
Count = Annotated[int, by(parse_count), written("count")]
DayOfMonth = Annotated[int, by(lambda text: parse_count(text, 31)), written("day-of-month")]
Share = Annotated[int, by(parse_share), written("share")]
Truth = Annotated[bool, by(parse_truth), written("truth")]
Slugs = Annotated[tuple[Slug, ...], BeforeValidator(listed), Alone()]
Texts = Annotated[tuple[Text, ...], BeforeValidator(listed), Alone()]
Phrase = Annotated[str, by(parse_phrase), written("text")]
Phrases = Annotated[tuple[Phrase, ...], BeforeValidator(listed), Alone()]
KindWord = Annotated[Kind, *choice(Kind)]
EveryWord = Annotated[Every, *choice(Every)]
EvidenceWord = Annotated[EvidenceWanted, *choice(EvidenceWanted)]
ShiftWord = Annotated[Shift, *choice(Shift)]
SeverityWord = Annotated[Severity, *choice(Severity)]
ExistingWord = Annotated[Existing, *choice(Existing)]
CauseWord = Annotated[CauseKind, *choice(CauseKind)]
HowWord = Annotated[How, *choice(How)]


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


def keys_of(shape: type[BaseModel]) -> tuple[str, ...]:
    """The keys that may be written, in the order in which they are documented."""
    return tuple(field.alias or name for name, field in shape.model_fields.items())

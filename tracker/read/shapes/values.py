"""What stands under single keys, and what every shape has in common.

Every scalar comes in as text and is converted by tracker.read.values, so the same text means the same in every file.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from tracker.model.cause import CauseKind
from tracker.model.plan import Every, EvidenceWanted, Existing, Kind, Shift
from tracker.model.rule import Severity
from tracker.model.unit import FactValue, How
from tracker.model.values import Quantity, Span
from tracker.read.days import parse_day, parse_span
from tracker.read.near import refuse
from tracker.read.shapes.kinds import Alone, Shape, Told
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


def by(parse: Callable[[str], object], kind: str, words: tuple[str, ...] = ()) -> Told:
    """Text that is not empty, converted by a function that may refuse it; editors are told its kind, or its words."""

    def convert(value: object) -> object:
        if not isinstance(value, str):
            return Refusal("shape-text")
        return parse(value) if value else Refusal("shape-empty")

    return Told(convert, kind, words)


def choice(words: type[StrEnum]) -> Told:
    """One of the words of an enumeration, refused with what was probably meant."""
    return one_of({str(word): word for word in words})


def one_of(words: Mapping[str, object]) -> Told:
    """One of these words, and what it means; refused with what was probably meant."""
    known = tuple(words)

    def parse(text: str) -> object:
        return words[text] if text in words else refuse("shape-choice", text, known)

    return by(parse, "word", known)


def fact_value(value: object) -> FactValue | Refusal:
    """What is held true: a truth, or words; None where the value was left blank, which means not known."""
    if not isinstance(value, str):
        return Refusal("shape-text")
    if value.casefold() in TRUE | FALSE:
        return value.casefold() in TRUE
    return value or None


Text = Annotated[str, by(str.strip, "text")]
Slug = Annotated[str, by(parse_slug, "slug")]
Key = Annotated[str, by(parse_key, "key")]
FactName = Annotated[str, by(parse_fact_name, "fact-name")]
Day = Annotated[date, by(parse_day, "day")]
Days = Annotated[Span, by(parse_span, "span")]
Amount = Annotated[Quantity, by(parse_quantity, "amount")]
Count = Annotated[int, by(parse_count, "count")]
DayOfMonth = Annotated[int, by(lambda text: parse_count(text, 31), "day-of-month")]
Share = Annotated[int, by(parse_share, "share")]
Truth = Annotated[bool, by(parse_truth, "truth")]
Slugs = Annotated[tuple[Slug, ...], Alone(str)]
Texts = Annotated[tuple[Text, ...], Alone(str)]
Phrase = Annotated[str, by(parse_phrase, "text")]
Phrases = Annotated[tuple[Phrase, ...], Alone(str)]
KindWord = Annotated[Kind, choice(Kind)]
EveryWord = Annotated[Every, choice(Every)]
EvidenceWord = Annotated[EvidenceWanted, choice(EvidenceWanted)]
ShiftWord = Annotated[Shift, choice(Shift)]
SeverityWord = Annotated[Severity, choice(Severity)]
ExistingWord = Annotated[Existing, choice(Existing)]
CauseWord = Annotated[CauseKind, choice(CauseKind)]
HowWord = Annotated[How, choice(How)]


class BasisShape(Shape):
    """Stated in a section of the paper, or concluded from one."""

    stated: Text = ""
    inferred: Text = ""

    def _together(self) -> Refusal | None:
        if bool(self.stated) == bool(self.inferred):
            return Refusal("shape-basis")
        return None

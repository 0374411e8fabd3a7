"""Shape of a link between an entry that names no task and the task that an office put it to."""

from typing import Annotated, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from tracker.read.days import parse_period
from tracker.read.shapes.values import Day, Shape, Slug, Text, by, written
from tracker.read.values import Refusal, parse_count


def _period(text: str) -> str | Refusal:
    """One period: a link is for one obligation."""
    found = parse_period(text)
    if isinstance(found, Refusal):
        return found
    return found[0] if len(found) == 1 else Refusal("value-run", {"text": text, "first": found[0], "last": found[-1]})


PeriodWord = Annotated[str, by(_period), written("period")]
Score = Annotated[int, by(lambda text: parse_count(text, 100)), written("count")]


class LinkShape(Shape):
    """One entry under `links:`."""

    record: Slug
    task: Text = ""
    period: PeriodWord = ""
    case: Slug = ""
    unit: Slug = ""
    by: Slug
    on: Day
    score: Score | None = None
    withdraws: Text = ""
    reason: Text = ""

    @model_validator(mode="after")
    def _one(self) -> Self:
        if bool(self.task) == bool(self.withdraws) or (self.case and self.period):
            raise PydanticCustomError("shape-link", "shape-link")
        return self

"""Shapes of reporting regimes and of the working calendar."""

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from tracker.model.plan import Shift
from tracker.read.shapes.values import (
    Count,
    Day,
    DayOfMonth,
    EveryWord,
    Shape,
    ShiftWord,
    Slug,
    Text,
    Truth,
    by,
    written,
)
from tracker.read.values import Refusal


def _months(text: str) -> int | Refusal:
    known = [str(number) for number in range(-3, 13)]
    return int(text) if text in known else Refusal("value-months", {"text": text, "first": known[0], "last": known[-1]})


Months = Annotated[int, by(_months), written("months")]


class DueShape(Shape):
    """When a report is due on one level."""

    due_day: DayOfMonth | None = None
    due_month: Months | None = None
    working_days: Count | None = None
    source: Text = ""
    assumed: Truth | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if self.working_days is not None and (self.due_day is not None or self.due_month is not None):
            raise PydanticCustomError("shape-due-twice", "shape-due-twice")
        return self


class TimingShape(DueShape):
    """Window and due day of periods of one length."""

    cutoff_day: DayOfMonth | None = None
    cutoff_month: Months | None = None
    levels: dict[Slug, DueShape] = Field(default_factory=dict)


class RegimeShape(TimingShape):
    """A reporting calendar."""

    title: Text = ""
    lengths: dict[EveryWord, TimingShape] = Field(default_factory=dict)
    shift: ShiftWord = Shift.NONE
    merge: Truth = False


class DayOffShape(Shape):
    """Days on which offices work or do not, as announced."""

    on: Day | None = None
    first: Annotated[Day | None, Field(alias="from")] = None
    last: Annotated[Day | None, Field(alias="to")] = None
    works: Truth
    basis: Text

    @model_validator(mode="after")
    def _one(self) -> Self:
        run = self.first is not None and self.last is not None
        if (self.on is None) != run or (self.on is not None and (self.first or self.last)):
            raise PydanticCustomError("shape-days", "shape-days")
        if self.first and self.last and not 0 <= (self.last - self.first).days <= 60:
            raise PydanticCustomError("shape-days", "shape-days")
        return self

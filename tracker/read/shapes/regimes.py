"""Shapes of reporting regimes and of the working calendar."""

from collections.abc import Mapping
from typing import Annotated

from tracker.model.plan import Shift
from tracker.read.shapes.kinds import NONE, Called, Shape
from tracker.read.shapes.values import (
    Count,
    Day,
    DayOfMonth,
    EveryWord,
    ShiftWord,
    Slug,
    Text,
    Truth,
    by,
)
from tracker.read.values import Refusal


def _months(text: str) -> int | Refusal:
    known = [str(number) for number in range(-3, 13)]
    return int(text) if text in known else Refusal("value-months", {"text": text, "first": known[0], "last": known[-1]})


Months = Annotated[int, by(_months, "months")]


class DueShape(Shape):
    """When a report is due on one level."""

    due_day: DayOfMonth | None = None
    due_month: Months | None = None
    working_days: Count | None = None
    source: Text = ""
    assumed: Truth | None = None

    def _together(self) -> Refusal | None:
        if self.working_days is not None and (self.due_day is not None or self.due_month is not None):
            return Refusal("shape-due-twice")
        return None


class TimingShape(DueShape):
    """Window and due day of periods of one length."""

    cutoff_day: DayOfMonth | None = None
    cutoff_month: Months | None = None
    levels: Mapping[Slug, DueShape] = NONE


class RegimeShape(TimingShape):
    """A reporting calendar."""

    title: Text = ""
    lengths: Mapping[EveryWord, TimingShape] = NONE
    shift: ShiftWord = Shift.NONE
    merge: Truth = False


class DayOffShape(Shape):
    """Days on which offices work or do not, as announced."""

    on: Day | None = None
    first: Annotated[Day | None, Called("from")] = None
    last: Annotated[Day | None, Called("to")] = None
    works: Truth
    basis: Text

    def _together(self) -> Refusal | None:
        run = self.first is not None and self.last is not None
        if (self.on is None) != run or (self.on is not None and (self.first or self.last)):
            return Refusal("shape-days")
        if self.first and self.last and not 0 <= (self.last - self.first).days <= 60:
            return Refusal("shape-days")
        return None

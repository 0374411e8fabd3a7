"""Shape of a link between an entry that names no task and the task that an office put it to."""

from typing import Annotated

from tracker.read.days import parse_period
from tracker.read.shapes.kinds import Shape
from tracker.read.shapes.values import Day, Slug, Text, by
from tracker.read.values import Refusal, parse_count


def _period(text: str) -> str | Refusal:
    """One period: a link is for one obligation."""
    found = parse_period(text)
    if isinstance(found, Refusal):
        return found
    return found[0] if len(found) == 1 else Refusal("value-run", {"text": text, "first": found[0], "last": found[-1]})


PeriodWord = Annotated[str, by(_period, "period")]
Score = Annotated[int, by(lambda text: parse_count(text, 100), "count")]


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

    def _together(self) -> Refusal | None:
        if bool(self.task) == bool(self.withdraws) or (self.case and self.period):
            return Refusal("shape-link")
        return None

"""Shape of an indicator."""

from typing import Annotated

from tracker.model.indicator import Better
from tracker.read.shapes.kinds import Shape
from tracker.read.shapes.values import Amount, Slug, Slugs, Text, Truth, choice
from tracker.read.values import Refusal

BetterWord = Annotated[Better, choice(Better)]


class IndicatorShape(Shape):
    """One indicator of a file headed `indicators:`."""

    id: Slug
    title: Text
    population: Text = ""
    counted: Text = ""
    better: BetterWord = Better.NEITHER
    compare: Slugs = ()
    target: Amount | None = None
    cumulative: Truth = False
    numerator: Slug = ""
    denominator: Slug = ""
    parts: Slugs = ()
    difference: Slugs = ()
    inside: Slug = ""
    additive: Truth = False
    task: Text = ""
    named: Text = ""
    near: Slug = ""

    def _together(self) -> Refusal | None:
        """A quotient and a difference have two sides."""
        if bool(self.numerator) != bool(self.denominator):
            return Refusal("shape-quotient")
        if len(self.difference) not in {0, 2}:
            return Refusal("shape-difference")
        return None

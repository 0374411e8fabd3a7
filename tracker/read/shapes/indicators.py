"""Shape of an indicator."""

from typing import Annotated, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from tracker.model.indicator import Better
from tracker.read.shapes.values import Amount, Shape, Slug, Slugs, Text, Truth, choice

BetterWord = Annotated[Better, *choice(Better)]


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

    @model_validator(mode="after")
    def _pairs(self) -> Self:
        """A quotient and a difference have two sides."""
        if bool(self.numerator) != bool(self.denominator):
            raise PydanticCustomError("shape-quotient", "shape-quotient")
        if len(self.difference) not in {0, 2}:
            raise PydanticCustomError("shape-difference", "shape-difference")
        return self

"""What is measured, of whom, and what its readings are held against. A reading is a Figure that names its indicator."""

from enum import StrEnum
from typing import NamedTuple

from tracker.model.source import NOWHERE, Place
from tracker.model.values import Quantity


class Better(StrEnum):
    """Which way is good."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Indicator(NamedTuple):
    """A number that is read again and again: a rate, a count of persons, a gap between two rates."""

    id: str
    title: str
    population: str = ""
    """Who or what is counted, in words: hộ dân tộc thiểu số."""
    counted: str = ""
    """Unit of measure: %, hộ, người."""
    better: Better = Better.NEITHER
    compare: tuple[str, ...] = ()
    """Indicators that its value is held against, read for the same unit or for a territory above it."""
    target: Quantity | None = None
    cumulative: bool = False
    """Whether it counts from a fixed beginning, so that it never falls."""
    numerator: str = ""
    denominator: str = ""
    """Of a rate: the indicators that it is the quotient of."""
    parts: tuple[str, ...] = ()
    """Indicators whose values add up to its own."""
    difference: tuple[str, ...] = ()
    """Two indicators: it is the first minus the second."""
    inside: str = ""
    """Indicator of a larger whole of the same base, which it cannot exceed: communes with a doctor, with a station."""
    additive: bool = False
    """Whether the values of the units below a territory add up to that of the territory."""
    task: str = ""
    """Task whose records count the same thing."""
    named: str = ""
    """Where a report names it, whether or not it gives a value."""
    near: str = ""
    """Indicator beside which it is named there."""
    at: Place = NOWHERE

    @property
    def made_of(self) -> tuple[str, ...]:
        """The indicators that are read only to make or check this one."""
        return tuple(filter(None, (self.numerator, self.denominator, *self.parts)))

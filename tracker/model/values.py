"""Values as people write them: a number with its bound and unit, a day that may be known only roughly."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, assert_never

Number = int | Decimal


class Bound(StrEnum):
    """What the word before a number says of it (design 4.7)."""

    EXACT = "exact"
    OVER = "over"
    """trên, hơn: more than the number."""
    AT_LEAST = "at_least"
    """ít nhất, không dưới."""
    UNDER = "under"
    """gần, dưới: less than the number."""
    AT_MOST = "at_most"
    """tối đa, không quá."""
    ABOUT = "about"
    """khoảng: on either side."""


_FROM_BELOW = (Bound.EXACT, Bound.OVER, Bound.AT_LEAST)
_FROM_ABOVE = (Bound.EXACT, Bound.UNDER, Bound.AT_MOST)


class Quantity(NamedTuple):
    """A number with its bound and the thing counted: "trên 4.700 đại biểu"."""

    value: Number
    bound: Bound = Bound.EXACT
    unit: str = ""
    """What is counted, in the writer's words, NFC: "hội nghị", "%". Empty where none was written."""
    text: str = ""
    """As written."""

    def reaches(self, target: "Quantity") -> bool | None:
        """Whether this much is as much as the target asks for; None where the words do not tell.

        "trên 4.700" reaches 4.700 and is unknown against 4.800; "gần 4.152" does not reach 4.152 and is unknown
        against 4.000. Different units are never compared (design 4.7).
        """
        if self.unit and target.unit and self.unit.casefold() != target.unit.casefold():
            return None
        match self.bound:
            case Bound.EXACT:
                return self.value >= target.value
            case Bound.OVER | Bound.AT_LEAST:
                return True if self.value >= target.value else None
            case Bound.UNDER:
                return False if self.value <= target.value else None
            case Bound.AT_MOST:
                return False if self.value < target.value else None
            case Bound.ABOUT:
                return None
            case _ as never:
                assert_never(never)


def total_bound(bounds: "set[Bound]") -> Bound:
    """The bound of a sum: a sum of "trên" and exact figures is "trên"; mixed directions are only "khoảng"."""
    if bounds <= {Bound.EXACT}:
        return Bound.EXACT
    if bounds <= set(_FROM_BELOW):
        return Bound.OVER if Bound.OVER in bounds else Bound.AT_LEAST
    if bounds <= set(_FROM_ABOVE):
        return Bound.UNDER if Bound.UNDER in bounds else Bound.AT_MOST
    return Bound.ABOUT


class Span(NamedTuple):
    """The days something may have happened on: one day, or all days of a month, quarter or year; or those that it took.

    Both ends belong to it. A report that prints only "năm 2023" is known to that year and no better.
    """

    first: date
    last: date
    lasting: bool = False
    """Whether it took all of these days ("14–16/6/2023"), and was done on the last."""

    def __repr__(self) -> str:
        """As before there was `lasting`, where it is false: ids of entries are digests of what they say."""
        return f"Span(first={self.first!r}, last={self.last!r}{', lasting=True' if self.lasting else ''})"

    @property
    def done(self) -> date | None:
        """The day on which it was done; None where that is known only roughly."""
        return self.last if self.lasting or self.first == self.last else None

    @property
    def exact(self) -> bool:
        """Whether the day itself is known."""
        return self.first == self.last

"""Readings of indicators, found again by indicator, unit and time; and exact arithmetic on printed numbers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import NamedTuple

from tracker.model.actual import Figure
from tracker.model.indicator import Indicator
from tracker.model.unit import Unit
from tracker.model.values import Bound, Number, Quantity, Span
from tracker.rows.situation import Situation


class Readings(NamedTuple):
    """All readings, whoever is looked at."""

    indicators: Mapping[str, Indicator]
    latest: Mapping[tuple[str, str], Mapping[str, Figure]]
    """By indicator and unit: year to the last reading of that year, earliest year first."""
    all: Mapping[tuple[str, str], Sequence[Figure]]
    """By indicator and unit, by day."""
    above: Mapping[str, str]
    """Unit to the territory above it, or to the one that it serves."""
    shown: frozenset[str]
    """Units that are looked at."""

    def units(self, indicator: str) -> Iterator[str]:
        """The units that are looked at and have a reading of it, in the order of the files."""
        yield from (unit for id_, unit in self.latest if id_ == indicator and unit in self.shown)

    def year(self, indicator: str, unit: str, year: str) -> Figure | None:
        """The last reading of the year."""
        return self.latest.get((indicator, unit), {}).get(year)

    def at(self, indicator: str, unit: str, when: Span) -> Figure | None:
        """The reading of the same days: of the very same span if there is one, or else the last that meets it."""
        met = [one for one in self.all.get((indicator, unit), ()) if meets(one.when, when)]
        return next((one for one in reversed(met) if one.when == when), met[-1] if met else None)

    def upwards(self, unit: str) -> Iterator[str]:
        """The unit and the territories above it, each once."""
        seen: set[str] = set()
        while unit and unit not in seen:
            seen.add(unit)
            yield unit
            unit = self.above.get(unit, "")


def index_readings(situation: Situation) -> Readings:
    """The readings of a situation."""
    every: dict[tuple[str, str], list[Figure]] = {}
    for figure in situation.readings:
        every.setdefault((figure.indicator, figure.unit), []).append(figure)
    latest: dict[tuple[str, str], dict[str, Figure]] = {}
    for key, figures in every.items():
        figures.sort(key=lambda one: (one.when.last, one.when.first, one.recorded))
        latest[key] = {str(one.when.last.year): one for one in figures}
    return Readings(
        {one.id: one for one in situation.indicators},
        latest,
        every,
        {unit.id: unit.parent or unit.serves for unit in situation.everybody},
        frozenset(unit.id for unit in situation.units),
    )


def meets(one: Span, other: Span) -> bool:
    """Whether two spans have a day in common."""
    return one.first <= other.last and other.first <= one.last


def inside_sentence(title: str) -> str:
    """A title as it stands inside a sentence: its first letter small, unless an abbreviation begins there."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def is_rate(quantity: Quantity) -> bool:
    """Whether it is a share of a hundred."""
    return quantity.unit.startswith("%")


def same_unit(quantities: Iterable[Quantity]) -> bool:
    """Whether no two of them count different things; one that names none counts what the others do."""
    return len({one.unit.casefold() for one in quantities if one.unit}) <= 1


def exact(quantities: Iterable[Quantity]) -> bool:
    """Whether no word hides what the numbers are."""
    return all(one.bound is Bound.EXACT for one in quantities)


def decimals(value: Number) -> int:
    """How many digits are printed behind the comma."""
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0


def half_up(value: Fraction, places: int) -> Number:
    """Rounded half up to so many digits behind the comma, exactly."""
    scaled = floor(value * 10**places + Fraction(1, 2))
    return Decimal(scaled).scaleb(-places) if places else scaled


def quotient(over: Number, under: Number, places: int) -> Number | None:
    """One over the other, rounded half up; None where there is nothing to divide by."""
    return half_up(Fraction(over) / Fraction(under), places) if under else None


def minus(one: Quantity | None, other: Quantity | None) -> Number | None:
    """The exact difference; None where one is not known, a word hides it, or they count different things."""
    if one is None or other is None or not exact((one, other)) or not same_unit((one, other)):
        return None
    return one.value - other.value


def beside(found: Quantity, expected: Number | None) -> Number | None:
    """How far a printed number is from what it should be; 0 where its word allows that, None where nobody can tell."""
    if expected is None or found.bound is Bound.ABOUT:
        return None
    off = found.value - expected
    match found.bound:
        case Bound.OVER | Bound.AT_LEAST:
            allowed = off < 0 or (off == 0 and found.bound is Bound.AT_LEAST)
        case Bound.UNDER | Bound.AT_MOST:
            allowed = off > 0 or (off == 0 and found.bound is Bound.AT_MOST)
        case _:
            return off
    if allowed:
        return 0
    # "trên 95" of what is 95 exactly is wrong by less than any digit shows.
    return off or None


def beyond(part: Quantity, whole: Quantity) -> Number | None:
    """By how much a part is more than its whole; 0 where it is not, None where words hide it."""
    if not same_unit((part, whole)):
        return None
    most, least = highest(part), lowest(whole)
    if most is not None and least is not None and most <= least:
        return 0
    most, least = highest(whole), lowest(part)
    return least - most if most is not None and least is not None and least > most else None


def lowest(quantity: Quantity) -> Number | None:
    """The least that it can be; nothing that is counted is less than nothing."""
    match quantity.bound:
        case Bound.EXACT | Bound.OVER | Bound.AT_LEAST:
            return quantity.value
        case Bound.UNDER | Bound.AT_MOST:
            return 0
        case _:
            return None


def highest(quantity: Quantity) -> Number | None:
    """The most that it can be; a share of a hundred is no more than a hundred."""
    match quantity.bound:
        case Bound.EXACT | Bound.UNDER | Bound.AT_MOST:
            return quantity.value
        case Bound.OVER | Bound.AT_LEAST if is_rate(quantity) and quantity.value <= 100:
            return 100
        case _:
            return None


def children(unit: str, kind: str, everybody: Iterable[Unit], when: Span) -> list[str]:
    """The units of a kind directly below a territory, through all these days."""
    below = (one for one in everybody if one.parent == unit and one.kind == kind)
    return [one.id for one in below if one.exists_through(when.first, when.last)]

"""Rows of indicators with their latest readings, of what they are held against, and of who attended."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tracker.model.actual import Actual, Figure
from tracker.model.finding import Cell
from tracker.model.indicator import Better, Indicator
from tracker.model.table import Row
from tracker.model.values import Bound, Number, Quantity
from tracker.rows.readings import (
    Readings,
    exact,
    highest,
    index_readings,
    inside_sentence,
    is_rate,
    lowest,
    minus,
    quotient,
    same_unit,
)
from tracker.rows.situation import Situation


def indicators(situation: Situation) -> Iterator[Row]:
    """One row per indicator and unit that has a reading; one row for an indicator that nobody read."""
    readings = index_readings(situation)
    basis = {part: one.id for one in situation.indicators for part in one.made_of}
    read = {id_ for id_, _ in readings.latest}
    for one in situation.indicators:
        common = _common(one, readings, basis.get(one.id))
        if one.id not in read:
            yield Row({**common, **_UNREAD, "missing": bool(one.named)}, one.at)
        for unit in readings.units(one.id):
            years = readings.latest[one.id, unit]
            year, figure = list(years.items())[-1]
            cells = {**common, **_read(one, figure), "missing": False, "unit": unit, "year": year}
            cells |= _earlier(years)
            cells["counts_missing"] = counts_missing(one, unit, year, readings)
            yield Row(cells, figure.places.get("quantity", figure.at), figure.places)


def _common(one: Indicator, readings: Readings, basis: str | None) -> dict[str, Cell]:
    near = readings.indicators.get(one.near)
    return {
        "indicator": one.id,
        "title": one.title,
        "name": inside_sentence(one.title),
        "population": one.population or None,
        "better": one.better,
        "named": one.named or None,
        "near_title": near.title if near else None,
        "basis_of": basis,
        "target": one.target.value if one.target else None,
        "target_written": one.target.text if one.target else None,
    }


_UNREAD: dict[str, Cell] = {
    "unit": None, "year": None, "date": None, "value": None, "written": None, "bound": None, "counted": None,
    "readings": 0, "exact_day": False, "has_before": False, "year_before": None, "value_before": None,
    "counts_missing": False, "reached": None, "shortfall": None, "source": None,
}  # fmt: skip


def _read(one: Indicator, figure: Figure) -> dict[str, Cell]:
    quantity = figure.quantity
    falls_short = is_rate(quantity) and one.better is Better.HIGHER
    return {
        "date": figure.when.last,
        "value": quantity.value,
        "written": quantity.text,
        "bound": quantity.bound,
        "counted": quantity.unit or one.counted or None,
        "exact_day": figure.when.exact,
        "reached": _reached(one, quantity),
        "shortfall": 100 - quantity.value if falls_short else None,
        "source": figure.source or None,
    }


def _earlier(years: Mapping[str, Figure]) -> dict[str, Cell]:
    """What the year before says that has a reading."""
    before = list(years.items())[-2:-1]
    return {
        "readings": len(years),
        "has_before": bool(before),
        "year_before": before[0][0] if before else None,
        "value_before": before[0][1].quantity.value if before else None,
    }


def _reached(one: Indicator, quantity: Quantity) -> bool | None:
    """Whether the target was reached; where lower is better, by not being above it."""
    target = one.target
    if target is None or not same_unit((target, quantity)):
        return None
    if one.better is not Better.LOWER:
        return quantity.reaches(target)
    most, least = highest(quantity), lowest(quantity)
    if most is not None and most <= target.value:
        return True
    return False if least is not None and least > target.value else None


def counts_missing(one: Indicator, unit: str, year: str, readings: Readings) -> bool:
    """Whether numerator or denominator of the year are not known, though both of another year are."""
    if not one.numerator:
        return False
    sides = [set(readings.latest.get((side, unit), ())) for side in (one.numerator, one.denominator)]
    both = sides[0] & sides[1]
    return bool(both) and year not in both


class _Side(NamedTuple):
    """What is held against what, of one year."""

    value: Quantity
    other: Quantity | None
    other_unit: str | None
    numerator: Quantity | None
    denominator: Quantity | None
    figure: Figure


def comparisons(situation: Situation) -> Iterator[Row]:
    """One row per indicator, comparator, unit and year."""
    readings = index_readings(situation)
    for one in situation.indicators:
        for comparator in filter(None, map(readings.indicators.get, one.compare)):
            for unit in readings.units(one.id):
                years = list(readings.latest[one.id, unit])
                sides = [_side(one, comparator, unit, year, readings) for year in years]
                for number, side in enumerate(sides):
                    before = (years[number - 1], sides[number - 1]) if number else None
                    cells: dict[str, Cell] = {
                        "unit": unit,
                        "latest": number == len(years) - 1,
                        "numerator_missing": counts_missing(one, unit, years[number], readings),
                        **_compared(one, comparator),
                        **_now(years[number], side),
                        **_before(before, side),
                    }
                    yield Row(cells, side.figure.places.get("quantity", side.figure.at), side.figure.places)


def _side(one: Indicator, comparator: Indicator, unit: str, year: str, readings: Readings) -> _Side:
    """The reading of a year beside the comparator's: of the same unit, or of the next territory above that has one."""
    figure = readings.latest[one.id, unit][year]
    places = [place for place in readings.upwards(unit) if comparator.id != one.id or place != unit]
    against = next((place for place in places if readings.year(comparator.id, place, year)), None)
    other = readings.year(comparator.id, against, year) if against else None
    numerator, denominator = (readings.year(side, unit, year) for side in (one.numerator, one.denominator))
    return _Side(
        figure.quantity,
        other.quantity if other else None,
        against,
        numerator.quantity if numerator else None,
        denominator.quantity if denominator else None,
        figure,
    )


def _compared(one: Indicator, comparator: Indicator) -> dict[str, Cell]:
    return {
        "indicator": one.id,
        "title": one.title,
        "name": inside_sentence(one.title),
        "population": one.population or None,
        "comparator": comparator.id,
        "other_title": comparator.title,
        "other_name": inside_sentence(comparator.title),
        "better": one.better,
    }


def _now(year: str, side: _Side) -> dict[str, Cell]:
    numerator, denominator = side.numerator, side.denominator
    gap = minus(side.value, side.other)
    return {
        "year": year,
        "value": side.value.value,
        "written": side.value.text,
        "bound": side.value.bound,
        "counted": side.value.unit or None,
        "other": side.other.value if side.other else None,
        "other_written": side.other.text if side.other else None,
        "other_unit": side.other_unit,
        "gap": gap,
        "distance": max(gap, -gap) if gap is not None else None,
        "points": is_rate(side.value),
        "ratio": _ratio(side),
        "numerator": numerator.value if numerator else None,
        "denominator": denominator.value if denominator else None,
        "numerator_unit": next((q.unit for q in (denominator, numerator) if q and q.unit), None),
        "source": side.figure.source or None,
    }


_COPIED = ("value", "written", "other", "other_written", "gap", "ratio", "numerator", "denominator", "numerator_unit")


def _before(before: tuple[str, _Side] | None, side: _Side) -> dict[str, Cell]:
    """The same of the year before that has a reading, and what changed since."""
    if before is None:
        blank: dict[str, Cell] = {f"{name}_before": None for name in _COPIED}
        return {**blank, "year_before": None, "gap_fall": None, "ratio_fall": None}
    year, earlier = before
    cells = _now(year, earlier)
    fell: dict[str, Cell] = {f"{name}_before": cells[name] for name in _COPIED}
    gaps = (minus(earlier.value, earlier.other), minus(side.value, side.other))
    return {
        **fell,
        "year_before": year,
        "gap_fall": _fall(*gaps),
        "ratio_fall": _fall(_ratio(earlier), _ratio(side)),
    }


def _fall(before: Number | None, now: Number | None) -> Number | None:
    return before - now if before is not None and now is not None else None


def _ratio(side: _Side) -> Number | None:
    if side.other is None or not exact((side.value, side.other)) or not same_unit((side.value, side.other)):
        return None
    return quotient(side.value.value, side.other.value, 2)


def audiences(situation: Situation) -> Iterator[Row]:
    """One row per task that is for the people of an indicator, and unit that recorded people for it."""
    asked = {task.id: (plan, task) for plan in situation.plans for task in plan.tasks if task.audience}
    if not asked:
        return
    readings = index_readings(situation)
    recorded: dict[tuple[str, str], list[tuple[Actual, Quantity]]] = {}
    for actual in situation.deeds():
        if actual.task in asked and actual.people is not None:
            recorded.setdefault((actual.task, actual.unit), []).append((actual, actual.people))
    for (key, unit), found in recorded.items():
        plan, task = asked[key]
        indicator = readings.indicators.get(task.audience)
        if indicator is None:
            continue
        population = _population(indicator.id, unit, readings)
        people = [quantity for _, quantity in found]
        least = sum(low for one in people if (low := lowest(one)) is not None)
        most = highest(population) if population and population.bound is not Bound.ABOUT else None
        cells: dict[str, Cell] = {
            "plan": plan.id,
            "task": key,
            "title": task.title,
            "unit": unit,
            "audience": indicator.id,
            "name": inside_sentence(indicator.title),
            "people": sum((one.value for one in people), start=0),
            "written": "; ".join(one.text for one in people),
            "population": population.value if population else None,
            "population_written": population.text if population else None,
            "certain": most is not None and least > most,
        }
        first = found[0][0]
        yield Row(cells, first.places.get("people", first.at), first.places)


def _population(indicator: str, unit: str, readings: Readings) -> Quantity | None:
    """The latest reading for the unit, or for the next territory above that has one."""
    for place in readings.upwards(unit):
        years = readings.latest.get((indicator, place))
        if years:
            return list(years.values())[-1].quantity
    return None

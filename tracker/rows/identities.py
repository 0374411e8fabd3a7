"""Rows of numbers that others must agree with: sums, quotients, differences, parts inside wholes, the same twice."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from tracker.model.actual import Figure
from tracker.model.finding import Cell
from tracker.model.indicator import Indicator
from tracker.model.table import Row
from tracker.model.values import Number, Quantity
from tracker.periods import whole
from tracker.rows.figures import sums
from tracker.rows.readings import (
    Readings,
    beside,
    beyond,
    children,
    decimals,
    exact,
    half_up,
    index_readings,
    inside_sentence,
    is_rate,
    meets,
    same_unit,
)
from tracker.rows.situation import Situation


class _Held(NamedTuple):
    """What a reading is held against."""

    kind: str
    right: str
    """As written."""
    expected: Number | None = None
    complete: bool = False
    difference: Number | None = None
    instead: Quantity | None = None
    """The number that is held, where it is not the reading itself."""


def identities(situation: Situation) -> Iterator[Row]:
    """One row per number that others must agree with, by reading and then by what it is held against."""
    readings = index_readings(situation)
    for one in situation.indicators:
        for unit in readings.units(one.id):
            seen: list[Figure] = []
            for figure in readings.all[one.id, unit]:
                for held in _all(one, figure, seen, readings, situation):
                    yield _row(one, figure, held)
                seen.append(figure)
    for row in sums(situation):
        yield Row(_of_parts(row), row.at, row.places)


def _all(
    one: Indicator, figure: Figure, seen: Sequence[Figure], readings: Readings, situation: Situation,
) -> Iterator[_Held]:
    unit, when = figure.unit, figure.when

    def read(names: Sequence[str]) -> list[Quantity]:
        found = (readings.at(name, unit, when) for name in names)
        return [reading.quantity for reading in found if reading is not None]

    if one.parts:
        yield _sum("sum", figure.quantity, read(one.parts), len(one.parts))
    if one.numerator:
        yield from _ratio(figure.quantity, read((one.numerator, one.denominator)))
    if one.difference:
        yield _gap(figure.quantity, read(one.difference))
    if one.inside:
        yield _within("inside", figure.quantity, read((one.inside,)))
    twin = next((other for other in seen if other.when == when), None)
    if twin is not None:
        yield _same(figure.quantity, twin.quantity)
    earlier = next((other for other in reversed(seen) if other.when.last < when.first), None)
    if one.cumulative and earlier is not None:
        held = _within("cumulative", earlier.quantity, [figure.quantity])
        yield held._replace(right=f"≥ {earlier.quantity.text}", expected=earlier.quantity.value)
    if one.task:
        yield _record(one, figure, situation)
    if one.additive:
        yield from _below(one, figure, readings, situation)


def _sum(kind: str, found: Quantity, parts: Sequence[Quantity], wanted: int) -> _Held:
    """Parts of different units are never added, and a sum with "trên" or "gần" in it proves nothing (design 4.7)."""
    complete = len(parts) == wanted > 0
    sound = complete and exact(parts) and same_unit((found, *parts))
    total: Number | None = sum((part.value for part in parts), start=0) if sound else None
    return _Held(kind, " + ".join(part.text for part in parts), total, complete, beside(found, total))


def _ratio(found: Quantity, sides: Sequence[Quantity]) -> Iterator[_Held]:
    """The quotient to as many digits as are printed, and numerator within denominator."""
    right = " / ".join(side.text for side in sides)
    if len(sides) < 2:
        yield _Held("ratio", right)
        return
    expected = None
    if exact(sides) and same_unit(sides) and sides[1].value:
        share = Fraction(sides[0].value) / Fraction(sides[1].value) * (100 if is_rate(found) else 1)
        expected = half_up(share, decimals(found.value))
    yield _Held("ratio", right, expected, complete=True, difference=beside(found, expected))
    numerator, denominator = sides
    yield _Held("share", f"≤ {denominator.text}", denominator.value, True, beyond(numerator, denominator), numerator)


def _gap(found: Quantity, sides: Sequence[Quantity]) -> _Held:
    """Two rates differ by points; the paper may print them with "%"."""
    complete = len(sides) == 2
    sound = complete and exact(sides) and same_unit(sides)
    expected = sides[0].value - sides[1].value if sound else None
    return _Held("gap", " − ".join(side.text for side in sides), expected, complete, beside(found, expected))


def _within(kind: str, found: Quantity, wholes: Sequence[Quantity]) -> _Held:
    if not wholes:
        return _Held(kind, "")
    (larger,) = wholes
    return _Held(kind, f"≤ {larger.text}", larger.value, complete=True, difference=beyond(found, larger))


def _same(found: Quantity, other: Quantity) -> _Held:
    """The same number in two places; "gần 1.500" twice is the same number too."""
    if found._replace(text="", unit="") == other._replace(text="", unit="") and same_unit((found, other)):
        return _Held("same", other.text, other.value, complete=True, difference=0)
    return _sum("same", found, [other], 1)


def _record(one: Indicator, figure: Figure, situation: Situation) -> _Held:
    """The records of the task in the same days, added up."""
    records = [
        actual.quantity
        for actual in situation.deeds()
        if actual.task == one.task and actual.unit == figure.unit
        and actual.quantity is not None and meets(actual.when, figure.when)
    ]  # fmt: skip
    return _sum("record", figure.quantity, records, len(records))


def _below(one: Indicator, figure: Figure, readings: Readings, situation: Situation) -> Iterator[_Held]:
    """The units directly below, of each kind that has readings."""
    read = {unit for id_, unit in readings.all if id_ == one.id}
    kinds = {unit.kind for unit in situation.everybody if unit.parent == figure.unit and unit.id in read}
    for kind in sorted(kinds):
        below = children(figure.unit, kind, situation.everybody, figure.when)
        found = [reading for unit in below if (reading := readings.at(one.id, unit, figure.when))]
        if found:
            yield _sum("units", figure.quantity, [reading.quantity for reading in found], len(below))


def _row(one: Indicator, figure: Figure, held: _Held) -> Row:
    quantity = held.instead or figure.quantity
    cells: dict[str, Cell] = {
        "kind": held.kind,
        "indicator": one.id,
        "title": one.title,
        "about": inside_sentence(one.title),
        "unit": figure.unit,
        "period": whole(figure.when).id if not figure.when.exact else figure.when.first.isoformat(),
        "name": figure.id,
        "written": quantity.text,
        "right": held.right,
        "found": quantity.value,
        "expected": held.expected,
        "complete": held.complete,
        "difference": held.difference if held.complete else None,
        "source": figure.source or None,
    }
    return Row(cells, figure.places.get("quantity", figure.at), figure.places)


def _of_parts(row: Row) -> dict[str, Cell]:
    """A row of `sums` in the words of this table."""
    cells = row.cells
    return {
        "kind": "parts",
        "indicator": None,
        "title": cells["name"],
        "about": cells["name"],
        "unit": cells["unit"],
        "period": None,
        "name": cells["name"],
        "written": str(cells["total"]),
        "right": str(cells["parts"] if cells["parts"] is not None else ""),
        "found": cells["total"],
        "expected": cells["parts"],
        "complete": True,
        "difference": cells["difference"],
        "source": cells["source"],
    }

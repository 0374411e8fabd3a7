"""Rows of the numbers that records print, and of those that are said to be made of parts."""

from collections.abc import Iterator, Sequence

from tracker.model.actual import Actual, Figure
from tracker.model.finding import Cell
from tracker.model.table import Row
from tracker.model.values import Bound, Number, Quantity, total_bound
from tracker.rows.situation import Situation


def figures(situation: Situation) -> Iterator[Row]:
    """One row per number that the records print."""
    for actual in situation.deeds():
        for key, quantity in (("quantity", actual.quantity), ("people", actual.people)):
            if quantity is not None:
                yield _figure(actual, key, quantity, _carrier(actual, key), actual.task or None)
    for figure in situation.figures:
        yield _figure(figure, "quantity", figure.quantity, figure.id, None)


def _carrier(actual: Actual, key: str) -> str:
    return "/".join(filter(None, (actual.task or "-", actual.period, actual.id or actual.doc, key)))


def _figure(record: Actual | Figure, key: str, quantity: Quantity, name: str, task: str | None) -> Row:
    cells: dict[str, Cell] = {
        "unit": record.unit,
        "task": task,
        "name": name,
        "written": quantity.text,
        "value": quantity.value,
        "bound": quantity.bound,
        "counted": quantity.unit or None,
        "round": quantity.value < 100 or quantity.value % 10 == 0,
        "source": record.source or None,
    }
    # One record has several figures: the row stands where its own is written, whatever key a rule points at.
    return Row(cells, record.places.get(key, record.at))


def sums(situation: Situation) -> Iterator[Row]:
    """One row per number that is said to be made of parts."""
    for actual in situation.deeds():
        if actual.parts and actual.quantity is not None:
            yield _sum(actual, actual.quantity, actual.parts, _carrier(actual, "parts"))
    for figure in situation.figures:
        if figure.parts:
            yield _sum(figure, figure.quantity, figure.parts, figure.id)


def _sum(record: Actual | Figure, whole: Quantity, parts: Sequence[Quantity], name: str) -> Row:
    """Parts of different units are never added, and a sum with "trên" or "gần" in it proves nothing (design 4.7)."""
    of_one_kind = len({quantity.unit.casefold() for quantity in (whole, *parts) if quantity.unit}) <= 1
    total: Number | None = sum((part.value for part in parts), start=0) if of_one_kind else None
    exact = total_bound({quantity.bound for quantity in (whole, *parts)}) is Bound.EXACT
    cells: dict[str, Cell] = {
        "unit": record.unit,
        "name": name,
        "total": whole.value,
        "parts": total,
        "difference": whole.value - total if total is not None and exact else None,
        "source": record.source or None,
    }
    return Row(cells, record.places.get("parts", record.at), record.places)

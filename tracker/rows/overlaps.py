"""Rows of results that may count the same thing twice: pairs within one task, or of two tasks for one audience.

Neighbours are paired, never all with all: the work grows with the number of tasks and records.
"""

from collections.abc import Iterator
from itertools import pairwise

from tracker.model.actual import Actual
from tracker.model.finding import Cell
from tracker.model.standing import Standing
from tracker.model.table import Row
from tracker.rows.situation import Situation

WHOLE = "toan-tinh"
"""The level that holds the others: what the whole province did, its own bodies and its districts included."""


def overlaps(situation: Situation) -> Iterator[Row]:
    """Pairs of levels first, pairs of sections after them."""
    levels: dict[tuple[str, str], dict[str, tuple[Standing, Actual]]] = {}
    sections: dict[tuple[str, str, str, str], dict[str, Standing]] = {}
    for standing in situation.standings:
        obligation = standing.obligation
        task = obligation.task
        for actual in standing.actuals:
            if actual.level and actual.quantity is not None:
                key = (task.id, actual.quantity.unit.casefold())
                levels.setdefault(key, {}).setdefault(actual.level, (standing, actual))
        if task.audience and task.measure and standing.actuals:
            same = sections.setdefault((task.plan, task.measure, task.audience, obligation.unit.id), {})
            same.setdefault(task.section, standing)
    for found in levels.values():
        if WHOLE in found:
            yield from (_row(found[WHOLE], other, "level") for level, other in found.items() if level != WHOLE)
    for same in sections.values():
        for one, other in pairwise(same.values()):
            yield _row((one, one.actuals[0]), (other, other.actuals[0]), "section")


def _row(one: tuple[Standing, Actual], other: tuple[Standing, Actual], why: str) -> Row:
    (first, told), (second, again) = one, other
    task, beside = first.obligation.task, second.obligation.task
    cells: dict[str, Cell] = {
        "plan": task.plan,
        "task": task.id,
        "title": task.title,
        "unit": told.unit,
        "first": _said(told, task.section),
        "other": beside.id,
        "other_title": beside.title,
        "other_unit": again.unit,
        "second": _said(again, beside.section),
        "why": why,
    }
    return Row(cells, told.at, told.places)


def _said(actual: Actual, section: str) -> str:
    """A record by its number: of things, or of people; by the section that speaks of it where it has neither."""
    number = actual.quantity or actual.people
    return number.text if number else section

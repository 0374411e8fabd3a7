"""Counts and rates that are no deeds, in a paragraph of the area whose section they were taken from."""

import re
from collections.abc import Iterator, Sequence

from tracker.draft.matter import Matter
from tracker.draft.pen import Said, block, joined, resting, said
from tracker.model.actual import Actual, Figure
from tracker.model.paper import Block, Ground, Role
from tracker.model.values import Quantity

_SECTION = re.compile(r"[^(,;]+")


def figures(area: str, *, first: bool, matter: Matter) -> Iterator[Block]:
    """The figures of an area, of the days that the paper is about, without those that only repeat a record.

    Those of no area stand under the first.

    A figure belongs to the area of the tasks that the paper speaks of in the same section: `source: "I.3 (F088)"`.
    """
    sections = {task.section: task.area for task in reversed(matter.plan.tasks) if task.section}
    over, told = matter.over, {_same(actual, actual.quantity) for actual in matter.project.actuals if actual.quantity}
    found = []
    for one in matter.project.figures:
        of = sections.get(_section(one))
        here = of == area if of is not None and of in matter.plan.areas else first
        # A figure of a year is not that of one of its quarters.
        fits = over.first <= one.when.first and one.when.last <= over.last and one.when.first <= matter.report.as_of
        if here and fits and one.unit in matter.units and _same(one, one.quantity) not in told:
            found.append(one)
    if found:
        yield block(f"I.{area or '-'}/figures", Role.TEXT, _paragraph(found, matter))


def _section(one: Actual | Figure) -> str:
    """Of what a record or figure was taken from, the first section."""
    found = _SECTION.match(one.source)
    return found[0].strip() if found else ""


def _same(one: Actual | Figure, quantity: Quantity) -> tuple[object, ...]:
    """What a deed and a figure have in common where one repeats the other: the sentence on the deed has it already."""
    return (one.unit, one.when, one.level, _section(one), quantity.value, quantity.bound, quantity.unit.casefold())


def _paragraph(found: Sequence[Figure], matter: Matter) -> Said:
    return matter.pen("annual.figures.text", figures=joined((_one(figure, matter) for figure in found), "; "))


def _one(figure: Figure, matter: Matter) -> Said:
    pen = matter.pen
    title = figure.title
    if title[1:2].islower():
        title = title[:1].lower() + title[1:]
    amount = pen.amount(figure.quantity, "quantity")
    if figure.parts:
        parts = joined(pen.amount(part, "part") for part in figure.parts)
        amount = pen("annual.record.parts", amount=amount, parts=parts)
    ground = Ground(f"figure:{figure.unit}:{figure.id}", (figure.at,))
    return resting([ground]) + pen("annual.figures.one", title=said(title, "title"), amount=amount)

"""What the project knows that a text can be compared with, gathered once for a year."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tracker.model.document import Document
from tracker.model.plan import Plan
from tracker.model.project import Project
from tracker.model.unit import Unit
from tracker.model.values import Quantity, total_bound
from tracker.proofread.citations import normal

_COUNTED = {
    "huyen": ("huyện", "thành phố", "đơn vị", "địa phương"),
    "xa": ("xã", "phường"),
    "phong-dan-toc": ("phòng",),
    "ban-dan-van": ("ban",),
}
"""By what words the units of a kind are counted in a report."""


class Known(NamedTuple):
    """A figure of the project, and of what."""

    quantity: Quantity
    where: str
    """File and line that hold it."""


class Facts(NamedTuple):
    """The data of one year."""

    year: int
    documents: Mapping[str, Document]
    """By number in one way of writing."""
    units: Sequence[Unit]
    """Those that existed at some time of the year, in official order."""
    figures: Sequence[Known] = ()
    plan: Plan | None = None
    programme: Plan | None = None


def gather(project: Project, plan: Plan | None, year: int) -> Facts:
    """All that is known for the year, with the plan that the text reports on."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    documents = {normal(one.number): one for one in project.documents}
    for one in project.plans:
        documents.setdefault(normal(one.id), Document(one.id, issued=one.issued, title=one.title, at=one.at))
    units = [unit for unit in project.units if unit.exists_during(first, last)]
    programme = next((one for one in project.plans if plan is not None and one.id == plan.under), None)
    return Facts(year, documents, units, tuple(_figures(project, units, first, last)), plan, programme)


def _figures(project: Project, units: Sequence[Unit], first: date, last: date) -> Iterator[Known]:
    totals: dict[tuple[str, ...], Known] = {}
    for actual in project.actuals:
        if actual.when.last < first or last < actual.when.first:
            continue
        where = f"{actual.at.file}:{actual.at.line}"
        for quantity in (actual.quantity, actual.people, *actual.parts):
            if quantity is not None:
                yield Known(quantity, where)
        for name, quantity in (("quantity", actual.quantity), ("people", actual.people)):
            if quantity is None:
                continue
            for key in (
                (actual.task, name, quantity.unit, actual.level),
                (actual.unit, actual.task, name, quantity.unit),
            ):
                before = totals.get(key)
                bound = total_bound({quantity.bound, before.quantity.bound} if before else {quantity.bound})
                total = quantity.value + (before.quantity.value if before else 0)
                totals[key] = Known(Quantity(total, bound, quantity.unit, quantity.text if not before else ""), where)
    yield from totals.values()
    for figure in project.figures:
        if (first <= figure.when.last and figure.when.first <= last) or figure.when.last.year == first.year - 1:
            for quantity in (figure.quantity, *figure.parts):
                yield Known(quantity, f"{figure.at.file}:{figure.at.line}")
    for indicator in project.indicators:
        if indicator.target is not None:
            yield Known(indicator.target, f"{indicator.at.file}:{indicator.at.line}")
    for plan in project.plans:
        for task in plan.tasks:
            if task.target is not None and plan.period.first <= last and first <= plan.period.last:
                yield Known(task.target, f"{task.at.file}:{task.at.line}")
    kinds: dict[str, int] = {}
    for unit in units:
        if unit.exists_through(first, last):
            kinds[unit.kind] = kinds.get(unit.kind, 0) + 1
    for kind, count in kinds.items():
        yield from (Known(Quantity(count, unit=word), "plans/units.yaml:1") for word in _COUNTED.get(kind, ()))

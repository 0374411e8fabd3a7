"""How much a project owes, told from its plans and units before a record is read: what decides which path it takes."""

from collections import Counter
from importlib.util import find_spec

from tracker.model.plan import Every
from tracker.read.found import Found

PLAIN, GRID, AUTO = "plain", "grid", "auto"
ENGINES = (AUTO, PLAIN, GRID)
MANY = 30_000
"""Obligations from which on columns pay for the import of their libraries."""
_A_YEAR = {
    Every.DAY: 365, Every.WEEK: 52, Every.MONTH: 12, Every.QUARTER: 4, Every.HALF: 2, Every.YEAR: 1,
}  # fmt: skip
"""How many periods of a length a year has, about."""


def by_columns(found: Found, grid: str) -> bool:
    """Whether large tables are kept by columns; never without the libraries."""
    if grid == PLAIN or any(find_spec(name) is None for name in ("numpy", "polars")):
        return False
    return grid == GRID or about(found) >= MANY


def about(found: Found) -> int:
    """Roughly how many obligations the plans make."""
    kinds = Counter(unit.kind for unit in found.units)
    groups = {group.id: len(group.members) for group in found.groups}
    total = 0
    for plan in found.plans:
        years = max(1, plan.period.last.year - plan.period.first.year + 1)
        for task in plan.tasks:
            units = sum(kinds.get(name, groups.get(name, 1)) for name in task.owed_by)
            total += units * (years * _A_YEAR[task.every] if task.every in _A_YEAR else 1)
    return total


def unfold(found: Found) -> None:
    """Make objects of records that were kept by columns: something names single ones of them by what they say."""
    from tracker.read.columnar import unfolded

    found.actuals = sorted((*found.actuals, *unfolded(found.bulk)), key=lambda one: one.at)
    found.bulk = []

"""Rows of the areas of plans, and of tasks that list what is to be covered."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from tracker.model.finding import Cell
from tracker.model.plan import Plan
from tracker.model.standing import Standing, Window
from tracker.model.table import Row
from tracker.rows.situation import Situation

_IN_TIME = frozenset({Window.WAITING, Window.FUTURE, Window.OPEN, Window.DUE_SOON, Window.GRACE})


def areas(situation: Situation) -> Iterator[Row]:
    """One row per area of a plan that has areas."""
    if not situation.whole or not any(plan.areas for plan in situation.plans):
        return
    recorded, quantified = set(), set()
    for standing in situation.standings:
        for actual in standing.actuals:
            recorded.add(standing.obligation.task.id)
            if actual.quantity is not None or actual.people is not None:
                quantified.add(standing.obligation.task.id)
    for plan in situation.plans:
        then = situation.next.get(plan.id, ())
        kept = {id_ for later in then for task in later.tasks for id_ in (task.continues, task.carried_from)}
        for area, heading in plan.areas.items():
            own = [task.id for task in plan.tasks if task.area == area]
            cells: dict[str, Cell] = {
                "plan": plan.id,
                "area": area,
                "heading": heading,
                "tasks": len(own),
                "recorded": sum(id_ in recorded for id_ in own),
                "quantified": sum(id_ in quantified for id_ in own),
                "ended": _ended(plan, situation),
                "next": ", ".join(later.id for later in then) or None,
                "continued": sum(id_ in kept for id_ in own) if then else None,
            }
            yield Row(cells, plan.at)


def _ended(plan: Plan, situation: Situation) -> bool:
    return min(plan.closed or plan.period.last, plan.period.last) <= situation.days.as_of


def items(situation: Situation) -> Iterator[Row]:
    """One row per task that lists what is to be covered and that somebody owes."""
    listed = {task.id for plan in situation.plans for task in plan.tasks if task.items}
    if not situation.whole or not listed:
        return
    owed: defaultdict[str, list[Standing]] = defaultdict(list)
    for standing in situation.standings:
        if standing.obligation.task.id in listed:
            owed[standing.obligation.task.id].append(standing)
    for standings in owed.values():
        task = standings[0].obligation.task
        done = _folded(item for standing in standings for actual in standing.actuals for item in actual.items)
        wanted = _folded(task.items)
        left = [item for key, item in wanted.items() if key not in done]
        cells: dict[str, Cell] = {
            "plan": task.plan,
            "task": task.id,
            "title": task.title,
            "items": len(wanted),
            "covered": len(wanted) - len(left),
            "left": "; ".join(left) or None,
            "strange": "; ".join(item for key, item in done.items() if key not in wanted) or None,
            "over": not any(standing.window in _IN_TIME and not standing.on_time for standing in standings),
        }
        yield Row(cells, task.at, task.places)


def _folded(written: Iterable[str]) -> dict[str, str]:
    """Each different item as first written; case makes no difference."""
    found: dict[str, str] = {}
    for item in written:
        found.setdefault(item.casefold(), item)
    return found

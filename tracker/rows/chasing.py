"""Rows of reminders that were logged, and of overdue obligations with what was done to have them done."""

from collections.abc import Iterator

from tracker.model.finding import Cell
from tracker.model.standing import State
from tracker.model.table import Row
from tracker.reminded import ahead, since, watched
from tracker.rows.situation import Situation


def reminders(situation: Situation) -> Iterator[Row]:
    """One row per logged reminder of the plans and units that are looked at, in order of day."""
    used = {id(one) for standing in situation.standings for one in standing.chased.sent}
    plans = {task.id: plan for plan in situation.plans for task in plan.tasks}
    units = {unit.id for unit in situation.units}
    order = {unit.id: number for number, unit in enumerate(situation.everybody)}
    found = [one for one in situation.reminders if one.task in plans and one.unit in units]
    for one in sorted(found, key=lambda one: (one.on, order[one.unit], one.task, one.period, one.by, one.at)):
        closed = plans[one.task].closed
        if closed is not None and one.on > closed:
            continue
        cells: dict[str, Cell] = {
            "date": one.on,
            "by": one.by,
            "to": one.to or None,
            "how": one.how,
            "doc": one.doc or None,
            "unit": one.unit,
            "plan": plans[one.task].id,
            "task": one.task,
            "period": one.period or None,
            "role": "used" if id(one) in used else "stray",
        }
        yield Row(cells, one.at, one.places)


def overdues(situation: Situation) -> Iterator[Row]:
    """One row per overdue obligation; none where nobody ever logged a reminder."""
    first = since(situation.reminders)
    if first is None:
        return
    for standing in situation.standings:
        if standing.state is not State.OVERDUE or not standing.chased.logged:
            continue
        obligation = standing.obligation
        cells: dict[str, Cell] = {
            "plan": obligation.plan.id,
            "task": obligation.task.id,
            "title": obligation.task.title,
            "unit": obligation.unit.id,
            "period": obligation.period.id,
            "lead": ",".join(obligation.task.lead) or None,
            "due": obligation.due,
            "days_late": standing.days_late,
            "reminders": standing.chased.times,
            "reminded": standing.chased.last,
            "ahead": ahead(standing),
            "watched": watched(standing, first, situation.days.as_of),
        }
        yield Row(cells, obligation.task.at, obligation.task.places)

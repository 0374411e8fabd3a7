"""Rows of tasks, of plans that were closed, of promises that were edited, and of reports that have not come."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date

from tracker.model.finding import Cell
from tracker.model.plan import Kind
from tracker.model.standing import State
from tracker.model.table import Row
from tracker.owing import Owers
from tracker.periods import deadline
from tracker.rows.situation import Published, Situation


def tasks(situation: Situation) -> Iterator[Row]:
    """One row per task of a plan in force."""
    owers = Owers(situation.units, situation.groups)
    for plan in situation.plans:
        for task in plan.tasks:
            due = None if task.kind in (Kind.RECURRING, Kind.STANDING, Kind.CONDITIONAL) or not task.due else task.due
            cells: dict[str, Cell] = {
                "plan": plan.id,
                "task": task.id,
                "title": task.title,
                "kind": task.kind,
                "every": task.every,
                "measure": task.measure,
                "area": task.area,
                "section": task.section,
                "stated": task.basis.stated,
                "lead": ",".join(task.lead) or None,
                "leads": len(task.lead),
                "partners": ",".join(task.partners) or None,
                "target": task.target.value if task.target else None,
                "due": deadline(due) if due else None,
                "due_stated": bool(due and due.stated),
                "units": len(owers.named(task.owed_by, plan.within)),
            }
            yield Row(cells, task.at, task.places)


def _changed(published: Published) -> tuple[str, ...]:
    """What became of the figures of a plan that was closed; most projects have none."""
    from tracker.freeze import changed

    return changed(*published)


def closings(situation: Situation) -> Iterator[Row]:
    """One row per plan that was closed, with what became of its published figures."""
    frozen = {one.plan.id: one for one in situation.published}
    for plan in situation.plans:
        close = plan.close
        if close is None or close.on > situation.days.as_of:
            continue
        own = {task.id for task in plan.tasks}
        one = frozen.get(plan.id)
        parts = _changed(one) if one else ()
        cells: dict[str, Cell] = {
            "plan": plan.id,
            "closed": close.on,
            "known_by": close.known_by,
            "document": close.document or None,
            "late": sum(actual.task in own for actual in situation.late),
            "changes": len(parts),
            "changed": ", ".join(parts),
        }
        yield Row(cells, close.at)


def edits(situation: Situation) -> Iterator[Row]:
    """One row per promise that an earlier version of a plan file made and this one makes otherwise, undecided."""
    for edit in situation.edits:
        cells: dict[str, Cell] = {
            "plan": edit.plan,
            "task": edit.task,
            "what": edit.what,
            "before": edit.before or None,
            "after": edit.after or None,
            "day": edit.day,
            "decided": edit.decided,
        }
        yield Row(cells, edit.at)


def unreported(situation: Situation) -> Iterator[Row]:
    """One row per periodic report that was due and has not come, with the deeds its unit recorded in its window."""
    wanting = [
        standing
        for standing in situation.standings
        if standing.state is State.OVERDUE and standing.obligation.task.kind is Kind.RECURRING
    ]
    if not wanting:
        return
    # By the plans and not by who owes what: a report that nobody here owes is no deed either.
    reports = {task.id for plan in situation.plans for task in plan.tasks if task.kind is Kind.RECURRING}
    deeds: dict[str, list[date]] = {}
    for actual in situation.deeds():
        if actual.task not in reports and actual.when.exact:
            deeds.setdefault(actual.unit, []).append(actual.when.first)
    for days in deeds.values():
        days.sort()
    for standing in wanting:
        obligation = standing.obligation
        days, period = deeds.get(obligation.unit.id, []), obligation.period
        cells: dict[str, Cell] = {
            "plan": obligation.plan.id,
            "task": obligation.task.id,
            "unit": obligation.unit.id,
            "period": period.id,
            "due": obligation.due,
            "deeds": bisect_right(days, period.cutoff) - bisect_left(days, period.opens),
        }
        yield Row(cells, obligation.task.at, obligation.task.places)

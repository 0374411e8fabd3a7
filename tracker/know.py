"""What was known on a day (design 4.6): the one place of the second time axis.

Whatever people enter bears the day on which it was entered. What was entered later is taken out here, once, so that
no later step asks when something was recorded.
"""

from collections.abc import Sequence
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from tracker.links import named, standing
from tracker.model.actual import Actual
from tracker.model.link import Link, Taken, Way
from tracker.model.plan import Amendment, Plan, Task
from tracker.model.project import Project
from tracker.model.sent import Sent
from tracker.model.unit import Unit

Logged = TypeVar("Logged", Actual, Sent)


def known(project: Project, known_by: date) -> Project:
    """The project as it was known by the end of the day; corrections and links applied."""
    told = heard(project, known_by)
    actuals = tuple(linked(corrected(told.actuals), told.links))
    return told._replace(actuals=actuals, reminders=tuple(corrected(told.reminders)))


def heard(project: Project, known_by: date) -> Project:
    """The project without all that was entered after the day; corrections stand beside what they correct."""
    return project._replace(
        units=_units(project.units, known_by),
        plans=tuple(_plan(plan, known_by) for plan in project.plans),
        actuals=tuple(actual for actual in project.actuals if actual.recorded <= known_by),
        figures=tuple(figure for figure in project.figures if figure.recorded <= known_by),
        successions=tuple(one for one in project.successions if (one.recorded or one.on) <= known_by),
        events=tuple(event for event in project.events if event.recorded <= known_by),
        edits=tuple(edit for edit in project.edits if edit.day <= known_by),
        reminders=tuple(one for one in project.reminders if one.recorded <= known_by),
        links=tuple(link for link in project.links if link.on <= known_by),
    )


def corrected(actuals: Sequence[Logged]) -> Sequence[Logged]:
    """The entries with corrections applied (design 4.11); all of them are taken to be known.

    A correction takes the place of the entry that it names, a withdrawal removes it. An entry known to be wrong is gone
    on every day, also before the day that the right one names (hindsight).
    """
    gone = {name for a in actuals if a.corrects or a.withdraws for name in (a.corrects, a.withdraws) if name}
    return [a for a in actuals if not a.withdraws and not (a.id and a.id in gone)] if gone else actuals


def linked(actuals: Sequence[Actual], links: Sequence[Link]) -> Sequence[Actual]:
    """The entries, those that name no task with the task and period that a link gives them; all links are known.

    Where links to several tasks or periods stand, nobody took one back and the entry counts for none of them.
    """
    said = standing(links)
    if not said:
        return actuals
    found: list[Actual] = []
    for name, actual in named(actuals):
        links_of = [] if actual.task else [one for one in said.get(name, ()) if one.unit in ("", actual.unit)]
        for one in links_of[:1]:
            taken = Taken(Way.LINK, one.at, one.by, one.on, one.score)
            if len({(other.task, other.period) for other in links_of}) > 1:
                claims = tuple(sorted({other.task for other in links_of}))
                actual = actual._replace(taken=taken._replace(claims=claims))  # noqa: PLW2901 - the entry as it becomes
            else:
                actual = actual._replace(task=one.task, period=one.period or actual.period, taken=taken)  # noqa: PLW2901
        found.append(actual)
    return found


def amended(plan: Plan, as_of: date) -> Plan:
    """The plan as decisions made it by the day: deadlines and targets moved, tasks added and dropped.

    The first and the last but one deadline are kept beside the current one, so that slip is counted from both.
    """
    if not plan.amended:
        return plan
    by_task: dict[str, list[Amendment]] = {}
    for amendment in plan.amended:
        by_task.setdefault(amendment.task, []).append(amendment)
    tasks = []
    for task in plan.tasks:
        decisions = by_task.get(task.id, [])
        if any(one.added and one.on > as_of for one in decisions):
            continue
        for one in decisions:
            if one.on > as_of:
                continue
            task = task._replace(amendments=(*task.amendments, one))  # noqa: PLW2901 - the task as it becomes
            if one.added:
                task = task._replace(starts=max(task.starts or one.on, one.on))  # noqa: PLW2901
            if one.cancelled:
                task = task._replace(cancelled=one.on, reason=one.reason)  # noqa: PLW2901
            if one.due is not None:
                first, last = task.first_due or task.due, task.due
                task = task._replace(due=one.due, first_due=first, previous_due=last)  # noqa: PLW2901
            if one.target is not None:
                task = task._replace(target=one.target, first_target=task.first_target or task.target)  # noqa: PLW2901
        tasks.append(task)
    return plan._replace(tasks=tuple(tasks))


def threaded(plans: Sequence[Plan], all_plans: Sequence[Plan], as_of: date) -> list[Plan]:
    """The plans, each task with its thread: the first deadline of its line, and the task that carries it on.

    A task carried twice has the deadline of the first of its line.
    """
    later = {task.carried_from: task.id for plan in all_plans for task in plan.tasks if task.carried_from}
    if not later:
        return list(plans)
    tasks = {task.id: task for plan in all_plans for task in amended(plan, as_of).tasks}

    def first(task: Task) -> Task:
        task = task._replace(carried_to=later.get(task.id, ""))
        origin, seen = task, {task.id}
        while origin.carried_from in tasks and origin.carried_from not in seen:
            origin = tasks[origin.carried_from]
            seen.add(origin.id)
        return task if origin is task else task._replace(first_due=origin.first_due or origin.due)

    return [plan._replace(tasks=tuple(map(first, plan.tasks))) for plan in plans]


def _plan(plan: Plan, known_by: date) -> Plan:
    close = plan.close
    if close is not None and (close.recorded or close.on) > known_by:
        plan = plan._replace(close=None)
    if all(one.recorded <= known_by for one in plan.amended):
        return plan
    # A task that a decision added is not there before anybody knew of the decision.
    unheard = {one.task for one in plan.amended if one.added and one.recorded > known_by}
    return plan._replace(
        amended=tuple(one for one in plan.amended if one.recorded <= known_by),
        tasks=tuple(task for task in plan.tasks if task.id not in unheard),
    )


def _units(units: tuple[Unit, ...], known_by: date) -> tuple[Unit, ...]:
    if not any(map(_dated, units)):
        return units
    return tuple(_unit(unit, known_by) if _dated(unit) else unit for unit in units)


def _dated(unit: Unit) -> bool:
    """Whether anything of the unit bears a day on which it was entered."""
    return unit.spells[-1].last is not None or any(f.recorded for held in unit.facts.values() for f in held)


def _unit(unit: Unit, known_by: date) -> Unit:
    closed = unit.spells[-1].last
    if closed is not None and (unit.closing_known or closed) > known_by:
        spells = (*unit.spells[:-1], unit.spells[-1]._replace(last=None))
        unit = unit._replace(spells=spells, successors=(), closing_basis="")
    facts = {
        name: tuple(fact for fact in held if fact.recorded is None or fact.recorded <= known_by)
        for name, held in unit.facts.items()
    }
    return unit._replace(facts=MappingProxyType(facts))

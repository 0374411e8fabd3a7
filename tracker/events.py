"""What has happened that deadlines and cases wait for (design 4.6a): logged events, and tasks that were done."""

from collections.abc import Mapping, Sequence
from datetime import date

from tracker.match import verified
from tracker.model.actual import Event, Step
from tracker.model.project import Project


def happened(project: Project, as_of: date) -> Mapping[str, Sequence[Event]]:
    """Events by name, in order of day. The doing of a task is one under the task's key, for the unit that did it.

    Where only one unit ever did a task, its doing is an event for everybody who waits for it.
    """
    found: dict[str, list[Event]] = {}
    for event in project.events:
        if event.when <= as_of:
            found.setdefault(event.name, []).append(event)
    tasks = [task for plan in project.plans for task in plan.tasks]
    waited = {task.due.event for task in tasks if task.due and "/" in task.due.event}
    if waited:
        wanted = {task.id: task.evidence for task in tasks if task.id in waited}
        for actual in project.actuals:
            if actual.task in wanted and actual.when.last <= as_of and actual.step is Step.SENT:
                if not verified(actual, wanted[actual.task]):
                    continue
                name = actual.id or f"{actual.task}:{actual.unit}"
                event = Event(name, actual.task, actual.when.last, actual.recorded, (actual.unit,), at=actual.at)
                found.setdefault(actual.task, []).append(event)
        for name in wanted:
            if len({event.units for event in found.get(name, ())}) == 1:
                found[name] = [event._replace(units=()) for event in found[name]]
    return {name: sorted(events, key=lambda event: (event.when, event.id)) for name, events in found.items()}

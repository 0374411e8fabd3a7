"""Nodes → the decisions on a plan's tasks. Plans are amended, not edited (design 4.6a)."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tracker.model.plan import Amendment, Task
from tracker.model.source import Problem
from tracker.read.found import Found, problem, scalars, value
from tracker.read.near import refuse
from tracker.read.shape import listed, record
from tracker.read.tasks import due_of, refer_due, unfit_due
from tracker.read.values import Refusal
from tracker.read.yaml import Keys, Node

if TYPE_CHECKING:
    from tracker.read.shapes.plans import AmendedShape

FIELDS = ("due", "target", "added", "cancelled")


def read_amendments(
    root: Keys, key: str, tasks: Sequence[Task], found: Found, problems: list[Problem],
) -> tuple[Amendment, ...]:
    """The plan's decisions, in order of day; `key` is what the ids of its tasks begin with."""
    from tracker.read.shapes.plans import AmendedShape

    by_id = {task.id: task for task in tasks}
    amendments: list[Amendment] = []
    seen: set[tuple[object, ...]] = set()
    for node in listed(root, "amended", problems):
        shape = record(AmendedShape, node, problems)
        if shape is None:
            continue
        for name in scalars(value(node, "task")):
            id_ = name.text if name.text.startswith(f"{key}/") else f"{key}/{name.text}"
            if id_ not in by_id:
                if id_ not in found.of("task"):
                    own = [one.rpartition("/")[2] for one in by_id]
                    problems.append(problem(name, refuse("reference-amended", name.text, own)))
                continue
            task = by_id[id_]
            refusal = _unfit(shape, node, task, seen)
            if refusal is not None:
                problems.append(problem(name, refusal))
                continue
            refer_due(node, ("amendment", f"{id_}@{node.at}"), found)
            due = due_of(shape.due, value(node, "due"), stated=True) if shape.due is not None else None
            recorded = shape.recorded or shape.on
            amendments.append(
                Amendment(
                    id_, shape.on, recorded, shape.document, shape.reason, due, shape.target, shape.added,
                    shape.cancelled, node.at, shape.cause,
                ),
            )
    amendments.sort(key=lambda one: one.on)
    _unchanged(amendments, by_id, problems)
    return tuple(amendments)


def _unfit(shape: "AmendedShape", node: Node, task: Task, seen: set[tuple[object, ...]]) -> Refusal | None:
    """Why the decision cannot be one on this task."""
    for field in FIELDS:
        if not getattr(shape, field):
            continue
        if (task.id, field, shape.on) in seen:
            return Refusal("amended-twice", {"task": task.id, "key": field, "day": f"{shape.on:%d/%m/%Y}"})
        seen.add((task.id, field, shape.on))
    if shape.due is not None:
        return unfit_due(task.kind, task.case, shape.due, value(node, "due"))
    return None


def _unchanged(amendments: Sequence[Amendment], tasks: Mapping[str, Task], problems: list[Problem]) -> None:
    """A decision that leaves everything as it was is a slip of the pen."""
    due = {id_: task.due for id_, task in tasks.items()}
    target = {id_: task.target for id_, task in tasks.items()}
    for one in amendments:
        args = {"task": one.task}
        if one.due is not None:
            before = due[one.task]
            if before is not None and before._replace(text="", stated=True) == one.due._replace(text="", stated=True):
                problems.append(Problem(one.at, "amended-same", {**args, "key": "due"}))
            due[one.task] = one.due
        if one.target is not None:
            if target[one.task] == one.target:
                problems.append(Problem(one.at, "amended-same", {**args, "key": "target"}))
            target[one.task] = one.target

"""Nodes → plans and programmes with their tasks."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING

from tracker.model.plan import Close, Plan, Regime
from tracker.model.source import Problem
from tracker.read.amendments import read_amendments
from tracker.read.door import Source
from tracker.read.found import Found, problem, scalars, value
from tracker.read.papers import letterhead
from tracker.read.regimes import regime
from tracker.read.shape import head, listed, record
from tracker.read.tasks import read_task
from tracker.read.values import Refusal, parse_key
from tracker.read.yaml import Keys, Node

if TYPE_CHECKING:
    from tracker.read.shapes.plans import ClosedShape, PlanShape


def read_plan(root: Keys, source: Source, folder: Path, found: Found, problems: list[Problem], *, broken: bool) -> None:
    """Add the plan or programme of a file. `folder` is the project: a table lies beside the plan.

    `broken` says that the file ends before its end: what is missing from its head is then no further problem.
    """
    from tracker.read.shapes.plans import PlanShape, TaskShape

    complaints: list[Problem] = []
    shape = head(PlanShape, root, complaints, leave_out=("tasks", "amended"))
    if not broken or shape is not None:
        problems += complaints
    nodes = [*listed(root, "tasks", problems)]
    if "table" in root.entries and shape is not None and shape.table:
        nodes += _table(shape.table, root, source.file, folder=folder, found=found, problems=problems)
    checked = [(record(TaskShape, node, problems), node) for node in nodes]
    if shape is None:
        return
    number = shape.plan or shape.programme
    if bool(shape.plan) == bool(shape.programme):
        problems.append(problem(root, Refusal("shape-plan", {})))
        return
    key = _key(shape, number, root, problems)
    written = value(root, "plan" if shape.plan else "programme") or root
    if key is None or not all(found.claim("plan", number, scalar.at, scalar.width) for scalar in scalars(written)):
        return
    if not found.claim("key", key, (value(root, "key") or written).at):
        return
    regimes = _regimes(shape, root, found)
    found.refer("plan", value(root, "under"), ("plan", number), "under")
    found.refer("unit", value(root, "within"), ("plan", number), "within")
    tasks = []
    for task_shape, node in checked:
        task = read_task(task_shape, node, (number, key), shape, found=found, problems=problems)
        if task is not None:
            tasks.append(task)
    used = {task.regime for task in tasks}
    found.plans.append(
        Plan(
            id=number,
            key=key,
            title=shape.title or number,
            period=shape.period,
            tasks=tuple(tasks),
            programme=bool(shape.programme),
            under=shape.under,
            issued=shape.issued,
            issuers=shape.issuers,
            within=shape.within,
            close=_close(shape.closed, root) if shape.closed else None,
            amended=read_amendments(root, key, tasks, found, problems),
            regimes=MappingProxyType({id_: one for id_, one in regimes.items() if id_ in shape.regimes or id_ in used}),
            areas=MappingProxyType(dict(shape.areas)),
            paper=letterhead(shape.paper, root, number, found) if shape.paper else None,
            at=root.at,
        ),
    )


def _key(shape: "PlanShape", number: str, root: Keys, problems: list[Problem]) -> str | None:
    """What the ids of the plan's tasks begin with: as written, or the number up to its first slash."""
    key = shape.key or parse_key(number.partition("/")[0])
    if isinstance(key, Refusal):
        problems.append(problem(value(root, "plan") or value(root, "programme") or root, key))
        return None
    return key


def _regimes(shape: "PlanShape", root: Keys, found: Found) -> Mapping[str, Regime]:
    """The plan's own regimes and those that stand beside the plans; one id names one of them."""
    node = value(root, "regimes")
    if not isinstance(node, Keys):
        return found.regimes
    own = {}
    for id_, one in shape.regimes.items():
        if id_ in found.regimes:
            name = node.entries[id_][0]
            args = {"id": id_, "first": str(found.regimes[id_].at)}
            found.problems.append(Problem(name.at, "reference-twice-regime", args, "", name.width))
        else:
            own[id_] = regime(id_, one, node)
    return {**found.regimes, **own}


def _close(shape: "ClosedShape", root: Keys) -> Close:
    return Close(
        shape.on,
        shape.document,
        shape.recorded,
        shape.known_by,
        MappingProxyType(dict(shape.figures)),
        MappingProxyType(dict(shape.digests)),
        (value(root, "closed") or root).at,
    )


def _table(
    name: str,
    root: Keys,
    file: str,
    *,
    folder: Path,
    found: Found,
    problems: list[Problem],
) -> tuple[Node, ...]:
    """The tasks of the table beside the plan; a table elsewhere is refused, so that a project is one folder."""
    from tracker.read.shapes.kinds import fields_of
    from tracker.read.shapes.plans import TaskShape
    from tracker.read.tables import read_table

    node = value(root, "table") or root
    file = str(PurePosixPath(file).parent / name)
    if "/" in name or "\\" in name or not (folder / file).is_file():
        problems.append(problem(node, Refusal("reference-table", {"text": name})))
        return ()
    if not found.claim("table", file, node.at):
        return ()
    nodes, complaints = read_table(folder / file, file, tuple(fields_of(TaskShape)))
    found.problems += complaints
    return nodes

"""Nodes → plans and programmes with their tasks."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING

from tracker.model.plan import Basis, Due, Kind, Plan, Regime, Task
from tracker.model.source import Problem
from tracker.model.values import Span
from tracker.read.door import Source
from tracker.read.found import Found, places, problem, scalars, text, value
from tracker.read.near import refuse
from tracker.read.shape import head, listed, record
from tracker.read.tables import read_table
from tracker.read.values import Refusal, parse_key
from tracker.read.yaml import Keys, Node

if TYPE_CHECKING:
    from tracker.read.shapes import MonthsShape, PlanShape, RegimeShape, TaskShape

_WITHOUT_DEADLINE = (Kind.STANDING, Kind.CONDITIONAL, Kind.RECURRING)
"""Kinds whose days come from their periods or from events: the end of the plan is no deadline of theirs."""


def read_plan(root: Keys, source: Source, folder: Path, found: Found, problems: list[Problem], *, broken: bool) -> None:
    """Add the plan or programme of a file. `folder` is the project: a table lies beside the plan.

    `broken` says that the file ends before its end: what is missing from its head is then no further problem.
    """
    from tracker.read.shapes import PlanShape, TaskShape

    complaints: list[Problem] = []
    shape = head(PlanShape, root, complaints, leave_out=("tasks",))
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
    regimes = {id_: _regime(id_, regime, root) for id_, regime in shape.regimes.items()}
    found.refer("plan", value(root, "under"), ("plan", number), "under")
    tasks = []
    for task_shape, node in checked:
        task = _task(task_shape, node, (number, key), shape, found=found, problems=problems)
        if task is not None:
            tasks.append(task)
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
            closed=shape.closed.on if shape.closed else None,
            closing_document=shape.closed.document if shape.closed else "",
            regimes=MappingProxyType(regimes),
            areas=MappingProxyType(dict(shape.areas)),
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


def _regime(id_: str, shape: "RegimeShape", root: Keys) -> Regime:
    at = (value(root, "regimes", id_) or root).at
    return Regime(
        id_, shape.cutoff_day, shape.due_day, shape.due_month, shape.shift, shape.merge, shape.source, at,
    )  # fmt: skip


def _task(
    shape: "TaskShape | None",
    node: Node,
    names: tuple[str, str],
    plan: "PlanShape",
    *,
    found: Found,
    problems: list[Problem],
) -> Task | None:
    """A task with its whole key, if it is good and the first of its id. Its references are noted for later."""
    number, key = names
    first = all(found.claim("task", f"{key}/{id_.text}", id_.at, id_.width) for id_ in scalars(value(node, "id")))
    if shape is None or not first or not isinstance(node, Keys):
        return None
    if not _known(node, "regime", plan.regimes, "reference-regime", problems):
        return None
    if plan.areas and not _known(node, "area", plan.areas, "reference-area", problems):
        return None
    if shape.due is None and text(node, "due_basis") == "stated":
        problems.append(problem(value(node, "due_basis") or node, Refusal("shape-due-basis", {})))
        return None
    id_ = f"{key}/{shape.id}"
    owner = ("task", id_)
    found.refer("unit", value(node, "lead"), owner, "lead")
    found.refer("unit-or-kind", value(node, "for"), owner, "owed_by")
    found.refer("task", value(node, "continues"), owner, "continues")
    return Task(
        id=id_,
        plan=number,
        title=shape.title,
        kind=shape.kind,
        owed_by=shape.owed_by or shape.lead,
        area=shape.area,
        section=shape.section,
        lead=shape.lead,
        partners=shape.partners,
        applies=shape.applies,
        every=shape.every,
        regime=shape.regime,
        due=_due(shape, node, plan.period),
        starts=shape.starts,
        grace_days=shape.grace,
        target=shape.target,
        measure=shape.measure,
        evidence=shape.evidence,
        basis=_basis(shape),
        cancelled=shape.cancelled.on if shape.cancelled else None,
        reason=shape.cancelled.reason if shape.cancelled else "",
        continues=shape.continues,
        at=node.at,
        places=MappingProxyType(places(node)),
    )


def _known(node: Keys, key: str, known: Mapping[str, object], code: str, problems: list[Problem]) -> bool:
    """Whether what a task names stands in the head of its plan."""
    word = text(node, key)
    if not word or word in known:
        return True
    problems.append(problem(value(node, key) or node, refuse(code, word, known)))
    return False


def _due(shape: "TaskShape", node: Keys, period: Span) -> Due | None:
    """The deadline as written; the end of the plan, inferred, for what must be done once and names no day."""
    stated = shape.due_basis == "stated"
    due: Span | MonthsShape | None = shape.due
    if due is None:
        if shape.kind in _WITHOUT_DEADLINE:
            # A recurring task gets its days from its calendar, and may say that nobody stated that calendar.
            return Due(stated=False) if text(node, "due_basis") == "inferred" else None
        return Due(on=Span(period.last, period.last), stated=False)
    if isinstance(due, Span):
        return Due(on=due, stated=stated, text=text(node, "due"))
    written = f"{text(node, 'due', 'months')} + {text(node, 'due', 'after')}"
    return Due(months=due.months, after=due.after, stated=stated, text=written)


def _basis(shape: "TaskShape") -> Basis:
    if shape.basis is None:
        return Basis(stated=True, where=shape.section)
    return Basis(bool(shape.basis.stated), shape.basis.stated or shape.basis.inferred)


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
    from tracker.read.shapes import TaskShape, keys_of

    node = value(root, "table") or root
    file = str(PurePosixPath(file).parent / name)
    if "/" in name or "\\" in name or not (folder / file).is_file():
        problems.append(problem(node, Refusal("reference-table", {"text": name})))
        return ()
    if not found.claim("table", file, node.at):
        return ()
    nodes, complaints = read_table(folder / file, file, keys_of(TaskShape))
    found.problems += complaints
    return nodes

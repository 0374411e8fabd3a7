"""Nodes → the tasks of a plan, with their deadlines."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from tracker.model.link import Selector
from tracker.model.plan import Basis, Due, Kind, Task
from tracker.model.source import Problem
from tracker.model.values import Span
from tracker.read.found import Found, places, problem, scalars, text, value
from tracker.read.near import refuse
from tracker.read.values import Refusal
from tracker.read.yaml import Keys, Node, Scalar

if TYPE_CHECKING:
    from tracker.read.shapes.plans import AfterShape, AnniversaryShape, MonthsShape, PlanShape, TaskShape

    Written = Span | MonthsShape | AfterShape | AnniversaryShape

_WITHOUT_DEADLINE = (Kind.STANDING, Kind.CONDITIONAL, Kind.RECURRING)
"""Kinds whose days come from their periods or from events: the end of the plan is no deadline of theirs."""


def read_task(
    shape: "TaskShape | None",
    node: Node,
    names: tuple[str, str],
    plan: "PlanShape",
    *,
    found: Found,
    problems: list[Problem],
) -> Task | None:
    """A task with its whole key, if it is good and the first of its id. Its references are noted for later.

    `names` are number and key of its plan.
    """
    number, key = names
    first = all(found.claim("task", f"{key}/{id_.text}", id_.at, id_.width) for id_ in scalars(value(node, "id")))
    if shape is None or not first or not isinstance(node, Keys):
        return None
    known = _known(node, "regime", {**plan.regimes, **found.regimes}, "reference-regime", problems)
    if not known or (plan.areas and not _known(node, "area", plan.areas, "reference-area", problems)):
        return None
    if refusal := _unfit(shape, node):
        problems.append(problem(value(node, "due") or value(node, "due_basis") or node, refusal))
        return None
    id_ = f"{key}/{shape.id}"
    _refer(node, ("task", id_), found)
    found.rename(value(node, "formerly"), id_, "task", f"{key}/")
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
        items=shape.items,
        evidence=shape.evidence,
        basis=_basis(shape),
        cancelled=shape.cancelled.on if shape.cancelled else None,
        reason=shape.cancelled.reason if shape.cancelled else "",
        continues=shape.continues,
        carried_from=shape.carried_from,
        optional=shape.optional,
        case=shape.case,
        owed_if=shape.owed_if,
        inherited=shape.inherited,
        audience=shape.audience,
        selects=_selector(shape, node),
        at=node.at,
        places=MappingProxyType(places(node)),
    )


def _refer(node: Keys, owner: tuple[str, str], found: Found) -> None:
    found.refer("unit", value(node, "lead"), owner, "lead")
    found.refer("unit-or-kind", value(node, "for"), owner, "owed_by")
    for word in ("continues", "carried_from"):
        found.refer("task", value(node, word), owner, word)
    found.refer("indicator", value(node, "audience"), owner, "audience")
    found.refer("unit", value(node, "selects", "units"), owner, "selects")
    refer_due(node, owner, found)


def _known(node: Keys, key: str, known: Mapping[str, object], code: str, problems: list[Problem]) -> bool:
    """Whether what a task names stands in the head of its plan, or beside the plans."""
    word = text(node, key)
    if not word or word in known:
        return True
    problems.append(problem(value(node, key) or node, refuse(code, word, known)))
    return False


def _unfit(shape: "TaskShape", node: Keys) -> Refusal | None:
    """A deadline that does not go with the task's kind."""
    if shape.due is None:
        return Refusal("shape-due-basis") if text(node, "due_basis") == "stated" else None
    return unfit_due(shape.kind, shape.case, shape.due, value(node, "due"))


def unfit_due(kind: Kind, case: str, due: "Written", node: Node | None) -> Refusal | None:
    """Days after an event need the event; those of a case run from the case itself, and a case has no others."""
    after = text(node, "after")
    runs = isinstance(node, Keys) and not isinstance(due, Span) and {"days", "working_days"} & node.entries.keys()
    if kind is Kind.CONDITIONAL:
        return None if runs and case and after in {"", case} else Refusal("shape-due-case")
    return Refusal("shape-due-after") if runs and not after else None


def refer_due(node: Node, owner: tuple[str, str], found: Found) -> None:
    """Note what a deadline runs from, where that is a task or a document."""
    after = value(node, "due", "after")
    if isinstance(after, Scalar) and "/" in after.text and _relative(value(node, "due")):
        found.refer("task", after, owner, "due")
    found.refer("dated", value(node, "due", "of"), owner, "due")


def _relative(node: Node | None) -> bool:
    return isinstance(node, Keys) and bool({"days", "working_days"} & node.entries.keys())


def _due(shape: "TaskShape", node: Node, period: Span) -> Due | None:
    """The deadline as written; the end of the plan, inferred, for what must be done once and names no day."""
    if shape.due is not None:
        return due_of(shape.due, value(node, "due"), stated=shape.due_basis == "stated")
    if shape.kind in _WITHOUT_DEADLINE:
        # A recurring task gets its days from its calendar, and may say that nobody stated that calendar.
        return Due(stated=False) if text(node, "due_basis") == "inferred" else None
    return Due(on=Span(period.last, period.last), stated=False)


def due_of(due: "Written", node: Node | None, *, stated: bool) -> Due:
    """A deadline as written, in whichever form."""
    from tracker.read.shapes.plans import AfterShape, AnniversaryShape

    if isinstance(due, Span):
        return Due(on=due, stated=stated, text=text(node))
    if isinstance(due, AfterShape):
        working = due.working_days is not None
        days = due.working_days if due.working_days is not None else due.days or 0
        return Due(event=due.after, days=days, working=working, stated=stated, text=f"{days} + {due.after}")
    if isinstance(due, AnniversaryShape):
        written = f"{due.anniversary} + {due.of}"
        return Due(anniversary=due.anniversary, document=due.of, stated=stated, text=written)
    written = f"{text(node, 'months')} + {text(node, 'after')}"
    return Due(months=due.months, after=due.after, stated=stated, text=written)


def _selector(shape: "TaskShape", node: Node) -> Selector | None:
    one = shape.selects
    if one is None:
        return None
    at = (value(node, "selects") or node).at
    return Selector(one.words, one.any, one.without, one.counted, one.mode, one.level, one.doc, one.units, at)


def _basis(shape: "TaskShape") -> Basis:
    if shape.basis is None:
        return Basis(stated=True, where=shape.section)
    return Basis(bool(shape.basis.stated), shape.basis.stated or shape.basis.inferred)

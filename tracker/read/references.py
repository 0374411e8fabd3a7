"""Ids that one record writes and another should have: looked up when all files have been read."""

from collections.abc import Mapping, Set as AbstractSet

from tracker.model.plan import Plan, Task
from tracker.model.source import Problem
from tracker.model.unit import Unit
from tracker.read.found import Found, Reference
from tracker.read.near import refuse

Dangling = Mapping[tuple[str, str], Mapping[str, AbstractSet[str]]]
"""Owner to field to ids that name nothing."""


def resolve(found: Found) -> None:
    """Report every id that names nothing, with what was probably meant, and take it out of its record.

    So every id in what is read names a record; the one that was taken out is among the problems.
    """
    dangling: dict[tuple[str, str], dict[str, set[str]]] = {}
    for reference in found.references:
        known = _known(reference, found)
        if known is None or reference.id in known:
            continue
        code = {"unit-or-kind": "reference-owed"}.get(reference.wants, f"reference-{reference.wants}")
        refusal = refuse(code, reference.id, known)
        found.problems.append(Problem(reference.at, refusal.code, refusal.args, "", reference.width))
        dangling.setdefault(reference.owner, {}).setdefault(reference.key, set()).add(reference.id)
    if dangling:
        found.units = [_unit(unit, dangling.get(("unit", unit.id), {})) for unit in found.units]
        found.plans = [_plan(plan, dangling) for plan in found.plans]


def _known(reference: Reference, found: Found) -> tuple[str, ...] | None:
    """The ids that would do; None where that cannot be told, and the reason is a problem of its own."""
    match reference.wants:
        case "unit":
            return tuple(found.of("unit")) or None
        case "unit-or-kind":
            return (*found.of("kind"), *found.of("unit")) or None
        case "task":
            # A plan of an earlier year need not be in the folder; where it is, it must have the task.
            key = reference.id.rpartition("/")[0]
            return tuple(found.of("task")) if key in found.of("key") else None
        case wants:
            return tuple(found.of(wants))


def _unit(unit: Unit, gone: Mapping[str, AbstractSet[str]]) -> Unit:
    if not gone:
        return unit
    facts = {
        name: fact._replace(counterpart="") if f"facts.{name}" in gone else fact for name, fact in unit.facts.items()
    }
    return unit._replace(
        parent="" if "parent" in gone else unit.parent,
        serves="" if "serves" in gone else unit.serves,
        successors=_without(unit.successors, gone.get("successors", frozenset())),
        facts=facts,
    )


def _plan(plan: Plan, dangling: Dangling) -> Plan:
    own = dangling.get(("plan", plan.id), {})
    tasks = tuple(_task(task, dangling.get(("task", task.id), {})) for task in plan.tasks)
    return plan._replace(tasks=tasks, under="" if "under" in own else plan.under)


def _task(task: Task, gone: Mapping[str, AbstractSet[str]]) -> Task:
    if not gone:
        return task
    lead = gone.get("lead", frozenset())
    return task._replace(
        lead=_without(task.lead, lead),
        owed_by=_without(task.owed_by, gone.get("owed_by", lead)),
        continues="" if "continues" in gone else task.continues,
    )


def _without(ids: tuple[str, ...], gone: AbstractSet[str]) -> tuple[str, ...]:
    return tuple(id_ for id_ in ids if id_ not in gone)

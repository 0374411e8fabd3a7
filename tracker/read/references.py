"""Ids that one record writes and another should have: looked up when all files have been read."""

from collections.abc import Mapping, Set as AbstractSet
from datetime import date
from typing import NamedTuple

from tracker.model.document import Document
from tracker.model.indicator import Indicator
from tracker.model.plan import Due, Plan, Task
from tracker.model.source import Problem
from tracker.model.unit import Group, Succession, Unit
from tracker.read.found import Found, Reference
from tracker.read.near import refuse
from tracker.read.successions import settle
from tracker.read.values import Refusal

Dangling = Mapping[tuple[str, str], Mapping[str, AbstractSet[str]]]
"""Owner to field to ids that name nothing."""


def resolve(found: Found) -> None:
    """Report every id that names nothing, with what was probably meant, and take it out of its record.

    So every id in what is read names a record; the one that was taken out is among the problems.
    """
    dangling: dict[tuple[str, str], dict[str, set[str]]] = {}
    lists: dict[str, _Ids | None] = {}
    refusals: dict[tuple[str, str], Refusal] = {}
    for reference in found.references:
        if reference.wants == "formerly":
            if reference.id in found.of(reference.owner[0]):
                args = {"id": reference.id, "first": str(found.of(reference.owner[0])[reference.id])}
                found.problems.append(Problem(reference.at, "reference-formerly", args, "", reference.width))
                found.renames.pop(reference.id, None)
            continue
        if reference.wants not in lists:
            lists[reference.wants] = _ids(reference.wants, found)
        known = lists[reference.wants]
        if known is None or reference.id in known.ids or _elsewhere(reference, found):
            continue
        followed = reference.owner[0] in {"waiver", "sent", "link"} and reference.id in found.renames
        if followed:
            continue
        asked = (reference.wants, reference.id)
        if asked not in refusals:
            code = {"unit-or-kind": "reference-owed"}.get(reference.wants, f"reference-{reference.wants}")
            refusals[asked] = refuse(code, reference.id, known.listed)
        refusal = refusals[asked]
        found.problems.append(Problem(reference.at, refusal.code, refusal.args, "", reference.width))
        dangling.setdefault(reference.owner, {}).setdefault(reference.key, set()).add(reference.id)
    _follow(found)
    _circles(found)
    _anniversaries(found)
    if dangling:
        found.units = [_unit(unit, dangling.get(("unit", unit.id), {})) for unit in found.units]
        found.plans = [_plan(plan, dangling) for plan in found.plans]
        found.successions = [_succession(one, dangling) for one in found.successions]
        found.groups = [_group(one, dangling.get(("group", one.id), {})) for one in found.groups]
        found.indicators = [_indicator(one, dangling.get(("indicator", one.id), {})) for one in found.indicators]
        found.documents = [_document(one, dangling) for one in found.documents]
        found.figures = [
            one._replace(indicator="") if ("figure", one.id) in dangling else one for one in found.figures
        ]
        found.waivers = [one for one in found.waivers if ("waiver", one.id) not in dangling]
        found.reminders = [one for one in found.reminders if ("sent", str(one.at)) not in dangling]
        found.links = [one for one in found.links if ("link", str(one.at)) not in dangling]
    settle(found)


def _follow(found: Found) -> None:
    """Let records, reminders, links and waivers that name a task, unit or rule by a former id mean the one of now.

    The units of records were followed when they were converted.
    """
    if not found.renames:
        return
    now = found.renames
    found.actuals = [one._replace(task=now[one.task]) if one.task in now else one for one in found.actuals]
    found.reminders = [one._replace(task=now[one.task]) if one.task in now else one for one in found.reminders]
    found.links = [
        one._replace(
            task=now.get(one.task, one.task),
            withdraws=now.get(one.withdraws, one.withdraws),
            unit=now.get(one.unit, one.unit),
            by=now.get(one.by, one.by),
        )
        for one in found.links
    ]
    found.bulk = [told.renamed(now) for told in found.bulk]
    found.waivers = [
        one._replace(rule=now.get(one.rule, one.rule), subject=":".join(now.get(p, p) for p in one.subject.split(":")))
        for one in found.waivers
    ]


class _Ids(NamedTuple):
    """The ids that would do, gathered once for all that name one: a nation has thousands of each."""

    listed: tuple[str, ...]
    ids: AbstractSet[str]


def _ids(wants: str, found: Found) -> _Ids | None:
    """The ids of what is wanted; None where that cannot be told, and the reason is a problem of its own."""
    match wants:
        case "unit":
            listed = tuple(found.of("unit"))
        case "unit-or-kind":
            listed = (*found.of("kind"), *found.of("unit"), *found.of("group"))
        case "dated":
            listed = tuple(_days(found))
        case _:
            listed = tuple(found.of(wants))
    if not listed and wants in {"unit", "unit-or-kind"}:
        return None
    return _Ids(listed, frozenset(listed))


def _elsewhere(reference: Reference, found: Found) -> bool:
    """Whether a task is of a plan of an earlier year, which need not be in the folder; one that is must have it."""
    return reference.wants == "task" and reference.id.rpartition("/")[0] not in found.of("key")


def _days(found: Found) -> Mapping[str, date]:
    """Numbers of the documents and plans whose day is known: what an anniversary may be of."""
    dated = {plan.id: plan.issued for plan in found.plans} | {one.number: one.issued for one in found.documents}
    return {number: day for number, day in dated.items() if day is not None}


def _anniversaries(found: Found) -> None:
    """Turn every anniversary into months after the day of its document, now that all days are known."""
    days = _days(found)

    def dated(due: Due | None) -> Due | None:
        if due is None or not due.anniversary or due.document not in days:
            return due
        return due._replace(months=12 * due.anniversary, after=days[due.document])

    dues = [task.due for plan in found.plans for task in plan.tasks]
    dues += [one.due for plan in found.plans for one in plan.amended]
    if not any(due.anniversary for due in dues if due):
        return
    found.plans = [
        plan._replace(
            tasks=tuple(task._replace(due=dated(task.due)) for task in plan.tasks),
            amended=tuple(one._replace(due=dated(one.due)) for one in plan.amended),
        )
        for plan in found.plans
    ]


def _circles(found: Found) -> None:
    """A task that is carried over from itself, by however many steps, has no first deadline."""
    tasks = {task.id: task for plan in found.plans for task in plan.tasks}
    for task in tasks.values():
        seen, here = {task.id}, task.carried_from
        while here in tasks and here not in seen:
            seen.add(here)
            here = tasks[here].carried_from
        if here == task.id:
            at = task.places.get("carried_from", task.at)
            found.problems.append(Problem(at, "reference-circle", {"id": task.id}))


def _unit(unit: Unit, gone: Mapping[str, AbstractSet[str]]) -> Unit:
    if not gone:
        return unit
    facts = {
        name: tuple(fact._replace(counterpart="") for fact in held) if f"facts.{name}" in gone else held
        for name, held in unit.facts.items()
    }
    return unit._replace(
        parent="" if "parent" in gone else unit.parent,
        serves="" if "serves" in gone else unit.serves,
        successors=_without(unit.successors, gone.get("successors", frozenset())),
        facts=facts,
    )


def _succession(one: Succession, dangling: Dangling) -> Succession:
    gone = dangling.get(("succession", str(one.at)), {})
    before, after = gone.get("before", frozenset()), gone.get("after", frozenset())
    return one._replace(before=_without(one.before, before), after=_without(one.after, after))


def _group(group: Group, gone: Mapping[str, AbstractSet[str]]) -> Group:
    members = gone.get("members", frozenset())
    return group._replace(members=tuple(one for one in group.members if one.unit not in members))


def _plan(plan: Plan, dangling: Dangling) -> Plan:
    own = dangling.get(("plan", plan.id), {})
    tasks = tuple(_task(task, dangling.get(("task", task.id), {})) for task in plan.tasks)
    amended = tuple(
        one._replace(due=None) if dangling.get(("amendment", f"{one.task}@{one.at}")) else one for one in plan.amended
    )
    paper, named = plan.paper, own.get("paper", frozenset())
    if paper is not None and named:
        paper = paper._replace(recipients=tuple(one for one in paper.recipients if one.to not in named))
    return plan._replace(
        tasks=tasks,
        paper=paper,
        under="" if "under" in own else plan.under,
        within="" if "within" in own else plan.within,
        amended=amended,
    )


def _task(task: Task, gone: Mapping[str, AbstractSet[str]]) -> Task:
    if not gone:
        return task
    lead = gone.get("lead", frozenset())
    return task._replace(
        lead=_without(task.lead, lead),
        owed_by=_without(task.owed_by, gone.get("owed_by", lead)),
        continues="" if "continues" in gone else task.continues,
        carried_from="" if "carried_from" in gone else task.carried_from,
        due=None if "due" in gone else task.due,
        audience="" if "audience" in gone else task.audience,
        # Without one of its units a selector would not be narrower, but take everybody's entries.
        selects=None if "selects" in gone else task.selects,
    )


def _indicator(one: Indicator, gone: Mapping[str, AbstractSet[str]]) -> Indicator:
    if not gone:
        return one
    halved = {"numerator", "denominator"} & gone.keys()
    return one._replace(
        compare=_without(one.compare, gone.get("compare", frozenset())),
        numerator="" if halved else one.numerator,
        denominator="" if halved else one.denominator,
        parts=() if "parts" in gone else one.parts,
        difference=() if "difference" in gone else one.difference,
        inside="" if "inside" in gone else one.inside,
        task="" if "task" in gone else one.task,
        near="" if "near" in gone else one.near,
    )


def _document(one: Document, dangling: Dangling) -> Document:
    gone = dangling.get(("document", one.number or one.id), {})
    if one.guidance is None or not gone:
        return one
    flaw = one.guidance.unsuitable
    if flaw is not None and "replaced_by" in gone:
        flaw = flaw._replace(replaced_by="")
    held = _without(one.guidance.holds_up, gone.get("holds_up", frozenset()))
    return one._replace(guidance=one.guidance._replace(unsuitable=flaw, holds_up=held))


def _without(ids: tuple[str, ...], gone: AbstractSet[str]) -> tuple[str, ...]:
    return tuple(id_ for id_ in ids if id_ not in gone)

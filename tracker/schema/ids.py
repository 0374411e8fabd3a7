"""Which keys name something of the project, and what it has: editors offer these ids.

Ids that stand in other files are a closed list where reading refuses any other. Ids of the same file are offered and
not enforced: who has just written a new unit must not be told that it does not exist.
"""

import re
from collections.abc import Mapping
from typing import Any

from tracker.model.form import Value
from tracker.model.project import Project
from tracker.schema.values import ids, of_value

Known = Mapping[str, tuple[str, ...]]
"""Ids by what they name: unit, kind, owed, task, regime …"""

STRICT: Mapping[tuple[str, str], str] = {
    ("plan", "within"): "unit",
    ("plan", "under"): "plan",
    ("task", "lead"): "unit",
    ("task", "for"): "owed",
    ("anniversary", "of"): "dated",
    ("log", "unit"): "unit",
    ("entry", "unit"): "unit",
    ("entry", "units"): "unit",
    ("figure", "unit"): "unit",
    ("event", "units"): "unit",
    **{("reminder", key): "unit" for key in ("unit", "units", "by", "to")},
    ("recipient", "to"): "owed",
    ("figure", "indicator"): "indicator",
    ("task", "audience"): "indicator",
    ("selects", "units"): "unit",
    ("link", "by"): "unit",
    ("link", "unit"): "unit",
}
"""Shape and key, and what must have the id."""
EARLIER = {("task", "continues"), ("task", "carried_from"), ("reminder", "task")}
"""Tasks of plans that need not be here; of those that are here, they must exist."""
OFFERED: Mapping[tuple[str, str], str] = {
    ("plan", "issuers"): "unit",
    ("task", "partners"): "unit",
    ("task", "regime"): "regime",
    ("task", "case"): "event",
    ("amended", "task"): "own_task",
    ("after", "after"): "event_or_task",
    ("unit", "kind"): "kind",
    ("unit", "parent"): "unit",
    ("unit", "serves"): "unit",
    ("ended", "successors"): "unit",
    ("succession", "from"): "unit",
    ("succession", "to"): "unit",
    ("fact", "counterpart"): "unit",
    ("member", "unit"): "unit",
    ("group", "members"): "unit",
    ("entry", "task"): "task",
    ("entry", "case"): "case",
    ("reminder", "case"): "case",
    ("event", "event"): "event",
    ("waiver", "rule"): "rule",
    **{("indicator", key): "indicator" for key in ("compare", "numerator", "denominator", "parts", "difference")},
    ("indicator", "inside"): "indicator",
    ("indicator", "near"): "indicator",
    ("indicator", "task"): "task",
    ("document", "holds_up"): "task",
    ("link", "task"): "task",
    ("link", "withdraws"): "task",
    ("link", "case"): "case",
    ("unsuitable", "replaced_by"): "document",
}


def known_ids(project: Project) -> Known:
    """The ids that the project has."""
    tasks = tuple(task.id for plan in project.plans for task in plan.tasks)
    units = tuple(unit.id for unit in project.units)
    kinds = tuple(dict.fromkeys(unit.kind for unit in project.units))
    names = {task.case for plan in project.plans for task in plan.tasks} | {event.name for event in project.events}
    events = tuple(sorted(names - {""}))
    dated = [plan.id for plan in project.plans if plan.issued] + [one.number for one in project.documents if one.issued]
    return {
        "unit": units,
        "kind": kinds,
        "owed": (*kinds, *(group.id for group in project.groups), *units) if units else (),
        "plan": tuple(plan.id for plan in project.plans),
        "key": tuple(plan.key for plan in project.plans),
        "task": tasks,
        "own_task": (*tasks, *sorted({one.rpartition("/")[2] for one in tasks})),
        "regime": tuple(sorted({id_ for plan in project.plans for id_ in plan.regimes})),
        "event": events,
        "case": tuple(event.id for event in project.events),
        "event_or_task": (*events, *tasks),
        "dated": tuple(dated),
        "rule": tuple(rule.id for rule in project.rules),
        "indicator": tuple(one.id for one in project.indicators),
        "document": tuple(one.number or one.id for one in project.documents),
    }


def named(value: Value, at: tuple[str, str], known: Known) -> dict[str, Any]:
    """What may be written under a key of a shape, with the ids of the project where it names one."""
    if at in EARLIER and known.get("task"):
        # ECMAScript knows no escaped hyphen, which re.escape would write.
        keys = "|".join(re.sub(r"[\\^$.|?*+()\[\]{}]", r"\\\g<0>", key) for key in known["key"])
        elsewhere = {"type": "string", "minLength": 1, "pattern": f"^(?!(?:{keys})/[^/]*$)"}
        return {"anyOf": [ids(known["task"]), elsewhere]}
    if found := known.get(STRICT.get(at, "")):
        return ids(found)
    if found := known.get(OFFERED.get(at, "")):
        return {"anyOf": [ids(found), of_value(value)]}
    return of_value(value)

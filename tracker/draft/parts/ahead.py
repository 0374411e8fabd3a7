"""Part III: the next plan's tasks, or what falls due in the next period; what is carried over; anniversaries."""

from collections.abc import Iterator, Sequence

from tracker.draft.matter import Matter, Told, plan_ground, task_ground
from tracker.draft.over import Over, following, named
from tracker.draft.pen import NOTHING, Said, block, joined, resting, said
from tracker.model.document import Document
from tracker.model.finding import Verdict
from tracker.model.paper import Block, Ground, Role
from tracker.model.plan import Kind, Plan, Task
from tracker.model.standing import Standing, State
from tracker.periods import deadline
from tracker.run import followers

_CARRIED = "plan-carried-over"
"""The rule that finds what a closed plan left undone."""


def ahead(matter: Matter) -> Iterator[Block]:
    """Headings numbered from 1; where nothing is on record for the time ahead, a blank for its writer."""
    pen = matter.pen
    soon = following(matter.plan, matter.over)
    plan = None if soon else next_plan(matter)
    if soon:
        period = said(named(soon.id, pen.say), "period")
    elif plan is not None:
        period = said(named(_years(plan), pen.say), "period")
    else:
        year = matter.plan.period.last.year + 1
        period = said(named(str(year), pen.say), "period")
    yield block("III", Role.PART, pen("annual.part.ahead", period=period), "III")
    parts = _tasks(plan, matter) if plan else []
    if soon:
        parts = [_soon(matter, soon)]
    if not parts:
        yield block("III/blank", Role.TEXT, pen.blank("ahead"))
    parts = [*parts, *_carried(matter, last=soon is None), *(() if soon else _anniversaries(matter, plan))]
    for number, (key, heading, found) in enumerate(parts, 1):
        yield block(key, Role.HEADING, heading, str(number))
        yield from found


_Part = tuple[str, Said, list[Block]]


def next_plan(matter: Matter) -> Plan | None:
    """The first plan of the time behind this one, under the same programme."""
    later = followers(matter.project, [matter.plan.id])
    return min(later, key=lambda plan: (plan.period.first, plan.id), default=None)


def _years(plan: Plan) -> str:
    from tracker.periods import whole

    return whole(plan.period).id


def _tasks(plan: Plan, matter: Matter) -> list[_Part]:
    """The next plan by its areas, each task with lead and deadline, or with a blank for what it does not say."""
    areas = dict(plan.areas)
    found: dict[str, list[Block]] = {key: [] for key in areas}
    for task in plan.tasks:
        text = resting([task_ground(task)]) + matter.pen(
            "annual.ahead.task", title=matter.title(task), lead=_lead(task, matter), due=_due(task, plan, matter)
        )
        found.setdefault(task.area if task.area in areas else "", []).append(block(f"III/{task.id}", Role.ITEM, text))
    general = matter.pen("annual.ahead.tasks")
    rests = resting([plan_ground(plan)])
    return [
        (f"III.{key or '-'}", rests + (said(areas[key], "heading") if key in areas else general), blocks)
        for key, blocks in found.items()
        if blocks
    ]


def _lead(task: Task, matter: Matter) -> Said:
    if not task.lead:
        return matter.pen.blank("lead")
    return matter.pen("annual.ahead.lead", leads=matter.leads(task.lead))


def _due(task: Task, plan: Plan, matter: Matter) -> Said:
    pen = matter.pen
    if task.kind is Kind.STANDING:
        return pen("annual.ahead.always")
    if task.kind is Kind.CONDITIONAL:
        return pen("annual.ahead.case")
    if task.kind is Kind.RECURRING:
        return pen(f"annual.every.{task.every}")
    day = deadline(task.due) if task.due else None
    if day is None:
        return pen.blank("due")
    if task.due is not None and not task.due.stated:
        if day == plan.period.last:
            return pen("annual.ahead.within", period=said(named(_years(plan), pen.say), "period"))
        return pen("annual.ahead.inferred", day=pen.day(day, "due"))
    return pen("annual.ahead.by", day=pen.day(day, "due"))


def _soon(matter: Matter, soon: Over) -> _Part:
    """What falls due from the end of what is told to that of the next part of the year, by task."""
    pen = matter.pen
    found = []
    for told in matter.told.values():
        due = [one for one in told.standings if _falls(one, matter.over, soon)]
        if not due:
            continue
        days = sorted({one.obligation.due for one in due if one.obligation.due})
        text = resting([task_ground(told.task)]) + pen(
            "annual.ahead.soon",
            title=matter.title(told.task),
            count=_how_many(due, matter),
            days=joined((pen.day(day, "due") for day in days), ", "),
            lead=_lead(told.task, matter),
        )
        found.append(block(f"III/{told.task.id}", Role.ITEM, text))
    if not found:
        found = [block("III/nothing", Role.TEXT, pen("annual.ahead.nothing_due"))]
    return "III.due", pen("annual.ahead.due"), found


def _falls(standing: Standing, now: Over, soon: Over) -> bool:
    due = standing.obligation.due
    pending = standing.state in (State.OPEN, State.UPCOMING, State.UNKNOWN)
    return pending and due is not None and now.end < due <= soon.last


def _how_many(standings: Sequence[Standing], matter: Matter) -> Said:
    units = {one.obligation.unit.id for one in standings}
    if len(units) == 1:
        return NOTHING
    return matter.pen("annual.ahead.units", count=matter.pen.count(len(units), "units"))


def _carried(matter: Matter, *, last: bool) -> list[_Part]:
    """What is left undone: overdue, or with the last part of the plan still open; and what has no evidence yet."""
    pen, found = matter.pen, []
    over = [one for one in matter.report.findings if one.rule == _CARRIED and one.verdict is Verdict.BROKEN]
    unclear = []
    for told in matter.told.values():
        if any(one.state is State.UNKNOWN for one in told.standings):
            unclear.append(told)
        left = [one for one in told.standings if one.state is State.OVERDUE or one.carried_over]
        if last and told.task.kind is not Kind.RECURRING:
            left = [one for one in told.standings if one in left or one.state is State.OPEN]
        if not left:
            continue
        grounds = [Ground(one.fingerprint, (one.at,)) for one in over if one.row.get("task") == told.task.id]
        text = resting([task_ground(told.task), *grounds]) + _left(told, left, matter)
        found.append(block(f"III.carried/{told.task.id}", Role.ITEM, text))
    if unclear:
        slots = {"tasks": pen.count(len(unclear), "tasks")}
        text = resting(task_ground(told.task) for told in unclear) + pen("annual.ahead.unclear", **slots)
        found.append(block("III.carried/unclear", Role.ITEM, text))
    if not found:
        found = [block("III.carried/nothing", Role.TEXT, pen("annual.ahead.nothing_left"))]
    return [("III.carried", pen("annual.ahead.carried"), found)]


def _left(told: Told, left: Sequence[Standing], matter: Matter) -> Said:
    pen = matter.pen
    owed = [one for one in told.standings if one.state not in (State.EXEMPT, State.CANCELLED)]
    units = [one.obligation.unit.id for one in left]
    slots = {
        "title": matter.title(told.task),
        "count": pen.count(len(left), "left"),
        "all": pen.count(len(owed), "owed"),
    }
    if told.task.kind is Kind.RECURRING:
        return pen("annual.ahead.left_reports", **slots)
    several = len({one.obligation.unit.id for one in owed}) > 1
    if several:
        few = len(set(units)) <= 3
        names = said(": ") + matter.names(units, "names") if few else NOTHING
        return pen("annual.ahead.left_units", kinds=said(matter.kinds(owed)), names=names, **slots)
    return pen("annual.ahead.left", title=slots["title"])


def _anniversaries(matter: Matter, plan: Plan | None) -> list[_Part]:
    """Documents named in tasks of this plan or the next that are five, ten … years old in the year ahead."""
    pen, year = matter.pen, matter.plan.period.last.year + 1
    titles = [task.title for one in (matter.plan, *([plan] if plan else ())) for task in one.tasks]
    found = []
    for document in matter.project.documents:
        if document.issued is None or (year - document.issued.year) % 5 or year <= document.issued.year:
            continue
        if any(document.number in title for title in titles):
            found.append(_anniversary(document, year, matter))
    if not found:
        return []
    return [("III.anniversaries", pen("annual.ahead.anniversaries"), found)]


def _anniversary(document: Document, year: int, matter: Matter) -> Block:
    pen, issued = matter.pen, document.issued
    assert issued is not None
    day = issued.replace(year=year, day=min(issued.day, 28)) if issued.month == 2 else issued.replace(year=year)
    text = resting([Ground(f"document:{document.number}", (document.at,))]) + pen(
        "annual.ahead.anniversary",
        document=matter.document(document.number, "number"),
        issuer=said(document.issuer, "issuer") if document.issuer else pen.blank("issuer"),
        years=pen.count(year - issued.year, "years"),
        day=pen.day(day, "day"),
    )
    return block(f"III.anniversaries/{document.number}", Role.ITEM, text)

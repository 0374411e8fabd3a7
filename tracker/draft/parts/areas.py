"""Part I: for each area of the plan what was done, task by task; no task is passed over in silence."""

from collections import Counter
from collections.abc import Iterator, Sequence

from tracker.draft.matter import Matter, Told, record_ground, task_ground
from tracker.draft.over import named
from tracker.draft.parts.figures import figures
from tracker.draft.parts.results import listed, one_record, result
from tracker.draft.pen import NOTHING, Said, block, joined, resting, said
from tracker.model.actual import Actual, Step
from tracker.model.paper import Block, Role
from tracker.model.record import StrayReason
from tracker.model.standing import State


def areas(matter: Matter) -> Iterator[Block]:
    """The headings in the order of the plan. The programme's own tasks stand under the first."""
    pen = matter.pen
    yield block("I", Role.PART, pen("annual.part.results", period=said(named(matter.over.id, pen.say), "period")), "I")
    headings = dict(matter.plan.areas)
    mine: dict[str, list[Told]] = {key: [] for key in headings}
    for told in matter.told.values():
        area = told.task.area
        if matter.programme is not None and told.task.plan == matter.programme.id and headings:
            area = next(iter(headings))
        mine.setdefault(area if area in headings else "", []).append(told)
    number = 0
    for key, tolds in mine.items():
        found = list(_area(f"I.{key or '-'}", tolds, matter))
        found += figures(key, first=key == next(iter(mine)), matter=matter)
        if not found:
            continue
        number += 1
        heading = headings.get(key) or pen.say("annual.other_tasks" if headings else "annual.all_tasks")
        yield block(f"I.{key or '-'}", Role.HEADING, said(heading, "heading"), str(number))
        yield from found
    beside = list(_beside(matter))
    if beside:
        yield block("I.beside", Role.HEADING, pen("annual.beside.heading"), str(number + 1))
        yield from beside
    if not number and not beside:
        yield block("I/nothing", Role.TEXT, pen("annual.nothing_owed"))


def _area(key: str, tolds: Sequence[Told], matter: Matter) -> Iterator[Block]:
    """What was done; then which tasks nothing is recorded of, which cannot be dated, and which no case called for."""
    silent, vague, uncalled, asked = [], [], [], 0
    for told in tolds:
        text = result(told, matter)
        owed = [one for one in told.standings if one.state is not State.EXEMPT]
        if text.runs:
            asked += 1
            yield block(f"{key}/{told.task.id}", Role.ITEM, text)
        elif any(matter.over.holds(actual) is None for one in owed for actual in one.actuals):
            asked += 1
            vague.append(told)
        elif not owed or not any(matter.over.concerns(one) for one in owed):
            if matter.over.whole:
                uncalled.append(told)
        else:
            asked += 1
            silent.append(told)
    if silent:
        yield block(f"{key}/silent", Role.TEXT, _silent(silent, asked, matter))
    if vague:
        yield block(f"{key}/vague", Role.TEXT, _closing("annual.closing.vague", vague, asked, matter) + said("."))
    if uncalled:
        yield block(f"{key}/uncalled", Role.TEXT, _closing("annual.closing.uncalled", uncalled, 0, matter) + said("."))


def _silent(silent: Sequence[Told], asked: int, matter: Matter) -> Said:
    """Tasks without a record. Of a part of a year only those are named that had to be done by its end."""
    pen, over = matter.pen, matter.over
    if over.whole:
        early = [told for told in silent if all(one.state is State.UPCOMING for one in told.standings)]
        text = _closing("annual.closing.silent", silent, asked, matter)
        more = pen("annual.closing.early", count=pen.count(len(early), "early")) if early else NOTHING
        return text + more + said(".")
    due = [told for told in silent if any(over.asks(one) and over.concerns(one) for one in told.standings)]
    rest = resting(task_ground(told.task) for told in silent if told not in due)
    slots = {"count": pen.count(len(silent) - len(due), "early"), "all": pen.count(asked, "all_tasks")}
    if not due:
        return rest + pen("annual.closing.none_due", **slots)
    text = _closing("annual.closing.silent", due, asked, matter)
    return text + rest + (pen("annual.closing.others", **slots) if len(due) < len(silent) else NOTHING) + said(".")


def _closing(key: str, tolds: Sequence[Told], asked: int, matter: Matter) -> Said:
    pen = matter.pen
    titles = joined(listed(tolds, matter), "; ")
    return pen(key, count=pen.count(len(tolds), "tasks"), all=pen.count(asked, "all_tasks"), titles=titles)


def _beside(matter: Matter) -> Iterator[Block]:
    """What was done outside of the plan: records that name no task."""
    seen: Counter[str] = Counter()
    for stray in matter.report.strays:
        deed = stray.actual.step is not Step.EXPLAINED
        if stray.why is StrayReason.NO_TASK and deed and matter.over.holds(stray.actual):
            name = record_ground(stray.actual).finding
            seen[name] += 1
            again = f"#{seen[name]}" if seen[name] > 1 else ""
            yield block(f"I.beside/{name}{again}", Role.ITEM, _outside(stray.actual, matter))


def _outside(actual: Actual, matter: Matter) -> Said:
    pen = matter.pen
    title = said(actual.title or actual.note, "title") if actual.title or actual.note else pen("annual.beside.untitled")
    slots = {"unit": said(matter.name(actual.unit), "unit"), "title": title, "what": one_record(actual, matter)}
    return resting([record_ground(actual)]) + pen("annual.beside.one", **slots)

"""What of a part is needed where the parts are put together: that of which the rows of the other tables are made.

Those tables speak of no single unit: of a task with all who owe it, of a plan, of a number against another unit's.
Here stands, for each of them, what it looks at; tests hold that its rows made of this alone are those made of all.
"""

from collections.abc import Iterator

from tracker.model.plan import Task
from tracker.model.record import Record
from tracker.model.standing import Standing, State
from tracker.rows.guidance import SETTLED
from tracker.rows.reached import APART, DONE, GUIDING, SPREAD
from tracker.rows.situation import Situation


def standings(situation: Situation) -> Iterator[Standing]:
    """The standings that matter beyond their unit; without their records where only the state does."""
    wanted = {id_ for one in situation.documents if one.guidance for id_ in one.guidance.holds_up}
    whole: dict[str, bool] = {}
    spread: dict[str, bool] = {}
    once: set[tuple[object, ...]] = set()
    for standing in situation.standings:
        task = standing.obligation.task
        if task.id not in whole:
            whole[task.id], spread[task.id] = _in_full(task), task.kind in SPREAD or task.measure in GUIDING
        if whole[task.id] or any(one.reach or (one.level and one.quantity is not None) for one in standing.actuals):
            yield standing
            continue
        # Areas ask of a task whether anybody recorded anything for it, and whether that has a number.
        witness = bool(standing.actuals) and (
            _first(once, "recorded", task.id)
            or (
                any(one.quantity is not None or one.people is not None for one in standing.actuals)
                and _first(once, "quantified", task.id)
            )
        )
        if witness:
            yield standing
        elif (spread[task.id] and _first(once, task.id, standing.obligation.unit.id, _leaf(standing.state))) or (
            task.id in wanted and standing.state not in SETTLED and _first(once, "waiting", task.id)
        ):
            yield standing._replace(actuals=(), surplus=())


def _in_full(task: Task) -> bool:
    """Whether every record of the task may matter beyond its unit: a list to be covered, a way, an audience."""
    return bool(task.items or task.measure == "inspection" or (task.audience and task.measure))


def _first(seen: set[tuple[object, ...]], *key: object) -> bool:
    """Whether nothing with this key was met before."""
    if key in seen:
        return False
    seen.add(key)
    return True


def _leaf(state: State) -> str:
    """As coarse as who counts places sees it."""
    if state in APART:
        return "apart"
    return "done" if state in DONE else "overdue" if state is State.OVERDUE else "pending"


def records(situation: Situation) -> Iterator[Record]:
    """The records that matter beyond their unit: they name a place, have parts, or are counted against a reading."""
    read = {one.task for one in situation.indicators if one.task}
    asked = {task.id for plan in situation.plans for task in plan.tasks if task.audience}
    names: set[tuple[object, ...]] = set()
    for record in situation.records:
        actual = record.actual
        named = False
        if actual.place:
            for written in actual.place.split(","):
                named |= _first(names, actual.at.file, written.strip())
        if (
            named
            or (actual.quantity is not None and (actual.parts or actual.task in read))
            or (actual.people is not None and actual.task in asked)
        ):
            yield record

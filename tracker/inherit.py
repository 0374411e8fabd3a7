"""What dissolved units left undone, and who owes it from then on (design 4.6)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from tracker.model.plan import Plan
from tracker.model.standing import Obligation, Standing, State
from tracker.model.unit import Succession, Unit


def inherited(
    standings: Sequence[Standing], successions: Sequence[Succession], units: Sequence[Unit], as_of: date,
) -> tuple[Obligation, ...]:
    """The obligations that go over to successors, where the plan says that they do; in the order of the standings.

    A successor owes each of them once, however many of its predecessors left it undone, and not where it owes the same
    by itself. The deadline stays what it was: what was overdue is overdue at once. One that was itself dissolved passes
    it on; a plan that was closed before the succession leaves nothing to inherit.
    """
    left = [
        standing
        for standing in standings
        if standing.obligation.task.inherited and standing.state is State.CANCELLED and standing.obligation.ended
    ]
    if not left:
        return ()
    by_id = {unit.id: unit for unit in units}
    after: dict[str, list[Succession]] = {}
    for one in sorted(successions, key=lambda one: (one.on, one.before, one.after)):
        for before in one.before:
            after.setdefault(before, []).append(one)
    own = {standing.obligation.key for standing in standings}
    heirs: dict[tuple[str, str, str], Obligation] = {}
    for standing in left:
        old = standing.obligation
        if not _ended(old, as_of):
            continue
        for unit, since in _successors(old.unit.id, after, by_id, as_of):
            key = (old.task.id, unit.id, old.period.id)
            if key in own or (old.plan.closed is not None and old.plan.closed < since):
                continue
            known = heirs.get(key)
            names = tuple(dict.fromkeys((*(known.heir_of if known else ()), old.unit.id)))
            heirs[key] = old._replace(unit=unit, starts=max(since, old.starts), ended=unit.closed, heir_of=names)
    return tuple(heirs.values())


def _ended(obligation: Obligation, as_of: date) -> bool:
    """Whether it was its unit's end that cancelled it, and not a decision on the task."""
    cancelled = obligation.task.cancelled
    ended = obligation.ended
    return ended is not None and ended < as_of and (cancelled is None or cancelled > as_of)


def _successors(
    unit: str, after: Mapping[str, Sequence[Succession]], units: Mapping[str, Unit], as_of: date,
) -> Iterator[tuple[Unit, date]]:
    """Who stands in for the unit on the day, each with the day since when; through any number of reorganisations."""
    waiting, seen, given = [(unit, date.min)], {unit}, set()
    while waiting:
        here, since = waiting.pop(0)
        for one in after.get(here, ()):
            if one.on > as_of or one.on < since:
                continue
            for id_ in one.after:
                heir = units.get(id_)
                if heir is None or id_ in given:
                    continue
                if heir.exists_through(one.on, as_of):
                    given.add(id_)
                    yield heir, one.on
                elif id_ not in seen:
                    seen.add(id_)
                    waiting.append((id_, one.on))


def in_order(plans: Sequence[Plan]) -> Callable[[Standing], tuple[int, int]]:
    """Key by which standings are put in the order of plan, task and unit; periods keep theirs."""
    tasks = {task.id: number for number, task in enumerate(task for plan in plans for task in plan.tasks)}

    def key(standing: Standing) -> tuple[int, int]:
        return (tasks[standing.obligation.task.id], standing.obligation.unit.position)

    return key

"""Standings with what was logged of reminders (đôn đốc): which reminder was of which obligation is said here alone.

By key, as records are matched: task, unit and period. A reminder that names no period was of all that was open of its
task that day. Where a project logs no reminders at all, standings say so, since silence then means nothing.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from tracker.model.sent import Chased, Sent
from tracker.model.standing import Standing


def reminded(standings: Sequence[Standing], sent: Iterable[Sent], as_of: date) -> tuple[Standing, ...]:
    """Each standing with the reminders that went out by the day, or by the close of its plan, in order of day."""
    logged = sorted((one for one in sent if one.on <= as_of), key=lambda one: (one.on, one.recorded, one.at))
    if not logged:
        return tuple(standings)
    index: dict[tuple[str, str], list[Sent]] = {}
    for one in logged:
        index.setdefault((one.task, one.unit), []).append(one)
    found = []
    for standing in standings:
        obligation = standing.obligation
        mine = index.get((obligation.task.id, obligation.unit.id))
        # Of a hundred thousand obligations few were ever chased.
        chased = Chased(tuple(one for one in mine if speaks_of(one, standing))) if mine else _NEVER
        found.append(standing._replace(chased=chased))
    return tuple(found)


_NEVER = Chased()


def speaks_of(one: Sent, standing: Standing) -> bool:
    """Whether a reminder of this task and unit was of this obligation."""
    obligation = standing.obligation
    closed = obligation.plan.closed
    if closed is not None and one.on > closed:
        return False
    if one.period:
        return one.period == obligation.period.id
    done = standing.done
    return obligation.starts <= one.on and (done is None or one.on <= done.last)


def since(sent: Iterable[Sent]) -> date | None:
    """The first day on which a reminder was logged; before it, silence means nothing."""
    return min((one.on for one in sent), default=None)


def ahead(standing: Standing) -> int:
    """How many times somebody was reminded on or before the due day."""
    due = standing.obligation.due
    return len({one.occasion for one in standing.chased.sent if due is not None and one.on <= due})


def watched(standing: Standing, first: date, as_of: date) -> int:
    """Days past the due day on which reminders were already logged, from the `first` that was on."""
    obligation = standing.obligation
    if obligation.due is None:
        return 0
    closed = obligation.plan.closed
    day = as_of if closed is None else min(as_of, closed)
    return max(0, (day - max(obligation.due, first)).days)

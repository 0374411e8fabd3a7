"""Obligations + records → pairs and strays. By key only, never by nearest date (design 4.2).

Four traps that neighbours fall into are closed here and tested: one January report does not satisfy February; what is
for one period is for no other; a late report is still that period's report; a second one is surplus.
"""

from collections.abc import Iterable, Mapping, Sequence, Set as AbstractSet

from tracker.model.actual import Actual
from tracker.model.plan import EvidenceWanted, Kind, Plan
from tracker.model.standing import Obligation, Pair, Stray, StrayReason
from tracker.periods import Days, span_of

SLOTS = frozenset({Kind.MILESTONE, Kind.COVERAGE, Kind.RECURRING})
"""Kinds whose obligation takes exactly one record; of the others, records add up or lie side by side."""

_REQUIRED, _DOCUMENT, _NONE = EvidenceWanted


def match(
    obligations: Sequence[Obligation],
    actuals: Iterable[Actual],
    viewed: Iterable[Plan],
    others: Iterable[Plan],
    days: Days,
) -> tuple[tuple[Pair, ...], tuple[Stray, ...]]:
    """One pair per obligation, in their order; and the records that no obligation asked for, by day and place.

    A record for a task of the `others`, plans that are not looked at, is neither used nor stray.
    """
    index = {(o.task.id, o.unit.id, o.period.id): position for position, o in enumerate(obligations)}
    ours = {task.id for plan in viewed for task in plan.tasks}
    theirs = {task.id for plan in others for task in plan.tasks} - ours
    matched: dict[int, list[Actual]] = {}
    unnamed: list[Actual] = []
    for actual in known(actuals, days):
        number = index.get((actual.task, actual.unit, actual.period))
        if number is not None:
            matched.setdefault(number, []).append(actual)
        elif actual.task not in theirs:
            unnamed.append(actual)
    strays: list[Stray] = []
    owed = _owed(obligations, {(actual.task, actual.unit) for actual in unnamed})
    for actual in unnamed:
        candidates = [(n, obligations[n]) for n in owed.get((actual.task, actual.unit), ())]
        found = _by_day(actual, candidates)
        if found is None:
            strays.append(Stray(actual, _why(actual, ours, owed=bool(candidates))))
        else:
            matched.setdefault(found, []).append(actual)
    pairs = [
        _pair(obligation, records) if (records := matched.get(position)) else Pair(obligation, ())
        for position, obligation in enumerate(obligations)
    ]
    return tuple(pairs), tuple(sorted(strays, key=lambda stray: order(stray.actual)))


def known(actuals: Iterable[Actual], days: Days) -> list[Actual]:
    """What had happened and was recorded by the two days, corrections applied (design 4.6, 4.11).

    A correction takes the place of the entry that it names, a withdrawal removes it; both only once they are known.
    """
    entered = [a for a in actuals if a.recorded <= days.known_by]
    # An entry known to be wrong is gone on every day, also before the day that the right one names (hindsight).
    gone = {name for a in entered if a.corrects or a.withdraws for name in (a.corrects, a.withdraws) if name}
    seen = [a for a in entered if a.when.first <= days.as_of]
    return [a for a in seen if not a.withdraws and not (a.id and a.id in gone)] if gone else seen


def verified(actual: Actual, wanted: EvidenceWanted) -> bool:
    """Whether the record names what the task wants to see; otherwise it is a claim."""
    if actual.doc or wanted is _NONE:
        return True
    return wanted is _REQUIRED and (actual.quantity is not None or actual.people is not None)


def order(actual: Actual) -> tuple[object, ...]:
    """Day, then what tells equal days apart: never the order in which files happened to be read."""
    return (actual.when.first, actual.when.last, actual.recorded, actual.at)


def _owed(
    obligations: Iterable[Obligation],
    wanted: AbstractSet[tuple[str, str]],
) -> Mapping[tuple[str, str], list[int]]:
    """Positions of the obligations of these tasks and units, for records that do not name the exact period."""
    found: dict[tuple[str, str], list[int]] = {}
    tasks = {task for task, _ in wanted}
    for position, obligation in enumerate(obligations):
        if obligation.task.id in tasks and (obligation.task.id, obligation.unit.id) in wanted:
            found.setdefault((obligation.task.id, obligation.unit.id), []).append(position)
    return found


def _by_day(actual: Actual, candidates: Sequence[tuple[int, Obligation]]) -> int | None:
    """For a record without the exact period: the only obligation there is, or the log period that it lies in whole.

    A slot of a period is never filled this way: a report says which period it is for.
    """
    if not candidates or candidates[0][1].task.kind is Kind.RECURRING:
        return None
    written = span_of(actual.period) if actual.period else None
    if actual.period and written is None:
        return None
    if len(candidates) == 1 and written is None and candidates[0][1].task.kind is not Kind.STANDING:
        return candidates[0][0]
    when = written or actual.when
    return next((n for n, o in candidates if o.period.first <= when.first and when.last <= o.period.last), None)


def _why(actual: Actual, ours: set[str], *, owed: bool) -> StrayReason:
    if not actual.task:
        return StrayReason.NO_TASK
    if owed:
        return StrayReason.NO_PERIOD
    return StrayReason.NOT_OWED if actual.task in ours else StrayReason.UNKNOWN_TASK


def _pair(obligation: Obligation, records: Sequence[Actual]) -> Pair:
    if len(records) == 1:
        return Pair(obligation, (records[0],))
    task = obligation.task
    if task.kind not in SLOTS:
        return Pair(obligation, tuple(sorted(records, key=order)))
    # A document that follows a bare claim is the evidence for it, not a second deed: what is shown comes first.
    first, *rest = sorted(records, key=lambda a: (not verified(a, task.evidence), order(a)))
    bare = not verified(first, task.evidence)
    claims = () if bare else tuple(a for a in rest if not verified(a, task.evidence))
    return Pair(obligation, (first, *claims), tuple(a for a in rest if bare or verified(a, task.evidence)))

"""Obligations + records → pairs and strays. By key only, never by nearest date (design 4.2).

Four traps that neighbours fall into are closed here and tested: one January report does not satisfy February; what is
for one period is for no other; a late report is still that period's report; a second one is surplus.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set as AbstractSet
from datetime import date

from tracker.model.actual import Actual, Step
from tracker.model.link import Way
from tracker.model.plan import Every, EvidenceWanted, Kind, Plan
from tracker.model.record import Stray, StrayReason
from tracker.model.standing import Obligation, Pair, Receipt, Standing
from tracker.periods import span_of

SLOTS = frozenset({Kind.MILESTONE, Kind.COVERAGE, Kind.RECURRING})
"""Kinds whose obligation takes exactly one record; of the others, records add up or lie side by side."""

_REQUIRED, _DOCUMENT, _NONE = EvidenceWanted
_SENT, _EXPLAINED, _R_NONE, _R_SENT = Step.SENT, Step.EXPLAINED, Receipt.NONE, Receipt.SENT


def match(
    obligations: Sequence[Obligation],
    actuals: Iterable[Actual],
    viewed: Iterable[Plan],
    others: Iterable[Plan],
    as_of: date,
) -> tuple[tuple[Pair, ...], tuple[Stray, ...]]:
    """What had happened by the day: one pair per obligation, in their order; and the records that nothing asked for.

    Those stand in order of day and place. A record for a task of the `others`, plans that are not looked at, is neither
    used nor stray.
    """
    index = {(o.task.id, o.unit.id, o.period.id): position for position, o in enumerate(obligations)}
    ours = {task.id for plan in viewed for task in plan.tasks}
    theirs = {task.id for plan in others for task in plan.tasks} - ours
    matched: dict[int, list[Actual]] = {}
    unnamed: list[Actual] = []
    for actual in actuals:
        if actual.when.first > as_of or (actual.when.lasting and actual.when.last > as_of):
            continue
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


def verified(actual: Actual, wanted: EvidenceWanted) -> bool:
    """Whether the record names what the task wants to see; otherwise it is a claim."""
    if actual.doc or wanted is _NONE:
        return True
    return wanted is _REQUIRED and (actual.quantity is not None or actual.people is not None)


def order(actual: Actual) -> tuple[object, ...]:
    """Day, then what tells equal days apart: never the order in which files happened to be read."""
    return (actual.when.first, actual.when.last, actual.recorded, actual.step is not _SENT, actual.at)


def unkeyed(standings: Iterable[Standing]) -> Counter[Way]:
    """How many of the records that count name no task, by the way in which they came to theirs."""
    actuals = (actual for one in standings for actual in (*one.actuals, *one.surplus))
    return Counter(actual.taken.way for actual in actuals if actual.taken)


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
    task = candidates[0][1].task
    # That a plan holds one period alone does not make a deed outside of it one of that period.
    periodic = task.kind is Kind.STANDING or (task.kind is Kind.QUANTITY and task.every is not Every.ONCE)
    if len(candidates) == 1 and written is None and not periodic:
        return candidates[0][0]
    when = written or actual.when
    return next((n for n, o in candidates if o.period.first <= when.first and when.last <= o.period.last), None)


def _why(actual: Actual, ours: set[str], *, owed: bool) -> StrayReason:
    if not actual.task:
        return StrayReason.CLAIMED_TWICE if actual.taken else StrayReason.NO_TASK
    if owed:
        return StrayReason.NO_PERIOD
    return StrayReason.NOT_OWED if actual.task in ours else StrayReason.UNKNOWN_TASK


def _pair(obligation: Obligation, records: Sequence[Actual]) -> Pair:
    task = obligation.task
    slot = task.kind in SLOTS
    if any(actual.step is _EXPLAINED for actual in records):
        deeds = [actual for actual in records if actual.step is not _EXPLAINED]
        whys = sorted((actual for actual in records if actual.step is _EXPLAINED), key=order)
        pair = _pair(obligation, deeds) if deeds else Pair(obligation, ())
        return pair._replace(reasons=tuple(whys))
    if len(records) == 1:
        (one,) = records
        return Pair(obligation, (one,), (), _receipt(one, again=False) if slot else _R_NONE)
    ordered = sorted(records, key=order)
    if not slot:
        return Pair(obligation, tuple(ordered))
    if any(actual.step is not _SENT for actual in ordered):
        return _to_and_fro(obligation, ordered)
    # A document that follows a bare claim is the evidence for it, not a second deed: what is shown comes first.
    first, *rest = sorted(ordered, key=lambda a: not verified(a, task.evidence))
    bare = not verified(first, task.evidence)
    claims = () if bare else tuple(a for a in rest if not verified(a, task.evidence))
    surplus = tuple(a for a in rest if bare or verified(a, task.evidence))
    return Pair(obligation, (first, *claims), surplus, _receipt(first, again=False))


def _to_and_fro(obligation: Obligation, ordered: Sequence[Actual]) -> Pair:
    """A paper that was sent back or accepted: what is sent again after it was returned is no second paper.

    What is sent while another lies there, or after one was accepted, is surplus, save a document for a bare claim.
    """
    wanted = obligation.task.evidence
    counted: list[Actual] = []
    surplus: list[Actual] = []
    last: Actual | None = None
    for actual in ordered:
        there = last is not None and last.step is not Step.RETURNED
        if actual.step is _SENT and there and any(a.step is not _SENT or verified(a, wanted) for a in counted[-1:]):
            surplus.append(actual)
        else:
            counted.append(actual)
            last = actual
    assert last is not None
    again = any(actual.step is Step.RETURNED for actual in counted)
    return Pair(obligation, tuple(counted), tuple(surplus), _receipt(last, again=again))


def _receipt(last: Actual, *, again: bool) -> Receipt:
    match last.step:
        case Step.RETURNED:
            return Receipt.RETURNED
        case Step.ACCEPTED:
            return Receipt.ACCEPTED
        case _:
            if last.empty:
                return Receipt.EMPTY
            return Receipt.RESENT if again else _R_SENT

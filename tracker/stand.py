"""Pairs as of a day → standings: window and evidence are two facts, the state follows from both (design 4.3)."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tracker.match import verified
from tracker.model.actual import Actual, Step
from tracker.model.plan import Kind, Task
from tracker.model.standing import Evidence, Obligation, Pair, Receipt, Standing, State, Window
from tracker.model.values import Bound, Number, Quantity, Span, total_bound

HORIZON_DAYS = 14
"""How far ahead "due soon" looks: the coordinator's two weeks."""
# Reached through its class, a member of an enum costs fifteen times as much as a name of the module (Python 3.11), and
# every obligation asks for a dozen of them.
_DONE, _DONE_LATE, _OPEN, _OVERDUE, _UPCOMING, _ONGOING, _EXEMPT, _CANCELLED, _UNKNOWN = State
_W_WAITING, _W_FUTURE, _W_OPEN, _W_DUE_SOON, _W_GRACE, _W_OVER, _W_NONE = Window
_E_NONE, _E_CLAIMED, _E_PART, _E_UNCLEAR, _E_RETURNED, _E_ENOUGH, _E_LATE, _E_MANY = Evidence
_K_MILESTONE, _K_QUANTITY, _K_COVERAGE, _K_RECURRING, _K_STANDING, _K_CONDITIONAL = Kind
_EXACT = Bound.EXACT
_SENT, _R_RETURNED, _R_ACCEPTED = Step.SENT, Receipt.RETURNED, Receipt.ACCEPTED


def stand(pairs: Sequence[Pair], as_of: date, horizon: int = HORIZON_DAYS) -> tuple[Standing, ...]:
    """Each pair judged as of the day, in their order. A closed plan is judged as of the day on which it was closed."""
    return tuple(_judge(pair, _day(pair.obligation, as_of), horizon) for pair in pairs)


class _Shown(NamedTuple):
    """What the records of a pair come to."""

    enough: bool | None
    """None where the words do not tell."""
    claimed: bool
    """Whether something is said to be done without anything that shows it."""
    some: bool
    """Whether anything at all is shown."""
    when: Span | None
    """When it was enough."""
    achieved: Number
    bound: Bound


_NOTHING = _Shown(enough=False, claimed=False, some=False, when=None, achieved=0, bound=_EXACT)
_CLAIM = _NOTHING._replace(claimed=True)
_ENOUGH = (True, False, True)
"""enough, claimed, some: of a record that shows what it says."""


def _day(obligation: Obligation, as_of: date) -> date:
    closed = obligation.plan.closed
    return closed if closed is not None and closed < as_of else as_of


def _judge(pair: Pair, day: date, horizon: int) -> Standing:
    obligation, task, due = pair.obligation, pair.obligation.task, pair.obligation.due
    shown = _shown(task, pair.actuals, pair.receipt) if pair.actuals else _NOTHING
    on_time = _on_time(shown, due)
    window = _window(obligation, day, horizon)
    state, reason = _state(obligation, shown, window, day, on_time)
    closed = obligation.plan.closed is not None and obligation.plan.closed <= day
    pending = state in (_OPEN, _UPCOMING)
    enough = bool(shown.enough)
    return Standing(
        obligation,
        pair.actuals,
        pair.surplus,
        state,
        window,
        _evidence(pair, shown, on_time),
        None if state is _UNKNOWN else state,
        shown.achieved,
        shown.bound,
        _share(task, shown) if task.target is not None else None,
        _days_late(state, shown, on_time, due, day),
        (due - day).days if due is not None and day <= due else None,
        pending and window is _W_DUE_SOON,
        shown.claimed and not shown.enough and state is not _EXEMPT,
        closed and pending,
        on_time,
        window is _W_OVER if due is not None else _past(obligation, day, closed=closed),
        reason or (_reason(pair) if pair.actuals or pair.reasons else ""),
        pair.receipt,
        shown.when if enough else None,
        pair.reasons,
    )


def _reason(pair: Pair) -> str:
    """The last reason that somebody wrote: with a deed, or else by itself."""
    for actual in (*reversed(pair.actuals), *reversed(pair.reasons)):
        if actual.reason:
            return actual.reason
    return ""


def _past(obligation: Obligation, day: date, *, closed: bool) -> bool:
    """Whether a period without a deadline is over; a plan that was closed on its last day is complete on that day."""
    return obligation.period.last < day or (closed and obligation.period.last == day)


def _window(obligation: Obligation, day: date, horizon: int) -> Window:
    due = obligation.due
    if day < obligation.starts:
        return _W_FUTURE
    if due is None:
        return _W_WAITING if obligation.waits else _W_NONE
    if day <= due:
        return _W_DUE_SOON if (due - day).days <= horizon else _W_OPEN
    return _W_GRACE if (day - due).days <= obligation.task.grace_days else _W_OVER


def _state(obligation: Obligation, shown: _Shown, window: Window, day: date, on_time: bool | None) -> tuple[State, str]:
    """The one state, and why where the records or the plan give a reason. The order of the questions is the meaning."""
    task = obligation.task
    if obligation.applies is False:
        return _EXEMPT, obligation.fact.source if obligation.fact else ""
    if obligation.applies is None:
        return _UNKNOWN, ""
    if shown.enough and task.kind is not _K_STANDING:
        return (_DONE_LATE if on_time is False else _DONE), ""
    if task.cancelled is not None and task.cancelled <= day:
        return _CANCELLED, task.reason
    if obligation.ended is not None and obligation.ended < day:
        return _CANCELLED, obligation.unit.closing_basis
    if (window is _W_FUTURE or window is _W_WAITING) and not shown.claimed:
        return _UPCOMING, ""
    if obligation.due is None and task.kind in (_K_STANDING, _K_CONDITIONAL):
        return _ONGOING, ""
    if task.optional and not shown.claimed:
        return _EXEMPT, ""
    if shown.enough is None or (shown.claimed and not shown.some):
        return _UNKNOWN, ""
    return (_OVERDUE if window is _W_OVER else _OPEN), ""


def _shown(task: Task, actuals: Sequence[Actual], receipt: Receipt) -> _Shown:
    if receipt is _R_RETURNED:
        return _NOTHING
    if len(actuals) == 1 and task.kind is not _K_QUANTITY and actuals[0].step is _SENT:  # nearly all there are
        (one,) = actuals
        return _Shown(*_ENOUGH, one.when, 1, _EXACT) if verified(one, task.evidence) else _CLAIM
    # Timeliness goes by the first that was sent, also where it came back once. An acceptance of what nobody recorded as
    # sent is a claim.
    sent = [actual for actual in actuals if actual.step is _SENT]
    if not sent:
        return _CLAIM if receipt is _R_ACCEPTED else _NOTHING
    good = [actual for actual in sent if verified(actual, task.evidence)]
    claimed = len(good) < len(sent)
    if not good:
        return _Shown(enough=False, claimed=claimed, some=False, when=None, achieved=0, bound=_EXACT)
    if task.kind is not _K_QUANTITY:
        return _Shown(enough=True, claimed=claimed, some=True, when=good[0].when, achieved=len(good), bound=_EXACT)
    return _added(task.target, good, claimed=claimed)


def _added(target: Quantity | None, good: Iterable[Actual], *, claimed: bool) -> _Shown:
    """Add up what is of the target's unit, and remember the record with which it was enough.

    Without a target one shown record is enough, and the rules say that nobody can tell how much was promised.
    """
    total: Number = 0
    bounds: set[Bound] = set()
    enough: bool | None = False
    when: Span | None = None
    unit = target.unit if target else ""
    for actual in good:
        amount = actual.quantity
        if amount is not None and _same(unit, amount.unit):
            total += amount.value
            bounds.add(amount.bound)
            unit = unit or amount.unit
        if not enough:
            enough = True if target is None else Quantity(total, total_bound(bounds), unit).reaches(target)
            when = actual.when if enough else None
    return _Shown(enough=enough, claimed=claimed, some=True, when=when, achieved=total, bound=total_bound(bounds))


def _same(unit: str, other: str) -> bool:
    return not unit or not other or unit.casefold() == other.casefold()


def _on_time(shown: _Shown, due: date | None) -> bool | None:
    if not shown.enough or shown.when is None or due is None:
        return None
    if shown.when.last <= due:
        return True
    return False if (shown.when.done or shown.when.first) > due else None


def _days_late(state: State, shown: _Shown, on_time: bool | None, due: date | None, day: date) -> int | None:
    """Always counted from the due day; grace only moves the day on which "overdue" begins (design 4.6a)."""
    if state is _DONE or state is _DONE_LATE:
        if on_time is None:
            return None
        if on_time:
            return 0
        done = shown.when.done if shown.when else None
        return (done - due).days if done and due else None
    if state is _OPEN or state is _OVERDUE:
        return max(0, (day - due).days) if due else None
    return None if state is _UNKNOWN else 0



def _evidence(pair: Pair, shown: _Shown, on_time: bool | None) -> Evidence:
    if not pair.actuals:
        return _E_NONE
    if pair.receipt is _R_RETURNED:
        return _E_RETURNED
    if pair.surplus:
        return _E_MANY
    if shown.enough:
        return _E_LATE if on_time is False else _E_ENOUGH
    if shown.enough is None:
        return _E_UNCLEAR
    if shown.some:
        return _E_PART
    return _E_CLAIMED if shown.claimed else _E_NONE


def _share(task: Task, shown: _Shown) -> Number | None:
    """a/t in per cent (design 4.6b); nothing where a word hides the amount or nothing was promised."""
    if task.kind is not _K_QUANTITY or task.target is None or shown.bound is not _EXACT or not task.target.value:
        return None
    return Decimal(shown.achieved) * 100 / Decimal(task.target.value)

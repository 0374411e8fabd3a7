"""Match and stand once more, the slow and obvious way: what design 4 says, asked of every pair of records in turn.

No index, no early exit, nothing shared with tracker.match or tracker.stand. It takes obligations as expand gives them.
"""

import calendar
import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from tracker.model.actual import Actual
from tracker.model.standing import Obligation

ONCE = ("milestone", "coverage", "recurring")


class Judged(NamedTuple):
    state: str
    evidence: str
    achieved: int
    days_late: int | None
    surplus: int


def reference(
    obligations: Sequence[Obligation],
    actuals: Sequence[Actual],
    ours: set[str],
    theirs: set[str],
    *,
    as_of: date,
    known_by: date,
) -> tuple[dict[tuple[str, str, str], Judged], list[tuple[Actual, str]]]:
    """The judgement on each obligation by key; and the strays with their reason, by day and place."""
    records = [a for a in actuals if happened(a, as_of) and is_entered(a, known_by) and stands(a, actuals, known_by)]
    judged = {o.key: judge(o, [a for a in records if belongs(a, o)], as_of) for o in obligations}
    strays = []
    for a in records:
        if any(belongs(a, o) for o in obligations) or (a.task in theirs and a.task not in ours):
            continue
        if a.task == "":
            why = "no_task"
        elif any(o.task.id == a.task and o.unit.id == a.unit for o in obligations):
            why = "no_period"
        else:
            why = "not_owed" if a.task in ours else "unknown_task"
        strays.append((a, why))
    return judged, sorted(strays, key=lambda stray: by_day(stray[0]))


def happened(a: Actual, as_of: date) -> bool:
    return a.when.first <= as_of


def is_entered(a: Actual, known_by: date) -> bool:
    return a.recorded <= known_by


def stands(a: Actual, actuals: Sequence[Actual], known_by: date) -> bool:
    """Neither a taking back itself, nor replaced or taken back by an entry that is known, whatever day that one names."""
    if a.withdraws:
        return False
    for later in actuals:
        if is_entered(later, known_by) and a.id and a.id in (later.corrects, later.withdraws):
            return False
    return True


def belongs(a: Actual, o: Obligation) -> bool:
    """By key; for what is no slot of a period, by the one plan there is or the period that it lies in whole."""
    if a.task != o.task.id or a.unit != o.unit.id:
        return False
    if a.period == o.period.id:
        return True
    if o.task.kind == "recurring":
        return False
    if a.period:
        days = days_of(a.period)
        return days is not None and o.period.first <= days[0] and days[1] <= o.period.last
    if o.task.kind == "standing" or (o.task.kind == "quantity" and o.task.every != "once"):
        return o.period.first <= a.when.first and a.when.last <= o.period.last
    return True


def days_of(period: str) -> tuple[date, date] | None:
    """First and last day of 2023, 2022-2025, 2023-02, 2023-Q1, 2023-H1, 2023-9M and 2023-W05."""
    if re.fullmatch("[1-9][0-9]{3}-9M", period):
        return date(int(period[:4]), 1, 1), date(int(period[:4]), 9, 30)
    if re.fullmatch("[1-9][0-9]{3}-W[0-9]{2}", period):
        fourth_of_january = date(int(period[:4]), 1, 4)
        monday = fourth_of_january - timedelta(fourth_of_january.weekday()) + timedelta(7 * (int(period[6:]) - 1))
        return monday, monday + timedelta(6)
    if re.fullmatch("[1-9][0-9]{3}", period):
        return date(int(period), 1, 1), date(int(period), 12, 31)
    if re.fullmatch("[1-9][0-9]{3}-[1-9][0-9]{3}", period):
        return (date(int(period[:4]), 1, 1), date(int(period[5:]), 12, 31)) if period[:4] <= period[5:] else None
    for length, letter, most in ((1, "", 12), (3, "Q", 4), (6, "H", 2)):
        for number in range(1, most + 1):
            name = f"{number:02d}" if length == 1 else f"{letter}{number}"
            if re.fullmatch(f"[1-9][0-9]{{3}}-{name}", period):
                year, last = int(period[:4]), number * length
                return date(year, last - length + 1, 1), date(year, last, calendar.monthrange(year, last)[1])
    return None


def by_day(a: Actual) -> tuple[object, ...]:
    return (a.when.first, a.when.last, a.recorded, a.step != "sent", a.at)


def is_shown(a: Actual, wanted: str) -> bool:
    figure = a.quantity is not None or a.people is not None
    return {"none": True, "document": a.doc != "", "required": a.doc != "" or figure}[wanted]


def judge(o: Obligation, mine: list[Actual], as_of: date) -> Judged:
    day = as_of if o.plan.closed is None else min(as_of, o.plan.closed)
    mine = sorted((a for a in mine if a.step != "explained"), key=by_day)
    sent = [a for a in mine if a.step == "sent"]
    surplus, returned, accepted = 0, False, False
    to_and_fro = o.task.kind in ONCE and len(sent) < len(mine)
    if to_and_fro:
        sent, surplus, returned, accepted = papers(o, mine)
    shown = [a for a in sent if is_shown(a, o.task.evidence) and not returned]
    claims = [a for a in sent if not is_shown(a, o.task.evidence) and not returned]
    if accepted and not sent:
        claims = mine
    if o.task.kind in ONCE and not to_and_fro:
        # One is wanted. A document that comes with a bare claim shows what was claimed; it is not a second deed.
        surplus = max(0, len(shown or claims) - 1)
        shown = shown[:1]
    enough, achieved, when = reached(o, shown)
    late = None
    if enough and o.due is not None and when is not None:
        late = False if when.when.last <= o.due else True if when.when.first > o.due else None
    state = state_of(o, day, enough, late, claims=bool(claims), some=bool(shown))
    days_late: int | None = 0
    if state == "unknown" or (state in ("done", "done_late") and late is None):
        days_late = None
    elif state == "done_late":
        exact = when is not None and when.when.first == when.when.last
        days_late = (when.when.first - o.due).days if exact else None
    elif state in ("open", "overdue"):
        days_late = max(0, (day - o.due).days)
    if not mine:
        evidence = "none"
    elif returned:
        evidence = "returned"
    elif surplus:
        evidence = "many"
    elif enough:
        evidence = "late" if late else "enough"
    elif enough is None:
        evidence = "unclear"
    else:
        evidence = "part" if shown else "claimed" if claims else "none"
    return Judged(state, evidence, achieved, days_late, surplus)


def papers(o: Obligation, mine: list[Actual]) -> tuple[list[Actual], int, bool, bool]:
    """Of one slot: what was sent and counts, how much is too much, and whether it came back or was accepted at last.

    A second sending counts after the first came back, or where it shows what the first only claimed.
    """
    lying: list[Actual] = []
    surplus = 0
    for a in mine:
        on_top = lying[-1] if lying else None
        free = on_top is None or on_top.step == "returned" or (on_top.step == "sent" and not is_shown(on_top, o.task.evidence))
        if a.step == "sent" and not free:
            surplus += 1
        else:
            lying.append(a)
    return [a for a in lying if a.step == "sent"], surplus, lying[-1].step == "returned", lying[-1].step == "accepted"


def reached(o: Obligation, shown: list[Actual]) -> tuple[bool | None, int, Actual | None]:
    """Whether it is enough, how much it is, and with which record it was enough."""
    if o.task.kind != "quantity":
        return bool(shown), len(shown), (shown[0] if shown else None)
    target = o.task.target
    # One measure: the target's, or else the first that is named. What counts something else is not added.
    named = [target.unit] if target else []
    named += [a.quantity.unit for a in shown if a.quantity]
    measure = next((unit for unit in named if unit), "").lower()
    total, words = 0, set()
    verdict: bool | None = False
    for a in shown:
        if a.quantity and a.quantity.unit.lower() in ("", measure):
            total += a.quantity.value
            words.add(str(a.quantity.bound))
        if verdict is not True:
            verdict = True if target is None else at_least(total, words, target.value)
            by = a
    return verdict, total, (by if verdict else None)


def at_least(total: int, words: set[str], target: int) -> bool | None:
    """Whether a total with these words about it is as much as the target: yes, no, or the words do not tell."""
    could_be_more = bool(words & {"over", "at_least", "about"})
    could_be_less = bool(words & {"under", "at_most", "about"})
    if total >= target and not could_be_less:
        return True
    if could_be_more:
        return None
    below = total < target or (total == target and "under" in words)
    return False if below else None


def state_of(o: Obligation, day: date, enough: bool | None, late: bool | None, *, claims: bool, some: bool) -> str:
    if o.applies is not True:
        return "exempt" if o.applies is False else "unknown"
    lasting = o.task.kind in ("standing", "conditional")
    if enough and o.task.kind != "standing":
        return "done_late" if late else "done"
    if o.task.cancelled and o.task.cancelled <= day:
        return "cancelled"
    # What is not done when the unit ends, ends with it: there is nobody left to do it.
    if o.unit.closed and o.unit.closed < day:
        return "cancelled"
    if (day < o.starts or o.waits) and not claims:
        return "upcoming"
    if lasting and o.due is None:
        return "ongoing"
    if o.task.optional and not claims:
        return "exempt"
    if enough is None or (claims and not some):
        return "unknown"
    return "overdue" if o.due and day > o.due + timedelta(o.task.grace_days) else "open"

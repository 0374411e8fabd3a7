"""Outcomes are drawn, and everything follows from them: states, findings, records. Nothing is ever looked up by a key.

One 64-bit draw decides all of one unit's one duty: 16 bits the outcome, 16 the day, 16 the document, 16 a stray. The
raw output of PCG64 is the same in every version of NumPy, so the same seed gives the same bytes.
"""

from collections import Counter
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from bench.world.expected import RULES, STATES, Expected, digest
from bench.world.plan import AS_OF, Duty, Plan, Unit

DONE, DONE_LATE, OPEN, OVERDUE, UPCOMING, CANCELLED, UNKNOWN = range(len(STATES))
MISSING, LATE, TASK_OVERDUE, TARGET_MISSED, DUPLICATE = range(len(RULES))
SLOT_SHARES = {"missing": 3.0, "late": 3.0, "claimed": 1.0, "twice": 1.0, "shown": 1.0, "beyond": 0.5}
"""Per cent, the rest is on time. shown: a bare claim, then its document; beyond: recorded for a day yet to come."""
QUOTA_SHARES = {"missing": 3.0, "late": 3.0, "claimed": 1.0, "part": 3.0, "sum": 45.0, "beyond": 0.5}
"""Per cent, the rest is one record of all three. sum: three of one each; late: the third of them after the day."""
STRAYS_IN = 65_536 // 1000
"""Of 65,536 draws of a monthly report so many bring a record along that nothing asked for."""
Ints = np.ndarray


def days(day: date) -> int:
    """Since 1970."""
    return (day - date(1970, 1, 1)).days


NOW = days(AS_OF)
NEVER = days(date(2999, 1, 1))


class Records(NamedTuple):
    """Columns of the log, in no order yet."""

    unit: Ints
    label: Ints
    """Of which task and period: a position in `labels`."""
    day: Ints
    doc: Ints
    """0 = none is named."""
    quantity: Ints
    """0 = none."""
    labels: list[tuple[str, str]]


class Outcome(NamedTuple):
    """What was drawn."""

    counts: Ints
    """By unit and state."""
    findings: list[tuple[int, int, bool, Ints]]
    """Rule, duty, whether it cannot be told, units."""
    strays: int
    records: Records

    def expected(self, plan: Plan) -> Expected:
        """Counts and digests."""
        ids = [unit.id for unit in plan.units]
        lines: list[str] = []
        rules: Counter[str] = Counter()
        unknown: Counter[str] = Counter()
        for rule, number, null, units in self.findings:
            duty, name = plan.duties[number], RULES[rule]
            head, tail = f"{name},{duty.task.id},", f",{duty.period},{'unknown' if null else 'broken'}"
            lines += [f"{head}{ids[unit]}{tail}" for unit in units.tolist()]
            rules[name] += len(units)
            unknown[name] += len(units) if null else 0
        shown = [
            f"{ids[unit]},{STATES[state]},{self.counts[unit, state]}"
            for unit, state in np.argwhere(self.counts).tolist()
        ]
        states = {name: int(count) for name, count in zip(STATES, self.counts.sum(axis=0), strict=True)}
        return Expected(
            sum(states.values()), len(self.records.unit), self.strays, len(ids), states,
            {name: rules[name] for name in RULES}, {name: unknown[name] for name in RULES},
            digest(lines), digest(shown),
        )  # fmt: skip


class _Log:
    """Where records are put while they are drawn."""

    def __init__(self, duties: tuple[Duty, ...]) -> None:
        self.labels = [(duty.task.id, duty.key) for duty in duties]
        self.of = {label: number for number, label in enumerate(self.labels)}
        self.parts: list[tuple[Ints, ...]] = []

    def add(self, label: tuple[str, str], unit: Ints, day: Ints, doc: Ints, quantity: int = 0) -> None:
        if not len(unit):
            return
        number = self.of.setdefault(label, len(self.labels))
        if number == len(self.labels):
            self.labels.append(label)
        size = len(unit)
        self.parts.append((
            unit.astype(np.int32), np.full(size, number, np.int32), day.astype(np.int32),
            doc.astype(np.int32), np.full(size, quantity, np.int8),
        ))  # fmt: skip

    def records(self) -> Records:
        return Records(*(np.concatenate(column) for column in zip(*self.parts, strict=True)), labels=self.labels)


class _Case(NamedTuple):
    """One duty with the units that owe it: parallel arrays."""

    duty: Duty
    unit: Ints
    closed: Ints
    """Last day; far away where the unit goes on."""
    opened: Ints
    shift: Ints
    doc: Ints

    def of(self, mask: Ints) -> "_Case":
        return self._replace(
            unit=self.unit[mask], closed=self.closed[mask], opened=self.opened[mask],
            shift=self.shift[mask], doc=self.doc[mask],
        )  # fmt: skip

    @property
    def end(self) -> int:
        return min(days(self.duty.due), NOW)

    def in_time(self) -> Ints:
        start = days(self.duty.starts)
        return np.maximum(self.end - self.shift % (self.end - start + 1), self.opened)

    def late(self) -> Ints:
        return np.minimum(np.minimum(days(self.duty.due) + 1 + self.shift % 40, NOW), self.closed)


def drawn(plan: Plan, seed: int) -> Outcome:
    """Draw everything, duty by duty."""
    counts = np.zeros((len(plan.units), len(STATES)), np.int32)
    findings: list[tuple[int, int, bool, Ints]] = []
    log = _Log(plan.duties)
    strays = 0
    opened, closed = _spells(plan.units)
    kinds = np.array([unit.kind for unit in plan.units])
    for number, duty in enumerate(plan.duties):
        raw = np.random.PCG64(np.random.SeedSequence([seed, number])).random_raw(len(plan.units))
        owes = (kinds == duty.task.who) & (opened <= days(duty.first)) & (closed >= days(duty.last))
        unit, raw = np.flatnonzero(owes), raw[owes]
        shift, doc = (raw >> np.uint64(16) & np.uint64(0xFFFF)), (raw >> np.uint64(32) & np.uint64(0xFFFF))
        case = _Case(duty, unit, closed[unit], opened[unit], shift.astype(np.int64), doc.astype(np.int64) % 998 + 1)
        judged = _one(case, (raw & np.uint64(0xFFFF)).astype(np.int64), log)
        counts[unit, judged.state] += 1
        findings += _found(number, duty, unit, judged)
        if duty.task.every == "month":
            strays += _strays(case, (raw >> np.uint64(48)).astype(np.int64), log, plan)
    return Outcome(counts, findings, strays, log.records())


def _spells(units: tuple[Unit, ...]) -> tuple[Ints, Ints]:
    opened = np.array([days(unit.opened) if unit.opened else 0 for unit in units])
    return opened, np.array([days(unit.closed) if unit.closed else NEVER for unit in units])


class _Judged(NamedTuple):
    """What came of one duty, unit by unit."""

    state: Ints
    part: Ints
    """Where a part of a quota was reached."""
    twice: Ints
    """Where two records lie in a slot of one."""


def _one(case: _Case, outcome: Ints, log: _Log) -> _Judged:
    """States of one duty; its records go into the log."""
    duty = case.duty
    size = len(case.unit)
    none = np.zeros(size, bool)
    if duty.starts > AS_OF:
        return _Judged(np.full(size, UPCOMING), none, none)
    quota = duty.task.kind == "quantity"
    hit = _masks(outcome, QUOTA_SHARES if quota else SLOT_SHARES)
    past = duty.due < AS_OF
    # what is due after a unit's end ends with it: nothing is recorded
    ends = case.closed < days(duty.due)
    hit = {name: mask & ~ends for name, mask in hit.items()}
    # nothing is late on the day itself, and a unit that is gone sends nothing
    late = hit["late"] = hit["late"] & (days(duty.due) < case.closed) if past else none
    owing = OVERDUE if (AS_OF - duty.due).days > duty.task.grace else OPEN
    open_ = np.where(case.closed < NOW, CANCELLED, owing)
    state = np.full(size, DONE)
    state[late] = DONE_LATE
    part = hit.get("part", none)
    undone = hit["missing"] | hit["beyond"] | part
    state[undone] = open_[undone]
    state[hit["claimed"]] = np.where(case.closed[hit["claimed"]] < NOW, CANCELLED, UNKNOWN)
    state[ends] = CANCELLED
    plain = ~np.logical_or.reduce([ends, *hit.values()])
    (_quota_records if quota else _slot_records)(case, {**hit, "plain": plain}, log)
    return _Judged(state, part, hit.get("twice", none))


def _masks(outcome: Ints, shares: dict[str, float]) -> dict[str, Ints]:
    """Where each outcome was drawn."""
    masks, low = {}, 0
    for name, share in shares.items():
        high = low + int(share * 65_536 / 100)
        masks[name] = (outcome >= low) & (outcome < high)
        low = high
    return masks


def _slot_records(case: _Case, hit: dict[str, Ints], log: _Log) -> None:
    """Records of what takes exactly one."""
    label = (case.duty.task.id, case.duty.key)

    def add(name: str, day: Ints, *, doc: bool = True) -> None:
        one = case.of(hit[name])
        log.add(label, one.unit, day, one.doc if doc else np.zeros(len(one.unit)))

    add("plain", case.of(hit["plain"]).in_time())
    add("late", case.of(hit["late"]).late())
    claimed = case.of(hit["claimed"])
    add("claimed", np.minimum(case.end, claimed.closed), doc=False)
    beyond = case.of(hit["beyond"])
    going = beyond.of(beyond.closed == NEVER)
    log.add(label, going.unit, NOW + 1 + going.shift % 30, going.doc)
    twice = case.of(hit["twice"])
    add("twice", twice.in_time())
    add("twice", np.minimum(np.minimum(twice.in_time() + 7, NOW), twice.closed))
    shown = case.of(hit["shown"]).in_time()
    add("shown", shown, doc=False)
    add("shown", np.minimum(shown + 5, case.end))


def _quota_records(case: _Case, hit: dict[str, Ints], log: _Log) -> None:
    """Records that add up to a quota, or do not."""
    label = (case.duty.task.id, case.duty.key)
    start = np.maximum(days(case.duty.starts), 0)

    def add(name: str, day: Ints, quantity: int, *, doc: bool = True) -> None:
        one = case.of(hit[name])
        log.add(label, one.unit, day, one.doc if doc else np.zeros(len(one.unit)), quantity)

    def before(name: str, gap: int) -> Ints:
        one = case.of(hit[name])
        return np.maximum(np.maximum(one.in_time() - gap, start), one.opened)

    add("plain", before("plain", 0), 3)
    for gap in (50, 20, 0):
        add("sum", before("sum", gap), 1)
    for gap in (50, 20):
        add("part", before("part", gap), 1)
        add("late", before("late", gap), 1)
    add("late", case.of(hit["late"]).late(), 1)
    add("claimed", np.minimum(case.end, case.of(hit["claimed"]).closed), 1, doc=False)
    beyond = case.of(hit["beyond"])
    going = beyond.of(beyond.closed == NEVER)
    log.add(label, going.unit, NOW + 1 + going.shift % 30, going.doc, 3)


def _found(number: int, duty: Duty, unit: Ints, judged: _Judged) -> list[tuple[int, int, bool, Ints]]:
    """What the five rules say of one duty."""
    state, part, twice = judged
    report = duty.task.kind == "recurring" and duty.task.measure == "report"
    rule = MISSING if report else TASK_OVERDUE
    found = [
        (rule, number, False, unit[(state == OVERDUE) & ~part]),
        (rule, number, True, unit[state == UNKNOWN]),
        (TARGET_MISSED, number, False, unit[(state == OVERDUE) & part]),
        (DUPLICATE, number, False, unit[twice]),
    ]
    if report:
        found.append((LATE, number, False, unit[state == DONE_LATE]))
    return [one for one in found if len(one[3])]


def _strays(case: _Case, draw: Ints, log: _Log, plan: Plan) -> int:
    """Records that nothing asked for: without a period, for one before the plan, of another's task, without a task."""
    other = next(duty for duty in plan.duties if duty.task.who == "tinh")
    labels = [(case.duty.task.id, ""), (case.duty.task.id, "2019-12"), (other.task.id, other.key), ("", "")]
    hit = (draw < STRAYS_IN) & (case.closed == NEVER)
    for number, label in enumerate(labels):
        one = case.of(hit & (draw % len(labels) == number))
        log.add(label, one.unit, days(AS_OF - timedelta(300)) + one.shift % 300, one.doc)
    return int(hit.sum())

"""Random plans, random records, random days: the core agrees with the obvious reference, and holds what design 4.3 says."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import product

from builders import KEY, PLAN, amount, placed, plan, regime, task, unit
from hypothesis import HealthCheck, given, settings, strategies as st
from reference import reference

from tracker.expand import expand
from tracker.know import corrected
from tracker.match import match
from tracker.model.actual import Actual, Step
from tracker.model.plan import Due, Every, EvidenceWanted, Kind, Plan
from tracker.model.record import Stray
from tracker.model.source import Place
from tracker.model.standing import Obligation, Pair, Standing
from tracker.model.unit import Unit
from tracker.model.values import Bound, Span
from tracker.periods import Days
from tracker.stand import stand

FIRST, LAST = date(2022, 12, 1), date(2024, 6, 30)
DAYS = st.integers(0, (LAST - FIRST).days).map(lambda n: FIRST + timedelta(n))
LATE = st.one_of(DAYS, st.sampled_from((date(2023, 4, 15), date(2023, 7, 1), date(2024, 1, 20), LAST)))
"""Days of judgement: most of them such that there is something to judge."""
UNITS = ("u1", "u2", "u3")
OTHER = "OLD"
COMMON = settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@dataclass(frozen=True)
class World:
    viewed: tuple[Plan, ...]
    others: tuple[Plan, ...]
    units: tuple[Unit, ...]
    actuals: tuple[Actual, ...]
    days: Days

    def obligations(self) -> tuple[Obligation, ...]:
        return expand(self.viewed, self.units)[0]

    def pairs(self) -> tuple[tuple[Pair, ...], tuple[Stray, ...]]:
        return match(self.obligations(), self.known(), self.viewed, self.others, self.days.as_of)

    def known(self) -> list[Actual]:
        return list(corrected([actual for actual in self.actuals if actual.recorded <= self.days.known_by]))

    def standings(self) -> tuple[Standing, ...]:
        return stand(self.pairs()[0], self.days.as_of)

    def ids(self, plans: tuple[Plan, ...]) -> set[str]:
        return {one.id for each in plans for one in each.tasks}


@cache
def maybe(strategy):
    return st.none() | strategy


quantities = st.builds(amount, st.integers(0, 9), st.sampled_from(("", "lớp", "LỚP", "người")), st.sampled_from(Bound))
exact_targets = st.builds(amount, st.integers(1, 12), st.sampled_from(("", "lớp")))
spans = st.one_of(
    DAYS.map(lambda d: Span(d, d)),
    DAYS.map(lambda d: Span(d, d)),
    st.sampled_from([Span(date(2023, m, 1), date(2023, m, 28)) for m in range(1, 13)]),
    st.sampled_from((Span(date(2023, 1, 1), date(2023, 12, 31)), Span(date(2023, 4, 1), date(2023, 6, 30)))),
)
dues = st.one_of(
    DAYS.map(lambda d: Due(Span(d, d))),
    st.just(Due(Span(date(2023, 1, 1), date(2023, 6, 30)))),
    st.builds(lambda n: Due(None, n, date(2023, 1, 31)), st.integers(1, 12)),
)
SELDOM = st.sampled_from((None, None, None, 1)).flatmap(lambda some: DAYS if some else st.none())
PERIODS = ("", "", "2023", "2022", "2022-2025", "2023-02", "2023-12", "2023-Q1", "2023-H2", "2023-13", "kỳ 1", "2025-2022", "0000")


def every_way(*choices):
    """One of each list, drawn at once: a draw is dear, and a world needs hundreds."""
    return st.sampled_from(list(product(*choices)))


WAYS_OF_TASKS = every_way(
    Kind, ("huyen", "xa", "huyen xa", "u1", "u2 xa"), [every for every in Every if every is not Every.DAY], (False, False, False, True), ("", "bc"),
)  # fmt: skip
MORE_OF_TASKS = every_way((0, 0, 5, 40), EvidenceWanted, ("", "", "office = TRUE", "office = FALSE"))
STEPS = (*(Step.SENT,) * 5, Step.RETURNED, Step.ACCEPTED, Step.EXPLAINED)
WAYS_OF_RECORDS = every_way(
    ("", "", "", "", "corrects", "withdraws"), (True, False), (None, None, amount(30, "người")), ("", "18-BC/BDT"), STEPS, (True, False),
)  # fmt: skip


@st.composite
def units(draw):
    found = []
    for name in draw(st.lists(st.sampled_from(UNITS), min_size=1, unique=True)):
        office = draw(st.sampled_from((True, True, False, None, "absent")))
        found.append(
            unit(
                name,
                draw(st.sampled_from(("huyen", "xa"))),
                {} if office == "absent" else {"office": office},
                opened=draw(SELDOM),
                closed=draw(SELDOM),
            ),
        )
    return placed(*found)


@st.composite
def tasks(draw, number, key, name):
    kind, owed_by, every, optional, timing = draw(WAYS_OF_TASKS)
    grace, evidence, applies = draw(MORE_OF_TASKS)
    return task(
        name,
        kind,
        owed_by,
        plan=number,
        key=key,
        every=every,
        optional=optional,
        regime=timing,
        due=draw(maybe(dues)),
        starts=draw(SELDOM),
        grace_days=grace,
        target=draw(maybe(exact_targets)),
        evidence=evidence,
        applies=applies,
        cancelled=draw(SELDOM),
    )


@st.composite
def plans(draw, number, key, period):
    return plan(
        *(draw(tasks(number, key, str(n))) for n in range(draw(st.integers(1, 3)))),
        number=number,
        key=key,
        period=period,
        closed=draw(SELDOM),
        regimes=[regime(cutoff_day=draw(st.sampled_from((0, 14))), due_day=draw(st.sampled_from((0, 10, 31))),
                        due_month=draw(st.integers(0, 1)), merge=draw(st.booleans()))],
    )  # fmt: skip


@st.composite
def worlds(draw):
    ours = draw(plans(PLAN, KEY, draw(st.sampled_from(("2023", "2023", "2023-H1", "2023-Q1", "2022-2023")))))
    others = (draw(plans(OTHER, OTHER, "2023")),) if draw(st.booleans()) else ()
    where = draw(units())
    keys = [one.key for one in expand((ours,), where)[0]]
    names = [one.id for one in ours.tasks]
    actuals = []
    for line in range(draw(st.integers(0, 12))):
        if keys and draw(st.integers(0, 3)):
            of, who, period = draw(st.sampled_from(keys))
            period = draw(st.sampled_from((period, period, "")))
        else:
            of = draw(st.sampled_from((*names, f"{OTHER}/0", "", "14-KH/99")))
            who, period = draw(st.sampled_from((*UNITS, "nobody"))), draw(st.sampled_from(PERIODS))
        when = draw(spans)
        wrong, at_once, people, doc, step, named = draw(WAYS_OF_RECORDS)
        actuals.append(
            Actual(
                unit=who, task=of, when=when, period=period,
                recorded=when.last if at_once else draw(DAYS),
                quantity=draw(maybe(quantities)),
                people=people,
                doc=doc,
                step=step,
                id=f"e{line}" if named else "",
                at=Place("actuals/a.yaml", line + 1),
                **({wrong: f"e{draw(st.integers(0, 12))}"} if wrong else {}),
            ),
        )  # fmt: skip
    as_of = draw(LATE)
    return World((ours,), others, where, tuple(actuals), Days(as_of, draw(maybe(LATE)) or as_of))


def judged(standing: Standing) -> tuple[object, ...]:
    return (standing.state, standing.evidence, standing.achieved, standing.days_late, len(standing.surplus))


@settings(COMMON, max_examples=250)
@given(worlds())
def test_what_always_holds(world):
    """One world is dear to draw, so that each is asked everything."""
    the_core_agrees_with_the_reference(world)
    one_state_each_and_counts_that_add_up(world)
    days_late_and_grace_mean_what_they_say(world)
    every_known_record_is_used_exactly_once(world)


def the_core_agrees_with_the_reference(world):
    expected, lost = reference(
        world.obligations(), world.actuals, world.ids(world.viewed), world.ids(world.others),
        as_of=world.days.as_of, known_by=world.days.known_by,
    )  # fmt: skip
    assert {one.obligation.key: judged(one) for one in world.standings()} == expected
    assert [(one.actual, one.why) for one in world.pairs()[1]] == lost


def one_state_each_and_counts_that_add_up(world):
    obligations, standings = world.obligations(), world.standings()
    assert [one.obligation for one in standings] == list(obligations)
    assert len({one.key for one in obligations}) == len(obligations)
    assert sum(Counter(str(one.state) for one in standings).values()) == len(obligations)
    for one in standings:
        assert one.judged == (None if one.state == "unknown" else one.state)
        assert (one.state == "exempt") <= (one.obligation.applies is False or one.obligation.task.optional)
        assert (one.state == "exempt") >= (one.obligation.applies is False)
        assert one.obligation.applies is not None or one.state == "unknown"
    owed = [one for one in standings if one.obligation.applies and one.obligation.due is not None]
    states = Counter(str(one.state) for one in owed)
    apart = states["cancelled"] + states["exempt"]
    done = states["done"] + states["done_late"]
    in_time = states["open"] + states["upcoming"]
    not_done = in_time + states["overdue"] + states["unknown"]
    assert len(owed) == done + not_done + apart, states
    assert all(one.on_time is not None or one.days_late is None for one in owed if one.state in ("done", "done_late"))
    assert all(one.on_time is False for one in owed if one.state == "done_late")
    assert all(one.on_time is not False for one in owed if one.state == "done")


def days_late_and_grace_mean_what_they_say(world):
    for one in world.standings():
        day, due = world.days.as_of, one.obligation.due
        day = min(day, one.obligation.plan.closed or day)
        if one.state == "overdue":
            assert due is not None
            assert one.days_late == (day - due).days > one.obligation.task.grace_days
        if one.state == "open" and due is not None:
            assert one.days_late == max(0, (day - due).days) <= one.obligation.task.grace_days
        if one.state == "done_late" and all(a.when.exact for a in one.actuals):
            assert one.days_late is not None
            assert one.days_late >= 1
        if one.state == "done":
            assert one.days_late in (0, None)
        if one.state in ("ongoing", "upcoming", "exempt", "cancelled"):
            assert one.days_late == 0
        if one.obligation.task.kind in ("standing", "conditional"):
            assert one.state not in ("overdue", "open", "done_late")
        assert one.due_soon <= (one.state in ("open", "upcoming"))
        assert one.carried_over <= (one.obligation.plan.closed is not None)


def every_known_record_is_used_exactly_once(world):
    pairs, strays = world.pairs()
    used = Counter(a.at.line for pair in pairs for a in (*pair.actuals, *pair.surplus, *pair.reasons))
    used.update(one.actual.at.line for one in strays)
    elsewhere = world.ids(world.others)
    left = {a.at.line for a in world.known() if a.task not in elsewhere and a.when.first <= world.days.as_of}
    assert set(used) == left
    assert set(used.values()) <= {1}
    for pair in pairs:
        for a in (*pair.actuals, *pair.surplus, *pair.reasons):
            assert (a.task, a.unit) == pair.obligation.key[:2]
            assert pair.obligation.task.kind != "recurring" or a.period == pair.obligation.period.id


@settings(COMMON, max_examples=80)
@given(worlds(), st.randoms(use_true_random=False), st.integers(1, 400), st.integers(0, 60))
def test_what_must_not_matter_does_not(world, random, later, grace):
    the_order_of_records_changes_nothing(world, random)
    what_was_recorded_later_is_not_known(world, later)
    grace_never_changes_how_late_a_thing_was_done(world, grace)
    each_unit_is_judged_by_itself(world)


def the_order_of_records_changes_nothing(world, random):
    shuffled = list(world.actuals)
    random.shuffle(shuffled)
    for actuals in (tuple(reversed(world.actuals)), tuple(shuffled)):
        other = replace(world, actuals=actuals)
        assert other.standings() == world.standings()
        assert other.pairs()[1] == world.pairs()[1]


def what_was_recorded_later_is_not_known(world, later):
    day = world.days.known_by + timedelta(later)
    fresh = tuple(a._replace(recorded=day, at=Place("actuals/b.yaml", a.at.line), corrects=a.id) for a in world.actuals)
    assert replace(world, actuals=world.actuals + fresh).standings() == world.standings()
    earlier = tuple(a for a in world.actuals if a.recorded <= world.days.known_by)
    assert replace(world, actuals=earlier).standings() == world.standings()


def grace_never_changes_how_late_a_thing_was_done(world, grace):
    changed = tuple(p._replace(tasks=tuple(t._replace(grace_days=grace) for t in p.tasks)) for p in world.viewed)
    for before, after in zip(world.standings(), replace(world, viewed=changed).standings(), strict=True):
        if before.state in ("done", "done_late"):
            assert (after.state, after.days_late, after.on_time) == (before.state, before.days_late, before.on_time)


def each_unit_is_judged_by_itself(world):
    """A run may be split by unit and put together again (design 6)."""
    apart = [one for who in world.units for one in stand(match(
        expand(world.viewed, (who,))[0], world.known(), world.viewed, world.others, world.days.as_of)[0], world.days.as_of)]  # fmt: skip
    ours = {one.obligation.key: one.state for one in world.standings() if not one.obligation.task.applies}
    assert {one.obligation.key: one.state for one in apart if not one.obligation.task.applies} == ours

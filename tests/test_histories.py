"""Random histories: a view depends on nothing that was entered later, and the causes of a change partition it."""

from collections import Counter
from datetime import date, timedelta

from builders import amount, placed, plan, regime, task, unit
from hypothesis import HealthCheck, given, settings, strategies as st

from tracker.change import View, change
from tracker.model.actual import Actual, Event, Step
from tracker.model.change import Cause
from tracker.model.plan import Amendment, Close, Due, Existing, Kind
from tracker.model.project import Project
from tracker.model.source import Place
from tracker.model.unit import Fact, Group, How, Membership, Spell, Succession
from tracker.model.values import Span
from tracker.periods import Days
from tracker.run import Asked, run

FIRST = date(2023, 1, 1)
DAYS = st.integers(0, 400).map(lambda n: FIRST + timedelta(n))
MAYBE = st.none() | DAYS
COMMON = settings(deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
NAMES = ("a", "b", "c")
FOREVER = date(2100, 1, 1)


@st.composite
def units(draw):
    found = []
    for name in NAMES:
        closed = draw(MAYBE)
        office = draw(st.sampled_from((True, False, None)))
        facts = {"office": (Fact("office", True), Fact("office", office, "QĐ", first=draw(DAYS), recorded=draw(DAYS)))}
        found.append(unit(name, "huyen", closed=closed)._replace(facts=facts, closing_known=draw(MAYBE) if closed else None))
    heir = unit("heir", "xa", opened=date(2023, 2, 1))
    return placed(*found, heir)


@st.composite
def tasks(draw, name):
    due = draw(st.sampled_from((None, Due(Span(date(2023, 6, 30), date(2023, 6, 30))), Due(event="su-kien", days=20), Due(event="14-KH/0", days=30))))
    kind = draw(st.sampled_from(Kind))
    return task(
        name, kind, draw(st.sampled_from(("huyen", "vung", "a b"))),
        every="quarter" if kind in {Kind.RECURRING, Kind.STANDING} else draw(st.sampled_from(("once", "quarter"))),
        regime=draw(st.sampled_from(("", "bc"))),
        due=Due(event="su-kien", days=9) if kind is Kind.CONDITIONAL else due,
        case="su-kien" if kind is Kind.CONDITIONAL else "",
        target=draw(st.sampled_from((None, amount(2, "lớp")))),
        applies=draw(st.sampled_from(("", "office = TRUE"))),
        optional=draw(st.sampled_from((False, False, True))),
        inherited=draw(st.booleans()),
        owed_if=draw(st.sampled_from(Existing)),
        measure="report",
    )  # fmt: skip


@st.composite
def plans(draw):
    ours = [draw(tasks(str(n))) for n in range(draw(st.integers(1, 3)))]
    amendments = []
    for number in range(draw(st.integers(0, 3))):
        one, on = draw(st.sampled_from(ours)), draw(DAYS)
        kind = draw(st.sampled_from(("due", "target", "added", "cancelled")))
        moved = {
            "due": {"due": Due(Span(day := draw(DAYS), day))}, "target": {"target": amount(1, "lớp")},
            "added": {"added": True}, "cancelled": {"cancelled": True},
        }[kind]  # fmt: skip
        amendments.append(Amendment(one.id, on, on + timedelta(draw(st.integers(0, 60))), f"{number}-CV", "x", **moved))
    amendments.sort(key=lambda one: one.on)
    on = draw(MAYBE)
    close = Close(on, "9-BC", draw(MAYBE), draw(MAYBE)) if on else None
    return plan(*ours, amended=tuple(amendments), close=close, regimes=[regime(due_day=10, cutoff_day=draw(st.sampled_from((0, 14))))])


@st.composite
def projects(draw):
    ours = draw(plans())
    records = []
    for line in range(draw(st.integers(0, 10))):
        when = draw(DAYS)
        wrong = draw(st.sampled_from(("", "", "", "corrects", "withdraws")))
        records.append(
            Actual(
                unit=draw(st.sampled_from((*NAMES, "heir"))),
                task=draw(st.sampled_from([one.id for one in ours.tasks])),
                when=Span(when, when),
                recorded=when + timedelta(draw(st.integers(0, 90))),
                period=draw(st.sampled_from(("", "2023-Q1", "2023-Q2", "2023", "e1", "e2"))),
                quantity=draw(st.sampled_from((None, amount(1, "lớp"), amount(2, "lớp")))),
                doc=draw(st.sampled_from(("", "1-BC"))),
                step=draw(st.sampled_from((Step.SENT, Step.SENT, Step.SENT, Step.RETURNED, Step.ACCEPTED))),
                id=f"r{line}" if draw(st.booleans()) else "",
                at=Place("actuals/a.yaml", line + 1),
                **({wrong: f"r{draw(st.integers(0, 9))}"} if wrong else {}),
            ),
        )
    events = [
        Event(f"e{n}", "su-kien", when := draw(DAYS), when + timedelta(draw(st.integers(0, 60))), draw(st.sampled_from(((), ("a",)))))
        for n in range(draw(st.integers(0, 3)))
    ]
    return Project(
        units=draw(units()),
        plans=(ours,),
        actuals=tuple(records),
        events=tuple(sorted(events, key=lambda event: (event.when, event.id))),
        groups=(Group("vung", "Vùng", (Membership("a"), Membership("b", Spell(None, draw(MAYBE))))),),
        successions=(Succession(date(2023, 7, 1), How.MERGE, ("a", "b"), ("heir",), recorded=draw(MAYBE)),),
    )


def asked(as_of: date, known_by: date) -> Asked:
    return Asked(Days(as_of, known_by))


def without_what_came_later(project: Project, day: date) -> Project:
    """The obvious way: everything that bears a later day of entry is cut out by hand."""
    def unit_(one):
        last = one.spells[-1].last
        if last and (one.closing_known or last) > day:
            one = one._replace(spells=(one.spells[-1]._replace(last=None),), successors=(), closing_basis="")
        return one._replace(facts={k: tuple(f for f in held if not f.recorded or f.recorded <= day) for k, held in one.facts.items()})

    def plan_(one):
        late = {a.task for a in one.amended if a.recorded > day and a.added}
        close = one.close if one.close and (one.close.recorded or one.close.on) <= day else None
        return one._replace(
            amended=tuple(a for a in one.amended if a.recorded <= day),
            tasks=tuple(t for t in one.tasks if t.id not in late),
            close=close,
        )

    return project._replace(
        units=tuple(map(unit_, project.units)),
        plans=tuple(map(plan_, project.plans)),
        actuals=tuple(a for a in project.actuals if a.recorded <= day),
        events=tuple(e for e in project.events if e.recorded <= day),
        successions=tuple(s for s in project.successions if (s.recorded or s.on) <= day),
    )


@COMMON
@given(projects(), DAYS, DAYS)
def test_a_view_depends_on_nothing_that_was_entered_later(project, as_of, known_by):
    whole = run(project, asked(as_of, known_by))
    cut = run(without_what_came_later(project, known_by), asked(as_of, known_by))
    assert whole.standings == cut.standings
    assert whole.strays == cut.strays
    assert whole.late == cut.late
    states = Counter(standing.state for standing in whole.standings)
    assert sum(states.values()) == len({standing.obligation.key for standing in whole.standings})


@COMMON
@given(projects(), DAYS, st.integers(0, 90), st.booleans())
def test_the_causes_partition_the_change(project, as_of, later, hindsight):
    then, now = as_of, as_of + timedelta(later)
    known = FOREVER if hindsight else None
    before, after = View(project, asked(then, known or then)), View(project, asked(now, known or now))
    found = change(before, after)
    states = [{s.obligation.key: s.state for s in run(project, one.asked).standings} for one in (before, after)]
    differ = {key for key in states[0].keys() | states[1].keys() if states[0].get(key) is not states[1].get(key)}
    assert {one.standing.obligation.key for one in found.moved} == differ
    assert len(found.moved) == len(differ) == sum(found.causes.values())
    assert found.causes[Cause.RULE] == 0
    if hindsight:
        assert set(found.causes) - {Cause.TIME} == {cause for cause, count in found.causes.items() if not count} - {Cause.TIME}
    if not later:
        assert found.moved == []


@COMMON
@given(projects(), DAYS, st.integers(1, 90))
def test_on_one_day_nothing_changes_by_time_and_without_new_entries_by_nothing_else(project, as_of, later):
    same_day = change(View(project, asked(as_of, as_of)), View(project, asked(as_of, as_of + timedelta(later))))
    assert same_day.causes[Cause.TIME] == same_day.causes[Cause.NEW] == 0
    known = without_what_came_later(project, as_of)
    silent = change(View(known, asked(as_of, as_of)), View(known, asked(as_of + timedelta(later), as_of + timedelta(later))))
    assert {cause for cause, count in silent.causes.items() if count} <= {Cause.TIME}
    frozen = [f.fingerprint for f in silent.persisting]
    assert len(frozen) == len(set(frozen))

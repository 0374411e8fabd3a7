"""Obligations as addresses: each the one that the plain core expands, judged alike, whatever tells units apart."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

import pytest
from builders import day, placed, plan, regime, task, unit
from hypothesis import given, settings, strategies as st

from tracker.expand import Beside, expand
from tracker.model.actual import Event
from tracker.model.plan import Due, Every, Existing, Timing
from tracker.model.standing import Pair
from tracker.model.unit import Fact, Group, Membership, Spell, Unit
from tracker.stand import stand

owed = pytest.importorskip("tracker.grid.owed").owed

AS_OF = date(2023, 8, 20)
NAMES = ("a", "b", "c", "d", "e", "f")
SPELLS = (Spell(), Spell(None, day("2023-05-15")), Spell(day("2023-02-10"), None))
LEVELS = MappingProxyType({"huyen": Timing(due_day=20), "tinh": Timing(due_day=5, due_month=1)})
MERGED = regime("g", levels=LEVELS, due_day=25, merge=True)
REGIMES = (MERGED, regime("l", levels=LEVELS, due_day=10), regime("o", due_day=15))


@st.composite
def units(draw: st.DrawFn) -> tuple[Unit, ...]:
    facts: Mapping[str, Any] = {"office": draw(st.sampled_from((True, False)))}
    return placed(
        unit("t", "tinh"),
        unit("h", "huyen"),
        *(
            unit(
                name,
                draw(st.sampled_from(("xa", "xa", "xa", "huyen", "phong"))),
                facts if draw(st.booleans()) else {},
                spells=(draw(st.sampled_from((*SPELLS, Spell(), Spell()))),),
                serves=draw(st.sampled_from(("", "", "t", "h"))),
                closing_basis=draw(st.sampled_from(("", "", "", "1-NQ", "2-NQ"))),
            )
            for name in NAMES
        ),
    )


groups = st.lists(
    st.builds(Membership, st.sampled_from(NAMES), st.sampled_from(SPELLS)), max_size=8,
).map(lambda members: [Group("vung", "Vùng", tuple(members))])  # fmt: skip
events = st.lists(
    st.builds(
        Event,
        st.sampled_from(("e-1", "e-2", "e-3")),
        st.sampled_from(("lu", "chay")),
        st.sampled_from((day("2023-03-01"), day("2023-06-30"))),
        st.just(AS_OF),
        st.lists(st.sampled_from(NAMES), max_size=2, unique=True).map(tuple),
    ),
    max_size=3,
    unique_by=lambda event: event.id,
)
owers = st.sampled_from(("xa", "vung", "vung", "xa phong", "vung a", "phong vung", "b", "huyen tinh xa", "nobody"))
KINDS: tuple[dict[str, Any], ...] = (
    {"kind": "recurring", "every": "month", "regime": "g", "measure": "report"},
    {"kind": "recurring", "every": "quarter", "regime": "g", "measure": "report"},
    {"kind": "recurring", "every": "quarter", "regime": "l"},
    {"kind": "recurring", "every": "month", "regime": "o", "owed_if": Existing.ANY},
    {"kind": "milestone", "due": "2023-06-30"},
    {"kind": "coverage", "due": "2023-06-30", "applies": "office = TRUE"},
    {"kind": "recurring", "every": "quarter", "applies": "office = FALSE OR office IS NULL"},
    {"kind": "milestone", "applies": "no such column = 1"},
    {"kind": "milestone", "due": Due(event="lu", days=30)},
    {"kind": "conditional", "case": "lu", "due": Due(days=10)},
    {"kind": "quantity", "every": Every.QUARTER, "owed_if": Existing.DUE},
)
tasks = st.lists(owers, min_size=len(KINDS), max_size=len(KINDS)).map(
    lambda drawn: [task(str(number), owed_by=whom, **kind) for number, (kind, whom) in enumerate(zip(KINDS, drawn, strict=True))],
)


@settings(max_examples=50, deadline=None)
@given(tasks, units(), groups, events)
def test_every_obligation_is_that_of_the_plain_core(wanted, everybody, grouped, happening):
    by_name: dict[str, list[Event]] = {}
    for event in sorted(happening, key=lambda one: (one.when, one.id)):
        by_name.setdefault(event.name, []).append(event)
    beside = Beside(grouped, by_name, as_of=AS_OF)
    plans = [plan(*wanted, regimes=REGIMES)]
    expected, problems = expand(plans, everybody, beside)
    found, same = owed(plans, everybody, beside)
    assert same == problems
    assert [found.at(position) for position in range(found.size)] == list(expected)
    plainly = stand([Pair(one, ()) for one in expected], AS_OF)
    by_spec = stand([Pair(one, ()) for one in found.specs], AS_OF)
    for position, one in enumerate(plainly):
        shared = by_spec[found.spec[position]]
        assert shared._replace(obligation=one.obligation) == one


def test_events_for_many_do_not_make_every_unit_a_case_of_its_own():
    everybody = placed(*(unit(f"x-{number}", "xa") for number in range(50)))
    event = Event("e-1", "lu", day("2023-03-01"), AS_OF, ("x-7", "x-8"))
    found, _ = owed([plan(task("1", "conditional", "xa", case="lu", due=Due(days=10)))], everybody, Beside(events={"lu": [event]}))
    assert (found.size, len(found.specs)) == (52, 3)


def test_what_is_held_beside_other_facts_tells_nobody_apart():
    everybody = placed(*(unit(f"x-{number}", "xa", {"area": Fact("area", str(number))}) for number in range(9)))
    found, _ = owed([plan(task("1", owed_by="xa"))], everybody, Beside())
    assert (found.size, len(found.specs)) == (9, 1)


def test_what_is_said_of_an_end_is_the_units_own():
    ends = {"closed": "2023-05-15"}
    everybody = placed(*(unit(name, "xa", closing_basis=basis, **ends) for name, basis in (("a", "1-NQ"), ("b", "2-NQ"), ("c", "1-NQ"))))
    found, _ = owed([plan(task("1", owed_by="xa", due="2023-06-30"))], everybody, Beside())
    standings = stand([Pair(found.specs[spec], ()) for spec in found.spec], AS_OF)
    assert [one.reason for one in standings] == ["1-NQ", "2-NQ", "1-NQ"]

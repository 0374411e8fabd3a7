"""Units over time: what a dissolved one owes, who takes over, and that nothing of the past moves with it."""

import json
from collections import Counter
from datetime import date

import pytest
from builders import actual, day, plan, task, unit
from hypothesis import given, settings, strategies as st
from projects import ROOT, copy_of, judged

from tracker.lang import words
from tracker.model.plan import Existing
from tracker.model.project import Project
from tracker.model.standing import State
from tracker.model.unit import Fact, Group, How, Membership, Spell, Succession
from tracker.periods import Days
from tracker.read import read
from tracker.render.findings import renderer
from tracker.run import Asked, run

END = "2025-06-30"
MONTHS = task("m", "recurring", every="month", measure="report")
QUARTERS = task("q", "recurring", every="quarter", measure="report")
HALVES = task("h", "recurring", every="half", measure="report")
YEARS = task("y", "recurring", every="year", measure="report")
AGREEMENT = task("a", "coverage", due="2025-12-31", measure="agreement")
OLD = unit("old", position=1, closed=END, successors=("new",), closing_basis="1683/NQ-UBTVQH15")
NEW = unit("new", "xa", position=2, opened="2025-07-01")
SPLIT = (Succession(day("2025-07-01"), How.SPLIT, ("old",), ("new",)),)


def see(*tasks, units=(OLD, NEW), records=(), as_of="2025-12-31", known_by="", successions=SPLIT, **more):
    project = Project(units=units, plans=(plan(*tasks, period="2025"),), actuals=records, successions=successions, **more)
    report = run(project, Asked(Days(day(as_of), day(known_by or as_of))))
    assert sum(Counter(s.state for s in report.standings).values()) == len(report.standings)
    return {(s.obligation.task.id[-1], s.obligation.unit.id, s.obligation.period.id): s for s in report.standings}


def test_reports_are_owed_through_the_last_whole_period_and_none_after():
    found = see(MONTHS, QUARTERS, HALVES, YEARS)
    assert [period for _, who, period in found if who == "old"] == [f"2025-{n:02d}" for n in range(1, 7)] + ["2025-Q1", "2025-Q2", "2025-H1"]
    # What was not sent ended with the unit: it is not missing.
    assert {s.state for s in found.values()} == {State.CANCELLED}
    assert {s.reason for s in found.values()} == {"1683/NQ-UBTVQH15"}


@pytest.mark.parametrize(("policy", "last"), [(Existing.WHOLE, "2025-H1"), (Existing.DUE, "2025-H1"), (Existing.ANY, "2025")])
def test_other_policies_can_be_declared(policy, last):
    found = see(*(one._replace(owed_if=policy) for one in (HALVES, YEARS)))
    assert list(found)[-1][2] == last
    assert (("y", "old", "2025") in found) is (policy is Existing.ANY)


def test_before_the_end_was_known_the_unit_is_expected_to_go_on():
    assert ("m", "old", "2025-12") in see(MONTHS, as_of="2025-06-15")
    heard = OLD._replace(closing_known=day("2025-06-12"))
    assert ("m", "old", "2025-07") not in see(MONTHS, units=(heard, NEW), as_of="2025-06-15")
    assert ("m", "old", "2025-07") not in see(MONTHS, as_of="2025-06-15", known_by="2025-07-15"), "with hindsight"


def test_an_agreement_ends_by_reorganisation_and_a_signed_one_stays_signed():
    assert see(AGREEMENT)["a", "old", "2025"].state is State.CANCELLED
    signed = actual("a", "old", "2025-03-01")
    assert see(AGREEMENT, records=(signed,))["a", "old", "2025"].state is State.DONE
    assert ("a", "new", "2025") not in see(AGREEMENT), "nothing goes over unless the plan says so"


def test_successors_inherit_what_is_open_where_the_plan_says_so():
    inherited = AGREEMENT._replace(inherited=True)
    found = see(inherited)
    heir = found["a", "new", "2025"]
    assert (heir.state, heir.obligation.heir_of, heir.obligation.starts) == (State.OPEN, ("old",), day("2025-07-01"))
    assert heir.obligation.due == day("2025-12-31")
    assert found["a", "old", "2025"].state is State.CANCELLED
    assert see(inherited, records=(actual("a", "new", "2025-09-01"),))["a", "new", "2025"].state is State.DONE
    assert ("a", "new", "2025") not in see(inherited, records=(actual("a", "old", "2025-03-01"),))
    assert ("a", "new", "2025") not in see(inherited, as_of="2025-06-30")


def test_one_heir_of_three_owes_it_once_and_one_of_eight_each():
    olds = [unit(f"o{n}", position=n, closed=END) for n in range(3)]
    news = [unit(f"n{n}", "xa", position=10 + n, opened="2025-07-01") for n in range(8)]
    merges = (Succession(day("2025-07-01"), How.MERGE, ("o0", "o1", "o2"), ("n0",)), Succession(day("2025-07-01"), How.SPLIT, ("o0",), tuple(f"n{n}" for n in range(8))))
    found = see(AGREEMENT._replace(inherited=True), units=(*olds, *news), successions=merges)
    heirs = {who: s.obligation.heir_of for (_, who, _), s in found.items() if s.obligation.heir_of}
    assert heirs == {"n0": ("o0", "o1", "o2")} | {f"n{n}": ("o0",) for n in range(1, 8)}


def test_an_heir_that_was_dissolved_passes_it_on():
    middle = unit("mid", "xa", position=2, opened="2025-07-01", closed="2025-09-30")
    last = unit("last", "xa", position=3, opened="2025-10-01")
    chain = (Succession(day("2025-07-01"), How.RENAME, ("old",), ("mid",)), Succession(day("2025-10-01"), How.RENAME, ("mid",), ("last",)))
    inherited = AGREEMENT._replace(inherited=True)
    assert ("a", "mid", "2025") in see(inherited, units=(OLD, middle, last), successions=chain, as_of="2025-09-30")
    found = see(inherited, units=(OLD, middle, last), successions=chain)
    assert found["a", "last", "2025"].obligation.heir_of == ("old",)


@settings(max_examples=40)
@given(st.data())
def test_nobody_inherits_the_same_twice_and_the_order_of_successions_is_nothing(data):
    olds = [unit(f"o{n}", position=n, closed=END) for n in range(4)]
    news = [unit(f"n{n}", "xa", position=10 + n, opened="2025-07-01") for n in range(4)]
    links = data.draw(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=10))
    successions = [Succession(day("2025-07-01"), How.SPLIT, (f"o{a}",), (f"n{b}",)) for a, b in links]
    records = [actual("a", f"o{n}", "2025-02-01") for n in data.draw(st.sets(st.integers(0, 3)))]
    one = AGREEMENT._replace(inherited=True)
    found = see(one, units=(*olds, *news), records=tuple(records), successions=tuple(successions))
    assert set(found) == set(see(one, units=(*olds, *news), records=tuple(records), successions=tuple(data.draw(st.permutations(successions)))))
    left = {f"o{n}" for n in range(4)} - {record.unit for record in records}
    assert {who for _, who, _ in found if who[0] == "n"} == {f"n{b}" for a, b in links if f"o{a}" in left}


def test_a_fact_that_changes_is_asked_of_its_own_day():
    office = (Fact("office", True, last=day("2025-02-28")), Fact("office", False, source="QĐ 12", first=day("2025-03-01")))
    one = unit("a", position=1)._replace(facts={"office": office})
    found = see(MONTHS._replace(applies="office = TRUE"), units=(one,), as_of="2025-06-30")
    assert [s.state for s in list(found.values())[:4]] == [State.OVERDUE, State.OVERDUE, State.EXEMPT, State.EXEMPT]
    assert list(found.values())[2].reason == "QĐ 12"
    # What was entered later was not known.
    late = (office[0]._replace(last=None), office[1]._replace(recorded=day("2025-05-01")))
    early = see(MONTHS._replace(applies="office = TRUE"), units=(one._replace(facts={"office": late}),), as_of="2025-04-30")
    assert early["m", "a", "2025-03"].state is State.OVERDUE
    assert see(MONTHS._replace(applies="office = TRUE"), units=(one._replace(facts={"office": late}),), as_of="2025-05-02")["m", "a", "2025-03"].state is State.EXEMPT


def test_a_group_that_units_join_and_leave():
    group = Group("vung", "Vùng", (Membership("a"), Membership("b", Spell(None, day("2025-02-28"))), Membership("c", Spell(day("2025-02-01")))))
    units = tuple(unit(name, position=n) for n, name in enumerate("abcd"))
    found = see(MONTHS._replace(owed_by=("vung",)), units=units, groups=(group,), as_of="2025-03-31")
    owed = {who: [period for _, one, period in found if one == who] for who in "abcd"}
    assert (len(owed["a"]), owed["b"], owed["c"][0], owed["d"]) == (12, ["2025-01", "2025-02"], "2025-02", [])


def test_a_unit_that_was_dissolved_and_founded_again():
    twice = unit("a", position=1, spells=(Spell(None, day("2025-02-28")), Spell(day("2025-05-01"), None)))
    found = see(MONTHS, units=(twice,), successions=())
    assert [period for _, _, period in found][:4] == ["2025-01", "2025-02", "2025-05", "2025-06"]


def test_figures_of_2023_do_not_move_by_a_byte_when_the_districts_end(tmp_path):
    with_ends, without = read(ROOT), ROOT / "plans" / "units.yaml"
    folder = copy_of(ROOT, tmp_path)
    lines, skip = [], False
    for line in without.read_text(encoding="utf-8").splitlines():
        if line.startswith("    closed:"):
            skip = not line.rstrip().endswith("}")
            continue
        if skip and line.startswith("      "):
            continue
        skip = False
        lines.append(line)
    (folder / "plans" / "units.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    others = read(folder)
    assert any(u.closed for u in with_ends.units)
    assert not any(u.closed for u in others.units)

    def shown(project):
        text = json.loads(renderer("json")(judged(project, date(2023, 12, 31)), words("vi")))
        return [{key: value for key, value in one.items() if key != "line" or one["file"] != "plans/units.yaml"} for one in text["findings"]], text["summary"]

    assert shown(with_ends) == shown(others)


UNITS = """\
units:
  - {id: h, name: Huyện Định Hóa, kind: huyen, code: "167", closed: {on: 30/6/2025, recorded: 12/6/2025, successors: [x1, x2], basis: NQ}}
  - {id: x0, name: Xã Bảo Cường, kind: xa, code: "05569", closed: {on: 31/12/2012}}
  - {id: x00, name: Thị trấn Chợ Chu, kind: xa, code: "05569", opened: {on: 01/01/2013}, closed: {on: 30/6/2025, successors: [x1], how: merge}}
  - {id: x1, name: Xã Định Hóa, kind: xa, code: "05569", opened: {on: 01/7/2025}}
  - {id: x2, name: Xã Bình Yên, kind: xa, opened: {on: 01/7/2025}}
  - {id: ban, name: Ban Dân vận, kind: ban, exists: [{to: 31/01/2025}, {from: 01/3/2025}]}
  - id: p
    name: Phòng Dân tộc
    kind: phong
    facts:
      office: [{value: true, to: 29/02/2024}, {value: false, from: 01/3/2024, source: QĐ 12, recorded: 05/3/2024}]
successions:
  - {on: 01/7/2025, how: transfer, from: [p], to: [x1, x2], basis: NQ 2}
groups:
  - {id: vung, name: Vùng, members: [h, {unit: x1, from: 01/7/2025}]}
"""


def project_of(folder, units: str, tasks: str = "  - {id: '1', title: T, kind: coverage, for: vung}\n"):
    for name in ("plans", "actuals"):
        (folder / name).mkdir(parents=True)
    (folder / "plans" / "units.yaml").write_text(units, encoding="utf-8")
    (folder / "plans" / "p.yaml").write_text(f"plan: 1-KH/A\nperiod: 2025\ntasks:\n{tasks}", encoding="utf-8")
    (folder / "actuals" / "a.yaml").write_text("unit: p\nentries:\n  - {task: 1-KH/1, date: 02/01/2025, place: Định Hóa, title: x}\n  - {task: 1-KH/1, date: 02/8/2025, place: xã Định Hóa, title: y}\n", encoding="utf-8")
    return read(folder, ROOT / "rules")


def test_units_are_read_with_their_times(tmp_path):
    project = project_of(tmp_path, UNITS)
    assert project.problems == ()
    by_id = {u.id: u for u in project.units}
    assert by_id["h"].closing_known == day("2025-06-12")
    assert by_id["ban"].spells == (Spell(None, day("2025-01-31")), Spell(day("2025-03-01"), None))
    assert [(f.value, f.first, f.last, f.recorded) for f in by_id["p"].facts["office"]] == [
        (True, None, day("2024-02-29"), None), (False, day("2024-03-01"), None, day("2024-03-05")),
    ]
    assert {(s.how, s.before, s.after, s.on) for s in project.successions} == {
        (How.TRANSFER, ("p",), ("x1", "x2"), day("2025-07-01")),
        (How.SPLIT, ("h",), ("x1", "x2"), day("2025-07-01")),
        (How.MERGE, ("x00",), ("x1",), day("2025-07-01")),
    }
    assert project.groups == (Group("vung", "Vùng", (Membership("h"), Membership("x1", Spell(day("2025-07-01")))), project.groups[0].at),)
    # Three units with one code, two with one name: none of it is a problem, and each day finds its own.
    assert len([u for u in project.units if u.code == "05569"]) == 3
    report = judged(project, date(2025, 12, 31))
    assert {s.obligation.unit.id for s in report.standings} == {"h"}, "x1 was not there when the plan began"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("kind: ban, exists", "kind: ban, opened: {on: 01/01/2000}, exists", "shape-exists"),
        ("{to: 31/01/2025}", "{to: 31/3/2025}", "shape-spells"),
        ("{value: true, to: 29/02/2024}", "{value: true}", ""),
        ("how: transfer", "how: merge", "succession-alive"),
        ("to: [x1, x2], basis: NQ 2", "to: [x0], basis: NQ 2", "succession-gone"),
        ("members: [h,", "members: [hh,", "reference-unit"),
        ("from: [p], to", "from: [pp], to", "reference-unit"),
        ("how: transfer", "how: transferr", "shape-choice-near"),
        ("for: vung", "for: vungg", "reference-owed-near"),
    ],
)
def test_what_cannot_be_is_told(tmp_path, old, new, code):
    tasks = "  - {id: '1', title: T, kind: coverage, for: vung}\n"
    assert (UNITS + tasks).count(old) == 1
    project = project_of(tmp_path, UNITS.replace(old, new), tasks.replace(old, new))
    assert [problem.code.removesuffix("-near") for problem in project.problems] == ([code.removesuffix("-near")] if code else [])


def test_names_and_codes_of_the_real_units_are_no_identity():
    project = read(ROOT)
    for one in ("Định Hóa", "Võ Nhai", "Đại Từ"):
        kinds = {u.kind for u in project.units if u.name.endswith(one) and u.kind in {"huyen", "xa"}}
        assert kinds == {"huyen", "xa"}
    assert [u.name for u in project.units if u.code == "05569"] == ["Xã Bảo Cường", "Thị trấn Chợ Chu", "Xã Định Hóa"]
    assert len([u for u in project.units if u.name == "Thị trấn Chợ Chu"]) == 2
    days = (date(2023, 12, 31), date(2025, 4, 1), date(2025, 7, 1))
    there = [[u.name for u in project.units if u.code == "05569" and u.exists_through(on, on)] for on in days]
    assert there == [["Xã Bảo Cường"], ["Thị trấn Chợ Chu"], ["Xã Định Hóa"]]


def test_dai_phuc_comes_from_three():
    project = read(ROOT)
    kinds = {u.id: u.kind for u in project.units}
    before = {u for s in project.successions if "x-dai-phuc" in s.after for u in s.before if kinds[u] == "huyen"}
    assert before == {"thai-nguyen", "dai-tu", "pho-yen"}

"""Folders → projects: what the keys come to mean, what is kept beside a fault, and that order does not matter."""

import os
import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from tracker.lang import words
from tracker.model.plan import Basis, Due, Every, EvidenceWanted, Kind, Shift
from tracker.model.source import Place
from tracker.model.values import Bound, Quantity, Span
from tracker.read import read

UNITS = """units:
  - {id: tinh, name: Tỉnh A, kind: tinh}
  - id: sc
    name: Thành phố Sông Công
    short: Sông Công
    kind: huyen
    code: "165"
    parent: tinh
    aliases: TP Sông Công
    closed: {on: 30/6/2025, successors: [px], basis: 1683/NQ}
    facts:
      has_ethnic_office: {value: false, source: "báo cáo 2023, chú thích 1", review: 31/12/2025, counterpart: bdt}
      seat: {value: phường}
      unknown: {value: }
  - {id: px, name: Phường X, kind: xa, opened: {on: 01/7/2025}}
  - {id: bdt, name: Ban Dân tộc, kind: co-quan-tinh, serves: tinh}
"""
PLAN = """plan: 14-KH/BDVTU-BDT
title: Kế hoạch
issued: 01/02/2023
period: 2023
issuers: [bdvtu, bdt]
closed: {on: 31/12/2023, document: BC, basis: {inferred: x}}
areas: {"2": Hai, "1": Một}
regimes:
  thang: {cutoff_day: 14, due_day: 25, shift: next, merge: true, source: NĐ}
tasks:
  - {id: a, title: A, kind: milestone, for: huyen, basis: {inferred: fn1}, cancelled: {on: 01/6/2023, reason: hết việc}}
  - {id: b, title: B, kind: recurring, every: month, regime: thang, lead: bdt, evidence: document, measure: report}
  - {id: c, title: C, kind: quantity, for: [sc, bdt], target: trên 4.700 đại biểu, due: quý II/2023, grace: 05, area: "1"}
  - id: d
    title: D
    kind: coverage
    for: huyen
    applies: has_ethnic_office = TRUE
    due: {months: 6, after: 15/3/2022}
    due_basis: inferred
    partners: ["ban dân vận, cấp huyện", bdt]
"""
LOG = """unit: bdt
entries:
  - {task: 14-KH/c, date: 14/6/2023, quantity: 3 hội nghị, people: 295 đại biểu, parts: ["1 hội nghị", "2 hội nghị"], doc: 112-BC, recorded: 20/6/2023, id: e1}
  - {task: 14-KH/b, period: 2023-01..2023-03, date: 2023, note: nêu chung}
  - {task: 14-KH/a, units: [sc, tinh], date: tháng 3/2023, corrects: e1}
figures:
  - {id: uy-tin, title: Người có uy tín, quantity: 820 người, date: 2023, level: tinh, source: I.3}
"""
RULE = """title: {vi: A, en: A}
on: standings
scope: "kind = 'recurring'"
where: >

  state = 'overdue'
  AND days_late > 3
severity: warning
escalate: {where: days_late > 30, to: error}
at: due
message: {vi: "{unit} chậm", en: "{unit} late"}
why: {vi: a, en: b}
fix: {vi: a, en: b}
limitation: {one: "{unit} chậm.", many: "{count} chậm."}
basis: 14-KH
examples:
  - {_: warning, kind: recurring, state: overdue, days_late: 4}
  - {_: unknown, state: null}
"""
FILES = {"plans/units.yaml": UNITS, "plans/14-KH.yaml": PLAN, "actuals/2023/bdt.yaml": LOG, "rules/late.yaml": RULE}


def make(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def codes(project) -> list[str]:
    return [problem.code for problem in project.problems]


def test_units(tmp_path):
    project = read(make(tmp_path, FILES))
    assert project.problems == ()
    assert [(unit.id, unit.position) for unit in project.units] == [("tinh", 1), ("sc", 2), ("px", 3), ("bdt", 4)]
    unit = project.units[1]
    assert (unit.short, unit.code, unit.parent, unit.aliases) == ("Sông Công", "165", "tinh", ("TP Sông Công",))
    assert (unit.closed, unit.successors, unit.closing_basis) == (date(2025, 6, 30), ("px",), "1683/NQ")
    assert {name: fact.value for name, (fact,) in unit.facts.items()} == {"has_ethnic_office": False, "seat": "phường", "unknown": None}
    (fact,) = unit.facts["has_ethnic_office"]
    assert (fact.review, fact.counterpart) == (date(2025, 12, 31), "bdt")
    assert unit.at == Place("plans/units.yaml", 3, 5)


def test_plans(tmp_path):
    (plan,) = read(make(tmp_path, FILES)).plans
    assert (plan.id, plan.key, plan.programme, plan.issuers) == ("14-KH/BDVTU-BDT", "14-KH", False, ("bdvtu", "bdt"))
    assert (plan.closed, plan.closing_document, list(plan.areas)) == (date(2023, 12, 31), "BC", ["2", "1"])
    regime = plan.regimes["thang"]
    assert (regime.timing.cutoff_day, regime.timing.due_day, regime.shift, regime.merge) == (14, 25, Shift.NEXT, True)
    a, b, c, d = plan.tasks
    assert (a.id, a.owed_by, a.basis, a.cancelled, a.reason) == ("14-KH/a", ("huyen",), Basis(False, "fn1"), date(2023, 6, 1), "hết việc")
    assert a.due == Due(on=Span(date(2023, 12, 31), date(2023, 12, 31)), stated=False)
    assert (b.kind, b.every, b.regime, b.due, b.owed_by) == (Kind.RECURRING, Every.MONTH, "thang", None, ("bdt",))
    assert (b.evidence, b.measure) == (EvidenceWanted.DOCUMENT, "report")
    assert (c.grace_days, c.area, c.owed_by) == (5, "1", ("sc", "bdt"))
    assert c.target == Quantity(4700, Bound.OVER, "đại biểu", "trên 4.700 đại biểu")
    assert c.due == Due(on=Span(date(2023, 4, 1), date(2023, 6, 30)), text="quý II/2023")
    assert d.due == Due(months=6, after=date(2022, 3, 15), stated=False, text="6 + 15/3/2022")
    assert (d.applies, d.partners) == ("has_ethnic_office = TRUE", ("ban dân vận, cấp huyện", "bdt"))
    assert (d.at.line, d.places["due"].line, d.places["due"].column) == (14, 19, 5)


def test_actuals_and_figures(tmp_path):
    project = read(make(tmp_path, FILES))
    first, *rest = project.actuals
    assert (first.unit, first.task, first.recorded, first.id) == ("bdt", "14-KH/c", date(2023, 6, 20), "e1")
    assert [part.value for part in first.parts] == [1, 2]
    assert first.places["doc"].line == first.at.line == 3
    assert [(actual.unit, actual.period) for actual in rest] == [("bdt", "2023-01"), ("bdt", "2023-02"), ("bdt", "2023-03"), ("sc", ""), ("tinh", "")]
    assert rest[0].recorded == date(2023, 12, 31)
    assert rest[-1].when == Span(date(2023, 3, 1), date(2023, 3, 31))
    (figure,) = project.figures
    assert (figure.id, figure.unit, figure.quantity.value, figure.level) == ("uy-tin", "bdt", 820, "tinh")


def test_rules(tmp_path):
    (rule,) = read(make(tmp_path, FILES)).rules
    assert (rule.id, rule.on, rule.pointing_at, rule.severity, rule.escalate_to) == ("late", "standings", "due", "warning", "error")
    assert rule.where.text == "state = 'overdue' AND days_late > 3"
    assert (rule.where.at.line, rule.where.at.column, rule.where.line_text) == (6, 3, "  state = 'overdue'")
    assert rule.scope is not None
    assert (rule.scope.at.column, rule.scope.line_text[rule.scope.at.column - 1 :]) == (9, "kind = 'recurring'\"")
    assert rule.limitation == {"one": "{unit} chậm.", "many": "{count} chậm."}
    assert [(example.expect, dict(example.row)) for example in rule.examples] == [
        ("warning", {"kind": "recurring", "state": "overdue", "days_late": "4"}),
        ("unknown", {"state": ""}),
    ]


def test_starter_rules_stand_in_for_a_missing_folder(tmp_path):
    make(tmp_path / "a", {name: text for name, text in FILES.items() if not name.startswith("rules")})
    make(tmp_path / "b", {"rules/x.yaml": RULE})
    project = read(tmp_path / "a", tmp_path / "b" / "rules")
    assert [(rule.id, rule.at.file) for rule in project.rules] == [("x", "rules/x.yaml")]
    (tmp_path / "a" / "rules").mkdir()
    assert codes(read(tmp_path / "a", tmp_path / "b" / "rules")) == ["project-no-rules"]


def test_waivers_of_the_starter_rules_are_nobodys(tmp_path):
    waived = (
        "waivers:\n  - {id: cp-1, rule: x, subject: sc, reason: r, document: d, approved_by: a, issued: 01/02/2023, expires: 10/4/2023}\n"
    )
    make(tmp_path / "a", {name: text for name, text in FILES.items() if not name.startswith("rules")})
    for name in ("rules", "starter_rules"):
        make(tmp_path / "b", {f"{name}/x.yaml": RULE, f"{name}/waivers/w.yaml": waived})
        project = read(tmp_path / "a", tmp_path / "b" / name)
        assert (project.problems, project.waivers) == ((), ())
    make(tmp_path / "a", {"rules/waivers/w.yaml": waived})
    assert [one.id for one in read(tmp_path / "a", tmp_path / "b" / "rules").waivers] == ["cp-1"]


def test_a_table_gives_the_tasks_that_a_plan_would(tmp_path):
    table = (
        "id,title,kind,for,lead,partners,due,basis,target\n"
        '1,Sơ kết,milestone,"sc, bdt",bdt,"phòng, ban; tổ",30/6/2023,{stated: I.2},"1.000 hộ"\n'
        '2,Tổng kết,milestone,bdt,,,"{months: 2, after: 01/02/2023}",,\n'
        "3,Hỏng,mốc,bdt,,,,,\n"
    )
    files = FILES | {"plans/t.yaml": "plan: 1-KH/A\nperiod: 2023\ntable: t.csv\n", "plans/t.csv": table}
    project = read(make(tmp_path, files))
    plan = project.plans[1]
    assert [task.id for task in plan.tasks] == ["1-KH/1", "1-KH/2"]
    one, two = plan.tasks
    assert (one.owed_by, one.partners, one.basis) == (("sc", "bdt"), ("phòng, ban", "tổ"), Basis(True, "I.2"))
    assert (one.at, one.places["for"]) == (Place("plans/t.csv", 2), Place("plans/t.csv", 2, 20))
    assert two.due == Due(months=2, after=date(2023, 2, 1), text="2 + 01/02/2023")
    assert [(problem.code, problem.place) for problem in project.problems] == [("shape-choice", Place("plans/t.csv", 4, 8))]
    assert project.problems[0].excerpt == "3,Hỏng,mốc,bdt,,,,,"


@pytest.mark.parametrize("separator", [",", ";"])
def test_a_table_of_entries(tmp_path, separator):
    rows = ["task,unit,date,period,quantity,note", "14-KH/b,bdt,14/6/2023,2023-02,3 lớp,", ",,,,,", '14-KH/b,sc,"ngày 1 tháng 2 năm 2023",,,"hai', 'dòng"', "14-KH/b,xx,40/1/2023,2023-99,ba,"]
    text = "\ufeff" + "\r\n".join(row.replace(",", separator) for row in rows) + "\r\n"
    project = read(make(tmp_path, FILES | {"actuals/a.csv": text}))
    found = [actual for actual in project.actuals if actual.at.file == "actuals/a.csv"]
    assert [(actual.unit, actual.period, actual.at.line) for actual in found] == [("bdt", "2023-02", 2), ("sc", "", 4)]
    assert found[1].note in ("hai\r\ndòng", "hai\ndòng")
    assert [(problem.code, problem.place.line, problem.place.column) for problem in project.problems] == [
        ("reference-unit", 6, 9), ("value-no-day", 6, 12), ("value-month", 6, 22), ("value-quantity", 6, 30),
    ]  # fmt: skip


def test_a_blank_cell_is_nothing_and_its_row_stays(tmp_path):
    text = "task,unit,date,recorded,quantity,doc\n14-KH/b,bdt,14/6/2023, , , \n14-KH/b, bdt ,14/6/2023,15/6/2023,,x\n14-KH/b, ,14/6/2023,,,\n"
    project = read(make(tmp_path, FILES | {"actuals/a.csv": text}))
    found = [actual for actual in project.actuals if actual.at.file == "actuals/a.csv"]
    assert [(actual.unit, actual.quantity, actual.doc, actual.recorded.day) for actual in found] == [("bdt", None, "", 14), ("bdt", None, "x", 15)]
    assert [(problem.code, problem.place.line) for problem in project.problems] == [("shape-missing", 4)]


def test_all_faults_of_all_files_in_one_run_and_the_good_records_stay(tmp_path):
    files = FILES | {
        "plans/14-KH.yaml": PLAN + "  - {id: e, title: E, kind: milstone, due: 30/02/2023, leed: bdt}\n  - {id: f, title: F, kind: milestone, for: bdt}\n",
        "actuals/2023/bdt.yaml": LOG.replace("figures:", "  - {task: 14-KH/a, date: 5, quantity: 1.5 lớp, nite: x}\n  - {task: 14-KH/a, date: 5/6/2023}\nfigures:"),
        "actuals/x.yaml": b"\xff\xfe\x00",
        "rules/bad.yaml": RULE.replace("severity: warning", "severity: eror").replace("why:", "whi:"),
    }
    project = read(make(tmp_path, files))
    found = [(problem.place.file, problem.code) for problem in project.problems]
    assert sorted(found) == [
        ("actuals/2023/bdt.yaml", "shape-key-near"), ("actuals/2023/bdt.yaml", "value-dot"), ("actuals/2023/bdt.yaml", "value-span"),
        ("actuals/x.yaml", "file-encoding"),
        ("plans/14-KH.yaml", "shape-choice-near"), ("plans/14-KH.yaml", "shape-key-near"), ("plans/14-KH.yaml", "value-no-day"),
        ("rules/bad.yaml", "shape-choice-near"), ("rules/bad.yaml", "shape-key-near"), ("rules/bad.yaml", "shape-missing"),
    ]  # fmt: skip
    assert [task.id for task in project.plans[0].tasks] == [f"14-KH/{letter}" for letter in "abcdf"]
    assert len(project.actuals) == 7
    assert [rule.id for rule in project.rules] == ["late"]
    places = [problem.place for problem in project.problems]
    assert places == sorted(places)


def test_a_bad_key_in_the_head_hides_no_task(tmp_path):
    head = PLAN.replace("issued: 01/02/2023", "issued: 1/2/23").replace("due_day: 25", "due_day: 99")
    project = read(make(tmp_path, FILES | {"plans/14-KH.yaml": head}))
    assert set(codes(project)) >= {"value-short-year", "value-count"}
    assert len(project.plans[0].tasks) >= 3
    assert project.plans[0].issued is None


def test_a_dropped_unit_makes_no_further_problems(tmp_path):
    project = read(make(tmp_path, FILES | {"plans/units.yaml": UNITS.replace("id: bdt, name: Ban Dân tộc", "id: bdt, nam: Ban Dân tộc")}))
    assert codes(project) == ["shape-missing", "shape-key-near"]


def test_what_names_nothing_is_taken_out(tmp_path):
    units = UNITS.replace("parent: tinh", "parent: tinhh").replace("[px]", "[px, pz]").replace("counterpart: bdt", "counterpart: bdtt")
    project = read(make(tmp_path, FILES | {"plans/units.yaml": units, "plans/14-KH.yaml": PLAN.replace("[sc, bdt]", "[sc, bdtt]")}))
    assert codes(project) == ["reference-owed-near", "reference-unit-near", "reference-unit", "reference-unit-near"]
    unit = project.units[1]
    assert (unit.parent, unit.successors, unit.facts["has_ethnic_office"][0].counterpart) == ("", ("px",), "")
    assert project.plans[0].tasks[2].owed_by == ("sc",)


def test_a_task_that_no_plan_has_is_no_problem_of_reading(tmp_path):
    project = read(make(tmp_path, FILES | {"actuals/x.yaml": "unit: sc\nentries:\n  - {task: 99-KH/1, date: 2023}\n  - {date: 2023, title: việc khác}\n"}))
    assert project.problems == ()
    assert [actual.task for actual in project.actuals[-2:]] == ["99-KH/1", ""]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_in_which_files_are_listed_does_not_matter(tmp_path, monkeypatch, seed):
    files = FILES | {f"actuals/{name}.yaml": f"unit: {name}\nentries:\n  - {{task: 14-KH/a, date: {day}/6/2023}}\n" for day, name in enumerate(("sc", "tinh", "px", "zz"), 1)}
    files |= {"plans/u2.yaml": "units:\n  - {id: sc, name: X, kind: xa}\n", "rules/late2.yaml": RULE}
    make(tmp_path, files)
    expected = read(tmp_path)
    assert codes(expected)
    walk, chance = os.walk, random.Random(seed)

    def shuffled(folder):
        for root, directories, names in walk(folder):
            chance.shuffle(directories)
            chance.shuffle(names)
            yield root, directories, names

    monkeypatch.setattr(os, "walk", shuffled)
    assert read(tmp_path) == expected


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(FILES)), st.integers(0, 2000), st.integers(0, 30), st.text(alphabet="ab:-[]{}\"'#&*!|>,%@ \n\t1ủ/", max_size=8))
def test_no_slip_of_the_pen_makes_it_raise(tmp_path, name, at, length, inserted):
    text = str(FILES[name])
    make(tmp_path, FILES | {name: text[:at] + inserted + text[at + length :]})
    project = read(tmp_path)
    for problem in project.problems:
        assert words("vi").problem(problem) != words("en").problem(problem)
        assert problem.place.file.split("/")[0] in {"plans", "actuals", "rules"}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet='task,unit;date"\n\r 14/6/2023bdtủ', max_size=120))
def test_no_table_makes_it_raise(tmp_path, text):
    make(tmp_path, FILES | {"actuals/a.csv": "task,unit,date\n" + text, "plans/14-KH.yaml": PLAN + "table: t.csv\n", "plans/t.csv": "id,title,kind\n" + text})
    read(tmp_path)

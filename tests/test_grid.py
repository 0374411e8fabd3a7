"""The grid says what the plain core says: the same bytes for random plans, and a word for what it cannot carry."""

from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from inside import tracker
from projects import ROOT

from bench.world import AS_OF, make
from tracker.lang import words
from tracker.model.actual import Step
from tracker.model.finding import Runs
from tracker.model.project import Project
from tracker.model.tables import TABLES
from tracker.periods import Days
from tracker.read import columnar, read
from tracker.render.findings import renderer
from tracker.run import Asked, judge, run

pytest.importorskip("polars")
np = pytest.importorskip("numpy")

UNITS = """\
units:
  - {id: t, name: Tỉnh T, kind: tinh}
  - {id: h-1, name: Huyện Một, kind: huyen, parent: t}
  - {id: h-2, name: Huyện Hai, kind: huyen, parent: t, facts: {office: {value: false, source: báo cáo, counterpart: t, review: 01/5/2023}}}
  - {id: x-1, name: Xã Một, kind: xa, parent: h-1, facts: {office: {value: true, source: báo cáo}}}
  - {id: x-2, name: Xã Hai, kind: xa, parent: h-1, closed: {on: 15/5/2023, basis: 1-NQ}}
  - {id: x-3, name: Xã Ba, kind: xa, parent: h-2, opened: {on: 10/2/2023, basis: 2-NQ}}
  - {id: p-1, name: Phòng Một, kind: phong-dan-toc, serves: h-1}
groups:
  - {id: vung, name: Vùng, members: [x-1, {unit: x-3, from: 01/4/2023}]}
"""
TASKS = [
    "kind: recurring, every: month, regime: thang, measure: report, for: xa, lead: [t]",
    "kind: recurring, every: quarter, regime: thang, measure: report, for: [xa, p-1]",
    "kind: recurring, every: year, for: vung, evidence: document, grace: 10",
    "kind: milestone, for: [h-1, x-2, x-3], due: 30/4/2023, evidence: document",
    "kind: milestone, for: xa, due: {days: 20, after: lu}, evidence: none",
    "kind: quantity, for: huyen, target: 3 lớp, due: 30/6/2023, area: '1', audience: nguoi, measure: lop",
    "kind: quantity, for: xa, target: trên 2 lớp, every: quarter, evidence: required, measure: lop",
    "kind: coverage, for: huyen, due: 31/3/2023, applies: office = TRUE, measure: agreement",
    "kind: coverage, for: [huyen, xa], due: 30/9/2023, measure: inspection, items: [a, b]",
    "kind: standing, for: xa, every: quarter, area: '2'",
    "kind: conditional, case: lu, due: {days: 5}, for: [xa, huyen]",
    "kind: recurring, every: month, optional: true, for: h-1, cancelled: {on: 01/6/2023, reason: dừng}",
]
HEAD = """\
plan: 1-KH/A
title: Kế hoạch
issued: 01/01/2023
period: 2023
areas: {"1": Một, "2": Hai}
regimes:
  thang: {cutoff_day: 14, due_day: 25, merge: true, levels: {xa: {due_day: 20}}}
tasks:
"""
INDICATORS = "indicators:\n  - {id: nguoi, title: Người, population: người, counted: người}\n"
LOG = """\
unit: x-1
entries:
  - {task: 1-KH/1, period: 2023-02, date: 20/2/2023, doc: 1-BC, id: a}
  - {task: 1-KH/1, period: 2023-02, date: 21/2/2023, doc: 2-BC, corrects: a, recorded: 01/6/2023}
  - {task: 1-KH/6, unit: h-1, date: 01/3/2023, quantity: 2 lớp, parts: [1 lớp, 2 lớp], level: tinh, items: [a]}
  - {task: 1-KH/9, date: 2023, mode: gián tiếp, doc: 3-BC, reach: [2 xã], place: Xã Một}
events:
  - {id: lu-1, event: lu, date: 10/3/2023, units: [x-1, h-2]}
  - {id: lu-2, event: lu, date: 01/5/2023}
figures:
  - {id: f, title: Số, quantity: 40 người, date: 2023, indicator: nguoi, unit: x-1}
"""
KEYS = ("unit", "task", "period", "date", "doc", "quantity", "people", "step", "empty", "reason", "recorded", "mode", "level", "place")
CELL = {
    "unit": st.sampled_from(["x-1", "x-2", "x-3", "h-1", "h-2", "p-1"]),
    "task": st.sampled_from([*(f"1-KH/{n}" for n in range(1, 13)), "", "1-KH/99", "9-KH/1"]),
    "period": st.sampled_from(["", "", "2023-01", "2023-02", "2023-03", "2023-Q1", "2023-Q2", "2023", "lu-1", "2023-05"]),
    "date": st.sampled_from(["14/1/2023", "20/2/2023", "25/3/2023", "26/3/2023", "quý I/2023", "2/4/2023", "2023", "1/8/2023", "24–26/3/2023", "31/3–02/6/2023"]),
    "doc": st.sampled_from(["", "", "1-BC", "2-BC"]),
    "quantity": st.sampled_from(["", "", "1 lớp", "2 lớp", "gần 3 lớp", "trên 2 lớp", "4 người"]),
    "people": st.sampled_from(["", "50", "trên 30 người"]),
    "step": st.sampled_from(["", "", "", "returned", "accepted"]),
    "empty": st.sampled_from(["", "", "có"]),
    "reason": st.sampled_from(["", "", "mưa lũ"]),
    "recorded": st.sampled_from(["", "", "1/12/2023", "2/4/2023"]),
    "mode": st.sampled_from(["", "trực tiếp", "Gián tiếp"]),
    "level": st.sampled_from(["", "tinh", "toan-tinh"]),
    "place": st.sampled_from(["", "Xã Một", "xa mot, Huyện Lạ"]),
}


@st.composite
def projects(draw: st.DrawFn) -> tuple[str, str]:
    chosen = draw(st.lists(st.integers(0, len(TASKS) - 1), min_size=1, max_size=7, unique=True))
    head = HEAD.replace("areas:", draw(st.sampled_from(["", "closed: {on: 30/9/2023, document: 9-BC, basis: {stated: I}}\n"])) + "areas:")
    plan = head + "".join(f'  - {{id: "{n + 1}", title: Việc {n + 1}, {TASKS[n]}}}\n' for n in chosen)
    if 4 in chosen and draw(st.booleans()):
        plan += 'amended:\n  - {task: "5", on: 15/4/2023, document: 5-CV, reason: Chờ, due: 30/8/2023, recorded: 20/4/2023}\n'
    keys = [key for key in KEYS if key in {"unit", "task", "period", "date"} or draw(st.booleans())]
    rows = draw(st.lists(st.tuples(*(CELL[key] for key in keys)), max_size=14))
    return plan, "\n".join([",".join(keys), *(",".join(row) for row in rows)]) + "\n"


def written(folder: Path, plan: str, table: str, **more: str) -> None:
    files = {"plans/units.yaml": UNITS, "plans/plan.yaml": plan, "plans/i.yaml": INDICATORS, "actuals/a.yaml": LOG, "actuals/xa.csv": table, **more}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def said(folder: Path, asked: Asked, *, by_grid: bool) -> tuple[str, ...]:
    from tracker import grid

    with mock.patch.object(columnar, "LARGE", 0):
        project = read(folder, ROOT / "rules", grid="grid" if by_grid else "plain")
    assert bool(project.bulk) == by_grid
    if by_grid:
        assert grid.declined(project, asked) == ""
    report = (grid.run if by_grid else run)(project, asked)
    assert not report.faults, report.faults
    return tuple(str(renderer(name)(report, words())) for name in ("json", "jsonl", "csv", "text"))


DAYS = st.sampled_from(["2023-04-20", "2023-06-01", "2023-12-31", "2024-03-01"])


@given(projects(), DAYS, st.booleans(), st.sampled_from([(), (), (), ("x-1",), ("h-1", "x-3")]))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_random_plans_give_the_same_bytes(tmp_path_factory, made: tuple[str, str], day: str, hindsight: bool, units: tuple[str, ...]):
    from datetime import date

    folder = tmp_path_factory.getbasetemp() / "grid"
    written(folder, *made)
    on = date.fromisoformat(day)
    asked = Asked(Days(on, date(2024, 6, 1) if hindsight else on), units=units)
    assert said(folder, asked, by_grid=True) == said(folder, asked, by_grid=False)


def whole(*more: str) -> str:
    return HEAD + "".join(f'  - {{id: "{n + 1}", title: Việc {n + 1}, {task}}}\n' for n, task in enumerate([*TASKS, *more]))


TABLE = "unit,task,period,date,doc\nx-1,1-KH/1,2023-03,20/3/2023,1-BC\nx-3,1-KH/1,2023-03,2/4/2023,\nx-1,1-KH/99,,2/4/2023,\nx-9,1-KH/1,2023-04,2/4/2023,\n"


def test_the_made_project_and_one_plan_of_two(tmp_path: Path):
    make(tmp_path / "made", 1000, rules=False)
    asked = Asked(Days(AS_OF, AS_OF))
    assert said(tmp_path / "made" / "csv", asked, by_grid=True) == said(tmp_path / "made" / "csv", asked, by_grid=False)
    other = "plan: 2-KH/B\nissued: 01/01/2023\nperiod: 2023\nformerly: []\n".replace("formerly: []\n", "") + 'tasks:\n  - {id: "1", title: Khác, kind: milestone, for: xa, formerly: [1-KH/99]}\n'
    written(tmp_path / "two", whole(), TABLE, **{"plans/other.yaml": other})
    for plans in ((), ("1-KH",), ("2-KH",)):
        one = Asked(Days(AS_OF, AS_OF), plans)
        assert said(tmp_path / "two", one, by_grid=True) == said(tmp_path / "two", one, by_grid=False)


RULE = """\
title: {vi: Thử, en: Test}
on: ON
where: WHERE
severity: note
message: {vi: "{unit}", en: "{unit}"}
why: {vi: Vì., en: Because.}
fix: {vi: Hãy., en: Do.}
"""


@pytest.mark.parametrize(("name", "title", "message"), [
    ("Xã =Ba", "Việc", "{unit}: {title}"), ('"=1+1 \\"Ba\\", % \\\\"', "Việc", "{unit}"), ("Xã Ba", "Việc \ue001", "{title} của {unit}"),
    ("Xã \ue000\ue001", "Việc", "{unit}, {unit}"), ("Xã Ba", "Việc", "\ue000 {unit} {unit_kind}"), ('"Xã ##[Ba]"', "::Việc", "{unit} {title}"),
])  # fmt: skip
def test_what_is_written_once_for_many_units_is_what_each_would_be(tmp_path: Path, name: str, title: str, message: str):
    units = UNITS.replace("Xã Ba", name)
    plan = HEAD + f'  - {{id: "1", title: "{title}", kind: recurring, every: month, for: [xa, huyen], lead: [x-3]}}\n'
    rule = RULE.replace("ON", "standings").replace("WHERE", "state = 'overdue'").replace('"{unit}"', f'"{message}"')
    escalate = "escalate: {where: \"unit = 'x-1' OR days_late > 200\", to: error}\n"
    written(tmp_path, plan, TABLE, **{"plans/units.yaml": units, "rules/task-a.yaml": rule + escalate, "rules/task-b.yaml": rule})
    asked = Asked(Days(AS_OF, AS_OF))
    with mock.patch.object(columnar, "LARGE", 0):
        plain, kept = run(read(tmp_path), asked), grid_run(read(tmp_path, grid="grid"), asked)
    assert not [one for one in plain.problems if one.place.file.startswith(("rules", "plans"))]
    assert isinstance(kept.findings, Runs)
    assert len(kept.findings) > 50
    for format_ in ("json", "jsonl", "csv", "sarif", "text"):
        assert renderer(format_)(kept, words()) == renderer(format_)(plain, words()), format_


def grid_run(project: Project, asked: Asked):
    from tracker import grid

    return grid.run(project, asked)


def test_rules_of_any_column_find_the_same(tmp_path: Path):
    from tracker import grid

    conditions = [
        ("standings", "unit = 'x-1' AND state <> 'done'"), ("standings", "unit_kind = 'xa' OR days_late - days_left > 3"),
        ("standings", "last_date > starts + 1 MONTH AND NOT (achieved + 1 > target)"), ("actuals", "title IS NULL OR entry = 'a'"),
        ("actuals", "recorded > date + 2 DAYS OR counted = 'lớp'"), ("actuals", "period IS NULL AND why IS NOT NULL"),
        ("actuals", "doc IS NULL AND quantity + 1 > returns"), ("units", "days_silent > 10"), ("unreported", "deeds >= 0"),
    ]  # fmt: skip
    rules = {f"rules/task-{n}.yaml": RULE.replace("ON", on).replace("WHERE", where) for n, (on, where) in enumerate(conditions)}
    written(tmp_path, whole(), TABLE, **rules)
    asked = Asked(Days(AS_OF, AS_OF))
    with mock.patch.object(columnar, "LARGE", 0):
        plain, by_grid = run(read(tmp_path), asked), grid.run(read(tmp_path, grid="grid"), asked)
    assert [*plain.findings] == [*by_grid.findings]
    assert {one.rule for one in plain.findings} >= {f"task-{n}" for n in range(len(conditions)) if n != 6}
    assert [*plain.strays] == [*by_grid.strays]
    assert (plain.saw, [one._replace(actuals=()) for one in plain.standings]) == (by_grid.saw, [one._replace(actuals=()) for one in by_grid.standings])


def test_every_table_has_the_same_rows(tmp_path: Path):
    from tracker import grid
    from tracker.grid.judged import true
    from tracker.rows import rows as plain_rows

    rows = ["unit,task,period,date,doc,quantity,people,mode,level,place"]
    rows += [f"{u},1-KH/{t},2023-0{m},{m}/{m}/2023,{m}-BC,{t} lớp,{m} người,gián tiếp,tinh,Xã Một" for u in ("x-1", "h-1") for t in range(1, 13) for m in (1, 2)]
    written(tmp_path, whole(), "\n".join(rows))
    asked = Asked(Days(AS_OF, AS_OF))
    with mock.patch.object(columnar, "LARGE", 0):
        situation, _ = judge(read(tmp_path, ROOT / "rules"), asked)
        _, _, made = grid._judge(read(tmp_path, ROOT / "rules", grid="grid"), asked)
    tables = [name for name in TABLES if name not in {"standings", "rules", "waivers"}]
    for name in tables:
        assert [*made(name)] == [*plain_rows(name, situation)], name
    assert sum(bool(plain_rows(name, situation)) for name in tables) > 9
    assert true(made.judged, np.arange(made.judged.owed.size)) == [*situation.standings]


@pytest.mark.parametrize(
    ("more", "asked", "why"),
    [
        ((), {"passes": True}, "passes"),
        (("kind: milestone, for: xa, due: {days: 3, after: 1-KH/4}",), {}, "after_task"),
        (("kind: milestone, for: xa, inherited: true",), {}, "inherited"),
    ],
)
def test_what_it_cannot_carry_is_named_and_judged_plainly(tmp_path: Path, more: tuple[str, ...], asked: dict, why: str):
    from tracker import grid

    successions = "successions: [{on: 16/5/2023, how: absorb, from: [x-2], to: [x-1], basis: 1-NQ}]\n"
    written(tmp_path, whole(*more), TABLE, **{"plans/s.yaml": "units: []\n" + successions} if why == "inherited" else {})
    question = Asked(Days(AS_OF, AS_OF), **asked)
    with mock.patch.object(columnar, "LARGE", 0):
        kept, plain = read(tmp_path, ROOT / "rules", grid="grid"), read(tmp_path, ROOT / "rules")
    assert kept.bulk
    assert grid.declined(kept, question) == why
    assert grid.plain(kept).actuals == tuple(sorted(plain.actuals, key=lambda one: one.at))
    assert grid.run(kept, question)._replace(problems=()) == run(grid.plain(kept), question)._replace(problems=())
    assert [*grid.run(kept, question).findings] == [*run(plain, question).findings]


def test_the_command_takes_the_way_that_it_is_told(tmp_path: Path):
    written(tmp_path, whole(), TABLE)
    ask = ("check", "--as-of", "31/12/2023", "--lang", "en", "--horizon", "30", "--engine")
    with mock.patch.object(columnar, "LARGE", 0):
        plain, grid, auto = (tracker(*ask, engine, cwd=tmp_path) for engine in ("plain", "grid", "auto"))
        part = tracker(*ask, "grid", "-f", "junit", cwd=tmp_path)
    assert plain == grid == auto
    assert (plain.code, "x-9" in plain.err) == (2, True)
    assert "The grid cannot carry this: passed verdicts one by one (junit)" in part.err


def test_the_way_is_chosen_by_what_is_owed(tmp_path: Path):
    from tracker.read import size

    written(tmp_path, whole(), TABLE)
    with mock.patch.object(columnar, "LARGE", 0), mock.patch.object(size, "MANY", 200):
        assert not read(tmp_path, grid="auto").bulk
        with mock.patch.object(size, "MANY", 100):
            assert read(tmp_path, grid="auto").bulk
        with mock.patch.object(size, "find_spec", return_value=None):
            assert not read(tmp_path, grid="grid").bulk


def carried_by_the_grid(project: Project) -> Project:
    """The project without selectors, reminders and bare reasons, for which the plain core runs."""
    plans = tuple(plan._replace(tasks=tuple(task._replace(selects=None) for task in plan.tasks)) for plan in project.plans)
    actuals = tuple(actual for actual in project.actuals if actual.step is not Step.EXPLAINED)
    return project._replace(plans=plans, actuals=actuals, reminders=())


def test_what_the_grid_does_not_carry_it_names():
    from tracker import grid

    project, asked = read(ROOT / "tests" / "showcase", ROOT / "rules"), Asked(Days(AS_OF, AS_OF), ("12-KH/BDVTU-BDT",))
    told = [grid.declined(project, asked)]
    bare = project._replace(plans=carried_by_the_grid(project).plans)
    told.append(grid.declined(bare, asked))
    mass = SimpleNamespace(coded={"step": ((), [Step.EXPLAINED])}, fixed={})
    told.append(grid.declined(bare._replace(reminders=(), bulk=(mass,)), asked))
    assert told == ["selectors", "reminders", "reasons"]
    assert grid.declined(carried_by_the_grid(project), asked) == ""


def test_the_showcase_in_which_every_state_occurs():
    from datetime import date

    from tracker import grid

    folder = ROOT / "tests" / "showcase"
    rules = read(ROOT).rules
    with mock.patch.object(columnar, "LARGE", 0):
        plain, kept = (carried_by_the_grid(read(folder, ROOT / "rules", grid=way)) for way in ("plain", "grid"))
    assert kept.bulk
    carried = 0
    for day in (date(2024, 10, 20), date(2025, 9, 1)):
        for plan in plain.plans:
            asked = Asked(Days(day, day), (plan.id,))
            carried += not grid.declined(kept, asked)
            by_grid = grid.run(kept._replace(rules=rules), asked)
            assert ([*by_grid.findings], by_grid.faults) == ([*run(plain._replace(rules=rules), asked).findings], ())
    assert carried > 6

"""A project judged in parts gives the bytes of the whole, in every format, whoever does the parts."""

import random
from concurrent.futures import BrokenExecutor
from datetime import date
from pathlib import Path

import pytest
from drawn_projects import draw
from inside import tracker
from projects import REAL_DAY, ROOT, SHOWCASE, SHOWCASE_DAY, copy_of, edited, real, showcase

from tracker.freeze import digests, figures
from tracker.lang import words
from tracker.model.plan import Amendment, Due
from tracker.model.report import Report
from tracker.model.share import TOGETHER
from tracker.model.source import Place, Problem
from tracker.model.tables import TABLES
from tracker.parts import merge, packed, partial, split, unpacked
from tracker.periods import Days
from tracker.read import read
from tracker.read.survey import survey
from tracker.read.undivided import Undivided, crowded, undivided
from tracker.render.findings import formats, renderer
from tracker.rows import crossing, rows
from tracker.run import Asked, judge, published, run
from tracker.spread import engine, engines
from tracker.work import Order, by_parts

RULES = ROOT / "rules"


def told(report: Report) -> dict[str, str]:
    return {name: renderer(name)(report, words("vi")) for name in formats()}


def here(work, orders):
    return map(work, orders)


@pytest.mark.parametrize(("project", "day", "count"), [(showcase, SHOWCASE_DAY, 4), (real, REAL_DAY, 2), (edited, SHOWCASE_DAY, 2)])
def test_parts_of_a_project_in_memory(project, day, count):
    asked = Asked(Days(day, day), passes=True)
    shares = split(project(), count)
    assert len(shares) >= 2
    partials = [unpacked(packed(partial(project(), asked._replace(share=share)))) for share in shares]
    merged = merge(project()._replace(actuals=()), asked, partials)
    whole = run(project(), asked)
    assert told(merged) == told(whole)
    assert merged.findings == whole.findings
    assert merged.tally == whole.tally


@pytest.mark.parametrize("seed", [31, 60])
def test_parts_of_drawn_projects_that_read_their_own_records(seed: int, tmp_path: Path):
    dice = random.Random(seed)
    folder = draw(tmp_path / "drawn", seed)
    day = dice.choice([SHOWCASE_DAY, date(2025, 3, 1)])
    asked = Asked(Days(day, date(2025, 6, 1)), passes=True)
    whole_project = read(folder, RULES)
    if seed == 60:
        asked = asked._replace(units=("tan-an", "hai-ba"), plans=("12-KH/BDVTU-BDT",))
    project = read(folder, RULES, share=TOGETHER)
    assert project.actuals == ()
    shares = survey(folder, project, split(project, dice.choice([2, 3]), dice.choice(["", "tinh", "huyen"])))
    whole = run(whole_project, asked)
    merged = by_parts(project, Order(folder, RULES, date.max, asked), shares, here)
    assert whole.problems
    assert merged.problems == whole.problems
    assert told(merged) == told(whole)


def test_drawn_projects_are_worth_the_name(tmp_path: Path):
    project = read(draw(tmp_path / "drawn", 10), RULES)
    report = run(project, Asked(Days(SHOWCASE_DAY, SHOWCASE_DAY)))
    assert len({finding.rule for finding in report.findings}) > 60
    assert len(report.strays) > 50
    assert len({problem.code for problem in report.problems}) > 5


def test_published_figures_of_all_parts_are_those_that_were_published():
    (plan,) = (one for one in showcase().plans if one.id.startswith("10-KH"))
    then = published(showcase(), plan)
    assert then.standings
    assert then.actuals
    close = plan.close._replace(digests=digests(*then), figures=figures(then.standings))
    plans = tuple(one._replace(close=close) if one.id == plan.id else one for one in showcase().plans)
    project, asked = showcase()._replace(plans=plans), Asked(Days(SHOWCASE_DAY, SHOWCASE_DAY))
    whole = run(project, asked)
    assert "plan-published-changed" not in {finding.rule for finding in whole.findings}
    partials = [partial(project, asked._replace(share=share)) for share in split(project, 4)]
    assert merge(project, asked, partials).findings == whole.findings


@pytest.mark.parametrize("seed", [4])
def test_what_crosses_is_enough_for_every_table_of_the_whole(seed: int, tmp_path: Path):
    project = read(draw(tmp_path / "drawn", seed, records=300), RULES)
    situation, _ = judge(project, Asked(Days(SHOWCASE_DAY, date(2025, 6, 1))))
    thin = situation._replace(standings=list(crossing.standings(situation)), records=list(crossing.records(situation)))
    assert len(thin.standings) < len(situation.standings)
    assert len(thin.records) < len(situation.records)
    made = [name for name, table in TABLES.items() if not table.by_unit and name not in {"waivers", "rules"}]
    assert {name: rows(name, thin) for name in made} == {name: rows(name, situation) for name in made}


def test_a_part_holds_records_of_its_own_and_few_of_others(monkeypatch, tmp_path: Path):
    monkeypatch.setattr("tracker.read.columnar.LARGE", 1)
    folder = draw(tmp_path / "drawn", 2)
    whole = read(folder, RULES)
    shares = split(whole, 4)
    read_in = 0
    for share in shares:
        project = read(folder, RULES, share=share)
        own = [one for one in whole.actuals if share.holds(one.unit)]
        assert [one for one in project.actuals if share.holds(one.unit)] == own
        read_in += len(project.actuals)
    # what corrects or takes back, what others wait for, and records of several units
    assert read_in < 2.2 * len(whole.actuals)


def test_a_large_table_is_not_read_by_columns_in_a_part(monkeypatch, tmp_path: Path):
    monkeypatch.setattr("tracker.read.columnar.LARGE", 1)
    folder = copy_of(SHOWCASE, tmp_path / "made")
    lines = [f"{unit},12-KH/1.2,0{n}/3/2024" for unit in ("nam-po", "bdt") for n in range(1, 6)]
    (folder / "actuals" / "lon.csv").write_text("unit,task,date\n" + "\n".join(lines) + "\n", encoding="utf-8")
    shares = split(read(folder, RULES), 50)
    told = [[a.unit for a in read(folder, RULES, share=share).actuals if a.at.file == "actuals/lon.csv"] for share in shares]
    assert sorted(filter(None, told)) == [["bdt"] * 5, ["nam-po"] * 5]


def test_a_survey_tells_which_files_are_of_others(tmp_path: Path):
    folder = copy_of(SHOWCASE, tmp_path / "made")
    tables = {
        "a.csv": "unit,task,date\nnam-po,12-KH/1.2,01/3/2024\n",
        "b.csv": "date;unit\r\n01/3/2024;bdt\r\n02/3/2024;nam-po\r\n",
        "quoted.csv": 'unit,date\n"nam-po",01/3/2024\n',
        "named.csv": "unit,date,id\nnam-po,01/3/2024,\n",
        "nobody.csv": "unit,date\nnam-poo,01/3/2024\n",
        "empty.csv": "unit,date\n\n",
        "short.csv": "date,unit\n01/3/2024\n",
    }
    for name, text in tables.items():
        (folder / "actuals" / name).write_bytes(text.encode())
    project = read(folder, RULES, share=TOGETHER)
    shares = survey(folder, project, split(project, 50))
    of = {name: {share.number for share in shares if f"actuals/{name}" not in share.elsewhere} for name in tables}
    number = shares[0].owners
    everybody = {share.number for share in shares}
    assert of == dict.fromkeys(tables, everybody) | {"a.csv": {number["nam-po"]}, "b.csv": {number["nam-po"], number["bdt"]}}
    asked = Asked(Days(SHOWCASE_DAY, SHOWCASE_DAY))
    whole = run(read(folder, RULES), asked)
    merged = by_parts(project, Order(folder, RULES, date.max, asked), shares, here)
    assert (merged.problems, merged.findings, merged.tally) == (whole.problems, whole.findings, whole.tally)


def test_units_that_became_one_another_and_an_organisation_with_its_territory_stay_together():
    for count in (2, 5, 50):
        (share, *_) = split(showcase(), count)
        owners = share.owners
        assert owners["dong-khe"] == owners["khe-trung"] == owners["tan-an"]
        assert owners["ha-lam"] == owners["vp-ubnd-ha-lam"]
        assert set(owners) == {unit.id for unit in showcase().units}
        assert sorted(set(owners.values())) == list(range(len(split(showcase(), count))))


def test_parts_by_kind_keep_a_territory_whole(tmp_path: Path):
    project = read(draw(tmp_path / "drawn", 1), RULES)
    (share, *_) = shares = split(project, 0, "tinh")
    assert len(shares) == 2
    assert {id_ for id_, number in share.owners.items() if number == share.owners["tinh-hai"]} == {
        "tinh-hai", "hai-mot", "hai-hai", "hai-ba", "vp-hai-mot", "xa-a", "xa-b",
    }  # fmt: skip


def test_there_is_nothing_to_split_of_one_unit_or_where_days_come_from_git():
    assert split(showcase(), 1) == []
    assert split(showcase()._replace(units=showcase().units[:1]), 8) == []
    git = showcase().settings._replace(recorded="git")
    assert split(showcase()._replace(settings=git), 8) == []


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("a.yaml", "entries: []\nlinks: []\n", "links"),
        ("a.yaml", "? 'links'\n: []\n", "links"),
        ("a.yaml", 'entries: []\n"lin\\x6bs": []\n', "escaped"),
        ("a.yaml", "entries:\n  - {date: 1/1/2024, withdraws: '#0123456789ab', unit: bdt}\n", "unnamed"),
        ("a.csv", "unit,date,corrects\nbdt,01/3/2024,#0123456789ab-2\n", "unnamed"),
        ("a.csv", "unit,date,corrects\nbdt,01/3/2024,so-1\n", ""),
        ("a.csv", "unit,date,doc\nbdt,01/3/2024,#0123456789ab\n", ""),
        ("b.tables.yaml", "tables: []\n", "mapped"),
        ("a.parquet", "PAR1", "parquet"),
        ("reminders.yaml", "reminders: []\n", ""),
    ],
)
def test_what_is_judged_as_a_whole(name, text, why, tmp_path: Path):
    (tmp_path / "actuals").mkdir()
    (tmp_path / "actuals" / name).write_text(text, encoding="utf-8")
    assert undivided(tmp_path, showcase()) == (Undivided(why, f"actuals/{name}") if why else None)
    if why:
        assert f"actuals/{name}" in words("vi")(f"parts.{why}", file=f"actuals/{name}")


def test_days_from_git_and_selectors_that_others_wait_for_are_judged_as_a_whole(tmp_path: Path):
    project = showcase()
    assert undivided(tmp_path, project._replace(settings=project.settings._replace(recorded="git"))) == Undivided("git")
    plan, task = next((plan, task) for plan in project.plans for task in plan.tasks if task.selects)
    assert undivided(tmp_path, project) is None
    for change in ({"tasks": (plan.tasks[0]._replace(due=Due(event=task.id)), *plan.tasks[1:])}, {"amended": (Amendment(task.id, REAL_DAY, REAL_DAY, due=Due(event=task.id)),)}):
        waiting = project._replace(plans=(plan._replace(**change),))
        assert undivided(tmp_path, waiting) == Undivided("selects", plan.at.file)


def test_a_hundred_bad_rows_of_one_file_are_counted_by_the_whole():
    report = merge(showcase()._replace(actuals=(), reminders=(), plans=(), rules=()), Asked(Days(SHOWCASE_DAY, SHOWCASE_DAY)), [])
    bad = [Problem(Place("actuals/a.csv", line), "value-day") for line in range(100)]
    assert crowded(report._replace(problems=bad[1:] + bad[1:])) is None
    assert crowded(report._replace(problems=bad)) == Undivided("crowded", "actuals/a.csv")
    assert crowded(report._replace(problems=[Problem(Place("actuals/a.csv", 7), "rows-more")])) is not None


CHECK = ("check", "--project", str(SHOWCASE), "--as-of", "20/10/2024", "--max", "task-*=3", "-f", "json")


def test_the_command_gives_the_same_bytes_by_processes():
    whole = tracker(*CHECK)
    assert whole.code == 1
    assert tracker(*CHECK, "--parts", "2") == whole


def test_the_command_gives_the_same_bytes_with_all_that_comes_after_findings(monkeypatch, tmp_path: Path):
    folder = draw(tmp_path / "drawn", 5)
    monkeypatch.setattr("tracker.apart.engine", lambda _: here)
    more = ("check", "--project", str(folder), "--as-of", "20/10/2024", "--horizon", "30", "--by", "owner", "--hindsight")
    whole = tracker(*more)
    assert whole.code == 2
    assert tracker(*more, "--parts-by", "tinh") == whole


def test_a_project_with_links_says_that_it_is_judged_as_a_whole(monkeypatch, tmp_path: Path):
    folder = copy_of(SHOWCASE, tmp_path / "linked")
    (folder / "actuals" / "links.yaml").write_text("links: []\n", encoding="utf-8")
    words_ = ("check", "--project", str(folder), "--as-of", "20/10/2024", "--select", "task-*", "-f", "jsonl", "--lang", "en")
    ran = tracker(*words_, "--parts", "2")
    assert ran.err.splitlines()[0].startswith("Judged as a whole, not in parts, with the same result: actuals/links.yaml has or names links")
    whole = tracker(*words_)
    assert (ran.code, ran.out, ran.err.partition("\n")[2]) == whole


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--parts", "0"), "“0” is no number of parts"),
        (("--parts", "many"), "write a whole number from 1 to 10000"),
        (("--parts-by", "tin"), "no unit of kind “tin”"),
        (("--parts", "2", "--on", "abacus"), "dask, processes, spark"),
    ],
)
def test_wrong_usage_says_what_to_do(given, said):
    ran = tracker("check", "--project", str(SHOWCASE), "--lang", "en", *given)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_an_engine_that_is_not_installed_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyspark", None)
    ran = tracker("check", "--project", str(SHOWCASE), "--as-of", "20/10/2024", "--lang", "en", "--parts", "2", "--on", "spark")
    assert ran.code == 2
    assert "pip install 'tracker[spark]'" in ran.err


def test_a_process_that_is_lost_says_what_to_do(monkeypatch):
    def lost(work, orders):
        raise BrokenExecutor

    monkeypatch.setattr("tracker.apart.engine", lambda _: lost)
    ran = tracker(*CHECK, "--parts", "2", "--lang", "en")
    assert (ran.code, ran.out) == (2, "")
    assert "choose more parts than 2 with --parts" in ran.err


def test_dask_gives_the_same_bytes():
    dask = pytest.importorskip("dask", reason="dask is not installed: pip install -r requirements-dev.txt")
    with dask.config.set(scheduler="synchronous"):
        assert tracker(*CHECK, "--parts", "3", "--on", "dask") == tracker(*CHECK)


def test_engines_are_those_of_the_folder():
    assert engines() == ("dask", "processes", "spark")
    assert list(engine("processes")(len, ["a", "bc"])) == [1, 2]

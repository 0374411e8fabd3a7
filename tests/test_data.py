"""The real data against our index of the report: every fact has a place in the files, or a reason why it has none."""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from tracker.model.project import Project
from tracker.model.standing import State
from tracker.names import Match, Tier, accents, bare, match_name
from tracker.periods import Days
from tracker.read import read
from tracker.run import Asked, run

ROOT = Path(__file__).parent.parent
INDEX = ROOT / "tests" / "facts.tsv"
FILES = sorted([*ROOT.glob("plans/*.yaml"), *ROOT.glob("actuals/**/*.yaml")])
MUST_HAVE_A_PLACE = {
    "plan-task", "future-task", "actual-activity", "agreement", "periodic-report", "inspection", "model-count",
    "indicator", "unit",
}  # fmt: skip
DISTRICTS = ["thai-nguyen", "song-cong", "dinh-hoa", "phu-luong", "dong-hy", "vo-nhai", "dai-tu", "pho-yen", "phu-binh"]
PLAN, NEXT, FRAME = "plans/14-KH-2023.yaml", "plans/phuong-huong-2024.yaml", "plans/08-CTr-2022.yaml"
LINES = csv.DictReader(INDEX.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
FACTS = list(LINES)
PLACED = [(fact, place) for fact in FACTS for place in fact["places"].split("; ") if place]


@cache
def load(path: str) -> dict[str, Any]:
    """A file with every value as the text that was written: no number, day or truth value is guessed."""
    return yaml.load((ROOT / path).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def units(kind: str | None = None) -> list[dict[str, Any]]:
    """Units of a kind; districts are those of Thái Nguyên, in which all three plans lie."""
    found = [unit for unit in load("plans/units.yaml")["units"] if kind in (None, unit["kind"])]
    return [unit for unit in found if unit.get("parent") == "tinh-thai-nguyen"] if kind == "huyen" else found


def all_districts() -> list[dict[str, Any]]:
    return [unit for unit in load("plans/units.yaml")["units"] if unit["kind"] == "huyen"]


def tasks(path: str) -> dict[str, dict[str, Any]]:
    plan = load(path)
    return {f"{plan['key']}/{task['id']}": task for task in plan["tasks"]}


def entries() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in FILES:
        if path.is_relative_to(ROOT / "actuals"):
            name = path.relative_to(ROOT).as_posix()
            for entry in load(name)["entries"]:
                yield name, entry


def ids(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])


def found(path: str, key: str) -> list[Any]:
    """What stands in a file under a key of the index; nothing where the key leads nowhere."""
    data = load(path)
    if path == "plans/units.yaml":
        if key.startswith("kind:"):
            return units(key.removeprefix("kind:"))
        return [unit for unit in units() if unit["id"] == key]
    if path == "plans/documents.yaml":
        return [document for document in data["documents"] if document["number"] == key]
    if path.startswith("plans/"):
        if "/" in key:
            return [task for task_id, task in tasks(path).items() if task_id == key]
        for step in key.split("."):
            data = data.get(step, {})
        return [data] if data else []
    return [entry for entry in data["entries"] if entry["task"] == key] + [
        figure for figure in data.get("figures", []) if figure["id"] == key
    ]


def test_every_fact_stands_in_the_index_once() -> None:
    assert [fact["id"] for fact in FACTS] == [f"F{number:03d}" for number in range(1, 241)]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact["id"])
def test_a_fact_has_places_or_a_reason(fact: dict[str, str]) -> None:
    assert bool(fact["places"]) != bool(fact["why_none"])
    if fact["kind"] in MUST_HAVE_A_PLACE:
        assert fact["places"]


@pytest.mark.parametrize(("fact", "place"), PLACED, ids=[f"{fact['id']}-{place}" for fact, place in PLACED])
def test_the_place_is_there_and_says_so(fact: dict[str, str], place: str) -> None:
    path, _, key = place.partition("#")
    there = found(path, key)
    assert there, f"{path} has no {key}"
    if path.startswith("actuals/"):
        sourced = [entry for entry in there if fact["id"] in re.findall(r"F[0-9]{3}", entry["source"])]
        assert sourced, f"no entry of {key} names {fact['id']} as its source"


@pytest.mark.parametrize("fact", [fact for fact in FACTS if fact["printed"]], ids=lambda fact: fact["id"])
def test_a_printed_figure_is_held_as_printed(fact: dict[str, str]) -> None:
    held = set()
    for place in fact["places"].split("; "):
        path, _, key = place.partition("#")
        if path.startswith("actuals/"):
            for entry in found(path, key):
                held |= {text for name in ("quantity", "people", "parts") for text in ids(entry.get(name))}
    if fact["id"] == "F096":  # printed as one figure for two districts, held as one group for each
        assert "1 đoàn" in held
    elif fact["printed"] == "8/8/9":
        assert len([entry for _, entry in entries() if entry["task"] == "08-CTr/agreement"]) == 8
    else:
        assert any(re.match(rf"{re.escape(fact['printed'])}(?![0-9,.])", text) for text in held), held


def test_every_source_is_in_the_index() -> None:
    placed = {(fact["id"], place) for fact, place in PLACED}
    for path, entry in entries():
        for fact in re.findall(r"F[0-9]{3}", entry["source"]):
            assert (fact, f"{path}#{entry['task']}") in placed


def test_the_plan_of_2023_has_39_tasks_5_of_them_stated_and_no_target() -> None:
    plan = tasks(PLAN)
    assert len(plan) == len(load(PLAN)["tasks"]) == 39
    assert Counter(key[len("14-KH/")] for key in plan) == {"1": 8, "2": 10, "3": 9, "4": 7, "5": 5}
    stated = [key for key, task in plan.items() if "stated" in task["basis"]]
    assert stated == ["14-KH/1.1", "14-KH/1.2", "14-KH/5.1", "14-KH/5.2", "14-KH/5.3"]
    assert sum("inferred" in task["basis"] for task in plan.values()) == 34
    assert not [key for key, task in plan.items() if "target" in task or "due" in task]


def test_the_directions_of_2024_are_13_all_stated_and_led_by_nobody() -> None:
    plan = tasks(NEXT)
    assert len(plan) == len(load(NEXT)["tasks"]) == 13
    assert all("stated" in task["basis"] for task in plan.values())
    assert not [key for key, task in plan.items() if "target" in task or "lead" in task]
    known = tasks(PLAN)
    assert all(task["continues"] in known for task in plan.values() if "continues" in task)


def test_nine_districts_in_official_order_eight_with_an_office() -> None:
    assert [unit["id"] for unit in units("huyen")] == DISTRICTS
    codes = [unit["code"] for unit in units("huyen")]
    assert codes == sorted(codes) == ["164", "165", "167", "168", "169", "170", "171", "172", "173"]
    facts = {unit["id"]: unit["facts"]["has_ethnic_office"] for unit in units("huyen")}
    assert [name for name, fact in facts.items() if fact["value"] != "true"] == ["song-cong"]
    assert facts["song-cong"]["counterpart"] == "vp-ubnd-song-cong"
    assert [unit["serves"] for unit in units("ban-dan-van")] == DISTRICTS
    assert [unit["serves"] for unit in units("phong-dan-toc")] == [name for name in DISTRICTS if name != "song-cong"]


def test_eight_agreements_eight_eligible_nine_in_all() -> None:
    signed = [entry["unit"] for _, entry in entries() if entry["task"] == "08-CTr/agreement"]
    eligible = [unit["id"] for unit in units("huyen") if unit["facts"]["has_ethnic_office"]["value"] == "true"]
    assert signed == eligible
    assert (len(signed), len(eligible), len(units("huyen"))) == (8, 8, 9)


def test_twenty_streams_of_reports() -> None:
    for key in ("14-KH/5.1", "14-KH/5.2"):
        assert sum(len(units(kind)) for kind in tasks(PLAN)[key]["for"]) == 20


def test_every_district_was_inspected_once_directly_or_not() -> None:
    seen = [(entry["unit"], entry["mode"]) for _, entry in entries() if entry["task"] in ("14-KH/4.1", "14-KH/4.2")]
    assert sorted(unit for unit, _ in seen) == sorted(DISTRICTS)
    assert Counter(mode for _, mode in seen) == {"trực tiếp": 4, "gián tiếp": 5}
    assert {unit for unit, mode in seen if mode == "trực tiếp"} == set(tasks(PLAN)["14-KH/4.1"]["for"])


def test_the_models_add_up() -> None:
    whole = next(entry for _, entry in entries() if entry["task"] == "14-KH/2.10")
    numbers = [int(text.split()[0].replace(".", "")) for text in [whole["quantity"], *whole["parts"]]]
    assert numbers[0] == sum(numbers[1:]) == 2359


def test_the_gaps_of_poverty_are_the_differences_printed() -> None:
    rates = {figure["id"]: figure["quantity"] for figure in load("actuals/2023/tinh-thai-nguyen.yaml")["figures"]}
    hundredths = {name: int(text.rstrip("%").replace(",", "")) for name, text in rates.items() if "ngheo" in name and "%" in text}
    for year in ("2022", "2023"):
        minority, all_ = hundredths[f"ty-le-ho-ngheo-dtts-{year}"], hundredths[f"ty-le-ho-ngheo-{year}"]
        assert minority - all_ == hundredths[f"chenh-lech-ho-ngheo-{year}"]


def test_every_id_that_a_plan_or_a_log_names_is_a_unit_or_a_kind() -> None:
    known, kinds = {unit["id"] for unit in units()}, {unit["kind"] for unit in units()}
    assert len(known) == len(units())
    for path in (FRAME, PLAN, NEXT):
        assert set(load(path)["issuers"]) <= known
        for key, task in tasks(path).items():
            assert set(ids(task["for"])) <= known | kinds, key
            assert set(ids(task.get("lead"))) <= known, key
    every_task = {**tasks(FRAME), **tasks(PLAN), **tasks(NEXT)}
    for path, entry in entries():
        assert entry["task"] in every_task, path
        assert {*ids(entry.get("unit")), *ids(entry.get("units"))} <= known, path
    for unit in units():
        named = [unit.get("parent"), unit.get("serves"), *ids(unit.get("closed", {}).get("successors"))]
        assert {name for name in named if name} <= known, unit["id"]


def test_a_unit_that_owes_something_has_a_short_name() -> None:
    for path in (FRAME, PLAN, NEXT):
        assert load(path)["within"] == "tinh-thai-nguyen"
        for task in tasks(path).values():
            owing = [unit for unit in units() if unit.get("parent") != "tinh-bac-kan" and {unit["id"], unit["kind"]} & set(ids(task["for"]))]
            assert owing
            assert all(1 <= len(unit["short"]) <= 14 for unit in owing)
    shorts = [unit["short"] for unit in units() if "short" in unit]
    assert len(shorts) == len(set(shorts))


def test_the_communes_of_2025_are_92_each_with_one_code_and_with_its_predecessors() -> None:
    new = [unit for unit in units("xa") if "opened" in unit and "closed" not in unit]
    assert len(new) == len({unit["code"] for unit in new}) == 92
    assert Counter(unit["name"].split()[0] for unit in new) == {"Xã": 77, "Phường": 15}
    assert all(unit["parent"] == "tinh-thai-nguyen" for unit in new)
    heirs = {heir for unit in units("huyen") for heir in unit["closed"]["successors"]}
    assert len(heirs) == 55
    parents = Counter(heir for unit in all_districts() for heir in unit["closed"]["successors"])
    assert set(parents) == {unit["id"] for unit in new}
    assert {heir: count for heir, count in parents.items() if count > 1} == {
        "x-dai-phuc": 3, "x-tan-cuong": 2, "x-phong-quang": 2, "x-dong-phuc": 2, "x-bach-thong": 2,
    }  # fmt: skip


def test_two_communes_of_one_province_differ_by_an_accent_only() -> None:
    names = {unit["id"]: [unit["name"]] for unit in units("xa") if "opened" in unit and "closed" not in unit}
    assert match_name("xã Văn Lang", names) == Match(Tier.EXACT, ("x-van-lang-bac",))
    assert match_name("xã Văn Lăng", names) == Match(Tier.EXACT, ("x-van-lang",))
    assert len(match_name("xa Van Lang", names).matches) == 2
    assert len({accents(bare(name)[1]) for held in names.values() for name in held}) == 91


def test_documents_are_cited_fifteen_times_by_the_report() -> None:
    cited = {
        document["number"]: [citation for citation in document["cited"] if citation["in"].startswith("báo cáo 2023")]
        for document in load("plans/documents.yaml")["documents"]
    }
    assert sum(map(len, cited.values())) == 15
    days = {number: {citation.get("date", "") for citation in citations} for number, citations in cited.items() if citations}
    assert days["24-NQ/TW"] == {""}
    assert days["88/2019/QH14"] == {"26/11/2019"}
    assert all(len(found_days) == 1 for found_days in days.values())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_are_composed_text_without_private_persons(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "\t" not in text
    assert not re.search(r"^\s*(?:- )?(?:signer|signed_by|person|nguoi_ky|ho_ten):", text, re.MULTILINE)


@cache
def project() -> Project:
    return read(ROOT)


def test_the_reader_takes_every_file_without_a_problem() -> None:
    loaded = project()
    assert [str(problem.place) for problem in loaded.problems] == []
    assert {plan.key: len(plan.tasks) for plan in loaded.plans} == {"08-CTr": 1, "14-KH": 39, "2024": 13}
    assert len(loaded.units) == len(units())
    assert len(loaded.documents) == len(load("plans/documents.yaml")["documents"])
    assert len(loaded.figures) == 24


def test_judged_at_the_end_of_2023_nothing_is_left_over_and_claims_stay_claims() -> None:
    day = date(2023, 12, 31)
    report = run(project(), Asked(Days(day, day)))
    assert list(report.problems) == []
    assert list(report.strays) == []
    agreements = [s for s in report.standings if s.obligation.task.id == "08-CTr/agreement"]
    assert Counter(s.state for s in agreements) == {State.DONE: 8, State.EXEMPT: 1}
    claimed = {s.obligation.task.id for s in report.standings if s.unverified}
    silent = {task for task, wanted in tasks(PLAN).items() if wanted["kind"] != "recurring"} - claimed
    shown = {s.obligation.task.id for s in report.standings if s.state in (State.DONE, State.DONE_LATE)}
    # What the report says was done and does not show: neither a figure nor a document of its own.
    assert claimed == {f"14-KH/{number}" for number in (
        "1.4", "1.5", "1.6", "1.7", "1.8", "2.3", "2.4", "3.1", "3.2", "3.3", "3.4", "3.6", "3.9", "4.3", "4.4", "4.5",
        "5.1", "5.2", "5.3", "5.4", "5.5",
    )}  # fmt: skip
    assert silent - shown == {"14-KH/1.2", "14-KH/1.3", "14-KH/4.7"}

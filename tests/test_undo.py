"""What was entered wrongly, by hand or by the program: taken back and replaced by further entries, never by other bytes."""

from datetime import date
from pathlib import Path

import pytest
from projects import SHOWCASE, copy_of
from recorded import DAY, HOURS, project, record
from test_git import commit, git

from tracker import door
from tracker.commands.record import KEYS
from tracker.know import corrected
from tracker.read.formats import ENTRY_KEYS


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(door, "today", lambda: DAY)
    return copy_of(SHOWCASE, tmp_path / "p")


def test_what_was_written_by_hand_without_an_id_is_taken_back_where_it_stands(root: Path):
    log = root / "actuals" / "2024" / "hai.yaml"
    twice = "  - {task: 12-KH/2.1, date: 30/9/2024, quantity: 2 hội nghị, doc: 7-BC/BDT}\n"
    by_hand = f"unit: bdt\nentries:\n{twice}  # như trên\n{twice}"
    log.write_text(by_hand, encoding="utf-8")
    ran = record(root, "--undo", "actuals/2024/hai.yaml:5", "--reason", "Ghi hai lần", "--yes")
    assert (ran.code, log.read_text(encoding="utf-8").startswith(by_hand)) == (0, True)
    assert 'reason: Ghi hai lần, withdraws: "#' in log.read_text(encoding="utf-8")
    left = project(root)
    assert left.problems == ()
    (gone,) = [one.withdraws for one in left.actuals if one.withdraws.startswith("#")]
    assert gone.endswith("-2"), "the second of two that say the same"
    assert [one.at.line for one in corrected(left.actuals) if one.doc == "7-BC/BDT"] == [3]
    again = record(root, "--undo", "actuals/2024/hai.yaml:5:5", "--yes")
    assert (again.code, gone in again.err) == (0, True)
    other = record(root, "--undo", str(log) + ":3", "--yes")
    assert other.code == 0
    assert [one for one in corrected(project(root).actuals) if one.doc == "7-BC/BDT"] == []
    log.write_text(log.read_text(encoding="utf-8").replace("doc: 7-BC/BDT}\n  #", "doc: 8-BC/BDT}\n  #"), encoding="utf-8")
    assert {one.code for one in project(root).problems} == {"reference-entry-near"}, "what was changed by hand is not what was taken back"


def test_what_has_no_id_is_replaced_also_in_a_table_and_under_another_task(root: Path):
    (root / "actuals" / "2024" / "bang.csv").write_text(
        "unit,task,date,quantity,doc\nbdt,12-KH/1.8,30/9/2024,2 hội nghị,7-BC/BDT\n", encoding="utf-8"
    )
    before = (root / "actuals" / "2024" / "bang.csv").read_bytes()
    ran = record(root, *HOURS, "--corrects", "bang.csv:2", "--yes")
    assert ran.code == 2, "a file is named from the folder of the project on"
    ran = record(root, *HOURS, "--corrects", "actuals/2024/bang.csv:2", "--yes")
    assert (ran.code, (root / "actuals" / "2024" / "bang.csv").read_bytes()) == (0, before)
    left = project(root)
    assert left.problems == ()
    assert {one.doc for one in corrected(left.actuals)} & {"7-BC/BDT", "9-BC/BDT"} == {"9-BC/BDT"}


def test_the_newest_of_a_unit_is_taken_back_with_and_without_an_id(root: Path):
    log = root / "actuals" / "2024" / "bdt.yaml"
    log.write_text(log.read_text(encoding="utf-8").replace("events:\n", "  - {task: 12-KH/2.1, date: 20/10/2024, doc: 7-BC/BDT}\nevents:\n"), encoding="utf-8")
    assert record(root, "--undo", "last", "--unit", "bdt", "--yes").code == 0
    assert [one for one in corrected(project(root).actuals) if one.doc == "7-BC/BDT"] == []


def test_every_key_of_an_entry_is_an_option(root: Path):
    assert set(KEYS) | {"withdraws"} == set(ENTRY_KEYS)
    ran = record(
        root, "--task", "12-KH/2.1", "--units", "ban dân tộc", "--units", "bdvtu", "--date", "30/9/2024", "--quantity", "3 hội nghị",
        "--parts", "2 hội nghị", "--parts", "1 hội nghị", "--items", "dự án 1", "--outcome", "Kiến nghị, bổ sung", "--reach", "09 trường",
        "--returns", "7 đơn vị", "--place", "Huyện Tân An", "--mode", "trực tiếp", "--people", "30 người", "--empty", "--id", "moi", "--yes",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    made = [one for one in project(root).actuals if one.id == "moi"]
    assert [one.unit for one in made] == ["bdt", "bdvtu"]
    assert ([part.text for part in made[0].parts], made[0].items, made[0].empty) == (["2 hội nghị", "1 hội nghị"], ("dự án 1",), True)
    assert (made[0].outcome, made[0].mode, made[0].returns.text) == ("Kiến nghị, bổ sung", "trực tiếp", "7 đơn vị")


def test_what_has_no_id_is_taken_back_also_where_git_knows_when_it_was_recorded(root: Path):
    log = root / "actuals" / "2024" / "hai.yaml"
    log.write_text("unit: bdt\nentries:\n  - {task: 12-KH/2.1, date: 30/9/2024, quantity: 2 hội nghị, doc: 7-BC/BDT}\n", encoding="utf-8")
    (root / "tracker.yaml").write_text("recorded: git\n", encoding="utf-8")
    git(root, "init", "-q")
    commit(root, "2024-10-01T10:00:00+07:00")
    assert record(root, "--undo", "actuals/2024/hai.yaml:3", "--yes").code == 0
    commit(root, "2024-10-02T10:00:00+07:00")
    left = project(root)
    assert left.problems == ()
    gone = [one for one in left.actuals if one.doc == "7-BC/BDT"]
    assert [(one.recorded, one.id[:1]) for one in gone] == [(date(2024, 10, 1), "#")]
    assert [one for one in corrected(left.actuals) if one.doc == "7-BC/BDT"] == []


def test_a_renamed_task_or_unit_changes_no_name(root: Path):
    log = root / "actuals" / "2024" / "hai.yaml"
    log.write_text("unit: bdt\nentries:\n  - {task: 12-KH/2.1, date: 30/9/2024, quantity: 2 hội nghị, doc: 7-BC/BDT}\n", encoding="utf-8")
    assert record(root, "--undo", "actuals/2024/hai.yaml:3", "--yes").code == 0
    plan = root / "plans" / "12-KH-2024.yaml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace('  - id: "2.1"\n', '  - id: "2.1b"\n    formerly: ["2.1"]\n'), encoding="utf-8")
    assert plan.read_text(encoding="utf-8") != text
    left = project(root)
    assert [one for one in left.problems if one.place.file.startswith("actuals")] == []
    assert [one for one in corrected(left.actuals) if one.doc == "7-BC/BDT"] == []

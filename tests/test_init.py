"""From nothing: a project by questions or without, and a rule whose examples no mutant survives."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from inside import tracker
from projects import copy_of
from test_cli import ROOT, SHOWCASE
from test_schema import seen

from tracker import door
from tracker.commands.init import command
from tracker.examples import survivors, wrong
from tracker.fresh.rule import condition_for, examples_for
from tracker.model.tables import TABLES
from tracker.read import read
from tracker.where import Checked, read_condition


def all_files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_without_questions_it_works_at_once(tmp_path: Path):
    ran = tracker("init", "moi", "--yes", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    made = tmp_path / "moi"
    assert (made / ".gitignore").read_text(encoding="utf-8") == ".tracker/\n"
    status, check = tracker("status", cwd=made), tracker("check", cwd=made)
    assert (status.code, status.err) == (0, "")
    assert check.code in {0, 1}
    assert check.err == ""
    project = read(made, ROOT / "rules")
    assert project.problems == ()
    assert not (made / "rules").exists(), "those of the program are used"
    assert "MẪU" in (made / "plans" / "01-KH.yaml").read_text(encoding="utf-8"), "what is to be replaced is marked"


def test_what_it_writes_is_accepted_by_the_schemas_that_its_first_lines_name(tmp_path: Path):
    tracker("init", "--yes", cwd=tmp_path)
    tracker("new", "rule", "task-thu", cwd=tmp_path)
    files = list(tmp_path.rglob("*.yaml"))
    assert len(files) > 6
    for path in files:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        schema = path.parent / first.removeprefix("# yaml-language-server: $schema=")
        jsonschema.validate(seen(path), json.loads(schema.read_text(encoding="utf-8")), jsonschema.Draft7Validator)
    mapped = (ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8")
    assert json.loads((tmp_path / ".vscode" / "settings.json").read_text(encoding="utf-8")) == json.loads(mapped)


def test_answers_are_asked_for_until_they_can_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(door, "on_terminal", lambda: True)
    said = [
        'Kế hoạch "phối hợp" {năm}: 2024', "7 KH/X", "07-KH/MTTQ", "mai", "24", "2024", "Tỉnh Bắc Giang", "Ủy ban MTTQ tỉnh",
        "Sở Nội vụ", "Huyện Lục Ngạn, Huyện Sơn Động, Huyện Lục Ngạn",
    ]  # fmt: skip
    ran = CliRunner().invoke(command, [str(tmp_path)], input="\n".join(said) + "\n", standalone_mode=False)
    assert ran.exception is None
    assert ran.return_value == 0
    assert "Hãy" in ran.stderr or "hãy" in ran.stderr
    project = read(tmp_path, ROOT / "rules")
    assert project.problems == ()
    assert [unit.id for unit in project.units] == [
        "tinh-bac-giang", "uy-ban-mttq-tinh", "so-noi-vu", "huyen-luc-ngan", "huyen-son-dong", "huyen-luc-ngan-2",
    ]  # fmt: skip
    assert [(plan.id, plan.key, plan.title) for plan in project.plans] == [("07-KH/MTTQ", "07-KH", said[0])]
    assert tracker("check", "--project", str(tmp_path)).code in {0, 1}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_off_a_terminal_it_asks_nothing_and_says_what_to_do(tmp_path: Path, language: str):
    ran = tracker("init", cwd=tmp_path, TRACKER_LANG=language)
    assert (ran.code, ran.out) == (2, "")
    assert "--yes" in ran.err
    assert all_files(tmp_path) == {}


def test_nothing_is_overwritten_and_all_that_stands_in_the_way_is_named(tmp_path: Path):
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "units.yaml").write_text("của tôi", encoding="utf-8")
    (tmp_path / "README.md").write_text("của tôi", encoding="utf-8")
    before = all_files(tmp_path)
    ran = tracker("init", "--yes", cwd=tmp_path)
    assert ran.code == 2
    assert "plans/units.yaml" in ran.err
    assert "README.md" in ran.err
    assert all_files(tmp_path) == before


def test_a_new_rule_holds_its_examples_and_no_mutant_survives(tmp_path: Path):
    copy = copy_of(SHOWCASE, tmp_path)
    (copy / "rules").mkdir(exist_ok=True)
    assert tracker("new", "rule", "task-thu", cwd=copy).code == 0
    where = "pending > 0 AND days_silent BETWEEN 10 AND 20"
    assert tracker("new", "rule", "unit-lau", "--on", "units", "--where", where, cwd=copy).code == 0
    tested = tracker("rules", "test", "--mutate", cwd=copy)
    assert (tested.code, tested.err) == (0, "")
    project = read(copy)
    assert project.problems == ()
    assert {rule.id for rule in project.rules} >= {"task-thu", "unit-lau"}
    for rule in project.rules:
        assert list(wrong(rule)) == []
        assert survivors(rule)[1] == ()
    assert tracker("check", "--project", str(copy), "--select", "task-thu").err == ""


@pytest.mark.parametrize("table", list(TABLES))
def test_there_is_a_condition_to_begin_with_for_every_table(table: str):
    checked = read_condition(condition_for(TABLES[table]), TABLES[table].by_name)
    assert isinstance(checked, Checked)
    assert examples_for(checked)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("thu",), "task-thu"),
        (("task",), "task-task"),
        (("nhiem-vu-cham",), "task, agreement"),
        (("task-Chậm trễ",), "task-cham-tre"),
        (("task-thu", "--where", "days_lte > 3"), "days_late"),
        (("task-thu", "--on", "standing"), "standings"),
    ],
)
def test_a_name_or_condition_that_will_not_do(arguments: tuple[str, ...], named: str, language: str, tmp_path: Path):
    copy = copy_of(SHOWCASE, tmp_path)
    before = all_files(copy)
    ran = tracker("new", "rule", *arguments, cwd=copy, TRACKER_LANG=language)
    assert (ran.code, ran.out) == (2, "")
    assert named in ran.err
    assert all_files(copy) == before


def test_a_rule_is_not_overwritten(tmp_path: Path):
    copy = tmp_path
    tracker("init", "--yes", cwd=copy)
    first = tracker("new", "rule", "task-thu", cwd=copy)
    assert (first.code, first.err) == (0, "")
    assert "rules/" in first.out.splitlines()[1], "from now on the project's own rules stand in for the program's"
    before = all_files(copy)
    again = tracker("new", "rule", "task-thu", cwd=copy)
    assert again.code == 2
    assert "rules/task-thu.yaml" in again.err
    assert all_files(copy) == before

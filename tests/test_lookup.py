"""Names as people write them: typed, chosen by number, completed by a shell, in a table that is taken in."""

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner
from golden_files import same
from inside import tracker
from projects import ROOT, SHOWCASE, copy_of
from recorded import DAY

from tracker import door
from tracker.commands.record import command
from tracker.enter import Named, task_named, unit_named
from tracker.intake.lookup import find_units
from tracker.lookup import Verdict, book, find_task, find_unit
from tracker.model.values import Span
from tracker.read import read
from tracker.read.values import Refusal


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(door, "today", lambda: DAY)
    return copy_of(SHOWCASE, tmp_path / "p")


def test_names_are_taken_in_tiers():
    known = read(SHOWCASE, ROOT / "rules")
    names, then = book(known), Span(DAY, DAY)
    assert unit_named("Huyện Tân An", known, names) == Named("tan-an")
    assert unit_named("ban dan toc", known, names) == Named("bdt", "ban dan toc")
    many = unit_named("tan an", known, names)
    assert isinstance(many, Refusal)
    assert many.code == "record-unit-many"
    assert unit_named("cu", known, book(known._replace(renames={"cu": "bdt"}))) == Named("bdt")
    assert task_named("12-KH/5.1", names) == Named("12-KH/5.1")
    assert task_named("5.1", names, then, "bdt") == Named("12-KH/5.1")
    assert task_named("5.1. Báo cáo tháng", names, then, "bdt") == Named("12-KH/5.1")
    assert task_named("Báo cáo tháng", names, then, "bdt") == Named("12-KH/5.1")
    assert task_named("bao cao thang", names, then, "bdt") == Named("12-KH/5.1", "bao cao thang")
    words = task_named("hội nghị", names)
    assert isinstance(words, Refusal)
    assert words.code == "record-task-many"
    assert find_task("hội nghị", names).verdict is not Verdict.MANY, "a row of a table tells a deed in words of its own"


@pytest.mark.parametrize("text", ["Huyện Tân An", "tan an", "ban dan toc", "Xa Lạ", "bdt", "Ban Dân tộ"])
def test_what_is_typed_and_what_is_imported_is_looked_up_alike(text: str):
    known = read(SHOWCASE, ROOT / "rules")
    typed, imported = find_unit(text, book(known)), find_units(text, book(known))
    assert imported.ids == typed.ids
    assert imported.code.removeprefix("intake-") in {
        Verdict.SURE: {""}, Verdict.ACCENTS: {"unit-accents"}, Verdict.MANY: {"units"}, Verdict.NEAR: {"unit-near"}, Verdict.NONE: {"unit"},
    }[typed.verdict]  # fmt: skip


def test_candidates_are_chosen_by_their_number(root: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(door, "on_terminal", lambda: True)
    said = ["tan an", "2", "1", "04/10/2024", "", "12-BC", "không"]
    ran = CliRunner().invoke(command, ["--project", str(root)], input="\n".join(said) + "\n", standalone_mode=False)
    assert (ran.exception, ran.return_value) == (None, 130)
    same("record-chosen.vi.txt", ran.stderr + ran.stdout)


def completed(root: Path, shell: str, *words: str, **more: str) -> list[str]:
    begun = {"_TRACKER_COMPLETE": f"{shell}_complete", **more}
    ran = tracker(cwd=root, **begun, **({"COMP_WORDS": shlex.join(("tracker", *words)), "COMP_CWORD": str(len(words))} if shell != "powershell" else {}))
    assert (ran.code, ran.err) == (0, "")
    return ran.out.strip().splitlines()


def test_units_and_tasks_are_completed_by_name_with_or_without_accents(root: Path):
    assert completed(root, "bash", "record", "--unit", "ban dan toc t") == ["plain,bdt"]
    assert completed(root, "bash", "record", "--unit", "Huyện Tân") == ["plain,tan-an"]
    assert completed(root, "bash", "record", "--unit", "bd") == ["plain,bdvtu", "plain,bdt"]
    assert completed(root, "bash", "record", "--unit", "bdt", "--task", "bao cao thang")[0] == "plain,12-KH/5.1"
    assert completed(root, "bash", "record", "--task", "5.1")[0] == "plain,12-KH/5.1", "of the plan that runs"
    assert "Báo cáo tháng" in completed(root, "zsh", "record", "--task", "12-KH/5.1")
    typed = "tracker\x1frecord\x1f--unit\x1fban dan toc"
    assert completed(root, "powershell", COMP_WORDS=typed, COMP_WORD="'ban dan toc") == ["bdt\tBan Dân tộc tỉnh"]
    (root / "plans" / "units.yaml").write_text("units: [\n", encoding="utf-8")
    assert completed(root, "bash", "record", "--unit", "ban") == []
    assert completed(root.parent, "bash", "record", "--unit", "ban") == [], "no project here: nothing is offered, and nothing said"
    assert "Register-ArgumentCompleter" in tracker(cwd=root, _TRACKER_COMPLETE="powershell_source").out

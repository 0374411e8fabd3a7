"""The gallery: for each thing that reading can say, a small file that makes it say so, and the words beside it.

UPDATE_GOLDEN=1 writes the words and the page that lists them; read them in the diff.
"""

import os
import shutil
import tomllib
from pathlib import Path

import pytest

from tracker.lang import problems, slots_of, words
from tracker.model.project import Project
from tracker.read import door, read, told as told_rows
from tracker.render.problems import lines

GALLERY = Path(__file__).parent / "errors"
LANG = Path(__file__).parent.parent / "tracker" / "lang"
PREFIXES = (
    "yaml-", "value-", "shape-", "reference-", "csv-", "file-", "project-", "amended-", "calendar-", "succession-",
    "waiver-", "table-", "rows-",
)  # fmt: skip
CASES = sorted(path.name for path in GALLERY.iterdir() if path.is_dir() and path.name != "base")
UPDATE = bool(os.environ.get("UPDATE_GOLDEN"))


def codes(language: str = "vi") -> list[str]:
    texts = tomllib.loads((LANG / f"{language}.toml").read_text(encoding="utf-8"))["problem"]
    return [code for code in texts if code.startswith(PREFIXES)]


def build(case: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sound project with the broken file laid over it."""
    shutil.copytree(GALLERY / "base", folder, dirs_exist_ok=True)
    shutil.copytree(GALLERY / case, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))
    without = folder / "without.txt"
    if without.exists():
        for name in without.read_text(encoding="utf-8").split():
            (folder / name).unlink()
            if not any((folder / name).parent.iterdir()):
                (folder / name).parent.rmdir()
    match case:
        case "file-too-big":
            monkeypatch.setattr(door, "LIMIT", 100)
            monkeypatch.setattr(door, "MEGABYTE", 10)
            monkeypatch.setattr(door.open_source, "__defaults__", (2000,))
            (folder / "actuals" / "lon.yaml").write_text("#" * 2001, encoding="utf-8")
        case "file-unreadable":
            (folder / "actuals" / "mat.yaml").symlink_to(folder / "khong-co.yaml")
        case "csv-long":
            row = "14-KH/1.1,bdt,14/6/2023," + "x" * 131_073
            (folder / "actuals" / "dai.csv").write_text(f"task,unit,date,note\n{row}\n", encoding="utf-8")
        case "rows-more":
            monkeypatch.setattr(told_rows, "MOST", 0)
        case "table-extra":
            monkeypatch.setattr("tracker.read.formats.parquet.find_spec", lambda _: None)
        case _:
            pass
    return folder


def told(project: Project) -> str:
    parts = []
    for language in ("vi", "en"):
        shown = [line[:200] if line.startswith(" ") else line for line in lines(project.problems, words(language))]
        parts.append("\n".join(shown[:-1]))
    return "\n\n".join(parts) + "\n"


def test_the_sound_project_has_no_problem():
    project = read(GALLERY / "base")
    assert project.problems == ()
    assert [len(project.units), len(project.plans), len(project.actuals), len(project.rules)] == [3, 1, 1, 1]


@pytest.mark.parametrize("case", CASES)
def test_each_fault_is_told_once_in_its_own_words(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    project = read(build(case, tmp_path, monkeypatch))
    assert [problem.code for problem in project.problems] == [case]
    text = told(project)
    assert str(tmp_path) not in text
    golden = GALLERY / case / "expected.txt"
    if UPDATE:
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", [case for case in CASES if not case.startswith("project-")])
def test_a_fault_hides_nothing_else(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    project = read(build(case, tmp_path, monkeypatch))
    assert {unit.id for unit in project.units} >= {"thai-nguyen", "song-cong", "bdt"}
    assert {task.id for plan in project.plans for task in plan.tasks} >= {"14-KH/1.1", "14-KH/1.2"}
    assert "lop-1" in {actual.id for actual in project.actuals}
    assert "task-overdue" in {rule.id for rule in project.rules}


def test_every_message_is_in_the_gallery():
    assert sorted(codes()) == CASES


def test_both_languages_say_the_same_with_the_same_slots():
    assert codes("vi") == codes("en")
    for code in codes():
        texts = [problems(language)[code] for language in ("vi", "en")]
        assert set(slots_of(texts[0])) == set(slots_of(texts[1])), code
        assert all(text.endswith((".", "».")) for text in texts), code
        assert "Hãy" in texts[0] or "hãy" in texts[0], f"{code} does not say what to do"


def test_every_slot_is_filled():
    for case in CASES:
        text = (GALLERY / case / "expected.txt").read_text(encoding="utf-8")
        said = [line for line in text.splitlines() if line and not line.startswith(" ")]
        for slot in slots_of(problems("vi")[case]):
            assert all(f"{{{slot}}}" not in line for line in said), f"{case} leaves {slot} empty"


def test_the_page_lists_them():
    parts = ["# What reading says\n\nMade by `UPDATE_GOLDEN=1 pytest tests/test_read_errors.py`; do not edit. Each folder holds the input.\n"]
    for case in CASES:
        text = (GALLERY / case / "expected.txt").read_text(encoding="utf-8").rstrip("\n")
        parts.append(f"## {case}\n\n```text\n{text}\n```\n")
    page, path = "\n".join(parts), GALLERY / "README.md"
    if UPDATE:
        path.write_text(page, encoding="utf-8")
    assert page == path.read_text(encoding="utf-8")

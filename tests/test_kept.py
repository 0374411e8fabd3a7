"""A project that was read before: the same records, never of another day's files, and none where anything is wrong with it."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from inside import tracker
from projects import ROOT, copy_of, edited, real, showcase

from tracker import kept
from tracker.door import starter_rules
from tracker.kept import values
from tracker.model.project import Project, Settings
from tracker.read import read

SHOWCASE = ROOT / "tests" / "showcase"
BROKEN = ROOT / "tests" / "errors" / "reference-task-near"


def small(folder: Path) -> Path:
    """A project of few files, which is read quickly."""
    (folder / "plans").mkdir(parents=True)
    (folder / "actuals").mkdir()
    (folder / "plans" / "units.yaml").write_text("units:\n  - {id: t, name: Tỉnh T, kind: tinh}\n", encoding="utf-8")
    (folder / "actuals" / "t.yaml").write_text("unit: t\nentries: []\n", encoding="utf-8")
    (folder / "tracker.yaml").write_text("waiver_days: 90\n", encoding="utf-8")
    return folder


def wanted(folder: Path, store: Path) -> tuple[Project, int]:
    """The project by way of the store, and how often it was read for that."""
    times = []

    def now() -> Project:
        times.append(1)
        return read(folder, starter_rules())

    return kept.kept(folder, starter_rules(), store, now)[0], len(times)


@pytest.mark.parametrize("project", [real(), showcase(), edited(), read(BROKEN, starter_rules())])
def test_every_record_comes_back_as_it_was(project: Project) -> None:
    back = values.decoded(values.encoded(project))
    assert back == project
    # A tuple of values equals a record of them; how they print tells the two apart.
    assert repr(back) == repr(project)


def test_the_second_time_nothing_is_read(tmp_path: Path) -> None:
    folder, store = small(tmp_path / "p"), tmp_path / "store"
    first, times = wanted(folder, store)
    assert times == 1
    again, times = wanted(folder, store)
    assert times == 0
    assert repr(again) == repr(first)
    assert again.problems  # a project with nothing in its log is told of, also the second time


def test_a_changed_byte_anywhere_is_another_project(tmp_path: Path) -> None:
    folder = copy_of(SHOWCASE, tmp_path / "p")
    rules = folder / "rules"
    names = {kept.digest(folder, rules)}
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix in {".yaml", ".csv", ".jsonl"})
    read_ones = [path for path in files if path.relative_to(folder).parts[0] in {"plans", "actuals", "rules", "tracker.yaml"}]
    assert len(read_ones) > 20
    for path in read_ones:
        old = path.read_bytes()
        path.write_bytes(old[:-1] + bytes([old[-1] ^ 1]))
        names.add(kept.digest(folder, rules))
        path.write_bytes(old)
    assert len(names) == len(read_ones) + 1
    assert kept.digest(folder, rules) in names


def test_files_that_come_go_and_are_renamed_are_another_project(tmp_path: Path) -> None:
    folder, starter = small(tmp_path / "p"), tmp_path / "starter"
    starter.mkdir()
    (starter / "r.yaml").write_text("on: standings\n", encoding="utf-8")
    names = [kept.digest(folder, starter)]
    changes = (
        lambda: (folder / "actuals" / "t.yaml").rename(folder / "actuals" / "u.yaml"),
        (folder / "actuals" / "2024").mkdir,
        lambda: (folder / "plans" / "note.csv").write_text("", encoding="utf-8"),
        (folder / "plans" / "note.csv").unlink,
        lambda: (starter / "r.yaml").write_text("on: units\n", encoding="utf-8"),
        (folder / "rules").mkdir,
        (folder / "tracker.yaml").unlink,
    )
    for change in changes:
        change()
        names.append(kept.digest(folder, starter))
    assert names[4] == names[2]  # what came and went again
    assert len(set(names)) == len(names) - 1


def test_the_name_tells_which_program_read_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = small(tmp_path / "p")
    before = kept.digest(folder, starter_rules())
    monkeypatch.setattr(kept, "program", lambda: "another")
    assert kept.digest(folder, starter_rules()) != before


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-1],
        lambda data: data[:70] + bytes([data[70] ^ 1]) + data[71:],
        lambda data: b"0" * 64 + data[64:],
        lambda _: b"",
        lambda _: whole(b"{}"),
        lambda _: whole(b"[]"),
        lambda _: whole(json.dumps([[["project", "Settings"]], [0]]).encode()),
        lambda _: whole(json.dumps([[["project", "Settings", "recorded"]], [0, "git"]]).encode()),
        lambda _: whole(json.dumps([[["..os", "system"]], [0, "false"]]).encode()),
        lambda _: whole(json.dumps([[["nothing", "Nothing"]], [0, 1]]).encode()),
        lambda _: whole(json.dumps([[], ["t", 1]]).encode()),
        lambda _: whole(b"[[]," + b"[" * 100_000 + b"]" * 100_000 + b"]"),
        lambda _: whole(b'[[],["n","x"]]'),
    ],
)
def test_what_was_damaged_is_made_anew(spoil, tmp_path: Path) -> None:
    folder, store = small(tmp_path / "p"), tmp_path / "store"
    first, _ = wanted(folder, store)
    (file,) = store.iterdir()
    good = file.read_bytes()
    file.write_bytes(spoil(good))
    again, times = wanted(folder, store)
    assert (times, repr(again)) == (1, repr(first))
    assert file.read_bytes() == good


def whole(payload: bytes) -> bytes:
    """A kept file whose own digest is right."""
    return sha256(payload).hexdigest().encode() + b"\n" + payload


def test_what_is_written_while_it_is_read_is_not_kept(tmp_path: Path) -> None:
    folder, store = small(tmp_path / "p"), tmp_path / "store"

    def slow() -> Project:
        project = read(folder, starter_rules())
        (folder / "tracker.yaml").write_text("waiver_days: 30\n", encoding="utf-8")
        return project

    project, name = kept.kept(folder, starter_rules(), store, slow)
    assert (project.settings.waiver_days, name) == (90, None)
    assert not store.exists()
    assert wanted(folder, store)[0].settings.waiver_days == 30


@pytest.mark.parametrize("setting", ["recorded", "plan_history"])
def test_what_git_has_a_say_in_is_read_every_time(setting: str, tmp_path: Path) -> None:
    folder, store = small(tmp_path / "p"), tmp_path / "store"
    project = Project(settings=Settings(**{setting: "git"}))
    assert kept.kept(folder, starter_rules(), store, lambda: project) == (project, None)
    assert not store.exists()


def test_a_store_that_cannot_be_used_changes_nothing(tmp_path: Path) -> None:
    folder, store = small(tmp_path / "p"), tmp_path / "store"
    store.write_text("", encoding="utf-8")
    assert [wanted(folder, store)[1] for _ in range(2)] == [1, 1]


def test_what_is_large_or_strange_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, store = small(tmp_path / "p"), tmp_path / "store"
    strange = Project(renames={"a": object()})  # type: ignore[dict-item]
    assert kept.kept(folder, starter_rules(), store, lambda: strange)[0] is strange
    monkeypatch.setattr(kept, "SIZE_LIMIT", 100)
    assert kept.digest(folder, starter_rules()) is None
    assert wanted(folder, store)[1] == 1
    assert not store.exists()


def test_old_ones_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, store = small(tmp_path / "p"), tmp_path / "store"
    monkeypatch.setattr(kept, "KEPT_LIMIT", 3)
    for days in range(30, 36):
        (folder / "tracker.yaml").write_text(f"waiver_days: {days}\n", encoding="utf-8")
        wanted(folder, store)
    assert len(list(store.iterdir())) == 3
    assert wanted(folder, store)[1] == 0


def test_many_at_once(tmp_path: Path) -> None:
    folder, store = small(tmp_path / "p"), tmp_path / "store"
    with ThreadPoolExecutor(8) as pool:
        told = {repr(project) for project, _ in pool.map(lambda _: wanted(folder, store), range(24))}
    assert len(told) == 1
    (file,) = store.iterdir()
    assert file.suffix == ".json"


def test_where_the_store_is() -> None:
    assert Path(kept.store({"XDG_CACHE_HOME": "/x"})) == Path("/x/tracker")
    assert Path(kept.store({"LOCALAPPDATA": "/y"})) == Path("/y/tracker")
    assert Path(kept.store({})).parent.parent == Path.home()


def test_the_page_is_the_same_and_an_unchanged_project_touches_no_yaml(tmp_path: Path) -> None:
    plain = tracker("status")
    first = tracker("status", "--cache", XDG_CACHE_HOME=str(tmp_path))
    again = tracker("status", TRACKER_CACHE="1", XDG_CACHE_HOME=str(tmp_path))
    assert plain == first == again
    assert sorted(file.suffix for file in (tmp_path / "tracker").iterdir()) == [".json", ".said", ".said"]
    asked = (
        "import os, sys\nfrom tracker.cli import start\n"
        "code = start(['status', '--cache'])\n"
        "heavy = {'tracker.read', 'yaml', 'polars', 'numpy', 'holidays', 'openpyxl', 'docx', 'jinja2', 'duckdb'}\n"
        "print(code, *sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    environment = {"XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "PATH": ""}
    ran = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )
    assert ran.stderr == "0\n"
    assert ran.stdout == plain.out

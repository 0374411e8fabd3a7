"""The same question again: the same bytes without a run, and never those of another question."""

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from inside import Ran, tracker
from projects import ROOT, copy_of

from tracker import __main__ as outermost, again, clock, door, kept, steady

BROKEN = ROOT / "tests" / "errors" / "reference-task-near"
QUESTION = ("status", "--cache")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return shutil.copytree(BROKEN, tmp_path / "p")


def check(project: Path, *words: str, by=outermost._code) -> Ran:
    shared = ("check", "--cache", "--project", str(project))
    return tracker(*shared, *words, by=by, XDG_CACHE_HOME=str(project.parent / "store"))


def ask(project: Path, *words: str, store: Path | None = None, **environment: str) -> Ran:
    """As somebody asks it who may have asked before."""
    environment = {"XDG_CACHE_HOME": str(store or project.parent / "store"), **environment}
    return tracker(*QUESTION, "--project", str(project), *words, by=outermost._code, **environment)


def known(project: Path, *words: str, store: Path | None = None, **environment: str) -> Ran | None:
    """What is said without asking anybody; None where the question was not put before."""
    environment = {"XDG_CACHE_HOME": str(store or project.parent / "store"), **environment}
    ran = tracker(*QUESTION, "--project", str(project), *words, by=again.again, **environment)
    assert ran.code is not None or ran.out == ran.err == ""
    return ran if ran.code is not None else None


def test_the_second_answer_is_the_first_to_the_byte_and_so_is_the_trouble(project: Path):
    assert known(project) is None
    first = ask(project)
    assert first.code == 2
    assert first.err
    assert first.out
    assert known(project) == first == ask(project)
    assert tracker("status", "--project", str(project)) == first


def test_a_question_that_was_put_before_loads_nothing_that_answers_it(tmp_path: Path):
    usual = {name: value for name, value in os.environ.items() if not name.startswith("TRACKER_")}
    environment = {**usual, "XDG_CACHE_HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    command = (sys.executable, "-X", "importtime", "-m", "tracker", "status", "--as-of", "31/12/2023", "--cache")
    first, second = (subprocess.run(command, capture_output=True, cwd=ROOT, env=environment, check=True) for _ in range(2))
    assert first.stdout == second.stdout == tracker("status", "--as-of", "31/12/2023").out.encode()
    loaded = [{line.split(b"|")[-1].strip().decode() for line in one.stderr.splitlines()} for one in (first, second)]
    assert {"tracker.again", "tracker.cli", "click", "tracker.render.page"} <= loaded[0]
    assert "tracker.again" in loaded[1]
    heavy = ("tracker.cli", "tracker.door", "tracker.lang", "tracker.model", "tracker.kept.values", "click", "json", "pathlib")
    assert loaded[1].isdisjoint(heavy)


@pytest.mark.parametrize("name", [*sorted(again._NAMES), *(f"{beginning}X" for beginning in again._BEGINNINGS)])
def test_another_environment_is_another_question(name: str, project: Path):
    ask(project)
    assert known(project)
    assert known(project, **{name: "99"}) is None
    ask(project, **{name: "99"})
    assert known(project, **{name: "99"})
    assert known(project, **{name: "98"}) is None


@pytest.mark.parametrize("words", [["--plain"], ["--lang", "en"], ["--as-of", "31/12/2023"], ["--hindsight"], ["--no-color"], ["--cache"]])
def test_another_line_is_another_question(words: list[str], project: Path):
    ask(project)
    assert known(project, *words) is None
    assert ask(project, *words) == tracker("status", "--project", str(project), *words)
    assert known(project, *words)


@pytest.mark.parametrize("words", [[], ["--format", "json"], ["--select", "task-*", "--fail-on", "note"], ["--horizon", "30"]])
def test_findings_are_answered_likewise(words: list[str], tmp_path: Path):
    project = copy_of(ROOT / "tests" / "showcase", tmp_path / "p")
    first = check(project, *words)
    assert first.out
    assert check(project, *words, by=again.again) == first == tracker("check", "--project", str(project), *words)


def test_findings_that_go_elsewhere_or_rest_on_more_are_not_kept(project: Path):
    to, baseline = project.parent / "findings.json", project.parent / "baseline.json"
    baseline.write_text("{}", encoding="utf-8")
    for words in (["--format", f"json:{to}"], ["-o", str(to)], ["--baseline", str(baseline)], ["--parts", "2"], ["--since", "HEAD"]):
        check(project, *words)
        assert check(project, *words, by=again.again).code is None


def test_words_do_not_run_into_each_other():
    assert again._name("p", "r", ["a", "b"]) != again._name("p", "r", ["a b"]) != again._name("p", "r", ["ab"])
    assert again._name("p", "r", ["1 a"]) != again._name("p", "r", ["a"])


def test_another_terminal_is_another_question(project: Path, monkeypatch: pytest.MonkeyPatch):
    ask(project)
    seen = {}
    for columns in (80, 100):
        monkeypatch.setattr(again, "terminal", lambda columns=columns: columns)
        assert known(project) is None
        ask(project)
        seen[columns] = known(project)
    assert all(seen.values())


def test_another_day_is_another_question(project: Path, monkeypatch: pytest.MonkeyPatch):
    ask(project)
    monkeypatch.setattr(again, "today", lambda: date(2030, 1, 1))
    assert known(project) is None
    monkeypatch.setattr(door, "today", lambda: date(2030, 1, 1))
    assert ask(project).out == known(project).out
    monkeypatch.setattr(again, "today", clock.today)
    assert known(project)


def test_what_is_answered_over_midnight_is_not_kept(project: Path, monkeypatch: pytest.MonkeyPatch):
    days = iter([date(2024, 1, 1)] * 3)
    monkeypatch.setattr(door, "today", lambda: next(days, date(2024, 1, 2)))
    monkeypatch.setattr(again, "today", lambda: date(2024, 1, 1))
    ask(project)
    assert next(days, None) is None
    assert known(project) is None


def test_another_program_is_another_question(project: Path, monkeypatch: pytest.MonkeyPatch):
    ask(project)
    assert known(project)
    monkeypatch.setattr(kept, "program", lambda: "another")
    assert known(project) is None


def test_every_file_of_the_program_and_every_library_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    files = sorted(path for path in (ROOT / "tracker").rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    told = list(kept._modules(str(ROOT / "tracker")))
    assert [line.rsplit(" ", 2)[0] for line in told] != []
    assert {line.rsplit(" ", 2)[0] for line in told} == {str(path) for path in files}
    packages = tmp_path / "site-packages"
    (packages / "rich-1.0.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [*sys.path, str(packages)])
    before = kept.program.__wrapped__()
    assert kept.program.__wrapped__() == before
    (packages / "rich-1.0.dist-info").rename(packages / "rich-1.1.dist-info")
    assert kept.program.__wrapped__() != before


def test_another_byte_is_another_question(project: Path):
    first = ask(project)
    units = min((project / "plans").iterdir())
    old = units.read_bytes()
    units.write_bytes(old + b"# a word\n")
    assert known(project) is None
    assert ask(project) == first  # a remark is no data
    units.write_bytes(old)
    assert known(project) == first
    (project / "actuals").mkdir()
    assert known(project) is None
    (project / "actuals" / "x.yaml").write_text("unit: nobody\nentries:\n  - {date: 45/13/2023}\n", encoding="utf-8")
    assert known(project) is None
    assert ask(project) != first


def test_another_project_is_another_question(project: Path, tmp_path: Path):
    other = shutil.copytree(BROKEN, tmp_path / "q")
    ask(project)
    assert known(other) is None


def test_the_folder_is_found_from_within_it(project: Path):
    def both(cwd: Path) -> tuple[Ran, Ran]:
        environment = {"XDG_CACHE_HOME": str(project.parent / "store")}
        return tuple(tracker(*QUESTION, cwd=cwd, by=by, **environment) for by in (outermost._code, again.again))

    first, second = both(project / "plans")
    assert first == second == both(project)[1]
    assert both(project.parent)[1].code is None  # there is no project, which is for others to say


@pytest.mark.parametrize("line", [["--plan", "--project"], ["--project"], ["--project", "nothing-here"], ["--project=nothing-here"]])
def test_a_folder_that_is_read_otherwise_is_not_answered(line: list[str], project: Path):
    assert tracker(*QUESTION, *line, by=again.again, cwd=project, XDG_CACHE_HOME=str(project.parent)).code is None


def spoilt(data: bytes) -> list[bytes]:
    payload = data.partition(b"\n")[2]
    return [
        b"", data[:-1], data[:64], data[:70] + bytes([data[70] ^ 1]) + data[71:], b"0" * 64 + data[64:], payload,
        *(sha256(bad).hexdigest().encode() + b"\n" + bad for bad in (b"", b"x y\n", b"0\nout", b"0 1 2\n")),
    ]  # fmt: skip


def test_what_was_damaged_is_made_anew(project: Path):
    first = ask(project)
    (file,) = (project.parent / "store" / "tracker").glob("*.said")
    good = file.read_bytes()
    for bad in spoilt(good):
        file.write_bytes(bad)
        assert known(project) is None
        assert ask(project) == first
        assert file.read_bytes() == good


def test_what_is_more_than_its_files_is_not_kept(project: Path, tmp_path: Path):
    for words in (["--sql"], ["--since", "7d"], ["-o", str(tmp_path / "page.txt")]):
        ask(project, *words)
        assert known(project, *words) is None
    (project / "tracker.yaml").write_text("recorded: git\n", encoding="utf-8")
    ask(project)
    assert known(project) is None
    assert list((tmp_path / "store").rglob("*.said")) == []


def test_without_cache_nothing_is_kept_and_nothing_is_looked_for(project: Path, tmp_path: Path):
    words = ("status", "--project", str(project))
    for _ in range(2):
        tracker(*words, by=outermost._code, XDG_CACHE_HOME=str(tmp_path / "store"))
    assert not (tmp_path / "store").exists()
    ask(project)
    assert tracker(*words, by=again.again, XDG_CACHE_HOME=str(tmp_path / "store")).code is None


def test_a_mistake_and_a_large_answer_are_not_kept(project: Path, monkeypatch: pytest.MonkeyPatch):
    assert ask(project, "--plan", "no-such-plan").code == 2
    assert known(project, "--plan", "no-such-plan") is None
    monkeypatch.setattr(again, "SIZE_LIMIT", 10)
    ask(project)
    assert known(project) is None


def test_what_a_writer_has_begun_is_carried_out_first(project: Path):
    ask(project)
    (project / steady.FOLDER).mkdir(exist_ok=True)
    (project / steady.FOLDER / steady.JOURNAL).write_text("", encoding="utf-8")
    assert known(project) is None


def test_what_is_said_of_a_writer_is_no_part_of_an_answer(project: Path, monkeypatch: pytest.MonkeyPatch):
    def busy(root: Path, read, complete):
        door.remark(["somebody writes"])
        return read()

    monkeypatch.setattr(steady, "steadily", busy)
    assert "somebody writes" in ask(project).err
    assert known(project) is None


def test_a_fault_in_the_short_way_is_not_the_end(project: Path, monkeypatch: pytest.MonkeyPatch):
    first = ask(project)

    def broken(_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(again, "_answer", broken)
    assert ask(project) == first


def test_a_store_that_cannot_be_used_changes_nothing(project: Path, tmp_path: Path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    first = ask(project, store=tmp_path / "file")
    assert first == tracker("status", "--project", str(project))
    assert known(project, store=tmp_path / "file") is None


def test_old_answers_go_and_leave_the_projects(project: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kept, "KEPT_LIMIT", 3)
    for columns in range(80, 86):
        ask(project, COLUMNS=str(columns))
    endings = sorted(file.suffix for file in (project.parent / "store" / "tracker").iterdir())
    assert endings == [".json", ".said", ".said", ".said"]
    assert known(project, COLUMNS="85")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of another kind")
def test_a_reader_that_left_is_no_fault(project: Path):
    environment = {**os.environ, "XDG_CACHE_HOME": str(project.parent / "store"), "PYTHONPATH": str(ROOT)}
    command = (sys.executable, "-m", "tracker", *QUESTION, "--project", str(project))
    subprocess.run(command, capture_output=True, env=environment, check=False)
    read, write = os.pipe()
    os.close(read)
    with suppress(OSError):
        done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, env=environment, check=False)
    os.close(write)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr

"""Many writers and killed writers: what was acknowledged is there exactly once."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from inside import tracker
from projects import ROOT, SHOWCASE, copy_of, logs_of
from writers import BEGUN, FILES, FORKED, TWIN, begin, ids, kill, lost, torn, write

from tracker import store
from tracker.read import read
from tracker.read.values import Refusal
from tracker.steady import steadily

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are forked and killed by signal")


def test_eight_writers_at_once_lose_nothing(tmp_path: Path):
    root = begin(tmp_path)
    quiet = os.open(os.devnull, os.O_WRONLY)
    writers = [FORKED.Process(target=write, args=(root, f"n{number}", 6, quiet)) for number in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    os.close(quiet)
    assert [writer.exitcode for writer in writers] == [0] * 8
    found = ids(root)
    assert {id_: count for id_, count in found.items() if not id_.endswith(TWIN)} == {
        f"n{writer}-{number}": 1 for writer in range(8) for number in range(6)
    }
    assert torn(found) == []
    assert (root / FILES[0]).read_text(encoding="utf-8").startswith(BEGUN)


def test_killed_writers_lose_nothing_and_leave_nothing_that_blocks(tmp_path: Path):
    root = begin(tmp_path)
    count, absent, twice = lost(root, 30, 7)
    assert count >= 30
    assert (absent, twice) == ([], [])
    assert (root / FILES[0]).read_text(encoding="utf-8").startswith(BEGUN)
    with store.held(root, wait=1):
        assert store.append(root, [store.Addition(file, "bdt", [{"date": "2024"}]) for file in FILES]) is None
    left = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    assert left == {*FILES, ".tracker/lock", ".tracker/last", ".tracker/.gitignore"}, "half files of the killed are swept away"


def test_a_lost_entry_would_be_seen(tmp_path: Path):
    root = begin(tmp_path)
    told = kill(root, "x", 0.01)
    (root / FILES[0]).write_text(BEGUN, encoding="utf-8")
    assert [id_ for id_ in told if not ids(root)[id_]]


def test_eight_commands_at_once_are_each_written_once(tmp_path: Path):
    root = logs_of(SHOWCASE, tmp_path / "p")
    days = [[f"{1 + number}/{month}/2024" for month in (2, 3, 4)] for number in range(8)]
    command = [sys.executable, "-m", "tracker", "record", "--project", str(root), "--json", "--yes", "--format", "json"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env) for _ in days]
    said = []
    for process, those in zip(running, days, strict=True):
        entries = [{"task": "12-KH/2.1", "unit": "bdt", "date": day, "quantity": "1 hội nghị"} for day in those]
        assert process.stdin is not None
        process.stdin.write(json.dumps(entries).encode())
        process.stdin.close()
    for process in running:
        assert process.stdout is not None
        said += [entry["id"] for entry in json.loads(process.stdout.read())["entries"]]
        process.stdout.close()
        assert process.wait() == 0
    there = [actual.id for actual in read(root, ROOT / "rules").actuals]
    assert len(set(said)) == 24
    assert [there.count(id_) for id_ in said] == [1] * 24


def test_who_waits_too_long_is_told_for_which_file(tmp_path: Path):
    (tmp_path / store.FOLDER).mkdir()
    with FileLock(tmp_path / store.FOLDER / "lock"), pytest.raises(store.Busy) as busy, store.held(tmp_path, wait=0.05):
        pass
    assert busy.value.refusal == Refusal("append-busy", {"file": ".tracker/lock"})


def test_what_is_refused_in_one_log_is_written_to_none(tmp_path: Path):
    root = begin(tmp_path)
    (root / FILES[1]).write_text("- không phải nhật ký\n", encoding="utf-8")
    with store.held(root):
        refusal = store.append(root, [store.Addition(file, "bdt", [{"date": "2024"}]) for file in FILES])
    assert refusal == Refusal("append-broken", {"file": FILES[1]})
    assert (root / FILES[0]).read_text(encoding="utf-8") == BEGUN


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_where_the_disk_fails_the_old_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str):
    root = begin(tmp_path)

    def fail(*_):
        raise OSError(28, "No space left on device")

    if step == "replace":
        monkeypatch.setattr(Path, "replace", fail)
    else:
        monkeypatch.setattr(os, "fsync", fail)
    with store.held(root):
        refusal = store.append(root, [store.Addition(FILES[0], "bdt", [{"date": "2024"}])])
    assert refusal == Refusal("append-write", {"file": FILES[0], "why": "No space left on device"})
    assert [path.name for path in (root / "actuals" / "2024").iterdir()] == ["bdt.yaml"]
    assert (root / FILES[0]).read_text(encoding="utf-8") == BEGUN


def test_a_file_that_changes_meanwhile_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    root = begin(tmp_path)
    added = store._added

    def slow(raw: bytes, addition: store.Addition):
        (root / FILES[0]).write_text(BEGUN + "  # sửa tay\n", encoding="utf-8")
        return added(raw, addition)

    monkeypatch.setattr(store, "_added", slow)
    with store.held(root):
        refusal = store.append(root, [store.Addition(FILES[0], "bdt", [{"date": "2024"}])])
    assert refusal == Refusal("append-changed", {"file": FILES[0]})
    assert (root / FILES[0]).read_text(encoding="utf-8") == BEGUN + "  # sửa tay\n"


class _KilledError(BaseException):
    """Stands for a process that ends here."""


def half_done(root: Path, monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """Write one entry into each of two logs, and die before the rename with this number."""
    renamed, count = store._renamed, iter(range(10))

    def die(half: Path, path: Path) -> None:
        if next(count) == at:
            raise _KilledError
        renamed(half, path)

    with monkeypatch.context() as patched:
        patched.setattr(store, "_renamed", die)
        pair = [store.Addition(file, "bdt", [{"date": "2024", "id": f"x-{at}-{number}"}]) for number, file in enumerate(FILES)]
        with pytest.raises(_KilledError), store.held(root):
            store.append(root, pair)


@pytest.mark.parametrize("at", range(4))
def test_several_logs_are_written_in_one_step_wherever_it_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int):
    root = begin(tmp_path)
    half_done(root, monkeypatch, at)
    seen = steadily(root, lambda: ids(root), store.complete)
    there = 1 if at else 0  # before the journal stands, nothing is promised
    assert [seen[f"x-{at}-{number}"] for number in range(2)] == [there, there]
    with store.held(root):
        assert store.append(root, [store.Addition(FILES[0], "bdt", [{"date": "2024", "id": "y"}])]) is None
    assert [ids(root)[id_] for id_ in (f"x-{at}-0", f"x-{at}-1", "y")] == [there, there, 1]
    left = {path.name for path in root.rglob("*") if path.is_file()} - {Path(file).name for file in FILES}
    assert left <= {"lock", "last", ".gitignore"}


def test_every_command_that_reads_completes_what_was_begun_or_says_why_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    root = copy_of(SHOWCASE, tmp_path / "p")
    half_done(root, monkeypatch, 2)
    with monkeypatch.context() as patched:
        patched.setattr(store, "_renamed", lambda *_: (_ for _ in ()).throw(OSError(30, "Read-only file system")))
        asked = ("export", "actuals", "--format", "json", "--project", str(root), "--as-of", "31/12/2024")
        told = tracker(*asked)
    assert ("x-2-0" in told.out, "x-2-1" in told.out, "Read-only file system" in told.err) == (True, False, True)
    whole = tracker(*asked)
    assert ("x-2-0" in whole.out, "x-2-1" in whole.out, whole.err) == (True, True, "")


def test_what_somebody_wrote_by_hand_since_stays_and_the_entries_come_behind_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    root = begin(tmp_path)
    half_done(root, monkeypatch, 2)
    by_hand = (root / FILES[0]).read_text(encoding="utf-8") + "  - {date: 2023}\n"
    (root / FILES[0]).write_text(by_hand, encoding="utf-8")
    (root / FILES[1]).write_text("# tay\nunit: bdt\nentries:\n- {date: 2023}\n", encoding="utf-8")
    assert store.complete(root) is None
    assert (root / FILES[0]).read_text(encoding="utf-8") == by_hand
    assert (root / FILES[1]).read_text(encoding="utf-8") == "# tay\nunit: bdt\nentries:\n- {date: 2023}\n- {date: 2024, id: x-2-1}\n"


def test_what_cannot_be_completed_is_said_and_blocks_until_it_is_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    root = begin(tmp_path)
    half_done(root, monkeypatch, 2)
    (root / FILES[1]).write_text("- hỏng\n", encoding="utf-8")
    refusal = Refusal("append-unfinished", {"file": FILES[1], "why": ".tracker/journal"})
    assert store.complete(root) == refusal
    with pytest.raises(store.Busy) as busy, store.held(root):
        pass
    assert busy.value.refusal == refusal
    (root / FILES[1]).unlink()
    assert store.complete(root) is None
    assert ids(root)["x-2-1"] == 1


def test_where_the_second_log_cannot_be_replaced_the_first_is_put_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    root = begin(tmp_path)
    renamed = store._renamed

    def held_open(half: Path, path: Path) -> None:
        if path.name == "moi.yaml":
            raise PermissionError(13, "Permission denied")
        renamed(half, path)

    monkeypatch.setattr(store, "_renamed", held_open)
    with store.held(root):
        refusal = store.append(root, [store.Addition(file, "bdt", [{"date": "2024"}]) for file in FILES])
    assert refusal == Refusal("append-write", {"file": FILES[1], "why": "Permission denied"})
    assert (root / FILES[0]).read_text(encoding="utf-8") == BEGUN
    assert sorted(path.name for path in root.rglob("*") if path.is_file()) == [".gitignore", "bdt.yaml", "lock"]


def test_who_reads_while_others_write_sees_what_was_written_together_or_none_of_it(tmp_path: Path):
    root = begin(tmp_path)
    quiet = os.open(os.devnull, os.O_WRONLY)
    writer = FORKED.Process(target=write, args=(root, "n", 20, quiet))
    writer.start()
    reads = 0
    while writer.is_alive():
        found = steadily(root, lambda: ids(root), store.complete)
        assert torn(found) == []
        reads += 1
    writer.join()
    os.close(quiet)
    assert writer.exitcode == 0
    assert reads > 3


def test_on_windows_a_file_that_is_open_is_waited_for_and_no_folder_is_synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    root = begin(tmp_path)
    real, refused = Path.replace, iter([True, True])

    def busy(self: Path, target: Path) -> Path:
        if next(refused, False):
            raise PermissionError(13, "in use")
        return real(self, target)

    monkeypatch.setattr(store, "WINDOWS", True)
    monkeypatch.setattr(Path, "replace", busy)
    monkeypatch.setattr(store, "sleep", lambda _: None)
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("Windows opens no folder"))
    assert store._settle(root) is None
    store.replace(root / FILES[0], BEGUN.encode() + b"  - {date: 2024}\n")
    assert (root / FILES[0]).read_text(encoding="utf-8") == BEGUN + "  - {date: 2024}\n"


def test_links_and_permissions_stay(tmp_path: Path):
    root = begin(tmp_path)
    real = root / "thật.yaml"
    (root / FILES[0]).rename(real)
    real.chmod(0o640)
    (root / FILES[0]).symlink_to(real)
    with store.held(root):
        assert store.append(root, [store.Addition(FILES[0], "bdt", [{"date": "2024"}])]) is None
    assert (root / FILES[0]).is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert real.read_text(encoding="utf-8") == BEGUN + "  - {date: 2024}\n"


@pytest.mark.parametrize("file", ["../ngoai.yaml", "/ngoai.yaml", "actuals/../../ngoai.yaml", "plans/x.yaml", "actuals/cua/ngoai.yaml"])
def test_a_journal_that_somebody_brought_along_writes_nothing_elsewhere(tmp_path: Path, file: str):
    root = begin(tmp_path / "p")
    outside = tmp_path / "cua"
    outside.mkdir()
    (root / "actuals" / "cua").symlink_to(outside, target_is_directory=True)
    (root / store.FOLDER).mkdir(exist_ok=True)
    addition = {"file": file, "unit": "bdt", "entries": [{"date": "2024"}], "key": "entries"}
    line = {"before": "", "after": "0" * 64, "addition": addition}
    (root / store.FOLDER / "journal").write_text(json.dumps({"version": 1, "files": [line]}), encoding="utf-8")
    assert store.complete(root) == Refusal("append-unfinished", {"file": ".tracker/journal", "why": "JSON"})
    assert not list(tmp_path.rglob("ngoai.yaml"))
    assert not (root / "plans" / "x.yaml").exists()


@pytest.mark.parametrize("written", ["", "{", "[]", "{}", '{"files": [{}]}', '{"files": [{"before": "", "after": "", "addition": {"x": 1}}]}'])
def test_a_journal_that_cannot_be_read_is_said(tmp_path: Path, written: str):
    root = begin(tmp_path)
    (root / store.FOLDER).mkdir(exist_ok=True)
    (root / store.FOLDER / "journal").write_text(written, encoding="utf-8")
    assert store.complete(root) == Refusal("append-unfinished", {"file": ".tracker/journal", "why": "JSON"})


def test_logs_that_lie_elsewhere_by_a_link_are_written_one_by_one(tmp_path: Path):
    root, outside = begin(tmp_path / "p"), tmp_path / "cua"
    outside.mkdir()
    (root / "actuals" / "cua").symlink_to(outside, target_is_directory=True)
    with store.held(root):
        assert store.append(root, [store.Addition(file, "bdt", [{"date": "2024", "id": "z"}]) for file in (FILES[0], "actuals/cua/n.yaml")]) is None
    assert "id: z" in (outside / "n.yaml").read_text(encoding="utf-8")
    assert not (root / store.FOLDER / "last").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("record", "--unit", "bdt", "--task", "12-KH/5.1", "--period", "2024-10", "--date", "20/10/2024", "--doc", "9-BC/BDT", "--yes"),
        ("import", str(ROOT / "tests" / "logs" / "so-theo-doi.csv"), "--yes", "--accept-doubts"),
        ("import", "phieu.xlsx", "--yes", "--accept-doubts"),
        ("match", "--accept", "first", "--by", "bdt", "--yes"),
        ("remind", "--sent", "--from", "bdt", "--how", "zalo", "--as-of", "20/10/2024"),
    ],
)
def test_a_project_that_cannot_be_locked_is_said_by_every_command_that_writes(tmp_path: Path, words: tuple[str, ...]):
    root = copy_of(SHOWCASE, tmp_path / "p")
    if "phieu.xlsx" in words:
        import openpyxl

        tracker("sheet", "bdt", "--period", "2024-10", "--as-of", "20/10/2024", "-o", "phieu.xlsx", cwd=root)
        book = openpyxl.load_workbook(root / "phieu.xlsx")
        sheet = book.worksheets[0]
        heads = next(row for row in sheet.iter_rows() if any(cell.value == "Ngày thực hiện" for cell in row))
        day, doc = (next(cell for cell in heads if cell.value == word) for word in ("Ngày thực hiện", "Số văn bản"))
        sheet.cell(day.row + 1, day.column).value, sheet.cell(doc.row + 1, doc.column).value = "14/10/2024", "9-BC/BDT"
        book.save(root / "phieu.xlsx")
    first = re.search(r"--accept (muc-\S+)", tracker("match", cwd=root).out) if "first" in words else None
    (root / store.FOLDER).write_text("", encoding="utf-8")
    ran = tracker(*(first[1] if first and word == "first" else word for word in words), cwd=root)
    assert (ran.code, ".tracker/lock" in ran.err) == (2, True), ran.err

"""Many writers and killed writers: what was acknowledged is there exactly once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock
from projects import ROOT, SHOWCASE, copy_of
from writers import BEGUN, FILES, FORKED, begin, ids, kill, lost, write

from tracker import store
from tracker.read import read
from tracker.read.values import Refusal

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
    assert ids(root) == {f"n{writer}-{number}": 1 for writer in range(8) for number in range(6)}
    assert (root / FILES[0]).read_text(encoding="utf-8").startswith(BEGUN)


def test_killed_writers_lose_nothing_and_leave_nothing_that_blocks(tmp_path: Path):
    root = begin(tmp_path)
    count, absent, twice = lost(root, 60, 7)
    assert count >= 60
    assert (absent, twice) == ([], [])
    assert (root / FILES[0]).read_text(encoding="utf-8").startswith(BEGUN)
    with store.held(root, wait=1):
        assert store.append(root, [store.Addition(file, "bdt", [{"date": "2024"}]) for file in FILES]) is None
    left = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    assert left == {*FILES, ".tracker/lock", ".tracker/.gitignore"}, "half files of the killed are swept away"


def test_a_lost_entry_would_be_seen(tmp_path: Path):
    root = begin(tmp_path)
    told = kill(root, "x", 0.01)
    (root / FILES[0]).write_text(BEGUN, encoding="utf-8")
    assert [id_ for id_ in told if not ids(root)[id_]]


def test_eight_commands_at_once_are_each_written_once(tmp_path: Path):
    root = copy_of(SHOWCASE, tmp_path / "p")
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

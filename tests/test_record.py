"""`tracker record`: what it shows before it writes, what it refuses, and that the same entry twice is one."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from unittest import mock

import pytest
from click.testing import CliRunner
from golden_files import same
from inside import tracker
from projects import ROOT, SHOWCASE, copy_of
from recorded import DAY, HOURS, REPORT, files, project, record

from tracker import door
from tracker.commands.record import command
from tracker.read.logs import Log, log_of, logs
from tracker.read.said import entries_of


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(door, "today", lambda: DAY)
    return copy_of(SHOWCASE, tmp_path / "p")


def test_what_changes_is_shown_and_then_written_behind_the_rest(root: Path):
    before = files(root)
    shown = record(root, *REPORT, "--dry-run")
    assert (shown.code, shown.err, files(root)) == (0, "", before)
    assert "chưa hoàn thành, quá hạn (quá 178 ngày) → hoàn thành quá hạn (quá 162 ngày)" in shown.out
    written = record(root, *REPORT, "--yes")
    assert written.code == 0
    assert written.out.startswith(shown.out)
    after = files(root)
    line = "  - {task: 12-KH/5.1, period: tháng 4/2024, date: 04/10/2024, doc: 120-BC/BDT, recorded: 20/10/2024, id: bdt-2024-10-04-7002}\n"
    assert after.pop("actuals/2024/bdt.yaml").decode() == before.pop("actuals/2024/bdt.yaml").decode().replace(
        "events:\n", line + "events:\n"
    )
    assert after == before
    assert project(root).problems == ()


def test_off_a_terminal_nothing_is_written_without_a_yes(root: Path):
    before = files(root)
    ran = record(root, *REPORT)
    assert (ran.code, ran.out, files(root)) == (2, "", before)
    assert "--yes" in ran.err


@pytest.mark.parametrize("language", ["vi", "en"])
def test_all_that_is_missing_or_wrong_is_told_at_once(root: Path, language: str):
    before = files(root)
    cases = (
        (),
        ("--unit", "tan an", "--task", "bao cao thang"),
        ("--unit", "Huyện Xa Lạ", "--task", "khong co", "--date", "tháng 13", "--quantity", "1.5"),
        ("--unit", "bdt", "--task", "5.1", "--date", "01/10/2024"),
        ("--unit", "xyz", "--task", "hội nghị", "--date", "30/9/2024"),
        ("--unit", "bdt", "--task", "12-KH/5.9", "--date", "01/11/2024", "--step", "gửi", "--cause", "khách quan"),
        ("--unit", "bdt", "--task", "12-KH/2.1", "--date", "01/11/2024"),
        (*HOURS, "--id", "bc-06"),
        ("--undo", "bc-6"),
        (*HOURS, "--recorded", "01/9/2024"),
        (*HOURS, "--corrects", "khong-co"),
        (*HOURS, "--note", "ẩn\u202etới"),
        ("--undo", "khong-co"),
        ("--undo", "last"),
        ("--undo", "bc-06", "--date", "1/1/2024"),
        ("--undo", "bc-06", "--json"),
        ("--undo", "actuals/2024/bdt.yaml:2"),
        ("--undo", "actuals/2024/bdt.yaml:8"),
        (*HOURS, "--corrects", "actuals/2024/khong-co.yaml:3", "--units", "bdvtu", "--parts", "1.5", "--returns", "x"),
        (*HOURS, "--corrects", "#0123456789ab"),
    )
    told = []
    for words in cases:
        ran = record(root, *words, "--yes", TRACKER_LANG=language)
        assert (ran.code, ran.out) == (2, "")
        told.append(f"$ tracker record {' '.join(words)}\n{ran.err}".replace("\u202e", "U+202E"))
    assert files(root) == before
    same(f"record-refused.{language}.txt", "\n".join(told))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_log_that_cannot_take_an_entry_is_named(root: Path, language: str):
    told = []
    (root / "actuals" / "2024" / "chuyen-de.yaml").unlink()
    for text in ("unit: bdt\nentries:\n  - {task: 12-KH/1.8, date: 2024\n", "unit: bdt\nentries: [ # trống\n]\n"):
        (root / "actuals" / "2024" / "bdt.yaml").write_text(text, encoding="utf-8")
        ran = record(root, *HOURS, "--yes", TRACKER_LANG=language)
        assert (ran.code, ran.out) == (2, "")
        assert (root / "actuals" / "2024" / "bdt.yaml").read_text(encoding="utf-8") == text
        told.append(ran.err)
    same(f"record-log.{language}.txt", "\n".join(told))


def test_the_same_id_twice_is_one_entry(root: Path, monkeypatch: pytest.MonkeyPatch):
    first = record(root, *HOURS, "--id", "h-1", "--yes")
    assert first.code == 0
    before = files(root)
    monkeypatch.setattr(door, "today", lambda: date(2024, 10, 25))
    again = record(root, *HOURS, "--id", "h-1", "--yes")
    assert (again.code, files(root)) == (0, before)
    assert "h-1" in again.out
    other = record(root, *HOURS[:6], "--quantity", "3 hội nghị", "--id", "h-1", "--yes")
    assert (other.code, files(root)) == (2, before)
    assert "actuals/2024/bdt.yaml:33" in other.err


def test_what_was_said_already_is_pointed_at(root: Path):
    assert "cùng nội dung" not in record(root, *HOURS, "--yes").out
    again = record(root, *HOURS, "--yes")
    assert (again.code, "cùng nội dung ở actuals/2024/bdt.yaml:33:5" in again.out) == (0, True)
    ids = [one.id for one in project(root).actuals if one.doc == "9-BC/BDT"]
    assert len(set(ids)) == 2


def test_taking_back_adds_an_entry_and_deletes_nothing(root: Path):
    record(root, *HOURS, "--yes")
    (id_,) = [one.id for one in project(root).actuals if one.doc == "9-BC/BDT"]
    before = files(root)["actuals/2024/bdt.yaml"].decode()
    ran = record(root, "--undo", "last", "--unit", "ban dân tộc", "--reason", "Ghi nhầm", "--yes")
    assert ran.code == 0
    assert "hoàn thành đúng hạn" in ran.out.split("→")[0]
    after = files(root)["actuals/2024/bdt.yaml"].decode()
    line = after.replace("\r", "").replace("events:", "").splitlines()
    assert f"withdraws: {id_}" in after
    assert "reason: Ghi nhầm" in after
    assert all(one in line for one in before.replace("events:", "").splitlines())
    assert project(root).problems == ()
    again = record(root, "--undo", id_, "--yes")
    assert (again.code, files(root)["actuals/2024/bdt.yaml"].decode()) == (0, after)
    assert id_ in again.err


def test_surplus_and_stray_are_said_before_they_are_written(root: Path):
    surplus = record(root, *(w.replace("tháng 4", "tháng 3") for w in REPORT), "--dry-run")
    assert "Thừa: 12-KH/5.1" in surplus.out
    stray = record(root, "--task", "12-KH/4.1", "--unit", "ha-lam", "--date", "1/10/2024", "--dry-run")
    assert "Ngoài kế hoạch (12-KH/4.1): ghi cho đơn vị không được giao nhiệm vụ đó." in stray.out
    ahead = record(root, "--task", "12-KH/2.1", "--unit", "bdt", "--date", "1/11/2024", "--dry-run")
    assert ahead.code == 2, "nobody records what has not happened"


def test_what_comes_after_a_plan_was_closed_is_said_to_come_late(root: Path):
    closed = tracker("close", "12-KH", "--on", "20/10/2024", "--document", "250-BC/BDVTU", "--yes", "--project", str(root))
    assert closed.code == 0, closed.err
    ran = record(root, *HOURS, "--dry-run", "--recorded", "20/10/2024")
    assert ran.code == 0
    with mock.patch.object(door, "today", return_value=date(2024, 11, 20)):
        late = record(root, *HOURS, "--dry-run")
    assert (late.code, "Kế hoạch của 12-KH/2.1 đã chốt" in late.out, "{" in late.out.split("}")[-1]) == (0, True, False)


def test_a_unit_without_a_log_gets_one(root: Path):
    ran = record(root, "--task", "12-KH/4.1", "--unit", "Thị xã Hà Lâm", "--date", "1/10/2024", "--id", "x", "--yes")
    assert ran.code == 0
    made = (root / "actuals" / "2024" / "ha-lam.yaml").read_text(encoding="utf-8")
    assert made == "unit: ha-lam\nentries:\n  - {task: 12-KH/4.1, date: 1/10/2024, recorded: 20/10/2024, id: x}\n"


def test_many_entries_come_as_json_and_all_or_none_are_written(root: Path):
    good = {"task": "2.1", "unit": "bdt", "date": "01/10/2024", "quantity": "1 hội nghị", "parts": ["1 hội nghị"]}
    bad = {"task": "2.1", "unit": "bdt", "dat": "x", "quantity": 1.5}
    before = files(root)
    refused = record(root, "--json", "--yes", given=[good, bad, 7])
    assert (refused.code, files(root)) == (2, before)
    for said in ("mục 2, quantity", "«dat»; có phải «date»", "mục 2: Thiếu date", "mục 3: "):
        assert said in refused.err
    lines = "\n".join(json.dumps(one) for one in (good, {**good, "date": "02/10/2024", "unit": "ban dân tộc", "id": "k"}))
    ran = record(root, "--json", "--yes", "--format", "json", given=lines.encode())
    data = json.loads(ran.out)
    assert (ran.code, data["version"], data["written"]) == (0, 1, True)
    assert [entry["status"] for entry in data["entries"]] == ["added", "added"]
    assert data["obligations"] == [{"task": "12-KH/2.1", "unit": "bdt", "period": "2024", "before": "overdue", "after": "done_late"}]
    there = [one.id for one in project(root).actuals]
    assert [there.count(entry["id"]) for entry in data["entries"]] == [1, 1]
    again = json.loads(record(root, "--json", "--yes", "--format", "json", given={**good, "date": "02/10/2024", "id": "k"}).out)
    assert [entry["status"] for entry in again["entries"]] == ["unchanged"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "record-json"),
        (b"[]", "record-json-empty"),
        (b"{", "record-json"),
        (b"[" * 100_000, "record-json"),
        (b'{"a": 1}\n{', "record-json"),
        ("á".encode("utf-16"), "record-json-encoding"),
        (b'{"a": "1", "a": "2"}', "record-json-twice"),
        (b'{"a": NaN}', "record-json-text"),
        (b'{"a": {"b": 1}}', "record-json-text"),
        (b"[1]", "record-json-object"),
    ],
)
def test_json_that_is_no_entry_is_refused(raw: bytes, code: str):
    _, troubles = entries_of(raw)
    assert [trouble.refusal.code for trouble in troubles] == [code]


def test_on_a_terminal_it_asks_for_what_is_not_given(root: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(door, "on_terminal", lambda: True)
    said = ["Xa Lạ", "ban dan toc", "5.1", "tháng 13", "04/10/2024", "", "", "120-BC/BDT", "có"]
    ran = CliRunner().invoke(command, ["--project", str(root)], input="\n".join(said) + "\n", standalone_mode=False)
    assert ran.exception is None
    assert ran.return_value == 0
    assert "Xa Lạ" in ran.stderr
    assert "Hiểu “ban dan toc” là bdt" in ran.stderr
    new = project(root).actuals
    assert [(one.task, one.period, one.doc) for one in new if one.doc == "120-BC/BDT"] == [("12-KH/5.1", "2024-04", "120-BC/BDT")]


def test_who_says_no_writes_nothing(root: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(door, "on_terminal", lambda: True)
    before = files(root)
    ran = CliRunner().invoke(command, ["--project", str(root), *HOURS], input="không\n", standalone_mode=False)
    assert (ran.return_value, files(root)) == (130, before)


def test_what_others_write_while_somebody_thinks_is_noticed(root: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(door, "on_terminal", lambda: True)

    def slow(*_):
        monkeypatch.setattr(door, "on_terminal", lambda: False)
        assert record(root, *HOURS, "--yes").code == 0
        return True

    monkeypatch.setattr(door, "ask", slow)
    ran = CliRunner().invoke(command, ["--project", str(root), *HOURS], standalone_mode=False)
    assert "vừa được người khác thay đổi" in str(ran.exception)
    assert len([one for one in project(root).actuals if one.doc == "9-BC/BDT"]) == 1


def test_what_cannot_be_read_is_no_hindrance_and_is_said(root: Path):
    (root / "actuals" / "2024" / "hong.yaml").write_text("entries: [\n", encoding="utf-8")
    ran = record(root, *HOURS, "--yes")
    assert (ran.code, "dự án có 1 chỗ không đọc được" in ran.out) == (0, True)


def test_the_log_of_a_year_is_that_of_the_unit_and_never_a_table():
    known = [Log("actuals/2023/bdt.yaml", "bdt"), Log("actuals/2024/bdt.yaml", "bdt"), Log("actuals/2024/them.yaml", "bdt")]
    assert log_of(known, "bdt", 2024) == known[1]
    assert log_of(known, "bdt", 2024, {"actuals/2024/them.yaml"}) == known[2]
    assert log_of(known, "bdt", 2025) == Log("actuals/2025/bdt.yaml", "bdt", there=False)
    assert log_of([Log("actuals/bdt.yaml", "bdt")], "bdt", 2025).file == "actuals/bdt.yaml"
    other = Log("actuals/2025/bdt.yaml", "bdvtu")
    assert log_of([other], "bdt", 2025) == other, "an entry there names its unit"
    assert [log.file for log in logs(SHOWCASE) if log.file.endswith(".csv")] == []


def test_no_log_is_named_as_windows_names_a_device_or_takes_for_another():
    assert log_of([], "con", 2025) == Log("actuals/2025/con_.yaml", "con", there=False)
    assert log_of([], "aux.1", 2025).file == "actuals/2025/aux.1_.yaml"
    assert log_of([], "con-cuong", 2025).file == "actuals/2025/con-cuong.yaml"
    capitals = Log("actuals/2025/BDT.yaml", "BDT")
    assert log_of([capitals], "bdt", 2025) == capitals, "an entry there names its unit"


def test_what_goes_to_a_file_is_utf8_whatever_the_code_page(root: Path):
    command = [sys.executable, "-m", "tracker", "record", "--unit", "Xa Lạ", "--yes"]
    old = {"PYTHONIOENCODING": "cp1252", "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
    ran = subprocess.run(command, capture_output=True, cwd=root, env=old, check=False)
    assert (ran.returncode, "Xa Lạ" in ran.stderr.decode("utf-8")) == (2, True)

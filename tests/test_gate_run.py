"""The gate as people run it: a change against its base, several formats at once, the baseline file, renames."""

import json
import re
import shutil
from pathlib import Path

import pytest
from inside import tracker
from projects import ROOT, SHOWCASE, edit, showcase
from test_git import commit, git

from tracker import check as check_module
from tracker.cli import start
from tracker.render.findings import formats


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "kho"
    for name in ("plans", "actuals", "rules"):
        shutil.copytree(SHOWCASE / name, folder / name)
    for path in (ROOT / "rules").glob("*.yaml"):
        shutil.copy(path, folder / "rules")
    git(folder, "init", "-q")
    commit(folder, "2024-10-15T10:00:00+07:00")
    git(folder, "tag", "goc")
    return folder


needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def check(folder: Path, *words: str) -> tuple[int, dict, str]:
    code, out, trouble = tracker("check", "--project", str(folder), "--format", "json", "--fail-on", "warning", *words)
    return code, json.loads(out), trouble


def test_findings_are_grouped_by_who_must_act():
    words = ("check", "--project", str(SHOWCASE), "--as-of", "20/10/2024", "--by", "owner", "--lang", "en")
    text = tracker(*words)[1]
    names = [unit.name for unit in showcase().units]
    headings = [line.rpartition(" (")[0] or line for line in text.splitlines() if line and not line.startswith((" ", "plans", "actuals", "rules"))]
    order = [names.index(name) for name in names if any(line.startswith(name + ":") or line == name for line in headings)]
    assert len(order) >= 4
    assert order == sorted(order)
    assert "Nobody is named who must act" in text


@needs_git
def test_a_comment_on_the_day_something_lapses_passes_and_the_nightly_run_does_not(repository: Path):
    # 12-KH/1.9 is due on 15/10/2024, the day of the commit.
    path = repository / "plans" / "12-KH-2024.yaml"
    path.write_text("# một chú thích\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    code, whole, trouble = check(repository, "--as-of", "16/10/2024", "--since", "goc")
    assert (code, trouble) == (0, "")
    lapsed = [one["fingerprint"] for one in whole["findings"] if one.get("novelty", "lapsed") == "lapsed"]
    assert "task-overdue:12-KH/1.9:bdt:2024" in lapsed
    assert check(repository, "--as-of", "16/10/2024")[0] == 1


@needs_git
def test_a_finding_that_the_change_brought_fails(repository: Path):
    edit(repository / "plans" / "12-KH-2024.yaml", "    due: 31/10/2024\n", "    due: 01/10/2024\n")
    code, _, _ = check(repository, "--as-of", "16/10/2024", "--since", "goc")
    assert code == 1


@needs_git
def test_a_day_is_no_base_and_an_unknown_revision_is_told(repository: Path):
    for words in (("--since", "7d"), ("--since", "01/10/2024"), ("--since", "khong-co")):
        code, out, trouble = tracker("check", "--project", str(repository), *words, "--lang", "en")
        assert (code, out) == (2, "")
        assert words[1] in trouble


def test_several_formats_at_once_and_the_code_depends_on_none(tmp_path: Path):
    shared = ("check", "--project", str(SHOWCASE), "--as-of", "20/10/2024")
    every = [word for name in formats() for word in ("-f", f"{name}:{tmp_path / name}")]
    for fail_on, expected in (("error", 1), ("never", 0)):
        assert tracker(*shared, *every, "--fail-on", fail_on)[:2] == (expected, "")
        assert {tracker(*shared, "-f", name, "--fail-on", fail_on)[0] for name in ("text", "sarif")} == {expected}
    assert len(formats()) == 9
    assert all((tmp_path / name).stat().st_size for name in formats())
    target = tmp_path / "ket-qua.json"
    code, out, _ = tracker(*shared, "-f", "text", "-f", f"json:{target}")
    assert code == 1
    assert out == tracker(*shared)[1]
    assert json.loads(target.read_text(encoding="utf-8"))["version"] == 1


def test_a_fault_of_ours_ends_with_3_after_all_that_was_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary):
    def broken(*_):
        raise RuntimeError("lỗi")

    words = ["check", "--project", str(SHOWCASE), "--as-of", "20/10/2024", "--lang", "en"]
    monkeypatch.setattr("tracker.render.findings.sarif.render", broken)
    target = tmp_path / "a.json"
    assert start([*words, "-f", "sarif:x", "-f", "text", "-f", f"json:{target}"]) == 3
    out, trouble = capfdbinary.readouterr()
    assert b"106 obligations" in out
    assert len(trouble.splitlines()) == 1
    assert b"RuntimeError" in trouble
    assert json.loads(target.read_text(encoding="utf-8"))["findings"]
    real = check_module._run

    def fails(one, rows, findings, ranked):
        return broken() if one.rule.id == "report-late" else real(one, rows, findings, ranked)

    monkeypatch.setattr(check_module, "_run", fails)
    assert start(words) == 3
    out, trouble = capfdbinary.readouterr()
    assert b"ERROR agreement-missing" in out
    assert b"RuntimeError" in trouble


@pytest.mark.parametrize("words", [("-f", "xml"), ("-f", "json:"), ("-f", "text", "-f", "json"), ("--max", "task-*"), ("--max", "khong-*=3"), ("--horizon", "-1"), ("--by", "x")])
def test_wrong_usage_says_what_to_do_and_ends_with_2(words: tuple[str, ...]):
    for language in ("vi", "en"):
        code, out, trouble = tracker("check", "--project", str(SHOWCASE), *words, "--lang", language)
        assert (code, out) == (2, "")
        assert "Traceback" not in trouble


@needs_git
def test_the_baseline_shrinks_and_grows_only_with_a_reason(repository: Path, tmp_path: Path):
    file = tmp_path / "goc.jsonl"
    words = ("baseline", str(file), "--project", str(repository), "--as-of", "20/10/2024")
    assert tracker(*words)[0] == 0
    first = file.read_text(encoding="utf-8").splitlines()
    assert first == sorted(first)
    assert tracker("check", "--project", str(repository), "--as-of", "20/10/2024", "--fail-on", "note", "--baseline", str(file))[0] == 0
    # One is mended, one is new: the first leaves the file, the second does not enter it.
    edit(repository / "plans" / "12-KH-2024.yaml", "    due: 31/10/2024\n", "    due: 01/10/2024\n")
    assert tracker("check", "--project", str(repository), "--as-of", "20/10/2024", "--fail-on", "note", "--baseline", str(file))[0] == 1
    assert tracker(*words)[0] == 0
    second = file.read_text(encoding="utf-8").splitlines()
    assert set(second) < set(first)
    assert tracker(*words, "--add")[0] == 2
    assert tracker(*words, "--add", "--reason", "trước khi áp dụng")[0] == 0
    assert len(file.read_text(encoding="utf-8").splitlines()) > len(second)


@pytest.mark.parametrize("line", ["{", "[]", '{"key": "x"}', '{"key": 1, "level": "note", "first_seen": "2024-01-01"}', '{"key": "x", "level": "bad", "first_seen": "2024-01-01"}', '{"key": "x", "level": "note", "first_seen": "2024-13-45"}', "[" * 100_000])
def test_a_baseline_that_cannot_be_read_is_trouble_and_accepts_nothing(line: str, tmp_path: Path):
    file = tmp_path / "goc.jsonl"
    file.write_text('{"key": "a", "level": "note", "first_seen": "2024-01-01"}\n' + line + "\n", encoding="utf-8")
    code, _, trouble = tracker("check", "--project", str(SHOWCASE), "--as-of", "20/10/2024", "--baseline", str(file), "--lang", "en")
    assert code == 2
    assert f"{file}:2" in trouble
    before = file.read_bytes()
    assert tracker("baseline", str(file), "--project", str(SHOWCASE), "--as-of", "20/10/2024")[0] == 2
    assert file.read_bytes() == before


def test_a_wrong_date_of_a_waiver_is_trouble_and_the_waiver_does_not_hold(tmp_path: Path):
    folder = tmp_path / "tinh"
    for name in ("plans", "actuals", "rules"):
        shutil.copytree(SHOWCASE / name, folder / name)
    edit(folder / "rules" / "waivers" / "2024.yaml", "    expires: 31/12/2024", "    expires: 2026-13-45")
    code, out, trouble = tracker("check", "--project", str(folder), "--as-of", "20/10/2024", "--format", "json")
    assert code == 2
    assert "rules/waivers/2024.yaml:12:14" in trouble
    assert "cp-2024-01" not in {one.get("waiver") for one in json.loads(out)["findings"]}


def test_renaming_a_unit_and_a_task_keeps_waivers_and_records(tmp_path: Path):
    folder = tmp_path / "tinh"
    for name in ("plans", "actuals", "rules"):
        shutil.copytree(SHOWCASE / name, folder / name)
    for path in sorted((folder / "plans").glob("*.yaml")):
        text = re.sub(r"\btan-an\b(?!-)", "tan-an-moi", path.read_text(encoding="utf-8")).replace('id: "5.2"', 'id: "5.20"')
        path.write_text(text.replace("- id: tan-an-moi\n", "- id: tan-an-moi\n    formerly: tan-an\n"), encoding="utf-8")
    edit(folder / "plans" / "12-KH-2024.yaml", '  - id: "5.20"\n', '  - id: "5.20"\n    formerly: "5.2"\n')
    shared = ("--as-of", "20/10/2024", "--format", "json")
    code, out, trouble = tracker("check", "--project", str(folder), *shared)
    assert trouble == ""
    assert code == 1

    def now(text: str) -> str:
        return text.replace("tan-an:", "tan-an-moi:").replace("12-KH/5.2:", "12-KH/5.20:")

    before = json.loads(tracker("check", "--project", str(SHOWCASE), *shared)[1])
    after = json.loads(out)
    assert {now(one["fingerprint"]) for one in before["findings"]} == {one["fingerprint"] for one in after["findings"]}
    assert before["summary"] == after["summary"]
    # The waiver cp-2024-02 names both by what they were.
    (kept,) = (one for one in after["findings"] if one["fingerprint"] == "report-returned:12-KH/5.20:tan-an-moi:2024-Q3")
    assert kept["waived_until"] in {None, "2024-10-31"}

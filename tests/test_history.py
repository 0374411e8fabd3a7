"""What runs leave behind: lines that add up, are read back with their places, and are written whole or not at all."""

import json
import os
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import click
import pytest
from golden_files import same
from hypothesis import given, strategies as st
from inside import tracker
from projects import SHOWCASE, copy_of, edit
from test_cli import ROOT

from tracker import append
from tracker.history import fold, logged, renamed, says_nothing_new, trend
from tracker.model.finding import Finding, Verdict
from tracker.model.history import Logged
from tracker.model.report import Report
from tracker.model.rule import Severity
from tracker.model.source import NOWHERE
from tracker.read.runs import line_of, read_runs
from tracker.render.history.text import bars

START = date(2024, 1, 1)
KEYS = ("a:t:u", "a:t:v", "b:t:u#2", "b:t:u")


def finding(key: str, owner: str = "") -> Finding:
    return Finding(key.partition(":")[0], Severity.WARNING, Verdict.BROKEN, "standings", {}, NOWHERE, key, owner=owner)


def report(day: date, keys, owner: str = "") -> Report:
    found = tuple(finding(key, owner) for key in sorted(keys))
    return Report(day, day, (), (), (), found, (), (), {"a": 9, "b": 9}, {})


def chain(sets, step: int = 7, owner: str = "", renames=None) -> list[Logged]:
    lines: list[Logged] = []
    for number, keys in enumerate(sets):
        lines.append(logged(report(START + timedelta(days=step * number), keys, owner), lines, renames=renames or {}))
    return lines


@given(st.lists(st.sets(st.sampled_from(KEYS)), min_size=1, max_size=8))
def test_the_lines_add_up_to_the_findings_of_the_last_run(sets):
    lines = chain(sets)
    folded = fold(lines)
    assert set(folded.open) == sets[-1]
    for key in KEYS:
        had = [key in keys for keys in sets]
        begun = sum(now and not before for before, now in zip([False, *had], had, strict=False))
        assert folded.lives.get(key, 0) == begun
        assert sum(key in line.new for line in lines) == min(begun, 1)
        assert sum(key in line.reopened for line in lines) == max(begun - 1, 0)
        if key in folded.open:
            life = folded.open[key]
            assert life.first_seen == START + timedelta(days=7 * had.index(True))
            assert life.since == START + timedelta(days=7 * (len(had) - [*reversed(had), False].index(False)))
    for line in lines:
        assert not set(line.new) & set(line.resolved) & set(line.reopened)
        assert all(list(keys) == sorted(keys) for keys in (line.new, line.resolved, line.reopened))
        assert line.verdicts == {"passed": 18 - line.verdicts["broken"], "broken": sum(line.rules.values()), "unknown": 0, "waived": 0}
    seen = trend(lines)
    assert sum(pace.open for pace in seen.by_rule) == sum(pace.open for pace in seen.by_owner) == len(seen.open)
    assert seen.reopened == sum(max(count - 1, 0) for count in folded.lives.values())


def test_ages_and_times_to_close():
    seen = trend(chain([{"a:1"}, {"a:1", "a:2"}, {"a:2", "b:1"}, {"b:1"}, {"a:1", "b:1"}], owner="u"))
    assert [(life.key, life.days(seen.today), life.number, life.owner) for life in seen.open] == [("b:1", 14, 1, "u"), ("a:1", 0, 2, "u")]
    first, second = seen.by_rule
    assert (first.name, first.open, first.closed, first.reopened, first.mean, first.median) == ("a", 1, 2, 1, 14, 14)
    assert (second.name, second.open, second.closed, second.mean) == ("b", 1, 0, None)
    assert [pace.name for pace in seen.by_owner] == ["u"]
    assert seen.open[1].first_seen == START


@pytest.mark.parametrize(
    ("key", "after"),
    [
        ("r:old:u", "r:new:u"),
        ("r:old:old#2", "r:new:new#2"),
        ("r:old-er:old/1", "r:old-er:old/1"),
        ("r:u:", "r:u:"),
        ("r:x#2:old", "r:x#2:new"),
        ("r:a\nb:old", "r:a\nb:new"),
        ("r:a:b", "r:b:a"),
    ],
)
def test_only_whole_parts_are_renamed(key: str, after: str):
    assert renamed(key, {"old": "new", "a": "b", "b": "a"}) == after
    assert renamed(key, {}) == key


def test_history_follows_a_renamed_unit():
    renames = {"u": "w", "r": "r2"}
    lines = chain([{"r:t:u"}, {"r:t:u"}], owner="u")
    line = logged(report(START + timedelta(days=14), {"r2:t:w"}), lines, renames=renames)
    assert (line.new, line.resolved, line.reopened) == ((), (), ())
    seen = trend([*lines, line], renames)
    assert [(life.key, life.owner, life.days(seen.today)) for life in seen.open] == [("r2:t:w", "w", 14)]
    assert seen.runs[0].rules == {"r2": 1}
    assert seen.runs[0].owners == {"w": 1}


def test_the_same_again_says_nothing_new():
    lines = chain([{"a:1"}, {"a:2"}])
    again = logged(report(lines[-1].as_of, {"a:2"}), lines)
    assert says_nothing_new(again, lines)
    assert not says_nothing_new(again, [])
    assert not says_nothing_new(logged(report(lines[-1].as_of, {"a:2", "a:3"}), lines), lines)
    assert not says_nothing_new(logged(report(START + timedelta(days=99), {"a:2"}), lines), lines)


@given(st.lists(st.text(min_size=1), unique=True, max_size=4), st.text())
def test_a_line_is_one_line_and_reads_back_the_same(keys: list[str], commit: str):
    import tempfile

    line = logged(report(START, keys, "đơn-vị"), (), commit=commit, plans=("12-KH",))
    text = line_of(line)
    assert text.isprintable()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "h.jsonl"
        path.write_text(text + "\n", encoding="utf-8")
        runs, problems, size = read_runs(path, "h.jsonl")
    assert [problem.code for problem in problems if problem.code != "file-legacy"] == []
    assert [run._replace(at=NOWHERE) for run in runs] == [line]
    assert size == len(text.encode()) + 1


GOOD = line_of(logged(report(START, {"a:1"}), ()))
LATER = line_of(logged(report(START + timedelta(days=1), {"a:1"}), ()))


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        (GOOD + "\n{\n" + LATER + "\n", "history-json", 2, 2),
        ("\n" + GOOD + "\n", "history-json", 1, 1),
        ("[]\n", "history-json", 1, 1),
        ("[" * 100_000 + "\n", "history-json", 1, 1),
        ('{"version": 1, "version": 1}\n', "history-json", 1, 1),
        ('{"version": NaN}\n', "history-json", 1, 1),
        ('{"a": ' + "9" * 5000 + "}\n", "history-json", 1, 1),
        ("<<<<<<< HEAD\n", "history-json", 1, 1),
        (GOOD.replace('"version": 1', '"version": 2') + "\n", "history-version", 1, 2),
        (GOOD.replace("2024-01-01", "2024-02-30", 1) + "\n", "history-shape", 1, 16),
        (GOOD.replace("2024-01-01", "20240101", 1) + "\n", "history-shape", 1, 16),
        (GOOD.replace('"resolved": []', '"resolved": {}') + "\n", "history-shape", 1, GOOD.index('"resolved"') + 1),
        (GOOD.replace('"broken": 1', '"broken": true') + "\n", "history-shape", 1, GOOD.index('"verdicts"') + 1),
        (GOOD.replace('"owner_of": {}', '"owner_off": {}') + "\n", "history-shape", 1, 1),
        (LATER + "\n" + GOOD + "\n", "history-order", 2, 16),
        (GOOD + "\n" + LATER, "history-torn", 2, 1),
        (GOOD + "\n" + LATER[:40], "history-torn", 2, 1),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, text: str, code: str, line: int, column: int):
    path = tmp_path / "h.jsonl"
    path.write_text(text, encoding="utf-8")
    runs, problems, _ = read_runs(path, "h.jsonl")
    assert [(one.code, one.place.line, one.place.column) for one in problems] == [(code, line, column)]
    assert len(runs) == text.count("\n") - (code != "history-torn")


def test_keys_of_a_later_version_are_passed_over(tmp_path: Path):
    path = tmp_path / "h.jsonl"
    path.write_text(GOOD.replace('"commit"', '"later": 1, "commit"') + "\n", encoding="utf-8")
    assert read_runs(path, "h.jsonl")[1] == []
    assert read_runs(tmp_path / "none", "none") == ((), [], 0)


def test_a_line_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "h.jsonl"
    append.append_line(path, "một", 0)
    size = path.stat().st_size
    with pytest.raises(click.UsageError, match=r"h\.jsonl"):
        append.append_line(path, "hai", size - 1)
    write = os.write
    monkeypatch.setattr(os, "write", lambda number, data: write(number, data[:2]))
    with pytest.raises(click.UsageError, match=r"h\.jsonl"):
        append.append_line(path, "ba", size)
    monkeypatch.undo()
    assert path.read_text(encoding="utf-8") == "một\n"
    with pytest.raises(click.UsageError):
        append.append_line(tmp_path / "no" / "h.jsonl", "x", 0)


@pytest.fixture
def province(tmp_path: Path) -> Path:
    return copy_of(SHOWCASE, tmp_path / "tinh")


def add(folder: Path, day: str, *more: str):
    return tracker("history", "add", "--project", str(folder), "--as-of", day, *more)


def test_a_run_is_added_once_and_never_before_another(province: Path):
    file = province / "history.jsonl"
    checked = tracker("check", "--project", str(province), "--as-of", "20/10/2024", "--format", "json")
    assert add(province, "01/10/2024", "--commit", "v1").code == 0
    assert add(province, "20/10/2024").code == 0
    text = file.read_text(encoding="utf-8")
    ran = add(province, "20/10/2024", "--commit", "v2", "--lang", "en")
    assert (ran.code, ran.err) == (0, "")
    assert "nothing added" in ran.out
    for more in (("19/10/2024",), ("21/10/2024", "--plan", "12-KH"), ("21/10/2024", "--commit", "a b"), ("21/10/2024", "--unit", "bdt")):
        ran = add(province, *more)
        assert (ran.code, ran.out) == (2, "")
        assert "Traceback" not in ran.err
    assert file.read_text(encoding="utf-8") == text
    first, last = map(json.loads, text.splitlines())
    assert (first["commit"], last["commit"], first["resolved"], first["reopened"]) == ("v1", None, [], [])
    found = json.loads(checked.out)
    assert sum(last["rules"].values()) == len(found["findings"])
    assert last["states"] == found["summary"]["states"]
    assert last["severities"] == found["summary"]["severities"]
    still = (set(first["new"]) - set(last["resolved"])) | set(last["new"])
    assert sorted(still) == sorted(one["fingerprint"] for one in found["findings"])
    # It is data, never asked: with it, and without it, the verdicts are the same.
    assert tracker("check", "--project", str(province), "--as-of", "20/10/2024", "--format", "json") == checked


def test_what_cannot_be_read_adds_nothing(province: Path):
    log = province / "actuals" / "2024" / "bdt.yaml"
    good = log.read_text(encoding="utf-8")
    edit(log, "date: 28/3/2024", "date: 31/02/2024")
    ran = add(province, "20/10/2024")
    assert ran.code == 2
    assert "actuals/2024/bdt.yaml" in ran.err
    assert not (province / "history.jsonl").exists()
    log.write_text(good, encoding="utf-8")
    assert add(province, "20/10/2024").code == 0
    with (province / "history.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"version": 1, "as_')
    before = (province / "history.jsonl").read_bytes()
    for ran in (add(province, "21/10/2024"), tracker("history", "--project", str(province))):
        assert ran.code == 2
        assert ran.err.startswith("history.jsonl:2:1: ")
    assert (province / "history.jsonl").read_bytes() == before


def test_runs_at_the_same_time_leave_whole_lines(province: Path):
    words = [sys.executable, "-m", "tracker", "history", "add", "--project", str(province), "--as-of", "20/10/2024"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    several = [subprocess.Popen(words, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    codes = []
    for one in several:
        one.communicate()
        codes.append(one.returncode)
    assert 0 in codes
    assert set(codes) <= {0, 2}
    assert len((province / "history.jsonl").read_text(encoding="utf-8").splitlines()) == 1


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six weeks of an invented history, with the province's units."""
    sets = [
        {"report-missing:12-KH/5.1:bdt:2024-07": "bdt", "task-overdue:12-KH/1.2:tan-ang:2024": "tan-ang"},
        {"report-missing:12-KH/5.1:bdt:2024-07": "bdt", "task-overdue:12-KH/1.2:tan-ang:2024": "tan-ang", "task-stray:x": ""},
        {"task-overdue:12-KH/1.2:tan-ang:2024": "tan-ang", "report-missing:12-KH/5.1:bdt:2024-08": "bdt", "task-stray:x": ""},
        {"report-missing:12-KH/5.1:bdt:2024-08": "bdt"},
        {"report-missing:12-KH/5.1:bdt:2024-07": "bdt", "report-missing:12-KH/5.1:bdt:2024-08": "bdt"},
        {"report-missing:12-KH/5.1:bdt:2024-07": "bdt", **{f"task-silent:12-KH/{number}:ha-lam:2024": "ha-lam" for number in range(25)}},
    ]
    lines: list[Logged] = []
    for number, keys in enumerate(sets):
        day = date(2024, 9, 2) + timedelta(days=7 * number)
        found = tuple(finding(key, owner) for key, owner in keys.items())
        line = logged(Report(day, day, (), (), (), found, (), (), {"x": 40}, {}), lines)
        states = {**line.states, "done": 5 + number, "overdue": 4 - number % 3, "open": 1200}
        lines.append(line._replace(states=states))
    path = tmp_path_factory.mktemp("kept") / "history.jsonl"
    path.write_text("".join(line_of(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(("lang", "width"), [("vi", "40"), ("vi", "80"), ("vi", "120"), ("en", "80"), ("en", "120")])
def test_the_trend_as_read(kept: Path, lang: str, width: str):
    ran = tracker("history", "--project", str(SHOWCASE), "--file", str(kept), "--lang", lang, COLUMNS=width)
    assert (ran.code, ran.err) == (0, "")
    assert max(map(len, ran.out.splitlines())) <= int(width)
    if (lang, width) in {("vi", "80"), ("en", "120")}:
        same(f"history-{lang}-{width}.txt", ran.out)


def test_the_trend_for_a_screen_reader(kept: Path):
    ran = tracker("history", "--project", str(SHOWCASE), "--file", str(kept), "--plain")
    assert not set("▁▂▃▄▅▆▇█→") & set(ran.out)
    assert "- hoàn thành đúng hạn: 5, 6, 7, 8, 9, 10" in ran.out
    same("history-plain.txt", ran.out)


def test_the_trend_for_other_programs(kept: Path):
    shared = ("history", "--project", str(SHOWCASE), "--file", str(kept), "--format")
    found = json.loads(tracker(*shared, "json").out)
    assert (found["version"], found["as_of"], found["reopened"], len(found["open"])) == (1, "2024-10-07", 1, 26)
    missing = next(one for one in found["rules"] if one["name"] == "report-missing")
    assert missing == {"name": "report-missing", "open": 1, "closed": 2, "reopened": 1, "mean_days": 17.5, "median_days": 17.5}
    assert [one["name"] for one in found["owners"]] == ["bdt", "ha-lam", "tan-ang", None]
    table = tracker(*shared, "csv").out.removeprefix("\ufeff").splitlines()
    assert len(table) == 7
    assert dict(zip(table[0].split(","), table[-1].split(","), strict=True))["new"] == "25"
    assert json.loads(tracker(*shared, "json", "--as-of", "10/09/2024").out)["as_of"] == "2024-09-09"


def test_before_the_first_run_it_says_how_to_begin(tmp_path: Path):
    shutil.copytree(SHOWCASE / "plans", tmp_path / "plans")
    ran = tracker("history", "--project", str(tmp_path), "--lang", "en")
    assert (ran.code, ran.err) == (0, "")
    assert "tracker history add" in ran.out
    for more in (("--file", "none.jsonl"), ("--plan", "12-KH"), ("--commit", "x")):
        assert tracker("history", "--project", str(tmp_path), *more).code == 2


def test_only_nothing_has_the_lowest_bar():
    assert bars([0, 1, 50, 100]) == "▁▂▅█"
    assert bars([0, 0]) == "▁▁"
    assert bars([]) == ""

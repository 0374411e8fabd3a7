"""`python -m bench.digests`: each way of judging, in whole processes on a drawn world; and what is wrong is seen."""

import json
import os
import re
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from bench import digests, page
from bench.digests import Way, measured, right, rows, ways
from bench.processes import Limits, Took, timed
from bench.verify import differences
from bench.world import Expected, make
from tracker.parts import split
from tracker.read import read

LIMITS = Limits(120, 4000)


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> tuple[Path, Expected]:
    folder = tmp_path_factory.mktemp("digests") / "1e3"
    return folder, make(folder, 1000)


def test_every_way_gives_what_was_drawn_and_the_same_bytes(world):
    folder, drawn = world
    found = ways(("plain", "grid", "processes", "dask"), [2])
    assert [way.label for way in found] == ["plain", "grid", "processes, 2 parts", "dask, 2 parts"]
    took = {way.label: one for way, one in measured(found, folder, LIMITS)}
    gone = {way.label for way in found if not way.absent}
    assert {"plain", "processes, 2 parts"} <= gone
    assert len({took[label].output for label in gone}) == 1
    assert all(re.fullmatch("[0-9a-f]{64}", took[label].output) for label in gone)
    table = rows({"1e3": took})
    assert [row[2:4] for row in table[1:] if row[1] in gone] == [["as drawn", "as drawn"]] * len(gone)
    assert right(table)
    assert all(drawn.rules.values())
    assert len(split(read(folder / "csv"), 2, "")) == 2, "nothing was judged in parts"


def test_a_way_that_was_not_gone_and_other_counts_are_wrong(world):
    folder, drawn = world
    declined = Way("processes, 2 parts", ("--parts", "2"))
    links = folder / "csv" / "actuals" / "links.yaml"
    links.write_text("entries: []\n# links\n", encoding="utf-8")
    try:
        [(_, took)] = measured([declined], folder, LIMITS)
    finally:
        links.unlink()
    assert "not this way: Xem xét cả một lần, không chia phần" in took.wrong
    other = folder.parent / "other"
    other.mkdir()
    (other / "csv").symlink_to(folder / "csv")
    (other / "expected.json").write_text(drawn._replace(strays=drawn.strays + 1, findings="0").to_json(), encoding="utf-8")
    [(_, took)] = measured(ways(["plain"], []), other, LIMITS)
    assert took.wrong == f"strays: {drawn.strays}, not {drawn.strays + 1}; findings"
    table = rows({"1e3": {"plain": took}})
    assert table[1][2:4] == [f"WRONG: strays: {drawn.strays}, not {drawn.strays + 1}", "WRONG"]
    assert not right(table)
    [(_, took)] = measured(ways(["plain"], []), other, LIMITS, drawn_rules=False)
    assert took.wrong == f"strays: {drawn.strays}, not {drawn.strays + 1}"


def test_other_bytes_and_no_answer_are_wrong_and_absence_is_said():
    sound = Took(1.0, 2.0, 30.0, output="a" * 64)
    results = {
        "1e4": {"plain": sound, "spark, 2 parts": Took(ended="absent: pyspark is not installed"), "grid": sound},
        "1e3": {"processes, 10 parts": sound, "processes, 2 parts": sound},
    }
    table = rows(results)
    assert [row[:3] for row in table[1:]] == [
        ["1e3", "processes, 2 parts", "as drawn"],
        ["1e3", "processes, 10 parts", "as drawn"],
        ["1e4", "plain", "as drawn"],
        ["1e4", "grid", "as drawn"],
        ["1e4", "spark, 2 parts", "absent: pyspark is not installed"],
    ]
    assert right(table)
    results["1e4"]["grid"] = sound._replace(output="b" * 64)
    assert rows(results)[4][4] == "WRONG: " + "b" * 12
    assert not right(rows(results))
    assert [row[3] for row in rows({"1e4--all-rules": {"plain": sound}, "1e3": {"plain": sound}})] == ["findings", "as drawn", "not drawn"]
    results["1e4"]["grid"] = Took(ended="ended after 9 s")
    assert rows(results)[4][2] == "WRONG: ended after 9 s"
    assert not right(rows(results))


def test_what_cannot_be_gone_here_is_said(monkeypatch):
    monkeypatch.setattr(digests, "find_spec", lambda library: None if library == "pyspark" else find_spec("json"))
    assert [way.absent for way in ways(["grid", "spark"], [2])] == ["", "absent: pyspark is not installed"]
    monkeypatch.setattr(digests, "find_spec", lambda _: find_spec("json"))
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    assert [way.absent for way in ways(["spark"], [2])] == ["absent: no Java"]


def test_the_command_keeps_what_was_measured_and_ends_with_1_where_something_is_wrong(tmp_path: Path, monkeypatch, capsys):
    kept = tmp_path / "kept.json"
    text = page.PAGE.read_text(encoding="utf-8")
    monkeypatch.setattr(page, "PAGE", tmp_path / "performance.md")
    page.PAGE.write_text(text, encoding="utf-8")
    monkeypatch.setattr(digests, "world_of", lambda folder, size, *otherwise: folder / "".join(("1e3", *otherwise)))
    answers = iter([Took(1.0, 1.0, 30.0, output="a" * 64), Took(1.0, 1.0, 30.0, output="b" * 64)])
    monkeypatch.setattr(digests, "run", lambda *_: next(answers))
    monkeypatch.setattr(sys, "argv", ["digests", "--size", "1e3", "--engines", "plain", "--results", str(kept)])
    digests.main()
    assert json.loads(kept.read_text(encoding="utf-8"))["1e3"]["plain"][-1] == "a" * 64
    monkeypatch.setattr(sys, "argv", ["digests", "--size", "1e3", "--engines", "processes", "--results", str(kept), "--write"])
    with pytest.raises(SystemExit) as ended:
        digests.main()
    assert ended.value.code == 1
    assert "WRONG: bbbbbbbbbbbb" in capsys.readouterr().out
    assert "| 1e3 | processes, 2 parts | as drawn | as drawn | WRONG: bbbbbbbbbbbb |" in page.PAGE.read_text(encoding="utf-8")


BUSY = """
import os, signal, time
signal.signal(signal.SIGCHLD, signal.{heeds})
if child := os.fork():
    {parent}
else:
    while time.process_time() < 0.8: pass
"""


@pytest.mark.parametrize("heeds", ["SIG_DFL", "SIG_IGN"])
@pytest.mark.parametrize("parent", ["pass", "time.sleep(1.5)"])
def test_time_is_that_of_all_processes_also_of_those_that_nobody_waits_for(heeds, parent, tmp_path: Path):
    code = BUSY.format(heeds=heeds, parent=parent)
    took, exit_code = timed([sys.executable, "-c", code], tmp_path, LIMITS, dict(os.environ))
    assert exit_code == 0
    assert 0.6 < took.cpu < 1.5
    assert took.peak > 5


def test_another_layout_holds_the_same_records(tmp_path: Path):
    from bench.world.write import cut

    make(tmp_path / "one", 1000)
    make(tmp_path / "cut", 1000)
    cut(tmp_path / "cut" / "csv", 3)
    for year in (tmp_path / "one" / "csv" / "actuals").iterdir():
        header, *whole = (year / "xa.csv").read_text(encoding="utf-8").splitlines()
        files = [(tmp_path / "cut" / "csv" / "actuals" / year.name / f"xa-{n}.csv").read_text(encoding="utf-8").splitlines() for n in range(3)]
        assert all(lines[0] == header for lines in files)
        assert sorted(row for _, *own in files for row in own) == sorted(whole)
    assert list(differences(Expected.from_json((tmp_path / "cut" / "expected.json").read_text()), _judged(tmp_path))) == []


def _judged(folder: Path) -> Path:
    from inside import tracker

    from bench.world import AS_OF

    done = tracker("check", "--project", str(folder / "cut" / "csv"), "--as-of", AS_OF.isoformat(), "-f", f"jsonl:{folder}/report.jsonl")
    assert done.code == 1
    return folder

"""The made worlds of the benchmark: the program, and another, find exactly what was drawn. Nothing is timed here."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from inside import tracker
from projects import ROOT

from bench import page
from bench.contenders import contenders
from bench.processes import Took
from bench.ratios import goals
from bench.small import differences as small_differences
from bench.table import as_markdown, as_text, size_name, table
from bench.verify import differences
from bench.world import AS_OF, Expected, make
from tracker.lang import words
from tracker.periods import Days
from tracker.read import read
from tracker.render.findings.json import render
from tracker.run import Asked, run


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> tuple[Path, Expected]:
    folder = tmp_path_factory.mktemp("bench") / "world"
    return folder, make(folder, 1000, parquet=True)


def said_by(world: Path, out: Path) -> list[str]:
    out.mkdir()
    done = tracker("check", "--project", str(world / "csv"), "--as-of", AS_OF.isoformat(), "-f", f"jsonl:{out}/report.jsonl")
    assert (done.code, done.err) == (1, "")
    return (out / "report.jsonl").read_text(encoding="utf-8").splitlines()


def test_the_program_finds_what_was_drawn(world, tmp_path: Path):
    folder, drawn = world
    lines = said_by(folder, tmp_path / "out")
    assert list(differences(drawn, tmp_path / "out")) == []
    assert len(lines) == 1 + sum(drawn.rules.values())
    assert all(drawn.rules.values()), "a rule that nothing breaks measures nothing"
    assert all(drawn.states.values()), "each state that there can be is there"
    assert drawn.strays > 0
    assert drawn.unknown["report-missing"] > 0


def test_a_wrong_answer_is_seen(world, tmp_path: Path):
    folder, drawn = world
    lines = said_by(folder, tmp_path / "out")
    report = tmp_path / "out" / "report.jsonl"
    finding = next(number for number, line in enumerate(lines) if '"rule": "task-duplicate"' in line)
    report.write_text("\n".join(lines[:finding] + lines[finding + 1 :]), encoding="utf-8")
    assert list(differences(drawn, tmp_path / "out")) == ["findings"]
    report.write_text("\n".join([lines[0].replace('"strays": ', '"strays": 1'), *lines[1:]]), encoding="utf-8")
    assert [line.split(":")[0] for line in differences(drawn, tmp_path / "out")] == ["strays"]


def test_counts_by_unit_are_as_drawn(world, tmp_path: Path):
    """DuckDB does the same job by hand: one more witness that what was drawn is what the files say."""
    folder, drawn = world
    command = (sys.executable, "-m", "bench.hand.duckdb_sql", str(folder), "parquet", str(tmp_path))
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    (tmp_path / "stdout").write_text(done.stdout, encoding="utf-8")
    assert list(differences(drawn, tmp_path)) == []


def test_other_rules_and_other_seeds(tmp_path: Path):
    drawn = make(tmp_path / "world", 1000, seed=2, rules=False)
    report = run(read(tmp_path / "world" / "csv", ROOT / "rules"), Asked(Days(AS_OF, AS_OF)))
    assert report.problems == []
    summary = json.loads(render(report, words()))["summary"]
    assert small_differences(summary, drawn) == {}
    summary["obligations"] += 1
    assert set(small_differences(summary, drawn)) == {"obligations"}


def test_the_same_seed_gives_the_same_bytes(world, tmp_path: Path):
    folder, drawn = world
    assert make(tmp_path / "again", 1000, parquet=True) == drawn
    files = sorted(path.relative_to(folder) for path in folder.rglob("*.*"))
    assert len(files) > 25
    for path in files:
        assert (folder / path).read_bytes() == (tmp_path / "again" / path).read_bytes()
    shutil.rmtree(tmp_path / "again")


def test_all_kinds_of_contenders_are_found_and_say_what_they_are():
    found = contenders()
    assert {one.group for one in found} == {"ours", "hand", "peers", "floors"}
    assert len({one.label for one in found}) == len(found) > 25
    assert all(one.says for one in found)
    assert [one.label for one in contenders(("zen_table",))] == ["peers/zen_table"]


def test_the_table_tells_ratios_and_what_went_wrong():
    good = [Took(2.0, 1.0, 50.0), Took(4.0, 3.0, 70.0), Took(1.0, 2.0, 60.0)]
    results = {
        "ours/tracker check": {1000: [Took(1.0, 1.0, 30.0)]},
        "hand/polars_strings": {1000: good},
        "peers/wrong": {1000: [Took(1.0, 1.0, 9.0, wrong="strays: 4, not 5")]},
        "peers/gone": {1000: [Took(ended="not installed: zen")]},
    }
    rows = table(results, [1000])
    assert rows[1:] == [
        ["ours/tracker check", "1.00", "1.00", "30", "0.50"],
        ["hand/polars_strings", "2.00", "2.00", "60", "1.00"],
        ["peers/wrong", "WRONG: strays: 4, not 5", "1.00", "9", "0.50"],
        ["peers/gone", "not installed: zen", "", "", ""],
    ]
    assert "| peers/wrong | WRONG: strays: 4, not 5 |" in as_markdown(rows)
    assert len(as_text(rows).splitlines()) == 5
    assert goals(results, [1000])[2][:3] == ["ours/tracker check", "1e3", "0.50"]
    assert [size_name(size) for size in (1000, 150_000, 10**7)] == ["1e3", "15e4", "1e7"]


def test_numbers_go_between_their_marks_and_nowhere_else(tmp_path: Path, monkeypatch):
    text = page.PAGE.read_text(encoding="utf-8")
    monkeypatch.setattr(page, "PAGE", tmp_path / "performance.md")
    page.PAGE.write_text(text, encoding="utf-8")
    for name in ("table", "digests", "goals", "rows", "steps"):
        page.put(name, f"| {name} |")
    new = page.PAGE.read_text(encoding="utf-8")
    between = re.compile(r"(?<=: begin -->\n).*?(?=<!-- bench \w+: end)", re.DOTALL)
    assert between.sub("", new) == between.sub("", text)
    assert between.findall(new) == ["| table |\n", "| digests |\n", "| goals |\n", "| rows |\n", "| steps |\n"]
    page.PAGE.write_text("nothing", encoding="utf-8")
    with pytest.raises(SystemExit, match="the marks"):
        page.put("table", "")

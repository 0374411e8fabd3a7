"""The made project of the benchmark: the program finds exactly what was drawn. Nothing is timed here."""

import json
from pathlib import Path

import pytest
from projects import ROOT

from bench.__main__ import differences
from bench.made import AS_OF, make
from tracker.lang import words
from tracker.periods import Days
from tracker.read import read
from tracker.render.findings.json import render
from tracker.run import Asked, run


@pytest.mark.parametrize("seed", [1, 2])
def test_counts_are_as_drawn(tmp_path: Path, seed: int):
    made = make(tmp_path / "made", units=100, seed=seed)
    report = run(read(tmp_path / "made", ROOT / "rules"), Asked(Days(AS_OF, AS_OF)))
    assert report.problems == []
    assert differences(json.loads(render(report, words()))["summary"], made) == {}
    assert {state for state, count in made.states.items() if count} == {
        "done", "done_late", "overdue", "unknown", "upcoming", "open", "cancelled",
    }  # fmt: skip
    assert made.strays > 0


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path):
    for name in ("a", "b"):
        make(tmp_path / name, units=3)
    for path in (tmp_path / "a").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "b" / path.relative_to(tmp_path / "a")).read_bytes()


def test_a_difference_would_be_seen(tmp_path: Path):
    made = make(tmp_path / "made", units=1)
    summary = {"states": {**dict.fromkeys(("exempt", "ongoing"), 0), **made.states}, "obligations": made.obligations + 1, "strays": 0}
    assert set(differences(summary, made)) >= {"obligations"}

"""`python -m bench.bad_rows`: a table with bad rows of ten kinds, drawn first; every one is told, and what is not is seen."""

import json
from pathlib import Path

import pytest
from inside import tracker

from bench import bad_rows, bulk
from bench.bad_rows import TOLD, table
from bench.bulk import KINDS, Drawn, make
from tracker.read import columnar, told

ROWS, SINGLY = 6000, 20


@pytest.fixture(params=["plain", "grid"])
def judged(request, tmp_path: Path, monkeypatch) -> tuple[Drawn, Path]:
    if request.param == "grid":
        pytest.importorskip("polars")
    for module, name, value in ((bulk, "UNITS", 60), (bulk, "TASKS", 4), (told, "MOST", SINGLY), (bad_rows, "SINGLY", SINGLY), (columnar, "KEPT", 0)):
        monkeypatch.setattr(module, name, value)
    drawn = make(tmp_path / "made", ROWS)
    report = tmp_path / "report.jsonl"
    done = tracker(
        "check", "--project", str(tmp_path / "made"), "--as-of", "20/10/2024", "--engine", request.param, "-f", f"jsonl:{report}",
    )  # fmt: skip
    assert done.code == 2
    return drawn, report


def test_every_bad_row_is_told_under_its_kind_and_line_and_the_rest_is_judged(judged):
    drawn, report = judged
    assert drawn.bad.keys() == KINDS.keys() == TOLD.keys()
    assert all(drawn.bad.values()), "a kind that was not drawn proves nothing"
    assert len(drawn.bad_lines) == ROWS // 100
    assert sum(drawn.records) == ROWS - ROWS // 100
    rows, wrong = table(drawn, report)
    assert wrong == []
    numbers = [[int(cell) for cell in row[1:4]] for row in rows[1:]]
    assert all(drawn == singly + grouped for drawn, singly, grouped in numbers)
    assert [sum(column) for column in zip(*numbers, strict=True)] == [60, SINGLY, 40]
    text = (report.parent / "made" / "actuals" / "xa.csv").read_text(encoding="utf-8").splitlines()
    assert all(text[line - 1] == KINDS[kind] for kind, lines in drawn.bad.items() for line in lines)


def test_what_is_not_told_as_it_was_drawn_is_seen(judged):
    drawn, report = judged
    lines = report.read_text(encoding="utf-8").splitlines()
    number, group = next((number, one) for number, one in enumerate(map(json.loads, lines)) if one.get("kind") == "period")

    def wrong(change: dict[str, object] | None, at: int = number) -> list[str]:
        changed = [] if change is None else [json.dumps({**json.loads(lines[at]), **change})]
        report.write_text("\n".join([*lines[:at], *changed, *lines[at + 1 :]]), encoding="utf-8")
        return table(drawn, report)[1]

    assert wrong({}) == []
    assert wrong(None) == ["lines of period"]
    assert wrong({"rows": group["rows"] + 1}) == ["lines of period"]
    assert wrong({"lines": [[3, 3], *group["lines"][1:]]}) == ["lines of period"]
    assert wrong({"kind": "twice"}) == ["lines of period", "a kind that was not drawn: twice"]
    single = next(number for number, one in enumerate(map(json.loads, lines)) if one.get("code") == "value-period")
    said = wrong({"line": 3}, single)
    assert said[0] == "lines of period"
    assert said[1].startswith("told one by one: ")
    finding = next(number for number, one in enumerate(map(json.loads, lines)) if "rule" in one)
    assert [one.partition(":")[0] for one in wrong(None, finding)] == ["findings"]
    head = json.loads(lines[0])["summary"]
    head["states"]["done"] -= 1
    assert [one.partition(":")[0] for one in wrong({"summary": head}, 0)] == ["states"]

"""Why something is not done, written without a deed: it makes nothing done, and it is the cause where one is asked for."""

import json
from pathlib import Path

import pytest
from inside import tracker
from projects import SHOWCASE, copy_of

KEY = "12-KH/5.1:bdt:2024-04"
AT = ("--as-of", "20/10/2024", "--hindsight", "--plan", "12-KH")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    root = copy_of(SHOWCASE, tmp_path_factory.mktemp("reasons"))
    log = root / "actuals" / "2024" / "giai-trinh.yaml"
    log.write_text(
        "entries:\n"
        '  - {unit: bdt, task: 12-KH/5.1, period: 2024-04, date: 30/4/2024, step: explained, reason: "Mưa [lũ]", cause: objective}\n'
        "  - {unit: bdt, task: 12-KH/2.1, date: 30/4/2024, step: explained, reason: Chờ kinh phí, quantity: 91 hội nghị, people: gần 9.000 người}\n"
        "  - {unit: bdt, title: Việc khác, date: 30/4/2024, step: explained, reason: Không rõ}\n",
        encoding="utf-8",
    )
    return root


def test_a_reason_without_a_deed_makes_nothing_done_and_is_told(folder):
    for key, text in ((KEY, "khách quan: Mưa [lũ]"), ("12-KH/2.1:bdt:2024", "chưa rõ khách quan hay chủ quan: Chờ kinh phí")):
        there = tracker("explain", key, "--project", str(folder), *AT)
        before = tracker("explain", key, "--project", str(SHOWCASE), *AT)
        assert (there.code, before.code) == (0, 0), there.err
        assert f"30/04/2024; {text}" in there.out
        said = [line for line in there.out.splitlines() if "Lý do" not in line and text.partition(": ")[2] != line.strip()]
        assert said == before.out.splitlines(), "nothing else is said otherwise"


def test_it_is_the_cause_of_what_is_missing(folder):
    done = tracker("limitations", "--project", str(folder), *AT)
    assert "Nguyên nhân khách quan: “Mưa [lũ]”" in done.out.replace("\\", "")
    assert "Việc khác" not in done.out


def test_the_table_of_records_names_it_a_reason(folder):
    done = tracker("export", "actuals", "--format", "csv", "--project", str(folder), *AT)
    rows = [line for line in done.out.splitlines() if "giai-trinh.yaml" in line]
    assert sorted(",reason," in row for row in rows) == [False, True, True], "one was for nothing that is owed"


def test_no_rule_takes_it_for_a_deed(folder):
    found = []
    for root in (SHOWCASE, folder):
        done = tracker("check", "--format", "json", "--project", str(root), *AT)
        found.append({one["fingerprint"] for one in json.loads(done.out)["findings"]})
    assert found[0] <= found[1]
    assert {name.partition(":")[0] for name in found[1] - found[0]} == {"task-stray"}, "the one for nothing that is owed"


def test_record_takes_a_reason_as_of_today(tmp_path):
    root = copy_of(SHOWCASE, tmp_path)
    words = ("record", "--unit", "bdt", "--task", "12-KH/5.1", "--period", "2024-04", "--step", "explained", "--yes")
    done = tracker(*words, "--reason", "Thiếu người", "--project", str(root))
    assert done.code == 0, done.err
    assert "được ghi làm nguyên nhân" in done.out

"""What Kế hoạch 14-KH/BDVTU-BDT must show as of 31/12/2023, and what changes when its data are changed."""

import json
import subprocess
import sys
from collections import Counter
from datetime import date

import pytest
from projects import REAL_DAY, ROOT, copy_of, edit, judged, real

from tracker.lang import words
from tracker.model.finding import Verdict
from tracker.model.plan import Kind
from tracker.model.rule import Severity
from tracker.model.standing import State
from tracker.read import read
from tracker.render.findings.json import coverage, render
from tracker.run import newest

AGREEMENT = "08-CTr/agreement"
SONG_CONG = f"{AGREEMENT}:song-cong:2022-2025"


@pytest.fixture(scope="module")
def report():
    return judged(real(), REAL_DAY)


def about(report, key):
    return [(f.rule, f.severity, f.verdict) for f in report.findings if f.fingerprint.split(":", 1)[1] == key]


def test_everything_is_read():
    assert real().problems == ()


def test_agreements_are_8_of_8_of_9(report):
    counted = {row["task"]: row for row in coverage(report.tally)}
    assert counted[AGREEMENT] == {"task": AGREEMENT, "done": 8, "eligible": 8, "all": 9}


def test_song_cong_is_one_note_with_reason_and_counterpart(report):
    assert about(report, SONG_CONG) == [("agreement-outside", Severity.NOTE, Verdict.BROKEN)]
    whole = json.loads(render(report, words("vi")))
    (finding,) = [f for f in whole["findings"] if f["unit"] == "song-cong" and f["task"] == AGREEMENT]
    assert "chú thích 1" in finding["message"]["vi"]
    assert "Văn phòng HĐND và UBND thành phố Sông Công" in finding["message"]["vi"]
    assert finding["severity"] == "note"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("has_ethnic_office: {value: false,", "has_ethnic_office: {value: true,", ("agreement-missing", Severity.ERROR, Verdict.BROKEN)),
        ("has_ethnic_office: {value: false,", "has_ethnic_office: {value: ,", ("agreement-missing", Severity.ERROR, Verdict.UNKNOWN)),
    ],
)
def test_turning_or_blanking_the_fact(tmp_path, old, new, expected):
    folder = copy_of(ROOT, tmp_path)
    edit(folder / "plans" / "units.yaml", old, new)
    changed = read(folder, None)
    assert changed.problems == ()
    assert about(judged(changed, REAL_DAY), SONG_CONG) == [expected]


def test_signing_an_agreement_contradicts_the_fact(tmp_path):
    folder = copy_of(ROOT, tmp_path)
    (folder / "actuals" / "2023" / "song-cong.yaml").write_text(
        "unit: song-cong\nentries:\n  - {task: 08-CTr/agreement, date: 03/5/2023, doc: 01-CTr/BDV-VP}\n", encoding="utf-8"
    )
    assert about(judged(read(folder, None), REAL_DAY), SONG_CONG) == [("agreement-contradicted", Severity.ERROR, Verdict.BROKEN)]


def test_each_stream_owes_twelve_months_and_four_quarters(report):
    owed = Counter()
    for standing in report.standings:
        if standing.obligation.task.measure == "report" and standing.obligation.task.kind is Kind.RECURRING:
            owed[standing.obligation.unit.id, standing.obligation.task.id] += 1
    streams = {unit for unit, _ in owed}
    assert len(streams) == 20
    assert {owed[unit, "14-KH/5.1"] for unit in streams} == {12}
    assert {owed[unit, "14-KH/5.2"] for unit in streams} == {4}
    states = Counter(s.state for s in report.standings if s.obligation.task.id in ("14-KH/5.1", "14-KH/5.2"))
    # The report says of the two provincial bodies that they reported, without a number; of the offices it says nothing.
    assert states == {State.UNKNOWN: 2 * 16, State.OVERDUE: 18 * 16}


def test_the_doubtful_number_and_the_two_titles_are_found(report):
    rules = {(f.rule, f.row.get("written") or f.row.get("number")) for f in report.findings}
    assert ("figure-approximate", "gần 4.152 lượt cán bộ") in rules
    assert ("document-two-titles", "04-NQ/TU") in rules
    assert ("document-two-dates", "88/2019/QH14") in rules
    (approximate,) = [f for f in report.findings if f.rule == "figure-approximate"]
    line = (ROOT / approximate.at.file).read_text(encoding="utf-8").splitlines()[approximate.at.line - 1]
    assert "gần 4.152" in line


def test_the_commune_written_with_another_accent_is_found(report):
    (finding,) = [f for f in report.findings if f.rule == "unit-name-accents"]
    assert finding.row["written"] == "xã Văn Lãng"
    assert finding.row["unit_name"] == "Xã Văn Lăng"


def test_the_models_add_up(report):
    assert report.saw["figure-sum"] == 1
    assert not [f for f in report.findings if f.rule == "figure-sum"]


def test_nothing_is_done_that_is_not_shown(report):
    for standing in report.standings:
        if standing.state in (State.DONE, State.DONE_LATE):
            shown = standing.actuals[0]
            assert shown.doc or shown.quantity or shown.people, standing.obligation.key
    unverified = {s.obligation.task.id for s in report.standings if s.unverified}
    assert {"14-KH/1.5", "14-KH/1.7", "14-KH/2.3", "14-KH/2.4", "14-KH/4.3", "14-KH/5.5"} <= unverified


def test_no_target_is_made_up():
    (plan,) = [plan for plan in real().plans if plan.key == "14-KH"]
    assert len(plan.tasks) == 39
    assert [task.id for task in plan.tasks if task.target] == []


def test_without_options_the_newest_plan_with_records_is_shown_as_of_its_closing():
    for day in (date(2024, 1, 1), date(2025, 8, 1), date(2031, 2, 28)):
        assert newest(real(), day) == (("14-KH/BDVTU-BDT", "08-CTr/BDVTU-BDT"), date(2023, 12, 31))
    assert newest(real(), date(2023, 6, 1))[1] == date(2023, 6, 1)


def test_after_the_districts_ended_nothing_of_theirs_is_missing():
    later = judged(real(), date(2025, 12, 1), plans=("08-CTr/BDVTU-BDT",))
    assert Counter(s.state for s in later.standings) == {State.DONE: 8, State.EXEMPT: 1}


def test_the_same_bytes_on_two_days_and_in_two_locales():
    command = [sys.executable, "-m", "tracker", "check", "--as-of", "2023-12-31", "--format", "json", "--fail-on", "never"]
    first, second = (
        subprocess.run(command, cwd=ROOT, env={"PATH": "", "LC_ALL": locale, "PYTHONHASHSEED": seed}, capture_output=True, check=False)
        for locale, seed in (("C", "1"), ("vi_VN.UTF-8", "2"))
    )
    assert first.returncode == second.returncode == 0, first.stderr.decode()
    assert first.stdout == second.stdout
    assert json.loads(first.stdout)["version"] == 1

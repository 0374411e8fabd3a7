"""What records say of how far the work went, as it is read, and what the plan of 2023 shows of it."""

from datetime import date

import pytest
from projects import REAL_DAY, ROOT, judged, real

from tracker.read import read


def only(found):
    (row,) = found
    return row


def test_new_keys_are_read_from_yaml_and_csv(tmp_path):
    (tmp_path / "plans").mkdir()
    (tmp_path / "actuals").mkdir()
    (tmp_path / "plans" / "units.yaml").write_text("units:\n  - {id: a, name: Huyện A, kind: huyen}\n", encoding="utf-8")
    counted = "indicators:\n  - {id: uy-tin, title: Người có uy tín, population: người, counted: người}\n"
    (tmp_path / "plans" / "indicators.yaml").write_text(counted, encoding="utf-8")
    (tmp_path / "plans" / "p.yaml").write_text(
        "plan: P\nkey: P\ntitle: P\nperiod: 2023\ntable: more.csv\ntasks:\n"
        "  - {id: '1', title: Một, kind: milestone, for: a, items: [dự án 1, dự án 2], audience: uy-tin, basis: {stated: I}}\n",
        encoding="utf-8",
    )
    (tmp_path / "plans" / "more.csv").write_text('id,title,kind,for,items,basis\n2,Hai,milestone,a,"một, hai; ba",{stated: I}\n', encoding="utf-8")
    (tmp_path / "actuals" / "a.yaml").write_text(
        "unit: a\nentries:\n"
        '  - {task: P/1, date: 2023, items: dự án 1, outcome: Kiến nghị, reach: ["06 huyện, thành phố", 09 trường], returns: 7 đơn vị}\n',
        encoding="utf-8",
    )
    (tmp_path / "actuals" / "b.csv").write_text(
        'unit,task,date,items,outcome,reach,returns\na,P/2,2023,ba;bốn,Đạt,"2 huyện, thị xã;1 xã",3\na,P/2,2023,,,,\n', encoding="utf-8"
    )
    found = read(tmp_path, ROOT / "rules")
    assert found.problems == ()
    one, two = found.plans[0].tasks
    assert (one.items, one.audience, two.items) == (("dự án 1", "dự án 2"), "uy-tin", ("một, hai", "ba"))
    first, second, third = found.actuals
    assert (first.items, first.outcome, [q.text for q in first.reach]) == (("dự án 1",), "Kiến nghị", ["06 huyện, thành phố", "09 trường"])
    assert first.returns is not None
    assert (first.returns.value, first.returns.unit) == (7, "đơn vị")
    assert (second.items, second.outcome, [q.unit for q in second.reach]) == (("ba", "bốn"), "Đạt", ["huyện, thị xã", "xã"])
    assert (third.items, third.outcome, third.reach, third.returns) == ((), "", (), None)


def test_tables_of_ordinary_columns_still_go_by_whole_columns(tmp_path):
    (tmp_path / "plans").mkdir()
    (tmp_path / "actuals").mkdir()
    (tmp_path / "plans" / "units.yaml").write_text("units:\n  - {id: a, name: Huyện A, kind: huyen}\n", encoding="utf-8")
    (tmp_path / "actuals" / "b.csv").write_text("unit,task,date,outcome,returns\na,P/2,2023,Đạt,3\na,P/2,2023,,\n", encoding="utf-8")
    first, second = read(tmp_path, None).actuals
    assert (first.outcome, first.returns.value if first.returns else None) == ("Đạt", 3)
    assert (second.outcome, second.returns) == ("", None)


# The real plan


@pytest.fixture(scope="module")
def report():
    return judged(real(), REAL_DAY)


def said(report, rule):
    return [finding.row for finding in report.findings if finding.rule == rule]


def test_four_of_nine_districts_were_inspected_on_the_spot_and_no_outcome_is_printed(report):
    row = only(said(report, "inspection-indirect"))
    assert (row["direct"], row["total"], row["indirect"], row["counted"]) == (4, 9, 5, "huyện, thành phố")
    assert set(row["indirect_units"].split(",")) == {"phu-binh", "dai-tu", "song-cong", "pho-yen", "thai-nguyen"}
    assert len({one["unit"] for one in said(report, "inspection-without-outcome")}) == 9


def test_two_of_nine_districts_sent_groups_and_six_of_nine_were_spoken_to(report):
    found = {row["task"]: (row["reached"], row["total"]) for row in said(report, "task-coverage-partial")}
    assert found == {"14-KH/3.8": (2, 9), "14-KH/2.9": (6, 9)}
    assert {(row["counted"], row["named"]) for row in said(report, "figure-places-unnamed")} == {("trường", 0), ("huyện, thành phố", 0)}


def test_what_may_be_counted_twice(report):
    assert [(row["first"], row["second"]) for row in said(report, "figure-overlap-level")] == [("38 hội nghị", "01 hội nghị")]
    pairs = {(row["task"], row["other"]) for row in said(report, "figure-overlap-section")}
    assert pairs == {("14-KH/2.2", "14-KH/3.5"), ("14-KH/2.3", "14-KH/3.6")}


def test_areas_two_and_three_are_absent_from_2024(report):
    assert [row["area"] for row in said(report, "area-not-continued")] == ["2", "3"]
    assert [row["area"] for row in said(report, "area-without-figure")] == ["1", "5"]


def test_what_has_no_number_no_attendance_and_no_returns(report):
    missing = {row["task"] for row in said(report, "figure-missing")}
    assert missing == {f"14-KH/{number}" for number in ("2.1", "2.3", "2.4", "3.5", "3.6", "4.3")}
    assert [row["task"] for row in said(report, "figure-people-missing")] == ["14-KH/2.2"]
    assert {row["task"] for row in said(report, "review-returns-unknown")} == {"14-KH/1.5", "14-KH/1.7"}


def test_district_plans_of_which_nothing_is_printed_are_each_named(report):
    unknown = {row["unit"] for row in said(report, "plan-carried-over") if row["task"] == "14-KH/1.2"}
    assert len(unknown) == 9


def test_nothing_is_concluded_that_the_report_does_not_carry(report):
    # The report gives models for the province alone, and no list of ten projects.
    for rule in ("task-models-few", "task-models-unguided", "task-items-uncovered"):
        assert said(report, rule) == []
    assert not any(one.items for plan_ in real().plans for one in plan_.tasks)


def test_no_direction_of_2024_has_a_lead_or_a_day_of_its_own():
    later = judged(real(), date(2024, 1, 2), plans=("2024",))
    assert len(said(later, "task-without-owner")) == 13
    assert {row["task"] for row in said(later, "task-without-due")} == {"2024/2.1", "2024/2.2", "2024/2.3", "2024/2.4"}

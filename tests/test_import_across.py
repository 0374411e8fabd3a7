"""Tables that nobody had in mind: across, two in a sheet, headers far down, days inside of words. Understood or refused."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from inside import tracker
from openpyxl import Workbook
from projects import SHOWCASE, logs_of, showcase

from tracker import door
from tracker.intake.identity import plan
from tracker.intake.lookup import book
from tracker.intake.meaning import Asked
from tracker.intake.tables import understand_all
from tracker.model.intake import Understood, Wanted
from tracker.read.given import convert
from tracker.read.sheets import read_sheets

TODAY = date(2024, 12, 1)
KNOWN = book(showcase())
MONTHS = [f"Tháng {number}" for number in range(1, 13)]


def workbook(path: Path, rows: list[list[Any]], *merged: str) -> Path:
    book_ = Workbook()
    for row in rows:
        book_.active.append(row)
    for area in merged:
        book_.active.merge_cells(area)
    book_.save(path)
    return path


def understood(path: Path, rows: list[list[Any]], *merged: str, **wanted: Any) -> list[Understood]:
    sheets = read_sheets(workbook(path / "so.xlsx", rows, *merged))
    return [one for grid in sheets.grids for one in understand_all(grid, Asked(KNOWN, TODAY, Wanted(**wanted)))]


def told(table: Understood) -> list[tuple[object, ...]]:
    keys = ("task", "unit", "period", "date", "quantity", "doc")
    return [tuple(entry.values.get(key, "") for key in keys) for entry in table.entries]


def test_a_column_for_each_month(tmp_path: Path):
    rows = [
        ["THEO DÕI BÁO CÁO NĂM 2024"],
        ["STT", "Mã", "Đơn vị", *MONTHS],
        [1, "12-KH/5.1", "Ban Dân tộc", "x", date(2024, 2, 25), "25/3", "40-BC/BDT", "chưa gửi", "-", 3],
    ]
    (table,) = understood(tmp_path, rows)
    assert told(table) == [
        ("12-KH/5.1", "bdt", "2024-01", "2024-01", "", ""),
        ("12-KH/5.1", "bdt", "2024-02", "25/02/2024", "", ""),
        ("12-KH/5.1", "bdt", "2024-03", "25/03/2024", "", ""),
        ("12-KH/5.1", "bdt", "2024-04", "2024-04", "", "40-BC/BDT"),
        ("12-KH/5.1", "bdt", "2024-07", "2024-07", "3", ""),
    ]
    doubts = [[f"{one.column}{one.row} {one.code}" for one in entry.doubts] for entry in table.entries]
    assert doubts == [
        ["D3 intake-mark", "D3 intake-period-date"], [], [], ["G3 intake-period-date"], ["J3 intake-across", "J3 intake-period-date"],
    ]  # fmt: skip
    _, troubles = convert(showcase(), [entry.values for entry in table.entries])
    assert troubles == []
    assert len({values["id"] for _, values in plan([table], "0" * 64, ()).inserted}) == 5


def test_whose_task_the_columns_of_months_show_is_said_by_somebody(tmp_path: Path):
    rows = [["Năm 2024"], ["STT", "Đơn vị", "Quý I", "Q2", "quý 3"], [1, "Huyện Tân An", "31/3", "30/6", None]]
    (table,) = understood(tmp_path, rows)
    assert [one.code for one in table.refused] == ["intake-no-task"]
    (table,) = understood(tmp_path, rows, task="12-KH/5.2")
    assert told(table) == [("12-KH/5.2", "tan-an", "2024-Q1", "31/03/2024", "", ""), ("12-KH/5.2", "tan-an", "2024-Q2", "30/06/2024", "", "")]


def test_a_column_for_each_unit(tmp_path: Path):
    rows = [
        ["STT", "Nội dung", "Kết quả", None, None, "Ghi chú"],
        [None, None, "Huyện Tân An", "Thị xã Hạ Lâm", "Nậm Khê", None],
        [1, "12-KH/1.2", "15/3/2024", None, "chưa có", "đã ký"],
        [2, "12-KH/1.2", "=1+", 2, "ok", None],
    ]
    (table,) = understood(tmp_path, rows, "C1:E1", "A1:A2", "B1:B2", "F1:F2")
    assert told(table) == [("12-KH/1.2", "tan-an", "", "15/03/2024", "", "")]
    assert table.entries[0].values["note"] == "đã ký"
    assert {one.row for one in table.refused} == {4}, "a row is one thing: refused with every cell that is wrong in it"
    assert {f"{one.column} {one.code}" for one in table.refused} >= {"E intake-cell", "C intake-formula"}


def test_names_of_units_in_two_columns_are_no_table_across(tmp_path: Path):
    rows = [["STT", "Mã", "Ngày thực hiện", "Ban Dân tộc", "Đơn vị"], [1, "12-KH/2.1", "15/8/2024", "x", "bdt"]]
    (table,) = understood(tmp_path, rows)
    assert told(table) == [("12-KH/2.1", "bdt", "", "15/08/2024", "", "")]


def test_two_tables_in_one_sheet(tmp_path: Path):
    rows = [
        ["KẾT QUẢ NĂM 2024"],
        ["STT", "Mã", "Đơn vị", "Ngày thực hiện", "Số hội nghị"],
        [1, "12-KH/2.1", "Ban Dân tộc", "14/6", 3],
        ["STT", "Mã", "Đơn vị", "Ngày thực hiện", "Số hội nghị"],
        [2, "12-KH/2.1", "Ban Dân tộc", "16/6", 1],
        [],
        ["Bảng 2. Đoàn đi học tập"],
        ["STT", "Mã", "Ngày thực hiện", "Số đoàn", "Đơn vị"],
        [1, "12-KH/2.5", "15/6", 2, "Ban Dân tộc"],
        [2, "12-KH/2.1", "14/6", 3, "Ban Dân tộc"],
    ]
    first, second = understood(tmp_path, rows)
    assert [row[0] for row in told(first)] == ["12-KH/2.1", "12-KH/2.1"]
    assert told(second)[0] == ("12-KH/2.5", "bdt", "", "15/06/2024", "2 đoàn", ""), "the year stands above the first"
    assert [(one.row, one.code) for one in second.skipped] == [(7, "intake-title")]
    assert len({values["id"] for _, values in plan([first, second], "0" * 64, ()).inserted}) == 4


@pytest.mark.parametrize(
    ("text", "day"),
    [("Đã tổ chức ngày 5/5", "05/05/2024"), ("Đã xong 15/8/2024", "15/08/2024"), ("Đã hoàn thành 05/05", ""), ("Từ ngày 5/5 đến ngày 7/5", "")],
)
def test_a_day_inside_of_the_result(text: str, day: str, tmp_path: Path):
    rows = [["SỔ NĂM 2024"], ["STT", "Mã", "Đơn vị", "Thời hạn", "Kết quả"], [1, "12-KH/2.1", "bdt", "30/9", text]]
    (table,) = understood(tmp_path, rows)
    assert [entry.values["date"] for entry in table.entries] == ([day] if day else [])
    assert [one.code for one in table.refused] == ([] if day else ["intake-no-date"])
    assert all("intake-result-day" in {one.code for one in entry.doubts} for entry in table.entries)


def test_a_header_far_down_and_days_without_a_year(tmp_path: Path):
    rows: list[list[Any]] = [[text] for text in ("UBND TỈNH", "", "Mẫu số 01", "BIỂU TỔNG HỢP", "a", "b", "c", "d")]
    rows += [["STT", "Tên nhiệm vụ", "Chủ trì", "Ngày tổ chức", "Số cuộc"], [1, "12-KH/2.1", "Ban Dân tộc", "14/06", 3], [2, "Tổng kết năm", "bdt", "15/6", 1]]
    (table,) = understood(tmp_path, rows)
    assert [(one.row, one.code) for one in table.refused] == [(10, "intake-year"), (11, "intake-year")]
    (table,) = understood(tmp_path, rows, year=2024)
    assert [entry.values["date"] for entry in table.entries] == ["14/06/2024", "15/06/2024"], "Tổng kết is no total"


def test_what_was_planned_is_not_what_was_done(tmp_path: Path):
    rows = [
        ["STT", "Mã", "Đơn vị", "Kế hoạch", None, "Thực hiện", None, "Ngày (dự kiến)"],
        [None, None, None, "Số hội nghị", "Thời gian", "Số hội nghị", "Ngày tổ chức", None],
        [1, "12-KH/2.1", "bdt", 5, "Quý III/2024", 3, "15/8/2024", "01/7/2024"],
    ]
    (table,) = understood(tmp_path, rows, "D1:E1", "F1:G1", "A1:A2", "B1:B2", "C1:C2", "H1:H2")
    assert told(table) == [("12-KH/2.1", "bdt", "", "15/08/2024", "3 hội nghị", "")]


def test_a_second_column_of_a_kind_is_doubted_where_it_says_something(tmp_path: Path):
    rows = [["STT", "Mã", "Đơn vị", "Ngày tổ chức", "Số hội nghị", "Số lớp"], [1, "12-KH/2.1", "bdt", "15/8/2024", 3, None], [2, "12-KH/2.1", "bdt", "16/8/2024", 1, 2]]
    (table,) = understood(tmp_path, rows)
    assert [[f"{one.column}{one.row} {one.code}" for one in entry.doubts] for entry in table.entries] == [[], ["F3 intake-again"]]


def test_from_one_column_to_another(tmp_path: Path):
    rows: list[list[Any]] = [["Mã", "Đơn vị", "Từ ngày", "Đến ngày", "Số lớp"]]
    days = [("14/6/2024", "16/6/2024"), (date(2024, 6, 14), date(2024, 6, 14)), ("16/6/2024", "14/6/2024"), ("tháng 6/2024", "14/6/2024"), ("14/6/2024", None)]
    rows += [["12-KH/2.3", "bdvtu", first, last, 1] for first, last in days]
    (table,) = understood(tmp_path, rows)
    assert [entry.values["date"] for entry in table.entries] == ["14/06/2024..16/06/2024", "14/06/2024", "14/06/2024"]
    assert [(one.row, one.column, one.code) for one in table.refused] == [(4, "D", "intake-until"), (5, "D", "intake-until")]


def test_times_of_day_units_with_and_and_two_tasks_at_once(tmp_path: Path):
    rows: list[list[Any]] = [["Mã", "Đơn vị", "Ngày tổ chức", "Kết quả"]]
    rows += [
        ["12-KH/2.1", "bdt", "15/08/2024 08:30", "3 hội nghị;"],
        ["12-KH/2.1", "Ban Dân vận và Ban Dân tộc", "8h00 ngày 15/8/2024", "3 hội nghị"],
        ["12-KH/2.1, 2.5", "bdt", "15/8/2024", "3 hội nghị"],
        ["12-KH/2.1 và 12-KH/2.5", "bdt", "15/8/2024", "3 hội nghị"],
        ["12-KH/2.1", "bdt", "14h ngày 15/8/2024", ";"],
        ["12-KH/2.1", "Ban Dân tộc - Sở X", "15/8/2024", "3 hội nghị"],
    ]
    (table,) = understood(tmp_path, rows)
    assert [(entry.values["date"], entry.values.get("quantity")) for entry in table.entries] == [
        ("15/08/2024", "3 hội nghị"), ("15/08/2024", "3 hội nghị"), ("15/08/2024", None),
    ]  # fmt: skip
    assert table.entries[1].values["units"] == ("bdvtu", "bdt")
    assert table.entries[2].values["note"] == ";"
    assert [(one.row, one.code) for one in table.refused] == [(4, "intake-task-several"), (5, "intake-task-several"), (7, "intake-unit-near")]


def test_a_table_that_says_nothing_of_deeds_is_said_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(door, "today", lambda: TODAY)
    path = workbook(tmp_path / "danh-ba.xlsx", [["STT", "Đơn vị", "Nội dung"], [1, "Ban Dân tộc", "12-KH/2.1"]])
    ran = tracker("import", str(path), "--project", str(logs_of(SHOWCASE, tmp_path / "project")), "--yes", "--lang", "en")
    assert ran.code == 2, "nobody is to take it for a log in which nothing was done"
    assert "No column of days, periods, amounts, results or documents is understood" in ran.out

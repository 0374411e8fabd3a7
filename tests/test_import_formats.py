"""How tables are laid out in each kind of file: what CSV, Parquet and rich text of Excel need that the others do not."""

import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from projects import showcase

from tracker.intake.lookup import book
from tracker.intake.meaning import Asked, understand
from tracker.model.intake import Understood
from tracker.read.sheets import plain_number, read_sheets, suffixes
from tracker.read.sheets.xlsx import _cell

KNOWN = book(showcase())


def understood(path: Path) -> Understood:
    sheets = read_sheets(path)
    assert sheets.problems == ()
    return understand(sheets.grids[0], Asked(KNOWN, date(2024, 12, 1)))


def csv(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def code(path: Path) -> str:
    sheets = read_sheets(path)
    assert sheets.grids == ()
    return sheets.problems[0].code


def test_parquet_has_days_and_numbers_of_its_own(tmp_path: Path):
    table = pa.table({
        "Mã": ["12-KH/2.1", "12-KH/2.1", None],
        "Đơn vị": ["bdt", "Ban Dân tộc", None],
        "Ngày thực hiện": pa.array([date(2024, 8, 15), date(2024, 9, 1), None], pa.date32()),
        "Số hội nghị": pa.array([Decimal("2.000"), Decimal("1.000"), None]),
        "Ngày ghi": pa.array([datetime.fromisoformat("2024-08-20T09:30"), None, None], pa.timestamp("us")),
        "Số người": pa.array([160.0, float("nan"), None]),
        "Ghi chú": pa.array(["dòng một\ndòng hai", "x", None]).dictionary_encode(),
    })  # fmt: skip
    pq.write_table(table, tmp_path / "so.parquet")
    found = understood(tmp_path / "so.parquet")
    assert [dict(entry.values) for entry in found.entries] == [{
        "task": "12-KH/2.1", "unit": "bdt", "date": "15/08/2024", "quantity": "2 hội nghị", "people": "160 người",
        "note": "dòng một dòng hai", "recorded": "20/08/2024",
    }]  # fmt: skip
    assert [(one.row, one.code) for one in found.refused] == [(3, "value-quantity")], "no number is no amount"


def test_parquet_that_is_none_too_large_or_nested_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "so.parquet"
    path.write_bytes(b"PAR1" + b"\0" * 40 + b"PAR1")
    assert code(path) == "sheet-broken"
    pq.write_table(pa.table({"Mã": ["x"], "Đơn vị": [["bdt", "bdvtu"]]}), path)
    problem = read_sheets(path).problems[0]
    assert (problem.code, problem.args["column"]) == ("sheet-parquet-column", "Đơn vị")
    pq.write_table(pa.table({"Mã": pa.array([], pa.string())}), path)
    assert code(path) == "sheet-empty"
    pq.write_table(pa.table({"Mã": pa.nulls(2_000_001, pa.string())}), path)
    assert code(path) == "sheet-too-big"
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert code(path) == "sheet-parquet-extra"
    assert ".parquet" in suffixes()
    assert code(tmp_path / "khong-co.parquet") == "sheet-parquet-extra"


def test_a_header_in_two_rows_of_csv_is_read_as_that_of_excel(tmp_path: Path):
    rows = (
        "SỔ THEO DÕI NĂM 2024;;;;;;", "TT;Nội dung;Cơ quan chủ trì;Kết quả;;Thời gian thực hiện;Ghi chú",
        ";;;Số hội nghị;Số đại biểu;;", "1;12-KH/2.1;Ban Dân tộc;3;trên 4.700;15/8;",
    )  # fmt: skip
    found = understood(csv(tmp_path / "so.csv", *rows))
    assert found.header == (2, 3)
    assert [(one.header, one.key) for one in found.columns][3:5] == [
        ("Kết quả / Số hội nghị", "quantity"),
        ("Kết quả / Số đại biểu", "people"),
    ]
    assert dict(found.entries[0].values) == {
        "task": "12-KH/2.1", "unit": "bdt", "date": "15/08/2024", "quantity": "3 hội nghị", "people": "trên 4.700 đại biểu",
        "recorded": "01/12/2024",
    }  # fmt: skip


@pytest.mark.parametrize(
    "second",
    [
        "1;12-KH/2.1;Ban Dân tộc;3;;15/8/2024;",
        ";12-KH/2.5;Ban Dân tộc;3;;15/8/2024;có ghi chú",
        ";;;3;4;;",
        "I;Tuyên truyền;;;;;",
    ],
)
def test_a_row_of_data_is_no_second_row_of_the_header(second: str, tmp_path: Path):
    rows = ("TT;Nội dung;Cơ quan chủ trì;Kết quả;;Thời gian;Ghi chú", second, "2;12-KH/2.1;bdt;3 hội nghị;;16/8/2024;")
    assert understood(csv(tmp_path / "so.csv", *rows)).header == (1,)


def rich(*runs: tuple[str, str] | str) -> CellRichText:
    return CellRichText(*(run if isinstance(run, str) else TextBlock(InlineFont(rFont=run[0]), run[1]) for run in runs))


def test_several_fonts_in_one_cell_are_read_run_by_run(tmp_path: Path):
    book_, path = Workbook(), tmp_path / "so.xlsx"
    sheet = book_.active
    sheet.append(["Mã", "Đơn vị", "Ngày thực hiện", "Ghi chú"])
    sheet.append(["12-KH/2.1", "bdt", "15/8/2024", rich((".VnTime", "héi nghÞ "), ("Times New Roman", "của nhân dân"))])
    sheet.append(["12-KH/2.1", "bdt", "16/8/2024", rich((".VnTime", "d©n vËn "), ("VNI-Times", "nhaân daân"))])
    sheet.append(["12-KH/2.1", "bdt", "17/8/2024", rich("héi nghÞ ", ("Times New Roman", "của dân"))])
    sheet.append(["12-KH/2.1", "bdt", "18/8/2024", rich(("Arial", "Señor "), ("Arial", "Muñoz"))])
    sheet["D4"].font = Font(name=".VnTime")
    book_.save(path)
    entries = understood(path).entries
    notes = ["hội nghị của nhân dân", "dân vận nhân dân", "hội nghị của dân", "Señor Muñoz"]
    assert [entry.values["note"] for entry in entries] == notes
    assert [[(one.code, one.args["font"], one.args["encoding"]) for one in entry.doubts] for entry in entries] == [
        [("intake-legacy", ".VnTime", "TCVN3")],
        [("intake-legacy", ".VnTime, VNI-Times", "TCVN3, VNI")],
        [("intake-legacy", ".VnTime", "TCVN3")],
        [],
    ]
    assert entries[0].doubts[0].args["text"] == "héi nghÞ của nhân dân"
    assert _cell(sheet["D5"], None).remark is None


def test_days_that_an_event_took(tmp_path: Path):
    days = ["14–16/6/2024", "28/6 - 02/7", "từ 14 đến 16/8", '"14, 15/6/2024"', '"14, 18/6/2024"', "30/11 - 02/12", "Quý II–III"]
    rows = ["Kết quả năm 2024,,", "Mã,Đơn vị,Ngày thực hiện", *(f"12-KH/2.1,bdt,{text}" for text in days)]
    found = understood(csv(tmp_path / "so.csv", *rows))
    assert [entry.values["date"] for entry in found.entries] == [
        "14/06/2024..16/06/2024", "28/06/2024..02/07/2024", "14/08/2024..16/08/2024", "14/06/2024..15/06/2024", "Quý II–III/2024",
    ]  # fmt: skip
    assert [(one.row, one.code) for one in found.refused] == [(7, "value-apart"), (8, "intake-future")]


def test_numbers_as_a_vietnamese_reader_writes_them():
    assert [plain_number(one) for one in (2359.0, 0.5, -3, Decimal("6.470"), float("inf"))] == ["2359", "0,5", "-3", "6,47", "inf"]

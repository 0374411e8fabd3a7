"""Tables as workbooks for people: what is text stays text, what is a number or a day stays one, the same bytes each time."""

import io
from datetime import date
from decimal import Decimal
from time import process_time
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, strategies as st
from inside import tracker
from projects import SHOWCASE, SHOWCASE_DAY, edited

from tracker.exported import exported
from tracker.lang import languages, words
from tracker.model.table import Column, Type
from tracker.model.tables import RULES, TABLES
from tracker.periods import Days
from tracker.render.table import Layout, renderer, xlsx
from tracker.render.xlsx import book
from tracker.run import Asked

ASKED = Asked(Days(SHOWCASE_DAY, SHOWCASE_DAY))
LAYOUT = Layout("Bảng thử", "Tính đến 20/10/2024.", words("vi"), {}, {})


def laid_out(columns, rows, layout=LAYOUT):
    return openpyxl.load_workbook(io.BytesIO(renderer("xlsx")(columns, rows, layout))).active


@pytest.mark.parametrize("code", languages())
def test_every_table_and_column_has_a_heading(code):
    said = words(code)
    exported_tables = [table for name, table in TABLES.items() if name != RULES.name]
    assert {table.name for table in exported_tables} <= set(said.table["table"])
    named = {column.name for table in exported_tables for column in table.columns} | {"file", "line", "as_of", "known_by"}
    assert named <= set(said.table["column"])
    for table in exported_tables:
        heads = [said(f"column.{column.name}") for column in table.columns]
        assert len(set(heads)) == len(heads), f"two columns of {table.name} have one heading"


@pytest.mark.parametrize("name", [name for name in TABLES if name != RULES.name])
def test_every_table_keeps_its_rows_their_order_and_its_values(name):
    _, columns, rows = exported(edited(), ASKED, name)
    units = {unit.id: unit for unit in edited().units}
    sheet = laid_out(columns, rows, LAYOUT._replace(units=units))
    assert [cell.value for cell in sheet[3]] == [column.name for column in columns]
    assert sheet.max_row == 4 + len(rows)
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref.startswith("A4:")
    for written, row in zip(sheet.iter_rows(min_row=5), rows, strict=True):
        for cell, column, value in zip(written, columns, row, strict=True):
            if column.type is Type.DATE and value is not None:
                assert (cell.value.date(), cell.number_format) == (value, "dd/mm/yyyy")
            elif column.type is Type.NUMBER and value is not None:
                assert float(cell.value) == pytest.approx(float(value), rel=1e-14)
            elif value in (None, ""):
                assert cell.value is None
            else:
                assert cell.data_type == "s"


def test_a_formula_in_a_text_is_a_text_and_stays_one_when_somebody_edits_it():
    columns = (Column("title", Type.TEXT, ""), Column("n", Type.NUMBER, ""))
    texts = ["=1+1", "-2+3", "+1", "@x", "#N/A", '=HYPERLINK("http://x")', "TRUE", "1234", "01/02/2023"]
    raw = renderer("xlsx")(columns, [[text, 1] for text in texts], LAYOUT)
    sheet = openpyxl.load_workbook(io.BytesIO(raw)).active
    found = [sheet.cell(5 + number, 1) for number in range(len(texts))]
    assert [cell.value for cell in found] == texts
    assert {cell.data_type for cell in found} == {"s"}
    assert [cell.quotePrefix for cell in found] == [text[0] in "=+-@" for text in texts]
    assert b"<f>" not in ZipFile(io.BytesIO(raw)).read("xl/worksheets/sheet1.xml")


def test_control_characters_are_seen():
    sheet = laid_out((Column("title", Type.TEXT, ""),), [["a\x07b\u202ec\ud800\x0bd\ne"]])
    assert sheet["A5"].value == "a\\x07b\\u202ec\\ud800\\x0bd\\x0ae"


@given(st.one_of(st.integers(-10**14, 10**14), st.decimals(-10**6, 10**6, places=3)))
def test_a_number_of_at_most_fifteen_digits_is_exact(value):
    made = book.put(value).value
    assert Decimal(repr(made)) == value


def test_numbers_that_no_spreadsheet_holds():
    assert book.put(1234567890123456789) == book.Put("1234567890123456789")
    assert book.put(Decimal(1) / 3) == book.Put(0.3333333333333333, "#,##0.00")
    assert book.put(Decimal("8.57")) == book.Put(8.57, "#,##0.00")
    assert book.put(Decimal("1E+3")) == book.Put(1000, "#,##0")
    assert book.put(date(1850, 1, 2)) == book.Put("1850-01-02")


def test_cells_that_are_written_without_the_library_read_as_they_were_meant():
    columns = (Column("a", Type.TEXT, ""), Column("b", Type.NUMBER, ""), Column("c", Type.DATE, ""), Column("d", Type.TRUTH, ""))
    rows = [
        [' <a> & "b" ', Decimal("8.5"), date(1900, 3, 1), True],
        ["_x0041_", Decimal("8.50"), date(2024, 2, 29), False],
        ["", 8, date(1850, 1, 2), None],
        [None, Decimal(1) / 3, None, True],
    ]
    sheet = laid_out(columns, rows)
    assert [sheet.cell(5 + number, 1).value for number in range(4)] == [' <a> & "b" ', "_x005F_x0041_", None, None]
    assert [(cell.value, cell.number_format) for cell in sheet["B"][4:]] == [
        (8.5, "#,##0.0"), (8.5, "#,##0.00"), (8, "#,##0"), (0.3333333333333333, "#,##0.00"),
    ]  # fmt: skip
    assert [cell.value.date() if cell.is_date else cell.value for cell in sheet["C"][4:]] == [date(1900, 3, 1), date(2024, 2, 29), "1850-01-02", None]
    assert [cell.value for cell in sheet["D"][4:]] == ["có", "không", None, "có"]
    assert {cell.border.left.style for row in sheet.iter_rows(min_row=5) for cell in row} == {"thin"}, "empty ones too"
    assert [cell.alignment.horizontal for cell in sheet[5]] == ["left", "right", "center", "center"]


def test_a_large_table_is_written_in_the_time_of_a_few_tables_of_text():
    columns = [Column(f"c{number}", Type.TEXT, "") for number in range(30)]
    rows = [[f"chữ {(row * column) % 7}" for column in range(30)] for row in range(600)]
    fast, slow = (min(_took(name, columns, rows) for _ in range(2)) for name in ("csv", "xlsx"))
    assert slow < 40 * fast, "openpyxl alone takes a hundred times as long; of a large table it is four, of the whole command two"


def _took(name, columns, rows) -> float:
    begun = process_time()
    renderer(name)(columns, rows, LAYOUT)
    return process_time() - begun


def test_names_of_sheets():
    assert book.sheet_name("a[b]:c*d?e/f\\g") == "a-b--c-d-e-f-g"
    assert book.sheet_name("'tên'") == "tên"
    assert book.sheet_name("History") == "History-"
    assert book.sheet_name("") == "-"
    long = book.sheet_name("x" * 40)
    assert len(long) == 31
    assert book.sheet_name("X" * 40, [long]) == "X" * 27 + " (2)"


def test_what_does_not_fit_is_refused_and_never_cut(monkeypatch):
    columns = (Column("title", Type.TEXT, ""),)
    with pytest.raises(book.TooLargeError) as met:
        laid_out(columns, [["x" * 32_768]])
    assert (met.value.what, met.value.found) == ("text", 32_768)
    with pytest.raises(book.TooLargeError) as met:
        laid_out(columns, range(book.ROWS))
    assert (met.value.what, met.value.found, met.value.most) == ("rows", 1_048_576, 1_048_572)
    monkeypatch.setattr(book, "ROWS", 10)
    done = tracker("export", "standings", "--project", str(SHOWCASE), "--as-of", "20/10/2024", "--format", "xlsx")
    assert done.code == 2
    assert "--format csv" in done.err


def test_two_runs_give_the_same_bytes_and_no_clock(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        done = tracker("export", "units", "--project", str(SHOWCASE), "--as-of", "20/10/2024", "--format", "xlsx", "-o", str(tmp_path / name))
        assert done.code == 0
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with ZipFile(tmp_path / "a.xlsx") as zipped:
        assert {part.date_time for part in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01T00:00:00Z" in zipped.read("docProps/core.xml")
        assert b"/2026" not in zipped.read("docProps/core.xml")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert (sheet["A1"].value, sheet["A2"].value) == ("Tình hình các đơn vị", "Tính đến 20/10/2024; số liệu ghi nhận đến 20/10/2024.")
    assert sheet["A4"].value == "Đơn vị"
    assert sheet["A5"].value == "Tỉnh Minh Sơn"


def test_columns_are_as_wide_as_what_stands_in_them():
    sheet = laid_out((Column("a", Type.TEXT, ""), Column("b", Type.TEXT, "")), [["x" * 20, "y" * 500]])
    assert sheet.column_dimensions["A"].width == 22
    assert sheet.column_dimensions["B"].width == xlsx._WIDE
    assert sheet["B5"].alignment.wrap_text
    assert sheet.row_dimensions[5].height > 100
    assert sheet.row_dimensions[3].height is None


def test_lines_that_a_text_takes():
    assert book.lines("", 10) == book.lines("a b c", 10) == 1
    assert book.lines("mười hai chữ cái dài", 10) == 2
    assert book.lines("x" * 100, 10) >= 8

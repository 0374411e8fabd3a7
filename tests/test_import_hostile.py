"""Files that want more than to be read: each is refused by name, and nothing of it is opened, fetched or run."""

import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from docx import Document
from inside import tracker
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart
from projects import SHOWCASE, logs_of
from workbooks import swapped

from tracker.lang import problems
from tracker.read.sheets import read_sheets
from tracker.read.sheets.docx import _W

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def rebuilt(path: Path, **parts: bytes) -> Path:
    """The workbook with parts put in or changed."""
    with zipfile.ZipFile(path) as old:
        kept = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in (
            kept | {key.replace("__", "/").replace("_X", "."): data for key, data in parts.items()}
        ).items():
            new.writestr(name, data)
    return path


def sheet_with(path: Path, old: bytes, new: bytes) -> Path:
    name = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path) as packed:
        text = packed.read(name)
    assert old in text
    return rebuilt(path, **{name: text.replace(old, new, 1)})


def bomb(path: Path) -> Path:
    return rebuilt(swapped(path), **{"xl/media/a.bin": b"\0" * 30_000_000})


def macro(path: Path) -> Path:
    return rebuilt(swapped(path), **{"xl/vbaProject.bin": OLE})


def entity(path: Path) -> Path:
    return sheet_with(swapped(path), b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet')


def wide_characters(path: Path) -> Path:
    return rebuilt(
        swapped(path), **{"xl/worksheets/sheet1.xml": '<?xml version="1.0"?><!DOCTYPE a []><a/>'.encode("utf-16")}
    )


def merged(path: Path) -> Path:
    whole = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return sheet_with(swapped(path), b"</sheetData>", whole)


def far(path: Path) -> Path:
    return sheet_with(
        swapped(path), b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )


def link(path: Path) -> Path:
    book = Workbook()
    book.active.title = "Liên kết"
    for row in (["Mã", "Đơn vị", "Ngày", "Số lượng"], ["12-KH/2.1", "bdt", "15/8/2024", "='[1]Sheet1'!A1"]):
        book.active.append(row)
    book.save(path)
    return path


def locked(path: Path) -> Path:
    path.write_bytes(OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    return path


def old(path: Path) -> Path:
    path.write_bytes(OLE + b"\0" * 600)
    return path


def torn(path: Path) -> Path:
    whole = swapped(path).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def other(path: Path) -> Path:
    path.write_text("Nội dung,Đơn vị,Ngày\n", encoding="utf-8")
    return path


def lying(path: Path) -> Path:
    return sheet_with(swapped(path), b"<sheetData>", b"<sheetData><row r='x'><c r='?'>")


def climbing(path: Path) -> Path:
    """Parts whose names lead out of the package: nothing is unpacked, so they are parts like any other."""
    return rebuilt(swapped(path), **{"../../../evil.xml": b"<a/>", "C:\\evil.xml": b"<a/>"})


def linked(path: Path) -> Path:
    """A part that names another workbook, which no cell asks: it is not opened."""
    part = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><ddeLink ddeService="cmd" ddeTopic="/C calc"/></externalLink>'
    return rebuilt(swapped(path), **{"xl/externalLinks/externalLink1.xml": part})


def embedded(path: Path) -> Path:
    """A program inside of the workbook."""
    return rebuilt(swapped(path), **{"xl/embeddings/oleObject1.bin": OLE + b"MZ"})


def bare(path: Path) -> Path:
    Workbook().save(path)
    return path


GALLERY: list[tuple[Callable[[Path], Path], str]] = [
    (bomb, "sheet-bomb"), (macro, "sheet-macro"), (entity, "sheet-entity"), (wide_characters, "sheet-entity"),
    (merged, "sheet-merged"), (far, "sheet-too-big"), (link, "sheet-link"), (locked, "sheet-locked"), (old, "sheet-old"),
    (torn, "sheet-broken"), (other, "sheet-broken"), (lying, "sheet-broken"), (bare, "sheet-empty"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "code"), GALLERY, ids=lambda one: getattr(one, "__name__", one))
def test_each_is_refused_by_name(make: Callable[[Path], Path], code: str, tmp_path: Path):
    path = make(tmp_path / "sổ.xlsx")
    sheets = read_sheets(path)
    assert sheets.grids == ()
    assert [one.code for one in sheets.problems] == [code]
    ran = tracker("import", str(path), "--project", str(SHOWCASE), "--yes")
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith("sổ.xlsx:")
    assert str(tmp_path) not in ran.err


def test_a_link_is_named_with_its_sheet_and_cell(tmp_path: Path):
    ran = tracker("import", str(link(tmp_path / "so.xlsx")), "--project", str(SHOWCASE), "--lang", "en")
    assert "Liên kết, cell D2" in ran.err


@pytest.mark.parametrize("make", [climbing, linked, embedded], ids=lambda one: one.__name__)
def test_what_a_workbook_carries_along_is_left_where_it_is(make: Callable[[Path], Path], tmp_path: Path):
    inside = tmp_path / "a" / "b" / "c" / "d"
    inside.mkdir(parents=True)
    before = sorted(make(inside / "so.xlsx").parent.parent.rglob("*"))
    sheets = read_sheets(inside / "so.xlsx")
    assert sheets.problems == ()
    assert [len(grid.lines) for grid in sheets.grids] == [4]
    assert sorted(inside.parent.rglob("*")) == before
    assert not list(tmp_path.rglob("evil*"))


def test_a_name_is_no_path(tmp_path: Path):
    project = logs_of(SHOWCASE, tmp_path / "project")
    path = swapped(tmp_path / "..%2f..&|;$(x) CON.xlsx")
    ran = tracker("import", str(path), "--project", str(project), "--yes")
    assert ran.code == 1
    assert [log.name for log in (project / "actuals" / "2024").glob("nhap-*")] == ["nhap-2f..-x-con.yaml"]


def test_tables_of_nothing_but_commas_or_empty_cells_are_too_big(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for kind in ("csv", "docx"):
        monkeypatch.setattr(f"tracker.read.sheets.{kind}.CELLS", 2_000)
    path = tmp_path / "so.csv"
    path.write_bytes(b"a,b\n" + b"," * 2_001)
    assert [one.code for one in read_sheets(path).problems] == ["sheet-too-big"]
    document = Document()
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "Mã"
    row = table._tbl.tr_lst[0]
    row.get_or_add_trPr().insert(0, row.makeelement(f"{_W}gridBefore", {f"{_W}val": "199"}))
    table._tbl.extend(deepcopy(row) for _ in range(11))
    document.save(str(tmp_path / "so.docx"))
    assert [(one.code, one.args["why"]) for one in read_sheets(tmp_path / "so.docx").problems] == [("sheet-broken", "OverflowError")]


@pytest.mark.parametrize(
    ("suffix", "code"),
    [
        (".xls", "sheet-old"),
        (".doc", "sheet-old-word"),
        (".xlsm", "sheet-macro"),
        (".xlsb", "sheet-old"),
        (".ods", "sheet-other"),
        (".pdf", "sheet-suffix"),
    ],
)
def test_other_kinds_are_told_how_to_be_saved(suffix: str, code: str, tmp_path: Path):
    path = tmp_path / f"so{suffix}"
    path.write_bytes(OLE)
    assert [one.code for one in read_sheets(path).problems] == [code]
    assert ".xlsx" in problems("vi")[code] or ".docx" in problems("vi")[code] or "{known}" in problems("vi")[code]


def test_text_that_looks_like_a_formula_or_a_command_is_text(tmp_path: Path):
    path = tmp_path / "so.csv"
    path.write_text(
        'Mã,Đơn vị,Ngày,Ghi chú\n12-KH/2.1,bdt,15/8/2024,"=HYPERLINK(""x"")"\n"::error::x",bdt,15/8/2024,\x1b[31m\u202e\n',
        encoding="utf-8",
    )
    ran = tracker("import", str(path), "--project", str(SHOWCASE))
    assert ran.code in {1, 2}
    assert "\x1b" not in ran.out + ran.err
    assert "\u202e" not in ran.out + ran.err
    assert not any(line.lstrip().startswith("::") for line in ran.out.splitlines())


def test_a_hidden_character_is_refused_with_its_cell(tmp_path: Path):
    path = swapped(tmp_path / "so.xlsx")
    book = load_workbook(path)
    book.active["E3"] = "1 hội\u202e nghị"
    book.save(path)
    ran = tracker("import", str(path), "--project", str(SHOWCASE), "--accept-doubts")
    assert ran.code == 2
    assert "Nhật ký!E3" in ran.out
    assert "U+202E" in ran.out
    assert "\u202e" not in ran.out


def test_a_missing_file_is_said(tmp_path: Path):
    for name in ("a.xlsx", "a.csv"):
        ran = tracker("import", str(tmp_path / name), "--project", str(SHOWCASE))
        assert ran.code == 2
        assert name in ran.err


def test_cells_that_only_a_spreadsheet_understands_do_no_harm(tmp_path: Path):
    path = swapped(tmp_path / "so.xlsx")
    book = load_workbook(path)
    book.active["F2"] = "=cmd|' /C calc'!A0"
    book.create_chartsheet("Biểu đồ").add_chart(BarChart())
    book.save(path)
    sheets = read_sheets(path)
    assert sheets.problems == ()
    assert [grid.sheet for grid in sheets.grids] == ["Nhật ký"]

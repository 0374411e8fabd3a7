"""`tracker import`: logs as people keep them become entries; each doubt has its cell, and nothing is written twice."""

import re
from datetime import date
from pathlib import Path

import pytest
from annexes import ANNEXES, split_rows
from golden_files import same
from hypothesis import HealthCheck, given, settings, strategies as st
from inside import Ran, tracker
from openpyxl import load_workbook
from projects import ROOT, SHOWCASE, logs_of, showcase
from workbooks import WORKBOOKS, grouped, serials, swapped

from tracker import door
from tracker.intake.identity import plan
from tracker.intake.lookup import book
from tracker.intake.meaning import Asked, understand
from tracker.intake.tables import understand_all
from tracker.model.grid import Cell, Grid, Line, letter
from tracker.model.intake import Understood
from tracker.read import read
from tracker.read.given import convert
from tracker.read.sheets import read_sheets
from tracker.read.sheets.legacy import converted
from tracker.read.values import clean

TODAY = date(2024, 12, 1)
KNOWN = book(showcase())
EXPECTED = {"grouped": 1, "swapped": 1, "old_font": 1, "decomposed": 2, "hidden": 2, "serials": 2}
LOG = ROOT / "tests" / "logs" / "so-nghi-ngo.csv"


def understood(path: Path) -> list[Understood]:
    sheets = read_sheets(path)
    assert sheets.problems == ()
    return [understand(grid, Asked(KNOWN, TODAY)) for grid in sheets.grids]


def taken(path: Path, project: Path, *words: str) -> Ran:
    return tracker("import", str(path), "--project", str(project), *words)


def counts(ran: Ran, file: str = "") -> list[int]:
    """Rows, then new, changed, unchanged, refused, waiting; of the first file, or of this one."""
    line = next(line for line in ran.out.splitlines() if re.search(rf"{file}: [0-9]+ dòng: ", line))
    return [
        int(number)
        for number in re.findall(
            r"[0-9]+(?= (?:dòng|mới|thay|không|bị|chờ))", line.rpartition("csv: ")[2].rpartition("xlsx: ")[2]
        )
    ]


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "today", lambda: TODAY)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return logs_of(SHOWCASE, tmp_path / "project")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that nothing is written into."""
    return logs_of(SHOWCASE, tmp_path_factory.mktemp("shown") / "project")


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", WORKBOOKS)
def test_each_workbook_is_read_cell_by_cell(name: str, language: str, tmp_path: Path, shown: Path):
    ran = taken(WORKBOOKS[name](tmp_path / f"{name}.xlsx"), shown, "--lang", language)
    same(f"import-{name}-{language}.txt", ran.out + ran.err)
    assert ran.code == EXPECTED[name]


@pytest.mark.parametrize("name", WORKBOOKS)
def test_every_row_is_an_entry_or_has_its_reason(name: str, tmp_path: Path):
    path = WORKBOOKS[name](tmp_path / "so.xlsx")
    sheets = load_workbook(path)
    for table, sheet in zip(understood(path), sheets.worksheets, strict=True):
        filled = {row[0].row for row in sheet.iter_rows() if any(cell.value is not None for cell in row)}
        assert filled == {*table.header, *(one.row for one in (*table.entries, *table.skipped, *table.refused))}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("name", ANNEXES)
def test_each_annex_of_word_is_read_cell_by_cell(name: str, language: str, tmp_path: Path, shown: Path):
    ran = taken(ANNEXES[name](tmp_path / f"{name}.docx"), shown, "--lang", language)
    same(f"import-{name}-{language}.txt", ran.out + ran.err)
    assert ran.code == 1


def test_an_annex_twice_changes_nothing(tmp_path: Path, project: Path):
    path = split_rows(tmp_path / "phu-luc.docx")
    assert taken(path, project, "--yes", "--accept-doubts").code == 0
    new = [one for one in read(project, ROOT / "rules").actuals if one.id.startswith("nhap-")]
    assert [(one.task, one.unit, one.period) for one in new] == [
        ("12-KH/2.1", "bdt", ""),
        ("12-KH/5.1", "bdt", "2024-10"),
    ]
    assert re.fullmatch(r"phu-luc\.docx, Bảng 1!4 \(sha256 [0-9a-f]{12}\)", new[0].source)
    assert "2 không đổi" in taken(path, project, "--yes", "--accept-doubts").out


def test_two_rows_of_header_give_each_number_its_thing(tmp_path: Path):
    entries = understood(grouped(tmp_path / "so.xlsx"))[0].entries
    assert [entry.row for entry in entries] == [8, 9, 11, 15]
    assert dict(entries[0].values) == {
        "task": "12-KH/2.1", "unit": "bdt", "date": "15/08/2024", "quantity": "3 hội nghị",
        "people": "trên 4.700 đại biểu", "recorded": "01/12/2024",
    }  # fmt: skip
    assert entries[1].values["task"] == "12-KH/2.1", "a row without a task goes on from the one above"
    assert entries[2].values["task"] == "12-KH/1.4", "a title over two rows is one title"


def test_everything_that_is_accepted_is_on_record_and_the_second_time_changes_nothing(tmp_path: Path, project: Path):
    before = {path: path.read_bytes() for path in (project / "actuals").rglob("*.yaml")}
    paths = [str(make(tmp_path / f"{name}.xlsx")) for name, make in WORKBOOKS.items()]
    first, again = (
        tracker("import", *paths, "--project", str(project), "--yes", "--accept-doubts") for _ in range(2)
    )
    assert first.code == again.code == 2, "some rows are refused"
    for name in WORKBOOKS:
        rows, new, changed, unchanged, refused, waiting = counts(first, f"{name}.xlsx")
        assert rows == new + refused
        assert (changed, unchanged, waiting) == (0, 0, 0)
        assert counts(again, f"{name}.xlsx") == [rows, 0, 0, new, refused, 0]
    assert {path: path.read_bytes() for path in before} == before
    known = read(project, ROOT / "rules")
    assert [one for one in known.problems if "nhap-" in one.place.file] == []
    sources = [one.source for one in known.actuals if one.id.startswith("nhap-")]
    assert all(re.fullmatch(r"\w+\.xlsx, .+![0-9]+ \(sha256 [0-9a-f]{12}\)", source) for source in sources)
    assert len(sources) == 4 + 3 + 5 + 7 + 5 + 12


def test_what_is_doubted_waits_until_it_is_accepted(tmp_path: Path, project: Path):
    path = swapped(tmp_path / "so.xlsx")
    assert counts(taken(path, project, "--yes")) == [3, 2, 0, 0, 0, 1]
    assert counts(taken(path, project, "--yes")) == [3, 0, 0, 2, 0, 1]
    assert taken(path, project, "--yes").code == 1
    assert counts(taken(path, project, "--yes", "--accept-doubts")) == [3, 1, 0, 2, 0, 0]
    assert taken(path, project, "--yes").code == 0


def test_nothing_is_written_without_yes(project: Path):
    before = sorted(project.rglob("*"))
    assert taken(LOG, project).code == 1
    clean = taken(LOG.with_name("so-theo-doi.csv"), project)
    assert (clean.code, clean.err) == (0, "")
    assert "--yes" in clean.out
    assert sorted(project.rglob("*")) == before


def test_a_changed_row_corrects_and_a_row_above_does_not(tmp_path: Path, project: Path):
    path = grouped(tmp_path / "so.xlsx")
    taken(path, project, "--yes", "--accept-doubts")
    workbook = load_workbook(path)
    sheet = workbook.active
    sheet["G8"] = "có biên bản"
    sheet["F9"] = "21/8/2024"
    sheet.append([9, "12-KH/2.5", "Ban Dân tộc", 1, None, "01/9/2024"])
    workbook.save(path)
    ran = taken(path, project, "--yes", "--accept-doubts")
    assert counts(ran) == [5, 1, 2, 2, 0, 0]
    assert counts(taken(path, project, "--yes", "--accept-doubts")) == [5, 0, 0, 5, 0, 0]
    sheet["G8"] = None
    workbook.save(path)
    assert counts(taken(path, project, "--yes", "--accept-doubts")) == [5, 0, 1, 4, 0, 0]
    assert counts(taken(path, project, "--yes", "--accept-doubts")) == [5, 0, 0, 5, 0, 0]
    now = [one for one in read(project, ROOT / "rules").actuals if one.id.startswith("nhap-")]
    replaced = {one.corrects for one in now}
    assert len([one for one in now if one.id not in replaced]) == 5
    sheet.delete_rows(8)
    workbook.save(path)
    gone = taken(path, project, "--yes", "--accept-doubts")
    assert "không còn trong tệp" in gone.out


def test_what_somebody_took_back_is_not_brought_again(project: Path):
    assert counts(taken(LOG, project, "--yes")) == [3, 2, 0, 0, 0, 1]
    log = project / "actuals" / "2024" / "nhap-so-nghi-ngo.yaml"
    first = re.search(r"id: (nhap-\S+)}", log.read_text(encoding="utf-8"))
    assert first is not None
    log.write_text(
        log.read_text(encoding="utf-8") + f"  - {{withdraws: {first[1]}, id: lui, unit: bdt, date: 15/8/2024}}\n",
        encoding="utf-8",
    )
    assert counts(taken(LOG, project, "--yes")) == [3, 0, 0, 2, 0, 1]


def test_a_file_of_columns_explains_odd_headers(tmp_path: Path, project: Path):
    log, said = tmp_path / "la.csv", tmp_path / "cot.yaml"
    log.write_text("Việc gì;Ai;Bao giờ\n12-KH/2.5;bdt;5/8\n", encoding="utf-16")
    assert taken(log, project, "--yes").code == 2, "no header is known"
    said.write_text("columns: {Việc gì: task, Ai: unit, Bao giờ: date}\nyear: 2024\n", encoding="utf-8")
    ran = taken(log, project, "--yes", "--map", str(said))
    assert counts(ran) == [1, 1, 0, 0, 0, 0]
    new = next(one for one in read(project).actuals if one.id.startswith("nhap-"))
    assert (new.task, new.unit, new.when.first) == ("12-KH/2.5", "bdt", date(2024, 8, 5))
    said.write_text("columns: {Ai: nobody}\nyaer: 2024\n", encoding="utf-8")
    wrong = taken(log, project, "--map", str(said))
    assert wrong.code == 2
    assert "nobody" in wrong.err
    assert "yaer" in wrong.err


def test_days_are_turned_back_where_somebody_says_so(tmp_path: Path, project: Path):
    said = tmp_path / "cot.yaml"
    said.write_text("dates: swapped\n", encoding="utf-8")
    ran = taken(swapped(tmp_path / "so.xlsx"), project, "--map", str(said))
    assert "02/01/2024" in ran.out
    assert counts(ran) == [3, 3, 0, 0, 0, 0]


def test_a_wrong_encoding_is_named_and_not_guessed(tmp_path: Path, project: Path):
    log = tmp_path / "cu.csv"
    log.write_bytes("Nội dung;Đơn vị;Ngày\n".encode("cp1258", "ignore") + "ðâêô".encode("cp1252"))
    ran = taken(log, project)
    assert ran.code == 2
    assert "UTF-8" in ran.err


def test_where_commits_say_when_nothing_else_does(project: Path):
    (project / "tracker.yaml").write_text("recorded: git\n", encoding="utf-8")
    taken(LOG, project, "--yes")
    assert "recorded:" not in (project / "actuals" / "2024" / "nhap-so-nghi-ngo.yaml").read_text(encoding="utf-8")


def test_the_same_name_twice_is_refused(project: Path):
    assert tracker("import", str(LOG), str(LOG), "--project", str(project)).code == 2


def test_a_time_alone_or_a_word_of_delay_is_no_deed(tmp_path: Path, project: Path):
    path = tmp_path / "so.csv"
    rows = [
        "Mã,Đơn vị,Thời gian,Kết quả,Trạng thái",
        "12-KH/2.1,bdt,15/8/2024,Chưa thực hiện,",
        "12-KH/2.1,bdt,16/8/2024,,Đang triển khai",
        "12-KH/2.1,bdt,17/8/2024,,",
        "12-KH/2.1,bdt,18/8/2024,1 hội nghị,Xong",
        "12-KH/2.1,bdt,19/8/2024,Chùa Hang,",
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    table = understood(path)[0]
    assert [(one.row, one.code) for one in table.skipped] == [(2, "intake-undone"), (3, "intake-undone")]
    assert [[one.code for one in entry.doubts] for entry in table.entries] == [["intake-only-time"], [], []]
    assert counts(taken(path, project, "--yes")) == [3, 2, 0, 0, 0, 1]


def test_units_on_lines_of_their_own(tmp_path: Path, project: Path):
    path = tmp_path / "so.csv"
    path.write_text('Mã,Đơn vị,Ngày ban hành\n12-KH/1.1,"Ban Dân vận\nBan Dân tộc",15/1/2024\n', encoding="utf-8")
    assert counts(taken(path, project, "--yes")) == [1, 1, 0, 0, 0, 0]
    new = [one for one in read(project, ROOT / "rules").actuals if one.id.startswith("nhap-")]
    assert [one.unit for one in new] == ["bdvtu", "bdt"]


def test_two_thousand_rows_are_no_burden():
    rows = [
        ("Mã", "Đơn vị", "Ngày", "Ghi chú"),
        *(("12-KH/2.1", "bdt", "15/8/2024", str(number)) for number in range(2_000)),
    ]
    grid = Grid("so.csv", "", tuple(Line(number, tuple(map(Cell, row))) for number, row in enumerate(rows, 1)))
    table = understand(grid, Asked(KNOWN, TODAY))
    first = plan([table], "0" * 64, ())
    assert len(first.inserted) == 2_000
    made, _ = convert(showcase(), [values for _, values in first.inserted])
    again = plan([table], "0" * 64, [actual for actuals in made for actual in actuals])
    assert len(again.unchanged) == 2_000


def test_old_fonts():
    assert converted("Uû ban nh©n d©n", ".VnTime") == "Uỷ ban nhân dân"
    assert converted("c«ng t¸c d©n vËn", ".VnTimeH") == "CÔNG TÁC DÂN VẬN"
    assert converted("Ñoàng Hyû, Voõ Nhai, phuïc vuï ngöôøi daân", "VNI-Times") == "Đồng Hỷ, Võ Nhai, phục vụ người dân"
    assert converted("nh©n d©n", "Times New Roman") == "nh©n d©n"


def test_1904_days(tmp_path: Path):
    table = understood(serials(tmp_path / "so.xlsx"))[0]
    assert [entry.values["date"] for entry in table.entries[:4]] == ["16/05/2024", "16/05/2024", "2024", "Quý I/2024"]
    assert {remark.row: remark.code for remark in table.refused} == {
        3: "value-comma", 7: "intake-future", 16: "value-apart", 17: "value-span", 18: "value-dot", 19: "value-comma", 20: "value-word",
        21: "value-month-first", 22: "value-no-day",
    }  # fmt: skip


WORDS = st.sampled_from([
    "", "STT", "Nội dung", "Đơn vị", "Ngày", "Kỳ", "Kết quả", "Số lượng", "Ghi chú", "12-KH/2.1", "Báo cáo tháng", "bdt",
    "Ban Dân tộc", "Tân An, bdvtu", "15/8/2024", "tháng 3", "Quý I", "45013", "thường xuyên", "2.359", "trên 4.700", "05 hội nghị",
    "Tháng 1", "Tháng 2", "Q3", "Tân An", "Huyện Tấn Ân", "x", "14–16/6", "I. Nhóm", "II", "Tổng cộng", "Ghi chú:", "(1)", "(2)", "1", "=1+1", "112-BC/BDT",
])  # fmt: skip
CELLS = st.builds(
    lambda text, span, head, above: Cell(text, span=span, head=head, above=above and not head),
    st.one_of(WORDS, WORDS, st.text(max_size=6).map(clean)), st.sampled_from([0, 0, 0, 2]), st.sampled_from([True, True, False]), st.booleans(),
)  # fmt: skip
ROWS = st.lists(st.lists(CELLS, max_size=6), max_size=12)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=40)
@given(ROWS)
def test_no_table_is_too_strange_and_every_row_is_accounted_for(rows: list[list[Cell]]):
    lines = tuple(
        Line(number, tuple(cells)) for number, cells in enumerate(rows, 1) if any(cell.text for cell in cells)
    )
    tables = understand_all(Grid("so.xlsx", "S", lines), Asked(KNOWN, TODAY))
    parts = [
        {row for table in tables for row in table.header},
        *({one.row for table in tables for one in getattr(table, kind)} for kind in ("entries", "skipped", "refused")),
    ]
    filled = {line.number for line in lines if not line.blank}
    assert filled <= set().union(*parts)
    assert sum(map(len, parts)) == len(set().union(*parts)), "a row is one thing only"
    entries = [entry for table in tables for entry in table.entries]
    for entry in entries:
        assert entry.values.get("unit") or entry.values.get("units")
        assert entry.values["date"]
    made, troubles = convert(showcase(), [entry.values for entry in entries])
    assert troubles == []
    assert all(made)


@settings(max_examples=40)
@given(st.integers(0, 18_277))
def test_columns_have_the_names_of_a_spreadsheet(index: int):
    from openpyxl.utils import get_column_letter

    assert letter(index) == get_column_letter(index + 1)

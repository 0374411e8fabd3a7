"""The form of a unit: out, filled in by people and other programs, and in again; nothing lost, nothing invented."""

import io
import shutil
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from filling import AT, CONFERENCE, REPORT, at, filled, row_of
from hypothesis import given, settings, strategies as st
from inside import tracker
from office import converted, typed
from openpyxl.styles import Font
from projects import SHOWCASE, SHOWCASE_DAY, copy_of

from tracker.lang import languages, words
from tracker.model.sheet import ANSWERS, HEAD, INSIDE, LOCKED
from tracker.read.answers import read_answers
from tracker.read.formats import ENTRY_KEYS
from tracker.render.xlsx.doubts import lines, marked, told


def made(folder: Path, *more: str) -> bytes:
    done = tracker("sheet", "bdt", "--project", str(SHOWCASE), "--as-of", "20/10/2024", "-o", str(folder / "f.xlsx"), *more)
    assert done.code == 0, done.err
    return (folder / "f.xlsx").read_bytes()


@pytest.fixture(scope="module")
def blank(tmp_path_factory) -> bytes:
    return made(tmp_path_factory.mktemp("form"))


def doubts(raw: bytes, today: date | None = None) -> list[tuple[str, str]]:
    return [(doubt.cell, doubt.code) for doubt in read_answers(raw, today).doubts]


ANSWERED = {
    REPORT: {"date": at(2024, 10, 24), "doc": "130-BC/BDT"},
    CONFERENCE: {"date": at(2024, 10, 3), "quantity": 2, "people": "trên 150", "doc": "01/02", "mode": "trực tiếp",
                 "place": "Huyện Nậm Khê", "note": "Đợt 3", "reason": "Mưa lũ", "cause": "khách quan"},
}  # fmt: skip
SAID = [
    {"task": "12-KH/2.1", "unit": "bdt", "date": "03/10/2024", "quantity": "2 hội nghị", "people": "trên 150 người", "doc": "01/02",
     "mode": "trực tiếp", "place": "Huyện Nậm Khê", "note": "Đợt 3", "reason": "Mưa lũ", "cause": "objective"},
    {"task": "12-KH/5.1", "unit": "bdt", "period": "2024-10", "date": "24/10/2024", "doc": "130-BC/BDT"},
]  # fmt: skip


def said(raw: bytes) -> list[dict[str, str]]:
    return [{key: text for key, text in entry.items() if key != "id"} for _, entry in read_answers(raw).entries]


def test_an_empty_form_says_nothing_and_is_not_doubted(blank):
    answers = read_answers(blank)
    assert (answers.unit, answers.period, answers.entries, answers.doubts, answers.held) == ("bdt", "2024-10", [], [], 0)
    assert answers.blank > 5


def test_what_is_filled_in_comes_back_and_nothing_else(blank):
    raw = filled(blank, ANSWERED)
    assert doubts(raw) == []
    assert said(raw) == SAID
    for _, entry in read_answers(raw).entries:
        assert set(entry) <= set(ENTRY_KEYS)


def test_the_same_file_twice_gives_the_same_records_and_a_correction_has_the_same_id(blank):
    first, again = (read_answers(filled(blank, ANSWERED)) for _ in range(2))
    assert first == again
    ids = [entry["id"] for _, entry in first.entries]
    assert len(set(ids)) == 2
    other = read_answers(filled(blank, {REPORT: {"date": at(2024, 10, 25)}}))
    assert [entry["id"] for _, entry in other.entries] == ids[1:]


def test_records_of_a_form_are_records_of_a_project(blank, tmp_path):
    folder = copy_of(SHOWCASE, tmp_path)
    entries = ["  - {" + ", ".join(f'{key}: "{text}"' for key, text in entry.items()) + "}\n" for _, entry in read_answers(filled(blank, ANSWERED)).entries]
    (folder / "actuals" / "2024" / "phieu.yaml").write_text("entries:\n" + "".join(entries), encoding="utf-8")
    done = tracker("explain", "12-KH/5.1:bdt:2024-10", "--project", str(folder), "--as-of", "31/10/2024")
    assert done.code == 0, done.err
    assert "130-BC/BDT" in done.out
    assert "hoàn thành đúng hạn" in done.out


@pytest.mark.skipif(not shutil.which("soffice"), reason="soffice is not installed")
def test_a_form_that_libreoffice_filled_in_goes_through_the_command(blank, tmp_path):
    out, profile = tmp_path / "out", tmp_path / "office"
    (tmp_path / "blank.xlsx").write_bytes(blank)
    converted(profile, out, tmp_path / "blank.xlsx")
    if not (out / "blank.xlsx").is_file():
        pytest.skip("this LibreOffice has no spreadsheets")
    book = openpyxl.load_workbook(out / "blank.xlsx")
    page = book.worksheets[0]
    assert page.protection.sheet
    assert book[INSIDE].sheet_state != "visible"
    assert {check.type for check in page.data_validations.dataValidation} == {"date", "decimal", "whole", "list"}
    assert {cell.protection.locked for cell in page[HEAD + 1]} == {True, False}
    cells = {(row_of(page, key), AT[name]): value for key, values in ANSWERED.items() for name, value in values.items()}
    if not typed(profile, out / "blank.xlsx", out / "phieu.xlsx", cells):  # without Basic it at least saves
        (tmp_path / "phieu.xlsx").write_bytes(filled((out / "blank.xlsx").read_bytes(), ANSWERED))
        converted(profile, out, tmp_path / "phieu.xlsx")
    back = (out / "phieu.xlsx").read_bytes()
    assert doubts(back) == []
    assert said(back) == SAID
    folder = copy_of(SHOWCASE, tmp_path / "project")
    first, again = (tracker("import", str(out / "phieu.xlsx"), "--yes", "--project", str(folder)) for _ in range(2))
    assert (first.code, again.code) == (0, 0), first.err
    assert "phieu.xlsx: 2 dòng có trả lời: 2 mới," in first.out
    assert "2 dòng có trả lời: 0 mới, 0 thay đổi, 2 không đổi, 0 phải sửa" in again.out


def test_the_form_holds_checks_locks_and_hidden_keys(blank):
    book = openpyxl.load_workbook(io.BytesIO(blank))
    page, guide, inside = book.worksheets
    assert (page.title, guide.title, inside.title, inside.sheet_state) == ("Phiếu", "Hướng dẫn", INSIDE, "veryHidden")
    assert page.protection.sheet
    assert not page.protection.password
    assert page.column_dimensions["A"].hidden
    row = row_of(page, REPORT)
    for name, column in AT.items():
        assert page.cell(row, column).protection.locked is (name in LOCKED), name
        assert page.cell(row, column).number_format == {"date": "dd/mm/yyyy", "due": "dd/mm/yyyy", "people": "#,##0", "quantity": "General"}.get(name, "@" if name in ANSWERS else "General")
    assert page.cell(row, AT["due"]).value == at(2024, 10, 25)
    for check in page.data_validations.dataValidation:
        assert check.error or not check.showErrorMessage
        assert len(check.error or "") <= 255
        assert len(check.prompt) <= 255
        assert len(check.promptTitle) <= 32
    titles = [page.cell(number, AT["title"]).value for number in range(HEAD + 1, page.max_row + 1)]
    assert any("=1+1" in title for title in titles)


def test_two_runs_give_the_same_bytes(blank, tmp_path):
    assert made(tmp_path) == blank
    assert {part.date_time for part in ZipFile(io.BytesIO(blank)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"doc": "1-BC"}, "no_date"),
        ({"note": "chưa có kinh phí"}, "no_date"),
        ({"people": 5, "reason": "chưa có kinh phí"}, "no_date"),
        ({"cause": "chủ quan"}, "no_reason"),
        ({"date": 12}, "far"),
        ({"date": "chưa rõ"}, "value-span"),
        ({"date": "31/02/2024"}, "value-no-day"),
        ({"date": at(2024, 5, 10)}, "swapped"),
        ({"date": at(2024, 11, 30)}, "future"),
        ({"date": "=TODAY()"}, "formula"),
        ({"date": True}, "kind"),
        ({"date": at(2024, 10, 3), "quantity": -1}, "value-negative"),
        ({"date": at(2024, 10, 3), "quantity": "vài"}, "value-quantity"),
        ({"date": at(2024, 10, 3), "people": "1.5"}, "value-dot"),
        ({"date": at(2024, 10, 3), "doc": at(2024, 2, 1)}, "became_day"),
        ({"date": at(2024, 10, 3), "cause": "tại trời"}, "cause"),
        ({"date": at(2024, 10, 3), "note": "a\u202eb"}, "hidden"),
        ({"date": at(2024, 10, 3), "title": "Việc khác"}, "changed"),
        ({"due": at(2025, 1, 1)}, "changed"),
    ],
)
def test_what_cannot_be_believed_is_named_by_its_cell_and_gives_no_record(blank, values, code):
    raw = filled(blank, {CONFERENCE: values, REPORT: ANSWERED[REPORT]})
    answers = read_answers(raw, date(2024, 10, 31))
    row = row_of(openpyxl.load_workbook(io.BytesIO(raw)).worksheets[0], CONFERENCE)
    name = {"no_date": "date", "no_reason": "reason"}.get(code, list(values)[-1])
    cell = openpyxl.utils.get_column_letter(AT[name]) + str(row)
    assert [(doubt.cell, doubt.code) for doubt in answers.doubts] == [(cell, code)]
    assert [entry["task"] for _, entry in answers.entries] == ["12-KH/5.1"], "the other row is used"
    assert answers.held == 1
    for language in languages():
        assert "{" not in told(answers.doubts[0], words(language))


def test_a_form_in_english_gives_the_same_records(tmp_path):
    english = {REPORT: ANSWERED[REPORT], CONFERENCE: {**ANSWERED[CONFERENCE], "mode": "direct", "cause": "objective"}}
    raw = filled(made(tmp_path, "--lang", "en"), english)
    assert doubts(raw) == []
    assert said(raw) == SAID


def test_numbers_come_back_with_one_reading(blank):
    for value, written in ((2, "2 hội nghị"), (2.5, "2,5 hội nghị"), (1.125, "1,1250 hội nghị"), ("03", "03 hội nghị"), ("3 hội nghị", "3 hội nghị")):
        raw = filled(blank, {CONFERENCE: {"date": "tháng 10/2024", "quantity": value}})
        assert [entry["quantity"] for entry in said(raw)] == [written]


def test_a_day_that_lost_its_format_is_not_taken_for_a_day(blank):
    def change(page):
        cell = page.cell(row_of(page, REPORT), AT["date"])
        cell.value, cell.number_format = 45589, "General"

    (doubt,) = read_answers(filled(blank, ANSWERED, change)).doubts
    assert (doubt.code, doubt.args["day"]) == ("serial", "24/10/2024")


def test_letters_of_old_fonts_are_not_guessed(blank):
    def change(page):
        cell = page.cell(row_of(page, REPORT), AT["note"])
        cell.value, cell.font = "B¸o c¸o", Font(name=".VnTime")

    assert [code for _, code in doubts(filled(blank, ANSWERED, change))] == ["font"]


def test_rows_that_were_added_repeated_moved_or_deleted(blank):
    def added(page):
        page.cell(page.max_row + 2, AT["title"]).value = "Việc ngoài phiếu"

    def repeated(page):
        row, new = row_of(page, REPORT), page.max_row + 1
        for column in range(1, AT["cause"] + 1):
            page.cell(new, column).value = page.cell(row, column).value

    def moved(page):
        first, second = row_of(page, REPORT), row_of(page, CONFERENCE)
        for column in range(1, AT["cause"] + 1):
            one, other = page.cell(first, column), page.cell(second, column)
            one.value, other.value = other.value, one.value

    assert [code for _, code in doubts(filled(blank, ANSWERED, added))] == ["added"]
    assert [code for _, code in doubts(filled(blank, ANSWERED, repeated))] == ["twice"]
    sorted_ = filled(blank, ANSWERED, moved)
    assert doubts(sorted_) == []
    assert {entry["task"]: entry for entry in said(sorted_)} == {entry["task"]: entry for entry in SAID}
    gone = filled(blank, ANSWERED, lambda page: page.delete_rows(row_of(page, REPORT)))
    assert doubts(gone) == [("", "gone")]
    assert len(said(gone)) == 1


def test_a_file_that_is_no_form_or_was_changed_inside(blank):
    def hidden(page):
        page.parent[INSIDE]["B3"].value = "bdvtu"

    assert doubts(filled(blank, {}, hidden)) == [("", "digest")]
    assert doubts(filled(blank, {}, lambda page: page.parent.remove(page.parent[INSIDE]))) == [("", "foreign")]
    assert doubts(filled(blank, {}, lambda page: page.delete_cols(3))) == [("C5", "head")]
    assert doubts(b"PK\x03\x04 nothing") == doubts(b"") == [("", "file")]
    bomb = io.BytesIO()
    with ZipFile(bomb, "w", 8) as zipped:
        zipped.writestr("xl/workbook.xml", b"\0" * 60_000_000)
    assert doubts(bomb.getvalue()) == [("", "bomb")]
    macro = io.BytesIO(blank)
    with ZipFile(macro, "a") as zipped:
        zipped.writestr("xl/vbaProject.bin", b"")
    assert doubts(macro.getvalue()) == [("", "macro")]


@given(st.lists(st.tuples(st.integers(0, 2**20), st.integers(0, 255)), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_refused_or_read_and_never_a_fault(blank, changes):
    raw = bytearray(blank)
    for place, byte in changes:
        raw[place % len(raw)] = byte
    answers = read_answers(bytes(raw))
    assert answers.entries in ((), []), "nothing was filled in"
    assert read_answers(bytes(raw[: changes[0][0] % len(raw)])).entries in ((), [])


def test_the_marked_copy_names_each_cell_and_can_be_sent_again(blank):
    raw = filled(blank, {CONFERENCE: {"date": "chưa rõ"}, REPORT: ANSWERED[REPORT]})
    say, found = words("vi"), read_answers(raw).doubts
    (line,) = lines("f.xlsx", found, say)
    assert line.startswith(f"f.xlsx:{found[0].cell}: ")
    copy = marked(raw, found, say)
    cell = openpyxl.load_workbook(io.BytesIO(copy)).worksheets[0][found[0].cell]
    assert cell.comment.text == told(found[0], say)
    assert copy == marked(raw, found, say)
    mended = filled(copy, {CONFERENCE: {"date": at(2024, 10, 3)}})
    assert doubts(mended) == []
    assert len(said(mended)) == 2


def test_the_form_asks_for_what_is_owed_in_the_period(blank):
    page = openpyxl.load_workbook(io.BytesIO(blank)).worksheets[0]
    keys = [page.cell(row, 1).value for row in range(HEAD + 1, page.max_row + 1)]
    assert len(set(keys)) == len(keys)
    assert "12-KH/5.1|bdt|2024-04|" in keys, "overdue, and still owed"
    assert "12-KH/5.1|bdt|2024-05|" not in keys, "done before"
    assert "12-KH/5.1|bdt|2024-12|" not in keys, "not yet"
    assert "12-KH/3.2|bdt||vu-2" in keys, "a case"
    recorded = page.cell(row_of(page, CONFERENCE), AT["recorded"]).value
    assert "14/03/2024; 2 hội nghị; 150 đại biểu; 50-BC/BDT | 20/06/2024" in recorded


def test_all_units_and_wrong_usage(tmp_path):
    base = ("--project", str(SHOWCASE), "--as-of", f"{SHOWCASE_DAY:%d/%m/%Y}")
    done = tracker("sheet", "--all", "--period", "quý III/2024", *base, "-o", str(tmp_path / "phieu"))
    assert done.code == 0
    names = sorted(path.name for path in (tmp_path / "phieu").iterdir())
    assert "phieu-bdt-2024-Q3.xlsx" in names
    assert len(names) > 5
    assert f"{len(names)} phiếu" in done.out
    for path in (tmp_path / "phieu").iterdir():
        assert read_answers(path.read_bytes()).doubts == []
    for words_ in (("sheet",), ("sheet", "bdt", "--all"), ("sheet", "khong-co"), ("sheet", "bdt", "--period", "2024-01..2024-03"), ("sheet", "bdt", "--period", "x"), ("sheet", "--all", "-o", "f.xlsx")):
        assert tracker(*words_, *base, cwd=tmp_path).code == 2, words_


def test_what_no_cell_holds_is_refused_in_words_and_many_records_are_told_in_few(tmp_path):
    folder = copy_of(SHOWCASE, tmp_path)
    plan = folder / "plans" / "12-KH-2024.yaml"
    text = plan.read_text(encoding="utf-8")
    log = folder / "actuals" / "2024" / "nhieu.yaml"
    log.write_text("entries:\n" + "".join(f"  - {{unit: bdt, task: 12-KH/2.1, date: {day}/8/2024, quantity: 1 hội nghị}}\n" for day in range(1, 10)), encoding="utf-8")
    page = openpyxl.load_workbook(io.BytesIO(made(tmp_path, "--project", str(folder), "--period", "2024-09"))).worksheets[0]
    recorded = page.cell(row_of(page, CONFERENCE), AT["recorded"]).value
    assert recorded.startswith("6 lần trước đó | 05/08/2024; 1 hội nghị | ")
    assert recorded.count("|") == 5
    plan.write_text(text.replace("title: Báo cáo tháng\n", f"title: {'Báo cáo tháng ' * 3000}\n", 1), encoding="utf-8")
    base = ("--project", str(folder), "--as-of", "20/10/2024")
    for words_ in (("sheet", "bdt"), ("sheet", "--all"), ("remind", "--format", "xlsx")):
        done = tracker(*words_, *base, "-o", str(tmp_path / ("g.xlsx" if words_[1] != "--all" else "g")))
        assert done.code == 2, words_
        assert "32.767" in done.err
        assert not (tmp_path / "g.xlsx").exists()

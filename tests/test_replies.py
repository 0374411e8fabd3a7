"""Forms that come back through `tracker import`: taken in once, corrected, asked about, marked; every answer is counted."""

import io
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from filling import AT, CONFERENCE, REPORT, at, filled, row_of
from hypothesis import given, settings, strategies as st
from inside import Ran, tracker
from projects import SHOWCASE, copy_of, showcase

from tracker.intake.form import ready, settle
from tracker.lang import languages, words
from tracker.model.actual import Actual
from tracker.model.plan import Amendment
from tracker.model.project import Project
from tracker.model.reply import Fate, Reply, Settled
from tracker.model.sheet import Answers
from tracker.model.unit import Spell
from tracker.model.values import Quantity, Span
from tracker.read.answers import read_answers
from tracker.read.given import convert
from tracker.render.xlsx.doubts import marked, told

TODAY = date(2024, 11, 5)
AGAIN = "3. Hội nghị cung cấp thông tin cho người có uy tín (năm 2024)"
APRIL = "12-KH/5.1|bdt|2024-04|"
ANSWERS = {
    REPORT: {"date": at(2024, 10, 24), "doc": "130-BC/BDT"},
    CONFERENCE: {"date": at(2024, 10, 3), "quantity": 2, "people": "trên 150"},
    "+2": {"title": AGAIN, "date": at(2024, 10, 9), "quantity": 1},
    APRIL: {"reason": "Mưa lũ [đợt 2]", "cause": "khách quan"},
}


@pytest.fixture(scope="module")
def blank(tmp_path_factory) -> bytes:
    folder = tmp_path_factory.mktemp("form")
    done = tracker("sheet", "bdt", "--project", str(SHOWCASE), "--as-of", "20/10/2024", "-o", str(folder / "f.xlsx"))
    assert done.code == 0, done.err
    return (folder / "f.xlsx").read_bytes()


def reply(raw: bytes, file: str = "phieu.xlsx") -> Reply:
    return Reply(file, "ab" * 32, read_answers(raw, TODAY))


def one(raw: bytes, project: Project | None = None, file: str = "phieu.xlsx") -> Settled:
    (settled,) = settle([reply(raw, file)], project or showcase())
    assert sum(map(settled.count, Fate)) == len(settled.reply.answers.entries) + settled.reply.answers.held
    for doubt in (*settled.doubts, *settled.notes, *filter(None, (settled.whole,))):
        for code in languages():
            assert "{" not in told(doubt, words(code))
    return settled


def taken(settled: Settled, *, project: Project | None = None, accept: bool = False) -> Project:
    """The project after the form was taken in."""
    project = project or showcase()
    made, troubles = convert(project, ready([settled], accept=accept))
    assert troubles == []
    return project._replace(actuals=(*project.actuals, *(actual for actuals in made for actual in actuals)))


def fates(settled: Settled) -> dict[str, str]:
    return {row.cells["task"] + row.cells.get("step", ""): str(row.fate) for row in settled.rows}


def codes(settled: Settled) -> list[str]:
    return [doubt.code for doubt in settled.doubts]


def test_every_answer_is_an_entry_with_its_source_and_nothing_else_is(blank):
    settled = one(filled(blank, ANSWERS))
    bare = [{key: text for key, text in row.cells.items() if key not in {"id", "source", "unit"}} for row in settled.rows]
    assert bare == [
        {"task": "12-KH/2.1", "date": "03/10/2024", "quantity": "2 hội nghị", "people": "trên 150 người"},
        {"task": "12-KH/5.1", "period": "2024-04", "date": "31/10/2024", "reason": "Mưa lũ [đợt 2]", "cause": "objective", "step": "explained"},
        {"task": "12-KH/5.1", "period": "2024-10", "date": "24/10/2024", "doc": "130-BC/BDT"},
        {"task": "12-KH/2.1", "date": "09/10/2024", "quantity": "1 hội nghị"},
    ]
    assert settled.rows[0].cells["source"] == "phieu.xlsx, Phiếu!8 (sha256 abababababab)"
    assert {row.fate for row in settled.rows} == {Fate.NEW}


def test_again_unchanged_corrected_and_gone(blank):
    after = taken(one(filled(blank, ANSWERS)))
    assert {row.fate for row in one(filled(blank, ANSWERS), after).rows} == {Fate.UNCHANGED}
    other = {**ANSWERS, REPORT: {**ANSWERS[REPORT], "date": at(2024, 10, 25)}, APRIL: {"reason": "Mưa lũ"}}
    changed = one(filled(blank, other), after)
    assert [str(row.fate) for row in changed.rows] == ["unchanged", "changed", "changed", "unchanged"]
    row = changed.rows[2]
    assert row.cells["corrects"] + "-2" == row.cells["id"]
    assert row.before == {"date": "24/10/2024", "doc": "130-BC/BDT"}
    twice = taken(changed, project=after)
    assert {row.fate for row in one(filled(blank, other), twice).rows} == {Fate.UNCHANGED}
    third = one(filled(blank, ANSWERS), twice)
    assert (third.rows[2].cells["corrects"][-2:], third.rows[2].cells["id"][-2:]) == ("-2", "-3")
    left = one(filled(blank, {key: ANSWERS[key] for key in (REPORT, CONFERENCE)}), after)
    assert [note.code for note in left.notes] == ["gone_answer"]
    assert left.notes[0].args["count"] == "2"


def test_two_officers_with_copies_of_one_form_are_asked_about(blank):
    first = filled(blank, ANSWERS)
    second = filled(blank, {REPORT: {"date": at(2024, 10, 30), "doc": "131-BC/BDT"}, CONFERENCE: ANSWERS[CONFERENCE]})
    after = taken(one(first))
    later = one(second, after, "phieu-2.xlsx")
    assert fates(later) == {"12-KH/2.1": "unchanged", "12-KH/5.1": "waits"}
    (doubt,) = later.doubts
    assert (doubt.code, *doubt.args.values()) == ("conflict", "24/10/2024; 130-BC/BDT", "phieu.xlsx")
    assert ready([later], accept=False) == []
    (accepted,) = ready([later], accept=True)
    assert accepted["corrects"] == ready([one(first)], accept=False)[2]["id"]
    # The same name, but answers are gone and others came: that is not how one corrects.
    assert fates(one(second, after)) == {"12-KH/2.1": "unchanged", "12-KH/5.1": "waits"}
    together = settle([reply(first), reply(second, "b.xlsx")], showcase())
    assert [[str(row.fate) for row in each.rows] for each in together] == [["new", "new", "refused", "new"], ["unchanged", "refused"]]
    assert [codes(each) for each in together] == [["conflict_here"], ["conflict_here"]]
    twice = settle([reply(first), reply(first, "b.xlsx")], showcase())
    assert [[str(row.fate) for row in each.rows] for each in twice] == [["new"] * 4, ["unchanged"] * 4]
    together = settle([reply(first), reply(second, "b.xlsx")], after)
    assert [codes(each) for each in together] == [[], ["conflict"]], "what is on record is unchanged"


def test_what_was_recorded_through_another_way_is_not_recorded_twice(blank):
    def and_also(**more) -> Project:
        values = {"unit": "bdt", "when": Span(date(2024, 10, 24), date(2024, 10, 24)), "recorded": TODAY, "doc": "9-BC", **more}
        return showcase()._replace(actuals=(*showcase().actuals, Actual(**values)))

    raw = filled(blank, {REPORT: ANSWERS[REPORT]})
    assert codes(one(raw, and_also(task="12-KH/5.1", period="2024-10"))) == ["already"]
    assert codes(one(raw, and_also(task="12-KH/5.1", period="2024-10", doc=""))) == [], "a document for a bare claim"
    assert codes(one(raw, and_also(task="12-KH/5.1", period="2024-09"))) == [], "of another month"
    deed = filled(blank, {CONFERENCE: ANSWERS[CONFERENCE]})
    same = {"task": "12-KH/2.1", "quantity": Quantity(2, unit="hội nghị", text="2 hội nghị"), "when": Span(date(2024, 10, 3), date(2024, 10, 3))}
    assert codes(one(deed, and_also(**same))) == ["already"]
    assert codes(one(deed, and_also(**same | {"when": Span(date(2024, 10, 4), date(2024, 10, 4))}))) == [], "they add up"


def test_what_somebody_mended_or_took_back_by_hand_stays(blank):
    raw, after = filled(blank, {REPORT: ANSWERS[REPORT]}), None
    after = taken(one(raw))
    entry = after.actuals[-1]
    hand = entry._replace(id="tay", corrects=entry.id, doc="130a-BC/BDT", source="")
    mended = after._replace(actuals=(*after.actuals, hand))
    assert fates(one(raw, mended)) == {"12-KH/5.1": "unchanged"}
    other = filled(blank, {REPORT: {**ANSWERS[REPORT], "doc": "132-BC/BDT"}})
    assert codes(one(other, mended)) == ["by_hand"]
    gone = after._replace(actuals=(*after.actuals, entry._replace(id="rut", withdraws=entry.id, source="")))
    assert fates(one(raw, gone)) == {"12-KH/5.1": "unchanged"}
    (row,) = one(other, gone).rows
    assert (row.fate, "corrects" in row.cells) == (Fate.NEW, False)


def test_a_form_of_elsewhere_and_of_before(blank):
    raw, whole = filled(blank, ANSWERS), showcase()
    mine = next(plan for plan in whole.plans if plan.key == "12-KH")

    def instead(plan) -> Project:
        return whole._replace(plans=tuple(plan if each is mine else each for each in whole.plans))

    assert one(raw, whole._replace(units=whole.units[:1])).whole.code == "no_unit"
    assert one(raw, whole._replace(plans=tuple(each for each in whole.plans if each is not mine))).whole.code == "no_plan"
    renamed = whole._replace(
        units=tuple(each._replace(id="ban-moi") if each.id == "bdt" else each for each in whole.units),
        renames={"bdt": "ban-moi"},
    )
    assert {row.cells["unit"] for row in one(raw, renamed).rows} == {"ban-moi"}
    without = instead(mine._replace(tasks=tuple(task for task in mine.tasks if task.id != "12-KH/2.1")))
    assert codes(one(raw, without)) == ["task_gone", "task_gone"]
    stopped = Amendment("12-KH/2.1", date(2024, 10, 5), date(2024, 10, 25), "45-CV", "Hết kinh phí", cancelled=True)
    assert codes(one(raw, instead(mine._replace(amended=(stopped,))))) == ["cancelled"], "the deed before it stays a deed"
    moved = stopped._replace(cancelled=False, target=Quantity(3, unit="hội nghị", text="3 hội nghị"))
    told_ = one(raw, instead(mine._replace(amended=(moved,))))
    assert (codes(told_), [note.code for note in told_.notes]) == ([], ["amended", "amended"])
    closed = tuple(each._replace(spells=(Spell(None, date(2024, 10, 8)),)) if each.id == "bdt" else each for each in whole.units)
    found = one(raw, whole._replace(units=closed))
    assert codes(found) == ["unit_closed"] * 3, "the last day of October, the 24th and the 9th"


def test_rows_for_further_deeds_take_their_task_from_the_list(blank):
    page = openpyxl.load_workbook(io.BytesIO(blank)).worksheets[0]
    assert not page.cell(row_of(page, "+1"), AT["title"]).protection.locked
    (check,) = (each for each in page.data_validations.dataValidation if f"C{row_of(page, '+1')}" in each.sqref)
    assert (check.type, check.formula1) == ("list", "tracker!$Y$1:$Y$2")
    for values, cell, code in (
        ({"date": at(2024, 10, 9)}, "C", "no_task"),
        ({"title": "Việc tự nghĩ", "date": at(2024, 10, 9)}, "C", "further"),
        ({"title": AGAIN}, "J", "no_date"),
        ({"title": AGAIN, "reason": "Bận"}, "J", "no_date"),
    ):
        (doubt,) = one(filled(blank, {"+1": values})).doubts
        assert (doubt.cell, doubt.code) == (f"{cell}{row_of(page, '+1')}", code)


def test_a_marked_copy_goes_on_under_the_name_of_the_form(blank):
    raw = filled(blank, {**ANSWERS, REPORT: {"date": "chưa rõ"}})
    after = taken(one(raw))
    copy = marked(raw, one(raw).doubts, words("vi"), "phieu.xlsx")
    mended = filled(copy, {REPORT: ANSWERS[REPORT], APRIL: {"reason": "Mưa"}})
    again = one(mended, after, "phieu-danh-dau.xlsx")
    assert (fates(again), codes(again)) == ({"12-KH/2.1": "unchanged", "12-KH/5.1explained": "changed", "12-KH/5.1": "new"}, [])
    page = openpyxl.load_workbook(io.BytesIO(marked(mended, again.doubts, words("vi"), "x.xlsx"))).worksheets[0]
    assert [cell.coordinate for row in page for cell in row if cell.comment] == [], "what was mended is not marked any more"
    cell = page.cell(row_of(page, REPORT), AT["date"])
    assert (cell.fill.fgColor.rgb, cell.value) == ("00FFF9E5", at(2024, 10, 24))


cells = st.fixed_dictionaries(
    {"task": st.sampled_from(("12-KH/2.1", "12-KH/5.1", "12-KH/4.3")), "unit": st.just("bdt"), "date": st.sampled_from(("03/10/2024", "tháng 10/2024"))},
    optional={"period": st.sampled_from(("2024-10", "2024-04")), "quantity": st.sampled_from(("2 hội nghị", "trên 3")), "doc": st.text("aÁ/-", min_size=1, max_size=3), "step": st.just("explained")},
)


@given(st.lists(st.tuples(cells, st.none() | cells), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_what_was_taken_in_is_unchanged_and_a_correction_is_the_only_change(rows):
    """Laws: every answer has one fate; taken in, all are unchanged; corrected, what differs corrects, and again all are unchanged."""
    ids = [f"p-{number:016x}" for number in range(len(rows))]

    def form(which: int) -> Reply:
        entries = [(number, {"id": id_, **(row[which] or row[0])}) for number, (id_, row) in enumerate(zip(ids, rows, strict=True))]
        known = frozenset(ids)
        return Reply("f.xlsx", "ab" * 32, Answers("bdt", "2024-10", entries, (), as_of="2024-10-20", plans="12-KH/BDVTU-BDT", ids=known, spoken=known))

    project = showcase()
    for which in (0, 1):
        (settled,) = settle([form(which)], project)
        assert sum(map(settled.count, Fate)) == len(rows)
        if which:
            told_otherwise = [row for row, (first, second) in zip(settled.rows, rows, strict=True) if second and first != second]
            assert {row.fate for row in told_otherwise} <= {Fate.CHANGED, Fate.UNCHANGED}
            assert {row.fate for row in settled.rows if row not in told_otherwise} <= {Fate.UNCHANGED}
        project = taken(settled, project=project, accept=True)
        (again,) = settle([form(which)], project)
        assert {row.fate for row in again.rows} == {Fate.UNCHANGED}


@pytest.fixture(scope="module")
def root(tmp_path_factory) -> Path:
    return copy_of(SHOWCASE, tmp_path_factory.mktemp("replies"))


def importing(root: Path, *more: str) -> Ran:
    return tracker("import", *more, "--project", str(root), cwd=root.parent)


def test_the_command_writes_once_and_every_other_byte_stays(blank, root):
    log = root / "actuals" / "2024" / "bdt.yaml"
    before = log.read_bytes()
    wrong = {**ANSWERS, "12-KH/4.3|bdt||": {"date": "x"}}
    form = root.parent / "phieu-bdt.xlsx"
    form.write_bytes(filled(blank, wrong))
    (root.parent / "so.csv").write_text("Mã nhiệm vụ;Đơn vị;Ngày thực hiện;Số lượng\n12-KH/2.1;bdt;11/10/2024;1 hội nghị\n", encoding="utf-8")
    done = importing(root, "phieu-bdt.xlsx", "so.csv", "--yes", "--marked", "gui-lai")
    assert done.code == 2, "a row has to be mended"
    assert "phieu-bdt.xlsx: 5 dòng có trả lời: 4 mới, 0 thay đổi, 0 không đổi, 1 phải sửa trong phiếu, 0 chờ xác nhận." in done.out
    assert "phieu-bdt.xlsx, Phiếu!J12: «x»" in done.out
    assert "Hội nghị cung cấp thông tin cho người có uy tín) · Ban Dân tộc tỉnh · năm 2024: " in done.out
    assert "so.csv: 1 dòng: 1 mới" in done.out, "the other file is a log"
    written = log.read_bytes()
    lines = written.splitlines(keepends=True)
    assert b"".join(line for line in lines if b"phieu-bdt.xlsx" not in line) == before
    assert len(lines) == len(before.splitlines()) + 4
    copy = root.parent / "gui-lai" / "phieu-bdt-danh-dau.xlsx"
    assert openpyxl.load_workbook(copy).worksheets[0]["J12"].comment
    refused = importing(root, "phieu-bdt.xlsx", "--yes", "--marked", str(copy))
    assert refused.code == 2
    assert "không ghi đè" in refused.err
    again = importing(root, "phieu-bdt.xlsx", "--yes")
    assert "0 mới, 0 thay đổi, 4 không đổi, 1 phải sửa" in again.out
    assert log.read_bytes() == written


def test_what_is_no_form_of_ours_any_more_is_refused_in_words(blank, root):
    (root.parent / "mat.xlsx").write_bytes(filled(blank, ANSWERS, lambda page: page.parent.remove(page.parent["tracker"])))
    macro = io.BytesIO(filled(blank, ANSWERS))
    with ZipFile(macro, "a") as zipped:
        zipped.writestr("xl/vbaProject.bin", b"")
    (root.parent / "macro.xlsx").write_bytes(macro.getvalue())
    done = importing(root, "mat.xlsx", "macro.xlsx", "--yes")
    assert (done.code, done.out) == (2, "")
    assert "mat.xlsx: tệp không phải phiếu" in done.err
    assert "macro.xlsx:1:1: " in done.err
    (root.parent / "so2.csv").write_text("Mã nhiệm vụ\n", encoding="utf-8")
    assert "--marked" in importing(root, "so2.csv", "--marked", "x").err


def test_texts_of_people_stay_texts(blank, root):
    evil = {REPORT: {"date": at(2024, 10, 24), "doc": "130-BC/BDT", "note": "[bold]=1+1 {x} \t'", "place": "-- # %"}}
    other = copy_of(SHOWCASE, root / "khac")
    (root / "doc.xlsx").write_bytes(filled(blank, evil))
    done = importing(other, "doc.xlsx", "--yes")
    assert done.code == 0, done.err
    text = (root / "khac" / "actuals" / "2024" / "bdt.yaml").read_text(encoding="utf-8")
    assert "[bold]=1+1 {x}" in text
    assert "[bold]=1+1 {x}" in done.out

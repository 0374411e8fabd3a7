"""Files of Word made anew around what people did to them in Word or LibreOffice."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings, strategies as st
from sides import ANNEXES, BODY, PARTY, paper
from word import about, comments, names, paragraphs, part, text, written

from tracker.lang import words
from tracker.model.paper import Annex, Block, Note, Paper, Role, Run
from tracker.render.paper import Look, Renewed, renewer

NEWER = words()("word.newer")
LATE = "II.2/report-late:1"


def renew(made: Paper, old: bytes, *, trace: bool = False) -> Renewed:
    renewed = renewer("docx")(made, Look(words(), trace), old)
    assert renewed is not None
    return renewed


def by_hand(data: bytes, change: Callable) -> bytes:
    """The file after a person opened it, changed something and saved it."""
    document = docx.Document(io.BytesIO(data))
    change(document)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def said(data: bytes) -> list[str]:
    """What the paragraphs outside of tables say."""
    return [text(each) for each in part(data).find(qn("w:body")) if each.tag == qn("w:p") and text(each)]


def about_late(document):
    return next(each for each in document.paragraphs if each.text.startswith("- Ban Dân tộc tỉnh gửi muộn"))


def block(made: Paper, key: str, *runs: Run) -> Paper:
    return made._replace(body=tuple(each._replace(runs=runs) if each.key == key else each for each in made.body))


def newer(made: Paper | None = None) -> Paper:
    """The paper after one figure changed."""
    return block(made or paper(), LATE, Run("Ban Dân tộc tỉnh gửi muộn 04 báo cáo tháng."))


def whole_text(data: bytes) -> str:
    return text(part(data)) + (text(part(data, "word/footnotes.xml")) if "word/footnotes.xml" in names(data) else "")


def sound(data: bytes) -> None:
    """A file of which all parts belong together."""
    document = docx.Document(io.BytesIO(data))
    root = part(data)
    marks = [each.get(qn("w:id")) for each in root.iter(qn("w:footnoteReference"))]
    notes = [each.get(qn("w:id")) for each in part(data, "word/footnotes.xml") if each.get(qn("w:type")) is None] if marks else []
    first = 1 + max((int(each.get(qn("w:id"))) for each in part(data, "word/footnotes.xml") if each.get(qn("w:type"))), default=0) if marks else 1
    assert marks == notes == [str(number) for number in range(first, first + len(marks))]
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert sorted(each.get(qn("w:id")) for each in root.iter(qn(f"w:{kind}"))) == sorted(comments(data)), kind
    starts = [each.get(qn("w:id")) for each in root.iter(qn("w:bookmarkStart"))]
    assert len(set(starts)) == len(starts)
    assert sorted(each.get(qn("w:id")) for each in root.iter(qn("w:bookmarkEnd"))) == sorted(starts)
    styles = {each.get(qn("w:styleId")) for each in part(data, "word/styles.xml").iter(qn("w:style"))}
    roots = [root, *(part(data, name) for name in names(data) if name in {"word/footnotes.xml", "word/comments.xml"})]
    tags = [qn(f"w:{kind}Style") for kind in ("p", "r", "tbl")]
    assert {each.get(qn("w:val")) for one in roots for each in one.iter(*tags)} <= styles
    assert all(section.header is not None for section in document.sections)
    assert part(data).find(qn("w:body"))[-1].tag == qn("w:sectPr")


@pytest.mark.parametrize("frame", [PARTY, None])
def test_nothing_touched_and_nothing_new_gives_the_same_bytes_again(frame):
    made = paper(frame)
    renewed = renew(made, written(made))
    sound(renewed.data)
    assert renewed[1:] == ((),) * 6
    assert whole_text(renewed.data) == whole_text(written(made))
    assert renew(made, renewed.data).data == renewed.data


def test_untouched_blocks_get_the_new_text():
    renewed = renew(newer(), written(paper()))
    sound(renewed.data)
    assert renewed.renewed == (LATE,)
    assert renewed.kept == renewed.added == renewed.removed == ()
    assert whole_text(renewed.data) == whole_text(written(newer()))
    assert about(renewed.data) == about(written(newer()))


def test_what_a_person_wrote_stays_as_it_is_and_the_new_version_stands_behind():
    def change(document) -> None:
        about_late(document).add_run(" Đã nhắc bằng văn bản.").bold = True

    old = by_hand(written(paper()), change)
    renewed = renew(newer(), old)
    sound(renewed.data)
    assert (renewed.kept, renewed.beside, renewed.renewed) == ((LATE,), (LATE,), ())
    lines = said(renewed.data)
    at = next(number for number, line in enumerate(lines) if line.endswith("Đã nhắc bằng văn bản."))
    assert lines[at + 1] == f"{NEWER}- Ban Dân tộc tỉnh gửi muộn 04 báo cáo tháng."
    runs = [each for each in part(renewed.data).iter(qn("w:r")) if text(each) == " Đã nhắc bằng văn bản."]
    assert runs[0].find(qn("w:rPr")).find(qn("w:b")) is not None
    (bright,) = [each for each in part(renewed.data).iter(qn("w:r")) if text(each) == NEWER]
    assert bright.find(qn("w:rPr")).find(qn("w:highlight")) is not None
    again = renew(newer(), renewed.data)
    assert said(again.data) == lines
    assert again.beside == (LATE,)


def test_a_new_version_that_was_taken_out_does_not_come_again():
    old = by_hand(written(paper()), lambda document: about_late(document).add_run(" Đã nhắc."))
    both = renew(newer(), old).data

    def choose(document) -> None:
        element = next(each for each in document.paragraphs if each.text.startswith(NEWER))._p
        element.getparent().remove(element)

    again = renew(newer(), by_hand(both, choose))
    assert NEWER not in "".join(said(again.data))
    assert again.kept == (LATE,)
    assert again.beside == ()


def test_who_chooses_the_new_version_gets_it_renewed_from_then_on():
    old = by_hand(written(paper()), lambda document: about_late(document).add_run(" Đã nhắc."))

    def choose(document) -> None:
        element = about_late(document)._p
        element.getparent().remove(element)

    again = renew(newer(), by_hand(renew(newer(), old).data, choose))
    sound(again.data)
    assert NEWER not in "".join(said(again.data))
    assert "- Ban Dân tộc tỉnh gửi muộn 04 báo cáo tháng." in said(again.data)


def test_free_text_head_and_foot_stay():
    def change(document) -> None:
        about_late(document).insert_paragraph_before("Đoạn do người soạn thảo thêm.")
        for table, old, new in ((0, "Số        -", "Số 15-"), (1, "PHÓ TRƯỞNG BAN", "TRƯỞNG BAN")):
            for cell in document.tables[table]._cells:
                for each in cell.paragraphs:
                    for run in each.runs:
                        run.text = run.text.replace(old, new)

    renewed = renew(newer(), by_hand(written(paper()), change))
    sound(renewed.data)
    lines = said(renewed.data)
    at = lines.index("Đoạn do người soạn thảo thêm.")
    assert lines[at + 1].startswith("- Ban Dân tộc tỉnh gửi muộn 04")
    everything = text(part(renewed.data))
    assert "Số 15-BC/BDVTU-BDT" in everything
    assert "PHÓ TRƯỞNG" not in everything


def test_new_blocks_come_behind_the_one_before_and_those_gone_are_taken_out():
    made = paper()
    at = next(number for number, each in enumerate(BODY) if each.key == LATE)
    new = Block("II.2/new", Role.ITEM, (Run("Một hạn chế mới.", note=Note("Chú thích mới.")),))
    changed = made._replace(body=(*BODY[: at + 1], new, *BODY[at + 2 :]))
    renewed = renew(changed, written(made))
    sound(renewed.data)
    assert renewed.added == ("II.2/new",)
    assert len(renewed.removed) == 1
    assert renewed.removed[0].startswith("- Tỷ lệ hộ nghèo")
    assert whole_text(renewed.data) == whole_text(written(changed))


def test_an_edited_block_stays_though_the_data_no_longer_give_it():
    old = by_hand(written(paper()), lambda document: about_late(document).add_run(" Giữ lại."))
    renewed = renew(paper(body=tuple(each for each in BODY if each.key != LATE)), old)
    sound(renewed.data)
    assert len(renewed.gone) == 1
    assert any(line.endswith("Giữ lại.") for line in said(renewed.data))


def test_a_remark_of_a_colleague_keeps_its_paragraph():
    def change(document) -> None:
        document.add_comment(about_late(document).runs, "Xem lại số này.", "Chị Hoa", "H")

    renewed = renew(newer(), by_hand(written(paper()), change))
    sound(renewed.data)
    assert renewed.beside == (LATE,)
    assert "Xem lại số này." in comments(renewed.data).values()


def test_bold_letters_that_a_person_set_stay_where_the_text_is_the_same():
    def change(document) -> None:
        for run in about_late(document).runs:
            run.bold = True

    renewed = renew(block(paper(), "opening", Run("Mở đầu khác.")), by_hand(written(paper()), change))
    (late,) = [each for each in paragraphs(part(renewed.data)) if text(each).startswith("- Ban Dân tộc tỉnh gửi muộn")]
    assert late.find(qn("w:r")).find(qn("w:rPr")).find(qn("w:b")) is not None


def test_paragraphs_that_a_person_joined_stay_joined():
    def change(document) -> None:
        first = about_late(document)._p
        second = first.getnext()
        for child in list(second):
            if child.tag != qn("w:pPr"):
                first.append(child)
        second.getparent().remove(second)

    old = by_hand(written(paper()), change)
    renewed = renew(paper(), old)
    sound(renewed.data)
    assert whole_text(renewed.data) == whole_text(old)
    assert len(renewed.kept) == 2
    assert renewed.beside == ()


def test_a_paragraph_that_a_person_split_stays_split():
    def change(document) -> None:
        first = about_late(document)._p
        second = deepcopy(first)
        first.addnext(second)
        for each in second.findall(qn("w:bookmarkStart")):
            second.remove(each)
        for each in first.findall(qn("w:bookmarkEnd")):
            first.remove(each)
        for each in second.iter(qn("w:commentRangeStart"), qn("w:commentRangeEnd")):
            each.getparent().remove(each)

    old = by_hand(written(paper()), change)
    renewed = renew(newer(), old)
    assert renewed.beside == (LATE,)
    assert sum(line.startswith("- Ban Dân tộc tỉnh gửi muộn 03") for line in said(renewed.data)) == 2


def test_annexes_are_renewed_kept_added_and_taken_out():
    other = ANNEXES[0]._replace(rows=ANNEXES[0].rows[:2])
    new = Annex("new", "Phụ lục mới", ("TT", "Đơn vị"), (("1", "Huyện Võ Nhai"),))
    for annexes in ((other, ANNEXES[1]), (ANNEXES[1],), (other, ANNEXES[1], new), (new,), ()):
        renewed = renew(paper(annexes=annexes), written(paper()))
        sound(renewed.data)
        shapes = [
            [(each.find(qn("w:pgSz")).get(qn("w:orient")), len(each.findall(qn("w:headerReference")))) for each in part(data).iter(qn("w:sectPr"))]
            for data in (renewed.data, written(paper(annexes=annexes)))
        ]  # fmt: skip
        assert shapes[0] == shapes[1]
    assert "Huyện Võ Nhai" in text(part(renew(paper(annexes=(*ANNEXES, new)), written(paper(annexes=()))).data))


@pytest.mark.parametrize("frame", [PARTY, None])
def test_a_file_may_lose_all_of_its_blocks_and_get_them_again(frame):
    made = paper(frame)
    empty = renew(paper(frame, body=()), written(made))
    sound(empty.data)
    assert len(empty.removed) == len(BODY)
    assert said(empty.data) == said(written(paper(frame, body=())))
    again = renew(made, empty.data)
    sound(again.data)
    assert whole_text(again.data) == whole_text(written(made))


def test_an_edited_annex_is_kept():
    def change(document) -> None:
        document.tables[2].cell(1, 3).paragraphs[0].add_run(" (ước)")

    renewed = renew(paper(annexes=(ANNEXES[0]._replace(title="Tên khác"), ANNEXES[1])), by_hand(written(paper()), change))
    sound(renewed.data)
    assert renewed.beside == ("tasks",)
    assert "1.250 (ước)" in text(part(renewed.data))
    assert "TÊN KHÁC" in text(part(renewed.data))


@pytest.mark.parametrize("data", [b"", b"PK", b"Mot tep khac", b"\xff\xfe"])
def test_what_is_no_file_of_word_is_somebody_elses(data: bytes):
    assert renewer("docx")(paper(), Look(words()), data) is None


def test_a_file_of_word_without_our_marks_is_somebody_elses():
    other = by_hand(io.BytesIO(written(paper())).getvalue(), lambda document: [each.getparent().remove(each) for each in list(document.element.body.iter(qn("w:bookmarkStart")))])
    plain = io.BytesIO()
    docx.Document().save(plain)
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w") as file:
        file.writestr("[Content_Types].xml", "<a>")
    torn = io.BytesIO()
    with zipfile.ZipFile(torn, "w") as file, zipfile.ZipFile(io.BytesIO(written(paper()))) as whole_:
        for name in whole_.namelist():
            file.writestr(name, b"<w:footnotes" if name.endswith("footnotes.xml") else whole_.read(name))
    for data in (other, plain.getvalue(), bomb.getvalue(), torn.getvalue()):
        assert renewer("docx")(paper(), Look(words()), data) is None


KEYS = [each.key for each in BODY]


@given(
    edited=st.sets(st.sampled_from(KEYS), max_size=4), changed=st.sets(st.sampled_from(KEYS), max_size=4),
    gone=st.sets(st.sampled_from(KEYS), max_size=4),
)  # fmt: skip
@settings(max_examples=25, deadline=None)
def test_no_word_of_a_person_is_ever_lost(edited: set[str], changed: set[str], gone: set[str]):
    made = paper(annexes=ANNEXES[1:])  # the short one: no hand is laid on annexes here
    places = [KEYS.index(key) for key in sorted(edited)]

    def change(document) -> None:
        for place in places:
            [each for each in document.paragraphs if each._p.find(qn("w:bookmarkStart")) is not None][place].add_run(f" TAY{place}.")

    old = by_hand(written(made), change)
    new = made._replace(body=tuple(each._replace(runs=(Run(f"Mới {each.key}."),)) if each.key in changed else each for each in made.body if each.key not in gone))
    renewed = renew(new, old)
    sound(renewed.data)
    everything = "\n".join(said(renewed.data))
    assert all(everything.count(f" TAY{place}.") == 1 for place in places)
    for key in changed - gone:
        assert f"Mới {key}." in everything
    assert renew(new, renewed.data).data == renewed.data


@pytest.mark.skipif(not shutil.which("soffice"), reason="soffice is not installed")
def test_a_file_that_libreoffice_saved_is_renewed_too(tmp_path: Path):
    (tmp_path / "paper.docx").write_bytes(written(paper()))
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless", "--convert-to", "docx",
         "--outdir", str(tmp_path / "saved"), str(tmp_path / "paper.docx")],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    saved = (tmp_path / "saved" / "paper.docx").read_bytes()
    renewed = renew(newer(), saved)
    assert renewed.renewed == (LATE,)
    assert renewed.kept == renewed.beside == renewed.added == renewed.removed == ()
    assert "".join(whole_text(renewed.data).split()) == "".join(whole_text(written(newer())).split())
    sound(renewed.data)
    again = renew(newer(), by_hand(saved, lambda document: about_late(document).add_run(" Đã nhắc.")))
    sound(again.data)
    assert (again.kept, again.beside) == ((LATE,), (LATE,))

"""Papers as files of Word: what stands in the XML, for each profile."""

import io
import re

import docx
import pytest
from docx.oxml.ns import qn
from sides import ANNEXES, BODY, PARTY, STATE, ground, item, one, paper
from word import (
    FRAMES,
    about,
    comments,
    found,
    has,
    names,
    paragraphs,
    part,
    size,
    style,
    text,
    value,
    whole,
    written,
)  # fmt: skip

from tracker.lang import words
from tracker.model.paper import Frame, Run, Side

TWIPS = 1440 / 25.4
every = pytest.mark.parametrize("name", list(FRAMES))


@every
def test_page_has_the_margins_of_its_rules(name: str):
    first = next(part(whole(name)).iter(qn("w:sectPr")))
    size_, margins = first.find(qn("w:pgSz")), first.find(qn("w:pgMar"))
    assert (round(int(size_.get(qn("w:w"))) / TWIPS), round(int(size_.get(qn("w:h"))) / TWIPS)) == (210, 297)
    sides = {side: round(int(margins.get(qn(f"w:{side}"))) / TWIPS) for side in ("top", "bottom", "left", "right", "header")}
    assert sides == {"top": 20, "bottom": 20, "left": 30, "right": 15, "header": 10}


@every
def test_number_of_the_page_stands_in_the_top_margin_but_not_on_the_first_page(name: str):
    document = docx.Document(io.BytesIO(whole(name)))
    for section in document.sections:
        assert section.different_first_page_header_footer
        assert 'instr=" PAGE "' in section.header._element.xml
        assert "PAGE" not in section.first_page_header._element.xml
        assert text(section.first_page_header._element) == ""
    assert value(style(whole(name), "Header"), "rPr/sz") == "28"
    assert value(style(whole(name), "Header"), "pPr/jc") == "center"


@pytest.mark.parametrize(
    ("name", "spacing", "indent"),
    [("state-2020", ("276", "auto"), 12.7), ("party-2018", ("360", "exact"), 10), ("party-2026", ("360", "exact"), 10)],
)
def test_text_is_set_as_its_rules_ask(name: str, spacing: tuple[str, str], indent: float):
    body = style(whole(name), "BodyText")
    assert (value(body, "pPr/spacing", "line"), value(body, "pPr/spacing", "lineRule")) == spacing
    assert value(body, "pPr/spacing", "after") == "120"
    assert abs(int(value(body, "pPr/ind", "firstLine")) / TWIPS - indent) < 0.05
    assert value(body, "pPr/jc") == "both"
    assert value(body, "rPr/sz") == "28"
    fonts = next(part(whole(name), "word/styles.xml").iter(qn("w:rFonts")))
    assert set(fonts.attrib.values()) == {"Times New Roman"}


def test_head_of_the_party():
    root = part(whole("party-2026"))
    for line, points, bold in (
        ("TỈNH ỦY THÁI NGUYÊN", 14, False),
        ("BAN DÂN VẬN TỈNH ỦY -", 14, True),
        ("BAN DÂN TỘC TỈNH", 14, True),
        ("*", 14, True),
        ("ĐẢNG CỘNG SẢN VIỆT NAM", 15, True),
        ("Số        -BC/BDVTU-BDT", 14, False),
        ("BÁO CÁO", 16, True),
        ("-----", 14, True),
    ):
        assert (size(found(root, line)), has(found(root, line), "b")) == (points, (bold,)), line
    place = found(root, "Thái Nguyên, ngày      tháng      năm         ")
    assert (size(place), has(place, "i", "b")) == (14, (True, False))
    assert "CỘNG HÒA" not in text(root)


def test_head_of_the_state():
    root = part(whole("state-2020"))
    for line, points, bold in (
        ("ỦY BAN NHÂN DÂN TỈNH THÁI NGUYÊN", 13, False),
        ("BAN DÂN TỘC", 13, True),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, True),
        ("Độc lập - Tự do - Hạnh phúc", 14, True),
        ("Số:        /BC-BDT", 13, False),
        ("BÁO CÁO", 14, True),
    ):
        assert (size(found(root, line)), has(found(root, line), "b")) == (points, (bold,)), line
    rules = [each for each in paragraphs(root) if each.find(qn("w:pPr")).find(qn("w:pBdr")) is not None]
    assert len(rules) == 3, "below the issuer, below Tiêu ngữ, below the subject"
    assert {text(root).count(sign) for sign in ("-----", "ĐẢNG CỘNG SẢN")} == {0}


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("party-2026", ["I- Kết quả thực hiện năm 2023", "1. Công tác lãnh đạo, chỉ đạo, phối hợp hoạt động", "a) Công tác tuyên truyền"]),
        ("state-2020", ["I. Kết quả thực hiện năm 2023", "1. Công tác lãnh đạo, chỉ đạo, phối hợp hoạt động", "a) Công tác tuyên truyền"]),
    ],
)
def test_headings(name: str, lines: list[str]):
    root = part(whole(name))
    for level, line in enumerate(lines, start=1):
        assert value(found(root, line), "pPr/pStyle") == f"Heading{level}"
    assert style(whole(name), "Heading1").find(qn("w:rPr")).find(qn("w:caps")) is not None


@pytest.mark.parametrize(("name", "end"), [("party-2026", "còn cao."), ("state-2020", "còn cao./.")])
def test_last_paragraph_of_a_whole_paper_is_closed(name: str, end: str):
    last = [each for each in paragraphs(part(whole(name))) if text(each).startswith("- Tỷ lệ hộ nghèo")]
    assert text(last[0]).endswith(end)
    assert last[0].find(qn("w:pPr")).find(qn("w:keepNext")) is not None, "nobody signs a page without a line"
    assert not text(part(written(paper(None), name))).count("./.")


def test_foot_of_the_party():
    root = part(whole("party-2026"))
    label = found(root, "Nơi nhận:")
    assert (size(label), has(label, "u", "b", "i")) == (14, (True, False, False))
    items = [text(each) for each in paragraphs(root) if text(each).startswith("- ") and size(each) == 12]
    assert items == ["- Thường trực Tỉnh ủy (báo cáo),", "- Ban Dân tộc tỉnh,", "- Ban dân vận các huyện ủy, thành ủy,", "- Lưu Ban Dân vận Tỉnh ủy."]
    assert (size(found(root, "K/T TRƯỞNG BAN")), has(found(root, "K/T TRƯỞNG BAN"), "b")) == (14, (True,))
    assert has(found(root, "PHÓ TRƯỞNG BAN"), "b") == (False,)


def test_foot_of_the_state():
    root = part(whole("state-2020"))
    label = found(root, "Nơi nhận:")
    assert (size(label), has(label, "u", "b", "i")) == (12, (False, True, True))
    items = [text(each) for each in paragraphs(root) if text(each).startswith("- ") and size(each) == 11]
    assert items == ["- Ủy ban nhân dân tỉnh;", "- Ban Dân vận Tỉnh ủy;", "- Lưu: VT, CSDT."]
    assert has(found(root, "PHÓ TRƯỞNG BAN"), "b") == (True,)


@pytest.mark.parametrize("given_", ["K/T TRƯỞNG BAN", "KT. TRƯỞNG BAN", "kt. trưởng ban"])
@pytest.mark.parametrize(("frame", "wanted"), [(PARTY, "K/T TRƯỞNG BAN"), (STATE, "KT. TRƯỞNG BAN")])
def test_authority_is_written_as_the_side_writes_it(given_: str, frame: Frame, wanted: str):
    found(part(written(one("a", frame._replace(signer=(given_,))))), wanted)


def test_what_is_not_known_of_a_frame_is_left_out():
    empty = Frame(Side.PARTY, "", (), "", "", "Báo cáo", "Kết quả", (), ())
    root = part(written(one("Một câu.", empty)))
    assert "Nơi nhận" not in text(root)
    assert "…………, ngày" in text(root)
    assert has(found(root, words()("paper.signer")), "highlight") == (True,)


def test_a_section_has_its_paragraphs_and_nothing_else():
    made = paper(None, annexes=())
    root = part(written(made))
    assert text(paragraphs(root)[0]).startswith("Thực hiện Kế hoạch")
    assert len(paragraphs(root)) == len(BODY)
    assert not list(root.iter(qn("w:tbl")))


def test_gaps_are_bright_and_nothing_else_is():
    root = part(whole("party-2026"))
    bright = [text(each) for each in root.iter(qn("w:r")) if value(each, "rPr/highlight") == "yellow"]
    assert bright == ["[CẦN BỔ SUNG: nguyên nhân]"]


def test_runs_keep_bold_and_italic():
    root = part(whole("party-2026"))
    runs = {text(each): {child.tag for child in each.iter()} for each in root.iter(qn("w:r"))}
    assert qn("w:b") in runs["100%"]
    assert qn("w:i") in runs["trong đó"]


@every
def test_footnotes_and_their_marks_belong_together(name: str):
    data = whole(name)
    marks = [each.get(qn("w:id")) for each in part(data).iter(qn("w:footnoteReference"))]
    notes = {each.get(qn("w:id")): text(each) for each in part(data, "word/footnotes.xml") if each.get(qn("w:type")) is None}
    assert marks == ["1", "2"] == list(notes)
    assert notes["1"] == " Có 8/8/9 huyện, thành phố có phòng dân tộc (trừ thành phố Sông Công)."
    kinds = [(each.get(qn("w:type")), each.get(qn("w:id"))) for each in part(data, "word/footnotes.xml")][:2]
    assert kinds == [("separator", "-1"), ("continuationSeparator", "0")]
    assert [each.get(qn("w:id")) for each in part(data, "word/settings.xml").iter(qn("w:footnote"))] == ["-1", "0"]
    styles = {each.get(qn("w:styleId")) for each in part(data, "word/styles.xml").iter(qn("w:style"))}
    assert {"FootnoteText", "FootnoteReference"} <= styles


def test_a_paper_without_notes_has_no_part_for_them():
    assert "word/footnotes.xml" not in names(written(one("Một câu.")))


def test_each_block_says_in_a_comment_what_it_rests_on():
    said = about(whole("party-2026"))
    (late,) = [lines for line, lines in said.items() if line.startswith("- Ban Dân tộc tỉnh gửi muộn")]
    assert late == [f"{words()('word.grounds')}\n{ground(1).finding}"]
    (late,) = [lines for line, lines in about(whole("party-2026", trace=True)).items() if line.startswith("- Ban Dân tộc tỉnh gửi muộn")]
    assert late == [f"Số liệu trong câu: count = 03\n{words()('word.grounds')}\n{ground(1).finding} (actuals/2023/bdt.yaml:1:5)"]


def test_grounds_of_a_note_are_those_of_its_block():
    (said,) = [lines for line, lines in about(whole("party-2026")).items() if line.startswith("Năm 2023") and lines]
    assert said == [f"{words()('word.grounds')}\n{ground(9).finding}"]


def test_long_lists_of_grounds_are_cut_and_counted():
    many = item(1, Run("Nhiều."))._replace(grounds=tuple(map(ground, range(1, 101))))
    (said,) = about(written(paper(None, body=(many,), advice=(), annexes=()))).values()
    assert said[-1].count("\n") == 13
    assert "88" in said[-1].splitlines()[-1]
    assert said[-1].splitlines()[-1] == words()("word.more", count="88")


def test_advice_is_in_a_comment_and_never_in_the_paper():
    advice = "Còn 2 đoạn chưa có nguyên nhân. " + "Đọc kỹ. " * 60
    for frame in (None, PARTY):
        data = written(paper(frame, advice=(advice,)))
        assert advice not in text(part(data))
        assert next(iter(about(data).values()))[0].endswith(f"- {advice}")
    empty = written(paper(PARTY, body=(), advice=(advice,)))
    assert any(advice in said for said in comments(empty).values())


def test_comments_speak_the_language_that_was_asked_for():
    data = written(paper(), code="en")
    assert any(said.startswith("Rests on") for said in comments(data).values())
    assert text(part(data)) == text(part(written(paper())))


def test_no_mark_of_a_comment_stands_between_two_footnotes():
    """LibreOffice 7.4 drops the text of every footnote of such a file."""
    tags = [each.tag for each in part(whole("party-2026")).iter(qn("w:footnoteReference"), qn("w:commentReference"))]
    notes = [place for place, tag in enumerate(tags) if tag == qn("w:footnoteReference")]
    assert notes == list(range(notes[0], notes[0] + len(notes)))
    assert len(tags) - len(notes) == len(comments(whole("party-2026")))


def test_every_block_can_be_found_again():
    root = part(whole("party-2026"))
    marks = [each.get(qn("w:name")) for each in root.iter(qn("w:bookmarkStart"))]
    assert len(set(marks)) == len(marks) == len(BODY) + len(ANNEXES) + 1
    assert all(re.fullmatch(r"_[ta]_[0-9a-f]{12}_[0-9a-f]{12}", mark) for mark in [marks[0], *marks[2:]])
    assert re.fullmatch(r"_o_[0-9a-f]{12}", marks[1])
    ids = [each.get(qn("w:id")) for each in root.iter(qn("w:bookmarkStart"))]
    assert ids == [each.get(qn("w:id")) for each in root.iter(qn("w:bookmarkEnd"))]
    changed = paper(body=(BODY[0]._replace(runs=(Run("Khác."),)), *BODY[1:]))
    again = [each.get(qn("w:name")) for each in part(written(changed)).iter(qn("w:bookmarkStart"))]
    assert [before == after for before, after in zip(marks, again, strict=True)].count(False) == 1
    assert again[0][:15] == marks[0][:15]

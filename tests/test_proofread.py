"""Proofreading: each remark on a text that earns it, none on the same text mended; places, quotes and pages."""

import ast
import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from builders import placed, unit
from golden_files import same
from hypothesis import given, settings, strategies as st
from inside import tracker
from projects import ROOT, SHOWCASE, showcase
from proof_texts import PAIRS

from tracker.lang import for_many, languages, slots_of, words
from tracker.model.document import Citation, Document
from tracker.model.indicator import Indicator
from tracker.model.proof import Level, Proof, Role, Script
from tracker.model.values import Quantity
from tracker.proofread import every, proofread
from tracker.proofread.amounts import amounts
from tracker.proofread.citations import NUMBER, citations
from tracker.proofread.facts import Facts, gather
from tracker.proofread.text import sentences
from tracker.read.texts import _hidden
from tracker.read.texts.join import Line, Lines, joined, unseen
from tracker.render.proofread.said import remedy, sentence

TEXT = "tests/texts/bao-cao-2024.md"
NAMES = sorted(
    node.value
    for path in (ROOT / "tracker" / "proofread" / "checks").glob("[a-z]*.py")
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    if isinstance(node, ast.Constant) and isinstance(node.value, str)
    and node.value.startswith(f"{path.stem}-") and node.value in words("vi").table["proofread"]["says"]
)  # fmt: skip


def facts() -> Facts:
    plan = next(one for one in showcase().plans if one.id == "12-KH/BDVTU-BDT")
    return gather(showcase(), plan, 2024)


def script(text: str, file: str = "x.txt") -> Script:
    lines = Lines(tuple(Line(number, raw) for number, raw in enumerate(text.split("\n"), 1)))
    return Script(file, joined(lines), tuple(_hidden(lines, file)))


def read(text: str) -> Proof:
    return proofread(script(text), facts())


def names(text: str) -> set[str]:
    return {remark.name for remark in read(text).remarks}


def test_every_remark_has_its_pair_of_texts():
    own = {"citation-elsewhere", "name-parent"}  # need other registers, see below
    assert set(NAMES) == {*PAIRS, *own}
    assert set(words("vi").table["proofread"]["says"]) == {*PAIRS, *own}


def test_a_register_that_does_not_know_which_day_is_right_says_so():
    document = Document("9-NQ/TU", "Nghị quyết", citations=(Citation("Quyết định 5/QĐ-UBND", date(2023, 3, 2), ""),))
    known = facts()._replace(documents={"9-nq/tu": document})
    text = "Nghị quyết số 9-NQ/TU, ngày {}/3/2023 của Tỉnh ủy về công tác dân vận."
    for day, expected in (("03", ["citation-elsewhere"]), ("02", [])):
        assert [one.name for one in proofread(script(text.format(day)), known).remarks] == expected


def test_a_commune_stands_in_its_district():
    units = (
        unit("a")._replace(name="Huyện An Sơn"),
        unit("b")._replace(name="Huyện Bình Hà"),
        unit("c", "xa", parent="a")._replace(name="Xã Văn Lăng"),
        unit("d", "xa", parent="b")._replace(name="Xã Vân Lang"),
        unit("e", "xom", parent="c")._replace(name="Xóm Bản Tèn"),
    )
    known = Facts(2024, {}, placed(*units))
    for text, expected in (
        ("Tại xã Văn Lăng, huyện An Sơn.", []),
        ("Tại xã Văn Lăng, huyện Bình Hà.", ["name-parent"]),
        ("Tại xã Văn Lãng, huyện An Sơn.", ["name-accents"]),
        ("Tại xã Văn Lãng.", ["name-ambiguous"]),
        ("Tại xã An Sơn.", ["name-kind"]),
        ("Tại Văn Lăng.", []),
        ("Tại xóm Bản Tèn và Bản Ten.", ["name-accents"]),
    ):
        assert [one.name for one in proofread(script(text), known).remarks] == expected, text


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Đạt 12/15 nhiệm vụ (80%).", False), ("Đạt 12/15 nhiệm vụ (81%).", True), ("Có 2/3 hộ, đạt 66,7%.", False),
        ("Có 2/3 hộ, đạt 66,6%.", True), ("Tỷ lệ 66,67% (2 hộ/3 hộ).", False), ("Ngày 12/5 có 15 hộ (80%).", False),
    ],
)  # fmt: skip
def test_shares_are_computed_to_the_printed_digits(text: str, wrong: bool):
    assert ("sum-ratio" in names(text)) == wrong


@pytest.mark.parametrize("name", sorted(PAIRS))
def test_a_text_that_earns_a_remark_gets_it_and_the_mended_one_does_not(name: str):
    bad, good = PAIRS[name]
    assert name in names(bad)
    assert name not in names(good)


@pytest.mark.parametrize("name", sorted(PAIRS))
def test_every_slot_of_a_remark_is_filled_and_its_words_stand_at_its_place(name: str):
    proof = read(PAIRS[name][0])
    lines = PAIRS[name][0].split("\n")
    for remark in proof.remarks:
        assert remark.check == name.partition("-")[0] or remark.name != name
        for code in languages():
            for text in (sentence(remark, words(code)), remedy(remark, words(code))):
                assert not slots_of(text), text
        if remark.quoted:
            assert lines[remark.at.line - 1][remark.at.column - 1 :].startswith(remark.quoted)


def test_a_clean_text_has_no_remark():
    text = (
        "BAN DÂN VẬN TỈNH ỦY\nSố 25-BC/BDVTU\nMinh Sơn, ngày 20 tháng 10 năm 2024\nBÁO CÁO\nKết quả phối hợp năm 2024\n\n"
        "Thực hiện Kế hoạch số 12-KH/BDVTU-BDT, ngày 25/01/2024 về phối hợp công tác dân vận và dân tộc năm 2024, hai cơ"
        " quan báo cáo như sau:\n\nI. KẾT QUẢ\n\nHai cơ quan đã tổ chức 03 hội nghị cho 230 đại biểu ở huyện Nậm Khê và huyện"
        " Tấn Ân. Tính đến ngày 30/9/2024, toàn tỉnh có 820 người có uy tín (trong đó 500 người là nam, 320 người là nữ).\n\n"
        "II. HẠN CHẾ VÀ NGUYÊN NHÂN\n\n- Việc nắm tình hình ở 02 huyện chưa sâu, nguyên nhân là do thiếu cán bộ.\n\n"
        "Nơi nhận:\n- Thường trực Tỉnh ủy;\n- Lưu Ban Dân vận Tỉnh ủy.\n\nK/T TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\n"
    )
    remarks_ = read(text).remarks
    assert [(one.name, one.quoted) for one in remarks_] == [("figure-unknown", "02 huyện")]


@pytest.mark.parametrize(
    "number",
    [
        "88/2019/QH14", "42/2014/QĐ-TTg", "19/2008/NQLT/CP-UBTUMTTQVN", "14-KH/BDVTU-BDT", "31 - HD/BTCTW", "1719/QĐ-TTg",
        "79-Ctr/BDVTW – BCSĐCP", "1683/NQ-UBTVQH15", "902/UBDT-TH", "161-CTr/BCSĐUBND-BDVTU", "01-QCPH/UBND-BDVTU",
        "147-CTHĐ/TU", "09-ĐA/TU", "01/QCPH/UBND-UBMTTQ", "65-KL/TW", "01-TBLT/SNV-STC", "01/HNVB-VPCP",
    ],
)  # fmt: skip
def test_every_shape_of_number_is_known(number: str):
    found = NUMBER.search(f"theo văn bản số {number}, ngày 01/02/2023")
    assert found
    assert found[0] == number


@pytest.mark.parametrize("text", ["06-QĐ-TU", "2021-2030", "01/02/2023", "8/8/9", "1.797", "24/7", "xã 135/TTg"])
def test_what_is_no_number_of_a_document(text: str):
    assert NUMBER.search(f"có {text} ở đây") is None


def test_a_citation_has_all_its_parts():
    text = (
        "theo Nghị quyết số 9-NQ/TU, ngày 02 tháng 3 năm 2023 của Ban Chấp hành Đảng bộ tỉnh về “công tác dân vận” và việc"
    )
    (one,) = citations(script(text).paragraphs[0])
    assert (one.type, one.number, str(one.day), one.comma) == ("Nghị quyết", "9-NQ/TU", "2023-03-02", True)
    assert (one.issuer, one.title) == ("Ban Chấp hành Đảng bộ tỉnh", "“công tác dân vận")


def test_days_years_ordinals_and_numbers_are_no_figures():
    text = (
        "Năm 2024, ngày 01/02/2024, giai đoạn 2021-2025, dự án 1, 2 và 6, lần thứ 4, khóa 9, quý 2, số 12-KH/BDVTU-BDT, điều 5 có"
        " 27 lớp, gần 4.152 lượt, 8,5%, cao hơn 3%."
    )
    found = amounts(script(text).paragraphs[0])
    assert [(one.written, one.counted, one.word) for one in found] == [
        ("27", "lớp", ""), ("4.152", "lượt", "gần"), ("8,5", "%", ""), ("3", "%", ""),
    ]  # fmt: skip


def test_a_sentence_cut_by_a_page_and_a_footnote_is_whole_again():
    text = "Ban tổ chức hội nghị của\n\n¹ Chú thích dài\nhai dòng.\n\nBan Chấp hành tại huyện\n\ntrong tỉnh¹. Xong."
    found = script(text).paragraphs
    assert [(one.role, one.text) for one in found] == [
        (Role.BODY, "Ban tổ chức hội nghị của Ban Chấp hành tại huyện trong tỉnh¹. Xong."),
        (Role.NOTE, "¹ Chú thích dài hai dòng."),
    ]
    body = found[0]
    assert body.spot(body.text.index("Chấp")) == (6, 5)
    assert body.spot(body.text.index("Xong")) == (8, 14)


def test_sentences_do_not_end_at_an_abbreviation():
    paragraph = script("Họp ở TP. Minh Sơn. Sau đó về. “Xong.” Hết 1.000 việc.").paragraphs[0]
    assert [one.text for one in sentences(paragraph)] == [
        "Họp ở TP. Minh Sơn.", "Sau đó về.", "“Xong.”", "Hết 1.000 việc.",
    ]  # fmt: skip


SYLLABLES = st.sampled_from(
    "Nghị quyết số 12-KH/BDVTU-BDT , ngày 25/01/2024 về gần 4.152 8,57% (trong đó có 1.797 562) “ ” DTTS&MN (sau đây viết tắt"
    " là DTTS) I. 1. - Nơi nhận: T/M ¹ huyện Tân An Nậm Khe tỷ lệ hộ nghèo, cao hơn so với hoàn thành chưa kịp thời . ; năm\n \n\n"
    " II. HẠN CHẾ VÀ NGUYÊN NHÂN\n 2021-2025 8/8/9 0/0 hoá hóa \u200b \u0301 đ\u043e".replace("\n", " \n ").split(" "),
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(SYLLABLES, max_size=60).map(" ".join)))
def test_any_text_is_read_and_every_remark_stands_in_it(text: str):
    made = script(text)
    if not made.paragraphs:
        return
    proof = proofread(made, facts())
    assert proof == proofread(made, facts())
    paragraphs = [one.text for one in made.paragraphs]
    lines = text.split("\n")
    for remark in proof.remarks:
        assert 1 <= remark.at.line <= len(lines)
        assert remark.at.column >= 1
        assert not remark.quoted or any(remark.quoted in one for one in paragraphs)
        assert remark.check in every()
        for code in languages():
            assert not slots_of(sentence(remark, words(code))) or "{" in text


NUMBERS = st.one_of(
    st.from_regex(r"[0-9]{1,17}(,[0-9]{1,17})?", fullmatch=True),
    st.from_regex(r"[0-9]{1,3}(\.[0-9]{3}){1,4}", fullmatch=True),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(NUMBERS, min_size=6, max_size=6))
def test_any_numbers_are_computed_with(numbers: list[str]):
    a, b, c, d, e, f = numbers
    read(f"Đạt {a}% ({b} hộ/{c} hộ), cao hơn {d}% so với tỉnh ({e}%). Có {a} mô hình (trong đó {b} mô hình, {f} mô hình), {a}/{c} ({d}%).")


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=80))
def test_every_letter_keeps_its_place(text: str):
    lines = text.split("\n")
    for paragraph in script(text).paragraphs:
        for offset, letter in enumerate(paragraph.text):
            line, column = paragraph.spot(offset)
            there = unicodedata.normalize("NFC", lines[line - 1])[column - 1 : column]
            assert letter in (there, " ")


def test_invisible_characters_are_told_with_their_column():
    assert list(unseen("a\u202eb\u200b")) == [(2, "U+202E"), (4, "U+200B")]


def test_targets_of_tasks_and_indicators_are_known():
    target = Indicator("ho-ngheo", "Hộ nghèo", target=Quantity(777, unit="hộ"))
    project = showcase()._replace(indicators=(target,))
    known = gather(project, None, 2024)
    assert [one.name for one in proofread(script("Có 777 hộ và 778 hộ."), known).remarks] == ["figure-unknown"]


@pytest.mark.parametrize("lang", languages())
def test_the_page(lang: str):
    code, out, trouble = tracker("proofread", TEXT, "--project", str(SHOWCASE), "--lang", lang)
    assert (code, trouble) == (1, "")
    same(f"proofread-{lang}-80.txt", out)


def test_the_page_one_thing_a_line():
    code, out, _ = tracker("proofread", TEXT, "--project", str(SHOWCASE), "--plain")
    assert code == 1
    same("proofread-plain.txt", out)


@pytest.mark.parametrize("name", ["json", "markdown"])
def test_the_other_formats(name: str):
    _, out, trouble = tracker("proofread", TEXT, "--project", str(SHOWCASE), "--format", name)
    assert trouble == ""
    same(f"proofread-{name}.txt", out)


def test_counts_add_up():
    _, out, _ = tracker("proofread", TEXT, "--project", str(SHOWCASE), "--format", "json")
    (file,) = json.loads(out)["files"]
    assert sum(file["levels"].values()) == sum(file["checks"].values()) == len(file["remarks"]) > 0


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        ("Có gần 4.152 lượt.", "defect", 1), ("Có 777 hộ.", "defect", 0), ("Có 777 hộ.", "doubt", 1),
        ("Làm việc với HĐND.", "doubt", 0), ("Làm việc với HĐND.", "hint", 1), ("Có gần 4.152 lượt.", "never", 0),
        ("Đã họp.", "hint", 0),
    ],
)  # fmt: skip
def test_the_exit_code_is_that_of_the_level(text: str, level: str, code: int, tmp_path: Path):
    file = tmp_path / "x.txt"
    file.write_text(text, encoding="utf-8")
    assert tracker("proofread", str(file), "--project", str(SHOWCASE), "--fail-on", level)[0] == code


def test_the_year_of_the_title_chooses_the_data(tmp_path: Path):
    for year in ("2022", "2024"):
        file = tmp_path / f"{year}.txt"
        file.write_text(f"BÁO CÁO\nKết quả năm {year}\n\nĐã họp.", encoding="utf-8")
        _, out, _ = tracker("proofread", str(file), "--project", str(SHOWCASE), "--format", "json")
        assert json.loads(out)["files"][0]["year"] == int(year)
    _, out, _ = tracker("proofread", str(file), "--project", str(SHOWCASE), "--plan", "10-KH", "--format", "json")
    assert json.loads(out)["files"][0]["year"] == 2022


def test_the_page_about_proofreading_has_every_remark_and_level():
    text = (ROOT / "docs" / "proofread.md").read_text(encoding="utf-8")
    for name, said in words("en").table["proofread"]["says"].items():
        assert f"| `{name}` | {for_many(said)} |" in text
    assert all(f"| `{level}` |" in text for level in Level)


def test_levels_and_checks_stand_in_order():
    assert [str(level) for level in Level] == ["defect", "doubt", "hint"]
    assert every() == tuple(sorted(words("vi").table["proofread"]["check"]))

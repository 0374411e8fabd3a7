"""Files of Word as files: annexes and their pages, any text, the same bytes, what other programs make of them."""

import io
import re
import shutil
import subprocess
import unicodedata
import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings, strategies as st
from inside import tracker
from sides import ANNEXES, PARTY, ground, one, paper
from word import FRAMES, about, found, names, part, text, value, whole, written

from tracker.lang import words
from tracker.model.paper import Annex, Block, Note, Paper, Role, Run, Side
from tracker.render.visible import visible
from tracker.render.word.measure import width
from tracker.render.word.profile import profile_on, profiles

every = pytest.mark.parametrize("name", list(FRAMES))
HOSTILE = (
    '{ HYPERLINK "http://example.org" }', "{{ 7*7 }}", "{code}", "<w:p/>&amp;]]>", "\x00\x07\x1b[31m", "a\nb\tc", "\u202eovid",
    "\ud800 lone", "\ufffe\uffff", "x" * 5000, "  spaces  ", "", "=1+1", "%s%(name)s", "\\1", "\U0001f600", "e\u0302\u0323",
)  # fmt: skip
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps strike color sz szCs highlight u shd vertAlign lang",
    "sectPr": "headerReference footnotePr type pgSz pgMar pgNumType cols titlePg",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar",
    "trPr": "cantSplit tblHeader",
    "tcPr": "tcW vAlign",
    "settings": "zoom defaultTabStop characterSpacingControl footnotePr compat decimalSymbol listSeparator",
    "style": "name basedOn next qFormat pPr rPr tblPr",
}
"""The order in which ISO/IEC 29500 wants the children that we write; Word calls a file broken that has another."""


def test_profiles_follow_each_other_without_a_gap():
    assert set(profiles()) == set(FRAMES)
    for side in Side:
        mine = sorted((each for each in profiles().values() if each.side is side), key=lambda each: each.since)
        ends = [each.until for each in mine]
        assert ends.pop() is None
        assert [(after.since - until).days for after, until in zip(mine[1:], ends, strict=True)] == [1] * len(ends)


@pytest.mark.parametrize(
    ("side", "day", "name"),
    [
        (Side.PARTY, date(2026, 5, 26), "party-2018"),
        (Side.PARTY, date(2026, 5, 27), "party-2026"),
        (Side.PARTY, date(2018, 4, 2), "party-2018"),
        (Side.STATE, date(2020, 3, 5), "state-2020"),
        (Side.STATE, date(2031, 1, 1), "state-2020"),
    ],
)
def test_the_day_decides_which_rules_hold(side: Side, day: date, name: str):
    assert profile_on(side, day) is profiles()[name]
    frame = PARTY._replace(side=side)
    assert written(paper(frame, as_of=day)) == written(paper(frame, as_of=day), name)


def test_a_named_profile_wins_over_side_and_day():
    assert written(paper(PARTY), "state-2020") != written(paper(PARTY))
    with pytest.raises(KeyError):
        written(paper(PARTY), "no-such")


@every
def test_every_annex_begins_on_a_page_of_its_own_with_its_own_numbers(name: str):
    sections = list(part(whole(name)).iter(qn("w:sectPr")))
    assert len(sections) == 1 + len(ANNEXES)
    assert [value(each, "pgNumType", "start") for each in sections] == [None, "1", "1"]
    assert [value(each, "pgSz", "orient") for each in sections] == [None, None, "landscape"]
    assert {value(each, "type") for each in sections} == {"nextPage"}


def test_annexes_have_numerals_titles_and_the_paper_that_they_belong_to():
    root = part(whole("party-2026"))
    found(root, "PHỤ LỤC I")
    found(root, "TIẾN ĐỘ THEO ĐƠN VỊ VÀ TỪNG THÁNG TRONG NĂM")
    line = "(Kèm theo Báo cáo số        -BC/BDVTU-BDT, ngày      tháng      năm         của Ban Dân vận Tỉnh ủy, Ban Dân tộc tỉnh)"
    assert text(root).count(line) == 2
    alone = part(written(paper(annexes=ANNEXES[:1])))
    found(alone, "PHỤ LỤC")
    found(part(whole("state-2020")), "Phụ lục II")


def test_tables_repeat_their_head_and_set_numbers_to_the_right():
    tables = list(part(whole("party-2026")).iter(qn("w:tbl")))
    table = tables[2]
    rows = table.findall(qn("w:tr"))
    assert len(rows) == 1 + len(ANNEXES[0].rows)
    assert [row.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in rows] == [True] + [False] * 40
    assert [value(cell, "p/pPr/jc") for cell in rows[1].findall(qn("w:tc"))] == ["right", "left", "left", "right"]
    assert value(table, "tblPr/tblStyle") == "TableGrid"


@given(st.lists(st.lists(st.text("Thái Nguyên 1.", max_size=60), min_size=3, max_size=3), max_size=5))
@settings(max_examples=30, deadline=None)
def test_columns_fill_the_page_and_no_short_word_is_torn(rows: list[list[str]]):
    annex = Annex("a", "A", ("TT", "Nội dung", "Ghi chú"), tuple(map(tuple, rows)))
    root = part(written(paper(None, annexes=(annex,))))
    table = next(root.iter(qn("w:tbl")))
    columns = [int(each.get(qn("w:w"))) * 25.4 / 1440 for each in table.iter(qn("w:gridCol"))]
    section = list(root.iter(qn("w:sectPr")))[-1]
    assert abs(sum(columns) - (257 if value(section, "pgSz", "orient") else 165)) < 0.5
    for column, wide in zip(zip(annex.head, *annex.rows, strict=True), columns, strict=True):
        assert wide > max(min(width(word, 12), 40) for cell in column for word in (cell.split() or [""]))


def test_an_annex_without_rows_or_columns_is_written():
    for annex in (Annex("a", "A", (), ()), Annex("a", "A", ("TT",), ()), Annex("a", "A", ("", ""), (("", ""),))):
        docx.Document(io.BytesIO(written(paper(PARTY, annexes=(annex,)))))


def everywhere(hostile: str) -> Paper:
    """A paper that holds a text wherever a paper holds texts."""
    run = Run(hostile, blank=True, note=Note(hostile))
    body = tuple(Block(f"{role}{hostile}", role, (run, Run(hostile)), hostile, (), (ground(1)._replace(finding=hostile),)) for role in Role)
    annex = Annex(hostile, hostile, (hostile, "b"), ((hostile, hostile),))
    frame = PARTY._replace(
        parent=hostile, issuers=(hostile, hostile), code=hostile, place=hostile, name=hostile,
        subject=hostile, recipients=(hostile, hostile), signer=(hostile,),
    )  # fmt: skip
    return paper(frame, body=body, annexes=(annex, annex._replace(key="other")), advice=(hostile,), plans=(hostile,))


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_text(hostile: str):
    data = written(everywhere(hostile), trace=True)
    shown = unicodedata.normalize("NFC", visible(hostile))
    root = part(data)
    assert text(root).count(shown) >= 2 * len(Role)
    assert text(part(data, "word/footnotes.xml")).count(shown) >= len(Role)
    instructions = {each.get(qn("w:instr")) for each in root.iter(qn("w:fldSimple"))}
    assert instructions == set()
    assert not list(root.iter(qn("w:instrText"), qn("w:hyperlink")))
    ordered(data)


@given(st.text(max_size=200))
@settings(max_examples=50, deadline=None)
def test_any_text_comes_out_as_it_went_in(words_: str):
    data = written(one(words_))
    document = docx.Document(io.BytesIO(data))
    assert document.paragraphs[0].text == unicodedata.normalize("NFC", visible(words_))
    for name in names(data):
        if name.endswith((".xml", ".rels")):
            part(data, name)


def ordered(data: bytes) -> None:
    """Every element that we write has its children in the order of the standard."""
    for name in names(data):
        if not name.startswith("word/") or not name.endswith(".xml") or "theme" in name or "font" in name:
            continue
        for element in part(data, name).iter():
            wanted = ORDER.get(str(element.tag).rpartition("}")[2], "").split()
            if wanted:
                places = [wanted.index(child.tag.rpartition("}")[2]) for child in element]
                assert places == sorted(places), (name, element.tag, places)


@every
def test_children_stand_in_the_order_of_the_standard(name: str):
    ordered(whole(name, trace=True))


@every
def test_the_same_paper_gives_the_same_bytes(name: str):
    assert written(paper(FRAMES[name]), name) == whole(name)


def test_a_file_tells_neither_clock_nor_machine():
    data = whole("party-2026")
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert {info.date_time for info in file.infolist()} == {(2023, 12, 31, 0, 0, 0)}
        everything = b"".join(file.read(name) for name in file.namelist()).decode()
    assert set(re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]+Z", everything)) == {"2023-12-31T00:00:00Z"}
    assert "python-docx" not in everything
    assert not [name for name in names(data) if "thumbnail" in name or "app.xml" in name or "customXml" in name]
    early = written(paper(as_of=date(1970, 1, 1)))
    with zipfile.ZipFile(io.BytesIO(early)) as file:
        assert file.infolist()[0].date_time[0] == 1980



def test_the_command_writes_a_file(tmp_path: Path):
    target = tmp_path / "draft.docx"
    code, _, trouble = tracker("limitations", "--project", "tests/showcase", "--as-of", "20/10/2024", "-f", "docx", "-o", str(target))
    assert (code, trouble) == (0, "")
    document = docx.Document(str(target))
    assert document.paragraphs[0].text == f"2. {words()('draft.heading')}"
    assert len(about(target.read_bytes())) > 3
    document.paragraphs[1].add_run(" Đã nhắc.")
    document.save(str(target))
    code, _, trouble = tracker("limitations", "--project", "tests/showcase", "--as-of", "20/10/2024", "-o", str(target))
    assert code == 0
    assert "1" in trouble
    assert docx.Document(str(target)).paragraphs[1].text.endswith(" Đã nhắc.")


def test_a_profile_that_is_not_there_is_wrong_usage():
    code, out, trouble = tracker("limitations", "--project", "tests/showcase", "-f", "docx", "--profile", "party-1999")
    assert (code, out) == (2, "")
    assert "party-2018" in trouble


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all frames as LibreOffice shows them: it takes longer to start than to show them."""
    folder = tmp_path_factory.mktemp("shown")
    files = [folder / f"{name}.docx" for name in FRAMES]
    for file in files:
        file.write_bytes(whole(file.stem))
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *map(str, files)],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    return folder


def as_wide_as_times() -> bool:
    """Whether what stands in for Times New Roman is as wide: only then are pages those of people who have it."""
    if not shutil.which("fc-match"):
        return False
    told = subprocess.run(["fc-match", "Times New Roman"], check=False, capture_output=True, text=True, timeout=60).stdout
    return any(name in told for name in ("Times New Roman", "Liberation Serif", "Tinos"))


@pytest.mark.skipif(not (shutil.which("soffice") and shutil.which("pdftotext")), reason="soffice or pdftotext is not installed")
@pytest.mark.skipif(not as_wide_as_times(), reason="no font as wide as Times New Roman is installed (fonts-liberation)")
def test_libreoffice_opens_it_and_shows_all_of_it(opened: Path):
    for name in FRAMES:
        shown_whole(opened / f"{name}.pdf")


def shown_whole(file: Path) -> None:
    pages = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True, timeout=60
    ).stdout.split("\f")[:-1]
    assert len(pages) == 5
    shown = [re.sub(r"\s+", " ", page) for page in pages]
    # One person's PDF reader may put a gap into a word, so only short and plain ones are looked for.
    assert "BÁO CÁO" in shown[0]
    assert "8/8/9" in shown[0].split("đã bám sát")[-1], "the first note stands at the foot of its page"
    assert "6,47%" in shown[1]
    assert "PHÓ TRƯỞNG BAN" in shown[1]
    assert [page.strip().split(" ")[0] for page in (shown[1], shown[3])] == ["2", "2"]
    assert all("TT" in page for page in shown[2:5]), "the head of a table is repeated"

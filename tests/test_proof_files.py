"""Files to be proofread: what each format gives, and that a bad file is told in a sentence, never with a traceback."""

import zipfile
from pathlib import Path

import pytest
from inside import tracker
from projects import SHOWCASE

from tracker.lang import languages, words
from tracker.model.proof import Role
from tracker.read.texts import docx, read_script, suffixes

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NOTES = f"""<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="{W}">
<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t xml:space="preserve"> Theo báo cáo của huyện.</w:t></w:r></w:p></w:footnote>
</w:footnotes>"""


def make(path: Path) -> Path:
    """A Word file with a heading, tracked changes, a footnote, a table, and a picture from elsewhere."""
    from docx import Document
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    document = Document()
    document.add_heading("Kết quả", 1)
    paragraph = document.add_paragraph("Có gần ")
    paragraph.add_run("4.152").bold = True
    paragraph.add_run(" lượt")
    paragraph._p.append(parse_xml(f'<w:r xmlns:w="{W}"><w:footnoteReference w:id="2"/></w:r>'))
    paragraph._p.append(parse_xml(f'<w:del xmlns:w="{W}" w:id="9"><w:r><w:delText> bị xóa</w:delText></w:r></w:del>'))
    paragraph._p.append(parse_xml(f'<w:ins xmlns:w="{W}" w:id="8"><w:r><w:t>.</w:t></w:r></w:ins>'))
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text = "Huyện Nậm Khe"
    table.rows[0].cells[1].text = "02 lớp"
    document.add_paragraph("Hết.")
    document.part.relate_to("http://192.0.2.1/anh.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, NOTES.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    document.save(str(path))
    return path


def packed(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return path


def test_a_word_file_in_reading_order(tmp_path: Path):
    script, problems = read_script(make(tmp_path / "a.docx"), "a.docx")
    assert problems == []
    assert script is not None
    assert not script.lined
    assert [(one.role, one.text, one.spots[0].line) for one in script.paragraphs] == [
        (Role.HEAD, "Kết quả", 1),
        (Role.BODY, "Có gần 4.152 lượt².", 2),
        (Role.NOTE, "² Theo báo cáo của huyện.", 2),
        (Role.CELL, "Huyện Nậm Khe", 3),
        (Role.CELL, "02 lớp", 4),
        (Role.BODY, "Hết.", 5),
    ]


def test_a_heading_of_a_word_file_takes_in_no_paragraph(tmp_path: Path):
    from docx import Document

    document = Document()
    heading = "1. Phối hợp trong công tác tuyên truyền, vận động Nhân dân ở các xã vùng cao"
    for text in (heading, "Ban Dân tộc tỉnh đã tổ chức hội nghị với", "", "sự có mặt của 20 người."):
        document.add_paragraph(text)
    document.save(str(tmp_path / "a.docx"))
    script, _ = read_script(tmp_path / "a.docx", "a.docx")
    assert script is not None
    assert [(one.role, one.text) for one in script.paragraphs] == [
        (Role.HEADING, heading),
        (Role.BODY, "Ban Dân tộc tỉnh đã tổ chức hội nghị với sự có mặt của 20 người."),
    ]


def test_places_of_a_word_file_are_paragraphs(tmp_path: Path):
    make(tmp_path / "a.docx")
    code, out, trouble = tracker("proofread", "a.docx", "--project", str(SHOWCASE), cwd=tmp_path)
    assert (code, trouble) == (1, "")
    assert "đoạn 2, chữ 4" in out
    assert "đoạn 3, chữ 7" in out


def test_markdown_shows_what_a_reader_sees(tmp_path: Path):
    file = tmp_path / "a.md"
    file.write_text(
        "# I. KẾT QUẢ\n\nCó **gần 4.152** lượt\nở _cơ sở_[^a].\n<!-- ẩn\ncả dòng --> rồi thôi.\n\n```\nmã\n```\n\n| Huyện | Lớp |\n|---|---|\n"
        "| Tân An | 02 |\n\n- Một.\n- Hai.\n\n[^a]: Chú thích.\n> Trích.\n",
        encoding="utf-8",
    )
    script, _ = read_script(file, "a.md")
    assert script is not None
    assert [(one.role, one.text) for one in script.paragraphs] == [
        (Role.HEADING, "I. KẾT QUẢ"),
        (Role.BODY, "Có gần 4.152 lượt ở cơ sở[^a]."),
        (Role.BODY, "rồi thôi."),
        (Role.CELL, "| Huyện | Lớp |"),
        (Role.CELL, "| Tân An | 02 |"),
        (Role.BULLET, "- Một."),
        (Role.BULLET, "- Hai."),
        (Role.NOTE, "[^a]: Chú thích. Trích."),
    ]
    assert script.paragraphs[1].spot(3) == (3, 6)


@pytest.fixture(scope="module")
def bad_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, str]]:
    tmp_path = tmp_path_factory.mktemp("bad")
    empty = tmp_path / "trong.txt"
    empty.write_text("\n \n", encoding="utf-8")
    other = tmp_path / "anh.pdf"
    other.write_bytes(b"%PDF-1.7")
    torn = tmp_path / "hong.docx"
    torn.write_bytes(b"PK\x03\x04" + b"x" * 50)
    old = tmp_path / "cu.docx"
    old.write_bytes(b"\xd0\xcf\x11\xe0" + b"x" * 50)
    latin = tmp_path / "tcvn.txt"
    latin.write_bytes("Ban Dân tộc".encode("utf-16"))
    return {
        "empty": (empty, "text-empty"),
        "other": (other, "text-suffix"),
        "torn": (torn, "text-docx"),
        "old": (old, "text-docx"),
        "sheet": (packed(tmp_path / "so.docx", {"xl/workbook.xml": "<a/>"}), "text-docx"),
        "xml": (packed(tmp_path / "xml.docx", {"word/document.xml": "<a"}), "text-docx"),
        "bomb": (packed(tmp_path / "bom.docx", {"word/document.xml": "0" * 40_000_000}), "text-bomb"),
        "many": (packed(tmp_path / "nhieu.docx", {f"{n}.xml": "" for n in range(2001)}), "text-bomb"),
        "encoding": (latin, "file-encoding"),
        "missing": (tmp_path / "khong-co.txt", "file-unreadable"),
        "missing-word": (tmp_path / "khong-co.docx", "file-unreadable"),
        "folder": (tmp_path, "text-suffix"),
    }


@pytest.mark.parametrize(
    "case",
    ["empty", "other", "torn", "old", "sheet", "xml", "bomb", "many", "encoding", "missing", "missing-word", "folder"],
)
def test_a_bad_file_is_told_in_a_sentence(case: str, bad_files: dict[str, tuple[Path, str]]):
    path, code = bad_files[case]
    script, problems = read_script(path, path.name)
    assert script is None
    assert [problem.code for problem in problems] == [code]
    for language in languages():
        assert "{" not in words(language).problem(problems[0])
    exit_code, out, trouble = tracker("proofread", str(path), "--project", str(SHOWCASE))
    assert (exit_code, out) == (2, "")
    assert path.name in trouble
    assert "Traceback" not in trouble


def test_one_bad_file_hides_no_other(tmp_path: Path):
    good = tmp_path / "a.txt"
    good.write_text("Có gần 4.152 lượt.", encoding="utf-8")
    code, out, trouble = tracker("proofread", str(tmp_path / "b.doc"), str(good), "--project", str(SHOWCASE))
    assert code == 2
    assert "gần 4.152" in out
    assert ".doc" in trouble


def test_an_entity_is_not_resolved(tmp_path: Path):
    secret = tmp_path / "secret.txt"
    secret.write_text("mật", encoding="utf-8")
    make(tmp_path / "a.docx")
    with zipfile.ZipFile(tmp_path / "a.docx") as source:
        parts = {name: source.read(name) for name in source.namelist()}
    head = f'<!DOCTYPE w [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()
    body = parts["word/document.xml"]
    start = body.index(b"<w:document")
    parts["word/document.xml"] = body[:start] + head + body[start:].replace(b"4.152", b"4.152&e;")
    with zipfile.ZipFile(tmp_path / "b.docx", "w") as made:
        for name, data in parts.items():
            made.writestr(name, data)
    script, problems = read_script(tmp_path / "b.docx", "b.docx")
    told = [one.text for one in script.paragraphs] if script else [problem.code for problem in problems]
    assert told
    assert "mật" not in " ".join(told)


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    make(tmp_path / "a.docx")
    monkeypatch.setattr(docx, "LIMIT", 100)
    assert [one.code for one in read_script(tmp_path / "a.docx", "a.docx")[1]] == ["file-too-big"]
    (tmp_path / "a.txt").write_text("a" * 2_000_001, encoding="utf-8")
    assert [one.code for one in read_script(tmp_path / "a.txt", "a.txt")[1]] == ["file-too-big"]


def test_the_formats_are_those_of_the_folder():
    assert suffixes() == (".docx", ".markdown", ".md", ".txt")


def test_no_file_is_wrong_usage():
    code, _, trouble = tracker("proofread", "--project", str(SHOWCASE))
    assert code == 2
    assert "FILE" in trouble

"""What the drafts on the repository's own plan must say, and that every number of every format is one of their figures."""

import io
import re
import zipfile
from functools import cache

import pytest
from drawn_reports import paper as drawn
from projects import REAL_DAY, judged, real

from tracker.draft import draft, section
from tracker.lang import words
from tracker.model.draft import Draft, Paragraph
from tracker.model.paper import Paper
from tracker.render.paper import Look, formats, renderer
from tracker.render.plain import plain

NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
PAPERS = ("section", "report")


@cache
def made() -> Draft:
    return draft(judged(real(), REAL_DAY, plans=("14-KH", "08-CTr")))


def found(rule: str) -> Paragraph:
    return next(one for one in made().paragraphs if one.rule == rule)


def test_poverty_with_its_footnote_to_the_digit():
    one = found("indicator-above-comparator")
    assert one.sentence == "Tỷ lệ hộ nghèo dân tộc thiểu số vẫn còn cao hơn tỷ lệ hộ nghèo chung của toàn tỉnh."
    assert one.note is not None
    for figure in ("8,57%", "8.238/96.105 hộ", "4,35%", "6,47%", "3,35%"):
        assert figure in one.note.text
    assert "cao hơn 4,22 điểm phần trăm" in one.note.text
    assert "cao hơn 3,12 điểm phần trăm" in one.note.text
    assert "%" not in re.sub(r"[0-9]%", "", one.note.text)


def test_near_poor_households_are_left_out_and_that_is_said():
    assert "cận nghèo" not in found("indicator-above-comparator").text
    assert "hộ cận nghèo" in found("indicator-without-value").sentence


def test_what_the_printed_report_claims_without_data_is_not_claimed():
    rules = {one.rule for one in made().paragraphs}
    assert rules.isdisjoint({"task-models-few", "task-models-unguided", "document-guidance-late", "document-guidance-unsuitable"})
    assert all("chưa rõ nét" not in one.sentence for one in made().paragraphs)


def test_what_it_glosses_over_is_offered():
    assert "04/09 huyện, thành phố; 05 đơn vị kiểm tra gián tiếp" in found("inspection-indirect").sentence
    assert "38/38 nhiệm vụ" in found("task-without-target").sentence
    assert "288 lượt báo cáo chưa gửi hoặc chưa được ghi nhận" in found("report-missing").sentence
    assert "gần 4.152" in found("figure-approximate").sentence
    outside = [dict(offer.slots) for offer in made().offers if offer.name == "exempt"]
    assert [one["unit"] for one in outside] == ["thành phố Sông Công"]
    findings = {one.fingerprint for one in judged(real(), REAL_DAY).findings}
    assert "agreement-outside:08-CTr/agreement:song-cong:2022-2025" in findings


def test_no_cause_is_made_up():
    assert all(one.missing for one in made().paragraphs), "no reason is on record for 2023"


def figures(paper: Paper) -> set[str]:
    """Every number that the paper may print: of its figures, its labels, its annexes, its frame and its own days."""
    texts = [figure.text for block in paper.body for figure in block.figures]
    texts += [figure.text for block in paper.body for note in block.notes for figure in note.figures]
    texts += [block.label for block in paper.body]
    texts += [cell for annex in paper.annexes for row in annex.rows for cell in row]
    texts += [*paper.plans, words().day(paper.as_of), words().day(paper.known_by), *paper.advice]
    if paper.frame is not None:
        texts += [paper.frame.subject, paper.frame.code, *paper.frame.recipients]
    return {number for text in texts for number in NUMBER.findall(text)}


def printed(name: str, data: bytes) -> str:
    """What a reader of the file sees, without our marks, the numbers of notes and the names of findings."""
    if name == "docx":
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            parts = [file.read(part).decode() for part in file.namelist() if re.search(r"document|footnotes", part)]
        whole = " ".join(re.sub(r"<w:instrText.*?</w:instrText>", "", part).replace("</w:p>", " ") for part in parts)
        return re.sub(r"<[^>]*>", "", whole)
    text = data.decode()
    if name == "html":
        text = re.sub(r"<(style|aside class=\"trace)\b.*?</(style|aside)>", "", text, flags=re.DOTALL)
        text = plain(text)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    return re.sub(r"\[\^[0-9a-f]{6}\]", "", text)


@pytest.mark.parametrize("name", formats())
@pytest.mark.parametrize("which", PAPERS)
def test_every_number_that_is_printed_is_a_figure(which: str, name: str):
    paper = drawn("real") if which == "report" else section(judged(real(), REAL_DAY), words())
    text = printed(name, renderer(name)(paper, Look(words())))
    numbers = NUMBER.findall(text)
    assert len(numbers) > 50
    known = figures(paper)
    assert {number for number in numbers if number not in known} == set()

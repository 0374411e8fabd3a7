"""Looking into files of Word."""

import io
import zipfile
from functools import cache

from docx.oxml import parse_xml
from docx.oxml.ns import qn
from sides import PARTY, STATE, paper

from tracker.lang import words
from tracker.model.paper import Paper
from tracker.render.paper import Look, renderer

FRAMES = {"state-2020": STATE, "party-2018": PARTY, "party-2026": PARTY}


def written(made: Paper, name: str = "", *, trace: bool = False, code: str = "vi") -> bytes:
    return renderer("docx")(made, Look(words(code), trace, name))


@cache
def whole(name: str, *, trace: bool = False) -> bytes:
    return written(paper(FRAMES[name]), name, trace=trace)


def part(data: bytes, name: str = "word/document.xml"):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return parse_xml(file.read(name))


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.namelist()


def text(element) -> str:
    return "".join(found.text or "" for found in element.iter(qn("w:t")))


def paragraphs(root) -> list:
    return list(root.iter(qn("w:p")))


def found(root, wanted: str):
    """The one paragraph with this text."""
    (only,) = [each for each in paragraphs(root) if text(each) == wanted]
    return only


def value(element, path: str, name: str = "val") -> str | None:
    for step in path.split("/"):
        element = element.find(qn(f"w:{step}"))
        if element is None:
            return None
    return element.get(qn(f"w:{name}"))


def size(element) -> float | None:
    """Points of a paragraph's first run, where it says so itself."""
    half = value(element, "r/rPr/sz")
    return int(half) / 2 if half else None


def has(element, *tags: str) -> tuple[bool, ...]:
    """Which of these a paragraph's first run has."""
    properties = element.find(qn("w:r")).find(qn("w:rPr"))
    return tuple(properties.find(qn(f"w:{tag}")) is not None for tag in tags)


def style(data: bytes, id_: str):
    (only,) = [each for each in part(data, "word/styles.xml").iter(qn("w:style")) if each.get(qn("w:styleId")) == id_]
    return only


def comments(data: bytes) -> dict[str, str]:
    """What each comment says, by its number."""
    root = part(data, "word/comments.xml")
    return {each.get(qn("w:id")): "\n".join(map(text, each.iter(qn("w:p")))) for each in root.iter(qn("w:comment"))}


def about(data: bytes) -> dict[str, list[str]]:
    """The texts of the comments by the text of the paragraph that each speaks of."""
    said: dict[str, list[str]] = {}
    for each in paragraphs(part(data)):
        for start in each.iter(qn("w:commentRangeStart")):
            said.setdefault(text(each), []).append(comments(data)[start.get(qn("w:id"))])
    return said

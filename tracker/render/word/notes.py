"""Footnotes: a part of their own, which python-docx does not know."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from tracker.render.word.styles import NOTE, NOTE_MARK
from tracker.render.word.xml import Node, node, paragraph, run

if TYPE_CHECKING:
    from docx.document import Document

SEPARATORS = (("separator", -1), ("continuationSeparator", 0))
"""What Word draws above the notes of a page; a document with notes must have both."""


def mark(number: int) -> Node:
    """The raised number in the text."""
    return node("r", node("rPr", node("rStyle", val=NOTE_MARK)), node("footnoteReference", id=number))


def footnote(number: int, text: str) -> Node:
    """What stands at the foot of the page."""
    own = node("r", node("rPr", node("rStyle", val=NOTE_MARK)), node("footnoteRef"))
    return node("footnote", paragraph(NOTE, own, run(f" {text}")), id=number)


def attach(document: "Document", notes: Sequence[Node]) -> None:
    """Give a new document its footnotes. Where it has none, it gets no such part."""
    if not notes:
        return
    root = node("footnotes", *(_separator(kind, number) for kind, number in SEPARATORS), *notes)
    name = PackURI("/word/footnotes.xml")
    part = Part(name, CONTENT_TYPE.WML_FOOTNOTES, serialize_part_xml(root), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def setting() -> Node:
    """What the settings must say where there are footnotes."""
    return node("footnotePr", *(node("footnote", id=number) for _, number in SEPARATORS))


def _separator(kind: str, number: int) -> Node:
    return node("footnote", node("p", node("r", node(kind))), type=kind, id=number)

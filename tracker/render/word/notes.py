"""Footnotes: a part of their own, which python-docx does not know."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from tracker.render.word.styles import NOTE, NOTE_MARK
from tracker.render.word.xml import Node, node, paragraph, run

if TYPE_CHECKING:
    from docx.document import Document

SEPARATORS = (("separator", -1), ("continuationSeparator", 0))
"""What Word draws above the notes of a page; a document with notes must have both."""


_OLD = "old "


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


def old_notes(document: "Document") -> dict[str, Node]:
    """The footnotes of a file by number. There and at their marks the numbers become names that no new note has."""
    for one in document.element.body.iter(qn("w:footnoteReference")):
        one.set(qn("w:id"), _OLD + one.get(qn("w:id"), ""))
    root = root_of(document)
    return {_OLD + one.get(qn("w:id")): one for one in root if one.get(qn("w:type"), "normal") == "normal"}


def settle_notes(document: "Document", notes: Mapping[str, Node]) -> None:
    """Give a document those of these notes that it has marks for, numbered in the order of the marks."""
    old = _part(document)
    root = root_of(document)
    separators = [one for one in root if one.get(qn("w:type"), "normal") != "normal"]
    # Word numbers the separators -1 and 0, LibreOffice 0 and 1.
    numbers = (one.get(qn("w:id"), "") for one in separators)
    before = max((int(one) for one in numbers if one.isdecimal()), default=0)
    kept: list[Node] = []
    for mark in list(document.element.body.iter(qn("w:footnoteReference"))):
        note = notes.get(mark.get(qn("w:id")))
        if note is None:
            mark.getparent().remove(mark)
            continue
        # A paragraph that a person copied has the mark of the same note.
        note = deepcopy(note)
        kept.append(note)
        for one in (mark, note):
            one.set(qn("w:id"), str(before + len(kept)))
    if old is not None:
        for one in list(root):
            root.remove(one)
        root.extend([*separators, *kept])
        _replace(document, old, serialize_part_xml(root))
    elif kept:
        attach(document, kept)
        settings: Node = document.settings.element
        compat = settings.find(qn("w:compat"))
        settings.append(setting()) if compat is None else compat.addprevious(setting())


def root_of(document: "Document") -> Node:
    """What holds the footnotes of a document. Raises SyntaxError where it is no XML."""
    part = _part(document)
    return node("footnotes") if part is None else parse_xml(part.blob)


def _part(document: "Document") -> Part | None:
    found = (one for one in document.part.rels.values() if one.reltype == RELATIONSHIP_TYPE.FOOTNOTES)
    return next((one.target_part for one in found), None)


def _replace(document: "Document", old: Part, blob: bytes) -> None:
    """A part in the place of another; what the notes refer to goes with it."""
    new = Part(old.partname, old.content_type, blob, document.part.package)
    for id_, one in old.rels.items():
        new.load_rel(one.reltype, one.target_ref if one.is_external else one.target_part, id_, one.is_external)
    for id_ in [id_ for id_, one in document.part.rels.items() if one.reltype == RELATIONSHIP_TYPE.FOOTNOTES]:
        del document.part.rels[id_]
    document.part.relate_to(new, RELATIONSHIP_TYPE.FOOTNOTES)


def setting() -> Node:
    """What the settings must say where there are footnotes."""
    return node("footnotePr", *(node("footnote", id=number) for _, number in SEPARATORS))


def _separator(kind: str, number: int) -> Node:
    return node("footnote", node("p", node("r", node(kind))), type=kind, id=number)

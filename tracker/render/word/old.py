"""A file of Word that was written before, and perhaps worked on by people since: blocks, annexes, and the rest."""

import zlib
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from tracker.hands import Part
from tracker.lang import words
from tracker.render.word.marks import ANNEX, NEWER, Mark, marks_in
from tracker.render.word.notes import root_of
from tracker.render.word.xml import Node, text_of

if TYPE_CHECKING:
    from docx.document import Document

Content = tuple[Node, ...]
TOUCHED = "\0"
"""Added to the plain text of what a person put something into that is no text; nothing that we generate has it."""
_BY_HAND = tuple(
    qn(f"w:{tag}")
    for tag in ("ins", "del", "moveFrom", "moveTo", "drawing", "pict", "object", "hyperlink", "sdt", "endnoteReference")
)
_NO_FILE = (
    BadZipFile, zlib.error, PackageNotFoundError, KeyError, ValueError, SyntaxError, RuntimeError, EOFError,
)  # fmt: skip
"""What reading anything but a file of Word comes to."""


class Old(NamedTuple):
    """The pieces of an old file, each in the order of the file."""

    before: Content
    """What stands above the first block."""
    blocks: list[Part[Content]]
    after: Content
    """What stands between the last block and the first annex, or below."""
    annexes: list[Part[Content]]


def opened(data: bytes) -> "Document | None":
    """The document; None where it is none."""
    try:
        document = docx.Document(BytesIO(data))
        root_of(document)
        return document if len(document.element.body) else None
    except _NO_FILE:
        return None


def taken_apart(document: "Document", notes: Mapping[str, str], ours: frozenset[str]) -> Old:
    """The pieces. `notes`: texts of the footnotes by number; `ours`: numbers of the comments that are no person's."""
    root = document.element.body
    children = [one for one in root if one.tag != qn("w:sectPr")]
    places = {id(one): place for place, one in enumerate(children)}
    plain = _plain(notes, ours)
    spans = [(mark, _place(mark.start, root, places), _place(mark.end, root, places)) for mark in marks_in(root)]
    marks = [(mark, *_shrunk(mark, start, max(start, end), children)) for mark, start, end in spans if start >= 0]
    starts = [(mark, start) for mark, start, _ in marks if mark.kind == ANNEX]
    edge = min((start for _, start in starts), default=len(children))
    blocks = _blocks([one for one in marks if one[0].kind != ANNEX and one[1] < edge], children[:edge], plain)
    keyed = [number for number, part in enumerate(blocks) if part.key]
    first, last = (keyed[0], keyed[-1] + 1) if keyed else (_room(blocks), _room(blocks))
    return Old(
        tuple(one for part in blocks[:first] for one in part.content),
        blocks[first:last],
        tuple(one for part in blocks[last:] for one in part.content),
        _annexes(starts, children, plain),
    )


def _room(parts: Sequence[Part[Content]]) -> int:
    """Where blocks go in a file that has none left: above the table with the signature, the last of several."""
    tables = [number for number, part in enumerate(parts) if part.content[0].tag == qn("w:tbl")]
    return tables[-1] if len(tables) > 1 else len(parts)


def _place(element: Node, root: Node, places: Mapping[int, int]) -> int:
    """Which child of the body an element stands in; -1 where in none."""
    while element.getparent() is not None and element.getparent() is not root:
        element = element.getparent()
    return places.get(id(element), -1)


def _begin(element: Node, mark: Mark) -> None:
    """Let a bookmark begin at the head of an element."""
    element.insert(0 if element.find(qn("w:pPr")) is None else 1, mark.start)


def _shrunk(mark: Mark, start: int, end: int, children: Sequence[Node]) -> tuple[int, int]:
    """A span without the elements of which it holds no text: programs let one begin where the paragraph before ends.

    The bookmark follows, so that it goes and stays with its own paragraph.
    """
    if start < end and not _texts(children[start], mark.start)[1]:
        start += 1
        _begin(children[start], mark)
    if start < end and not _texts(children[end], mark.end)[0]:
        end -= 1
        children[end].append(mark.end)
    return start, end


def _texts(element: Node, edge: Node) -> tuple[bool, bool]:
    """Whether there is text in an element before a place in it, and behind."""
    before, behind, passed = False, False, False
    for one in element.iter():
        passed = passed or one is edge
        if one.tag == qn("w:t") and one.text:
            before, behind = before or not passed, behind or passed
    return before, behind


def _blocks(marks: Sequence[tuple[Mark, int, int]], children: Sequence[Node], plain: "_Plain") -> list[Part[Content]]:
    """Regions and what is between them.

    A block that begins in the paragraph of another is its own from the next paragraph on; what stands in that of the
    other is then an edit of the other. Where it also ends there, a person joined both, and both are edited.
    """
    parts: list[Part[Content]] = []
    at = 0
    for mark, starts, end in marks:
        start = starts
        beside = mark.kind == NEWER
        if start < at <= end:
            start = at
            _begin(children[start], mark)
        if start < at:
            whole = max(number for number, part in enumerate(parts) if part.content)
            parts[whole] = parts[whole]._replace(plain=TOUCHED)
            parts.append(Part((), TOUCHED, mark.key, mark.digest, beside))
        else:
            parts += [Part((one,)) for one in children[at:start]]
            content = tuple(children[start : end + 1])
            said = plain(content)
            if beside:
                said = said.removeprefix(words()("word.newer"))
            parts.append(Part(content, said, mark.key, mark.digest, beside))
        at = max(at, end + 1)
    return parts + [Part((one,)) for one in children[at:]]


def _annexes(starts: Sequence[tuple[Mark, int]], children: Sequence[Node], plain: "_Plain") -> list[Part[Content]]:
    """Each from its heading to the next one's, a table that a person added behind it included."""
    edges = [start for _, start in starts] + [len(children)]
    contents = [tuple(children[start:end]) for start, end in pairwise(edges)]
    return [
        Part(content, plain(content), mark.key, mark.digest)
        for (mark, _), content in zip(starts, contents, strict=True)
    ]


_Plain = Callable[[Sequence[Node]], str]


def _plain(notes: Mapping[str, str], ours: frozenset[str]) -> _Plain:
    """What counts of elements: their text, that of their notes, and whether something else of a person is in them."""

    def plain(elements: Sequence[Node]) -> str:
        said = [text_of(one) for one in elements]
        hand = False
        for element in elements:
            said += [notes.get(one.get(qn("w:id")), TOUCHED) for one in element.iter(qn("w:footnoteReference"))]
            remarks = {one.get(qn("w:id")) for one in element.iter(qn("w:commentRangeStart"), qn("w:commentReference"))}
            hand = hand or bool(remarks - ours) or next(element.iter(*_BY_HAND), None) is not None
        return "\n".join(said) + (TOUCHED if hand else "")

    return plain

"""What a block rests on, as a comment beside it: the keys of its findings; with a trace, figures and places as well."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.text.run import Run

from tracker.lang import Words
from tracker.model.draft import Filled, Ground
from tracker.model.paper import Block, Paper
from tracker.render.paper import Look
from tracker.render.visible import cut
from tracker.render.word.xml import Node, clean

if TYPE_CHECKING:
    from docx.document import Document

_AUTHOR, _INITIALS = "tracker", "T"
_LINES, _WIDTH = 12, 240
"""A comment is read beside the page: so many lines, so wide each."""


def comment(document: "Document", paragraph: Node, lines: Sequence[str]) -> None:
    """Put a comment on all of a paragraph; none where there is nothing to say or nothing to hold it."""
    runs = [Run(one, document) for one in paragraph.findall(qn("w:r"))]
    if lines and runs:
        document.add_comment(runs, "\n".join(map(clean, lines)), _AUTHOR, _INITIALS)


def numbers_of_ours(document: "Document") -> frozenset[str]:
    """Numbers of the comments that are none of a person's."""
    return frozenset(one.get(qn("w:id")) for part in _parts(document) for one in ours(part))


def ours(part: Node) -> list[Node]:
    """The comments in their part that are none of a person's."""
    return [one for one in part.element.iter(qn("w:comment")) if one.get(qn("w:author")) == _AUTHOR]


def comment_roots(document: "Document") -> list[Node]:
    """What holds the comments of a document."""
    return [part.element for part in _parts(document)]


def _parts(document: "Document") -> list[Node]:
    return [one.target_part for one in document.part.rels.values() if one.reltype == RELATIONSHIP_TYPE.COMMENTS]


def silence(document: "Document") -> None:
    """Take out all comments that are ours, with their marks."""
    gone = set()
    for part in _parts(document):
        for one in ours(part):
            gone.add(one.get(qn("w:id")))
            one.getparent().remove(one)
    body: Node = document.element.body
    for one in list(body.iter(qn("w:commentRangeStart"), qn("w:commentRangeEnd"), qn("w:commentReference"))):
        if one.get(qn("w:id")) in gone:
            run = one.getparent()
            run.remove(one)
            if run.tag == qn("w:r") and not [child for child in run if child.tag != qn("w:rPr")]:
                run.getparent().remove(run)


def dated(document: "Document", day: date) -> None:
    """Give each of our comments the paper's own day, in place of the clock's."""
    for part in _parts(document):
        for found in ours(part):
            found.set(qn("w:date"), f"{day.isoformat()}T00:00:00Z")


def behind_notes(document: "Document") -> None:
    """Move the marks of comments that stand between two footnotes behind the last; what they speak of stays marked.

    LibreOffice (7.4) drops the text of all footnotes where the mark of a comment stands between two of them. The range
    that a comment speaks of is said apart from its mark.
    """
    mine = numbers_of_ours(document)
    body: Node = document.element.body
    found = list(body.iter(qn("w:footnoteReference"), qn("w:commentReference")))
    notes = [place for place, one in enumerate(found) if one.tag == qn("w:footnoteReference")]
    if not notes:
        return
    last = found[notes[-1]].getparent()
    for one in reversed(found[notes[0] : notes[-1]]):
        if one.tag == qn("w:commentReference") and one.get(qn("w:id")) in mine:
            last.addnext(one.getparent())


def opening(paper: Paper, say: Words) -> Iterator[str]:
    """What its writer must know of the whole paper."""
    yield say("draft.from", plans=", ".join(paper.plans) or say("finding.none"))
    yield say("explain.days", as_of=say.day(paper.as_of), known_by=say.day(paper.known_by))
    if paper.advice:
        yield f"{say('draft.notes')}:"
        yield from (f"- {one}" for one in paper.advice)


def of_block(block: Block, look: Look) -> list[str]:
    """The lines of a block and its notes."""
    grounds = [*block.grounds, *(ground for note in block.notes for ground in note.grounds)]
    figures = [*block.figures, *(figure for note in block.notes for figure in note.figures)]
    return of_grounds(grounds, figures, look)


def of_grounds(grounds: Sequence[Ground], figures: Sequence[Filled], look: Look) -> list[str]:
    """The lines for what rests on these, with how many were left out."""
    say = look.say
    lines = [_ground(one, trace=look.trace) for one in grounds]
    more = len(lines) - _LINES
    if more > 0:
        lines = [*lines[:_LINES], say("word.more", count=say.number(more))]
    if lines:
        lines.insert(0, say("word.grounds"))
    if look.trace and figures:
        named = "; ".join(f"{one.name} = {one.text}" for one in figures)
        lines.insert(0, cut(clean(say("draft.figures", figures=named)), _WIDTH))
    return lines


def _ground(ground: Ground, *, trace: bool) -> str:
    places = "; ".join(map(str, ground.places)) if trace else ""
    return cut(clean(f"{ground.finding} ({places})" if places else ground.finding), _WIDTH)


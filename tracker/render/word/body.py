"""The text of a paper: a paragraph for each block, its notes, its gaps, and how a block is found again."""

from collections.abc import Iterator
from typing import NamedTuple

from tracker.model.paper import Block, Paper, Role
from tracker.render.word.notes import footnote, mark
from tracker.render.word.profile import Profile
from tracker.render.word.styles import BODY, HEADINGS
from tracker.render.word.xml import Node, bright, clean, node, paragraph, run, text_of

_STYLES = dict(zip((Role.PART, Role.HEADING, Role.SUBHEADING), HEADINGS, strict=True))


class Piece(NamedTuple):
    """What one block became."""

    block: Block
    paragraph: Node
    notes: tuple[Node, ...]

    @property
    def text(self) -> str:
        """What a person must not have touched for it to be ours: with label, ending and notes."""
        return "\n".join(text_of(one) for one in (self.paragraph, *self.notes))


def body(paper: Paper, profile: Profile) -> Iterator[Piece]:
    """The pieces in their order; notes are numbered from 1."""
    number = 1
    for place, block in enumerate(paper.body):
        ends = paper.frame is not None and place == len(paper.body) - 1
        piece = _piece(block, profile, number, _ending(block.text, profile.text.ending) if ends else None)
        number += len(piece.notes)
        yield piece


def _piece(block: Block, profile: Profile, number: int, ending: str | None) -> Piece:
    made: list[Node] = []
    notes: list[Node] = []
    if label := _label(block, profile):
        made.append(run(label))
    for one in block.runs:
        if one.text:
            marks = [node(tag) for tag, on in (("b", one.bold), ("i", one.italic)) if on]
            properties = [*marks, *bright(blank=one.blank)]
            made.append(run(one.text, *([node("rPr", *properties)] if properties else [])))
        if one.note is not None:
            notes.append(footnote(number + len(notes), one.note.text))
            made.append(mark(number + len(notes) - 1))
    if ending:
        made.append(run(ending))
    # Who signs must not stand on a page without a line of what is signed.
    kept = (node("keepNext"),) if ending is not None else ()
    return Piece(block, paragraph(_STYLES.get(block.role, BODY), *made, properties=kept), tuple(notes))


def _label(block: Block, profile: Profile) -> str:
    """Numeral, letter or hyphen as this side writes it."""
    forms = profile.headings
    if block.role is Role.ITEM:
        return forms.item
    heading = {Role.PART: forms.part, Role.HEADING: forms.heading, Role.SUBHEADING: forms.subheading}.get(block.role)
    return heading.label.replace("{label}", clean(block.label)) if heading is not None and block.label else ""


def _ending(text: str, wanted: str) -> str:
    """What is missing of the sign that closes a paper."""
    said = text.rstrip()
    if said.endswith(wanted):
        return ""
    return wanted.removeprefix(".") if said.endswith(".") else wanted

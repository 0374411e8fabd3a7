"""A finished text as it is proofread: its paragraphs, each knowing where it stands, and what is remarked on them."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tracker.model.source import Place
from tracker.model.values import Number


class Role(StrEnum):
    """What a paragraph is for."""

    HEAD = "head"
    """Above the first sentence: who issues, number, date, type, title."""
    HEADING = "heading"
    BODY = "body"
    BULLET = "bullet"
    NOTE = "note"
    """A footnote."""
    CELL = "cell"
    """A cell of a table, or a row of one in Markdown: it need not be a sentence."""
    TAIL = "tail"
    """Recipients and signature."""


class Spot(NamedTuple):
    """From this offset of a paragraph on, its characters stand here, one after another."""

    offset: int
    line: int
    column: int


class Paragraph(NamedTuple):
    """One paragraph, whole again where a page break or a footnote had cut it; emphasis marks are taken out."""

    text: str
    """NFC, never empty."""
    spots: tuple[Spot, ...]
    """Ascending; the first at offset 0."""
    role: Role = Role.BODY
    section: tuple[str, ...] = ()
    """Numbers of the headings above and its own: ("II", "2")."""
    under: tuple[str, ...] = ()
    """The headings themselves, the outermost first."""
    mark: str = ""
    """Mark of a footnote: ¹."""

    def spot(self, offset: int) -> tuple[int, int]:
        """Line and column of a character."""
        found = self.spots[0]
        for spot in self.spots:
            if spot.offset > offset:
                break
            found = spot
        return found.line, found.column + max(0, offset - found.offset)


class Hidden(NamedTuple):
    """A character that nobody sees, or a line whose letters are taken apart, as the file had it."""

    at: Place
    code: str
    """U+202E; empty where the line is not NFC."""
    line: str


class Script(NamedTuple):
    """One file as paragraphs. In a Word file "line" is the number of the paragraph."""

    file: str
    paragraphs: tuple[Paragraph, ...]
    hidden: tuple[Hidden, ...] = ()
    lined: bool = True
    """Whether places count lines, not paragraphs."""


class Level(StrEnum):
    """How sure a remark is, the surest first."""

    DEFECT = "defect"
    """The text contradicts itself, the register, or the rules of writing."""
    DOUBT = "doubt"
    """A person must look."""
    HINT = "hint"
    """It could be better."""


class Keys(tuple[str, ...]):
    """Words that each language says in its own way: keys of [proofread.word]."""

    __slots__ = ()


Arg = str | Number | date | Keys


class Remark(NamedTuple):
    """One thing that was noticed. Its sentence and remedy stand in lang/ under its name."""

    check: str
    """The check that made it: the name of its file."""
    name: str
    level: Level
    at: Place
    quoted: str
    """The words meant, as the paragraph has them; empty where something is missing."""
    section: tuple[str, ...] = ()
    args: Mapping[str, Arg] = {}


class Proof(NamedTuple):
    """All remarks on one text, in the order in which it is read."""

    script: Script
    remarks: tuple[Remark, ...]
    checks: tuple[str, ...]
    """All that were asked, also those with nothing to say."""
    year: int
    """The year by whose data the text was read."""
    documents: int = 0
    """Numbered citations that were compared with the register."""
    figures: int = 0
    """Figures that were looked up."""

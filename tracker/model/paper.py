"""A paper in parts (văn bản dự thảo): what a section or a whole report says, and what each part of it rests on.

It knows nothing of fonts, margins or file formats; those are a profile's and a renderer's. All of its text is as it
stands on paper, in Vietnamese, save the advice, which is for its writer and is no part of it.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from tracker.model.side import Side
from tracker.model.source import Place

__all__ = ["Annex", "Block", "Filled", "Frame", "Ground", "Note", "Paper", "Role", "Run", "Side"]


class Filled(NamedTuple):
    """A slot of a sentence with what fills it. Every digit of a draft stands in one of these."""

    name: str
    text: str
    """As it stands in the sentence."""


class Ground(NamedTuple):
    """A finding, or a record, on which a sentence rests."""

    finding: str
    """Fingerprint."""
    places: tuple[Place, ...]
    """The line of the plan, the records, and the waivers and decisions whose reasons are quoted."""


class Role(StrEnum):
    """What a block is on the page."""

    PART = "part"
    """Phần: I, II, III; its label is the Roman numeral."""
    HEADING = "heading"
    """Mục: 1, 2, 3."""
    SUBHEADING = "subheading"
    """Điểm: a, b, c."""
    TEXT = "text"
    ITEM = "item"
    """One of a list, behind a hyphen."""


class Note(NamedTuple):
    """A footnote (chú thích): numbered by the renderer, in the order of their marks."""

    text: str
    figures: tuple[Filled, ...] = ()
    grounds: tuple[Ground, ...] = ()


class Run(NamedTuple):
    """A stretch of text within a block."""

    text: str
    bold: bool = False
    italic: bool = False
    blank: bool = False
    """Whether a person must still fill it in: it is shown so that nobody overlooks it."""
    note: Note | None = None
    """The footnote whose mark stands behind this text."""


class Block(NamedTuple):
    """A paragraph or a heading; the smallest part that is made anew or kept as a person wrote it."""

    key: str
    """What it is about, the same from run to run: "II.2/report-missing"; never where it stands. Unique in a paper."""
    role: Role
    runs: tuple[Run, ...]
    label: str = ""
    """Numeral or letter of a heading, without its punctuation."""
    figures: tuple[Filled, ...] = ()
    """Every digit of the runs stands in one of these; those of notes in the notes' own."""
    grounds: tuple[Ground, ...] = ()

    @property
    def text(self) -> str:
        """What it says, without its label and its notes."""
        return "".join(run.text for run in self.runs)

    @property
    def notes(self) -> tuple[Note, ...]:
        """Its footnotes in their order."""
        return tuple(run.note for run in self.runs if run.note is not None)


class Annex(NamedTuple):
    """A table behind the paper (phụ lục)."""

    key: str
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """As wide as the head."""
    grounds: tuple[Ground, ...] = ()
    """One per row, in their order, where rows rest on findings or records."""
    counts: tuple[int, ...] = ()
    """Columns, from 0, that hold numbers."""
    label: str = ""
    """By which the paper names it: "Phụ lục I", or "Phụ lục" where it is the only one."""


class Frame(NamedTuple):
    """What stands above and below the text of a whole paper; number, day and signature stay blank for people."""

    side: Side
    parent: str
    """The body above the issuers ("TỈNH ỦY THÁI NGUYÊN"); empty where none is known."""
    issuers: tuple[str, ...]
    """By their full names, as they are written inside a sentence."""
    code: str
    """What stands behind the blank number: "BC/BDVTU-BDT"."""
    place: str
    """Where it is issued; empty where it is not known."""
    name: str
    """Kind of paper: "Báo cáo"; empty for a letter (công văn), which has none."""
    subject: str
    """Trích yếu."""
    recipients: tuple[str, ...]
    """Nơi nhận, without hyphens and end marks; the file copy last."""
    signer: tuple[str, ...]
    """Lines above the signature, uppermost first: "K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"; empty = left blank."""


class Paper(NamedTuple):
    """A draft, ready to be written in any format."""

    as_of: date
    known_by: date
    plans: tuple[str, ...]
    """Numbers of the plans that were judged."""
    body: tuple[Block, ...]
    annexes: tuple[Annex, ...] = ()
    advice: tuple[str, ...] = ()
    """What its writer must know, in the language that was asked for; to be taken out before anybody signs."""
    frame: Frame | None = None
    """None: a section, to be pasted into a paper that somebody else writes."""

    @property
    def grounds(self) -> Iterator[Ground]:
        """All that the paper rests on, in the order in which it is said."""
        for block in self.body:
            yield from block.grounds
            yield from chain.from_iterable(note.grounds for note in block.notes)
        for annex in self.annexes:
            yield from annex.grounds

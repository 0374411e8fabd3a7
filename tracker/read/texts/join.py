"""Lines → paragraphs: what a page break or a footnote cut apart is whole again, and every letter keeps its place.

A line goes on with the paragraph before it when it begins with a small letter, or when a footnote stood between and
the sentence had not ended. What begins a list, a heading or the recipients never does.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from tracker.model.proof import Hidden, Paragraph, Role, Spot
from tracker.model.source import Problem

FOOTMARKS = "¹²³⁰⁴⁵⁶⁷⁸⁹"
_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BULLET = re.compile(r"[-–—+•*]\s+")
_NUMBERED = re.compile(r"(?P<number>[IVX]{1,5}|[0-9]{1,2}(?:\.[0-9]{1,2})*|[a-zđ])(?:[.)]|\s?[-–])\s+(?=\S)")
_NOTE = re.compile(rf"(?P<mark>[{FOOTMARKS}]+)\s*(?=\S)|\[\^(?P<key>[\w-]+)\]:\s*")
_RECIPIENTS = re.compile(r"n[ơo]i nh[ậa]n\s*:?\s*$", re.IGNORECASE)
_SIGNED = re.compile(r"(?:T/M|K/T|T/L|TM\.|KT\.|TL\.|TUQ\.|Q\.)\s*[A-ZĐ]")
_ENDED = ".!?…:;"
_CLOSERS = "”\"')]»*_ " + FOOTMARKS
_FULL_WIDTH = range(60, 121)
"""Lengths of a line that its program broke because it was full."""
HEADING_LENGTH = 250


class Line(NamedTuple):
    """One line as its file has it."""

    number: int
    raw: str
    """Without its end; not yet NFC."""
    heading: bool = False
    cell: bool = False
    note: str = ""
    """Mark of the footnote that this line is."""
    apart: bool = False
    """Whether it can neither go on with another nor be gone on with."""


class Lines(NamedTuple):
    """All lines of a file, or why there are none."""

    lines: tuple[Line, ...] = ()
    soft: bool = False
    """Whether lines without an empty one between them are one paragraph."""
    lined: bool = True
    problems: list[Problem] = []  # noqa: RUF012 - never added to
    hidden: tuple[Hidden, ...] = ()
    emphasis: bool = True
    """Whether * and _ around words are marks of emphasis."""


class _Open:
    """A paragraph that may still go on."""

    def __init__(self, line: Line, text: str, spots: list[Spot], mark: str) -> None:
        self.text, self.spots, self.mark = text, spots, mark
        self.heading, self.cell, self.last = line.heading, line.cell, len(line.raw)
        self.apart = line.apart or line.cell

    def add(self, text: str, spots: list[Spot]) -> None:
        begin = len(self.text) + 1
        self.text += " " + text
        self.spots += [Spot(begin + spot.offset, spot.line, spot.column) for spot in spots]

    @property
    def ended(self) -> bool:
        return self.text.rstrip(_CLOSERS)[-1:] in set(_ENDED) or not self.text.rstrip(_CLOSERS)


def unseen(raw: str) -> Iterator[tuple[int, str]]:
    """Columns of invisible characters with their codes; column 1 without a code where the line is not NFC."""
    if not unicodedata.is_normalized("NFC", raw):
        yield 1, ""
    for match in _INVISIBLE.finditer(unicodedata.normalize("NFC", raw)):
        yield match.start() + 1, f"U+{ord(match[0]):04X}"


def joined(lines: Lines) -> tuple[Paragraph, ...]:
    """The paragraphs, with their roles and the headings above them."""
    made: list[_Open] = []
    body: _Open | None = None
    blank = noted = False
    for line in lines.lines:
        text, spots = _clean(line, emphasis=lines.emphasis)
        if not text:
            blank = True
            continue
        match = _NOTE.match(text)
        mark = line.note or (match and (match["mark"] or match["key"])) or ""
        previous = made[-1] if made else None
        if mark:
            made.append(_Open(line, text, spots, mark))
            noted = True
        elif lines.lined and previous is not None and previous.mark and not blank and not _starts(text):
            previous.add(text, spots)
        elif body is not None and _goes_on(body, text, line, (blank, noted, lines.soft)):
            body.add(text, spots)
            body.last, noted = len(line.raw), False
        else:
            body = _Open(line, text, spots, "")
            made.append(body)
            noted = False
        blank = not lines.lined  # a paragraph of Word is one already
    placed = tuple(_placed(made))
    return tuple(_with_its_section(one, placed) if one.role is Role.NOTE else one for one in placed)


def _with_its_section(note: Paragraph, placed: tuple[Paragraph, ...]) -> Paragraph:
    """A footnote belongs where its mark stands, not where the page ended."""
    marks = (f"[^{note.mark}]",) if note.mark[:1] not in FOOTMARKS else (note.mark,)
    for one in placed:
        if one.role is not Role.NOTE and any(mark in one.text for mark in marks):
            return note._replace(section=one.section, under=one.under)
    return note


def _goes_on(before: _Open, text: str, line: Line, gap: tuple[bool, bool, bool]) -> bool:
    blank, noted, soft = gap
    if before.apart or line.apart or line.cell or line.heading or _starts(text):
        return False
    if soft and not blank:
        return True
    if before.heading or before.ended:
        return False
    if noted or text[0].islower():
        return True
    headed = before.text.isupper() or text.isupper() or _NUMBERED.match(before.text)
    return not blank and before.last in _FULL_WIDTH and not headed


def _starts(text: str) -> bool:
    return bool(_BULLET.match(text) or _NUMBERED.match(text) or _RECIPIENTS.match(text) or _SIGNED.match(text))


def _clean(line: Line, *, emphasis: bool) -> tuple[str, list[Spot]]:
    """The line in NFC without emphasis marks, invisible characters and outer blanks; where each stretch stood."""
    written = unicodedata.normalize("NFC", line.raw)
    drop = {match.start() for match in _INVISIBLE.finditer(written)}
    if emphasis:
        for match in re.finditer(r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<!\w)_{1,2}(?=\w)|(?<=\w)_{1,2}(?!\w)", written):
            drop.update(range(*match.span()))
    kept = [number for number in range(len(written)) if number not in drop]
    while kept and written[kept[0]].isspace():
        kept.pop(0)
    while kept and written[kept[-1]].isspace():
        kept.pop()
    spots: list[Spot] = []
    for offset, number in enumerate(kept):
        if not offset or number != kept[offset - 1] + 1:
            spots.append(Spot(offset, line.number, number + 1))
    blanks = {"\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ", "\t": " "}
    return "".join(blanks.get(written[number], written[number]) for number in kept), spots


def _placed(made: list[_Open]) -> Iterator[Paragraph]:
    """Roles in order of reading: the head ends with the first sentence, the tail begins with the recipients."""
    numbers: list[str] = []
    under: list[str] = []
    body = tail = False
    for one in made:
        text, number = one.text, _NUMBERED.match(one.text)
        tail = tail or bool(_RECIPIENTS.match(text)) or (body and bool(_SIGNED.match(text)))
        if one.mark:
            role = Role.NOTE
        elif tail:
            role = Role.TAIL
        elif one.cell:
            role = Role.CELL
        elif body and (one.heading or (number and not one.ended and len(text) < HEADING_LENGTH)):
            role = Role.HEADING
        elif number and (one.heading or (not one.ended and len(text) < HEADING_LENGTH)):
            role, body = Role.HEADING, True
        elif not body and not one.ended:
            role = Role.HEAD
        else:
            body = True
            role = Role.BULLET if _BULLET.match(text) else Role.BODY
        if number and role in (Role.HEADING, Role.BODY):
            level = _level(number["number"])
            numbers[level:] = [number["number"]]
            under[level:] = [text] if role is Role.HEADING else [""]
        elif role is Role.HEADING:
            numbers, under = [], [text]
        above = () if role in (Role.HEAD, Role.TAIL) else tuple(under)
        place = () if role in (Role.HEAD, Role.TAIL) else tuple(numbers)
        yield Paragraph(text, tuple(one.spots), role, place, above, one.mark)


def _level(number: str) -> int:
    if number.isupper():
        return 0
    return 2 if number.isalpha() else 1 + number.count(".")

"""Abbreviations: defined once, before they are used, and used from then on."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tracker.model.proof import Level, Paragraph, Remark, Role, Script
from tracker.proofread.citations import NUMBER
from tracker.proofread.facts import Facts
from tracker.proofread.text import accents_of, mostly_upper, place_words, remark

_DEFINED = re.compile(
    r"\(\s*(?:sau đây\s+)?(?:được\s+)?(?:gọi|viết)\s+(?:tắt|tất|chung|là)(?:\s+là)?\s*:?\s*"
    r"[“\"]?(?P<short>[^)”\"]{2,40}?)[”\"]?\s*\)",
    re.IGNORECASE,
)
_BARE = re.compile(r"\((?P<short>[A-ZĐ][A-ZĐ&-]{1,10})\)")
_USED = re.compile(r"(?<![\w/&.-])[A-ZĐ]{2,}(?:&[A-ZĐ]+)*(?![\w/&]|-[A-ZĐ])")
_SQUARE = re.compile(r"\[[^\]]*\]")
_WORD = re.compile(r"[^\W_]+")
_ROMAN = re.compile(r"[IVXLCDM]+")
_JOINING = frozenset({"va"})


class _Definition(NamedTuple):
    paragraph: Paragraph
    number: int
    """Of the paragraph, in order of reading."""
    start: int
    end: int
    short: str
    full: str
    """The words that it stands for; empty where they could not be found."""


class _Use(NamedTuple):
    paragraph: Paragraph
    number: int
    start: int
    end: int


def check(script: Script, _facts: Facts) -> Iterator[Remark]:
    """Definitions and uses in the order in which a reader meets them; footnotes where their file has them."""
    defined = list(_definitions(script))
    uses: dict[str, list[_Use]] = {}
    for number, paragraph in enumerate(script.paragraphs):
        if paragraph.role is Role.HEAD or mostly_upper(paragraph.text):
            continue
        taken = [match.span() for pattern in (NUMBER, _SQUARE) for match in pattern.finditer(paragraph.text)]
        for match in _USED.finditer(paragraph.text):
            inside = any(begin <= match.start() < end for begin, end in taken)
            if not inside and not _ROMAN.fullmatch(match[0]):
                uses.setdefault(match[0], []).append(_Use(paragraph, number, *match.span()))
    first: dict[str, _Definition] = {}
    for one in defined:
        if one.short in first:
            place = place_words(first[one.short].paragraph, first[one.short].start)
            yield remark(script, "abbreviation-twice", Level.DEFECT, one[0:1] + one[2:4], short=one.short, place=place)
        first.setdefault(one.short, one)
    for short, used in uses.items():
        yield from _use(script, short, used, first)
    for one in first.values():
        yield from _full(script, one)
        yield from _tail(script, one)


def _definitions(script: Script) -> Iterator[_Definition]:
    for number, paragraph in enumerate(script.paragraphs):
        for match in _DEFINED.finditer(paragraph.text):
            short = match["short"].strip()
            yield _Definition(paragraph, number, *match.span(), short, _full_form(paragraph.text, match.start(), short))
        for match in _BARE.finditer(paragraph.text):
            if full := _full_form(paragraph.text, match.start(), match["short"]):
                yield _Definition(paragraph, number, *match.span(), match["short"], full)


def _full_form(text: str, before: int, short: str) -> str:
    """The words before a bracket whose initials are these letters; "và" may be left out of the letters."""
    letters = [accents_of(letter) for letter in short if letter.isalpha()]
    words = list(_WORD.finditer(text, max(0, before - 120), before))
    at = len(words)
    for letter in reversed(letters):
        at -= 1
        if at >= 0 and accents_of(words[at][0]) in _JOINING and letter != "v":
            at -= 1
        if at < 0 or not accents_of(words[at][0]).startswith(letter):
            return ""
    return text[words[at].start() : before].strip() if letters else ""


def _use(script: Script, short: str, used: list[_Use], first: dict[str, _Definition]) -> Iterator[Remark]:
    definition = first.get(short)
    one = used[0]
    span = (one.paragraph, one.start, one.end)
    if definition is None:
        longer = next((name for name in first if name.startswith(short)), "")
        if longer:
            yield remark(script, "abbreviation-part", Level.DOUBT, span, short=short, count=len(used), longer=longer)
        else:
            yield remark(script, "abbreviation-undefined", Level.HINT, span, short=short, count=len(used))
    elif (one.number, one.start) < (definition.number, definition.start):
        place = place_words(definition.paragraph, definition.start)
        yield remark(script, "abbreviation-early", Level.DEFECT, span, short=short, place=place)


def _full(script: Script, one: _Definition) -> Iterator[Remark]:
    """The long form after the short one was introduced; names of papers and headings may keep it."""
    if not one.full:
        return
    pattern = re.compile(rf"(?<!\w){re.escape(one.full)}(?!\w)", re.IGNORECASE)
    found = [
        (paragraph, *match.span())
        for number, paragraph in enumerate(script.paragraphs)
        if number > one.number and paragraph.role not in (Role.HEADING, Role.TAIL)
        for match in pattern.finditer(paragraph.text)
        if not _in_title(paragraph.text, match.start())
    ]
    if found:
        yield remark(script, "abbreviation-full", Level.HINT, found[0], short=one.short, count=len(found))


def _in_title(text: str, offset: int) -> bool:
    """Whether a numbered document stands before in the same sentence: titles are quoted as they are."""
    begin = max(text.rfind(". ", 0, offset), text.rfind(";", 0, offset)) + 1
    return bool(NUMBER.search(text, begin, offset))


def _tail(script: Script, one: _Definition) -> Iterator[Remark]:
    """The short form followed by the last word of the long one: "DTTS&MN núi"."""
    last = one.full.split()[-1] if one.full else ""
    if not last:
        return
    pattern = re.compile(rf"(?<![\w&]){re.escape(one.short)}\s+{re.escape(last)}(?!\w)", re.IGNORECASE)
    for paragraph in script.paragraphs:
        for match in pattern.finditer(paragraph.text):
            yield remark(
                script, "abbreviation-tail", Level.DEFECT, (paragraph, *match.span()), short=one.short, last=last
            )

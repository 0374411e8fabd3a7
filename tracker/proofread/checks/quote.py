"""Quotation marks and brackets that are opened and never closed, or closed and never opened."""

import re
from collections.abc import Iterator

from tracker.model.proof import Level, Paragraph, Remark, Script
from tracker.proofread.facts import Facts
from tracker.proofread.text import remark

_PAIRS = {"“": "”", "«": "»", "(": ")", "[": "]"}
_CLOSES = {close: begin for begin, close in _PAIRS.items()}
_MOST = 3
"""How many are told of one paragraph: where one is missing, those behind it mostly follow from it."""
_ITEM = re.compile(r"(?:^|(?<=[\s;:.]))(?:[0-9]{1,2}|[a-zđ])\)")
"""The bracket of a list item: a) 1)."""


def check(script: Script, _facts: Facts) -> Iterator[Remark]:
    """Every paragraph by itself."""
    for paragraph in script.paragraphs:
        yield from _paragraph(script, paragraph)


def _paragraph(script: Script, paragraph: Paragraph) -> Iterator[Remark]:
    text = paragraph.text
    items = {match.end() - 1 for match in _ITEM.finditer(text)}
    opened: list[int] = []
    for offset, character in enumerate(text):
        if character in _PAIRS:
            opened.append(offset)
        elif character in _CLOSES and offset not in items:
            begin = next((one for one in reversed(opened) if text[one] == _CLOSES[character]), None)
            if begin is None:
                yield remark(
                    script, "quote-unopened", Level.DEFECT, _words(paragraph, offset, back=True), mark=character
                )
            else:
                opened.remove(begin)
    for offset in opened[:_MOST]:
        yield remark(script, "quote-unclosed", Level.DEFECT, _words(paragraph, offset), mark=text[offset])
    straight = [offset for offset, character in enumerate(text) if character == '"']
    if len(straight) % 2:
        yield remark(script, "quote-unclosed", Level.DEFECT, _words(paragraph, straight[-1]), mark='"')


def _words(paragraph: Paragraph, offset: int, *, back: bool = False) -> tuple[Paragraph, int, int]:
    """The mark with some words beside it."""
    text = paragraph.text
    if back:
        begin = max(0, offset - 25)
        return paragraph, text.find(" ", begin, offset) + 1 if " " in text[begin:offset] else begin, offset + 1
    end = min(len(text), offset + 30)
    cut = text.rfind(" ", offset + 1, end) if end < len(text) else end
    return paragraph, offset, cut if cut > offset else end

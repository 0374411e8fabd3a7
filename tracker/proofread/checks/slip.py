"""Slips of the pen: doubled words, words that lack a letter, and the same words with other accents elsewhere."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from tracker.model.proof import Arg, Level, Paragraph, Remark, Script
from tracker.names import accents, tone
from tracker.proofread.facts import Facts
from tracker.proofread.text import WORD, prose, remark, search

_DOUBLED = re.compile(r"(?<![\w-])(?P<word>[^\W0-9_]{2,}) (?P=word)(?![\w-])", re.IGNORECASE)
_TWICE = (
    "luôn ngày đời năm tháng dần đều thường rất người nhà xanh sớm chiều mãi hằng nơi chốn từ ai đâu song ngành chầm"
    " xa gần hay mau nhiều nhanh càng đêm"
)
_REDUPLICATED = frozenset(_TWICE.split())
"""Words that are said twice with a meaning of their own."""
_CALLS = r"(?:phong trào|cuộc vận động|lời kêu gọi)"
_SLIPS = tuple(
    (re.compile(rf"(?<!\w){wrong}(?!\w)", re.IGNORECASE), right)
    for wrong, right in (
        (r"(?:viết|gọi) tất(?= là)", "viết tắt"),
        (rf"hưởng {_CALLS}", "hưởng ứng …"),
        (r"tiếp tục (?:đã|đang|sẽ)", "đã (đang, sẽ) tiếp tục"),
        (r"khôi (?:đại )?đoàn kết", "khối đại đoàn kết"),
        (r"sát nhập", "sáp nhập"),
        (r"kinh nghiêm", "kinh nghiệm"),
        (r"chỉnh chu", "chỉn chu"),
        (r"xúc tích", "súc tích"),
        (r"mục đính", "mục đích"),
    )
)
_YEARLESS = re.compile(
    r"(?<=\w)\s(?P<year>năm)\s+(?=(?:cho|với|của|tại|đã|được|và|trên địa bàn)\b)(?P<next>\w+)(?:\s+\w+)?",
    re.IGNORECASE,
)
_BEFORE_YEAR = re.compile(
    r"(?:[0-9]|(?<!\w)(?:hằng|hàng|trong|cả|mỗi|một|hai|ba|bốn|nhiều|các|những|mấy|cuối|đầu|giữa|từng|qua|lăm))\s*$",
    re.IGNORECASE,
)
_GRAM = 4
_LEFT = re.compile(
    r"\[(?:CẦN BỔ SUNG|BỔ SUNG|CHƯA CÓ|TODO|XXX|GHI CHÚ)[^\]]*\]|(?<!\w)(?:xxx|XXX|TODO|\?\?\?)(?!\w)"
    r"|_{4,}|(?<![.…])…{2,}|\.{5,}"
)


def check(script: Script, _facts: Facts) -> Iterator[Remark]:
    """Every paragraph of prose."""
    for paragraph, match in search(script, _DOUBLED):
        if match["word"].lower() not in _REDUPLICATED and match["word"].islower():
            yield remark(script, "slip-doubled", Level.DEFECT, (paragraph, *match.span()), word=match["word"])
    for paragraph, match in search(script, _LEFT):
        yield remark(script, "slip-placeholder", Level.DEFECT, (paragraph, *match.span()))
    known: list[tuple[Paragraph, int, int]] = []
    for pattern, right in _SLIPS:
        for paragraph, match in search(script, pattern):
            known.append((paragraph, *match.span()))
            yield remark(script, "slip-word", Level.DEFECT, (paragraph, *match.span()), right=right)
    for paragraph, match in search(script, _YEARLESS):
        before = paragraph.text[max(0, match.start() - 12) : match.start("year")]
        if not _BEFORE_YEAR.search(before):
            yield remark(script, "slip-year", Level.DOUBT, (paragraph, match.start("year"), match.end()))
    yield from _variants(script, known)


class _Gram(NamedTuple):
    """Four words that follow each other without a sign between them."""

    texts: tuple[str, ...]
    """In one spelling."""
    paragraph: Paragraph
    words: tuple[tuple[int, int], ...]
    """Where each begins and ends."""


def _variants(script: Script, known: list[tuple[Paragraph, int, int]]) -> Iterator[Remark]:
    """Four words that occur again with other accents on one of them: the rarer, or else the later, may be a slip."""
    found: dict[tuple[str, ...], list[_Gram]] = {}
    for paragraph in prose(script):
        for gram in _grams(paragraph):
            found.setdefault(tuple(map(accents, gram.texts)), []).append(gram)
    told: set[tuple[int, int]] = set()
    for grams in found.values():
        counts = Counter(gram.texts for gram in grams)
        usual = max(counts, key=lambda texts: counts[texts])  # of several as frequent, the first in the text
        for gram in grams if len(counts) > 1 else ():
            changed = [number for number, text in enumerate(gram.texts) if text != usual[number]]
            if len(changed) != 1:
                continue
            start = gram.words[changed[0]][0]
            covered = any(one is gram.paragraph and begin <= start < stop for one, begin, stop in known)
            if not covered and (id(gram.paragraph), start) not in told:
                told.add((id(gram.paragraph), start))
                span = (gram.paragraph, gram.words[0][0], gram.words[-1][1])
                args: dict[str, Arg] = {"usual": " ".join(usual), "count": counts[usual]}
                yield remark(script, "slip-accent", Level.DOUBT, span, **args)


def _grams(paragraph: Paragraph) -> Iterator[_Gram]:
    words = [(tone(match[0]), match.span()) for match in WORD.finditer(paragraph.text)]
    for number in range(len(words) - _GRAM + 1):
        part = words[number : number + _GRAM]
        texts = tuple(text for text, _ in part)
        between = paragraph.text[part[0][1][0] : part[-1][1][1]]
        if not any(mark in between for mark in ".;:,()") and all(text.isalpha() for text in texts):
            yield _Gram(texts, paragraph, tuple(span for _, span in part))

"""Slips of the pen: doubled words, words that lack a letter, and the same words with other accents elsewhere."""

import re
from collections import Counter
from collections.abc import Iterator

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
    known: set[tuple[int, int]] = set()
    for pattern, right in _SLIPS:
        for paragraph, match in search(script, pattern):
            known.add(paragraph.spot(match.start()))
            yield remark(script, "slip-word", Level.DEFECT, (paragraph, *match.span()), right=right)
    for paragraph, match in search(script, _YEARLESS):
        before = paragraph.text[max(0, match.start() - 12) : match.start("year")]
        if not _BEFORE_YEAR.search(before):
            yield remark(script, "slip-year", Level.DOUBT, (paragraph, match.start("year"), match.end()))
    yield from _variants(script, known)


def _variants(script: Script, known: set[tuple[int, int]]) -> Iterator[Remark]:
    """Four words that occur again with an accent different in one of them: the rarer one is likely a slip."""
    found: dict[tuple[str, ...], list[tuple[tuple[str, ...], Paragraph, int, int]]] = {}
    for paragraph in prose(script):
        words = [(match, tone(match[0])) for match in WORD.finditer(paragraph.text)]
        for number in range(len(words) - _GRAM + 1):
            part = words[number : number + _GRAM]
            texts = tuple(text for _, text in part)
            between = paragraph.text[part[0][0].start() : part[-1][0].end()]
            if not any(mark in between for mark in ".;:,()") and all(text.isalpha() for text in texts):
                key = tuple(map(accents, texts))
                found.setdefault(key, []).append((texts, paragraph, part[0][0].start(), part[-1][0].end()))
    told: set[tuple[int, str]] = set()
    for grams in found.values():
        counts = Counter(texts for texts, *_ in grams)
        if len(counts) < 2:
            continue
        usual = max(counts, key=lambda texts: (counts[texts], texts))
        for texts, paragraph, start, end in grams:
            changed = [number for number, pair in enumerate(zip(texts, usual, strict=True)) if pair[0] != pair[1]]
            if len(changed) != 1 or counts[texts] >= counts[usual]:
                continue
            if paragraph.spot(start) in known or (id(paragraph), texts[changed[0]]) in told:
                continue
            told.add((id(paragraph), texts[changed[0]]))
            args: dict[str, Arg] = {"usual": " ".join(usual), "count": counts[usual]}
            yield remark(script, "slip-accent", Level.DOUBT, (paragraph, start, end), **args)

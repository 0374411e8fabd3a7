"""Arithmetic inside the text: parts of a whole, shares, differences of shares, anniversaries."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from tracker.model.proof import Arg, Level, Paragraph, Remark, Script
from tracker.proofread.amounts import PRINTED, Amount, amounts, exactly, rounded
from tracker.proofread.citations import citations
from tracker.proofread.facts import Facts
from tracker.proofread.text import ahead, prose, remark, search

_PARTS = re.compile(
    r"\((?:trong đó|gồm|bao gồm|trong đó gồm)(?:\s+có)?\s*:?\s*(?P<parts>[^()]{3,400})\)", re.IGNORECASE
)
_RATIO = re.compile(
    rf"(?P<share>{PRINTED})\s?%\s*\((?P<part>{PRINTED})(?P<of>[^()/%0-9]{{0,60}})/\s?(?P<all>{PRINTED})(?P<rest>[^()]{{0,60}})\)"
)
_RATIO_BEFORE = re.compile(
    rf"(?<![0-9/.,])(?P<part>{PRINTED})\s?/\s?(?P<all>{PRINTED})(?![0-9/.,])[^()/%;.0-9]{{0,60}}"
    rf"\(?(?:,\s*)?(?:đạt|chiếm|bằng|tương đương)?\s*\(?(?P<share>{PRINTED})\s?%"
)
_DIFFERENCE = re.compile(
    rf"(?P<first>{PRINTED})\s?%(?P<between>[^%;]{{0,120}}?)\b(?P<way>cao|thấp|nhiều|ít)\s+hơn\s+(?P<gap>{PRINTED})"
    rf"(?P<unit>\s?%|\s+điểm(?:\s+(?:phần trăm|%))?)(?P<middle>[^%;]{{0,160}}?)\(\s*(?P<second>{PRINTED})\s?%",
    re.IGNORECASE,
)
_ANNIVERSARY = re.compile(r"(?P<years>[0-9]{1,2})\s+năm\s+(?:triển khai\s+)?(?:thực hiện|thi hành)\s", re.IGNORECASE)
_YEAR = re.compile(r"năm\s+(?P<year>(?:19|20)[0-9]{2})", re.IGNORECASE)


def check(script: Script, facts: Facts) -> Iterator[Remark]:
    """Every sum, share and difference that the text itself lets one compute."""
    for paragraph in prose(script):
        yield from _parts(script, paragraph)
        yield from _shares(script, paragraph)
        yield from _anniversaries(script, paragraph, facts)
    yield from _ratios(script)
    yield from _differences(script)


def _parts(script: Script, paragraph: Paragraph) -> Iterator[Remark]:
    found = amounts(paragraph)
    for match in _PARTS.finditer(paragraph.text):
        before = [one for one in found if one.end <= match.start() and match.start() - one.end < 90]
        inside = [one for one in found if match.start() < one.start < match.end()]
        if not before or not inside or before[-1].unit == "%":
            continue
        total = before[-1]
        same = [one for one in inside if one.counted == total.counted]
        if len(same) < 2 or any(one.word for one in (total, *same)):
            continue
        added = sum(one.value for one in same)
        if added != total.value:
            args = {"total": total.value, "added": added, "parts": " + ".join(one.written for one in same)}
            yield remark(script, "sum-parts", Level.DEFECT, (paragraph, total.start, match.end()), **args)


def _ratios(script: Script) -> Iterator[Remark]:
    """Shares with their two numbers: 80% (12 việc/15 việc), or 12/15 việc (80%)."""
    for paragraph, match in [*search(script, _RATIO), *search(script, _RATIO_BEFORE)]:
        share, part, all_ = (exactly(match[name]) for name in ("share", "part", "all"))
        if share is None or part is None or all_ is None or not all_:
            continue
        right = rounded(part, all_, len(match["share"].partition(",")[2]))
        if right != share:
            args = {"share": share, "right": right, "part": part, "all": all_}
            yield remark(script, "sum-ratio", Level.DEFECT, (paragraph, *match.span()), **args)


def _differences(script: Script) -> Iterator[Remark]:
    for paragraph, match in search(script, _DIFFERENCE):
        first, gap, second = (exactly(match[name]) for name in ("first", "gap", "second"))
        if first is None or gap is None or second is None:
            continue
        higher = match["way"].lower() in {"cao", "nhiều"}
        right = Decimal(first) - Decimal(second) if higher else Decimal(second) - Decimal(first)
        start = match.start("way")
        if right != gap:
            args = {"first": first, "second": second, "gap": gap, "right": right}
            yield remark(script, "sum-difference", Level.DEFECT, (paragraph, start, match.end("unit")), **args)
        if "%" in match["unit"] and "điểm" not in match["unit"]:
            span = (paragraph, match.start("gap"), match.end("unit"))
            yield remark(script, "sum-points", Level.HINT, span, gap=match["gap"])


def _shares(script: Script, paragraph: Paragraph) -> Iterator[Remark]:
    for one in amounts(paragraph):
        if one.unit == "%" and one.value > 100 and not _grows(one):
            yield remark(script, "sum-share", Level.DOUBT, one.span, share=one.value)


def _grows(one: Amount) -> bool:
    """Whether a share above 100 is of a target or a year before, and may be."""
    before = one.paragraph.text[max(0, one.start - 60) : one.start].lower()
    behind = one.paragraph.text[one.end : one.end + 60].lower()
    words = ("kế hoạch", "chỉ tiêu", "dự toán", "so với", "tăng", "cùng kỳ", "bằng", "vượt")
    return any(word in before or word in behind for word in words)


def _anniversaries(script: Script, paragraph: Paragraph, facts: Facts) -> Iterator[Remark]:
    """Sơ kết 05 năm: of a paper of 2019 falls in 2024: the year of the report, or the next where it looks ahead."""
    cited = citations(paragraph)
    for match in _ANNIVERSARY.finditer(paragraph.text):
        one = next((one for one in cited if 0 <= one.start - match.end() < 80), None)
        if one is None or one.day is None:
            continue
        headings = " ".join(paragraph.under)
        said = _YEAR.search(headings)
        year = int(said["year"]) if said else facts.year + ahead(paragraph)
        falls = one.day.year + int(match["years"])
        if falls != year:
            day = date(falls, one.day.month, min(one.day.day, 28))
            args: dict[str, Arg] = {"number": one.number, "falls": day, "year": str(year)}
            yield remark(script, "sum-anniversary", Level.DOUBT, (paragraph, *match.span("years")), **args)

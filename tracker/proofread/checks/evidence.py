"""What is said without what would show it: day, partner, number, base of a rate, or the rate itself."""

import re
from collections.abc import Iterator

from tracker.model.proof import Level, Paragraph, Remark, Role, Script
from tracker.proofread.amounts import PRINTED, amounts
from tracker.proofread.citations import DAY, citations
from tracker.proofread.facts import Facts
from tracker.proofread.text import Part, bearer, place_words, plain, prose, remark, results, search, sentences

_FRACTION = re.compile(r"(?<![\w/])[0-9]{1,3}/[0-9]{1,3}/[0-9]{1,3}(?![\w/])")
_PERIOD = re.compile(r"(?<![0-9])(?P<period>(?:19|20)[0-9]{2}\s?[-–]\s?(?:19|20)[0-9]{2})(?![0-9])")
_YEAR = re.compile(r"(?<!\w)năm\s+(?P<year>(?:19|20)[0-9]{2})(?![0-9\s]*[-–])", re.IGNORECASE)
_PARTNER = re.compile(r"chủ trì,?\s+phối hợp(?!\s+(?:chặt chẽ\s+)?(?:với|cùng|giữa|các))", re.IGNORECASE)
_NOW = re.compile(r"(?<!\w)(?:đến nay|hiện nay|hiện tại|tính đến thời điểm này)(?!\w)", re.IGNORECASE)
_AS_OF = re.compile(r"(?:tính đến|đến hết|đến ngày|đến tháng|thời điểm)\s[^.;]{0,20}[0-9]{1,2}/", re.IGNORECASE)
_INSPECTION = re.compile(
    r"(?:tổ chức\s+)?(?:các\s+)?đoàn (?:kiểm tra|giám sát)|(?:kiểm tra|giám sát)\s+(?:trực tiếp|gián tiếp)"
    r"|chủ trì kiểm tra",
    re.IGNORECASE,
)
_FINDINGS = re.compile(r"kết luận|kiến nghị|phát hiện|khắc phục|thông báo kết quả|xử lý", re.IGNORECASE)
_PLANNED = re.compile(
    r"(?:xây dựng|ban hành)\s+(?:các\s+)?(?:kế hoạch|quyết định|công văn|hướng dẫn)(?!\s+số)(?:\s+\w+){0,2}",
    re.IGNORECASE,
)
_RATES = re.compile(
    r"(?<!\w)tỷ lệ\s+(?P<items>[^,.;:0-9]{3,50}(?:,\s+[^,.;:0-9]{3,50}?)+?)\s+(?:là|của|vẫn|còn|trong|thuộc)(?!\w)",
    re.IGNORECASE,
)
_RATIO = re.compile(
    rf"(?P<before>(?:\w+\s+){{3}})(?:là|đạt|chiếm)\s+{PRINTED}\s?%(?P<ratio>\s*\([^()%]*/\s?[0-9][^()%]*\))?"
)
_GENERAL = re.compile(
    r"(?:cao|thấp) hơn[^;]{0,30}?so với\s+(?:[^;.]{0,40}\s)?(?:chung|bình quân)\s+(?:\w+\s+){0,2}"
    r"(?:tỉnh|huyện|cả nước|xã)(?!\w)",
    re.IGNORECASE,
)
_BASE = re.compile(
    r"%\s+(?P<base>xã|xóm|thôn|bản|hộ|người|cán bộ|học sinh|trường)(?P<rest>(?:\s+\w+){0,6})", re.IGNORECASE
)
_SCOPED = re.compile(r"^\s+(?:đặc biệt khó khăn|thuộc|vùng|của|trên địa bàn|ở|trong|dân tộc|nghèo)\b", re.IGNORECASE)
_DIRECTED = re.compile(
    r"(?P<body>(?:Ban Thường vụ|Thường trực|Ban Chấp hành Đảng bộ)?\s?"
    r"(?:Tỉnh ủy|Huyện ủy|Thành ủy|UBND tỉnh|HĐND tỉnh))\s+chỉ đạo"
)
_ACTIVITY = re.compile(
    r"(?:đi\s+)?(?:học tập|trao đổi)(?:,\s*trao đổi)?\s+kinh nghiệm|thăm hỏi, tặng quà|phát hành\s+(?:\w+\s+)?ấn phẩm"
    r"|tổ chức(?:\s+\w+)?\s+hội nghị(?:\s+\w+){1,3}",
    re.IGNORECASE,
)


def check(script: Script, _facts: Facts) -> Iterator[Remark]:
    """What the paragraphs of prose claim."""
    for paragraph, match in search(script, _FRACTION):
        yield remark(script, "evidence-fraction", Level.DOUBT, (paragraph, *match.span()))
    for paragraph in prose(script):
        if results(paragraph):
            yield from _results(script, paragraph)
        yield from _ratios(script, paragraph)
        yield from _bases(script, paragraph)
    yield from _notes(script)
    yield from _rates(script)
    for paragraph, match in search(script, _GENERAL):
        yield remark(script, "evidence-general", Level.HINT, (paragraph, *match.span()))
    yield from _directed(script)


def _results(script: Script, paragraph: Paragraph) -> Iterator[Remark]:
    if paragraph.role is Role.NOTE:
        return
    for match in _PARTNER.finditer(paragraph.text):
        yield remark(script, "evidence-partner", Level.DOUBT, (paragraph, *match.span()))
    for sentence in sentences(paragraph):
        yield from _sentence(script, paragraph, sentence)
    inspected = _INSPECTION.search(paragraph.text)
    if inspected and not DAY.search(paragraph.text) and not _FINDINGS.search(paragraph.text):
        yield remark(script, "evidence-inspection", Level.DOUBT, (paragraph, *inspected.span()))
    for match in _PLANNED.finditer(paragraph.text):
        end = paragraph.text.find(".", match.end())
        if not citations(paragraph) or not any(
            match.start() <= one.start < max(end, match.end()) for one in citations(paragraph)
        ):
            yield remark(script, "evidence-plan", Level.DOUBT, (paragraph, *match.span()))


def _sentence(script: Script, paragraph: Paragraph, sentence: Part) -> Iterator[Remark]:
    counted = [one for one in amounts(paragraph) if sentence.start <= one.start < sentence.end]
    now = _NOW.search(sentence.text)
    if now and counted and not _AS_OF.search(sentence.text):
        span = (paragraph, sentence.start + now.start(), sentence.start + now.end())
        yield remark(script, "evidence-as-of", Level.DOUBT, span)
    begin = sentence.start
    for clause in sentence.text.split(";"):
        end = begin + len(clause)
        activity = _ACTIVITY.search(clause)
        if activity and not any(begin <= one.start < end for one in counted):
            span = (paragraph, begin + activity.start(), begin + activity.end())
            yield remark(script, "evidence-uncounted", Level.HINT, span)
        begin = end + 1


def _ratios(script: Script, paragraph: Paragraph) -> Iterator[Remark]:
    """A rate with its numerator and denominator beside a rate of the same without them."""
    found = list(_RATIO.finditer(paragraph.text))
    shown = {plain(match["before"]) for match in found if match["ratio"]}
    for match in found:
        if not match["ratio"] and plain(match["before"]) in shown:
            span = (paragraph, match.start(), match.end())
            yield remark(script, "evidence-parts", Level.DOUBT, span)


def _bases(script: Script, paragraph: Paragraph) -> Iterator[Remark]:
    """Rates of the same kind of thing, some of a named part of it and some of nobody knows which."""
    found: dict[str, dict[bool, tuple[Paragraph, int, int]]] = {}
    for match in _BASE.finditer(paragraph.text):
        base, scoped = match["base"].lower(), bool(_SCOPED.match(match["rest"]))
        number = max(0, match.start() - 6)
        start = paragraph.text.rfind(" ", number, match.start()) + 1 or number
        found.setdefault(base, {}).setdefault(scoped, (paragraph, start, match.end("base")))
    for base, both in found.items():
        if len(both) == 2:
            yield remark(script, "evidence-base", Level.DOUBT, both[False], base=base)


def _notes(script: Script) -> Iterator[Remark]:
    """A footnote on a period of years, under a sentence on one year."""
    for note in script.paragraphs:
        period = _PERIOD.search(note.text) if note.role is Role.NOTE else None
        sentence = bearer(script, note) if period else None
        if period is None or sentence is None:
            continue
        year = _YEAR.search(sentence.text)
        if year and not _PERIOD.search(sentence.text):
            args = {"year": year["year"], "place": place_words(sentence.paragraph, sentence.start)}
            yield remark(script, "evidence-note", Level.DOUBT, (note, *period.span("period")), **args)


def _rates(script: Script) -> Iterator[Remark]:
    """Rates that are named together, of which one has no figure anywhere."""
    shares = [(paragraph, one) for paragraph in prose(script) for one in amounts(paragraph) if one.unit == "%"]
    around = [plain(paragraph.text[max(0, one.begin - 80) : one.begin]) for paragraph, one in shares]
    for paragraph, match in search(script, _RATES):
        at = match.start("items")
        for item in match["items"].split(","):
            name = item.strip()
            if name and not any(plain(name) in words for words in around):
                start = paragraph.text.index(name, at)
                yield remark(script, "evidence-rate", Level.DOUBT, (paragraph, start, start + len(name)))


def _directed(script: Script) -> Iterator[Remark]:
    """Who directed the work on one document: told in two ways."""
    seen: dict[str, tuple[str, Paragraph, int]] = {}
    for paragraph in prose(script):
        for sentence in sentences(paragraph):
            for match in _DIRECTED.finditer(sentence.text):
                cited = [
                    one for one in citations(paragraph) if sentence.start + match.end() <= one.start < sentence.end
                ]
                if not cited:
                    continue
                body, start = match["body"].strip(), sentence.start + match.start("body")
                start += len(match["body"]) - len(match["body"].lstrip())
                before = seen.setdefault(cited[0].key, (body, paragraph, start))
                if before[0] != body:
                    args = {
                        "other": before[0],
                        "number": cited[0].number,
                        "place": place_words(before[1], before[2]),
                    }
                    yield remark(
                        script, "evidence-directed", Level.DOUBT, (paragraph, start, start + len(body)), **args
                    )

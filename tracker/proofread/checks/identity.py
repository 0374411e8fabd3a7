"""What a paper is known by: number, date, issuer, signatures; and the same figure twice."""

import re
from collections.abc import Iterator

from tracker.model.proof import Level, Paragraph, Remark, Role, Script
from tracker.proofread.amounts import Amount, amounts
from tracker.proofread.facts import Facts
from tracker.proofread.text import ahead, plain, prose, remark, results, whole

_NUMBER = re.compile(r"(?<!\w)Số\s*:?\s*[0-9…._]*\s*[-/]\s*[A-ZĐ]", re.IGNORECASE)
_DAY = re.compile(
    r"ngày\s+[0-9]{1,2}\s+tháng\s+[0-9]{1,2}\s+năm\s+[0-9]{4}|ngày\s+[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}", re.IGNORECASE
)
_ISSUER = re.compile(
    r"^(?:\*\*)?(?:BAN|ỦY BAN|UỶ BAN|TỈNH|HUYỆN|THÀNH|SỞ|ĐẢNG|HỘI|UBND|MẶT TRẬN|ĐOÀN|CỘNG HÒA)(?!\s+CÁO)"
)
_JOINT = re.compile(
    r"giữa\s+(?P<first>[^,]{4,60}?)\s+và\s+(?P<second>[^,]{4,60}?)(?=\s+(?:giai đoạn|năm|về|trong)|[,.;]|$)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"(?:T/M|K/T|T/L|TM\.|KT\.|TL\.|TUQ\.)")
_POST = re.compile(r"^(?:PHÓ\s+)?(?:TRƯỞNG BAN|CHỦ TỊCH|BÍ THƯ|GIÁM ĐỐC|CHÁNH VĂN PHÒNG|TRƯỞNG PHÒNG)\b")
_STOP = re.compile(r"[.;:()\[\]]")
_COUNT = re.compile(r"[^\W0-9_]+")
_YEAR = re.compile(
    r"(?<!đến )(?<!đến hết )(?<!hướng )(?<!tầm nhìn )(?P<word>năm)\s+(?P<year>20[0-9]{2})(?!\s?[-–]\s?[0-9])",
    re.IGNORECASE,
)
_WORDS = 6
"""Words before or behind a figure that tell what it is of."""


def check(script: Script, facts: Facts) -> Iterator[Remark]:
    """The head, the tail, and all figures."""
    head = [one for one in script.paragraphs if one.role is Role.HEAD]
    tail = [one for one in script.paragraphs if one.role is Role.TAIL]
    if head or tail:
        if not any(_NUMBER.search(one.text) for one in head):
            yield whole(script, "identity-number", Level.DOUBT)
        if not any(_DAY.search(one.text) for one in (*head, *tail)):
            yield whole(script, "identity-date", Level.DOUBT)
        if not any(_ISSUER.match(one.text) for one in head):
            yield whole(script, "identity-issuer", Level.DOUBT)
        yield from _joint(script, head, tail)
    yield from _years(script, facts.year)
    yield from _twice(script)
    yield from _again(script)


def _joint(script: Script, head: list[Paragraph], tail: list[Paragraph]) -> Iterator[Remark]:
    """A paper of two bodies with one signature, and a body that is both issuer and recipient."""
    title = next((match for one in head if (match := _JOINT.search(one.text))), None)
    if title is None or not tail:
        return
    signed = sum(len(_SIGNED.findall(one.text)) for one in tail)
    if not signed:
        signed = sum(bool(_POST.match(one.text)) for one in tail)
    bodies = [title["first"].strip(), title["second"].strip()]
    if signed < 2:
        at = next((one for one in tail if _SIGNED.search(one.text) or _POST.match(one.text)), tail[-1])
        span = (at, 0, len(at.text))
        yield remark(script, "identity-signature", Level.DOUBT, span, count=signed, bodies=", ".join(bodies))
    for one in tail:
        name = plain(one.text.lstrip("-– "))
        if any(name == plain(body) for body in bodies):
            yield remark(script, "identity-recipient", Level.DOUBT, (one, 0, len(one.text)))


def _years(script: Script, year: int) -> Iterator[Remark]:
    """A year after that of the report, where it tells what was done; and a heading of results with another year."""
    for paragraph in script.paragraphs:
        if paragraph.role in (Role.TAIL, Role.NOTE) or ahead(paragraph):
            continue
        for match in _YEAR.finditer(paragraph.text):
            said = int(match["year"])
            heading = paragraph.role is Role.HEADING and results(paragraph) and said != year
            if said > year or heading:
                span = (paragraph, match.start("word"), match.end())
                yield remark(script, "identity-year", Level.DOUBT, span, year=str(year))


def _twice(script: Script) -> Iterator[Remark]:
    """Two shares of the same, by the words before them, that differ."""
    seen: dict[tuple[str, str], tuple[Amount, Paragraph]] = {}
    for paragraph in prose(script):
        for one in amounts(paragraph):
            if one.unit != "%":
                continue
            before = plain(paragraph.text[max(0, one.begin - 90) : one.begin]).split()
            words = [word for word in before if not word.isdigit()][-_WORDS:]
            years = re.findall(r"20[0-9]{2}", paragraph.text[max(0, one.begin - 90) : one.begin])
            key = (" ".join(words), years[-1] if years else "")
            if len(words) < _WORDS:
                continue
            other = seen.setdefault(key, (one, paragraph))[0]
            if other.value != one.value:
                line, column = other.paragraph.spot(other.start)
                args = {"other": f"{other.written}%", "place": f"{line}:{column}"}
                yield remark(script, "identity-two-shares", Level.DEFECT, one.span, **args)


def _again(script: Script) -> Iterator[Remark]:
    """The same thing counted at two places with two numbers: whether one is inside the other must be said."""
    seen: dict[str, Amount] = {}
    for paragraph in prose(script):
        for one in amounts(paragraph):
            if one.unit == "%" or one.duration:
                continue
            behind = _STOP.split(paragraph.text[one.end : one.end + 70])[0]
            words = [match[0].lower() for match in _COUNT.finditer(behind)]
            if len(words) < _WORDS:
                continue
            key = " ".join(words[:_WORDS])
            other = seen.setdefault(key, one)
            if other.value != one.value:
                line, column = other.paragraph.spot(other.start)
                args = {"first": other.value, "second": one.value, "place": f"{line}:{column}", "what": key}
                yield remark(script, "identity-again", Level.DOUBT, one.span, **args)

"""Numbered documents in running text: type, number, day, issuer and title as printed.

Shapes of numbers: national (88/2019/QH14), normative (42/2014/QĐ-TTg), Party (14-KH/BDVTU-BDT), State (1719/QĐ-TTg)
and letters (902/UBDT-TH); Nghị định 30/2020/NĐ-CP, Phụ lục I, II and III for the State, guidance of the Party's
central office for its own.
"""

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from tracker.model.proof import Paragraph
from tracker.read.days import parse_day
from tracker.read.values import Refusal

_W = r"[A-ZĐ][A-Za-zĐđÀ-ỹ]*[0-9]{0,2}"
_CAPS = r"[A-ZĐ&]{2,}[0-9]{0,2}(?![a-zà-ỹ])"
_ORGS = rf"(?:{_W})(?:[-–/]{_W}|\s[-–]\s{_CAPS})*"
NUMBER = re.compile(
    rf"(?<![\w/.,-])[0-9]{{1,5}}[a-zđ]?(?:/[0-9]{{4}}/{_W}(?:[-/]{_W})*|\s?[-–]\s?{_W}\s?/\s?{_ORGS}|/{_W}[-/–]{_ORGS})(?![\w/])"
)
"""A whole number of a document."""
BROKEN = re.compile(rf"(?<=số )[0-9]{{1,5}}(?:[-–/]{_W}){{1,4}}(?![\w/])")
"""What stands behind "số" and looks like one."""
_DATE = r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}|[0-9]{1,2} tháng [0-9]{1,2} năm [0-9]{4}"
DAY = re.compile(rf"(?<![0-9])(?:{_DATE})(?![0-9])")
_AFTER_DAY = re.compile(rf"(?P<comma>\s*,)?\s*(?:\(\s*)?ngày\s+(?P<day>{_DATE})(?![0-9])\s*\)?", re.IGNORECASE)
TYPES = (
    "Nghị quyết", "Kết luận", "Chỉ thị", "Quyết định", "Quy định", "Kế hoạch", "Chương trình", "Thông tư", "Nghị định",
    "Hướng dẫn", "Báo cáo", "Công văn", "Tờ trình", "Thông báo", "Đề án", "Luật", "Thông tri", "Quy chế", "Phương án",
)  # fmt: skip
CODES = {
    "NQ": ("Nghị quyết",), "KL": ("Kết luận",), "CT": ("Chỉ thị",), "QĐ": ("Quyết định", "Quy định"),
    "QĐI": ("Quy định",), "QYĐ": ("Quy định",), "KH": ("Kế hoạch",), "CTR": ("Chương trình",),
    "TT": ("Thông tư", "Thông tri"), "TTR": ("Tờ trình", "Thông tri"), "NĐ": ("Nghị định",), "HD": ("Hướng dẫn",),
    "BC": ("Báo cáo",), "CV": ("Công văn",), "TB": ("Thông báo",), "ĐA": ("Đề án",), "QC": ("Quy chế",),
    "PA": ("Phương án",),
}  # fmt: skip
"""What each abbreviation may stand for. QĐ and TT are used for two types each; the word before the number decides."""
_TYPE = re.compile(rf"(?P<type>{'|'.join(TYPES)})(?P<between>[^.;:()0-9]{{0,70}}?)\s*(?:số\s*)?$", re.IGNORECASE)
_STARTS = r"về|phê duyệt|ban hành|quy định|tiếp tục|tăng cường|đẩy mạnh|hướng dẫn|sửa đổi|triển khai|thực hiện|đổi mới"
_ISSUER = re.compile(
    rf"\s*,?\s*(?:của|giữa)\s+(?P<issuer>[^,.;:“”()]{{2,90}}?)(?=\s+(?:{_STARTS})\b|\s*[,.;:“”()…]|\s*$)"
)
_TITLE = re.compile(rf"\s*,?\s*(?P<title>(?:(?:{_STARTS})\s|[“\"]).*)", re.DOTALL)
_TITLE_END = re.compile(r"[;…”]|\.(?![0-9])|(?<=[^\s“]{2})\)|(?<=\S) \(")


class Citation(NamedTuple):
    """One number with all that stands around it."""

    paragraph: Paragraph
    start: int
    end: int
    """Of the number itself."""
    number: str
    """As printed."""
    type: str = ""
    """The type word before it, as in TYPES; empty where none stands there."""
    type_at: int = 0
    day: date | None = None
    day_text: str = ""
    day_at: int = 0
    comma: bool = False
    """Whether a comma stands before "ngày"."""
    issuer: str = ""
    title: str = ""
    title_at: int = 0

    @property
    def key(self) -> str:
        """What it is compared by."""
        return normal(self.number)

    @property
    def code(self) -> str:
        """The abbreviation of its type; empty for a national document and a letter."""
        parts = re.split(r"[-–/]", self.number.replace(" ", ""))
        found = [part.upper() for part in parts[1:3] if part.upper() in CODES]
        return found[0] if found else ""


def normal(number: str) -> str:
    """A number in one way of writing: without blanks, with hyphens, without case."""
    return re.sub(r"\s+", "", number).replace("–", "-").casefold()


@lru_cache(maxsize=4096)
def citations(paragraph: Paragraph) -> tuple[Citation, ...]:
    """The citations of a paragraph in order."""
    matches = list(NUMBER.finditer(paragraph.text))
    return tuple(
        _citation(paragraph, match, matches[number - 1].end() if number else 0) for number, match in enumerate(matches)
    )


def _citation(paragraph: Paragraph, match: re.Match[str], since: int) -> Citation:
    text = paragraph.text
    found = Citation(paragraph, match.start(), match.end(), match[0])
    low = max(since, match.start() - 110)
    before = [
        one
        for one in (_TYPE.search(text, at.start(), match.start()) for at in _type_words(text, low, match.start()))
        if one
    ]
    if before:
        last = before[-1]
        known = next(name for name in TYPES if name.casefold() == last["type"].casefold())
        found = found._replace(type=known, type_at=last.start("type"))
    at = match.end()
    if day := _AFTER_DAY.match(text, at):
        parsed = parse_day(day["day"])
        value = None if isinstance(parsed, Refusal) else parsed
        found = found._replace(day=value, day_text=day["day"], day_at=day.start("day"), comma=bool(day["comma"]))
        at = day.end()
    if issuer := _ISSUER.match(text, at):
        found = found._replace(issuer=issuer["issuer"])
        at = issuer.end()
    if title := _TITLE.match(text, at):
        begin = title.start("title")
        if text.startswith("về ", begin):
            begin += 3
        end = _TITLE_END.search(text, begin + 1)
        found = found._replace(title=text[begin : end.start() if end else len(text)].strip(), title_at=begin)
    return found


def _type_words(text: str, low: int, high: int) -> list[re.Match[str]]:
    return list(re.compile("|".join(TYPES), re.IGNORECASE).finditer(text, low, high))

"""Figures in running text: the number as printed, the word before it, and what is counted.

Days, years, periods, numbers of documents and ordinals ("dự án 1", "lần thứ 4", "khóa 9") are no figures.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from tracker.model.proof import Paragraph, Role
from tracker.model.values import Bound, Number
from tracker.proofread.citations import DAY, NUMBER
from tracker.read.values import BOUNDS, Refusal, parse_number

PRINTED = r"(?:[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:,[0-9]+)?)"
_FIGURE = re.compile(rf"(?<![\w.,–-])(?<![0-9 ]/)(?P<number>{PRINTED})(?![\w/]|[.,–-][0-9])(?P<percent>\s?%)?")
_WORDS = "|".join(re.escape(word) for word, _ in BOUNDS)
_QUALIFIER = re.compile(
    rf"(?<!\w)(?<!cao )(?<!thấp )(?<!nhiều )(?<!ít )(?<!lớn )(?<!nhỏ )(?P<word>{_WORDS}|xấp xỉ|ước)\s+$", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?<!\w)(?:(?:tiểu )?dự án|nhiệm vụ|phụ lục|biểu|mục|điều|khoản|điểm|số|thứ|chú thích|khóa|khoá|tháng|quý|năm|ngày"
    r"|tuần|giai đoạn|mẫu|phần|chương|bảng|hình|nội dung|đợt|kỳ|từ|đến năm|lần|nhóm|khu|tổ|đội|quốc lộ|trang)\s*:?\s+$",
    re.IGNORECASE,
)
_MAYBE = frozenset({"từ", "năm", "số", "nội dung"})
"""Labels that may stand before a figure as well: "từ 4.700 người"."""
_AND = re.compile(r"\s*(?:,|và|,\s*và)\s*")
_NOT_UNIT = re.compile(r"\s+(?P<unit>[^\W0-9_]+(?:\s+[^\W0-9_]+){0,3})")
_PERIOD = re.compile(r"(?<![0-9])[0-9]{4}\s?[-–]\s?[0-9]{4}(?![0-9])")
_PAIRS = frozenset({
    "hội nghị", "mô hình", "đại biểu", "học sinh", "sinh viên", "cán bộ", "triệu đồng", "tỷ đồng", "thành phố",
    "chương trình", "kế hoạch", "văn bản", "nhiệm vụ", "đơn vị", "dự án", "công trình", "hộ nghèo",
})  # fmt: skip
"""Things counted whose name has two syllables."""
_DURATIONS = frozenset({"năm", "tháng", "ngày", "tuần", "giờ", "phút"})


class Amount(NamedTuple):
    """One figure."""

    paragraph: Paragraph
    start: int
    """Where its digits begin."""
    end: int
    """Behind its digits, and behind its % sign."""
    written: str
    """The digits."""
    value: Number
    unit: str
    """Up to four words behind it, or "%"; empty where none follow."""
    word: str = ""
    """The word before it that makes it approximate, as written."""
    begin: int = 0
    """Where that word begins; where the digits begin if there is none."""

    @property
    def bound(self) -> Bound:
        """What the word says of the figure."""
        return next(
            (bound for word, bound in BOUNDS if word == self.word.lower()), Bound.ABOUT if self.word else Bound.EXACT
        )

    @property
    def counted(self) -> str:
        """The first word of what is counted: hội (nghị), mô (hình), hộ, %."""
        return self.unit.split()[0].lower() if self.unit else ""

    @property
    def duration(self) -> bool:
        """Whether it counts days, months or years."""
        return self.counted in _DURATIONS

    @property
    def span(self) -> tuple[Paragraph, int, int]:
        """The figure with its word before and the first word behind."""
        unit = self.unit.split()
        unit = unit[: 2 if " ".join(unit[:2]).lower() in _PAIRS else 1]
        tail = self.paragraph.text[self.end : self.end + 40]
        match = re.match(r"\s+" + r"\s+".join(map(re.escape, unit)), tail) if unit and self.unit != "%" else None
        return self.paragraph, self.begin, self.end + (match.end() if match else 0)


@lru_cache(maxsize=4096)
def amounts(paragraph: Paragraph) -> tuple[Amount, ...]:
    """The figures of a paragraph in order."""
    if paragraph.role in (Role.HEAD, Role.TAIL, Role.HEADING):
        return ()
    text = paragraph.text
    taken = [match.span() for pattern in (NUMBER, DAY, _PERIOD) for match in pattern.finditer(text)]
    if head := re.match(r"[-–+•*\s]*[0-9.]{1,6}[.)]\s", text):
        taken.append(head.span())
    found = []
    labelled: int | None = None  # where the last ordinal ended: "dự án 1, 2, 3 và 6" has four of them
    for match in _FIGURE.finditer(text):
        before = text[max(0, match.start() - 30) : match.start()]
        word = _QUALIFIER.search(before)
        bare = before[: word.start()] if word else before
        if any(begin < match.end() and match.start() < end for begin, end in taken):
            continue
        value = parse_number(match["number"])
        if isinstance(value, Refusal):
            continue
        goes_on = labelled is not None and _AND.fullmatch(text[labelled : match.start()])
        if not match["percent"] and (goes_on or _labels(bare, value)):
            labelled = match.end()
            continue
        unit = "%" if match["percent"] else _unit(text[match.end() :])
        if not match["percent"] and _is_year(match["number"], unit):
            continue
        begin = match.start() - len(before) + word.start() if word else match.start()
        start = match.start()
        found.append(
            Amount(paragraph, start, match.end(), match["number"], value, unit, word["word"] if word else "", begin)
        )
    return tuple(found)


def _labels(before: str, value: Number) -> bool:
    """Whether the word before makes a number of it that counts nothing."""
    label = _LABEL.search(before)
    return label is not None and not (label[0].strip().lower() in _MAYBE and value > 2200)


def _unit(text: str) -> str:
    match = _NOT_UNIT.match(text)
    return match["unit"] if match else ""


def _is_year(written: str, unit: str) -> bool:
    return len(written) == 4 and "1900" <= written <= "2199" and not unit


def printed(amount: Amount) -> int:
    """How many digits stand behind the decimal comma."""
    return len(amount.written.partition(",")[2])


def exactly(text: str) -> Number | None:
    """A printed number; None where it can be read in two ways."""
    value = parse_number(text.strip())
    return None if isinstance(value, Refusal) else value


def rounded(numerator: Number, denominator: Number, digits: int) -> Decimal:
    """Per cent, half up to so many digits."""
    from decimal import ROUND_HALF_UP, localcontext

    with localcontext(prec=60):  # whatever may be printed fits
        share = Decimal(100) * Decimal(numerator) / Decimal(denominator)
        return share.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)

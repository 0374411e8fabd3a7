"""One way of writing throughout: dashes, tone marks, capitals, counts below ten, ends of paragraphs."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

from tracker.model.proof import Arg, Keys, Level, Paragraph, Remark, Role, Script
from tracker.model.source import Place
from tracker.names import exact, tone
from tracker.proofread.amounts import Amount, amounts
from tracker.proofread.facts import Facts
from tracker.proofread.text import WORD, mostly_upper, prose, remark

_PERIOD = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?P<dash>\s?[-–—]\s?)(?:19|20)[0-9]{2}(?![0-9])")
_PAIRS = (
    ("kinh tế", "xã hội"), ("văn hóa", "xã hội"), ("văn hoá", "xã hội"), ("quốc phòng", "an ninh"),
    ("chính trị", "xã hội"), ("khoa học", "kỹ thuật"), ("nông", "lâm nghiệp"), ("thể dục", "thể thao"),
)  # fmt: skip
_CAPITALS = (
    "mục tiêu quốc gia", "người có uy tín", "nhân dân", "nhà nước", "trung ương", "đại hội", "phong trào thi đua",
)  # fmt: skip
_NOT_BEFORE = re.compile(r"(?:Ủy ban|Uỷ ban|Hội đồng|Tòa án|Viện kiểm sát|Công an|Quân đội)\s+$", re.IGNORECASE)
_SPACED = re.compile(r"(?<=\w) +[,.;:!?](?!\S)|(?<=[^\W0-9_])[,;](?=[^\W0-9_])|(?<=\S)  +(?=\S)")
_NUMBER = re.compile(r"(?P<number>[0-9]{1,2}|[IVX]{1,5})[.)]?\s")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
_ENDS = frozenset(".!?…:;,")
_CLOSERS = "”\"')]»¹²³⁰⁴⁵⁶⁷⁸⁹ "
_LONG = 60
"""A paragraph from this length on is a sentence, and ends like one."""


def check(script: Script, _facts: Facts) -> Iterator[Remark]:
    """What is written in two ways is told once, at the first place of the rarer way."""
    yield from _periods(script)
    yield from _pairs(script)
    yield from _tones(script)
    yield from _capitals(script)
    yield from _padding(script)
    yield from _ends(script)
    yield from _recipients(script)
    yield from _order(script)
    yield from _blanks(script)
    yield from _characters(script)


def _mixed(
    script: Script,
    name: str,
    found: list[tuple[str, tuple[Paragraph, int, int]]],
    show: Callable[[str], str] = str,
) -> Iterator[Remark]:
    """One remark where several ways occur: how often each, at the first place of the rarest."""
    counts = Counter(way for way, _ in found)
    if len(counts) < 2:
        return
    rare = min(counts, key=lambda way: (counts[way], way))
    span = next(span for way, span in found if way == rare)
    listed = ", ".join(
        f"“{show(way)}” {count}" for way, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    yield remark(script, name, Level.HINT, span, ways=listed)


def _periods(script: Script) -> Iterator[Remark]:
    found = [
        (match["dash"], (paragraph, *match.span()))
        for paragraph in script.paragraphs
        for match in _PERIOD.finditer(paragraph.text)
    ]
    yield from _mixed(script, "typography-period", found, lambda dash: f"2021{dash}2025")


def _pairs(script: Script) -> Iterator[Remark]:
    for first, second in _PAIRS:
        pattern = re.compile(rf"(?<!\w){first}(?P<dash>\s?[-–]\s?|\s){second}(?!\w)", re.IGNORECASE)
        found = [
            (match["dash"], (paragraph, *match.span()))
            for paragraph in script.paragraphs
            for match in pattern.finditer(paragraph.text)
        ]
        yield from _mixed(script, "typography-pair", found, lambda dash, one=first, two=second: f"{one}{dash}{two}")  # type: ignore[misc]


def _tones(script: Script) -> Iterator[Remark]:
    """hóa beside hoá: words that have another spelling of the same sound, by the vowel that bears the mark."""
    found = []
    for paragraph in script.paragraphs:
        for match in WORD.finditer(paragraph.text):
            word = exact(match[0])
            if word.isascii() or not (style := _style(word)):
                continue
            found.append((style, (paragraph, *match.span())))
    counts = Counter(style for style, _ in found)
    if len(counts) == 2:
        rare = min(counts, key=lambda style: (counts[style], style))
        span = next(span for style, span in found if style == rare)
        args = {"first": counts["first"], "second": counts["second"]}
        yield remark(script, "typography-tone", Level.HINT, span, **args)


def _style(word: str) -> str:
    """Whether the mark of an open oa, oe, uy stands on the first vowel or on the second; empty for any other word."""
    letters = unicodedata.normalize("NFD", word)
    plain = "".join(character for character in letters if character not in "\u0300\u0301\u0303\u0309\u0323")
    if (
        plain == letters
        or not unicodedata.normalize("NFC", plain).endswith(("oa", "oe", "uy"))
        or plain.startswith("qu")
    ):
        return ""
    return "first" if word == tone(word) else "second"


def _capitals(script: Script) -> Iterator[Remark]:
    for phrase in _CAPITALS:
        pattern = re.compile(rf"(?<!\w){phrase}(?!\w)", re.IGNORECASE)
        found = []
        for paragraph in prose(script):
            for match in pattern.finditer(paragraph.text):
                before = paragraph.text[max(0, match.start() - 16) : match.start()]
                begins = not before.strip() or before.rstrip()[-1] in '.!?…“"-:'
                if not begins and not _NOT_BEFORE.search(before) and not match[0].isupper():
                    found.append((match[0], (paragraph, *match.span())))
        yield from _mixed(script, "typography-capital", found)


def _padding(script: Script) -> Iterator[Remark]:
    """03 năm beside 3 năm; figures of projects, shares and decimals are never padded."""
    padded: list[Amount] = []
    bare: list[Amount] = []
    for paragraph in prose(script):
        for one in amounts(paragraph):
            if one.unit and one.unit != "%" and one.value < 10 and "," not in one.written:
                (padded if one.written.startswith("0") else bare).append(one)
    if len(padded) > len(bare):
        for one in bare:
            yield remark(script, "typography-zero", Level.HINT, one.span, padded=f"0{one.written}", count=len(padded))


def _ends(script: Script) -> Iterator[Remark]:
    for paragraph in prose(script):
        text = paragraph.text.rstrip(_CLOSERS)
        if (
            len(text) >= _LONG
            and text[-1] not in _ENDS
            and not mostly_upper(text)
            and not paragraph.text.startswith("|")
        ):
            begin = max(text.rfind(" ", 0, max(0, len(text) - 25)) + 1, 0)
            yield remark(script, "typography-end", Level.DEFECT, (paragraph, begin, len(text)))


def _recipients(script: Script) -> Iterator[Remark]:
    """The signs behind the recipients, the last of which ends with a full stop."""
    listed = [one for one in script.paragraphs if one.role is Role.TAIL and re.match(r"[-–]\s", one.text)]
    found = [(one.text[-1], (one, 0, len(one.text))) for one in listed[:-1] if one.text[-1] in ",;."]
    yield from _mixed(script, "typography-recipients", found)


def _order(script: Script) -> Iterator[Remark]:
    """Numbers of headings and paragraphs that do not follow each other."""
    last: dict[tuple[str, ...], int] = {}
    for paragraph in script.paragraphs:
        match = _NUMBER.match(paragraph.text)
        if match is None or not paragraph.section or paragraph.role not in (Role.HEADING, Role.BODY):
            continue
        written = match["number"]
        number = int(written) if written.isdigit() else _ROMAN.get(written, 0)
        key = (*paragraph.section[:-1], "arabic" if written.isdigit() else "roman")
        if number > 1 and key in last and number != last[key] + 1:
            args = {"before": last[key]}
            yield remark(script, "typography-order", Level.DOUBT, (paragraph, *match.span("number")), **args)
        last[key] = number


def _blanks(script: Script) -> Iterator[Remark]:
    for paragraph in prose(script):
        for match in _SPACED.finditer(paragraph.text):
            begin = max(0, paragraph.text.rfind(" ", 0, match.start()) + 1)
            end = paragraph.text.find(" ", match.end())
            span = (paragraph, begin, end if end > 0 else len(paragraph.text))
            yield remark(script, "typography-blank", Level.HINT, span)


def _characters(script: Script) -> Iterator[Remark]:
    for hidden in script.hidden:
        name = "typography-hidden" if hidden.code else "typography-composed"
        level = Level.DEFECT if hidden.code else Level.HINT
        args: dict[str, Arg] = {"code": hidden.code} if hidden.code else {}
        at = Place(script.file, hidden.at.line, hidden.at.column)
        yield Remark("typography", name, level, at, "", (), args)
    for paragraph in script.paragraphs:
        for match in WORD.finditer(paragraph.text):
            if match[0].isascii():
                continue
            scripts = {unicodedata.name(letter, "?").split()[0] for letter in match[0] if letter.isalpha()}
            foreign = scripts & {"CYRILLIC", "GREEK"}
            if foreign and "LATIN" in scripts:
                key = Keys((f"script_{min(foreign).lower()}",))
                yield remark(script, "typography-script", Level.DEFECT, (paragraph, *match.span()), script=key)

"""Words of a row of an annex → how often, for whom and on what occasion: what makes a task of one kind or another.

Nothing here is certain but what the words say; who uses it says in each case from which words it was concluded. Words
stand here as `accents` folds them: kỳ as ki.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tracker.names import accents
from tracker.read.values import slug

_LEVELS: tuple[tuple[str, str], ...] = (
    ("phong dan toc", "phong-dan-toc"),
    ("ban dan van cac huyen", "ban-dan-van"),
    ("ban dan van huyen", "ban-dan-van"),
    ("ban dan van cap huyen", "ban-dan-van"),
    ("huyen", "huyen"),
    ("thanh pho", "huyen"),
    ("thi xa", "huyen"),
    ("dia phuong", "huyen"),
    ("xa", "xa"),
    ("phuong", "xa"),
    ("thi tran", "xa"),
)
"""How groups of units are called, and the kind of units that plans call so (docs/files.md); the longer names first."""
_GROUP = re.compile(r"\b(?:cac|cap|moi|tung|100% (?:so )?)\s*(?P<rest>.+)")
_SHARE = re.compile(r"(?P<some>[0-9]{1,5})/(?P<all>[0-9]{1,5})\s+(?:don vi )?(?:cap )?(?P<rest>[a-z].*)")
_LENGTHS: tuple[tuple[str, str], ...] = (
    (r"(?:6|sau) thang", "half"),
    (r"(?:9|chin) thang", "nine-months"),
    (r"tuan", "week"),
    (r"thang", "month"),
    (r"quy", "quarter"),
    (r"nam", "year"),
)
_OFTEN = re.compile(r"\b(?:hang|moi|dinh ki)\b(?P<rest>.*)")
_TIMES = re.compile(
    r"\b(?P<number>0?[136]|mot|ba|sau)? ?(?P<length>thang|quy|nam|tuan) ?(?:/ ?|mot |0?1 )lan\b"
    r"|\b(?:0?1|mot) lan ?(?:/|mot |moi ) ?(?P<other>thang|quy|nam|tuan)\b"
)
_MONTHS = {"1": "month", "mot": "month", "3": "quarter", "ba": "quarter", "6": "half", "sau": "half"}
_EACH = re.compile(r"\bngay [0-9]{1,2}(?! ?/) (?:hang|moi|cua) ?(?P<length>thang|quy)\b")
_BY = re.compile(r"[(]?\s*(?:\b(?:truoc|cham nhat|muon nhat|vao)\s+)?\bngay [0-9]{1,2}[^,;)]*[)]?")
_ON = re.compile(r"\bngay (?P<day>[0-9]{1,2})\b(?! ?/| thang [0-9])")
_CASE = re.compile(r"\bkhi (?:có|phát sinh|xảy ra|cần)\b\s*(?P<what>.*)", re.IGNORECASE)
_SUDDEN = re.compile(r"\b(?:đột xuất|phát sinh)\b", re.IGNORECASE)


class Group(NamedTuple):
    """A group of units that words name."""

    kind: str
    some: int = 0
    """Of "8/9 huyện" the first number; 0 where no numbers stand."""
    all: int = 0


def group(text: str, kinds: Mapping[str, int]) -> Group | None:
    """The group that "các huyện, thành phố", "mỗi xã" or "8/9 huyện" names, of kinds that the project has."""
    folded = accents(text)
    share = _SHARE.search(folded)
    match = share or _GROUP.search(folded)
    if match is None:
        return None
    # "Ban Dân vận các huyện ủy": whose group it is stands before the word as well.
    tries = (match["rest"],) if share else (folded, match["rest"])
    for rest in tries:
        for word, kind in _LEVELS:
            if (rest == word or rest.startswith((f"{word} ", f"{word},"))) and kind in kinds:
                return Group(kind, int(share["some"]), int(share["all"])) if share else Group(kind)
    return None


def every(text: str) -> tuple[str, ...]:
    """The periods in which something comes again: month and quarter of "hằng tháng, quý"; none where nobody says so."""
    folded = _EACH.sub(lambda match: f"hang {match['length']}", accents(text))
    # What is left of a day of the month ("trước ngày 25 tháng cuối quý") is no period of its own.
    folded = _BY.sub("", folded)
    found: list[str] = []
    for match in _TIMES.finditer(folded):
        length = match["length"] or match["other"]
        number = (match["number"] or "1").lstrip("0")
        found += [_MONTHS[number]] if length == "thang" else [dict(_LENGTHS)[length]] if number in {"1", "mot"} else []
    if not found and (often := _OFTEN.search(folded)):
        found += _lengths(often["rest"])
    return tuple(dict.fromkeys(found))


def _lengths(rest: str) -> Iterator[str]:
    for part in re.split(r"[,;/]| va ", rest):
        word = part.strip(" .()")
        yield from (length for pattern, length in _LENGTHS if re.fullmatch(rf"(?:hang |moi )?{pattern}", word))


def day_of_month(text: str) -> int:
    """The day by which something is due each time: 25 of "trước ngày 25 hằng tháng"; 0 where none stands."""
    match = _ON.search(accents(text))
    day = int(match["day"]) if match else 0
    return day if 1 <= day <= 31 else 0


def case(text: str) -> str:
    """The occasion on which something is owed, as a name for events: vu-viec of "Khi có vụ việc"; empty where none."""
    if match := _CASE.search(text):
        return slug(match["what"])[:40].strip("-") if match["what"].strip(" .") else "phat-sinh"
    return "dot-xuat" if _SUDDEN.search(text) else ""


def measure(title: str, result: str, unit: str) -> str:
    """What is counted, by the words that rules look for, or else the counted thing; empty where neither is said."""
    first, whole = accents(title), accents(f"{title} {result}")
    if accents("ký kết") in first:
        return "agreement"
    if first.startswith("kiem tra"):
        return "inspection"
    if not unit and "bao cao" in whole:
        return "report"
    return ("report" if accents(unit) == "bao cao" else slug(unit)) if unit else ""

"""Stretches as people write them → days: "14–16/6/2023", "từ 28/6 đến 02/7/2023", "ngày 14, 15/6", "quý II–III/2023".

A run of days is a deed that took them all and was done on the last; months and quarters are a time known roughly. Each
form has one reading: a hyphen between day and month only stands in a single day, and a missing year is that of the end.
"""

import re
from collections.abc import Callable
from datetime import date

from tracker.model.values import Span
from tracker.periods import span_of
from tracker.read.values import Refusal

_BEHIND = r"\s?(?:[-–—÷]|\.\.|\bđến(?: hết)?(?: ngày)?\b)\s?"
_DAYS = re.compile(
    r"(?:từ )?(?:(?:các )?ngày )?(?P<day>[0-9]{1,2})"
    r"(?:(?P<sign>[/.])(?P<month>[0-9]{1,2})(?:(?P=sign)(?P<year>[0-9]{4}))?)?"
    rf"{_BEHIND}(?P<end>[0-9]{{1,2}}(?P<other>[/.])(?P<last>[0-9]{{1,2}})(?P=other)[0-9]{{4}})",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(?:(?:trong )?các |hai |ba )?(?:ngày )?(?P<days>[0-9]{1,2}(?:(?:, ?| và | ?& ?)[0-9]{1,2})+)"
    r"(?P<rest>(?P<sign>[/.])[0-9]{1,2}(?P=sign)[0-9]{4})",
    re.IGNORECASE,
)
_ROUGH = re.compile(
    r"(?:từ )?(?P<kind>tháng|quý) (?P<first>[0-9]{1,2}|IV|I{1,3})\s?(?P<between>[-–—,]|và|đến)\s?"
    r"(?:(?P=kind) )?(?P<last>(?:[0-9]|I).*)",
    re.IGNORECASE,
)


def parse_run(written: str, day: Callable[[str], date | Refusal | None]) -> Span | Refusal | None:
    """The days of a run that has its year; None for what is none. `written` is clean, `day` reads one day."""
    if match := _LISTED.fullmatch(written):
        return _listed(match, written, day)
    first_text, dots, last_text = (part.strip() for part in written.partition(".."))
    match = _DAYS.fullmatch(written)
    if match is not None:
        year, month = match["year"] or match["end"][-4:], match["month"] or match["last"]
        if match["sign"] not in {None, match["other"]}:
            return None
        first_text, last_text = f"{match['day']}/{month}/{year}", match["end"]
    elif not dots:
        return None
    first, last = day(first_text), day(last_text)
    if not isinstance(first, date):
        return first
    if not isinstance(last, date):
        return last
    if last < first:
        wraps = match is not None and match["month"] and not match["year"]
        near = f"{first:%d/%m}/{first.year - 1}..{last:%d/%m/%Y}" if wraps else f"{last:%d/%m/%Y}..{first:%d/%m/%Y}"
        return Refusal("value-span-order", {"text": written, "near": near})
    return Span(first, last, lasting=first != last)


def _listed(match: re.Match[str], written: str, day: Callable[[str], date | Refusal | None]) -> Span | Refusal | None:
    days: list[date] = []
    for number in re.findall("[0-9]+", match["days"]):
        found = day(f"{number}{match['rest']}")
        if not isinstance(found, date):
            return found
        days.append(found)
    first, last = days[0], days[-1]
    if [one.toordinal() for one in days] != list(range(first.toordinal(), first.toordinal() + len(days))):
        # Several deeds, or one that was broken off: who wrote it knows, and one entry each says it.
        return Refusal("value-apart", {"text": written, "count": str(len(days))})
    return Span(first, last, lasting=True)


def parse_stretch(written: str, period: Callable[[str], str | Refusal]) -> Span | Refusal | None:
    """From the first day of one month or quarter to the last of another, known roughly; None for what is none."""
    match = _ROUGH.fullmatch(written)
    if match is None:
        return None
    last = period(f"{match['kind']} {match['last']}")
    if isinstance(last, Refusal):
        return last if last.code != "value-period" else None
    first = period(f"{match['kind']} {match['first']}/{last[:4]}")
    if isinstance(first, Refusal):
        return first if first.code != "value-period" else None
    begins, ends = span_of(first), span_of(last)
    if begins is None or ends is None:
        return None
    if ends.first < begins.first:
        near = f"{match['kind']} {match['first']}/{int(last[:4]) - 1}"
        return Refusal("value-span-order", {"text": written, "near": near})
    if match["between"] in {",", "và", "VÀ", "Và"} and (ends.first - begins.last).days != 1:
        # Two times that do not follow each other are no stretch.
        return None
    return Span(begins.first, ends.last)

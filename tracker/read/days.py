"""Text as people write it → days, roughly known days and periods (docs/files.md, «Values»). Day first, always.

No date library: dateutil reads 01/02/2023 as the second of January and takes "5" for a day.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

from tracker.model.values import Span
from tracker.periods import span_of, weeks_in
from tracker.read.values import Refusal, clean, foreign_digit

FIRST_YEAR, LAST_YEAR = 1900, 2199
LONGEST_RUN = 400
"""Most periods that one record may name: a century of quarters."""

_DAY = re.compile(r"(?P<day>[0-9]{1,2})(?P<sep>[/.-])(?P<month>[0-9]{1,2})(?P=sep)(?P<year>[0-9]{4})")
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_SPOKEN = re.compile(r"(?:ngày )?(?P<day>[0-9]{1,2}) tháng (?P<month>[0-9]{1,2}) năm (?P<year>[0-9]{4})", re.IGNORECASE)
_NINE = re.compile(r"(?:9|chín) tháng(?: đầu)?(?: năm)?[ /](?P<year>[0-9]{4})", re.IGNORECASE)
_WEEK = re.compile(r"(?:tuần )(?P<week>[0-9]{1,2})(?: ?[/-] ?| năm | )(?P<year>[0-9]{4})", re.IGNORECASE)
_SHORT_ID = re.compile(r"(?P<year>[0-9]{4})(?P<kind>Q|S|W|H)(?P<number>[0-9]{1,2})", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(?P<day>[0-9]{1,2})(?P<sep>[/.-])(?P<month>[0-9]{1,2})(?P=sep)(?P<year>[0-9]{2})")
_MONTH = re.compile(r"(?:tháng )?(?P<month>[0-9]{1,2})(?:[/-]| năm )(?P<year>[0-9]{4})", re.IGNORECASE)
_QUARTER = re.compile(r"quý (?P<quarter>[1-4]|IV|I{1,3})(?: ?[/-] ?| năm | )(?P<year>[0-9]{4})", re.IGNORECASE)
_HALF = re.compile(r"(?:6|sáu) tháng (?P<half>đầu|cuối)(?: năm)?[ /](?P<year>[0-9]{4})", re.IGNORECASE)
_YEAR = re.compile(r"(?:năm )?(?P<year>[0-9]{4})", re.IGNORECASE)
_YEARS = re.compile(r"(?:giai đoạn )?(?P<first>[0-9]{4}) ?[-–—] ?(?P<last>[0-9]{4})", re.IGNORECASE)
_ID_MONTH = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})")
_LEADING_YEAR = re.compile("[0-9]{4}")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


def parse_day(text: str) -> date | Refusal:
    """01/02/2023, 14-6-2023, 2.4.2023, 2023-02-01 or "ngày 15 tháng 3 năm 2022"."""
    written = clean(text)
    if refusal := foreign_digit(written):
        return refusal
    day = _day(written)
    if day is not None:
        return day
    if match := _SHORT_YEAR.fullmatch(written):
        near = f"{match['day']}{match['sep']}{match['month']}{match['sep']}20{match['year']}"
        return Refusal("value-short-year", {"text": written, "near": near})
    if isinstance(_rough(written), Span):
        return Refusal("value-rough-day", {"text": written})
    return Refusal("value-day", {"text": written})


def parse_span(text: str) -> Span | Refusal:
    """A day, the days that a deed took, or all days of a month, quarter, half-year, year or run of these."""
    day = parse_day(text)
    if isinstance(day, date):
        return Span(day, day)
    if day.code not in {"value-rough-day", "value-day"}:
        return day
    written = clean(text)
    if (rough := _rough(written)) is not None:
        return rough
    from tracker.read.ranges import parse_run

    return parse_run(written, _day) or Refusal("value-span", {"text": written})


def parse_period(text: str) -> tuple[str, ...] | Refusal:
    """The ids of a period, or of each period of a run such as 2023-01..2023-12, in order."""
    written = clean(text)
    if refusal := foreign_digit(written):
        return refusal
    first, dots, last = (part.strip() for part in written.partition(".."))
    begin = _period(first)
    if isinstance(begin, Refusal) or not dots:
        return begin if isinstance(begin, Refusal) else (begin,)
    end = _period(last)
    if isinstance(end, Refusal):
        return end
    run = _run(begin, end)
    return run or Refusal("value-run", {"text": written, "first": begin, "last": end})


def _day(written: str) -> date | Refusal | None:
    match = _DAY.fullmatch(written) or _ISO.fullmatch(written) or _SPOKEN.fullmatch(written)
    if match is None:
        return None
    day, month, year = int(match["day"]), int(match["month"]), int(match["year"])
    if refusal := _outside(year, written):
        return refusal
    if not 1 <= month <= 12:
        if 1 <= day <= 12 and 1 <= month <= 31:
            return Refusal("value-month-first", {"text": written, "near": f"{month:02d}/{day:02d}/{year}"})
        return Refusal("value-month", {"text": written, "month": str(month)})
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        return Refusal("value-no-day", {"text": written, "month": f"{month:02d}/{year}", "last": str(last)})
    return date(year, month, day)


def _rough(written: str) -> Span | Refusal | None:
    """A named stretch of days; None for what is none, a refusal for one that does not exist."""
    if match := _YEARS.fullmatch(written):
        first, last = int(match["first"]), int(match["last"])
        if refusal := _outside(first, written) or _outside(last, written):
            return refusal
        if last < first:
            return Refusal("value-span-order", {"text": written, "near": f"{last}-{first}"})
        return Span(date(first, 1, 1), date(last, 12, 31))
    period = _period(written)
    if isinstance(period, Refusal):
        if period.code != "value-period":
            return period
        from tracker.read.ranges import parse_stretch

        return parse_stretch(written, _period)
    return span_of(period)


def _period(written: str) -> str | Refusal:
    """The id of one period, however it is written."""
    name = written
    day = _day(written.removeprefix("ngày "))
    if isinstance(day, date):
        name = day.isoformat()
    elif match := _ID_MONTH.fullmatch(written) or _MONTH.fullmatch(written):
        month = int(match["month"])
        if not 1 <= month <= 12:
            return Refusal("value-month", {"text": written, "month": str(month)})
        name = f"{match['year']}-{month:02d}"
    elif match := _QUARTER.fullmatch(written):
        name = f"{match['year']}-Q{_ROMAN.get(match['quarter'].lower(), match['quarter'])}"
    elif match := _HALF.fullmatch(written):
        name = f"{match['year']}-H{1 if match['half'].lower() == 'đầu' else 2}"
    elif match := _NINE.fullmatch(written):
        name = f"{match['year']}-9M"
    elif match := _WEEK.fullmatch(written):
        name = f"{match['year']}-W{int(match['week']):02d}"
    elif match := _SHORT_ID.fullmatch(written):
        # As other reporting systems write them: 2023Q1, 2023S1, 2023W5.
        kind = match["kind"].upper()
        number = f"{int(match['number']):02d}" if kind == "W" else match["number"]
        name = f"{match['year']}-{'H' if kind == 'S' else kind}{number}"
    elif match := _YEAR.fullmatch(written):
        name = match["year"]
    if (year := _LEADING_YEAR.match(name)) and (refusal := _outside(int(year[0]), written)):
        return refusal
    return name if span_of(name) is not None else Refusal("value-period", {"text": written})


def _run(begin: str, end: str) -> tuple[str, ...]:
    """All periods from one to another of the same length; none where they differ in length or run backwards."""
    spans = span_of(begin), span_of(end)
    if spans[0] is None or spans[1] is None or len(begin) != len(end) or begin[4:6].isalpha() != end[4:6].isalpha():
        return ()
    if begin[5:6] in "QHW" and begin[5:6] != end[5:6]:
        return ()
    run, name = [begin], begin
    while name != end and len(run) < LONGEST_RUN:
        name = _next(name)
        run.append(name)
    return tuple(run) if name == end else ()


def _next(period: str) -> str:
    year, rest = int(period[:4]), period[5:]
    if not rest:
        return f"{year + 1:04d}"
    if rest == "9M":
        return f"{year + 1:04d}-9M"
    if rest[0] == "W":
        week = int(rest[1:])
        return f"{year:04d}-W{week + 1:02d}" if week < weeks_in(year) else f"{year + 1:04d}-W01"
    if len(rest) == 5:
        return (date.fromisoformat(period) + timedelta(days=1)).isoformat()
    if rest[0] in "QH":
        number, most = int(rest[1:]), 4 if rest[0] == "Q" else 2
        return f"{year:04d}-{rest[0]}{number + 1}" if number < most else f"{year + 1:04d}-{rest[0]}1"
    if len(rest) == 4:
        return f"{year + 1:04d}-{int(rest) + 1:04d}"
    return f"{year:04d}-{int(rest) + 1:02d}" if rest != "12" else f"{year + 1:04d}-01"


def _outside(year: int, written: str) -> Refusal | None:
    if FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return Refusal("value-year", {"text": written, "first": str(FIRST_YEAR), "last": str(LAST_YEAR)})

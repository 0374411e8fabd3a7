"""Days and periods as cells hold them → as entries are written; what has two readings is doubted, never chosen."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from tracker.model.grid import Cell
from tracker.model.values import Span
from tracker.names import accents
from tracker.periods import span_of
from tracker.read.days import parse_day, parse_period, parse_span
from tracker.read.sheets.headers import header_words
from tracker.read.values import Refusal

SERIAL = (20_000, 80_000)
"""Numbers that are days to a spreadsheet: from 1954 to 2119."""
_SERIAL = re.compile("[2-7][0-9]{4}")
_BESIDE = re.compile(r"^(?:trong|vào|từ|ngày|thời gian)\s+", re.IGNORECASE)
_SHORT = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}")
_CLOCK = re.compile(
    r"^(?:lúc )?[0-9]{1,2}(?:[:h]|g| giờ ?)[0-9]{0,2}(?: phút)?,? (?=ngày|[0-9])"
    r"|[ ,]+(?:lúc )?[0-9]{1,2}(?:[:h]|g| giờ ?)[0-9]{0,2}(?::[0-9]{2})?$",
    re.IGNORECASE,
)
"""The time of day beside a day, which no entry has."""
_VAGUE = frozenset({"value-span", "value-day", "value-period"})
"""Refusals that say only that it is no day."""


class When(NamedTuple):
    """A day or stretch of days that a cell holds."""

    written: str
    """As an entry says it."""
    span: Span
    code: str = ""
    """What is to be doubted; empty where nothing is."""
    args: Mapping[str, str] = {}


class Context(NamedTuple):
    """What the cells of a table leave unsaid."""

    year: int = 0
    old_days: bool = False
    swapped: bool = False
    """Whether real days of this column may have the month for the day."""
    turn: bool = False
    """Whether somebody said that they have, so that they are turned back."""


def swapped(cells: Iterable[Cell]) -> bool:
    """Whether a column looks as if another country's settings had read it.

    01/02/2023 becomes a real day, the second of January, and 25/02/2023 stays text: then text holds days above 12
    and no real day does.
    """
    late_text = real = False
    for cell in cells:
        if cell.day is not None:
            if cell.day.day > 12:
                return False
            real = True
        else:
            day = parse_day(cell.text)
            late_text = late_text or (isinstance(day, date) and day.day > 12)
    return late_text and real


def when(cell: Cell, context: Context) -> When | Refusal:
    """The days that a cell names."""
    if cell.day is not None:
        return _real(cell.day, context)
    text = _CLOCK.sub("", cell.text)
    if _SERIAL.fullmatch(text):
        start = date(1904, 1, 1) if context.old_days else date(1899, 12, 30)
        day = start + timedelta(days=int(text))
        return When(f"{day:%d/%m/%Y}", Span(day, day), "intake-serial", {"text": text, "day": f"{day:%d/%m/%Y}"})
    found = parse_span(text)
    if isinstance(found, Span):
        return When(_written(text, found), found)
    if accents(text) in header_words()["always"]:
        if not context.year:
            return Refusal("intake-year", {"text": text})
        span = Span(date(context.year, 1, 1), date(context.year, 12, 31))
        return When(str(context.year), span, "intake-always", {"text": text, "year": str(context.year)})
    bare = _BESIDE.sub("", text)
    for form in (bare, f"{bare}/{context.year}", f"{bare} {context.year}", f"{bare} năm {context.year}"):
        again = parse_span(form)
        if form != bare and (not context.year or text[-4:].isdigit()):
            continue
        if isinstance(again, Span):
            return When(_written(form, again), again)
        found = again if again.code not in _VAGUE else found
    if not context.year and (_SHORT.fullmatch(bare) or isinstance(parse_span(f"{bare}/2000"), Span)):
        return Refusal("intake-year", {"text": text})
    return found


def _real(day: date, context: Context) -> When:
    if (context.swapped or context.turn) and day.day <= 12 and day.day != day.month:
        other = day.replace(month=day.day, day=day.month)
        if context.turn:
            return When(f"{other:%d/%m/%Y}", Span(other, other))
        args = {"first": f"{day:%d/%m/%Y}", "second": f"{other:%d/%m/%Y}"}
        return When(f"{day:%d/%m/%Y}", Span(day, day), "intake-swapped", args)
    return When(f"{day:%d/%m/%Y}", Span(day, day))


def _written(text: str, span: Span) -> str:
    if span.lasting:
        return f"{span.first:%d/%m/%Y}..{span.last:%d/%m/%Y}"
    return f"{span.first:%d/%m/%Y}" if span.exact else text


def period(cell: Cell, header: str, context: Context) -> When | Refusal:
    """The period that a cell names, as its id; a bare number is one of the header's kind."""
    if cell.day is not None:
        id_ = f"{cell.day:%Y-%m}"
        args = {"text": cell.text, "period": id_}
        return When(id_, _span(id_), "intake-period-day", args)
    kind = "quý" if "quy" in accents(header).split() else "tháng"
    text = cell.text
    forms = [text]
    if context.year:
        forms += [f"{text}/{context.year}", f"{text} {context.year}", f"{kind} {text}/{context.year}"]
    forms.append(f"{kind} {text}")
    for form in forms:
        found = parse_period(form)
        if not isinstance(found, Refusal) and len(found) == 1 and not (form == text and _bare(text) and context.year):
            return When(found[0], _span(found[0]))
    if not context.year and not isinstance(parse_period(f"{text}/2000"), Refusal):
        return Refusal("intake-year", {"text": text})
    first = parse_period(text)
    return first if isinstance(first, Refusal) else Refusal("value-period", {"text": text})


def _bare(text: str) -> bool:
    return len(text) < 4


def _span(id_: str) -> Span:
    found = span_of(id_)
    assert found is not None
    return found

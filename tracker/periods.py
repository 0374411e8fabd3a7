"""Two calendars that are never mixed (design 4.5): plan time, and reporting windows with their due days.

Sources: Nghị định 09/2019/NĐ-CP, Điều 12 (windows from the 15th to the 14th), Điều 8 and 13 (days of sending).
The only module that uses dateutil and holidays; both are imported where a plan asks for them, since holidays alone
costs as much time as all the rest of a start.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tracker.model.period import Period
from tracker.model.plan import Due, Every, Regime, Shift
from tracker.model.values import Span

if TYPE_CHECKING:
    from holidays import HolidayBase

_ID = re.compile(
    r"(?P<year>[1-9][0-9]{3})"
    r"(?:-(?P<month>0[1-9]|1[0-2])|-Q(?P<quarter>[1-4])|-H(?P<half>[12])|-(?P<until>[1-9][0-9]{3}))?",
)
ONE_DAY = timedelta(days=1)
MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF: 6, Every.YEAR: 12}
CALENDAR = Regime("")
"""Windows and due days of a task without a regime: calendar periods, due on their last day."""


def whole(span: Span) -> Period:
    """The period of a plan itself: 2023, or 2022-2025; a plan of odd days is named by them."""
    first, last = span.first, span.last
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        name = str(first.year) if first.year == last.year else f"{first.year}-{last.year}"
    else:
        name = f"{first.isoformat()}..{last.isoformat()}"
    return Period(name, first, last, first, last)


def periods(every: Every, span: Span, regime: Regime = CALENDAR) -> tuple[Period, ...]:
    """The periods of this length that lie wholly within the span, in order.

    With `merge`, a quarter's last month is left out: its report is the quarter's (design 4.5). A task that is done once
    has one period, the plan's own.
    """
    if every is Every.ONCE:
        return (whole(span),)
    length = MONTHS[every]
    found = []
    year, month = span.first.year, 1
    while date(year, month, 1) <= span.last:
        period = _period(every, year, month, length, regime)
        merged = regime.merge and every is Every.MONTH and month % 3 == 0
        if span.first <= period.first and period.last <= span.last and not merged:
            found.append(period)
        year, month = _month_after(year, month, length)
    return tuple(found)


def span_of(period: str) -> Span | None:
    """The days of plan time that a period id names: 2023-02, 2023-Q1, 2023-H1, 2023, 2022-2025; None for other text."""
    match = _ID.fullmatch(period)
    if match is None:
        return None
    year = int(match["year"])
    if match["until"]:
        return Span(date(year, 1, 1), date(int(match["until"]), 12, 31)) if int(match["until"]) >= year else None
    month, length = 1, 12
    if match["month"]:
        month, length = int(match["month"]), 1
    elif match["quarter"]:
        month, length = int(match["quarter"]) * 3 - 2, 3
    elif match["half"]:
        month, length = int(match["half"]) * 6 - 5, 6
    last = month + length - 1
    return Span(date(year, month, 1), date(year, last, monthrange(year, last)[1]))


def due_day(period: Period, regime: Regime = CALENDAR) -> date:
    """The last day on which this period's report is on time, moved off days off as the regime says.

    Counted from the period's last month, never from the due day before: a due day of 31 is 28/2 and then 31/3 again.
    """
    year, month = _month_after(period.last.year, period.last.month, regime.due_month)
    last = monthrange(year, month)[1]
    return shifted(date(year, month, min(regime.due_day or last, last)), regime.shift)


def deadline(due: Due) -> date | None:
    """The day of a deadline that needs no event; None where none is given."""
    if due.on is not None:
        return due.on.last
    if due.after is not None:
        from dateutil.relativedelta import relativedelta

        return due.after + relativedelta(months=due.months)
    return None


def shifted(day: date, shift: Shift, works: "Callable[[date], bool] | None" = None) -> date:
    """The day itself, or the working day before or after it. `works` replaces the calendar of Vietnam in tests."""
    if shift is Shift.NONE:
        return day
    step = ONE_DAY if shift is Shift.NEXT else -ONE_DAY
    works = works or works_in_vietnam
    while not works(day):
        day += step
    return day


def works_in_vietnam(day: date) -> bool:
    """Whether offices work that day: Tết, public holidays, weekends and swapped Saturdays included."""
    working: bool = _vietnam().is_working_day(day)
    return working


class Days(NamedTuple):
    """The two days of every judgement (design 4.6)."""

    as_of: date
    """Business day: as if today were this day."""
    known_by: date
    """Only what was recorded by the end of this day counts."""


@cache
def _vietnam() -> "HolidayBase":
    import holidays

    return holidays.country_holidays("VN")


def _period(every: Every, year: int, month: int, length: int, regime: Regime) -> Period:
    last_year, last_month = _month_after(year, month, length - 1)
    first, last = date(year, month, 1), date(last_year, last_month, monthrange(last_year, last_month)[1])
    opens = _cutoff(*_month_after(year, month, -1), regime) + ONE_DAY
    return Period(_name(every, year, month), first, last, opens, _cutoff(last_year, last_month, regime))


def _cutoff(year: int, month: int, regime: Regime) -> date:
    last = monthrange(year, month)[1]
    return date(year, month, min(regime.cutoff_day or last, last))


def _month_after(year: int, month: int, steps: int) -> tuple[int, int]:
    index = year * 12 + month - 1 + steps
    return index // 12, index % 12 + 1


def _name(every: Every, year: int, month: int) -> str:
    match every:
        case Every.MONTH:
            return f"{year:04d}-{month:02d}"
        case Every.QUARTER:
            return f"{year:04d}-Q{month // 3 + 1}"
        case Every.HALF:
            return f"{year:04d}-H{month // 6 + 1}"
        case _:
            return f"{year:04d}"

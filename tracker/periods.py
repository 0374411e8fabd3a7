"""Two calendars that are never mixed (design 4.5): plan time, and reporting windows with their due days.

Sources: Nghị định 09/2019/NĐ-CP, Điều 12 (windows from the 15th to the 14th), Điều 8 and 13 (days of sending).
The only module that uses dateutil and holidays; both are imported where a plan asks for them, since holidays alone
costs as much time as all the rest of a start.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tracker.model.period import Period, WorkCalendar
from tracker.model.plan import Due, Every, Regime, Shift, Timing
from tracker.model.values import Span

if TYPE_CHECKING:
    from holidays import HolidayBase

_ID = re.compile(
    r"(?P<year>[1-9][0-9]{3})"
    r"(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12][0-9]|3[01]))?"
    r"|-Q(?P<quarter>[1-4])|-H(?P<half>[12])|-(?P<nine>9M)|-W(?P<week>0[1-9]|[1-4][0-9]|5[0-3])"
    r"|-(?P<until>[1-9][0-9]{3}))?",
)
ONE_DAY = timedelta(days=1)
THURSDAY = 4
"""A week belongs to the year and to the plan in which its Thursday lies (ISO 8601)."""
MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF: 6, Every.NINE_MONTHS: 9, Every.YEAR: 12}
PUBLIC = WorkCalendar()
"""The public calendar of Vietnam, with nothing announced beyond it."""
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
    """The periods of this length that lie wholly within the span, in order; of weeks, those whose Thursday does.

    A task that is done once has one period, the plan's own.
    """
    if every is Every.ONCE:
        return (whole(span),)
    timing = regime.lengths.get(every, regime.timing)
    if every is Every.DAY:
        days = (span.last - span.first).days + 1
        return tuple(_day(span.first + ONE_DAY * number) for number in range(days))
    if every is Every.WEEK:
        return tuple(_weeks(span, timing))
    length = MONTHS[every]
    step = 12 if every is Every.NINE_MONTHS else length
    found = []
    year, month = span.first.year, 1
    while date(year, month, 1) <= span.last:
        period = _period(every, year, month, length, timing)
        if span.first <= period.first and period.last <= span.last:
            found.append(period)
        year, month = _month_after(year, month, step)
    return tuple(found)


def span_of(period: str) -> Span | None:
    """The days of plan time that a period id names; None for other text, and for a day or week that does not exist."""
    match = _ID.fullmatch(period)
    if match is None:
        return None
    year = int(match["year"])
    if match["until"]:
        return Span(date(year, 1, 1), date(int(match["until"]), 12, 31)) if int(match["until"]) >= year else None
    if match["week"]:
        if int(match["week"]) > weeks_in(year):
            return None
        monday = date.fromisocalendar(year, int(match["week"]), 1)
        return Span(monday, monday + ONE_DAY * 6)
    month, length = 1, 9 if match["nine"] else 12
    if match["month"]:
        month, length = int(match["month"]), 1
        if match["day"]:
            day = int(match["day"])
            real = day <= monthrange(year, month)[1]
            return Span(date(year, month, day), date(year, month, day)) if real else None
    elif match["quarter"]:
        month, length = int(match["quarter"]) * 3 - 2, 3
    elif match["half"]:
        month, length = int(match["half"]) * 6 - 5, 6
    last = month + length - 1
    return Span(date(year, month, 1), date(year, last, monthrange(year, last)[1]))


def weeks_in(year: int) -> int:
    """52 or 53: how many ISO weeks the year has."""
    return date(year, 12, 28).isocalendar().week


def due_day(
    period: Period,
    regime: Regime = CALENDAR,
    level: str = "",
    calendar: WorkCalendar = PUBLIC,
) -> date:
    """The last day on which this period's report is on time on a level of government, moved off days off.

    Counted from the period's last month (or week), never from the due day before: a due day of 31 is 28/2 and then 31/3
    again. A level that the regime does not speak of has the regime's own day (NĐ 09/2019/NĐ-CP, Điều 8 khoản 5).
    """
    timing = regime.lengths.get(period.every, regime.timing)
    due = timing.levels.get(level, timing)
    if due.working_days is not None:
        day = days_after(period.cutoff, due.working_days, calendar, working=True)
    elif period.every is Every.DAY:
        day = period.last
    elif period.every is Every.WEEK:
        day = period.first + ONE_DAY * ((due.due_day or 7) - 1 + 7 * due.due_month)
    else:
        day = _in_month(*_month_after(period.last.year, period.last.month, due.due_month), due.due_day)
    return shifted(day, regime.shift, calendar)


def deadline(due: Due) -> date | None:
    """The day of a deadline that needs no event; None where none is given."""
    if due.on is not None:
        return due.on.last
    if due.after is not None:
        from dateutil.relativedelta import relativedelta

        return due.after + relativedelta(months=due.months)
    return None


def shifted(day: date, shift: Shift, calendar: WorkCalendar = PUBLIC) -> date:
    """The day itself, or the working day before or after it."""
    if shift is Shift.NONE:
        return day
    step = ONE_DAY if shift is Shift.NEXT else -ONE_DAY
    while not works(day, calendar):
        day += step
    return day


def days_after(day: date, days: int, calendar: WorkCalendar = PUBLIC, *, working: bool = False) -> date:
    """So many days after a day, or so many working days; 0 is the day itself."""
    if not working:
        return day + ONE_DAY * days
    while days:
        day += ONE_DAY
        days -= works(day, calendar)
    return day


def works(day: date, calendar: WorkCalendar = PUBLIC) -> bool:
    """Whether offices work that day: Tết, public holidays, weekends and swapped Saturdays included."""
    if day in calendar.off:
        return False
    working: bool = day in calendar.on or _vietnam().is_working_day(day)
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


def _day(day: date) -> Period:
    return Period(day.isoformat(), day, day, day, day, Every.DAY)


def _weeks(span: Span, timing: Timing) -> Iterator[Period]:
    """Monday to Sunday; the window ends on the cut-off's weekday and opens on the day after it."""
    monday = span.first - ONE_DAY * span.first.weekday()
    while monday <= span.last:
        year, week, _ = monday.isocalendar()
        cutoff = monday + ONE_DAY * ((timing.cutoff_day or 7) - 1)
        if span.first <= monday + ONE_DAY * (THURSDAY - 1) <= span.last:
            name = f"{year:04d}-W{week:02d}"
            yield Period(name, monday, monday + ONE_DAY * 6, cutoff - ONE_DAY * 6, cutoff, Every.WEEK)
        monday += ONE_DAY * 7


def _period(every: Every, year: int, month: int, length: int, timing: Timing) -> Period:
    last_year, last_month = _month_after(year, month, length - 1)
    first, last = date(year, month, 1), _in_month(last_year, last_month, 0)
    opens = _cutoff(*_month_after(year, month, -1), timing) + ONE_DAY
    return Period(_name(every, year, month), first, last, opens, _cutoff(last_year, last_month, timing), every)


def _cutoff(year: int, month: int, timing: Timing) -> date:
    return _in_month(*_month_after(year, month, timing.cutoff_month), timing.cutoff_day)


def _in_month(year: int, month: int, day: int) -> date:
    """The day of the month, or its last one where it has no such day or none is given."""
    last = monthrange(year, month)[1]
    return date(year, month, min(day or last, last))


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
        case Every.NINE_MONTHS:
            return f"{year:04d}-9M"
        case _:
            return f"{year:04d}"

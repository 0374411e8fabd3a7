"""Over which days a paper speaks: a year, a quarter, a month; in plan time, or in the plan's reporting windows.

The two calendars are never mixed (design 4.5): of a part of a year, what happened in its reporting window is told where
the plan has a reporting regime, and what lies in plan time where it has none.
"""

from datetime import date
from typing import NamedTuple

from tracker.lang import Words
from tracker.model.actual import Actual
from tracker.model.period import Period
from tracker.model.plan import Every, Kind, Plan, Regime
from tracker.model.standing import Standing
from tracker.periods import CALENDAR, MONTHS, periods, span_of, whole


class Over(NamedTuple):
    """The days that a paper is about."""

    id: str
    """2023, 2023-Q3, 2023-09 …"""
    first: date
    last: date
    opens: date
    """First day of what is told: that of the reporting window where there is one."""
    end: date
    whole: bool
    """Whether it is all of the plan's own period."""
    regime: Regime | None = None
    """The calendar whose window it is; None: plan time."""

    def holds(self, actual: Actual) -> bool | None:
        """Whether a record falls into it; None where it says only roughly when it happened."""
        if self.whole:
            return True
        named = span_of(actual.period) if actual.period else None
        if named is not None:
            if self.first <= named.first and named.last <= self.last:
                return True
            return None if named.first <= self.first and self.last <= named.last else False
        if self.opens <= actual.when.first and actual.when.last <= self.end:
            return True
        return None if actual.when.first <= self.end and self.opens <= actual.when.last else False

    def concerns(self, standing: Standing) -> bool:
        """Whether something was to be done for it in these days: owed then, and not done before them."""
        if self.whole:
            return True
        obligation = standing.obligation
        dropped = obligation.task.cancelled
        if dropped is not None and dropped < self.opens:
            return False
        meets = obligation.period.first <= self.last and self.first <= obligation.period.last
        before = standing.done is not None and standing.done.first < self.opens
        return meets and obligation.starts <= self.end and not before


    def asks(self, standing: Standing) -> bool:
        """Whether it had to be done by the end of these days; without a deadline, whether its period is one of them."""
        if self.whole:
            return True
        obligation = standing.obligation
        if obligation.due is not None:
            return obligation.due <= self.end
        return self.first <= obligation.period.first and obligation.period.last <= self.last


def over(plan: Plan, period: str) -> Over | None:
    """The days of a period of this plan; of the whole plan where none is named. None where the plan has none such."""
    own = whole(plan.period)
    if period in ("", own.id):
        return Over(own.id, own.first, own.last, own.first, own.last, whole=True)
    for every in MONTHS:
        for one in periods(every, plan.period, _regime(plan, every)):
            if one.id == period:
                return _part(one, plan)
    return None


def following(plan: Plan, now: Over) -> Over | None:
    """The part of the plan's period behind this one; None behind the last, and of a whole plan."""
    for every in MONTHS:
        found = periods(every, plan.period, _regime(plan, every))
        for number, one in enumerate(found[:-1]):
            if one.id == now.id and not now.whole:
                return _part(found[number + 1], plan)
    return None


def named(period: str, say: Words) -> str:
    """A period as the heading of a paper has it: năm 2023, quý III năm 2023, tháng 9 năm 2023."""
    span = span_of(period)
    if span is None:
        return period
    slots = {"year": str(span.first.year), "until": str(span.last.year)}
    months = (span.last.year - span.first.year) * 12 + span.last.month - span.first.month + 1
    if span.first.year != span.last.year:
        return say("annual.period.years", **slots)
    if months == 1:
        return say("annual.period.month", month=say.written_month(span.first.month), **slots)
    if months == 3:
        return say("annual.period.quarter", quarter=("I", "II", "III", "IV")[span.first.month // 3], **slots)
    if months == 6:
        return say("annual.period.half" if span.first.month == 1 else "annual.period.second_half", **slots)
    return say("annual.period.nine_months" if months == 9 else "annual.period.year", **slots)


def _part(period: Period, plan: Plan) -> Over:
    regime = _regime(plan, period.every)
    windowed = (period.opens, period.cutoff) != (period.first, period.last)
    return Over(
        period.id, period.first, period.last, period.opens, period.cutoff, whole=False,
        regime=regime if windowed else None,
    )  # fmt: skip


def _regime(plan: Plan, every: Every) -> Regime:
    """The reporting calendar of the plan for periods of this length: of its reports of this length, or of any."""
    reports = [task for task in plan.tasks if task.kind is Kind.RECURRING and task.regime in plan.regimes]
    reports.sort(key=lambda task: task.every is not every)
    return plan.regimes[reports[0].regime] if reports else CALENDAR

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from tracker.model.plan import Due, Every, Regime, Shift, Timing
from tracker.model.values import Span
from tracker.periods import deadline, due_day, periods, shifted, span_of, whole

YEAR = Span(date(2023, 1, 1), date(2023, 12, 31))
ND09 = Regime("nd-09", Timing(cutoff_day=14, due_day=25))


def test_windows_run_from_the_15th_to_the_14th():
    # Nghị định 09/2019/NĐ-CP, Điều 12, as worked out for 2023.
    months = periods(Every.MONTH, YEAR, ND09)
    assert [p.id for p in months] == [f"2023-{m:02d}" for m in range(1, 13)]
    assert (months[0].opens, months[0].cutoff) == (date(2022, 12, 15), date(2023, 1, 14))
    assert (months[11].opens, months[11].cutoff) == (date(2023, 11, 15), date(2023, 12, 14))
    assert (months[1].first, months[1].last) == (date(2023, 2, 1), date(2023, 2, 28))
    quarters = periods(Every.QUARTER, YEAR, ND09)
    assert [(p.id, p.opens, p.cutoff) for p in quarters] == [
        ("2023-Q1", date(2022, 12, 15), date(2023, 3, 14)),
        ("2023-Q2", date(2023, 3, 15), date(2023, 6, 14)),
        ("2023-Q3", date(2023, 6, 15), date(2023, 9, 14)),
        ("2023-Q4", date(2023, 9, 15), date(2023, 12, 14)),
    ]
    (year,) = periods(Every.YEAR, YEAR, ND09)
    assert (year.id, year.opens, year.cutoff) == ("2023", date(2022, 12, 15), date(2023, 12, 14))
    halves = periods(Every.HALF, YEAR)
    assert [(p.id, p.first, p.last) for p in halves] == [
        ("2023-H1", date(2023, 1, 1), date(2023, 6, 30)),
        ("2023-H2", date(2023, 7, 1), date(2023, 12, 31)),
    ]


def test_due_days_on_the_31st_do_not_drift():
    last = Regime("last", Timing(due_day=31))
    assert [due_day(p, last).day for p in periods(Every.MONTH, YEAR, last)] == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    assert due_day(periods(Every.MONTH, Span(date(2024, 1, 1), date(2024, 12, 31)))[1]) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("month", "back", "on"),
    [(1, (19, 1), (27, 1)), (2, (24, 2), (27, 2)), (3, (24, 3), (27, 3)), (5, (25, 5), (25, 5)), (6, (23, 6), (26, 6)), (11, (24, 11), (27, 11))],
)
def test_the_25th_moves_off_days_off(month, back, on):
    # 25/01/2023 is the fourth day of Tết; 25/02 and 25/03 are Saturdays.
    period = periods(Every.MONTH, YEAR, ND09)[month - 1]
    previous = Regime("p", Timing(cutoff_day=14, due_day=25), shift=Shift.PREVIOUS)
    following = Regime("n", Timing(cutoff_day=14, due_day=25), shift=Shift.NEXT)
    assert due_day(period, ND09) == date(2023, month, 25)
    assert due_day(period, previous) == date(2023, back[1], back[0])
    assert due_day(period, following) == date(2023, on[1], on[0])


def test_a_swapped_saturday_is_a_working_day():
    assert shifted(date(2024, 5, 4), Shift.NEXT) == date(2024, 5, 4)
    assert shifted(date(2024, 4, 29), Shift.NEXT) == date(2024, 5, 2)


def test_only_whole_periods_are_owed():
    middle = Span(date(2023, 2, 10), date(2023, 8, 20))
    assert [p.id for p in periods(Every.MONTH, middle)] == ["2023-03", "2023-04", "2023-05", "2023-06", "2023-07"]
    assert [p.id for p in periods(Every.QUARTER, middle)] == ["2023-Q2"]
    assert periods(Every.YEAR, middle) == ()
    assert periods(Every.ONCE, middle)[0].id == "2023-02-10..2023-08-20"


def test_months_after_a_day_count_from_that_day():
    assert deadline(Due(months=1, after=date(2023, 1, 31))) == date(2023, 2, 28)
    assert deadline(Due(months=2, after=date(2023, 1, 31))) == date(2023, 3, 31)
    assert deadline(Due(months=60, after=date(2019, 10, 30))) == date(2024, 10, 30)
    assert deadline(Due(on=Span(date(2023, 1, 1), date(2023, 3, 31)))) == date(2023, 3, 31)
    assert deadline(Due()) is None


TILING = [every for every in Every if every not in {Every.ONCE, Every.NINE_MONTHS}]


@given(st.sampled_from(TILING), st.integers(1990, 2090), st.integers(0, 4), st.integers(0, 31), st.integers(0, 31))
def test_windows_tile_the_years_and_due_days_are_real(every, year, years, cutoff, due):
    span = Span(date(year, 1, 1), date(year + years, 12, 31))
    weekly = every is Every.WEEK
    regime = Regime("r", Timing(cutoff_day=cutoff % 8 if weekly else cutoff, due_day=due % 8 if weekly else due))
    found = periods(every, span, regime)
    if not weekly:
        assert (found[0].first, found[-1].last) == (span.first, span.last)
    for before, after in pairwise(found):
        assert (after.opens - before.cutoff).days == 1
        assert (after.first - before.last).days == 1
    for period in found:
        assert span_of(period.id) == Span(period.first, period.last)
        assert (due_day(period, regime) - period.last).days <= 0
        assert period.first - timedelta(days=31) <= due_day(period, regime)


@given(st.text(max_size=12))
def test_a_period_id_is_read_or_refused(text):
    span = span_of(text)
    assert span is None or span.first <= span.last


@pytest.mark.parametrize("text", ["2023-13", "2023-Q5", "2023-00", "23-01", "2023-W1", "２０２３", "2025-2022", "", "2023-1"])
def test_what_is_no_period_id(text):
    assert span_of(text) is None


def test_the_period_of_a_plan():
    assert whole(Span(date(2022, 1, 1), date(2025, 12, 31))).id == "2022-2025"
    assert span_of("2022-2025") == Span(date(2022, 1, 1), date(2025, 12, 31))

"""Reporting calendars as data: the table of 2023, day by day, and what else a plan may ask of them."""

from datetime import date

import pytest
from builders import day, plan, regime, task, unit
from hypothesis import given, strategies as st
from projects import ROOT, copy_of, edit, real

from tracker.expand import Beside, expand
from tracker.lang import words
from tracker.model.period import Period, WorkCalendar
from tracker.model.plan import Every, Existing, Regime, Shift, Timing
from tracker.model.values import Span
from tracker.periods import due_day, periods, span_of, weeks_in, works
from tracker.read import read
from tracker.read.days import parse_period

YEAR = Span(date(2023, 1, 1), date(2023, 12, 31))
ND09 = Regime("nd", Timing(cutoff_day=14, due_day=25))
TABLE = """
    01 15/12/22 14/01 25/01 off 19/01 27/01 17/01
    02 15/01/23 14/02 25/02 off 24/02 27/02 16/02
    03 15/02/23 14/03 25/03 off 24/03 27/03 16/03
    04 15/03/23 14/04 25/04 ok  25/04 25/04 18/04
    05 15/04/23 14/05 25/05 ok  25/05 25/05 16/05
    06 15/05/23 14/06 25/06 off 23/06 26/06 16/06
    07 15/06/23 14/07 25/07 ok  25/07 25/07 18/07
    08 15/07/23 14/08 25/08 ok  25/08 25/08 16/08
    09 15/08/23 14/09 25/09 ok  25/09 25/09 18/09
    10 15/09/23 14/10 25/10 ok  25/10 25/10 17/10
    11 15/10/23 14/11 25/11 off 24/11 27/11 16/11
    12 15/11/23 14/12 25/12 ok  25/12 25/12 18/12
    Q1 15/12/22 14/03 25/03 off 24/03 27/03 16/03
    Q2 15/03/23 14/06 25/06 off 23/06 26/06 16/06
    Q3 15/06/23 14/09 25/09 ok  25/09 25/09 18/09
    Q4 15/09/23 14/12 25/12 ok  25/12 25/12 18/12
    H1 15/12/22 14/06 25/06 off 23/06 26/06 16/06
    9M 15/12/22 14/09 25/09 ok  25/09 25/09 18/09
    -- 15/12/22 14/12 25/12 ok  25/12 25/12 18/12
"""
"""Period, window, nominal day, whether offices work then, previous, next, and two working days after the cut-off."""


def of(text: str, year: int = 2023) -> date:
    parts = [int(part) for part in text.split("/")]
    return date(2000 + parts[2] if len(parts) == 3 else year, parts[1], parts[0])


def found(name: str) -> Period:
    kinds = {"Q": Every.QUARTER, "H": Every.HALF, "9": Every.NINE_MONTHS, "-": Every.YEAR}
    every = kinds.get(name[0], Every.MONTH)
    wanted = "2023" if name == "--" else f"2023-{name}"
    return next(period for period in periods(every, YEAR, ND09) if period.id == wanted)


@pytest.mark.parametrize("line", TABLE.strip().splitlines(), ids=lambda line: line.split()[0])
def test_the_table_of_2023(line: str):
    name, opens, cutoff, nominal, working, back, forth, two = line.split()
    period = found(name)
    assert (period.opens, period.cutoff) == (of(opens), of(cutoff))
    assert due_day(period, ND09) == of(nominal)
    assert works(of(nominal)) is (working == "ok")
    assert due_day(period, ND09._replace(shift=Shift.PREVIOUS)) == of(back)
    assert due_day(period, ND09._replace(shift=Shift.NEXT)) == of(forth)
    assert due_day(period, Regime("two", Timing(cutoff_day=14, working_days=2))) == of(two)


def test_the_table_is_whole():
    names = {line.split()[0] for line in TABLE.strip().splitlines()}
    assert len(names) == 12 + 4 + 3


def test_days_that_bite():
    assert not works(date(2023, 1, 25)), "the fourth day of Tết"
    assert works(date(2024, 5, 4)), "a Saturday that was worked in exchange for 29/4"
    assert not works(date(2024, 4, 29))
    march = found("03")
    assert [due_day(march, ND09._replace(shift=shift)) for shift in Shift] == [of("25/03"), of("24/03"), of("27/03")]


def test_a_project_may_announce_days_of_its_own():
    own = WorkCalendar(off=frozenset({date(2023, 4, 25)}), on=frozenset({date(2023, 3, 25)}))
    assert due_day(found("03"), ND09._replace(shift=Shift.NEXT), "", own) == of("25/03")
    assert due_day(found("04"), ND09._replace(shift=Shift.NEXT), "", own) == of("26/04")
    assert not works(date(2024, 5, 4), WorkCalendar(off=frozenset({date(2024, 5, 4)})))


def test_a_year_of_53_weeks():
    assert [weeks_in(year) for year in (2019, 2020, 2021, 2026)] == [52, 53, 52, 53]
    weeks = periods(Every.WEEK, Span(date(2020, 1, 1), date(2020, 12, 31)))
    assert (len(weeks), weeks[0].id, weeks[-1].id) == (53, "2020-W01", "2020-W53")
    # Its first and last days lie in the years beside it; the next year begins with the week after.
    assert (weeks[0].first, weeks[-1].last) == (date(2019, 12, 30), date(2021, 1, 3))
    assert periods(Every.WEEK, Span(date(2021, 1, 1), date(2021, 12, 31)))[0].first == date(2021, 1, 4)
    assert (span_of("2020-W53"), span_of("2021-W53")) == (Span(date(2020, 12, 28), date(2021, 1, 3)), None)


def test_a_week_cut_off_on_thursday_and_due_on_friday():
    weekly = Regime("w", Timing(cutoff_day=4, due_day=5))
    week = periods(Every.WEEK, YEAR, weekly)[0]
    assert (week.opens, week.cutoff, due_day(week, weekly)) == (date(2022, 12, 30), date(2023, 1, 5), date(2023, 1, 6))
    later = Regime("w", Timing(cutoff_day=7, due_day=1, due_month=1))
    assert due_day(periods(Every.WEEK, YEAR, later)[0], later) == date(2023, 1, 9), "the Monday after"


def test_the_29th_of_february():
    february = periods(Every.MONTH, Span(date(2024, 2, 1), date(2024, 2, 29)))[0]
    assert (february.last, due_day(february)) == (date(2024, 2, 29), date(2024, 2, 29))
    assert due_day(february, Regime("r", Timing(due_day=31))) == date(2024, 2, 29)
    assert (span_of("2024-02-29"), span_of("2023-02-29")) == (Span(date(2024, 2, 29), date(2024, 2, 29)), None)
    (day_,) = periods(Every.DAY, Span(date(2024, 2, 29), date(2024, 2, 29)))
    assert (day_.id, due_day(day_)) == ("2024-02-29", date(2024, 2, 29))


def test_a_year_end_window_spans_two_years():
    year = found("--")
    assert (year.first, year.last, year.opens, year.cutoff) == (date(2023, 1, 1), date(2023, 12, 31), date(2022, 12, 15), date(2023, 12, 14))
    (duty,) = expand([plan(task("1", "recurring", every="year", regime="bc"), regimes=[regime(cutoff_day=14, due_day=25)])], [unit("a")])[0]
    assert (duty.starts, duty.due) == (date(2022, 12, 15), date(2023, 12, 25))


def test_one_deadline_for_each_level():
    shared = real()
    nd = next(one for one in [*_shared()] if one.id == "nd-09-2019")
    year = periods(Every.YEAR, YEAR, nd)[0]
    assert [due_day(year, nd, level) for level in ("xa", "huyen", "tinh", "")] == [
        date(2023, 12, 17), date(2023, 12, 19), date(2023, 12, 22), date(2023, 12, 25),
    ]
    assert due_day(periods(Every.MONTH, YEAR, nd)[0], nd, "xa") == date(2023, 1, 25), "the cascade is for the year"
    yearly = plan(task("1", "recurring", "xa huyen tinh phong-dan-toc", every="year", regime=nd.id), regimes=[nd])
    units = [unit("t", "tinh"), unit("h", "huyen"), unit("p", "phong-dan-toc", serves="h"), unit("x", "xa")]
    assert {o.unit.id: o.due.day for o in expand([yearly], units)[0] if o.due} == {"t": 22, "h": 19, "p": 19, "x": 17}
    assert all(not plan_.regimes or nd.id not in plan_.regimes for plan_ in shared.plans), "a plan has only what it names"


def _shared():
    from tracker.read.door import Source
    from tracker.read.found import Found
    from tracker.read.regimes import read_regimes
    from tracker.read.yaml import walk

    found_ = Found()
    tree = walk(Source("plans/regimes.yaml", (ROOT / "plans" / "regimes.yaml").read_text(encoding="utf-8")))
    problems: list = []
    read_regimes(tree.root, found_, problems)
    assert problems == []
    return tuple(found_.regimes.values())


@pytest.mark.parametrize("one", _shared(), ids=lambda one: one.id)
def test_shipped_calendars_leave_a_working_day_and_have_sources(one: Regime):
    assert one.source
    for every in (Every.MONTH, Every.QUARTER, Every.HALF, Every.NINE_MONTHS, Every.YEAR):
        for year in (2023, 2024, 2025):
            for period in periods(every, Span(date(year, 1, 1), date(year, 12, 31)), one):
                timing = one.lengths.get(every, one.timing)
                for level in ("", *timing.levels):
                    due = due_day(period, one, level)
                    between = [date.fromordinal(n) for n in range(period.cutoff.toordinal() + 1, due.toordinal() + 1)]
                    assert any(works(one_day) for one_day in between), (period.id, level, due)


def test_the_party_side_is_an_assumption_to_the_last_value():
    party = next(one for one in _shared() if one.id == "ben-dang")
    assert party.assumed
    half = periods(Every.HALF, YEAR, party)[0]
    assert (half.cutoff, due_day(half, party)) == (date(2023, 5, 31), date(2023, 6, 5))
    year = periods(Every.YEAR, YEAR, party)[0]
    assert (year.opens, year.cutoff, due_day(year, party)) == (date(2022, 11, 16), date(2023, 11, 15), date(2023, 11, 30))


def test_how_much_of_a_period_a_unit_must_have_existed_through():
    late = unit("a", closed="2023-02-20")
    def owed(policy: Existing) -> list[str]:
        one = plan(task("1", "recurring", every="month", regime="bc", owed_if=policy), regimes=[regime(due_day=15)])
        return [o.period.id for o in expand([one], [late])[0]]
    assert owed(Existing.WHOLE) == ["2023-01"]
    assert owed(Existing.DUE) == ["2023-01", "2023-02"]
    assert owed(Existing.ANY) == ["2023-01", "2023-02"]
    early = unit("a", opened="2023-02-20")
    one = plan(task("1", "recurring", every="month", regime="bc", owed_if=Existing.DUE), regimes=[regime(due_day=15)])
    assert expand([one], [early])[0][0].period.id == "2023-03"


def test_an_optional_report_is_never_overdue_and_a_quota_is_owed_each_period():
    quota = plan(task("1", "quantity", every="quarter"))
    assert [(o.period.id, o.due) for o in expand([quota], [unit("a")])[0]] == [
        ("2023-Q1", day("2023-03-31")), ("2023-Q2", day("2023-06-30")), ("2023-Q3", day("2023-09-30")), ("2023-Q4", day("2023-12-31")),
    ]


@given(st.sampled_from([e for e in Every if e is not Every.ONCE]), st.integers(1995, 2050))
def test_a_period_is_read_back_from_its_own_name(every: Every, year: int):
    for period in periods(every, Span(date(year, 1, 1), date(year, 12, 31)))[:60]:
        assert parse_period(period.id) == (period.id,)
        assert parse_period(words("vi").period(period.id)) == (period.id,)


@pytest.mark.parametrize(
    ("written", "period"),
    [("tuần 5/2023", "2023-W05"), ("9 tháng 2023", "2023-9M"), ("9 tháng đầu năm 2023", "2023-9M"), ("2023Q1", "2023-Q1"), ("2023S2", "2023-H2"), ("2023w5", "2023-W05")],
)
def test_periods_as_people_write_them(written: str, period: str):
    assert parse_period(written) == (period,)


def test_runs_of_weeks_and_days():
    run = parse_period("2020-W52..2021-W02")
    assert run == ("2020-W52", "2020-W53", "2021-W01", "2021-W02")
    assert parse_period("2024-02-28..2024-03-01") == ("2024-02-28", "2024-02-29", "2024-03-01")


def test_the_files_are_read_and_doubt_is_told(tmp_path):
    folder = copy_of(ROOT, tmp_path)
    (folder / "plans" / "lich.yaml").write_text(
        "calendar:\n"
        "  - {on: 25/3/2023, works: true, basis: Công văn 1}\n"
        "  - {from: 24/4/2023, to: 26/4/2023, works: false, basis: Công văn 2}\n",
        encoding="utf-8",
    )
    edit(folder / "plans" / "14-KH-2023.yaml", "    shift: none", "    shift: next")
    project = read(folder)
    assert project.problems == ()
    assert project.calendar.on == {date(2023, 3, 25)}
    assert len(project.calendar.off) == 3
    one = next(plan_ for plan_ in project.plans if plan_.key == "14-KH")
    duties = expand([one], project.units, Beside(calendar=project.calendar))[0]
    due = {o.period.id: o.due for o in duties if o.task.id == "14-KH/5.1"}
    assert (due["2023-03"], due["2023-04"], due["2023-06"]) == (of("25/03"), of("27/04"), of("26/06"))
    (folder / "plans" / "lich-2.yaml").write_text("calendar:\n  - {on: 24/4/2023, works: true, basis: x}\n  - {on: 1/1/2023, to: 2/1/2023, works: false, basis: x}\n", encoding="utf-8")
    (folder / "plans" / "che-do.yaml").write_text("regimes:\n  dinh-ky: {due_day: 25}\n  hai: {working_days: 2, due_day: 3}\n  xa: {due_month: 14}\n", encoding="utf-8")
    codes = sorted(problem.code for problem in read(folder).problems)
    assert codes == ["calendar-both", "reference-twice-regime", "shape-days", "shape-due-twice", "value-months"]

"""Two views of the same small project: every change of state has exactly one cause."""

from builders import actual, day, plan, task, unit

from tracker.change import View, change
from tracker.model.actual import Step
from tracker.model.change import Cause
from tracker.model.plan import Amendment, Close, Due
from tracker.model.project import Project
from tracker.model.values import Span
from tracker.periods import Days
from tracker.run import Asked

REPORTS = task("5", "recurring", every="month", measure="report")


def view(project: Project, as_of: str, known_by: str = "") -> View:
    return View(project, Asked(Days(day(as_of), day(known_by or as_of))))


def causes(before: View, after: View) -> dict[str, str]:
    found = change(before, after)
    assert sum(found.causes.values()) == len(found.moved)
    return {
        f"{one.standing.obligation.task.id.rpartition('/')[2]} {one.standing.obligation.unit.id} {one.standing.obligation.period.id}": f"{one.before.state if one.before else '-'} > {one.after.state if one.after else '-'}: {one.cause}"
        for one in found.moved
    }


def project(*records, plans=(), **more) -> Project:
    return Project(units=(unit("a", position=1), unit("b", position=2)), plans=plans or (plan(REPORTS, period="2023-Q1"),), actuals=records, **more)


def test_time_alone():
    one = project()
    assert causes(view(one, "2023-01-31"), view(one, "2023-02-01")) == {
        "5 a 2023-01": "open > overdue: time",
        "5 a 2023-02": "upcoming > open: time",
        "5 b 2023-01": "open > overdue: time",
        "5 b 2023-02": "upcoming > open: time",
    }


def test_an_entry_of_the_week_and_one_of_the_week_before():
    one = project(
        actual("5", "a", "2023-01-30", "2023-01"),
        actual("5", "b", "2023-01-20", "2023-01", recorded="2023-01-30"),
        plans=(plan(REPORTS, period="2023-01"),),
    )
    assert causes(view(one, "2023-01-24"), view(one, "2023-01-31")) == {
        "5 a 2023-01": "open > done: new",
        "5 b 2023-01": "open > done: backdated",
    }


def test_the_last_step_that_counts_is_the_cause():
    late = project(actual("5", "a", "2023-02-02", "2023-01"), plans=(plan(REPORTS, period="2023-01"),))
    # Time made it overdue; the record made it what it is.
    assert causes(view(late, "2023-01-30"), view(late, "2023-02-03"))["5 a 2023-01"] == "open > done_late: new"


def test_a_correction_and_a_withdrawal():
    first = actual("5", "a", "2023-01-20", "2023-01", id="e1")
    back = actual("5", "a", "2023-01-21", "2023-01", withdraws="e1", recorded="2023-02-10")
    one = project(first, back, plans=(plan(REPORTS, period="2023-01"),))
    assert causes(view(one, "2023-02-09"), view(one, "2023-02-11")) == {"5 a 2023-01": "done > overdue: correction"}
    edited = project(actual("5", "a", "2023-02-02", "2023-01"), plans=(plan(REPORTS, period="2023-01"),))
    before = project(actual("5", "a", "2023-01-02", "2023-01"), plans=(plan(REPORTS, period="2023-01"),))
    assert causes(view(before, "2023-02-09"), view(edited, "2023-02-09")) == {"5 a 2023-01": "done > done_late: correction"}


def test_a_decision_on_the_plan():
    moved = Amendment("14-KH/1", day("2023-03-20"), day("2023-03-25"), reason="chờ kinh phí", due=Due(Span(day("2023-06-30"), day("2023-06-30"))))
    one = project(plans=(plan(task("1", due="2023-03-31", owed_by="a"), amended=(moved,)),))
    assert causes(view(one, "2023-04-01", "2023-03-24"), view(one, "2023-04-01")) == {"1 a 2023": "overdue > open: plan"}
    found = change(view(one, "2023-04-01", "2023-03-24"), view(one, "2023-04-01"))
    now = found.moved[0].after
    assert now is not None
    assert (now.obligation.first, now.obligation.due, now.obligation.slip, now.obligation.moved) == (day("2023-03-31"), day("2023-06-30"), 91, 1)


def test_a_unit_that_ends():
    ending = unit("a", position=1, closed="2023-02-28")
    one = Project(units=(ending, unit("b", position=2)), plans=(plan(REPORTS, period="2023-Q1"),))
    found = causes(view(one, "2023-02-27"), view(one, "2023-03-02"))
    assert found["5 a 2023-03"] == "upcoming > -: unit"
    assert found["5 a 2023-02"] == "open > cancelled: unit"
    assert found["5 b 2023-02"] == "open > overdue: time"


def test_nothing_recorded_later_changes_the_earlier_view():
    one = project(actual("5", "a", "2023-01-20", "2023-01", recorded="2023-02-20"))
    assert change(view(one, "2023-02-01"), view(one, "2023-02-21")).before.standings == change(view(project(), "2023-02-01"), view(project(), "2023-02-21")).before.standings


def test_published_figures_stay_as_they_were():
    close = Close(day("2023-03-31"), "25-BC", day("2023-04-10"), day("2023-04-05"))
    records = (
        actual("5", "a", "2023-01-20", "2023-01"),
        actual("5", "b", "2023-01-20", "2023-01", recorded="2023-04-06"),
        actual("5", "b", "2023-02-20", "2023-02", recorded="2023-04-20"),
    )
    one = project(*records, plans=(plan(REPORTS, period="2023-Q1", close=close),))
    found = change(view(one, "2023-04-15"), view(one, "2023-04-30"))
    assert found.moved == []
    assert [actual.period for actual in found.before.late] == ["2023-01"]
    assert [actual.period for actual in found.after.late] == ["2023-01", "2023-02"]
    # Before the closing was entered nothing was frozen.
    assert [s.state for s in change(view(one, "2023-04-09"), view(one, "2023-04-15")).before.standings].count("done") == 2
    assert [s.state for s in found.after.standings].count("done") == 1


def test_a_returned_report_is_not_done():
    sent = actual("5", "a", "2023-01-20", "2023-01")
    back = actual("5", "a", "2023-01-25", "2023-01", step=Step.RETURNED, reason="thiếu biểu số 2", doc="")
    one = project(sent, back, plans=(plan(REPORTS, period="2023-01"),))
    assert causes(view(one, "2023-01-24"), view(one, "2023-01-26")) == {"5 a 2023-01": "done > open: new"}


def test_the_same_view_twice_has_no_change():
    one = project(actual("5", "a", "2023-01-20", "2023-01"))
    found = change(view(one, "2023-02-01"), view(one, "2023-02-01"))
    assert (found.moved, list(found.new), list(found.resolved)) == ([], [], [])
    assert sum(found.causes.values()) == 0
    assert set(found.causes) == set(Cause)

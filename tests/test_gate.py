"""The gate: it closes for what a change brought and for nothing else, and says why. Waivers, baseline, budgets, horizon."""

from datetime import date, timedelta

import pytest
from builders import actual, day, plan, project, rule, task, unit
from hypothesis import given, strategies as st
from projects import SHOWCASE_DAY, judged, showcase

from tracker.gate import Terms, accept, ahead, compare, decide
from tracker.model.finding import Novelty
from tracker.model.gate import Why
from tracker.model.rule import Severity
from tracker.model.waiver import Accepted, Waiver
from tracker.periods import Days
from tracker.run import Asked, run
from tracker.waive import covers, waive

OVERDUE = rule("task-overdue", "state = 'overdue'")
NOTICE = rule("task-notice", "state = 'overdue'", severity="note")
PLAN = plan(task("1", due="2023-03-31"), task("2", due="2023-06-30"))
TWO = [unit("dai-tu"), unit("vo-nhai")]
WHOLE = {"rule": "task-overdue", "subject": "14-KH/1:dai-tu", "periods": ("2023",)}


def waiver(name: str = "cp", issued: str = "2023-04-01", expires: str = "2023-06-30", **more) -> Waiver:
    told = {"reason": "chờ kinh phí", "document": "45-CV", "approved_by": "Ban Dân vận", **WHOLE, **more}
    return Waiver(id=name, issued=day(issued), expires=day(expires), **told)


def found(as_of: str, *waivers: Waiver, rules=(OVERDUE,), done=(), units=TWO, **asked):
    one = project(PLAN, units, done, rules)._replace(waivers=waivers)
    return run(one, Asked(Days(day(as_of), day(as_of)), **asked))


def keys(findings) -> list[str]:
    return [one.fingerprint.removeprefix("task-overdue:14-KH/") for one in findings]


# --- waivers ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("as_of", "holds", "ended"), [("2023-06-29", True, False), ("2023-06-30", True, False), ("2023-07-01", False, True)])
def test_a_waiver_holds_through_its_last_day_and_not_the_day_after(as_of: str, holds: bool, ended: bool):
    one = found(as_of, waiver()).findings[0]
    assert (one.waiver is not None, one.ended is not None, one.counts) == (holds, ended, not holds)


def test_a_waiver_that_has_not_begun_covers_nothing():
    assert found("2023-04-15", waiver(issued="2023-04-16")).findings[0].waiver is None


def test_a_waiver_covers_its_scope_and_no_more():
    report = found("2023-07-15", waiver(expires="2023-09-01"))
    assert keys(one for one in report.findings if one.waiver) == ["1:dai-tu:2023"]
    assert keys(one for one in report.findings if one.counts) == ["1:vo-nhai:2023", "2:dai-tu:2023", "2:vo-nhai:2023"]
    assert report.verdicts == {"passed": 0, "broken": 3, "unknown": 0, "waived": 1}
    one = report.findings[0]
    for wrong in ({"periods": ()}, {"periods": ("2022",)}, {"rule": "task-notice"}, {"subject": "14-KH/1:vo-nhai"}, {"subject": "14-KH"}):
        told = {other.fingerprint: other for other in found("2023-07-15", waiver(expires="2023-09-01", **wrong)).findings}
        assert told[one.fingerprint].waiver is None, wrong
    for right in ("14-KH/1", "dai-tu", "14-KH/1:dai-tu"):
        assert covers(waiver(subject=right), one)


def test_waived_findings_stay_in_every_count_and_close_no_gate():
    report = decide(found("2023-04-15", waiver(), waiver("cp-2", subject="14-KH/1:vo-nhai")), Terms())
    assert len(report.findings) == 2
    assert not report.gate.reasons
    open_again = decide(found("2023-04-15", waiver(), waivers=False), Terms())
    assert [(one.why, one.found) for one in open_again.gate.reasons] == [(Why.THRESHOLD, 2)]


def test_of_several_waivers_the_one_that_ends_last_counts():
    report = found("2023-06-15", waiver("a", expires="2023-06-01"), waiver("b", expires="2023-06-20"))
    one = report.findings[0]
    assert (one.waiver.id if one.waiver else "", one.ended) == ("b", None)


def test_the_rules_on_waivers_tell_the_expired_unused_ending_and_broad():
    fired = {one.fingerprint for one in judged(showcase(), SHOWCASE_DAY).findings if one.rule.startswith("waiver-")}
    assert fired == {"waiver-broad:cp-2024-01", "waiver-ending:cp-2024-02", "waiver-expired:cp-2024-03", "waiver-unused:cp-2024-04"}
    # A part of the project cannot tell whether a waiver is used.
    part = {one.rule for one in judged(showcase(), SHOWCASE_DAY, units=("bdt",)).findings}
    assert "waiver-unused" not in part
    only = {one.rule for one in judged(showcase(), SHOWCASE_DAY, select=("waiver-*",)).findings}
    assert only == set()


def test_a_waiver_that_hides_forty_findings_says_so():
    many = [unit(f"huyen-{number}") for number in range(40)]
    broad = rule("waiver-broad", "findings > listed", on="waivers", severity="note", message="{findings}", escalate=("broad = FALSE", "warning"))
    report = found("2023-04-15", waiver(subject="14-KH/1"), rules=(OVERDUE, broad), units=many)
    (one,) = (one for one in report.findings if one.rule == "waiver-broad")
    assert (one.severity, one.row["findings"]) == (Severity.WARNING, 40)
    known = found("2023-04-15", waiver(subject="14-KH/1", broad=True), rules=(OVERDUE, broad), units=many)
    assert [one.severity for one in known.findings if one.rule == "waiver-broad"] == [Severity.NOTE]


@given(st.integers(-400, 400), st.lists(st.tuples(st.integers(0, 100), st.integers(0, 180)), max_size=4))
def test_a_finding_is_waived_exactly_on_the_days_of_some_waiver(shift: int, spans):
    base = date(2023, 4, 1)
    waivers = [
        waiver(str(number), str(base + timedelta(days=start)), str(base + timedelta(days=start + length)))
        for number, (start, length) in enumerate(spans)
    ]
    today = base + timedelta(days=shift)
    told, _ = waive(found("2023-04-15").findings, waivers, today)
    assert (told[0].waiver is not None) == any(one.issued <= today <= one.expires for one in waivers)


# --- thresholds ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("level", "closes"), [(Severity.ERROR, False), (Severity.WARNING, False), (Severity.NOTE, True), (None, False)])
def test_the_level_from_which_a_run_fails(level, closes: bool):
    assert bool(decide(found("2023-04-15", rules=(NOTICE,)), Terms(level)).gate.reasons) is closes


def test_a_budget_stands_instead_of_the_level_for_its_rules():
    report = found("2023-04-15", rules=(OVERDUE, NOTICE))
    assert not decide(report, Terms(Severity.NOTE, budgets=(("task-*", 4),))).gate.reasons
    over = decide(report, Terms(Severity.NOTE, budgets=(("task-*", 3),))).gate.reasons
    assert [(one.why, one.subject, one.found, one.allowed) for one in over] == [(Why.BUDGET, "task-*", 4, "3")]
    other = decide(report, Terms(Severity.ERROR, budgets=(("task-notice", 0),))).gate.reasons
    assert [one.why for one in other] == [Why.THRESHOLD, Why.BUDGET]


@pytest.mark.parametrize(("limit", "closes"), [({"fail_count": 2}, False), ({"fail_count": 1}, True), ({"fail_share": 50}, False), ({"fail_share": 49}, True)])
def test_a_rule_may_fail_a_run_by_count_or_share_whatever_its_level(limit, closes: bool):
    report = decide(found("2023-04-15", rules=(NOTICE._replace(**limit),)), Terms())
    assert [one.why for one in report.gate.reasons] == [Why.SHARE] * closes


def test_verdicts_add_up_to_all_that_rules_had_to_speak_of():
    report = judged(showcase(), SHOWCASE_DAY, passes=True)
    assert sum(report.verdicts.values()) == sum(report.saw.values())
    assert report.verdicts["passed"] == sum(map(len, report.passed.values()))
    assert {one.fingerprint.partition("#")[0] for one in report.findings}.isdisjoint(key for mine in report.passed.values() for key in mine)


def test_a_fault_of_ours_in_one_rule_loses_no_other_finding(monkeypatch: pytest.MonkeyPatch):
    from tracker import check

    real = check._run  # the place where a fault of ours would lie

    def broken(one, rows, findings, ranked):
        if one.rule.id == "report-late":
            raise RuntimeError("lỗi")
        return real(one, rows, findings, ranked)

    whole = judged(showcase(), SHOWCASE_DAY)
    monkeypatch.setattr(check, "_run", broken)
    report = judged(showcase(), SHOWCASE_DAY)
    assert [type(one) for one in report.faults] == [RuntimeError]
    assert [f.fingerprint for f in report.findings if f.rule != "rule-saw-nothing"] == [
        f.fingerprint for f in whole.findings if f.rule not in {"report-late", "rule-saw-nothing"}
    ]


# --- baseline -----------------------------------------------------------------------------------------------------------


def accepted(key: str, level: str = "error", seen: str = "2023-04-15") -> Accepted:
    return Accepted(f"task-overdue:14-KH/{key}", level, day(seen))


def test_a_baseline_accepts_exact_keys_until_they_get_worse():
    report = accept(found("2023-07-15"), [accepted("1:dai-tu:2023"), accepted("1:vo-nhai:2023", "warning")], {})
    assert [one.novelty for one in report.findings] == [Novelty.BASELINE, Novelty.NEW, Novelty.NEW, Novelty.NEW]


def test_a_swap_of_one_old_finding_for_one_new_is_told():
    before, after = found("2023-07-15"), found("2023-07-15", done=[actual("1", "dai-tu", "2023-03-01")])
    baseline = [accepted(key) for key in keys(before.findings) if not key.startswith("2:vo-nhai")]
    report = decide(accept(after, baseline, {}), Terms())
    assert keys(one for one in report.findings if one.counts) == ["2:vo-nhai:2023"]
    assert [one.key for one in report.gate.stale] == ["task-overdue:14-KH/1:dai-tu:2023"]
    assert report.gate.reasons


def test_a_baseline_ends_after_a_year():
    for seen, counts in (("2022-07-15", False), ("2022-07-13", True)):
        report = accept(found("2023-07-15"), [accepted("1:dai-tu:2023", seen=seen)], {})
        assert report.findings[0].counts is counts


def test_renames_follow_through_the_baseline():
    report = accept(found("2023-07-15"), [accepted("1:dai-tu-cu:2023")], {"dai-tu-cu": "dai-tu"})
    assert report.findings[0].novelty is Novelty.BASELINE


# --- the calendar is not the commit -------------------------------------------------------------------------------------


def test_what_a_change_brought_what_lapsed_and_what_was_there():
    base = project(PLAN, TWO, [actual("1", "vo-nhai", "2023-03-01"), actual("2", "dai-tu", "2023-03-01")], [OVERDUE])
    head = base._replace(actuals=base.actuals[1:])

    def at(one, as_of: str):
        return run(one, Asked(Days(day(as_of), day(as_of))))

    report = decide(compare(at(head, "2023-07-01"), at(base, "2023-07-01"), at(base, "2023-06-30"), "main"), Terms())
    told = dict(zip(keys(report.findings), [one.novelty for one in report.findings], strict=True))
    assert told == {"1:dai-tu:2023": Novelty.OLD, "1:vo-nhai:2023": Novelty.NEW, "2:vo-nhai:2023": Novelty.LAPSED}
    assert [(one.why, one.found) for one in report.gate.reasons] == [(Why.THRESHOLD, 1)]
    same = decide(compare(at(base, "2023-07-01"), at(base, "2023-07-01"), at(base, "2023-06-30"), "main"), Terms(Severity.NOTE))
    assert not same.gate.reasons
    back = compare(at(base, "2023-07-01"), at(head, "2023-07-01"), at(head, "2023-06-30"), "main")
    assert keys(back.gate.absent) == ["1:vo-nhai:2023"]


def test_a_change_that_drops_a_waiver_brings_its_finding():
    with_, without = found("2023-04-15", waiver()), found("2023-04-15")
    report = compare(without, with_, with_, "main")
    assert [one.novelty for one in report.findings] == [Novelty.NEW, Novelty.OLD]
    # One that expired since then has lapsed: nobody's change.
    later = compare(found("2023-07-15", waiver()), found("2023-07-15", waiver()), found("2023-06-30", waiver()), "main")
    assert later.findings[0].novelty is Novelty.LAPSED


def test_a_level_of_its_own_for_what_is_new():
    report = compare(found("2023-04-15", rules=(NOTICE,)), found("2023-03-15", rules=(NOTICE,)), found("2023-03-15"), "main")
    assert not decide(report, Terms(Severity.ERROR)).gate.reasons
    assert [one.why for one in decide(report, Terms(Severity.ERROR, Severity.NOTE)).gate.reasons] == [Why.NEW]
    assert [one.why for one in decide(report, Terms(None, Severity.NOTE)).gate.reasons] == [Why.NEW]
    # What the one level tells the other does not tell again.
    assert [one.why for one in decide(report, Terms(Severity.NOTE, Severity.NOTE)).gate.reasons] == [Why.THRESHOLD]


def test_what_will_fail_within_the_horizon():
    terms = Terms(horizon=20)
    report = ahead(found("2023-06-15", done=[actual("2", "dai-tu", "2023-05-01")]), found("2023-07-05", done=[actual("2", "dai-tu", "2023-05-01")]), terms)
    assert keys(report.gate.coming) == ["2:vo-nhai:2023"]
    # What is old, or has lapsed, is there already: it does not come.
    base = found("2023-06-15")
    old = compare(found("2023-06-15"), base, base, "main")
    assert keys(ahead(old, found("2023-07-05"), terms).gate.coming) == ["2:dai-tu:2023", "2:vo-nhai:2023"]
    assert not ahead(old, found("2023-07-05", waiver("a", "2023-04-01", "2023-09-01", subject="14-KH/2")), Terms(Severity.ERROR, horizon=20)).gate.coming
    assert decide(report, Terms()).gate.coming == report.gate.coming

from datetime import date
from decimal import Decimal

import pytest
from builders import actual, amount, plan, report, rule, see, task, unit

from tracker.check import prepare
from tracker.lang import languages, words
from tracker.model.finding import Finding
from tracker.model.rule import Severity
from tracker.model.source import Place
from tracker.model.values import Bound

MISSING = rule("report-missing", "state = 'overdue'", scope="kind = 'recurring'", escalate=("days_late > 30", "error"), severity="warning",
               message="{unit} {period} {due} {days_late}")  # fmt: skip
REPORTS = plan(task("5", "recurring", every="month", measure="report", at=Place("plans/a.yaml", 5)), task("1", due="2023-01-31"))
A = unit("a")


def lines(found):
    return [f"{f.rule} {f.severity} {f.verdict} {f.row.get('unit')} {f.row.get('period')}" for f in found.findings]


def test_a_rule_is_broken_where_it_is_true():
    found = report(REPORTS, A, [actual("5", "a", "2023-01-20", "2023-01")], "2023-03-10", [MISSING])
    assert lines(found) == ["report-missing warning broken a 2023-02"]
    assert found.saw == {"report-missing": 12}  # the one-off task is outside its scope
    (one,) = found.findings
    assert one.row["days_late"] == 10
    assert one.row["due"] == date(2023, 2, 28)
    assert (one.at, one.table) == (Place("plans/a.yaml", 5), "standings")


@pytest.mark.parametrize(
    ("scope", "where", "expected"),
    [
        (None, "kind = 'milestone'", "broken"),
        (None, "kind <> 'milestone'", None),
        (None, "target > 5", "unknown"),
        (None, "NOT target > 5", "unknown"),
        (None, "target > 5 OR kind = 'milestone'", "broken"),
        (None, "target > 5 AND kind = 'quantity'", None),
        ("kind = 'quantity'", "kind = 'milestone'", None),
        ("target > 5", "kind = 'milestone'", "unknown"),
        ("target > 5", "kind = 'quantity'", "unknown"),
        ("target > 5 AND kind = 'quantity'", "kind = 'milestone'", None),
        ("target IS NULL", "target IS NOT NULL", None),
    ],
)
def test_null_is_unknown_and_unknown_is_a_finding(scope, where, expected):
    found = report(plan(task("1")), A, [], "2023-05-01", [rule("r", where, scope=scope)])
    assert [str(one.verdict) for one in found.findings] == ([expected] if expected else [])


def test_a_state_that_cannot_be_told_reaches_every_rule_about_states():
    blank = unit("b", facts={"office": None})
    one = plan(task("1", applies="office = TRUE", due="2023-01-31"))
    rules = [rule("r", "state = 'overdue'", escalate=("days_late > 1", "error"), severity="warning")]
    assert lines(report(one, blank, [], "2023-05-01", rules)) == ["r warning unknown b 2023"]
    assert lines(report(one, unit("b", facts={"office": True}), [], "2023-05-01", rules)) == ["r error broken b 2023"]


@pytest.mark.parametrize(("as_of", "level"), [("2023-03-02", "warning"), ("2023-03-03", "error")])
def test_escalation_is_a_matter_of_days(as_of, level):
    given = [actual("5", "a", "2023-02-28", "2023-02")]
    found = report(REPORTS, A, given, as_of, [MISSING])
    assert lines(found) == [f"report-missing {level} broken a 2023-01"]


def test_escalation_never_lowers():
    found = report(REPORTS, A, [], "2023-03-10", [rule("r", "state = 'overdue'", escalate=("days_late > 0", "note"))])
    assert {str(one.severity) for one in found.findings} == {"error"}


class TestFingerprint:
    def prints(self, as_of, one=MISSING, plans=REPORTS):
        return {f.row["period"]: f.fingerprint for f in report(plans, A, [], as_of, [one]).findings}

    def test_it_is_made_of_business_ids(self):
        assert self.prints("2023-02-10") == {"2023-01": "report-missing:14-KH/5:a:2023-01"}

    def test_it_holds_no_line_message_level_or_day_count(self):
        first = self.prints("2023-02-10")["2023-01"]
        assert self.prints("2023-12-10")["2023-01"] == first  # 313 days late, and an error by now
        other = MISSING._replace(message={"vi": "{unit}: khác", "en": "other"}, title={"vi": "khác", "en": "other"})
        assert self.prints("2023-02-10", other._replace(severity=Severity.ERROR, at=Place("rules/x.yaml", 99)))["2023-01"] == first
        moved = REPORTS._replace(tasks=tuple(t._replace(at=Place("plans/b.yaml", 77)) for t in REPORTS.tasks))
        assert self.prints("2023-02-10", plans=moved)["2023-01"] == first

    def test_it_is_of_one_finding_only(self):
        found = self.prints("2024-02-10")
        assert len(set(found.values())) == len(found) == 12

    def test_a_record_is_known_by_its_id_or_its_day_and_document(self):
        strays = rule("s", "role = 'stray'", on="actuals", message="{entry}")
        given = [actual("", "a", "2023-02-01", id="e1"), actual("", "a", "2023-02-02", doc="9-BC")]
        found = report(REPORTS, A, given, "2023-03-01", [strays])
        assert [f.fingerprint for f in found.findings] == ["s:a:::e1", "s:a:::2023-02-02/9-BC"]
        assert [f.at for f in found.findings] == [a.at for a in given]


@pytest.mark.parametrize(
    "broken",
    [
        rule("bad", "stat = 'overdue'"),
        rule("bad", "state = 'overdu'"),
        rule("bad", "state ="),
        rule("bad", "state = 'overdue'", scope="days_late = 'x'"),
        rule("bad", "state = 'overdue'", escalate=("nothing > 3", "error")),
        rule("bad", "state = 'overdue'", on="standing"),
        rule("bad", "state = 'overdue'", message="{unit} {nobody}"),
    ],
)
def test_a_rule_that_cannot_be_read_is_a_problem_on_its_file_and_hides_nothing(broken):
    others = [rule("a-first", "state = 'overdue'"), rule("z-last", "state = 'overdue'")]
    alone = report(REPORTS, A, [], "2023-03-10", others)
    found = report(REPORTS, A, [], "2023-03-10", [others[0], broken, others[1]])
    assert found.problems
    assert {p.place.file for p in found.problems} == {"rules/bad.yaml"}
    assert found.findings == alone.findings
    assert [one.id for one in found.rules] == ["a-first", "z-last"]
    for code in languages():
        for problem in found.problems:
            assert words(code).problem(problem)


def test_every_fault_of_a_rule_is_told_with_its_place():
    ready, problems = prepare([rule("bad", "stat = 'overdue' AND unti = 'a'", scope="kin = 'x'", message="{nobody}")])
    assert ready == ()
    spots = {(p.place.line, p.place.column) for p in problems}
    assert {(4, 8), (4, 29), (3, 8)} <= spots
    assert len(problems) == 4


class TestRulesThatSawNothing:
    BLIND = rule("rule-saw-nothing", "rows = 0", on="rules", severity="warning", message="{rule} {table}")

    def test_a_rule_without_a_row_to_speak_of_is_found(self):
        never = rule("never", "state = 'overdue'", scope="measure = 'no-such'")
        found = report(REPORTS, A, [], "2023-03-10", [self.BLIND, never, MISSING])
        assert [f.fingerprint for f in found.findings if f.rule == "rule-saw-nothing"] == ["rule-saw-nothing:never"]
        assert found.saw == {"never": 0, "report-missing": 12, "rule-saw-nothing": 2}
        assert next(f for f in found.findings if f.rule == "rule-saw-nothing").at == never.at

    def test_a_rule_on_an_empty_table_too(self):
        found = report(REPORTS, A, [], "2023-03-10", [rule("doc", "cited = 0", on="documents", message="{number}"), self.BLIND])
        assert [f.row["rule"] for f in found.findings] == ["doc"]

    def test_a_rule_that_found_nothing_wrong_did_see_rows(self):
        found = report(REPORTS, A, [], "2023-01-10", [MISSING, self.BLIND])
        assert found.findings == ()


def test_findings_come_worst_first_then_by_rule_then_in_official_order():
    districts = [unit(name) for name in ("thai-nguyen", "song-cong", "dai-tu", "vo-nhai", "dinh-hoa", "dong-hy")]
    assert [one.id for one in districts] != sorted(one.id for one in districts)
    rules = [rule("b-warning", "state = 'overdue'", severity="warning"), rule("z-error", "state = 'overdue'"),
             rule("c-note", "state = 'overdue'", severity="note"), rule("a-warning", "state = 'overdue'", severity="warning")]  # fmt: skip
    found = report(plan(task("1", due="2023-01-31"), task("2", due="2023-01-31")), districts, [], "2023-05-01", rules)
    order = [(f.rule, f.row["task"], f.row["unit"]) for f in found.findings]
    assert order == [
        (name, f"14-KH/{n}", district.id)
        for name in ("z-error", "a-warning", "b-warning", "c-note")
        for n in (1, 2)
        for district in districts
    ]


def test_some_rules_may_be_asked_for():
    rules = [rule(name, "state = 'overdue'") for name in ("report-missing", "report-late", "task-overdue")]
    for select, ignore, expected in (
        (("report-*",), (), ["report-late", "report-missing"]),
        (("*",), ("report-*",), ["task-overdue"]),
        (("task-*", "report-late"), (), ["report-late", "task-overdue"]),
    ):
        found = report(REPORTS, A, [], "2023-02-10", rules, select=select, ignore=ignore)
        assert sorted({f.rule for f in found.findings}) == expected


def test_the_same_input_gives_the_same_report():
    given = [actual("5", "a", "2023-01-20", "2023-01"), actual("", "a", "2023-01-21"), actual("1", "a", "2023-02-02", quantity=amount(3, "lớp"))]
    rules = [MISSING, rule("s", "role = 'stray'", on="actuals", message="{entry}")]
    first, again = (report(REPORTS, A, order, "2023-05-05", rules) for order in (given, given[::-1]))
    assert first.findings == again.findings
    assert first.standings == again.standings
    assert all(isinstance(one, Finding) for one in first.findings)


class TestRows:
    """What the other tables make of the records."""

    def cells(self, table, *names, given=(), as_of="2023-05-01", **asked):
        message = " ".join(f"{{{name}}}" for name in names)
        one = rule("all", "unit <> ''", on=table, message=message)
        found = report(REPORTS, A, given, as_of, [one], **asked)
        assert list(found.problems) == []
        return [tuple(f.row[name] for name in names) for f in found.findings]

    def test_every_known_record_has_one_row_with_what_became_of_it(self):
        given = [
            actual("5", "a", "2023-01-20", "2023-01", id="used"),
            actual("5", "a", "2023-01-25", "2023-01", id="surplus"),
            actual("5", "a", "2023-02-20", id="stray"),
            actual("1", "a", "2023-01-10", doc="", id="claim"),
            actual("1", "a", "2023-01-20", id="shown"),
            actual("1", "a", "2023-04-20", id="later", recorded="2023-06-01"),
        ]
        found = dict(self.cells("actuals", "entry", "role", given=given))
        assert found == {"used": "used", "surplus": "surplus", "stray": "stray", "claim": "used", "shown": "used"}

    def test_parts_of_different_units_are_never_added(self):
        def difference(total, *parts):
            (row,) = self.cells("sums", "total", "parts", "difference", given=[actual("1", "a", "2023-01-10", quantity=total, parts=parts)])
            return row

        assert difference(amount(10, "người"), amount(4, "người"), amount(5, "người")) == (10, 9, 1)
        assert difference(amount(10, "người"), amount(4, "người"), amount(6, "lớp")) == (10, None, None)
        over = amount(10, "người")._replace(bound=Bound.OVER)
        assert difference(over, amount(4, "người"), amount(5, "người"))[2] is None
        assert difference(amount(1)._replace(value=Decimal("6.5")), amount(6))[2] == Decimal("0.5")

    def test_silence_counts_from_the_last_record(self):
        assert self.cells("units", "owed", "last_date", "days_silent", as_of="2023-01-31") == [(2, None, 30)]
        given = [actual("5", "a", "2023-01-20", "2023-01")]
        assert self.cells("units", "days_silent", given=given, as_of="2023-01-31") == [(11,)]


def test_a_unit_asked_for_has_its_own_findings_only():
    found = report(plan(task("1", due="2023-01-31")), [A, unit("b"), unit("c", serves="b")], [], "2023-05-01", [rule("r", "state = 'overdue'")], units=("b",))
    assert [f.row["unit"] for f in found.findings] == ["b", "c"]
    assert list(found.units) == ["a", "b", "c"]
    assert len(see(plan(task("1")), [A, unit("b")], [], "2023-05-01").standings) == 2

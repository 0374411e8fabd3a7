from datetime import timedelta

import pytest
from builders import actual, amount, day, plan, regime, see, task, unit

from tracker.model.unit import Fact
from tracker.model.values import Bound

A = unit("a")


def line(one):
    return f"{one.state} {one.window} {one.days_late}"


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2023-04-30", "upcoming future 0"),
        ("2023-05-01", "open open 0"),
        ("2023-06-15", "open open 0"),
        ("2023-06-16", "open due_soon 0"),  # two weeks
        ("2023-06-30", "open due_soon 0"),  # the due day belongs to it
        ("2023-07-01", "open grace 1"),  # in grace, and a day late all the same
        ("2023-07-05", "open grace 5"),  # the last day of grace
        ("2023-07-06", "overdue over 6"),  # counted from the due day
        ("2024-07-06", "overdue over 372"),
    ],
)
def test_the_day_moves_an_undone_task_through_its_windows(as_of, expected):
    one = see(plan(task("1", starts="2023-05-01", due="2023-06-30", grace_days=5)), A, [], as_of)["1 a"]
    assert line(one) == expected
    assert one.days_left == (None if as_of > "2023-06-30" else (day("2023-06-30") - day(as_of)).days)
    assert one.due_soon == (one.window == "due_soon")
    assert one.over == (one.state == "overdue")
    assert one.evidence == "none"


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2023-06-30", "done True 0"),
        ("2023-07-01", "done_late False 1"),  # grace forgives no day
        ("2023-07-05", "done_late False 5"),
        ("2023-09-28", "done_late False 90"),
        ("2023-Q2", "done True 0"),
        ("2023-06", "done True 0"),
        ("2023-07", "done_late False None"),  # late, and nobody can say by how much
        ("2023-06-15..2023-07-15", "done None None"),
        ("2023", "done None None"),
    ],
)
def test_what_is_done_is_late_by_the_days_from_its_due_day(when, expected):
    one = see(plan(task("1", due="2023-06-30", grace_days=5)), A, [actual("1", "a", when)], "2024-02-01")["1 a"]
    assert f"{one.state} {one.on_time} {one.days_late}" == expected


@pytest.mark.parametrize(
    ("when", "as_of", "expected"),
    [
        ("2023-06-28..2023-06-30", "2024-02-01", "done True 0"),
        ("2023-06-28..2023-07-02", "2024-02-01", "done_late False 2"),  # counted from the day on which it ended
        ("2023-07-01..2023-07-03", "2024-02-01", "done_late False 3"),
        ("2023-06-28..2023-07-02", "2023-07-01", "open None 1"),  # it still goes on
        ("2023-06-28..2023-07-02", "2023-07-02", "done_late False 2"),
    ],
)
def test_what_takes_several_days_is_done_on_the_last(when, as_of, expected):
    deed = actual("1", "a", when)
    deed = deed._replace(when=deed.when._replace(lasting=True), recorded=day("2023-06-28"))
    one = see(plan(task("1", due="2023-06-30", grace_days=5)), A, [deed], as_of)["1 a"]
    assert f"{one.state} {one.on_time} {one.days_late}" == expected


def test_a_late_report_ends_as_done_late_and_not_overdue_for_ever():
    one = plan(task("5", "recurring", every="month", regime="bc"), regimes=[regime(due_day=25)])
    given = [actual("5", "a", "2023-03-02", "2023-02")]
    assert [line(see(one, A, given, d)["5 a 2023-02"]) for d in ("2023-02-25", "2023-02-26", "2023-03-01", "2023-03-02", "2024-12-31")] == [
        "open due_soon 0", "overdue over 1", "overdue over 4", "done_late over 5", "done_late over 5",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("evidence", "doc", "figure", "expected"),
    [
        ("required", "7-CTr", None, "done enough False"),
        ("required", "", amount(30, "người"), "done enough False"),
        ("required", "", None, "unknown claimed True"),
        ("document", "7-CTr", None, "done enough False"),
        ("document", "", amount(30, "người"), "unknown claimed True"),
        ("none", "", None, "done enough False"),
    ],
)
def test_a_word_is_a_claim_where_something_must_show_it(evidence, doc, figure, expected):
    for key in ("quantity", "people"):
        given = [actual("1", "a", "2023-05-05", doc=doc, **({key: figure} if figure else {}))]
        one = see(plan(task("1", evidence=evidence, due="2023-06-30")), A, given, "2023-08-01")["1 a"]
        assert f"{one.state} {one.evidence} {one.unverified}" == expected


class TestSongCong:
    """Eight districts have an office; the ninth has none, and the report says so (report 2023, footnote 1)."""

    TASK = task("agreement", "coverage", due="2022-12-31", applies="has_ethnic_office = TRUE", measure="agreement")
    PROGRAMME = plan(TASK, period="2022-2025", programme=True)

    def stand(self, value, given=()):
        fact = Fact("has_ethnic_office", value, "báo cáo 2023, chú thích 1", counterpart="vp")
        districts = [*(unit(f"h{n}", facts={"has_ethnic_office": True}) for n in range(8)), unit("song-cong", facts={"has_ethnic_office": fact})]
        signed = [actual("agreement", f"h{n}", "2022-11-01") for n in range(8)]
        return see(self.PROGRAMME, districts, [*signed, *given], "2023-10-20")

    def test_false_is_exempt_with_the_reason_and_who_does_the_work(self):
        one = self.stand(value=False)["agreement song-cong"]
        assert (one.state, one.reason, one.counterpart, one.days_late) == ("exempt", "báo cáo 2023, chú thích 1", "vp", 0)
        assert one.evidence == "none"

    def test_true_is_overdue(self):
        one = self.stand(value=True)["agreement song-cong"]
        assert (one.state, one.days_late) == ("overdue", 293)

    def test_blank_is_unknown_and_never_passed_over(self):
        one = self.stand(value=None)["agreement song-cong"]
        assert (one.state, one.judged, one.days_late) == ("unknown", None, None)

    def test_false_with_an_agreement_is_exempt_and_keeps_the_record_for_a_rule_to_find(self):
        one = self.stand(False, [actual("agreement", "song-cong", "2022-11-20")])["agreement song-cong"]
        assert (one.state, one.evidence, one.records) == ("exempt", "enough", 1)

    @pytest.mark.parametrize(("value", "counts"), [(False, (8, 8, 9)), (True, (8, 9, 9)), (None, (8, 8, 9))])
    def test_three_numbers(self, value, counts):
        all_of_them = self.stand(value).standings
        signed = [one for one in all_of_them if one.state == "done"]
        eligible = [one for one in all_of_them if one.obligation.applies]
        assert (len(signed), len(eligible), len(all_of_them)) == counts


class TestQuantity:
    def stand(self, target, *given, as_of="2024-02-01", **more):
        records = [
            actual("1", "a", when, quantity=quantity) for when, quantity in zip(("2023-05-01", "2023-06-01", "2023-07-03"), given, strict=False)
        ]
        return see(plan(task("1", "quantity", target=target, due="2023-06-30", **more)), A, records, as_of)["1 a"]

    @pytest.mark.parametrize(
        ("bound", "value", "target", "expected"),
        [
            (Bound.OVER, 4700, 4700, "done enough"),
            (Bound.OVER, 4700, 4800, "unknown unclear"),
            (Bound.AT_LEAST, 4700, 4701, "unknown unclear"),
            (Bound.EXACT, 4799, 4800, "overdue part"),
            (Bound.EXACT, 4800, 4800, "done enough"),
            (Bound.UNDER, 4152, 4152, "overdue part"),
            (Bound.UNDER, 4152, 4000, "unknown unclear"),
            (Bound.AT_MOST, 4152, 4152, "unknown unclear"),
            (Bound.AT_MOST, 4151, 4152, "overdue part"),
            (Bound.ABOUT, 9999, 1, "unknown unclear"),
        ],
    )
    def test_the_word_before_the_number_counts(self, bound, value, target, expected):
        one = self.stand(amount(target, "đại biểu"), amount(value, "đại biểu", bound))
        assert f"{one.state} {one.evidence}" == expected
        assert (one.bound, one.share is None) == (bound, bound is not Bound.EXACT)

    def test_units_of_measure_are_never_added(self):
        one = self.stand(amount(3, "hội nghị"), amount(2, "hội nghị"), amount(295, "đại biểu"))
        assert (one.state, one.achieved, one.records) == ("overdue", 2, 2)

    def test_letter_case_and_a_missing_word_do_not_make_another_unit(self):
        assert self.stand(amount(3, "hội nghị"), amount(2, "Hội nghị"), amount(1)).state == "done"

    def test_without_a_target_the_first_unit_is_the_measure(self):
        one = self.stand(None, amount(2, "lớp"), amount(295, "người"), amount(3, "lớp"))
        assert (one.state, one.achieved, one.target, one.share) == ("done", 5, None, None)

    def test_reached_late_by_the_third_record(self):
        one = self.stand(amount(5, "lớp"), amount(2, "lớp"), amount(2, "lớp"), amount(2, "lớp"))
        assert (one.state, one.days_late, one.achieved, one.evidence, one.share) == ("done_late", 3, 6, "late", 120)

    def test_reached_in_time_stays_so_whatever_follows(self):
        one = self.stand(amount(4, "lớp"), amount(2, "lớp"), amount(2, "lớp"), amount(2, "lớp"))
        assert (one.state, one.days_late, one.achieved) == ("done", 0, 6)

    def test_part_of_it(self):
        given = amount(4, "lớp"), amount(1, "lớp")
        assert line(self.stand(amount(6, "lớp"), *given, as_of="2023-06-20")) == "open due_soon 0"
        one = self.stand(amount(6, "lớp"), *given)
        assert (one.state, one.evidence, one.achieved, round(one.share)) == ("overdue", "part", 5, 83)

    def test_a_sum_with_more_than_in_it_is_more_than(self):
        one = self.stand(amount(6, "lớp"), amount(4, "lớp", Bound.OVER), amount(1, "lớp"))
        assert (one.state, one.bound) == ("unknown", "over")
        one = self.stand(amount(6, "lớp"), amount(4, "lớp", Bound.OVER), amount(2, "lớp"))
        assert (one.state, one.bound) == ("done", "over")


def test_standing_tasks_are_never_overdue():
    one = plan(task("1", "standing", every="month"))
    given = [actual("1", "a", "2023-02-10")]
    for as_of in ("2023-03-01", "2024-01-01", "2030-01-01"):
        seen = see(one, A, given, as_of)
        assert {s.state for s in seen.standings} <= {"ongoing", "upcoming"}
        assert [s.obligation.period.id for s in seen.standings if s.evidence == "enough"] == ["2023-02"]
    assert see(one, A, given, "2023-03-01")["1 a 2023-02"].over
    assert not see(one, A, given, "2023-03-01")["1 a 2023-03"].over
    assert see(one, A, given, "2023-03-01")["1 a 2023-04"].state == "upcoming"


def test_a_conditional_task_waits_for_its_case():
    one = plan(task("1", "conditional"))
    assert line(see(one, A, [], "2030-01-01")["1 a"]) == "ongoing none 0"
    given = [actual("1", "a", "2023-05-05"), actual("1", "a", "2023-06-05")]
    done = see(one, A, given, "2030-01-01")["1 a"]
    assert (done.state, done.achieved, done.surplus) == ("done", 2, ())


class TestDissolvedUnit:
    OLD = unit("old", closed="2025-06-30", successors=("new",), closing_basis="1683/NQ-UBTVQH15")
    PLAN = plan(task("5", "recurring", every="month", grace_days=3), task("1", due="2025-09-30"), period="2025")

    def test_its_obligations_end_with_it_and_its_history_stays(self):
        given = [actual("5", "old", f"2025-0{n}-28", f"2025-0{n}") for n in range(1, 6)]
        seen = see(self.PLAN, self.OLD, given, "2025-10-20")
        assert [seen[f"5 old 2025-0{n}"].state for n in range(1, 6)] == ["done"] * 5
        assert len(seen.standings) == 7  # six months and the one-off: nothing is asked for July
        assert line(seen["1 old"]) == "cancelled over 0"
        assert seen["1 old"].reason == "1683/NQ-UBTVQH15"

    def test_on_its_last_day_it_still_owes(self):
        assert see(self.PLAN, self.OLD, [], "2025-06-30")["1 old"].state == "open"
        assert see(self.PLAN, self.OLD, [], "2025-07-01")["1 old"].state == "cancelled"

    def test_what_it_had_in_hand_never_turns_missing_after_its_end(self):
        # June's report was due on 30/06 with three days of grace; from 01/07 there is nobody to send it.
        assert line(see(self.PLAN, self.OLD, [], "2025-06-30")["5 old 2025-06"]) == "open due_soon 0"
        for as_of in ("2025-07-01", "2025-07-03", "2025-07-04", "2025-12-31"):
            assert see(self.PLAN, self.OLD, [], as_of)["5 old 2025-06"].state == "cancelled"

    def test_what_was_overdue_when_it_ended_ends_with_it(self):
        assert see(self.PLAN, self.OLD, [], "2025-06-30")["5 old 2025-01"].state == "overdue"
        assert see(self.PLAN, self.OLD, [], "2025-07-01")["5 old 2025-01"].state == "cancelled"

    def test_what_was_done_before_it_ended_is_done(self):
        assert see(self.PLAN, self.OLD, [actual("1", "old", "2025-05-05")], "2025-12-01")["1 old"].state == "done"


class TestClosedPlan:
    PLAN = plan(task("1", due="2023-11-30"), task("2", due="2024-03-31"), task("3", starts="2024-02-01", due="2024-03-31"), closed="2023-12-31")

    def test_it_is_judged_as_of_its_closing_day(self):
        for as_of in ("2023-12-31", "2024-01-01", "2030-01-01"):
            seen = see(self.PLAN, A, [], as_of)
            assert [(line(s), s.carried_over) for s in seen.standings] == [
                ("overdue over 31", False), ("open open 0", True), ("upcoming future 0", True),
            ]  # fmt: skip

    def test_before_that_day_it_is_not_closed(self):
        seen = see(self.PLAN, A, [], "2023-12-30")
        assert [(line(s), s.carried_over) for s in seen.standings] == [
            ("overdue over 30", False), ("open open 0", False), ("upcoming future 0", False),
        ]  # fmt: skip

    def test_what_is_done_is_not_carried_over(self):
        one = see(self.PLAN, A, [actual("2", "a", "2023-12-20")], "2024-06-01")["2 a"]
        assert (one.state, one.carried_over) == ("done", False)


def test_a_cancelled_task_says_why_and_what_was_done_stays_done():
    one = plan(task("1", due="2023-06-30", cancelled="2023-05-01", reason="không bố trí kinh phí"))
    assert see(one, A, [], "2023-04-30")["1 a"].state == "open"
    found = see(one, A, [], "2023-05-01")["1 a"]
    assert (found.state, found.reason, found.days_late) == ("cancelled", "không bố trí kinh phí", 0)
    assert see(one, A, [actual("1", "a", "2023-03-03")], "2023-12-01")["1 a"].state == "done"


def test_programme_and_plan_are_seen_together_programme_first():
    programme = plan(task("agreement", "coverage", plan="08", key="08-CTr", due="2022-12-31"), number="08", key="08-CTr", period="2022-2025", programme=True)
    seen = see([plan(task("1")), programme], A, [actual("08-CTr/agreement", "a", "2023-01-05")], "2023-10-20")
    assert seen.states() == {"08-CTr/agreement a 2022-2025": "done_late", "14-KH/1 a 2023": "open"}


def test_a_reason_in_the_record_is_kept():
    one = see(plan(task("1", due="2023-06-30")), A, [actual("1", "a", "2023-07-30", reason="lũ lụt")], "2023-12-01")["1 a"]
    assert (one.state, one.reason) == ("done_late", "lũ lụt")


def test_the_horizon_moves_due_soon_and_nothing_else():
    one = plan(task("1", due="2023-06-30"))
    for horizon in (0, 7, 30):
        for ahead in (0, 1, 7, 8, 30, 31):
            as_of = (day("2023-06-30") - timedelta(ahead)).isoformat()
            found = see(one, A, [], as_of, horizon=horizon)["1 a"]
            assert (found.state, found.due_soon) == ("open", ahead <= horizon)

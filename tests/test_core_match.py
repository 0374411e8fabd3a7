import pytest
from builders import KEY, PLAN, actual, amount, plan, see, task, unit

REPORT = task("5", "recurring", every="month", measure="report")
A, B = unit("a"), unit("b")


def entries(records):
    return [one.doc for one in records]


def test_one_report_for_january_leaves_february_missing():
    seen = see(plan(REPORT), A, [actual("5", "a", "2023-01-31", "2023-01")], "2023-03-01")
    assert [seen[f"5 a 2023-0{n}"].state for n in (1, 2, 3)] == ["done", "overdue", "open"]


def test_a_report_without_a_period_is_for_no_period():
    # However near its day: it may be January's, sent late, or February's, sent early.
    seen = see(plan(REPORT), A, [actual("5", "a", "2023-02-03")], "2023-03-01")
    assert [seen["5 a 2023-01"].state, seen["5 a 2023-02"].state] == ["overdue", "overdue"]
    assert seen.whys() == ["no_period"]


def test_a_report_written_in_february_for_january_is_januarys():
    seen = see(plan(REPORT), A, [actual("5", "a", "2023-02-28", "2023-01")], "2023-03-01")
    assert [seen["5 a 2023-01"].state, seen["5 a 2023-02"].state] == ["done_late", "overdue"]


def test_a_second_report_for_a_period_is_surplus():
    given = [actual("5", "a", "2023-01-30", "2023-01", doc="2-BC"), actual("5", "a", "2023-01-20", "2023-01", doc="1-BC")]
    one = see(plan(REPORT), A, given, "2023-03-01")["5 a 2023-01"]
    assert (entries(one.actuals), entries(one.surplus)) == (["1-BC"], ["2-BC"])
    assert (one.state, one.evidence, one.achieved, one.records) == ("done", "many", 1, 2)


def test_a_quantity_takes_every_record_and_a_slot_takes_one():
    given = [actual(name, "a", f"2023-0{n}-10", quantity=amount(2, "lớp")) for name in ("1", "2", "3") for n in (1, 2, 3)]
    seen = see(plan(task("1", "quantity", target=amount(9, "lớp")), task("2", "coverage"), task("3", "conditional")), A, given, "2023-06-01")
    assert [(len(seen[k].actuals), len(seen[k].surplus), seen[k].achieved) for k in ("1 a", "2 a", "3 a")] == [(3, 0, 6), (1, 2, 1), (3, 0, 3)]


def test_a_document_that_follows_a_claim_shows_it_and_neither_is_lost():
    claim = actual("1", "a", "2023-05-01", doc="", note="đã ký")
    shown = actual("1", "a", "2023-05-20", doc="7-CTr")
    one = see(plan(task("1", "coverage", due="2023-06-30")), A, [claim, shown], "2023-08-01")["1 a"]
    assert (one.state, one.evidence, one.unverified, one.surplus) == ("done", "enough", False, ())
    assert one.actuals in ((claim, shown), (shown, claim))


def test_claims_alone_are_one_claim_and_the_rest_is_surplus():
    given = [actual("1", "a", f"2023-05-0{n}", doc="") for n in (2, 1)]
    one = see(plan(task("1", due="2023-06-30")), A, given, "2023-08-01")["1 a"]
    assert (one.state, one.actuals, one.surplus) == ("unknown", (given[1],), (given[0],))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (actual("", "a", "2023-02-03"), "no_task"),
        (actual("99", "a", "2023-02-03"), "unknown_task"),
        (actual("15-KH/1", "a", "2023-02-03"), "unknown_task"),
        (actual("1", "b", "2023-02-03"), "not_owed"),
        (actual("1", "ai-đó", "2023-02-03"), "not_owed"),
        (actual("1", "a", "2023-02-03", "2024"), "no_period"),
        (actual("1", "a", "2023-02-03", "kỳ đầu"), "no_period"),
        (actual("5", "a", "2023-02-03", "2023"), "no_period"),
        (actual("5", "a", "2023-02-03", "2024-01"), "no_period"),
        (actual("6", "a", "2024-01-03"), "no_period"),
        (actual("6", "a", "2023-Q1"), "no_period"),
    ],
)
def test_what_nothing_asked_for_is_a_stray_with_its_reason(given, why):
    tasks = task("1", owed_by="a"), REPORT, task("6", "standing", every="month")
    seen = see(plan(*tasks), [A, B], [given], "2024-02-01")
    assert seen.whys() == [why]
    assert seen.strays[0].actual is given
    assert all(not one.records for one in seen.standings)


@pytest.mark.parametrize(
    ("kind", "when", "period", "found"),
    [
        ("standing", "2023-02-10", "", "2023-02"),
        ("standing", "2023-02", "", "2023-02"),
        ("standing", "2023-05-10", "2023-02", "2023-02"),
        ("milestone", "2024-01-10", "", "2023"),  # after the end of its plan: late, not lost
        ("milestone", "2023-02-10", "2023-02", "2023"),
        ("quantity", "2023", "2023-Q1", "2023"),
    ],
)
def test_what_is_no_slot_of_a_period_finds_its_place_by_what_it_says(kind, when, period, found):
    one = plan(task("1", kind, **({"every": "month"} if kind == "standing" else {})))
    seen = see(one, A, [actual("1", "a", when, period)], "2024-02-01")
    assert seen.strays == []
    assert seen[f"1 a {found}"].records == 1


@pytest.mark.parametrize(("when", "taken"), [("2022-12-01", 0), ("2023-01-01", 1), ("2023-06-30", 1), ("2023-07-01", 0)])
def test_a_deed_outside_the_one_period_of_a_plan_is_not_of_that_period(when, taken):
    seen = see(plan(task("1", "quantity", every="half", target=amount(2, "lớp")), period="2023-H1"), A, [actual("1", "a", when, quantity=amount(1, "lớp"))], "2023-08-01")
    assert len(seen["1 a 2023-H1"].actuals) == taken
    assert seen.whys() == ["no_period"] * (1 - taken)


def test_strays_come_by_day():
    given = [actual("", "a", when) for when in ("2023-03-01", "2023-01-01", "2023-02-01")]
    assert [s.actual.when.first.month for s in see(plan(REPORT), A, given, "2024-01-01").strays] == [1, 2, 3]


def test_a_record_for_a_plan_that_is_not_looked_at_is_neither_used_nor_stray():
    programme = plan(task("1", "coverage", plan="08", key="08-CTr"), number="08", key="08-CTr", period="2022-2025", programme=True)
    year = plan(task("1"))
    given = [actual("08-CTr/1", "a", "2023-02-01"), actual("1", "a", "2023-03-01")]
    both = see([year, programme], A, given, "2024-01-01")
    assert list(both.states()) == ["08-CTr/1 a 2022-2025", "14-KH/1 a 2023"]
    assert [one.records for one in both.standings] == [1, 1]
    for asked in (PLAN, KEY, "08", "08-CTr"):
        some = see([year, programme], A, given, "2024-01-01", plans=(asked,))
        assert (len(some.standings), some.strays) == (1, [])


def test_a_plan_that_is_not_in_force_yet_is_not_judged():
    later = plan(task("1", due="2023-02-15"), issued="2023-02-01")
    given = [actual("1", "a", "2023-01-20")]
    assert see(later, A, given, "2023-01-31").standings == []
    assert see(later, A, given, "2023-01-31").strays == []
    assert see(later, A, given, "2023-02-01")["1 a"].state == "done"


class TestWhatIsKnown:
    ONE = plan(task("1", due="2023-06-30"))

    def state(self, given, as_of, known_by=""):
        one = see(self.ONE, A, given, as_of, known_by or as_of)["1 a"]
        return f"{one.state} {one.days_late}"

    def test_an_entry_counts_from_the_day_on_which_it_was_made(self):
        given = [actual("1", "a", "2023-06-20", recorded="2023-08-10")]
        assert self.state(given, "2023-08-09") == "overdue 40"
        assert self.state(given, "2023-08-10") == "done 0"
        assert self.state(given, "2023-07-01", known_by="2023-08-10") == "done 0"
        assert self.state(given, "2023-06-19", known_by="2023-08-10") == "open 0"

    def test_a_correction_takes_the_place_of_what_it_names_once_it_is_known(self):
        given = [
            actual("1", "a", "2023-06-20", id="e1"),
            actual("1", "a", "2023-07-05", id="e2", corrects="e1", recorded="2023-09-01"),
        ]
        assert self.state(given, "2023-08-31") == "done 0"
        assert self.state(given, "2023-09-01") == "done_late 5"

    def test_a_withdrawal_takes_it_back_once_it_is_known(self):
        given = [
            actual("1", "a", "2023-06-20", id="e1"),
            actual("1", "a", "2023-06-20", withdraws="e1", recorded="2023-08-01"),
        ]
        assert self.state(given, "2023-07-31") == "done 0"
        assert self.state(given, "2023-08-01") == "overdue 32"

    def test_a_correction_of_a_correction(self):
        given = [
            actual("1", "a", "2023-06-20", id="e1"),
            actual("1", "a", "2023-07-01", id="e2", corrects="e1"),
            actual("1", "a", "2023-07-10", id="e3", corrects="e2"),
        ]
        assert self.state(given, "2023-12-01") == "done_late 10"

    def test_hindsight_knows_that_a_deed_was_later_than_first_written(self):
        # What was true on 25/06: it had not happened, as we know since September.
        given = [
            actual("1", "a", "2023-06-20", id="e1"),
            actual("1", "a", "2023-07-05", corrects="e1", recorded="2023-09-01"),
        ]
        assert self.state(given, "2023-06-25", known_by="2023-09-01") == "open 0"

    def test_hindsight_knows_of_a_withdrawal_whatever_day_it_was_written_on(self):
        given = [actual("1", "a", "2023-06-20", id="e1"), actual("1", "a", "2023-08-01", withdraws="e1")]
        assert self.state(given, "2023-07-02", known_by="2023-08-01") == "overdue 2"

    def test_a_taking_back_of_nothing_changes_nothing(self):
        assert self.state([actual("1", "a", "2023-06-20", withdraws="e9"), actual("1", "a", "2023-06-21")], "2023-08-01") == "done 0"


def test_asking_for_a_unit_shows_it_and_who_serves_it():
    units = [unit("dai-tu"), unit("bdv-dai-tu", "huyen", serves="dai-tu"), unit("vo-nhai")]
    given = [actual("1", "dai-tu", "2023-02-01"), actual("", "vo-nhai", "2023-02-01"), actual("", "bdv-dai-tu", "2023-02-01")]
    seen = see(plan(task("1")), units, given, "2024-02-01", units=("dai-tu",))
    assert list(seen.states()) == ["14-KH/1 dai-tu 2023", "14-KH/1 bdv-dai-tu 2023"]
    assert [s.actual.unit for s in seen.strays] == ["bdv-dai-tu"]
    assert len(see(plan(task("1")), units, given, "2024-02-01").strays) == 2

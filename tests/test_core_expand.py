from datetime import date

from builders import day, placed, plan, regime, see, task, unit

from tracker.expand import expand
from tracker.model.plan import Due
from tracker.model.source import Place
from tracker.model.unit import Fact
from tracker.owing import Owers


def keys(plans, units):
    return [" ".join(one.key).removeprefix("14-KH/") for one in expand(plans, placed(*units))[0]]


def test_the_record_exists_even_when_nothing_was_done():
    one = plan(task("1"), task("2", "recurring", every="quarter", owed_by="bdt"))
    assert keys([one], [unit("a"), unit("bdt", "co-quan-tinh")]) == [
        "1 a 2023", "2 bdt 2023-Q1", "2 bdt 2023-Q2", "2 bdt 2023-Q3", "2 bdt 2023-Q4",
    ]  # fmt: skip


def test_units_come_in_official_order_and_each_once_however_they_are_named():
    units = [unit("pho-yen"), unit("dai-tu"), unit("vo-nhai"), unit("bdt", "co-quan-tinh")]
    assert keys([plan(task("1", owed_by="vo-nhai huyen dai-tu"))], units) == ["1 pho-yen 2023", "1 dai-tu 2023", "1 vo-nhai 2023"]
    assert [one.id for one in Owers(units).named(("bdt", "vo-nhai"))] == ["vo-nhai", "bdt"]
    assert Owers(units).named(("nobody",)) == ()


def test_kinds_are_limited_to_the_territory_of_the_plan_and_names_are_not():
    units = [
        unit("thai-nguyen", "tinh"), unit("bac-kan", "tinh"), unit("vo-nhai", parent="thai-nguyen"), unit("na-ri", parent="bac-kan"),
        unit("bdv-vo-nhai", "ban-dan-van", serves="vo-nhai"), unit("bdv-na-ri", "ban-dan-van", serves="na-ri"), unit("bo", "bo"),
    ]  # fmt: skip
    one = plan(task("1"), task("2", owed_by="ban-dan-van bo"), task("3", owed_by="na-ri"), within="thai-nguyen")
    assert keys([one], units) == ["1 vo-nhai 2023", "2 bdv-vo-nhai 2023", "2 bo 2023", "3 na-ri 2023"]
    assert len(keys([one._replace(within="")], units)) == 6


def test_due_days_of_months_on_the_31st_do_not_drift():
    one = plan(task("1", "recurring", every="month", regime="bc"), regimes=[regime(due_day=31)])
    due = [o.due for o in expand([one], placed(unit("a")))[0]]
    assert due[:5] == [day(f"2023-{text}") for text in ("01-31", "02-28", "03-31", "04-30", "05-31")]


def test_a_deadline_of_months_after_a_day_counts_from_the_day():
    def due(months):
        (found,) = expand([plan(task("1", due=Due(None, months, day("2023-01-31"))))], placed(unit("a")))[0]
        return found.due

    assert [due(n) for n in (1, 2, 3)] == [day("2023-02-28"), day("2023-03-31"), day("2023-04-30")]


def test_without_a_day_the_end_of_the_plan_stands_in_and_says_so():
    found, _ = expand([plan(task("1"), task("2", due="2023-Q2"), task("3", "standing"), task("4", "conditional"))], placed(unit("a")))
    assert [(o.due, o.due_stated) for o in found[:2]] == [(day("2023-12-31"), False), (day("2023-06-30"), True)]
    assert [o.due for o in found[2:]] == [None, None]


def test_reporting_windows_open_before_plan_time():
    one = plan(task("1", "recurring", every="quarter", regime="bc"), regimes=[regime(cutoff_day=14, due_day=25)])
    first = expand([one], placed(unit("a")))[0][0]
    assert (first.period.id, first.starts, first.due) == ("2023-Q1", day("2022-12-15"), day("2023-03-25"))


def test_the_quarters_last_month_is_not_owed_twice():
    months, quarters = (task(n, "recurring", every=every, regime="bc", measure="report") for n, every in (("1", "month"), ("2", "quarter")))
    merged = plan(months, quarters, regimes=[regime(merge=True)], period="2023-Q1")
    assert keys([merged], [unit("a")]) == ["1 a 2023-01", "1 a 2023-02", "2 a 2023-Q1"]
    # Without a quarterly report nothing stands in for March; another measure or regime is another report.
    assert len(keys([merged._replace(tasks=(months,))], [unit("a")])) == 3
    assert len(keys([merged._replace(tasks=(months, quarters._replace(measure="figures")))], [unit("a")])) == 4
    # Who owes no quarterly report owes that of March.
    other = months._replace(owed_by=("huyen", "xa"))
    assert keys([merged._replace(tasks=(other, quarters))], [unit("a"), unit("x", "xa")]) == [
        "1 a 2023-01", "1 a 2023-02", "1 x 2023-01", "1 x 2023-02", "1 x 2023-03", "2 a 2023-Q1",
    ]


def test_a_unit_owes_only_periods_that_it_existed_through():
    units = [unit("old", closed="2023-03-15"), unit("new", opened="2023-03-16"), unit("edge", opened="2023-02-01", closed="2023-03-31")]
    one = plan(task("1", "recurring", every="month"), period="2023-H1")
    assert keys([one], units) == [
        "1 old 2023-01", "1 old 2023-02",
        "1 new 2023-04", "1 new 2023-05", "1 new 2023-06",
        "1 edge 2023-02", "1 edge 2023-03",
    ]  # fmt: skip


def test_a_unit_that_was_there_when_the_work_began_owes_it_and_its_end_ends_it():
    units = [unit("old", closed="2023-06-30"), unit("gone", closed="2022-12-31"), unit("new", opened="2023-07-01")]
    found, _ = expand([plan(task("1"))], placed(*units))
    assert [(o.unit.id, o.ended) for o in found] == [("old", day("2023-06-30"))]


def test_every_obligation_of_a_unit_that_ends_knows_the_day():
    for due in ("2023-06-28", "2023-03-01", "2023-12-31"):
        found, _ = expand([plan(task("1", due=due))], placed(unit("a", closed="2023-06-30")))
        assert found[0].ended == day("2023-06-30")


def test_what_begins_later_was_not_owed_before():
    # Nobody can be late with a report of a month before the duty began.
    one = plan(task("1", "recurring", every="month", starts="2023-03-01"), task("2", "standing", every="month", starts="2023-11-15"))
    found, _ = expand([one], placed(unit("a")))
    assert all(o.due is None or o.starts <= o.due for o in found)
    assert keys([one], [unit("a")]) == [*(f"1 a 2023-{n:02d}" for n in range(3, 13)), "2 a 2023-11", "2 a 2023-12"]


def test_facts_decide_who_is_asked():
    fact = Fact("office", value=False, source="chú thích 1", review=date(2025, 12, 31), counterpart="vp")
    units = [unit("yes", facts={"office": True}), unit("no", facts={"office": fact}), unit("blank", facts={"office": None}), unit("silent")]
    found, problems = expand([plan(task("1", applies="office = TRUE"), task("2"))], placed(*units))
    assert problems == ()
    assert [o.applies for o in found] == [True, False, None, None, True, True, True, True]
    assert found[1].fact is fact
    assert (found[2].fact.value, found[3].fact) == (None, None)


def test_a_blank_fact_may_not_matter():
    one = plan(task("1", applies="office = TRUE OR level = 'xa'"))
    units = [unit("a", facts={"office": None, "level": "xa"}), unit("b", facts={"office": None, "level": "huyen"})]
    assert [o.applies for o in expand([one], placed(*units))[0]] == [True, None]


def test_a_condition_that_cannot_be_read_drops_nothing():
    place = Place("plans/a.yaml", 7, 14)
    wrong = [
        task("1", applies="ofice = TRUE", places={"applies": place}),
        task("2", applies="office =", at=Place("plans/a.yaml", 9)),
        task("3", applies="office = 'có'"),
    ]
    found, problems = expand([plan(*wrong)], placed(unit("a", facts={"office": True}), unit("b")))
    assert [o.applies for o in found] == [None] * 6
    assert {p.place.line for p in problems} >= {7, 9}
    assert len(problems) >= 3
    seen = see(plan(*wrong), [unit("a", facts={"office": True})], [], "2024-02-01")
    assert set(seen.states().values()) == {"unknown"}
    assert len(seen.problems) == len(problems)


def test_keys_are_the_same_from_run_to_run_and_by_no_order_of_ours():
    one = plan(task("1", "recurring", every="month"), task("2", "coverage"))
    units = [unit("b"), unit("a")]
    assert keys([one], units) == keys([one], units)
    assert sorted(keys([one], units)) == sorted(keys([one], units[::-1]))

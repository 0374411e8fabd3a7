"""How far the work went: which places were reached, what of a list was covered, what of a plan has figures, what may overlap."""

import pytest
from builders import actual, amount, asking, plan, project, report, rule, task, unit
from hypothesis import given, strategies as st

from tracker.freeze import digests
from tracker.model.actual import Actual
from tracker.model.plan import Plan
from tracker.model.source import Place
from tracker.model.unit import Fact
from tracker.names import level, levels
from tracker.rows import rows
from tracker.rows.situation import after
from tracker.run import judge


def place(name, shown, kind="huyen", **more):
    return unit(name, kind, **more)._replace(name=shown)


AT = Place("plans/14-KH.yaml", 1)
WORLD = (
    place("t", "Tỉnh T", "tinh"),
    place("a", "Huyện A", parent="t"),
    place("b", "Huyện B", parent="t"),
    place("c", "Thành phố C", parent="t"),
    place("gone", "Huyện Cũ", parent="t", closed="2023-06-30"),
    place("office", "Phòng A", "phong", serves="a"),
    place("far", "Huyện Xa"),
)


def table(name, promised, done=(), as_of="2023-12-31", units=WORLD, **asked):
    situation, problems = judge(project(promised, units, done), asking(as_of, **asked))
    assert not problems
    return [row.cells for row in rows(name, situation)]


def within(*tasks, **more) -> Plan:
    return plan(*tasks, within="t", **more)


def only(found):
    (row,) = found
    return row


# Coverage


def test_a_task_of_two_districts_is_read_with_all_that_there_are():
    trip = task("1", "coverage", "a b", due="2023-06-30")
    row = only(table("coverages", within(trip), [actual("1", "a", "2023-05-01")]))
    # Neither the dissolved one, nor that of another province, nor an office is one of them.
    assert (row["asked"], row["reached"], row["total"], row["counted"]) == (2, 1, 3, "huyện, thành phố")
    assert (row["below"], row["below_units"], row["pending"]) == (1, "b", 0)


def test_before_the_day_nothing_is_below_and_what_cannot_be_told_is_pending():
    trip = task("1", "coverage", "a b", due="2023-06-30")
    row = only(table("coverages", within(trip), as_of="2023-06-01"))
    assert (row["pending"], row["below"]) == (2, 0)
    claimed = actual("1", "a", "2023-05-01", doc="")
    row = only(table("coverages", within(trip), [claimed]))
    assert (row["reached"], row["pending"], row["below"]) == (0, 1, 1)


def test_a_quota_that_was_missed_once_is_missed():
    quota = task("1", "quantity", "a b", every="quarter", target=amount(1, "mô hình"))
    done = [actual("1", "a", f"2023-{month:02d}-05", quantity=amount(1, "mô hình")) for month in (2, 5, 8)]
    row = only(table("coverages", within(quota), done, as_of="2023-10-05"))
    assert (row["below_units"], row["pending"], row["reached"]) == ("b", 1, 0)


def test_the_exempt_are_neither_asked_nor_counted():
    signing = task("1", "coverage", "huyen", due="2023-06-30", applies="office = TRUE")
    units = [one._replace(facts={"office": (Fact("office", one.id != "c", "x"),)}) if one.kind == "huyen" else one for one in WORLD]
    row = only(table("coverages", within(signing), [actual("1", "a", "2023-05-01")], units=units))
    assert (row["asked"], row["total"]) == (2, 2)


@pytest.mark.parametrize("owing", ["office t", "a", "office"])
def test_bodies_and_a_single_territory_are_no_coverage(owing):
    assert table("coverages", within(task("1", "coverage", owing, due="2023-06-30"))) == []


def test_what_one_unit_alone_shows_is_not_said_of_the_plan():
    trip = task("1", "coverage", "a b", due="2023-06-30", items=("x",), measure="inspection")
    promised = within(trip, areas={"1": "Một"})
    done = [actual("1", "a", "2023-05-01", mode="trực tiếp")]
    for name in ("coverages", "inspections", "items", "areas"):
        assert table(name, promised, done)
        situation, _ = judge(project(promised, WORLD, done), asking("2023-12-31", units=("a",)))
        assert list(rows(name, situation)) == []


def told(reach, place="", **more) -> Actual:
    return actual("1", "t", "2023-05-01", reach=reach, place=place, **more)


@pytest.mark.parametrize(
    ("reach", "place", "named", "total"),
    [
        (amount(2, "huyện, thành phố"), "", 0, 3),
        (amount(2, "huyện, thành phố"), "Huyện A; Thành phố C", 2, 3),
        (amount(2, "huyện"), "xã X, huyện A", 1, 2),
        (amount(9, "trường"), "Huyện A", 0, None),
        (amount(9, "trường"), "Trường B; Huyện A", 1, None),
        (amount(3, ""), "Huyện A", 0, None),
    ],
)
def test_places_that_a_record_counts_and_names(reach, place, named, total):
    row = only(table("coverages", within(task("1", "quantity", "t")), [told((reach,), place)]))
    assert (row["told_by"], row["asked"], row["reached"]) == ("record", reach.value, reach.value)
    assert (row["named"], row["total"]) == (named, total)


def test_each_number_of_a_record_is_a_row_with_its_own_key():
    found = table("coverages", within(task("1", "quantity", "t")), [told((amount(2, "huyện"), amount(9, "trường")))])
    assert [row["slug"] for row in found] == ["huyen", "truong"]


# Models, and guidance beside them


def models(*guided: str, due="2023-06-30", guiding=True, exempt=""):
    tasks = [task("1", "quantity", "a b c", due="2023-09-30", measure="mo-hinh", target=amount(3, "mô hình"))]
    if guiding:
        tasks.append(task("2", "coverage", "a b", due=due, measure="huong-dan", applies="office = TRUE"))
    units = [one._replace(facts={"office": (Fact("office", one.id != exempt, "x"),)}) for one in WORLD]
    done = [actual("1", "a", "2023-05-01", quantity=amount(3, "mô hình")), actual("1", "b", "2023-05-01", quantity=amount(1, "mô hình"))]
    done += [actual("2", who, "2023-04-01") for who in guided]
    return next(row for row in table("coverages", within(*tasks), done, units=units) if row["measure"] == "mo-hinh")


def test_districts_below_the_number_that_was_set_for_each():
    row = models("a", "b")
    assert (row["below"], row["asked"], row["below_units"], row["unguided"]) == (2, 3, "b,c", 0)


def test_guidance_that_is_past_its_day_is_seen_beside_it():
    assert models("a")["unguided"] == 1
    # In time it is no lack yet; where nobody promised any, nothing can be said.
    assert models("a", due="2024-06-30")["unguided"] == 0
    assert models(guiding=False)["unguided"] is None
    # Nobody guides a place to which the task does not apply.
    assert models("a", exempt="b")["unguided"] is None


# Inspections


def inspected(*ways: tuple[str, str], measure="inspection"):
    looking = task("1", "coverage", "huyen", due="2023-12-01", measure=measure)
    return table("inspections", within(looking), [actual("1", who, "2023-05-01", mode=how) for who, how in ways])


def test_on_the_spot_and_from_afar():
    row = only(inspected(("a", "trực tiếp"), ("b", "Gián tiếp"), ("c", "")))
    assert (row["direct"], row["indirect"], row["total"], row["indirect_units"]) == (1, 1, 3, "b")
    assert inspected(("a", "")) == inspected(("a", "trực tiếp"), measure="doan") == []


# Lists


def listed(*covered: tuple[str, ...], as_of="2023-12-31", wanted=("dự án 1", "Dự án 2", "dự án 3")):
    looking = task("1", "coverage", "a b", due="2023-06-30", items=wanted)
    done = [actual("1", who, "2023-05-01", items=items) for who, items in zip("ab", covered, strict=False)]
    return only(table("items", within(looking), done, as_of))


def test_a_list_is_covered_by_all_who_owe_it_together():
    row = listed(("dự án 1",), ("DỰ ÁN 2", "dự án 9"))
    assert (row["covered"], row["items"], row["left"], row["strange"]) == (2, 3, "dự án 3", "dự án 9")
    row = listed(("dự án 1", "dự án 2"), ("dự án 3",))
    assert (row["covered"], row["left"], row["strange"]) == (3, None, None)


def test_a_list_is_over_when_nobody_has_time_left():
    assert not listed((), as_of="2023-06-30")["over"]
    assert listed(("dự án 1",), ("dự án 1",), as_of="2023-06-01")["over"], "both did their part"
    assert listed(as_of="2023-07-01")["over"]


@given(st.lists(st.sets(st.sampled_from("ABCDE")), max_size=2), st.sets(st.sampled_from("abcde"), min_size=1))
def test_covered_and_left_make_the_list(covered, wanted):
    row = listed(*(tuple(sorted(one)) for one in covered), wanted=tuple(sorted(wanted)))
    left = row["left"].split("; ") if row["left"] else []
    assert row["covered"] + len(left) == row["items"] == len(wanted)
    assert set(left) == wanted - {item.casefold() for one in covered for item in one}


# Areas


def test_an_area_with_its_figures_and_its_successors():
    tasks = [task("1", "quantity", "t", area="1"), task("2", "milestone", "t", area="1"), task("3", "milestone", "t", area="2")]
    now = within(*tasks, areas={"1": "Một", "2": "Hai"}, under="08-CTr")
    then = plan(task("1", plan="Sau", key="15-KH", continues="14-KH/2"), number="Sau", key="15-KH", period="2024", under="08-CTr")
    done = [actual("1", "t", "2023-05-01", people=amount(20, "người")), actual("3", "t", "2023-05-01")]
    one, two = table("areas", [now, then], done)
    assert (one["tasks"], one["recorded"], one["quantified"], one["continued"], one["next"]) == (2, 1, 1, 1, "Sau")
    assert (two["tasks"], two["recorded"], two["quantified"], two["continued"]) == (1, 1, 0, 0)
    assert one["ended"]
    assert not table("areas", now, done, as_of="2023-12-30")[0]["ended"]
    assert table("areas", within(*tasks, areas={"1": "Một"}, closed="2023-12-20"), as_of="2023-12-20")[0]["ended"]
    alone = table("areas", now, done)[0]
    assert (alone["next"], alone["continued"]) == (None, None)


def test_the_next_plans_are_those_of_the_nearest_later_period():
    def named(name, period, under="F"):
        return plan(number=name, key=name, period=period, under=under)

    plans = [named("b", "2024"), named("a", "2023"), named("c", "2024"), named("d", "2025"), named("x", "2026", "G")]
    found = {key: [one.id for one in several] for key, several in after(plans).items()}
    assert found == {"a": ["b", "c"], "b": ["d"], "c": ["d"]}
    assert after([named("a", "2023", ""), named("b", "2024", "")]) == {}


# Overlaps


def test_the_whole_province_beside_one_of_its_bodies():
    counted = task("1", "quantity", "t a b")
    done = [
        actual("1", "a", "2023-05-01", quantity=amount(1, "hội nghị"), level="tinh"),
        actual("1", "t", "2023-05-01", quantity=amount(38, "hội nghị"), level="toan-tinh"),
        actual("1", "b", "2023-05-01", quantity=amount(2, "lớp"), level="huyen"),
    ]
    row = only(table("overlaps", within(counted), done))
    assert (row["why"], row["unit"], row["first"], row["other_unit"], row["second"]) == ("level", "t", "38 hội nghị", "a", "1 hội nghị")
    assert table("overlaps", within(counted), done[:1]) == []


def meeting(name, section, who="t", **more):
    more = {"measure": "hoi-nghi", "audience": "uy-tin"} | more
    return task(name, "milestone", who, section=section, **more)


def overlapping(*tasks):
    done = [actual(one.id, who, "2023-05-01") for one in tasks for who in one.owed_by]
    return [(row["first"], row["second"]) for row in table("overlaps", within(*tasks), done)]


def test_one_kind_of_deed_for_one_audience_under_two_headings():
    assert overlapping(meeting("1", "I.2"), meeting("2", "I.3"), meeting("3", "I.4")) == [("I.2", "I.3"), ("I.3", "I.4")]
    assert overlapping(meeting("1", "I.2"), meeting("2", "I.2")) == []
    assert overlapping(meeting("1", "I.2"), meeting("2", "I.3", "a")) == []
    assert overlapping(meeting("1", "I.2"), meeting("2", "I.3", measure="doan")) == []
    assert overlapping(meeting("1", "I.2"), meeting("2", "I.3", audience="khac")) == []
    assert overlapping(meeting("1", "I.2", audience=""), meeting("2", "I.3", audience="")) == []


@given(st.lists(st.tuples(st.sampled_from(["I.1", "I.2", "I.3"]), st.sampled_from("xy")), max_size=12))
def test_pairs_grow_with_the_tasks_and_not_with_their_square(made):
    tasks = [meeting(str(number), section, audience=audience) for number, (section, audience) in enumerate(made)]
    assert len(overlapping(*tasks)) <= max(0, len(tasks) - 1)


# What a rule says of a project without such rows


def test_a_table_that_a_project_can_do_without_makes_no_rule_silent():
    asked = [
        rule("task-models-few", "below > 0", "coverages", scope="measure = 'mo-hinh'", message="{title}"),
        rule("task-some", "lead IS NULL", "tasks", scope="measure = 'mo-hinh'", message="{title}"),
        rule("rule-saw-nothing", "rows = 0", "rules", message="{rule}"),
    ]
    trip = task("1", "coverage", "a b", due="2023-06-30", measure="doan")
    found = report(within(trip), WORLD, (), "2023-12-31", asked)
    assert [finding.row["rule"] for finding in found.findings] == ["task-some"]
    assert found.saw["task-models-few"] == 0


# Names of levels


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Thành phố C", "Huyện A", "huyện B"], "huyện, thành phố"),
        (["Thị xã A", "Huyện A"], "huyện, thị xã"),
        (["Huyện A", "Phòng A"], ""),
        ([], ""),
    ],
)
def test_levels_as_reports_list_them(names, expected):
    assert levels(names) == expected


def test_the_level_that_a_name_says():
    assert level("Thành phố Sông Công") == "thành phố"
    assert level("Ban Dân tộc tỉnh") == ""


def test_a_list_is_part_of_what_was_promised():
    def promised(**more):
        one = within(task("1", "coverage", "a b", due="2023-06-30", at=AT, **more))
        return digests(one, (), ())["promises"]

    assert promised() == promised(items=())
    assert promised(items=("x", "y")) == promised(items=("y", "x")) != promised(items=("x",))
    assert promised() != promised(items=("x",))

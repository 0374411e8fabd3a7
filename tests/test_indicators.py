"""Indicators: what their readings are held against, and which identities hold."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from builders import actual, amount, asking, task
from hypothesis import given, strategies as st
from measured import indicator, q, reading, table
from projects import REAL_DAY, SHOWCASE_DAY, judged, real, showcase

from tracker.draft import draft
from tracker.model.indicator import Better
from tracker.model.table import Type
from tracker.model.tables import TABLES
from tracker.model.values import Bound, Quantity
from tracker.rows import rows
from tracker.rows.readings import beside, beyond, half_up, inside_sentence, quotient
from tracker.run import judge

NEW = ("indicators", "comparisons", "identities", "audiences", "guidance")


def held(kind: str, **given) -> Mapping:
    """The only identity of the kind."""
    (found,) = [row for row in table("identities", **given) if row["kind"] == kind]
    return found


RATE = indicator("dtts", better=Better.LOWER, compare=("chung",), numerator="ngheo", denominator="ho")
COMMON = indicator("chung", better=Better.LOWER)
FOOTNOTE = [
    reading("dtts", "8,57%", "2022"), reading("chung", "4,35%", "2022"), reading("ngheo", "8.238 hộ", "2022"),
    reading("ho", "96.105 hộ", "2022"), reading("dtts", "6,47%"), reading("chung", "3,35%"),
]  # fmt: skip
PARTS = [indicator("ngheo"), indicator("ho")]


def test_the_real_data_give_footnote_2_to_the_digit():
    situation, _ = judge(real(), asking("2023-12-31"))
    by_year = {row.cells["year"]: row.cells for row in rows("comparisons", situation)}
    row = by_year["2023"]
    names = ("value", "other", "gap", "numerator", "denominator")
    assert [row[f"{name}_before"] for name in names] == [Decimal("8.57"), Decimal("4.35"), Decimal("4.22"), 8238, 96105]
    assert [row[name] for name in names] == [Decimal("6.47"), Decimal("3.35"), Decimal("3.12"), None, None]
    assert (row["ratio"], row["ratio_before"], row["gap_fall"]) == (Decimal("1.93"), Decimal("1.97"), Decimal("1.10"))
    assert (row["year"], row["year_before"], row["latest"], row["numerator_missing"]) == ("2023", "2022", True, True)
    assert (by_year["2022"]["latest"], by_year["2022"]["gap_before"]) == (False, None)


def test_every_identity_of_the_real_data_holds():
    situation, _ = judge(real(), asking("2023-12-31"))
    found = [row.cells for row in rows("identities", situation)]
    complete = [row for row in found if row["complete"]]
    assert {row["kind"] for row in complete} >= {"sum", "ratio", "share", "gap", "inside", "record", "parts"}
    assert [row for row in complete if row["difference"] != 0] == []
    assert [(row["kind"], row["period"]) for row in found if not row["complete"]] == [("ratio", "2023")]


def test_the_third_limitation_is_written_without_the_near_poor():
    made = {one.sentence: one.note for one in draft(judged(real(), REAL_DAY)).paragraphs}
    sentences = list(made)
    note = made["Tỷ lệ hộ nghèo dân tộc thiểu số vẫn còn cao hơn tỷ lệ hộ nghèo chung của toàn tỉnh."]
    assert note is not None
    assert note.text == (
        "Năm 2022, tỷ lệ hộ nghèo dân tộc thiểu số là 8,57% (8.238/96.105 hộ), cao hơn 4,22 điểm phần trăm so với "
        "tỷ lệ hộ nghèo chung của toàn tỉnh (4,35%); năm 2023 là 6,47%, cao hơn 3,12 điểm phần trăm (3,35%)."
    )
    assert "Chưa có số liệu về tỷ lệ hộ cận nghèo dân tộc thiểu số để đánh giá." in sentences
    assert not [one for one in sentences if "cận nghèo" in one and "cao hơn" in one]


def test_eleven_numbers_of_the_report_have_neither_day_nor_earlier_value():
    undated = [one for one in judged(real(), REAL_DAY).findings if one.rule == "indicator-undated"]
    assert len(undated) == 9 + 1 + 1
    assert {str(one.row["written"]) for one in undated} >= {"820 người", "2.359 mô hình", "99,79%"}


@pytest.mark.parametrize("name", NEW)
@pytest.mark.parametrize(("which", "day"), [(real, REAL_DAY), (showcase, SHOWCASE_DAY)])
def test_rows_hold_what_their_columns_say(name, which, day):
    situation, _ = judge(which(), asking(day.isoformat()))
    columns = TABLES[name].by_name
    kinds = {Type.TEXT: str, Type.CHOICE: str, Type.NUMBER: (int, Decimal), Type.DATE: date, Type.TRUTH: bool}
    made = rows(name, situation)
    keys = [tuple(row.cells[key] for key in TABLES[name].key) for row in made]
    assert len(set(keys)) == len(keys)
    for row in made:
        assert set(row.cells) == set(columns)
        for key, value in row.cells.items():
            column = columns[key]
            assert value is not None or column.nullable, key
            assert value is None or isinstance(value, kinds[column.type]), (key, value)
            assert not column.values or value is None or value in column.values, key
    assert made or name == "guidance"


def test_what_is_named_and_never_read_is_missing_and_what_nobody_names_is_not():
    found = table("indicators", indicators=[indicator("x", named="II.2", near="dtts"), indicator("y"), RATE], figures=FOOTNOTE)
    assert {(row["indicator"], row["missing"], row["readings"]) for row in found} == {("x", True, 0), ("y", False, 0), ("dtts", False, 2)}
    assert found[0]["near_title"] == "Tỷ lệ dtts"


def test_a_reading_that_is_not_yet_known_is_not_there():
    late = reading("dtts", "6,47%", "2023")._replace(recorded=date(2024, 2, 1))
    assert [row["readings"] for row in table("indicators", indicators=[RATE], figures=[late])] == [0]
    assert [row["readings"] for row in table("indicators", indicators=[RATE], figures=[late], as_of="2024-02-01")] == [1]


def test_of_a_year_the_last_reading_counts_and_a_whole_year_is_no_day():
    figures = [reading("dtts", "7%", "2023-06-30"), reading("dtts", "6%", "2023-09-30"), reading("dtts", "8%", "2022")]
    (row,) = table("indicators", indicators=[RATE], figures=figures)
    assert (row["value"], row["exact_day"], row["has_before"], row["value_before"]) == (6, True, True, 8)
    (row,) = table("indicators", indicators=[RATE], figures=figures[2:])
    assert (row["exact_day"], row["has_before"]) == (False, False)


@pytest.mark.parametrize(
    ("better", "target", "text", "expected"),
    [
        (Better.HIGHER, "95%", "95%", True), (Better.HIGHER, "95%", "94,9%", False), (Better.HIGHER, "95%", "trên 90%", None),
        (Better.HIGHER, "95%", "95 hộ", None), (Better.LOWER, "5%", "5%", True), (Better.LOWER, "5%", "5,1%", False),
        (Better.LOWER, "5%", "dưới 5%", True), (Better.LOWER, "5%", "trên 6%", False), (Better.LOWER, "5%", "trên 4%", None),
        (Better.LOWER, "5%", "khoảng 4%", None),
    ],
)  # fmt: skip
def test_a_target_is_reached_from_its_own_side(better, target, text, expected):
    (row,) = table("indicators", indicators=[indicator("x", better=better, target=q(target))], figures=[reading("x", text)])
    assert row["reached"] is expected


def test_a_district_is_held_against_the_province_above_it():
    own = indicator("dtts", better=Better.LOWER, compare=("dtts",))
    figures = [reading("dtts", "9%", who="a"), reading("dtts", "6%"), reading("dtts", "5%", who="b")]
    found = {row["unit"]: row for row in table("comparisons", indicators=[own], figures=figures)}
    assert {name: (row["gap"], row["other_unit"]) for name, row in found.items()} == {"a": (3, "tn"), "b": (-1, "tn"), "tn": (None, None)}


@pytest.mark.parametrize(("text", "other"), [("trên 6%", "3%"), ("6%", "gần 3%"), ("6%", "3 hộ"), ("khoảng 6%", "3%")])
def test_a_gap_that_a_word_or_a_unit_hides_is_not_told(text, other):
    (row,) = table("comparisons", indicators=[RATE, COMMON], figures=[reading("dtts", text), reading("chung", other)])
    assert (row["gap"], row["ratio"]) == (None, None)
    assert (row["value"], row["other"]) == (6, 3)


def test_nothing_is_divided_by_nothing():
    (row,) = table("comparisons", indicators=[RATE, COMMON], figures=[reading("dtts", "6%"), reading("chung", "0%")])
    assert (row["gap"], row["ratio"]) == (6, None)


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 6))
def test_rounding_is_half_up_and_exact(over, under, places):
    expected = (Decimal(over * 10**places * 2 + under) / (2 * under)).to_integral_value(rounding="ROUND_FLOOR")
    assert Fraction(half_up(Fraction(over, under), places)) * 10**places == int(expected)
    assert quotient(over, 0, places) is None


@given(st.decimals(0, 10**6, places=4))
def test_rounding_a_decimal_is_that_of_decimal(value):
    assert half_up(Fraction(value), 2) == value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


@given(st.integers(8000, 8500))
def test_a_rate_holds_for_exactly_the_numerators_that_round_to_it(numerator):
    figures = [reading("dtts", "8,57%"), reading("ngheo", f"{numerator} hộ"), reading("ho", "96.105 hộ")]
    row = held("ratio", indicators=[RATE, *PARTS], figures=figures)
    assert (row["difference"] == 0) == (8232 <= numerator <= 8241)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [("8,57%", 0), ("8,6%", 0), ("9%", 0), ("8,5719%", 0), ("8,58%", Decimal("0.01")), ("8,56%", Decimal("-0.01")), ("8%", -1)],
)  # fmt: skip
def test_a_rate_is_held_to_the_digits_that_are_printed(printed, expected):
    figures = [reading("dtts", printed), reading("ngheo", "8.238 hộ"), reading("ho", "96.105 hộ")]
    assert held("ratio", indicators=[RATE, *PARTS], figures=figures)["difference"] == expected


def test_a_numerator_is_within_its_denominator():
    figures = [reading("dtts", "100%"), reading("ngheo", "12 hộ"), reading("ho", "10 hộ")]
    row = held("share", indicators=[RATE, *PARTS], figures=figures)
    assert (row["found"], row["expected"], row["difference"]) == (12, 10, 2)


SUM = indicator("tong", parts=("x", "y"))
GAP = indicator("hieu", difference=("x", "y"))


@pytest.mark.parametrize(
    ("one", "text", "sides", "difference"),
    [
        (SUM, "2.359 mô hình", ("1.797 mô hình", "562 mô hình"), 0),
        (SUM, "2.360 mô hình", ("1.797 mô hình", "562 mô hình"), 1),
        (SUM, "2.359 mô hình", ("gần 1.797 mô hình", "562 mô hình"), None),
        (SUM, "2.359 mô hình", ("1.797 mô hình", "562 hộ"), None),
        (SUM, "trên 2.300 mô hình", ("1.797 mô hình", "562 mô hình"), 0),
        (SUM, "trên 2.400 mô hình", ("1.797 mô hình", "562 mô hình"), 41),
        (SUM, "trên 2.359 mô hình", ("1.797 mô hình", "562 mô hình"), None),
        (GAP, "4,22%", ("8,57%", "4,35%"), 0),
        (GAP, "4,2%", ("8,57%", "4,35%"), Decimal("-0.02")),
        (GAP, "4,22%", ("trên 8,57%", "4,35%"), None),
    ],
)
def test_sums_and_gaps(one, text, sides, difference):
    figures = [reading(one.id, text), reading("x", sides[0]), reading("y", sides[1])]
    kind = "sum" if one is SUM else "gap"
    row = held(kind, indicators=[one, indicator("x"), indicator("y")], figures=figures)
    assert (row["complete"], row["difference"]) == (True, difference)
    lacking = held(kind, indicators=[one, indicator("x"), indicator("y")], figures=figures[:2])
    assert (lacking["complete"], lacking["difference"]) == (False, None)


@pytest.mark.parametrize(
    ("part", "whole", "difference"),
    [("trên 90%", "100%", 0), ("95%", "90%", 5), ("trên 95%", "90%", 5), ("80%", "trên 90%", 0), ("95%", "trên 90%", None),
     ("khoảng 90%", "100%", None), ("90 xã", "100%", None), ("dưới 90%", "90%", 0)],
)  # fmt: skip
def test_a_part_inside_its_whole(part, whole, difference):
    pair = [indicator("x", inside="y"), indicator("y")]
    assert held("inside", indicators=pair, figures=[reading("x", part), reading("y", whole)])["difference"] == difference


def test_the_same_number_in_two_places():
    figures = [reading("x", "820 người", source="I.3"), reading("x", "802 người", source="II.1")]
    assert held("same", indicators=[indicator("x")], figures=figures)["difference"] == -18
    twice = [reading("x", "gần 1.500 đại biểu"), reading("x", "gần 1.500 người"), reading("x", "gần 1.500 đại biểu")]
    assert [row["difference"] for row in table("identities", indicators=[indicator("x")], figures=twice)] == [None, 0]


def test_what_counts_from_the_beginning_never_falls():
    one = indicator("x", cumulative=True)
    figures = [reading("x", "40 mô hình", "2022"), reading("x", "38 mô hình", "2023")]
    row = held("cumulative", indicators=[one], figures=figures)
    assert (row["found"], row["right"], row["difference"]) == (38, "≥ 40 mô hình", 2)


def test_a_province_is_its_districts():
    one = indicator("x", additive=True)
    figures = [reading("x", "30 hộ"), reading("x", "10 hộ", who="a"), reading("x", "19 hộ", who="b")]
    assert held("units", indicators=[one], figures=figures)["difference"] == 1
    row = held("units", indicators=[one], figures=figures[:2])
    assert (row["complete"], row["difference"]) == (False, None)


def test_a_reading_is_what_the_records_of_its_task_add_up_to():
    one = indicator("x", task="14-KH/2.1")
    tasks = [task("2.1", "quantity", "tn")]
    records = [actual("2.1", "tn", day, quantity=amount(5, "mô hình")) for day in ("2023-03-01", "2023-08-01")]
    row = held("record", indicators=[one], figures=[reading("x", "11 mô hình")], tasks=tasks, actuals=records)
    assert (row["expected"], row["difference"]) == (10, 1)
    row = held("record", indicators=[one], figures=[reading("x", "11 mô hình")], tasks=tasks)
    assert row["complete"] is False


@given(st.sampled_from(list(Bound)), st.integers(0, 20), st.integers(0, 20))
def test_a_word_never_makes_a_number_wrong_that_it_allows(bound, value, truth):
    allowed = {
        Bound.EXACT: truth == value, Bound.OVER: truth > value, Bound.AT_LEAST: truth >= value,
        Bound.UNDER: truth < value, Bound.AT_MOST: truth <= value,
    }  # fmt: skip
    off = beside(Quantity(value, bound), truth)
    assert (off == 0) == allowed.get(bound, False)
    assert beyond(Quantity(value, bound), Quantity(truth)) in (None, 0) or value > truth


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Tỷ lệ hộ nghèo", "tỷ lệ hộ nghèo"), ("DTTS có việc làm", "DTTS có việc làm"), ("Độ che phủ", "độ che phủ"), ("", "")],
)
def test_a_title_inside_a_sentence(title, expected):
    assert inside_sentence(title) == expected


def test_nothing_is_made_for_a_project_without_indicators():
    assert {name: table(name) for name in NEW} == {name: [] for name in NEW}

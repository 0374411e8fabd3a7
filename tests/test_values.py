"""Text as people write it → values. What can be read in two ways is refused with both readings."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from tracker.lang import words
from tracker.model.values import Bound, Span
from tracker.periods import span_of
from tracker.read.days import parse_day, parse_period, parse_span
from tracker.read.values import (
    BOUNDS,
    Refusal,
    parse_count,
    parse_fact_name,
    parse_key,
    parse_number,
    parse_quantity,
    parse_slug,
    parse_truth,
    slug,
)


def refusal(value: object) -> tuple[str, dict[str, str]]:
    assert isinstance(value, Refusal), value
    return value.code, dict(value.args)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2.359", 2359), ("96.105", 96105), ("96 105", 96105), ("96\u00a0105", 96105), ("96\u202f105", 96105), ("08", 8), ("8.700", 8700),
        ("1.234.567", 1234567), ("99,79", Decimal("99.79")), ("2.359,5", Decimal("2359.5")), ("0,123", Decimal("0.123")),
        ("1.234,567", Decimal("1234.567")), ("1,2340", Decimal("1.2340")), ("0", 0), ("-5", -5), (" 12 ", 12), ("999999999999999", 10**15 - 1),
    ],
)  # fmt: skip
def test_numbers(text, value):
    number = parse_number(text)
    assert number == value
    assert type(number) is type(value)


@pytest.mark.parametrize(
    ("text", "code", "readings"),
    [
        ("1.5", "value-dot", {"1,5", "15"}),
        ("0.123", "value-dot", {"0,123", "123"}),
        ("1,234", "value-comma", {"1.234", "1,2340"}),
        ("12,345", "value-comma", {"12.345", "12,3450"}),
        ("1,234,567", "value-english", {"1.234.567"}),
        ("1,234.5", "value-english", {"1.234,5"}),
        ("１２", "value-foreign-digit", {"1", "FULLWIDTH DIGIT ONE"}),
        ("٣", "value-foreign-digit", {"3", "ARABIC-INDIC DIGIT THREE"}),
        ("½", "value-foreign-digit", {"VULGAR FRACTION ONE HALF"}),
        ("1234567890123456", "value-digits", {"15"}),
        ("1.23.456", "value-number", set()),
        ("", "value-number", set()),
        ("12a", "value-number", set()),
        ("1e9", "value-number", set()),
        ("0x10", "value-number", set()),
        ("1_000", "value-number", set()),
        ("NaN", "value-number", set()),
    ],
)
def test_numbers_refused(text, code, readings):
    found, args = refusal(parse_number(text))
    assert found == code
    assert readings <= set(args.values())


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_a_whole_number_as_we_print_it_is_read_back(number):
    assert parse_number(words("vi").number(number)) == number


@given(st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False))
def test_a_decimal_number_as_we_print_it_is_read_back(number):
    assert parse_number(words("vi").number(number)) == number


@given(st.text(max_size=40))
def test_no_text_makes_a_parser_raise(text):
    for parse in (parse_number, parse_quantity, parse_day, parse_span, parse_period, parse_count, parse_truth, parse_slug, parse_key, parse_fact_name):
        parse(text)


@given(st.text(alphabet="0123456789., -/QH.IVquýthángnăm", max_size=20))
def test_nothing_that_is_read_is_out_of_bounds(text):
    span = parse_span(text)
    if isinstance(span, Span):
        assert date(1900, 1, 1) <= span.first <= span.last <= date(2199, 12, 31)
    periods = parse_period(text)
    if not isinstance(periods, Refusal):
        assert periods
        assert all(span_of(period) for period in periods)


@pytest.mark.parametrize(
    ("text", "value", "bound", "unit"),
    [
        ("trên 4.700 đại biểu", 4700, Bound.OVER, "đại biểu"),
        ("Trên 4.700", 4700, Bound.OVER, ""),
        ("gần 1.500", 1500, Bound.UNDER, ""),
        ("không dưới 3 lớp", 3, Bound.AT_LEAST, "lớp"),
        ("6,47%", Decimal("6.47"), Bound.EXACT, "%"),
        ("05 hội nghị", 5, Bound.EXACT, "hội nghị"),
        ("4,5 tỷ đồng", Decimal("4.5"), Bound.EXACT, "tỷ đồng"),
        ("3 500 đại biểu", 3500, Bound.EXACT, "đại biểu"),
        ("10 km2", 10, Bound.EXACT, "km2"),
        ("500 m²", 500, Bound.EXACT, "m²"),
        ("12", 12, Bound.EXACT, ""),
        ("4.152 lươ\u0323t", 4152, Bound.EXACT, "lượt"),
    ],
)
def test_quantities(text, value, bound, unit):
    quantity = parse_quantity(text)
    assert not isinstance(quantity, Refusal)
    assert (quantity.value, quantity.bound, quantity.unit) == (value, bound, unit)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ba hội nghị", "value-quantity"), ("3-5 lớp", "value-range"), ("từ 3–5 lớp", "value-word"), ("5/7 xã", "value-range"),
        ("3 lớp, 5 hội nghị", "value-two-numbers"), ("-3 lớp", "value-negative"), ("chừng 5", "value-word"), ("1.5 tỷ", "value-dot"),
        ("1,234 người", "value-comma"), ("12.", "value-quantity"), ("", "value-quantity"), ("5 * 2", "value-quantity"),
    ],
)  # fmt: skip
def test_quantities_refused(text, code):
    assert refusal(parse_quantity(text))[0] == code


@pytest.mark.parametrize(("word", "bound"), BOUNDS)
def test_every_word_before_a_number(word, bound):
    quantity = parse_quantity(f"{word} 12 lớp")
    assert not isinstance(quantity, Refusal)
    assert quantity.bound is bound


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01/02/2023", date(2023, 2, 1)), ("14-6-2023", date(2023, 6, 14)), ("2.4.2023", date(2023, 4, 2)), ("2023-02-01", date(2023, 2, 1)),
        ("ngày 15 tháng 3 năm 2022", date(2022, 3, 15)), ("29/02/2024", date(2024, 2, 29)),
    ],
)  # fmt: skip
def test_days(text, day):
    assert parse_day(text) == day
    assert parse_span(text) == Span(day, day)


@pytest.mark.parametrize(
    ("text", "code", "near"),
    [
        ("2023-13-40", "value-month", None), ("30/02/2023", "value-no-day", None), ("29/02/2023", "value-no-day", None), ("5", "value-day", None),
        ("1/2/23", "value-short-year", "1/2/2023"), ("02/14/2023", "value-month-first", "14/02/2023"), ("2023", "value-rough-day", None),
        ("tháng 3/2023", "value-rough-day", None), ("1/2-2023", "value-day", None), ("1/1/0001", "value-year", None),
        ("1/1/9999", "value-year", None), ("１/2/2023", "value-foreign-digit", "1"), ("hôm qua", "value-day", None),
    ],
)  # fmt: skip
def test_days_refused(text, code, near):
    found, args = refusal(parse_day(text))
    assert (found, args.get("near")) == (code, near)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)), ("năm 2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("tháng 2/2024", date(2024, 2, 1), date(2024, 2, 29)), ("tháng 3 năm 2023", date(2023, 3, 1), date(2023, 3, 31)),
        ("3/2023", date(2023, 3, 1), date(2023, 3, 31)), ("2023-03", date(2023, 3, 1), date(2023, 3, 31)),
        ("quý I/2023", date(2023, 1, 1), date(2023, 3, 31)), ("Quý IV năm 2023", date(2023, 10, 1), date(2023, 12, 31)),
        ("quý 2/2023", date(2023, 4, 1), date(2023, 6, 30)), ("2023-Q1", date(2023, 1, 1), date(2023, 3, 31)),
        ("2023-H2", date(2023, 7, 1), date(2023, 12, 31)), ("6 tháng đầu năm 2023", date(2023, 1, 1), date(2023, 6, 30)),
        ("2022-2025", date(2022, 1, 1), date(2025, 12, 31)), ("2022 – 2025", date(2022, 1, 1), date(2025, 12, 31)),
    ],
)  # fmt: skip
def test_roughly_known_days(text, first, last):
    assert parse_span(text) == Span(first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        *((text, date(2023, 6, 14), date(2023, 6, 16)) for text in (
            "14–16/6/2023", "14-16/6/2023", "14 - 16/06/2023", "từ 14 đến 16/6/2023", "từ ngày 14 đến ngày 16/6/2023", "14/6–16/6/2023",
            "14/6/2023..16/6/2023", "2023-06-14..2023-06-16", "14-6-2023 .. 16-6-2023", "14.6–16.6.2023", "ngày 14, 15, 16/6/2023",
            "các ngày 14, 15 và 16/6/2023", "14/6/2023 - 16/6/2023", "Từ ngày 14/6/2023 đến hết ngày 16/6/2023",
        )),
        ("28/6 - 02/7/2023", date(2023, 6, 28), date(2023, 7, 2)), ("28/12/2022 – 02/01/2023", date(2022, 12, 28), date(2023, 1, 2)),
    ],
)  # fmt: skip
def test_a_deed_of_several_days_is_done_on_the_last(text, first, last):
    span = parse_span(text)
    assert span == Span(first, last, lasting=True)
    assert (span.done, span.exact) == (last, False)
    assert parse_span(f"{first:%d/%m/%Y}..{last:%d/%m/%Y}") == span


def test_from_one_month_or_quarter_to_another():
    for text in ("quý II–III/2023", "Quý 2-3/2023", "tháng 4–9/2023", "từ tháng 4 đến tháng 9/2023", "tháng 4 - tháng 9 năm 2023"):
        assert parse_span(text) == Span(date(2023, 4, 1), date(2023, 9, 30)), text


@pytest.mark.parametrize(
    ("text", "code", "near"),
    [
        ("16–14/6/2023", "value-span-order", "14/06/2023..16/06/2023"), ("28/12 - 02/01/2024", "value-span-order", "28/12/2023..02/01/2024"),
        ("16/6/2023..14/6/2023", "value-span-order", "14/06/2023..16/06/2023"), ("14, 18/6/2023", "value-apart", None), ("14–31/6/2023", "value-no-day", None),
        ("14–16/6", "value-span", None), ("14.6–16/6/2023", "value-span", None), ("tháng 11–2/2024", "value-span-order", "tháng 11/2023"),
        ("29/2 - 01/01/2024", "value-span-order", None), ("14/6/2023..", "value-span", None),
    ],
)  # fmt: skip
def test_runs_of_days_refused(text, code, near):
    found, args = refusal(parse_span(text))
    assert found == code
    assert near is None or args["near"] == near


@pytest.mark.parametrize(
    ("text", "code"),
    [("2025-2022", "value-span-order"), ("13/2023", "value-month"), ("quý 5/2023", "value-span"), ("5", "value-span"), ("2023-Q5", "value-span")],
)
def test_roughly_known_days_refused(text, code):
    assert refusal(parse_span(text))[0] == code


@pytest.mark.parametrize(
    ("text", "first", "last", "count"),
    [
        ("2023-01..2023-12", "2023-01", "2023-12", 12), ("2023-11..2024-02", "2023-11", "2024-02", 4), ("2023-Q3..2024-Q2", "2023-Q3", "2024-Q2", 4),
        ("2023-H1..2024-H1", "2023-H1", "2024-H1", 3), ("2022..2025", "2022", "2025", 4), ("2023-02", "2023-02", "2023-02", 1),
        ("quý II/2023", "2023-Q2", "2023-Q2", 1), ("tháng 2/2023..tháng 4/2023", "2023-02", "2023-04", 3), ("2022-2025", "2022-2025", "2022-2025", 1),
    ],
)  # fmt: skip
def test_periods(text, first, last, count):
    periods = parse_period(text)
    assert not isinstance(periods, Refusal)
    assert (periods[0], periods[-1], len(periods), len(set(periods))) == (first, last, count, count)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2023-12..2023-01", "value-run"), ("2023-01..2023-Q2", "value-run"), ("2023-Q1..2023-H2", "value-run"), ("1900-01..2199-12", "value-run"),
        ("kỳ 2", "value-period"), ("2023-2", "value-period"), ("2023-13", "value-month"), ("0000", "value-year"), ("..", "value-period"),
    ],
)  # fmt: skip
def test_periods_refused(text, code):
    assert refusal(parse_period(text))[0] == code


def test_truths_counts_and_names():
    assert [parse_truth(text) for text in ("true", "Có", "YES", "đúng")] == [True] * 4
    assert [parse_truth(text) for text in ("false", "không", "No", "sai")] == [False] * 4
    assert refusal(parse_truth("1"))[0] == "value-truth"
    assert (parse_count("05"), parse_count("31", 31)) == (5, 31)
    assert [refusal(parse_count(text, 31))[0] for text in ("32", "-1", "1.000", "", "5 ngày")] == ["value-count"] * 5
    assert parse_slug("p-song-cong") == "p-song-cong"
    assert refusal(parse_slug("Sông Công")) == ("value-id", {"text": "Sông Công", "near": "song-cong"})
    # Cyrillic а looks like ours and is another unit
    assert refusal(parse_slug("b\u0430n"))[0] == "value-id"
    assert parse_fact_name("has_ethnic_office") == "has_ethnic_office"
    assert refusal(parse_fact_name("Có phòng"))[1]["near"] == "co_phong"
    assert parse_key("147-CTHĐ") == "147-CTHĐ"
    assert [refusal(parse_key(text))[0] for text in ("14 KH", "14-KH/A", "a:b", "")] == ["value-key"] * 4


@given(st.text(min_size=1, max_size=30))
def test_a_suggested_id_is_an_id(text):
    assert parse_slug(slug(text)) == slug(text)

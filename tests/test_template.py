"""Sentences of rules: a closed grammar that the engine's sandbox fills, and nothing that a filling says is ever read."""

import pytest
from hypothesis import example, given, strategies as st

from tracker.draft.template import filled
from tracker.lang.template import Malformed, Template, read_template


@pytest.mark.parametrize(
    ("text", "slots", "printed"),
    [
        ("Không có ô.", (), ()),
        ("{unit} chậm {count} việc của {unit}.", ("unit", "count"), ("unit", "count")),
        ("{unit}{% if count %} ({count}){% endif %}.", ("unit", "count"), ("unit", "count")),
        ("{unit}{% if title %} chậm{% else %} sớm{% endif %}.", ("unit", "title"), ("unit",)),
        ("Đạt {count} % kế hoạch.", ("count",), ("count",)),
    ],
)
def test_what_may_be_written(text: str, slots: tuple[str, ...], printed: tuple[str, ...]):
    assert read_template(text) == Template(text, slots, printed)


@pytest.mark.parametrize(
    ("text", "code", "mark"),
    [
        ("{unit.name}", "shape-limitation-mark", "{unit.name}"),
        ("{{ unit }}", "shape-limitation-mark", "{{ unit }}"),
        ("{ unit }", "shape-limitation-mark", "{ unit }"),
        ("{unit|upper}", "shape-limitation-mark", "{unit|upper}"),
        ("{# lời #}", "shape-limitation-mark", "{# lời #}"),
        ("{% for x in unit %}", "shape-limitation-mark", "{% for x in unit %}"),
        ("{% if unit == title %}{% endif %}", "shape-limitation-mark", "{% if unit == title "),
        ("thừa }", "shape-limitation-mark", "}"),
        ("thừa %}", "shape-limitation-mark", "%}"),
        ("{% if %}{% endif %}", "shape-limitation-part", "{% if %}"),
        ("{% endif %}", "shape-limitation-part", "{% endif %}"),
        ("{% else %}", "shape-limitation-part", "{% else %}"),
        ("{% if unit %}{% if title %}{% endif %}{% endif %}", "shape-limitation-part", "{% if title %}"),
        ("{% if unit %}{% else %}{% else %}{% endif %}", "shape-limitation-part", "{% else %}"),
        ("{% if unit %}chậm", "shape-limitation-part", "{% if … %}"),
    ],
)
def test_what_may_not(text: str, code: str, mark: str):
    read = read_template(text)
    assert isinstance(read, Malformed)
    assert (read.code, read.args) == (code, {"mark": mark})


@pytest.mark.parametrize("digit", ["7", "٧", "七", "½", "Ⅳ", "²"])
def test_a_figure_of_any_script_is_refused(digit: str):
    assert read_template(f"Chậm {digit} ngày.") == Malformed("shape-limitation-digit", {"digit": digit})


@given(st.text(alphabet="ab {}%#|.ifelsnd_unit", max_size=40))
@example("{% if unit %}{unit}{% else %}b{% endif %}")
def test_all_that_is_read_can_be_filled(text: str):
    read = read_template(text)
    if isinstance(read, Template):
        assert isinstance(filled(text, dict.fromkeys(read.slots, "x")), str)


@given(st.text(max_size=30))
@example("{% if unit %}{unit}{{ 7*7 }}{% endif %}")
@example("{# #}")
def test_a_filling_is_never_read(text: str):
    assert filled("«{unit}»", {"unit": text or "x"}) == f"«{text or 'x'}»"
    assert filled("{% if unit %}«{unit}»{% else %}-{% endif %}", {"unit": text}) == (f"«{text}»" if text else "-")


def test_an_empty_filling_takes_the_blank_before_it_along():
    assert filled("Đạt {count} {unit}, {title}.", {"count": "03", "unit": "", "title": "xong"}) == "Đạt 03, xong."

"""Indicators and their readings made in code, as short as a line of a table."""

from itertools import count

from builders import asking, plan, project, span, unit

from tracker.model.actual import Figure
from tracker.model.indicator import Indicator
from tracker.model.values import Quantity
from tracker.read.values import parse_quantity
from tracker.rows import rows
from tracker.run import judge

PROVINCE = unit("tn", "tinh")
DISTRICTS = tuple(unit(name, parent="tn") for name in ("a", "b"))
OFFICE = unit("bdt", "co-quan-tinh", serves="tn")
UNITS = (PROVINCE, *DISTRICTS, OFFICE)
_ids = count(1)


def q(text: str) -> Quantity:
    found = parse_quantity(text)
    assert isinstance(found, Quantity), text
    return found


def reading(indicator: str, text: str, when: str = "2023", who: str = "tn", **more) -> Figure:
    days = span(when)
    return Figure(f"f{next(_ids)}", indicator, q(text), who, days, days.last, indicator=indicator, **more)


def indicator(name: str, **more) -> Indicator:
    return Indicator(name, f"Tỷ lệ {name}", **more)


def table(name: str, *, indicators=(), figures=(), as_of: str = "2024-01-31", units=UNITS, **more):
    whole = project([plan(*more.pop("tasks", ()))], units, more.pop("actuals", ()))
    whole = whole._replace(indicators=tuple(indicators), figures=tuple(figures), **more)
    situation, problems = judge(whole, asking(as_of))
    assert problems == ()
    return [row.cells for row in rows(name, situation)]

"""Nodes → what a project announces of its working days: holidays and swapped Saturdays that no library knows yet."""

from datetime import timedelta

from tracker.model.period import WorkCalendar
from tracker.model.source import Problem
from tracker.read.found import Found, problem
from tracker.read.shape import listed, record, unknown_keys
from tracker.read.values import Refusal
from tracker.read.yaml import Keys


def read_calendar(root: Keys, found: Found, problems: list[Problem]) -> None:
    """Add the days of a file (head `calendar:`). A day that is announced both ways is a problem."""
    from tracker.read.shapes.regimes import DayOffShape

    unknown_keys(root, ("calendar",), problems)
    off, on = set(found.calendar.off), set(found.calendar.on)
    for node in listed(root, "calendar", problems):
        shape = record(DayOffShape, node, problems)
        if shape is None:
            continue
        first, last = shape.on or shape.first, shape.on or shape.last
        assert first is not None
        assert last is not None
        days = {first + timedelta(days=number) for number in range((last - first).days + 1)}
        if twice := sorted(days & (off if shape.works else on)):
            problems.append(problem(node, Refusal("calendar-both", {"day": f"{twice[0]:%d/%m/%Y}"})))
            continue
        (on if shape.works else off).update(days)
    found.calendar = WorkCalendar(frozenset(off), frozenset(on))



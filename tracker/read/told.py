"""What is told of a table with thousands of wrong rows: the first hundred in full, the rest by kind and line."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator

from tracker.model.source import GROUPED, Place, Problem

MOST = 100
"""Rows of one table whose problems are told in full."""
KINDS = {
    "month": ("value-month",),
    "day": (
        "value-day", "value-span", "value-rough-day", "value-no-day", "value-year", "value-short", "value-apart",
        "table-day",
    ),
    "period": ("value-period", "value-run"),
    "unit": ("reference-unit",),
    "several": ("value-two",),
    "number": (
        "value-number", "value-quantity", "value-range", "value-dot", "value-english", "value-comma", "value-negative",
        "value-word", "value-digits", "value-foreign", "table-number",
    ),
    "cells": ("csv-cells",),
    "quote": ("csv-quote", "csv-unclosed", "csv-long"),
    "recorded": ("value-recorded",),
    "twice": ("reference-twice",),
}  # fmt: skip
"""Kind to what the codes of its problems begin with; every other is "other"."""
MISSING = {"date": "no-date", "unit": "no-unit"}
"""Kind by the key of a cell that is needed and empty."""
ORDER = (*KINDS, *MISSING.values(), "other")


class Told:
    """Keeps the problems of the rows of one table short, as they come."""

    def __init__(self, file: str, *lists: list[Problem]) -> None:
        """`lists` are those to which problems are added; what is in them already is not of rows."""
        self.file = file
        self.lists = [(one, len(one)) for one in lists]
        self.lines: set[int] = set()
        self.more: defaultdict[str, array[int]] = defaultdict(lambda: array("Q"))
        """Lines of the rows that are not told in full, by kind; a row may be wrong in two ways."""

    @property
    def full(self) -> bool:
        """Whether further rows are only counted."""
        return len(self.lines) >= MOST

    def turn(self) -> None:
        """Look at what came since the last time; rows come in order from one time to the next."""
        fresh = [problem for one, start in self.lists for problem in one[start:]]
        if not fresh:
            return
        lines = sorted({problem.place.line for problem in fresh if problem.place.file == self.file} - self.lines)
        kept = self.lines | set(lines[: max(0, MOST - len(self.lines))])
        self.lines = kept
        for number, (one, start) in enumerate(self.lists):
            good: list[Problem] = []
            for problem in one[start:]:
                if problem.place.file == self.file and problem.place.line not in kept:
                    self.more[kind_of(problem)].append(problem.place.line)
                else:
                    good.append(problem)
            one[start:] = good
            self.lists[number] = (one, len(one))

    def rest(self) -> Iterator[Problem]:
        """One problem for each kind of what was not told, with the lines on which it stands."""
        for kind in ORDER:
            if kind in self.more:
                rows = sorted(set(self.more[kind]))
                args = {"kind": kind, "rows": str(len(rows)), "lines": ", ".join(ranges(rows))}
                yield Problem(Place(self.file, rows[0]), GROUPED, args)


def kind_of(problem: Problem) -> str:
    """By what a problem is counted; the same whether or not a suggestion was looked for."""
    if problem.code == "shape-missing":
        return MISSING.get(problem.args["key"], "other")
    return next((kind for kind, starts in KINDS.items() if problem.code.startswith(starts)), "other")


def ranges(lines: Iterable[int]) -> Iterator[str]:
    """Lines in their order, those that follow one another as one: "12", "40-43"."""
    first = last = 0
    for line in lines:
        if line != last + 1 or not first:
            if first:
                yield str(first) if first == last else f"{first}-{last}"
            first = line
        last = line
    if first:
        yield str(first) if first == last else f"{first}-{last}"

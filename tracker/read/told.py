"""What is told of a table in which thousands of rows are wrong: the first hundred in full, the rest by kind."""

from collections import Counter
from collections.abc import Iterable

from tracker.model.source import Place, Problem

MOST = 100
"""Rows of one table whose problems are told in full."""
KINDS = {
    "day": (
        "value-day", "value-span", "value-rough-day", "value-no-day", "value-month", "value-year", "value-short",
        "table-day",
    ),
    "period": ("value-period", "value-run"),
    "unit": ("reference-unit",),
    "number": (
        "value-number", "value-quantity", "value-range", "value-two", "value-dot", "value-english", "value-comma",
        "value-negative", "value-word", "value-digits", "value-foreign", "table-number",
    ),
    "missing": ("shape-missing",),
    "cells": ("csv-",),
    "recorded": ("value-recorded",),
    "twice": ("reference-twice",),
}  # fmt: skip
"""Kind to what the codes of its problems begin with; every other is "other"."""


class Told:
    """Keeps the problems of the rows of one table short, as they come."""

    def __init__(self, file: str, *lists: list[Problem]) -> None:
        """`lists` are those to which problems are added; what is in them already is not of rows."""
        self.file = file
        self.lists = [(one, len(one)) for one in lists]
        self.lines: set[int] = set()
        self.rows = 0
        self.more: Counter[str] = Counter()
        self.first = 0

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
        rest = [line for line in lines if line not in kept]
        self.lines = kept
        self.rows += len(rest)
        self.first = self.first or (rest[0] if rest else 0)
        for number, (one, start) in enumerate(self.lists):
            good: list[Problem] = []
            over: list[Problem] = []
            for problem in one[start:]:
                (over if problem.place.file == self.file and problem.place.line not in kept else good).append(problem)
            one[start:] = good
            self.more.update(map(kind_of, over))
            self.lists[number] = (one, len(one))

    def rest(self) -> Iterable[Problem]:
        """One problem that counts what was not told, where there is any."""
        if self.rows:
            kinds = ";".join(f"{kind}={self.more[kind]}" for kind in (*KINDS, "other") if self.more[kind])
            yield Problem(Place(self.file, self.first), "rows-more", {"rows": str(self.rows), "kinds": kinds})


def kind_of(problem: Problem) -> str:
    """By what a problem is counted; the same whether or not a suggestion was looked for."""
    return next((kind for kind, starts in KINDS.items() if problem.code.startswith(starts)), "other")

"""For which period of a task an entry may be: the one that it names, that its text speaks of, or its day suggests."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from tracker.model.actual import Actual
from tracker.model.plan import Every, Kind
from tracker.model.standing import Obligation
from tracker.names import accents
from tracker.periods import span_of

_YEAR = r"(?:[ /-]*(?:nam )?(?P<year>(?:19|20)[0-9]{2}))?"
_SPOKEN = (
    (Every.NINE_MONTHS, re.compile(rf"\b9 thang(?: dau nam)?{_YEAR}\b")),
    (Every.HALF, re.compile(rf"\b(?:6|sau) thang (?P<number>dau|cuoi) nam{_YEAR}\b")),
    (Every.QUARTER, re.compile(rf"\b(?:quy|q) ?\.?(?P<number>iv|i{{1,3}}|[1-4])\b{_YEAR}")),
    (Every.MONTH, re.compile(rf"\b(?:thang|t) ?\.?(?P<number>1[0-2]|0?[1-9])\b{_YEAR}")),
    (Every.WEEK, re.compile(rf"\btuan (?P<number>[0-5]?[0-9])\b{_YEAR}")),
)
_LENGTHS = (
    (Every.MONTH, re.compile(r"\b(?:hang|dinh ky|giao ban) thang\b|\bbc ?thang\b|\bbao cao thang\b")),
    (Every.QUARTER, re.compile(r"\b(?:hang|dinh ky|giao ban) quy\b|\bbc ?quy\b|\bbao cao quy\b")),
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


class Spoken(NamedTuple):
    """A period that a text speaks of."""

    every: Every
    id: str = ""
    """Its id; empty where only its length is told."""


class Guess(NamedTuple):
    """One obligation of a task, as the one that an entry may be for."""

    obligation: Obligation
    guessed: bool = False
    """Whether nothing but the day speaks for its period."""
    fits: bool | None = None
    """Whether the period that the entry speaks of is one of its own, or of its length; None where it speaks of none."""


def guesses(actual: Actual, text: str, owed: Sequence[Obligation]) -> Iterator[Guess]:
    """Of the obligations of one task and unit, those that the entry may be for; of most tasks there is one at most."""
    if owed[0].task.kind is not Kind.RECURRING:
        yield from _by_days(actual, owed)
        return
    heard = spoken(text, actual.when.last.year)
    names = {actual.period} if actual.period else {one.id for one in heard if one.id}
    lengths = {one.every for one in heard}
    fits = (owed[0].task.every in lengths) if lengths else None
    exact = [one for one in owed if one.period.id in names]
    for one in exact:
        yield Guess(one, fits=True)
    if exact or actual.period:
        return
    # Sent after its period was over, or before: both are possible, and nothing but the writer tells.
    ended = [one for one in owed if one.period.cutoff <= actual.when.last]
    running = [one for one in owed if one.period.opens <= actual.when.last <= one.period.cutoff]
    for one in (*ended[-1:], *(one for one in running if one not in ended[-1:])):
        yield Guess(one, guessed=True, fits=fits)


def _by_days(actual: Actual, owed: Sequence[Obligation]) -> Iterator[Guess]:
    when = (span_of(actual.period) if actual.period else None) or actual.when
    cases = [one for one in owed if one.event]
    named = [one for one in cases if one.period.id == actual.period]
    inside = [one for one in owed if one.period.first <= when.first and when.last <= one.period.last and not one.event]
    if named:
        yield Guess(named[0])
    elif inside:
        yield Guess(inside[0])
        yield from (Guess(one, guessed=True) for one in cases if one.period.first <= when.first)
    elif len(owed) == 1:
        yield Guess(owed[0])


@lru_cache(maxsize=1024)
def spoken(text: str, year: int) -> tuple[Spoken, ...]:
    """The periods and lengths of period that a text speaks of; of a period without a year, of this one."""
    folded = " ".join(accents(text).split())
    found: list[Spoken] = []
    for every, pattern in _SPOKEN:
        for match in pattern.finditer(folded):
            which = match["year"] or str(year)
            found.append(Spoken(every, _named(every, match, which)))
    found += [Spoken(every) for every, pattern in _LENGTHS if pattern.search(folded)]
    return tuple(found)


def _named(every: Every, match: re.Match[str], year: str) -> str:
    if every is Every.NINE_MONTHS:
        return f"{year}-9M"
    number = match["number"]
    match every:
        case Every.HALF:
            return f"{year}-H{1 if number == 'dau' else 2}"
        case Every.QUARTER:
            return f"{year}-Q{_ROMAN.get(number) or number}"
        case Every.MONTH:
            return f"{year}-{int(number):02d}"
        case _:
            return f"{year}-W{int(number):02d}"

"""Entries that name no task → the obligations that they may be for, ranked, each with its score and why (design 4.2).

Nothing is decided here: a suggestion counts when an office accepts it, and not before. The same entries and obligations
give the same suggestions. docs/matching.md says how good they are, measured.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set as AbstractSet
from functools import lru_cache

from tracker.links import named
from tracker.match import SLOTS
from tracker.model.actual import Actual
from tracker.model.plan import Kind, Task
from tracker.model.standing import Standing
from tracker.model.suggestion import Candidate, Suggestion
from tracker.names import accents
from tracker.periods import span_of
from tracker.suggest.periods import Guess, guesses
from tracker.suggest.titles import Titles

MOST = 3
"""Suggestions for one entry."""
LEAST = 40
"""Score below which nothing is suggested."""
MARGIN = 6
"""Points by which the first must lead the second, or it is said that they are close."""
WORDS = 85
"""Points for an entry that says just what the title of the task says; the rest is added or taken off."""
POINTS = {
    "measure": 8, "other_measure": -10, "days": 7, "outside": -25, "paper": 10, "period": 10, "other_period": -12,
    "guessed": -6, "filled": -10,
}  # fmt: skip
"""By what speaks for or against: it counts the same or something else, lies in the period or outside, names a paper of
the title, speaks of such a period or another, whose period only its day tells, whose slot is filled."""
_WORD = re.compile(r"[^\W_]+")
_PAPER = re.compile("[0-9]+(?:/[0-9]{4})?[-/][A-Za-z\u00c0-\u1ef9]+(?:/[A-Za-z\u00c0-\u1ef9-]+)?")


def suggest(
    entries: Iterable[tuple[str, Actual]], standings: Iterable[Standing], most: int = MOST, least: int = LEAST,
) -> list[Suggestion]:
    """What each of these entries may be for, among the obligations of its own unit."""
    by_unit: dict[str, list[Standing]] = {}
    for standing in standings:
        by_unit.setdefault(standing.obligation.unit.id, []).append(standing)
    tasks = {one.obligation.task.id: one.obligation.task for own in by_unit.values() for one in own}
    titles = Titles({key: task.title for key, task in tasks.items()})
    measures = frozenset(map(_measure, tasks.values())) - {""}
    found = []
    for name, actual in entries:
        ranked = _ranked(actual, by_unit.get(actual.unit, ()), titles, measures)
        kept = tuple(one for one in ranked if one.score >= least)
        close = bool(kept) and any(one.alike > kept[0].alike - MARGIN for one in ranked[1:])
        found.append(Suggestion(name, actual, kept[:most], close))
    return found


def keyless(actuals: Sequence[Actual], strays: Iterable[Actual]) -> list[tuple[str, Actual]]:
    """The strays that name no task, each with its name; `actuals` are all entries: names tell those that are alike."""
    wanted = {(one.at, one.unit, one.period) for one in strays if not one.task}
    return [(name, one) for name, one in named(actuals) if not one.task and (one.at, one.unit, one.period) in wanted]


def text_of(actual: Actual) -> str:
    """What an entry says of itself, in words, each thing once."""
    said = " · ".join(filter(None, (actual.title, actual.note)))
    counted = actual.quantity.unit if actual.quantity else ""
    return said if _plain(counted) in _plain(said) else " · ".join(filter(None, (said, counted)))


def _ranked(
    actual: Actual, standings: Sequence[Standing], titles: Titles, measures: AbstractSet[str],
) -> list[Candidate]:
    by_task: dict[str, list[Standing]] = {}
    for standing in standings:
        by_task.setdefault(standing.obligation.task.id, []).append(standing)
    text = text_of(actual)
    alike = titles.alike(text, by_task)
    found: list[Candidate] = []
    for task, own in by_task.items():
        filled = {one.obligation.period.id for one in own if one.actuals and one.obligation.task.kind in SLOTS}
        for guess in guesses(actual, text, [one.obligation for one in own]):
            why = list(_why(actual, text, guess, measures))
            free = round(WORDS * alike[task] + sum(POINTS[word] for word in why))
            why += ["filled"] if guess.obligation.period.id in filled else []
            score = free + POINTS["filled"] * ("filled" in why)
            found.append(Candidate(guess.obligation, max(0, min(100, score)), tuple(why), max(0, min(100, free))))
    return sorted(found, key=lambda one: (-one.score, one.obligation.key))


def _why(actual: Actual, text: str, guess: Guess, measures: AbstractSet[str]) -> Iterator[str]:
    """What speaks for or against the obligation beside the words of its title."""
    obligation = guess.obligation
    counts = _counts(actual, text, _measure(obligation.task), measures)
    if counts is not None:
        yield "measure" if counts else "other_measure"
    when = (span_of(actual.period) if actual.period else None) or actual.when
    inside = obligation.period.first <= when.first and when.last <= obligation.period.last
    if obligation.task.kind is Kind.RECURRING:
        # A report is sent after its period as often as within it.
        yield from ("days",) if inside and not guess.guessed else ()
    else:
        yield "days" if inside else "outside"
    if _papers(f"{text} · {actual.doc}") & _papers(obligation.task.title):
        yield "paper"
    if guess.fits is not None:
        yield "period" if guess.fits else "other_period"
    if guess.guessed:
        yield "guessed"


def _measure(task: Task) -> str:
    """What a task counts, folded; empty where it does not say."""
    return _plain((task.target.unit if task.target else "") or task.measure)


def _counts(actual: Actual, text: str, wanted: str, measures: AbstractSet[str]) -> bool | None:
    """Whether the entry counts or speaks of what the task counts, or counts what others do; None where neither."""
    if not wanted:
        return None
    counted = _plain(actual.quantity.unit if actual.quantity else "")
    if counted in measures:
        return counted == wanted
    return True if f" {wanted} " in f" {_plain(text)} " else None


@lru_cache(maxsize=1024)
def _plain(text: str) -> str:
    return " ".join(_WORD.findall(accents(text)))


@lru_cache(maxsize=1024)
def _papers(text: str) -> frozenset[str]:
    return frozenset(number.casefold() for number in _PAPER.findall(text))

"""Names as people write them → ids of units and tasks, in tiers (design 4.8); what fits several is never chosen among.

The one look-up of the program: of what is entered, of tables that are taken in, of what a shell completes. It says
what it found; the words for that are its callers', who know what the person is doing.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import NamedTuple

from tracker.model.project import Project
from tracker.model.values import Span
from tracker.names import Names, Tier, accents, exact, index_names, match_name, tone

ALWAYS = Span(date.min, date.max)
"""For what has no day."""
_FOLDS = (exact, tone, accents)
_LEADING = re.compile(
    r"(?P<id>(?:[^\s/:]+/)?[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)+|[^\s/:]+/[0-9A-Za-z.]+)[.):,]?(?:\s+(?P<rest>.*))?"
)


class Verdict(StrEnum):
    """How sure a name is."""

    SURE = ""
    ACCENTS = "accents"
    """Only its letters without accents tell."""
    MANY = "many"
    NEAR = "near"
    """Nothing has that name, and something has one like it."""
    NONE = "none"


class Hit(NamedTuple):
    """What a name found."""

    verdict: Verdict = Verdict.SURE
    ids: tuple[str, ...] = ()
    """The one, or all that fit."""
    near: str = ""
    """The id or name that is like it."""
    near_id: str = ""


class Book(NamedTuple):
    """Ids and names of a project, prepared once for many look-ups."""

    units: Names
    unit_names: Mapping[str, str]
    all_names: Mapping[str, tuple[str, ...]]
    """Id of a unit → name, short name, aliases."""
    short: Mapping[str, tuple[str, ...]]
    """Id of a task inside its plan → whole keys."""
    titles: tuple[Mapping[str, tuple[str, ...]], ...]
    """For each tier, folded title → whole keys."""
    named: Mapping[str, str]
    """Whole key → title."""
    periods: Mapping[str, Span]
    """Whole key → days of its plan."""
    owed: Mapping[str, frozenset[str]]
    """Whole key → units that lead or owe it by name."""
    renames: Mapping[str, str]
    """Former ids."""


def book(project: Project, plans: Iterable[str] = ()) -> Book:
    """Everything that may be named; tasks of these plans alone, where some are given."""
    asked = tuple(plans)
    short: dict[str, list[str]] = {}
    titles: list[dict[str, list[str]]] = [{} for _ in _FOLDS]
    named, periods, owed = {}, {}, {}
    for plan in project.plans:
        if asked and plan.id not in asked:
            continue
        for task in plan.tasks:
            short.setdefault(task.id.rpartition("/")[2], []).append(task.id)
            named[task.id], periods[task.id] = task.title, plan.period
            owed[task.id] = frozenset((*task.lead, *task.owed_by))
            for fold, tier in zip(_FOLDS, titles, strict=True):
                tier.setdefault(fold(task.title), []).append(task.id)
    units = {unit.id: tuple(filter(None, (unit.name, unit.short, *unit.aliases))) for unit in project.units}
    return Book(
        index_names({id_: (id_, *names) for id_, names in units.items()}),
        {unit.id: unit.name for unit in project.units},
        units,
        {key: tuple(dict.fromkeys(ids)) for key, ids in short.items()},
        tuple({key: tuple(dict.fromkeys(ids)) for key, ids in tier.items()} for tier in titles),
        named,
        periods,
        owed,
        project.renames,
    )


def find_unit(text: str, known: Book) -> Hit:
    """The unit with this id, former id, name, short name or alias."""
    written = _written(text)
    now = written if written in known.unit_names else known.renames.get(written, written)
    if now in known.unit_names:
        return Hit(ids=(now,))
    match = match_name(written, known.units)
    if match.tier is Tier.NONE:
        return _near(written, {name: id_ for id_, names in known.all_names.items() for name in (*names, id_)})
    verdicts = {Tier.AMBIGUOUS: Verdict.MANY, Tier.ACCENTS: Verdict.ACCENTS}
    return Hit(verdicts.get(match.tier, Verdict.SURE), match.matches)


def find_task(text: str, known: Book, when: Span = ALWAYS, unit: str = "", *, words: bool = False) -> Hit:
    """The task with this key, former key, number in its plan, or title; of several, those of plans of that time.

    Of these, the ones that the unit leads or owes. With `words`, some words of a title do: for who types a name, not
    for a row of a table, which tells a deed in words of its own.
    """
    written = _written(text)
    now = written if written in known.named else known.renames.get(written, written)
    if now in known.named:
        return Hit(ids=(now,))
    if written in known.short:
        return _one(known.short[written], known, when, unit)
    leading = _LEADING.fullmatch(written)
    if leading and leading["id"] in known.named:
        return Hit(ids=(leading["id"],))
    title = leading["rest"] or "" if leading else written
    if leading and leading["id"] in known.short:
        hit = _one(known.short[leading["id"]], known, when, unit)
        same = [id_ for id_ in hit.ids if not title or accents(known.named[id_]) == accents(title)]
        if len(same) == 1:
            return Hit(ids=(same[0],))
    for number, fold in enumerate(_FOLDS):
        found = _titled(written, title, known, number, words=words)
        if found:
            hit = _one(found, known, when, unit)
            last = fold is accents and hit.verdict is Verdict.SURE
            return hit._replace(verdict=Verdict.ACCENTS) if last else hit
    return _near(written, {name: id_ for id_, title in known.named.items() for name in (title, id_)})


def _titled(written: str, title: str, known: Book, number: int, *, words: bool) -> Sequence[str]:
    """The tasks of which it is the title on a tier; else those in whose titles all of its words stand."""
    fold, tier = _FOLDS[number], known.titles[number]
    for form in dict.fromkeys((fold(written), fold(title), fold(written).rstrip(" .;,"))):
        if form and form in tier:
            return tier[form]
    wanted = set(re.findall(r"\w+", fold(written)))
    if not words or not any(map(str.isalpha, written)):
        return ()
    return [id_ for form, ids in tier.items() if wanted <= set(re.findall(r"\w+", form)) for id_ in ids]


def _one(ids: Sequence[str], known: Book, when: Span, unit: str) -> Hit:
    """The one of these tasks that is meant, by its time and its unit; all that are left, where that leaves several."""
    then = [id_ for id_ in ids if _meets(known.periods[id_], when)] or list(ids)
    theirs = [id_ for id_ in then if unit in known.owed[id_]] if len(then) > 1 else []
    left = tuple(theirs or then)
    return Hit(ids=left) if len(left) == 1 else Hit(Verdict.MANY, left)


def _near(text: str, names: Mapping[str, str]) -> Hit:
    """What is called almost like that; accents do not count."""
    folded: dict[str, list[str]] = {}
    for name in names:
        folded.setdefault(accents(name), []).append(name)
    close = get_close_matches(accents(text), list(folded), n=1, cutoff=0.6)
    if not close:
        return Hit(Verdict.NONE)
    # Of names that differ in accents alone, the one that is written most like it.
    alike = {exact(name): name for name in reversed(folded[close[0]])}
    name = alike[get_close_matches(exact(text), list(alike), n=1, cutoff=0.0)[0]]
    return Hit(Verdict.NEAR, (), name, names[name])


def _meets(period: Span, when: Span) -> bool:
    return period.first <= when.last and when.first <= period.last


def _written(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())

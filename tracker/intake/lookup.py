"""Names in cells → ids of tasks and units, in tiers; what fits several is never chosen among."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from tracker.model.plan import Plan
from tracker.model.project import Project
from tracker.model.values import Span
from tracker.names import Names, Tier, accents, exact, index_names, match_name, tone

_FOLDS = (exact, tone, accents)
_LEADING = re.compile(
    r"(?P<id>(?:[^\s/:]+/)?[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)+|[^\s/:]+/[0-9A-Za-z.]+)[.):,]?(?:\s+(?P<rest>.*))?"
)
SHOWN = 5
"""Candidates that are named."""


class Hit(NamedTuple):
    """What a name found."""

    ids: tuple[str, ...] = ()
    """The one, or all that fit."""
    code: str = ""
    """What is to be doubted: a key under [problem]; empty where nothing is."""
    args: Mapping[str, str] = {}


class Book(NamedTuple):
    """Ids and names of a project, prepared once for many rows."""

    units: Names
    unit_names: Mapping[str, str]
    short: Mapping[str, tuple[str, ...]]
    """Id of a task inside its plan → whole keys."""
    titles: tuple[Mapping[str, tuple[str, ...]], ...]
    """For each tier, folded title → whole keys."""
    named: Mapping[str, str]
    """Whole key → title."""
    periods: Mapping[str, Span]
    """Whole key → days of its plan."""


def book(project: Project, plans: Iterable[str] = ()) -> Book:
    """Everything that a row may name; of these plans alone, where some are given."""
    asked = tuple(plans)
    short: dict[str, list[str]] = {}
    titles: list[dict[str, list[str]]] = [{} for _ in _FOLDS]
    named, periods = {}, {}
    for plan in project.plans:
        if asked and plan.id not in asked:
            continue
        for task in plan.tasks:
            short.setdefault(task.id.rpartition("/")[2], []).append(task.id)
            named[task.id], periods[task.id] = task.title, _days(plan)
            for fold, tier in zip(_FOLDS, titles, strict=True):
                tier.setdefault(fold(task.title), []).append(task.id)
    units = {unit.id: (unit.id, unit.name, unit.short, *unit.aliases) for unit in project.units}
    return Book(
        index_names({id_: [name for name in names if name] for id_, names in units.items()}),
        {unit.id: unit.name for unit in project.units},
        {key: tuple(dict.fromkeys(ids)) for key, ids in short.items()},
        tuple({key: tuple(dict.fromkeys(ids)) for key, ids in tier.items()} for tier in titles),
        named,
        periods,
    )


def _days(plan: Plan) -> Span:
    return plan.period


def find_units(text: str, known: Book) -> Hit:
    """The units that a cell names: one, or several between ; or , or line breaks. Nothing found, or several: a code."""
    whole = _unit(text, known)
    parts = [part.strip() for part in re.split(r"[;,\n]", text) if part.strip()]
    if whole.ids or len(parts) < 2:
        return whole
    hits = [_unit(part, known) for part in parts]
    for hit in hits:
        if not hit.ids or len(hit.ids) > 1:
            return hit
    doubted = next((hit for hit in hits if hit.code), Hit())
    return Hit(tuple(dict.fromkeys(hit.ids[0] for hit in hits)), doubted.code, doubted.args)


def _unit(text: str, known: Book) -> Hit:
    if text in known.unit_names:
        return Hit((text,))
    match = match_name(text, known.units)
    if match.tier is Tier.NONE:
        near = get_close_matches(accents(text), {accents(name): 1 for name in known.unit_names.values()}, n=1)
        shown = next((name for name in known.unit_names.values() if near and accents(name) == near[0]), "")
        return Hit(
            (),
            "intake-unit-near" if shown else "intake-unit",
            {"text": text, "near": shown} if shown else {"text": text},
        )
    if match.tier is Tier.AMBIGUOUS:
        names = "; ".join(f"{known.unit_names[id_]} ({id_})" for id_ in match.matches[:SHOWN])
        return Hit(match.matches, "intake-units", {"text": text, "names": names})
    if match.tier is Tier.ACCENTS:
        name = known.unit_names[match.matches[0]]
        return Hit(match.matches, "intake-unit-accents", {"text": text, "name": name})
    return Hit(match.matches)


def find_task(text: str, when: Span, known: Book) -> Hit:
    """The task that a cell names by its key or its title; several are narrowed to plans of that time."""
    if text in known.named:
        return Hit((text,))
    if text in known.short:
        return _one(known.short[text], text, when, known)
    leading = _LEADING.fullmatch(text)
    if leading and leading["id"] in known.named:
        return Hit((leading["id"],))
    title = leading["rest"] or "" if leading else text
    if leading and leading["id"] in known.short:
        hit = _one(known.short[leading["id"]], text, when, known)
        same = [id_ for id_ in hit.ids if not title or accents(known.named[id_]) == accents(title)]
        if len(same) == 1:
            return Hit((same[0],))
    for number, (fold, tier) in enumerate(zip(_FOLDS, known.titles, strict=True)):
        for form in dict.fromkeys((fold(text), fold(title), fold(text).rstrip(" .;,"))):
            if form and form in tier:
                hit = _one(tier[form], text, when, known)
                if number == len(_FOLDS) - 1 and not hit.code:
                    return Hit(hit.ids, "intake-task-accents", {"text": text, "name": known.named[hit.ids[0]]})
                return hit
    near = get_close_matches(accents(text), known.titles[-1], n=1, cutoff=0.6)
    if near:
        ids = known.titles[-1][near[0]]
        return Hit((), "intake-task-near", {"text": text, "near": f"{ids[0]} {known.named[ids[0]]}"})
    return Hit((), "intake-task", {"text": text})


def _one(ids: tuple[str, ...], text: str, when: Span, known: Book) -> Hit:
    """The one of these tasks whose plan runs at that time; all of them, with a doubt, where that leaves several."""
    then = tuple(id_ for id_ in ids if _meets(known.periods[id_], when)) if len(ids) > 1 else ids
    if len(then) == 1:
        return Hit(then)
    shown = "; ".join(f"{id_} {known.named[id_]}" for id_ in (then or ids)[:SHOWN])
    return Hit(then or ids, "intake-tasks", {"text": text, "names": shown})


def _meets(period: Span, when: Span) -> bool:
    return period.first <= when.last and when.first <= period.last


ALWAYS = Span(date.min, date.max)
"""For a row without a day."""

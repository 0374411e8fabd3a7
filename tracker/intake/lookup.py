"""Names in cells → ids of tasks and units, by the look-up that all share; doubts in the words of import."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from tracker.lookup import ALWAYS, Book, Verdict, book, find_task as task_of, find_unit
from tracker.model.values import Span

SHOWN = 5
"""Candidates that are named."""
_UNIT = {
    Verdict.SURE: "", Verdict.ACCENTS: "intake-unit-accents", Verdict.MANY: "intake-units",
    Verdict.NEAR: "intake-unit-near", Verdict.NONE: "intake-unit",
}  # fmt: skip
_TASK = {
    Verdict.SURE: "", Verdict.ACCENTS: "intake-task-accents", Verdict.MANY: "intake-tasks",
    Verdict.NEAR: "intake-task-near", Verdict.NONE: "intake-task",
}  # fmt: skip


class Hit(NamedTuple):
    """What a name found."""

    ids: tuple[str, ...] = ()
    """The one, or all that fit."""
    code: str = ""
    """What is to be doubted: a key under [problem]; empty where nothing is."""
    args: Mapping[str, str] = {}


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
    hit = find_unit(text, known)
    names = known.unit_names
    args = {"text": text}
    match hit.verdict:
        case Verdict.NEAR:
            args["near"] = names[hit.near_id]
        case Verdict.MANY:
            args["names"] = "; ".join(f"{names[id_]} ({id_})" for id_ in hit.ids[:SHOWN])
        case Verdict.ACCENTS:
            args["name"] = names[hit.ids[0]]
    return Hit(hit.ids, _UNIT[hit.verdict], args if hit.verdict else {})


def find_task(text: str, when: Span, known: Book) -> Hit:
    """The task that a cell names by its key or its title; several are narrowed to plans of that time."""
    hit = task_of(text, known, when)
    args = {"text": text}
    match hit.verdict:
        case Verdict.NEAR:
            args["near"] = f"{hit.near_id} {known.named[hit.near_id]}"
        case Verdict.MANY:
            args["names"] = "; ".join(f"{id_} {known.named[id_]}" for id_ in hit.ids[:SHOWN])
        case Verdict.ACCENTS:
            args["name"] = known.named[hit.ids[0]]
    return Hit(hit.ids, _TASK[hit.verdict], args if hit.verdict else {})


__all__ = ["ALWAYS", "Book", "Hit", "book", "find_task", "find_units"]

"""Entries that come from a command line or another program, checked as those of a file are."""

from collections.abc import Sequence
from typing import NamedTuple

from tracker.model.actual import Actual
from tracker.model.entry import Cells
from tracker.model.project import Project
from tracker.model.source import Place
from tracker.read.actuals import Converter
from tracker.read.formats import ENTRY_KEYS, Batch
from tracker.read.found import Found
from tracker.read.near import refuse
from tracker.read.values import Refusal

FILE = "<record>"
"""Stands for a file in the places of entries that are in none yet; their line is the number of the entry."""


class Trouble(NamedTuple):
    """What is wrong with one entry."""

    number: int
    """Which one, from 1."""
    key: str
    """Empty where it is the entry as a whole."""
    refusal: Refusal


def convert(project: Project, entries: Sequence[Cells]) -> tuple[list[list[Actual]], list[Trouble]]:
    """The records that each entry makes, and all that is wrong in any of them."""
    found = Found(renames=dict(project.renames))
    found.of("unit").update({unit.id: unit.at for unit in project.units})
    batch = Batch(
        entries=[(Place(FILE, number), cells, {}) for number, cells in enumerate(entries, 1)],
        locate=lambda at, key: at._replace(column=ENTRY_KEYS.index(key) + 2),
    )
    Converter(found).convert(batch)
    troubles = [
        Trouble(one.place.line, _key(one.place), Refusal(one.code, one.args))
        for one in (*batch.problems, *found.problems)
    ]
    known = {
        "entry": [*(actual.id for actual in project.actuals if actual.id), *found.of("entry")],
        "event": [event.id for event in project.events],
    }
    for reference in found.references:
        if reference.id not in known[reference.wants]:
            refusal = refuse(f"reference-{reference.wants}", reference.id, known[reference.wants])
            troubles.append(Trouble(reference.at.line, _key(reference.at), refusal))
    made: list[list[Actual]] = [[] for _ in entries]
    for actual in found.actuals:
        made[actual.at.line - 1].append(actual)
    return made, sorted(set_of(troubles), key=lambda one: (one.number, one.key))


def set_of(troubles: Sequence[Trouble]) -> list[Trouble]:
    """Each of them once."""
    return list({(one.number, one.key, one.refusal.code): one for one in troubles}.values())


def _key(place: Place) -> str:
    return ENTRY_KEYS[place.column - 2] if place.column > 1 else ""

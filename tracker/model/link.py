"""How an entry that names no task comes to one: by the selector of a task, or by a link (design 4.2)."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tracker.model.source import NOWHERE, Place


class Selector(NamedTuple):
    """Which entries without a task a task takes: every field that is named must hold."""

    words: tuple[str, ...] = ()
    """Each of these stands in the title, the note or what is counted, as whole words."""
    any: tuple[str, ...] = ()
    """At least one of these does."""
    without: tuple[str, ...] = ()
    """None of these does."""
    counted: tuple[str, ...] = ()
    """What the quantity counts is one of these, or begins with it: hội nghị."""
    mode: tuple[str, ...] = ()
    """The entry's mode is one of these."""
    level: tuple[str, ...] = ()
    doc: tuple[str, ...] = ()
    """The number of its document has one of these as its type: BC in 112-BC/BDT."""
    units: tuple[str, ...] = ()
    """Ids of the units whose entries are looked at; none = all who owe the task."""
    at: Place = NOWHERE


class Way(StrEnum):
    """How a record came to the task for which it counts."""

    KEY = "key"
    """It names the task itself."""
    SELECTOR = "selector"
    """The selector of one task alone takes it."""
    LINK = "link"
    """An office accepted it."""


class Taken(NamedTuple):
    """What was said of an entry that names no task."""

    way: Way
    at: Place
    """Where the selector or the link stands."""
    by: str = ""
    """Id of the unit that accepted the link."""
    on: date | None = None
    """The day on which it did."""
    score: int | None = None
    """From 0 to 100, where it was a suggestion that was accepted."""
    claims: tuple[str, ...] = ()
    """Keys of the tasks where more than one claims the entry; it then counts for none."""


class Link(NamedTuple):
    """An office says for which task an entry counts, or takes that back."""

    record: str
    """Id of the entry, or its sign where it has none (see tracker/links.py)."""
    by: str
    """Unit id; offices accept, never persons (design 4.12)."""
    on: date
    """The day from which on it is known."""
    task: str = ""
    """Whole key; empty where the link takes one back."""
    period: str = ""
    """Period id, or id of the case; empty where the entry's own days tell."""
    unit: str = ""
    """Whose entry, where one entry speaks of several units; empty = all of them."""
    score: int | None = None
    withdraws: str = ""
    """Whole key of the task of the link that is taken back."""
    reason: str = ""
    at: Place = NOWHERE

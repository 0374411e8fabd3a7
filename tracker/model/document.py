"""Documents: the registry that citations are checked against, and what is waited for."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tracker.model.source import NOWHERE, Place


class Citation(NamedTuple):
    """One place where a document was cited, with what was printed there."""

    where: str
    dated: date | None
    title: str
    at: Place = NOWHERE


class Level(StrEnum):
    """Where a document is issued."""

    CENTRAL = "central"
    PROVINCE = "province"
    DISTRICT = "district"


class Unsuitable(NamedTuple):
    """What somebody found that does not fit in a document."""

    reason: str
    on: date | None = None
    """Since when it is known; None = always."""
    replaced_by: str = ""
    """Number or id of the document that took its place."""


class Guidance(NamedTuple):
    """Why a document is waited for: tasks cannot go on without it."""

    needed_by: date
    needed_for: str = ""
    """Why by that day: start of a phase, budget year, legal deadline."""
    policy: str = ""
    """Policy or work that it guides."""
    level: Level | None = None
    unsuitable: Unsuitable | None = None
    holds_up: tuple[str, ...] = ()
    """Whole keys of the tasks that wait for it."""
    programme: str = ""
    """Programme to which that policy belongs."""


class Document(NamedTuple):
    """A document, numbered unless it is still to be issued, and how it was cited."""

    number: str
    """Empty while it has none; then it has an id."""
    type: str = ""
    issuer: str = ""
    issued: date | None = None
    title: str = ""
    citations: tuple[Citation, ...] = ()
    at: Place = NOWHERE
    id: str = ""
    guidance: Guidance | None = None

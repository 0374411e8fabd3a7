"""What single cells of a record mean: one text, or a list of texts → a value or a refusal."""

from collections.abc import Callable
from typing import Any

from tracker.model.actual import Step
from tracker.model.cause import CauseKind
from tracker.model.values import Quantity
from tracker.read.formats import Cell
from tracker.read.near import refuse
from tracker.read.values import Refusal, clean, parse_quantity

Parse = Callable[[Any], Any]
NO_LIST = Refusal("shape-text")


def one(parse: Parse) -> Parse:
    """A parser of one text, which refuses a list."""
    return lambda cell: parse(cell) if isinstance(cell, str) else NO_LIST


def step(text: str) -> Step | Refusal:
    """What an entry says of a paper or a deed, by its word."""
    known = tuple(map(str, Step))
    return Step(text) if text in known else refuse("shape-choice", text, known)


def cause(text: str) -> CauseKind | Refusal:
    """Objective or subjective."""
    known = tuple(map(str, CauseKind))
    return CauseKind(text) if text in known else refuse("shape-choice", text, known)


def parts(cell: Cell) -> tuple[Quantity, ...] | Refusal:
    """Several amounts."""
    found = []
    for text in (cell,) if isinstance(cell, str) else cell:
        part = parse_quantity(text)
        if isinstance(part, Refusal):
            return part
        found.append(part)
    return tuple(found)


def items(cell: Cell) -> tuple[str, ...]:
    """Several texts."""
    return tuple(map(clean, (cell,) if isinstance(cell, str) else cell))

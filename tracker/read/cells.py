"""What may stand in one cell of a record → its value."""

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
"""Said of a list where one text is wanted."""


def alone(parse: Parse) -> Parse:
    """A parser of one text, which refuses a list."""
    return lambda cell: parse(cell) if isinstance(cell, str) else NO_LIST


def step_word(text: str) -> Step | Refusal:
    """What became of a paper, by its word."""
    known = tuple(map(str, Step))
    return Step(text) if text in known else refuse("shape-choice", text, known)


def cause_word(text: str) -> CauseKind | Refusal:
    """Of what kind a reason is, by its word."""
    known = tuple(map(str, CauseKind))
    return CauseKind(text) if text in known else refuse("shape-choice", text, known)


def amounts(cell: Cell) -> tuple[Quantity, ...] | Refusal:
    """One amount, or several."""
    parts = []
    for text in (cell,) if isinstance(cell, str) else cell:
        part = parse_quantity(text)
        if isinstance(part, Refusal):
            return part
        parts.append(part)
    return tuple(parts)


def texts_of(cell: Cell) -> tuple[str, ...]:
    """One text, or several."""
    return tuple(map(clean, (cell,) if isinstance(cell, str) else cell))

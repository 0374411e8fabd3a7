"""Faults in a condition, as problems on the line where a person wrote it."""

from collections.abc import Iterable

from tracker.model.rule import Condition
from tracker.model.source import Place, Problem
from tracker.where import Fault


def problems_of(condition: Condition, faults: Iterable[Fault]) -> tuple[Problem, ...]:
    """Each fault with its own column, where the condition stands on one line as written; else the condition's place.

    The whole condition goes with every fault (slot `condition`), since a folded text has no single line to point at.
    """
    at = condition.at
    begins = condition.line_text.find(condition.text) if condition.text else -1
    found = []
    for fault in faults:
        place = Place(at.file, at.line, begins + 1 + fault.start) if begins >= 0 else at
        excerpt = condition.line_text or condition.text
        width = max(1, fault.end - fault.start) if begins >= 0 else 1
        found.append(Problem(place, fault.code, {**fault.args, "condition": condition.text}, excerpt, width))
    return tuple(found)

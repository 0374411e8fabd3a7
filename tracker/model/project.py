"""Everything that was read, good and bad."""

from typing import NamedTuple

from tracker.model.actual import Actual, Figure
from tracker.model.plan import Document, Plan
from tracker.model.rule import Rule
from tracker.model.source import Problem
from tracker.model.unit import Unit


class Project(NamedTuple):
    """The records of one project folder. What could not be read is among the problems; the rest is here."""

    units: tuple[Unit, ...] = ()
    """In official order."""
    plans: tuple[Plan, ...] = ()
    """By file name; programmes and plans alike."""
    documents: tuple[Document, ...] = ()
    actuals: tuple[Actual, ...] = ()
    """By file name, then in the order of the file."""
    figures: tuple[Figure, ...] = ()
    rules: tuple[Rule, ...] = ()
    """By id."""
    problems: tuple[Problem, ...] = ()
    """By place."""

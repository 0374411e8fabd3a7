"""What became of records: used, or asked for by nothing. Why NamedTuple: see standing.py."""

from enum import StrEnum
from typing import NamedTuple

from tracker.model.actual import Actual
from tracker.model.plan import Task
from tracker.model.values import Number


class StrayReason(StrEnum):
    """Why nothing asked for a record."""

    NO_TASK = "no_task"
    """It names no task."""
    CLAIMED_TWICE = "claimed_twice"
    """It names no task, and the selectors or links of several claim it: it counts for none of them."""
    UNKNOWN_TASK = "unknown_task"
    """It names a task that no plan has."""
    NOT_OWED = "not_owed"
    """Its unit does not owe that task."""
    NO_PERIOD = "no_period"
    """Its task falls due each period, and it names none or one that is not owed."""


class Stray(NamedTuple):
    """A record that no obligation asked for."""

    actual: Actual
    why: StrayReason


class Record(NamedTuple):
    """A record with what became of it."""

    actual: Actual
    role: str
    """used, surplus, reason, stray or late."""
    why: StrayReason | None
    """Why nothing asked for it."""
    period: str | None
    """The period for which it counts, or that it names."""
    of: Task | None = None
    """The task for which it counts; None for one that no obligation took."""

    @property
    def task(self) -> str | None:
        """Key of the task that it names."""
        return self.actual.task or None

    @property
    def entry(self) -> str:
        """What tells it from the others of its unit, without its line: its id, or its day and what it names."""
        actual = self.actual
        return actual.id or "/".join(filter(None, (actual.when.first.isoformat(), actual.doc, actual.title)))

    @property
    def quantity(self) -> Number | None:
        """How much."""
        return self.actual.quantity.value if self.actual.quantity else None

    @property
    def counted(self) -> str | None:
        """What is counted."""
        return self.actual.quantity.unit if self.actual.quantity else None

    @property
    def doc(self) -> str | None:
        """Document that shows it."""
        return self.actual.doc or None

    @property
    def title(self) -> str | None:
        """What it says of itself."""
        return self.actual.title or self.actual.note or None

    @property
    def people(self) -> Number | None:
        """How many took part."""
        return self.actual.people.value if self.actual.people else None

    @property
    def returns(self) -> Number | None:
        """How many units sent their part."""
        return self.actual.returns.value if self.actual.returns else None

    @property
    def outcome(self) -> str | None:
        """What came of it."""
        return self.actual.outcome or None

    @property
    def about(self) -> str | None:
        """Title of the task for which it counts."""
        return self.of.title if self.of else None

    @property
    def kind(self) -> str | None:
        """Kind of that task."""
        return self.of.kind if self.of else None

    @property
    def measure(self) -> str | None:
        """What that task counts, as a slug; empty where it says nothing."""
        return self.of.measure if self.of else None

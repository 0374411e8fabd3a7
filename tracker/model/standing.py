"""The record that exists even when nothing was done, and how it stands on a day.

What comes by the hundred thousand is a NamedTuple: as unchangeable as a frozen dataclass, and made six times as fast.
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tracker.model.actual import Actual
from tracker.model.period import Period
from tracker.model.plan import Plan, Task
from tracker.model.unit import Fact, Unit
from tracker.model.values import Bound, Number


class State(StrEnum):
    """The official four leaves plus what they leave out (design 4.3); exactly one per obligation."""

    DONE = "done"
    DONE_LATE = "done_late"
    OPEN = "open"
    OVERDUE = "overdue"
    UPCOMING = "upcoming"
    ONGOING = "ongoing"
    EXEMPT = "exempt"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class Window(StrEnum):
    """Where the day stands against the deadline; independent of what was done."""

    FUTURE = "future"
    """Not yet open."""
    OPEN = "open"
    DUE_SOON = "due_soon"
    GRACE = "grace"
    """Past the due day, within grace."""
    OVER = "over"
    """Past due day and grace."""
    NONE = "none"
    """No deadline."""


class Evidence(StrEnum):
    """What the records show, whatever the day."""

    NONE = "none"
    CLAIMED = "claimed"
    """Said to be done, and nothing named that shows it."""
    PART = "part"
    UNCLEAR = "unclear"
    """The words do not tell whether it is enough: "trên 4.700" against 4.800."""
    ENOUGH = "enough"
    LATE = "late"
    """Enough, but after the due day."""
    MANY = "many"
    """More records than the slot takes."""


class Obligation(NamedTuple):
    """Task × unit × period: something that somebody owes, with its day. Key: (task, unit, period)."""

    plan: Plan
    task: Task
    unit: Unit
    period: Period
    starts: date
    due: date | None
    """Last day on which it is on time; None for what has no deadline."""
    due_stated: bool
    """False where nobody gave a day and the end of the plan stands in."""
    applies: bool | None
    """False: exempt by a fact about the unit. None: the fact is not known."""
    fact: Fact | None = None
    """The fact that decided."""
    ended: date | None = None
    """Last day of the unit: what is not done by then ends with it (design 4.6)."""

    @property
    def key(self) -> tuple[str, str, str]:
        """The same from run to run."""
        return (self.task.id, self.unit.id, self.period.id)


class Pair(NamedTuple):
    """An obligation with the records that are for it, in order of day."""

    obligation: Obligation
    actuals: tuple[Actual, ...]
    """Those that count: one for a slot, all for a quantity or a period's log."""
    surplus: tuple[Actual, ...] = ()
    """Further records for a slot that takes one."""


class StrayReason(StrEnum):
    """Why nothing asked for a record."""

    NO_TASK = "no_task"
    """It names no task."""
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
    """used, surplus or stray."""
    why: StrayReason | None
    """Why nothing asked for it."""
    period: str | None
    """The period for which it counts, or that it names."""

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


class Standing(NamedTuple):
    """An obligation with its records, judged as of a day."""

    obligation: Obligation
    actuals: tuple[Actual, ...]
    surplus: tuple[Actual, ...]
    state: State
    window: Window
    evidence: Evidence
    judged: State | None
    """The state for rules: null where it is unknown, so that no rule passes over it."""
    achieved: Number
    bound: Bound
    share: Number | None
    """Achieved over target, as a percentage, not rounded or clamped; None without a target or with different units."""
    days_late: int | None
    """Days past the due day: of the record where done, of the day of judgement where not; None if it cannot be told."""
    days_left: int | None
    """Days until the due day, 0 on the day itself; None without one, or once it has passed."""
    due_soon: bool
    unverified: bool
    carried_over: bool
    on_time: bool | None
    """None while not done, and where the day of doing is known too roughly to tell."""
    over: bool
    """Whether its period (or deadline with grace) has passed."""
    reason: str
    """Why exempt, cancelled or late, in the writer's words."""

    @property
    def target(self) -> Number | None:
        """What was promised; None where no number was."""
        target = self.obligation.task.target
        return target.value if target else None

    @property
    def target_unit(self) -> str | None:
        """What the target counts."""
        target = self.obligation.task.target
        return target.unit if target else None

    @property
    def counterpart(self) -> str | None:
        """Id of the unit that does the work instead, where a fact names one."""
        fact = self.obligation.fact
        return (fact.counterpart if fact else "") or None

    @property
    def first_date(self) -> date | None:
        """First day on which any of its records may have happened."""
        return min((actual.when.first for actual in (*self.actuals, *self.surplus)), default=None)

    @property
    def last_date(self) -> date | None:
        """Last day on which any of its records may have happened."""
        return max((actual.when.last for actual in (*self.actuals, *self.surplus)), default=None)

    @property
    def records(self) -> int:
        """How many records there are, surplus ones included."""
        return len(self.actuals) + len(self.surplus)

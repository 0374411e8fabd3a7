"""The record that exists even when nothing was done, and how it stands on a day.

What comes by the hundred thousand is a NamedTuple: as unchangeable as a frozen dataclass, and made six times as fast.
"""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tracker.model.actual import Actual
from tracker.model.period import Period
from tracker.model.plan import Plan, Task
from tracker.model.sent import UNLOGGED, Chased
from tracker.model.unit import Fact, Unit
from tracker.model.values import Bound, Number, Span


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

    WAITING = "waiting"
    """Its deadline runs from an event that has not happened."""
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
    RETURNED = "returned"
    """Sent, sent back, and not sent again."""
    ENOUGH = "enough"
    LATE = "late"
    """Enough, but after the due day."""
    MANY = "many"
    """More records than the slot takes."""


class Receipt(StrEnum):
    """What became of the paper: received is not accepted."""

    NONE = "none"
    """Nothing came."""
    SENT = "sent"
    """It came, and nobody has said yet what of it."""
    RETURNED = "returned"
    """It was sent back for mending."""
    RESENT = "resent"
    """It came again after that."""
    ACCEPTED = "accepted"
    EMPTY = "empty"
    """It came and says nothing."""


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
    waits: str = ""
    """Slug of the event, or key of the task, that has not happened and from which the deadline runs; then no `due`."""
    first_due: date | None = None
    """The deadline before any decision moved it; None where none did."""
    previous_due: date | None = None
    """The deadline before the last decision moved it."""
    event: str = ""
    """Id of the event that made this a case."""
    heir_of: tuple[str, ...] = ()
    """Ids of the dissolved units from which it was inherited."""

    @property
    def key(self) -> tuple[str, str, str]:
        """The same from run to run."""
        return (self.task.id, self.unit.id, self.period.id)

    @property
    def first(self) -> date | None:
        """The first deadline that it had."""
        return self.first_due or self.due

    @property
    def moved(self) -> int:
        """How many decisions moved the deadline."""
        return sum(one.due is not None for one in self.task.amendments)

    @property
    def slip(self) -> int | None:
        """Days by which decisions moved the deadline."""
        return (self.due - self.first).days if self.due is not None and self.first is not None else None

    @property
    def waits_for(self) -> str | None:
        """The event that has not happened and from which the deadline runs."""
        return self.waits or None

    @property
    def case(self) -> str | None:
        """The event that made this a case."""
        return self.event or None

    @property
    def carried_from(self) -> str | None:
        """Key of the unfinished task of an earlier plan whose promise this is."""
        return self.task.carried_from or None

    @property
    def carried_to(self) -> str | None:
        """Key of the task of a later plan that took the promise over."""
        return self.task.carried_to or None

    @property
    def inherited(self) -> bool:
        """Whether it came from a dissolved unit."""
        return bool(self.heir_of)


class Pair(NamedTuple):
    """An obligation with the records that are for it, in order of day."""

    obligation: Obligation
    actuals: tuple[Actual, ...]
    """Those that count: one for a slot, all for a quantity or a period's log."""
    surplus: tuple[Actual, ...] = ()
    """Further records for a slot that takes one."""
    receipt: Receipt = Receipt.NONE
    reasons: tuple[Actual, ...] = ()
    """Entries that say why it is not done, or late, and nothing else; in order of day. They are counted nowhere."""


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
    """Why exempt, cancelled, late or not done, in the writer's words."""
    receipt: Receipt = Receipt.NONE
    done: Span | None = None
    """When it was enough; None while it is not."""
    reasons: tuple[Actual, ...] = ()
    """Entries that only say why; no deeds."""
    chased: Chased = UNLOGGED
    """The reminders of it."""

    @property
    def days_late_first(self) -> int | None:
        """Days past the first deadline; the same as `days_late` where no decision moved it."""
        first, due = self.obligation.first_due, self.obligation.due
        if first is None or due is None or self.days_late is None:
            return self.days_late
        if self.done is not None:
            return max(0, (self.done.done - first).days) if self.done.done else None
        if self.state not in (State.OPEN, State.OVERDUE):
            return self.days_late
        # The day of judgement is the due day less what is left of it, or plus what it is past.
        return max(0, (due - first).days + self.days_late - (self.days_left or 0))

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

    @property
    def unkeyed(self) -> int:
        """How many of them name no task, and were taken by its selector or by a link."""
        return sum(actual.taken is not None for actual in (*self.actuals, *self.surplus))

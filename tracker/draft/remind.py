"""Which obligations their units are reminded of: what is missing as of the day, and what comes due soon."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from tracker.lang import Words
from tracker.model.finding import Cell
from tracker.model.plan import Every
from tracker.model.reminder import By, Reminder, Why
from tracker.model.standing import Evidence, Standing, State
from tracker.model.table import Column, Names, Type
from tracker.model.unit import Unit
from tracker.model.values import Bound
from tracker.render.visible import visible

COLUMNS = (
    Column("unit", Type.TEXT, "who is reminded", names=Names.UNIT),
    Column("why", Type.CHOICE, "why", values=tuple(Why)),
    Column("plan", Type.TEXT, "number of the plan"),
    Column("task", Type.TEXT, "whole key of the task", names=Names.TASK),
    Column("title", Type.TEXT, "title of the task"),
    Column("period", Type.TEXT, "period id, or event of a case", names=Names.PERIOD),
    Column("due", Type.DATE, "last day on which it is on time", nullable=True),
    Column("days_late", Type.NUMBER, "days past that day", nullable=True),
    Column("days_left", Type.NUMBER, "days until it", nullable=True),
    Column("lead", Type.TEXT, "who leads, by id", nullable=True, names=Names.UNITS),
    Column("to", Type.TEXT, "to whom it goes; null where nobody leads", nullable=True, names=Names.UNIT),
    Column("reminders", Type.NUMBER, "how many times somebody was reminded of it before", nullable=True),
    Column("reminded", Type.DATE, "last day on which somebody was", nullable=True),
)
"""The table of all reminders, for programs that send them."""


def reminders(standings: Iterable[Standing], units: Sequence[Unit], within: int) -> tuple[Reminder, ...]:
    """In the official order of units, the most pressing first; `within` are the days in which something comes due."""
    place = {unit.id: number for number, unit in enumerate(units)}
    found = [Reminder(one, why) for one in standings if (why := reason(one, within)) is not None]
    order = list(Why)

    def key(reminder: Reminder) -> tuple[object, ...]:
        obligation = reminder.standing.obligation
        late = -(reminder.standing.days_late or 0), reminder.standing.days_left or 0
        return (place.get(obligation.unit.id, len(place)), order.index(reminder.why), *late, obligation.key)

    return tuple(sorted(found, key=key))


def reason(standing: Standing, within: int) -> Why | None:
    """Why the unit is reminded of it; None where it need not be.

    What may be left undone is never asked for, nor what a plan promised that has been closed: a later plan took it
    over, or it is told in the report.
    """
    if standing.obligation.task.optional or standing.obligation.plan.close is not None:
        return None
    if standing.evidence is Evidence.RETURNED and standing.state in (State.OPEN, State.OVERDUE):
        return Why.RETURNED
    if standing.state is State.OVERDUE:
        return Why.OVERDUE
    if standing.state is State.UNKNOWN and standing.actuals:
        return Why.UNCLEAR
    if standing.state is State.OPEN and standing.days_left is not None and standing.days_left <= within:
        return Why.COMING
    return None


def table(found: Iterable[Reminder]) -> list[list[Cell]]:
    """A row for each, as COLUMNS say."""
    rows: list[list[Cell]] = []
    for standing, why, to in found:
        obligation = standing.obligation
        task = obligation.task
        late = standing.days_late if why is not Why.COMING else None
        rows.append([
            obligation.unit.id, str(why), obligation.plan.id, task.id, task.title, obligation.period.id,
            obligation.due, late, standing.days_left, ",".join(task.lead) or None, to or None,
            standing.chased.times, standing.chased.last,
        ])  # fmt: skip
    return rows


class About(NamedTuple):
    """What texts are about."""

    by: By = By.UNIT
    as_of: str = ""
    """The day, as it is to be written."""
    within: int = 0
    """Days in which something comes due."""
    units: Mapping[str, Unit] = MappingProxyType({})
    """By id."""


def message(found: Sequence[Reminder], say: Words, about: About) -> str:
    """The text for one recipient, ready for a message or a letter: what is missing, what is coming, what is asked."""
    plans = dict.fromkeys(one.standing.obligation.plan.id for one in found)
    to = found[0].to
    name = about.units[to].name if to in about.units else to
    # A unit that is asked for its own alone is asked in its own words.
    own = all(one.about == to for one in found)
    asked = "" if own else f"_{about.by}"
    lines = [
        say("remind.to", unit=visible(name)) if to else say("remind.to_nobody"),
        say(f"remind.about{asked}", as_of=about.as_of, plans=visible(", ".join(plans)), count=say.counted(len(found))),
    ]
    for why in Why:
        group = [one for one in found if one.why is why]
        if group:
            lines += ["", say(f"remind.why.{why}", count=say.counted(len(group)), days=str(about.within))]
            lines += (f"- {_line(one, say)}" for one in group)
    return "\n".join([*lines, "", say(f"remind.please{asked}")])


def chased(standing: Standing, say: Words) -> str:
    """How many times somebody was reminded of it, and when last; empty where nobody was."""
    times, last = standing.chased.times, standing.chased.last
    if not times or last is None:
        return ""
    return say("remind.chased", count=say.counted(times), day=say.day(last))


def _line(reminder: Reminder, say: Words) -> str:
    standing = reminder.standing
    obligation = standing.obligation
    title = visible(obligation.task.title.strip().rstrip("."))
    parts = [title if reminder.to == reminder.about else f"{visible(obligation.unit.name)}: {title}"]
    if obligation.event:
        parts.append(visible(obligation.event))
    elif obligation.period.every is not Every.ONCE:
        parts.append(say.period(obligation.period.id))
    if obligation.due is not None:
        parts.append(say("remind.due", due=say.day(obligation.due)))
    if reminder.why is Why.COMING:
        left = standing.days_left
        parts.append(say("remind.left", days=str(left)) if left else say("remind.today"))
    elif reminder.why is not Why.UNCLEAR and standing.days_late:
        parts.append(say("remind.late", days=say.number(standing.days_late)))
    if standing.target is not None and standing.bound is Bound.EXACT:
        unit = standing.target_unit or ""
        amounts = {"achieved": say.number(standing.achieved), "target": say.number(standing.target)}
        parts.append(say("remind.amount", unit=visible(unit), **amounts).strip())
    if told := chased(standing, say):
        parts.append(told)
    return "; ".join(parts) + "."

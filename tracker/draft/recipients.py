"""To whom reminders go: to the units themselves, to the bodies that lead, or to the offices that serve the units."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from tracker.model.reminder import By, Reminder
from tracker.model.standing import Standing
from tracker.model.unit import Unit


def addressed(found: Iterable[Reminder], by: By, units: Sequence[Unit], as_of: date) -> tuple[Reminder, ...]:
    """Each reminder once for each that it goes to, in the official order of these; what has no lead comes last."""
    place = {unit.id: number for number, unit in enumerate(units)}
    last = len(place)
    each = [one._replace(to=to) for one in found for to in _to(one.standing, by, units, as_of)]
    return tuple(sorted(each, key=lambda one: place.get(one.to, last)))


def lately(found: Iterable[Reminder], days: int, as_of: date) -> tuple[Reminder, ...]:
    """Without those of which somebody was reminded in the last so many days, the day itself among them."""
    first = as_of - timedelta(days=days) if days < (as_of - date.min).days else date.min
    return tuple(one for one in found if (last := one.standing.chased.last) is None or last <= first)


def _to(standing: Standing, by: By, units: Sequence[Unit], as_of: date) -> Sequence[str]:
    obligation = standing.obligation
    if by is By.LEAD:
        return obligation.task.lead or ("",)
    if by is By.OFFICE:
        return tuple(dict.fromkeys(_offices(standing, units, as_of))) or (obligation.unit.id,)
    return (obligation.unit.id,)


def _offices(standing: Standing, units: Sequence[Unit], as_of: date) -> Iterator[str]:
    """The offices of a territory: of several, those that take part in the task; an organisation is its own."""
    obligation = standing.obligation
    unit, task, fact = obligation.unit, obligation.task, obligation.fact
    if unit.serves:
        return
    if fact is not None and fact.counterpart:
        yield fact.counterpart
        return
    serving = [one.id for one in units if one.serves == unit.id and one.exists_through(as_of, as_of)]
    mine = {*task.lead, *task.partners}
    yield from [id_ for id_ in serving if id_ in mine] or serving
    if not serving:
        held = filter(None, (unit.fact(name, as_of) for name in unit.facts))
        yield from (one.counterpart for one in held if one.value is False and one.counterpart)

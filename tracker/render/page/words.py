"""Short names and lists for the page."""

from collections.abc import Iterable, Sequence

from tracker.lang import Words
from tracker.model.standing import Standing
from tracker.model.unit import Unit
from tracker.render.visible import visible

MOST_NAMES = 6


def short(unit: Unit) -> str:
    """What a narrow column calls the unit."""
    return visible(unit.short or unit.name)


def named(units: Sequence[Unit], total: int, say: Words) -> str:
    """Some units by name, always with how many of how many: "2/9: Định Hóa, Võ Nhai"; a long list is counted."""
    count = f"{len(units)}/{total}"
    if total == 1:
        return short(units[0])
    shown = ", ".join(short(unit) for unit in units[:MOST_NAMES])
    if len(units) > MOST_NAMES:
        shown += " " + say("page.and_more", count=say.number(len(units) - MOST_NAMES))
    return f"{count}: {shown}"


def by_task(standings: Iterable[Standing]) -> dict[str, list[Standing]]:
    """Standings by task, tasks in the order in which they come."""
    groups: dict[str, list[Standing]] = {}
    for standing in standings:
        groups.setdefault(standing.obligation.task.id, []).append(standing)
    return groups


def units_of(standings: Iterable[Standing]) -> list[Unit]:
    """Their units, each once, in official order."""
    found = {standing.obligation.unit.id: standing.obligation.unit for standing in standings}
    return sorted(found.values(), key=lambda unit: unit.position)

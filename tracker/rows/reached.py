"""Rows of how many places were reached: by duties of single territories, by numbers in records, by inspections."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tracker.model.finding import Cell
from tracker.model.plan import NO_PLACES, Kind, Plan, Task
from tracker.model.standing import Standing, State
from tracker.model.table import Row
from tracker.model.unit import Unit
from tracker.model.values import Quantity
from tracker.names import accents, bare, levels
from tracker.owing import Owers
from tracker.rows.situation import Situation

SPREAD = frozenset({Kind.COVERAGE, Kind.QUANTITY})
GUIDING = frozenset({"huong-dan", "don-doc", "inspection"})
"""Measures of tasks by which a unit is guided, urged or looked at."""
DONE = frozenset({State.DONE, State.DONE_LATE})
APART = frozenset({State.EXEMPT, State.CANCELLED})
DIRECT, INDIRECT = "trực tiếp", "gián tiếp"


class _Places(NamedTuple):
    """The territories in which one plan lies that exist on the day."""

    units: Sequence[Unit]

    def of_kind(self, kinds: Iterable[str]) -> list[Unit]:
        """Those of some kinds of unit."""
        wanted = set(kinds)
        return [unit for unit in self.units if unit.kind in wanted]

    def of_levels(self, written: str) -> list[Unit]:
        """Those whose names say one of the levels that are counted: huyện, thành phố."""
        wanted = _kinds(written)
        return [unit for unit in self.units if bare(unit.name)[0] in wanted] if "" not in wanted else []


def _kinds(counted: str) -> set[str]:
    """The levels that the words after a number count; an empty one where a word is no level."""
    return {bare(f"{word.strip()} x")[0] for word in counted.split(",")}


def _places(plan: Plan, situation: Situation, owers: Owers) -> _Places:
    day = min(situation.days.as_of, plan.period.last)
    territory = owers.inside(plan.within)
    return _Places(
        [
            unit
            for unit in situation.units
            if not unit.serves and (territory is None or unit.id in territory) and unit.exists_through(day, day)
        ],
    )


def coverages(situation: Situation) -> Iterator[Row]:
    """One row per task that several territories owe; then one per number of places that a record gives."""
    wanted = {task.id for plan in situation.plans for task in plan.tasks if task.kind in SPREAD}
    guiding = {task.id for plan in situation.plans for task in plan.tasks if task.measure in GUIDING}
    owed: defaultdict[str, list[Standing]] = defaultdict(list)
    guided: defaultdict[tuple[str, str], bool] = defaultdict(bool)
    told: list[tuple[Standing, int]] = []
    for standing in situation.standings:
        obligation = standing.obligation
        task = obligation.task
        id_ = task.id
        if id_ in wanted:
            owed[id_].append(standing)
        if id_ in guiding and standing.state not in APART:
            guided[task.plan, obligation.unit.id] |= standing.state is State.OVERDUE
        for number, actual in enumerate(standing.actuals):
            if actual.reach:
                told.append((standing, number))
    owers = Owers(situation.units if owed or told else ())
    places = {plan.id: _places(plan, situation, owers) for plan in situation.plans} if owed or told else {}
    for standings in owed.values() if situation.whole else ():
        yield from _duties(standings, places[standings[0].obligation.plan.id], guided)
    for standing, number in told:
        yield from _told(standing, number, places[standing.obligation.plan.id])


def _duties(
    standings: Sequence[Standing],
    places: _Places,
    guided: Mapping[tuple[str, str], bool],
) -> Iterator[Row]:
    """The row of a task that several territories owe; none for one that bodies owe, or one territory alone."""
    task = standings[0].obligation.task
    units = {one.obligation.unit.id: one.obligation.unit for one in standings}
    alike = {unit.id: unit for unit in places.of_kind(unit.kind for unit in units.values())} | units
    counted = levels(unit.name for unit in alike.values())
    if len(units) == 1 or not counted:
        return
    own = [one for one in standings if one.state not in APART]
    asked = {one.obligation.unit.id for one in own}
    # A quota is owed in each period: one that is missed is missed, whatever the others are.
    missing = dict.fromkeys(one.obligation.unit.id for one in own if one.state not in DONE)
    below = dict.fromkeys(one.obligation.unit.id for one in own if one.state is State.OVERDUE)
    known = [guided[task.plan, id_] for id_ in below if (task.plan, id_) in guided]
    cells = _cells(task, "duties", counted)
    cells |= {
        "asked": len(asked),
        "reached": len(asked) - len(missing),
        "named": len(asked) - len(missing),
        "pending": len(missing) - len(below),
        "below": len(below),
        "unguided": sum(known) if known else None,
        "total": len(alike.keys() - (units.keys() - asked)),
        "below_units": ",".join(below) or None,
    }
    yield Row(cells, task.at, task.places)


def _told(standing: Standing, number: int, places: _Places) -> Iterator[Row]:
    """A row for each number of places in a record."""
    actual, task = standing.actuals[number], standing.obligation.task
    for quantity in actual.reach:
        alike = places.of_levels(quantity.unit)
        cells = _cells(task, "record", quantity.unit)
        cells |= {
            "unit": actual.unit,
            "slug": "-".join(accents(quantity.unit).replace(",", " ").split()),
            "entry": actual.id or "/".join(filter(None, (actual.when.first.isoformat(), actual.doc, actual.title))),
            "asked": quantity.value,
            "reached": quantity.value,
            "named": _named(actual.place, quantity),
            "pending": 0,
            "total": len(alike) or None,
        }
        yield Row(cells, actual.places.get("reach", actual.at), NO_PLACES)


def _cells(task: Task, told_by: str, counted: str) -> dict[str, Cell]:
    return {
        "plan": task.plan, "task": task.id, "title": task.title, "measure": task.measure, "told_by": told_by,
        "unit": None, "entry": None, "slug": None, "counted": counted,
        "below": 0, "unguided": None, "below_units": None,
    }  # fmt: skip


def _named(place: str, quantity: Quantity) -> int:
    """How many of the places that a number counts are named beside it."""
    words = tuple(f"{word.strip().casefold()} " for word in quantity.unit.split(","))
    names = (part.strip().casefold() for part in place.replace(";", ",").split(","))
    return sum(name.startswith(words) for name in names)


def inspections(situation: Situation) -> Iterator[Row]:
    """One row per plan under which a territory was inspected in a way that the record names."""
    if not situation.whole:
        return
    looking = {task.id for plan in situation.plans for task in plan.tasks if task.measure == "inspection"}
    modes: defaultdict[str, dict[str, set[str]]] = defaultdict(dict)
    first: dict[str, Task] = {}
    met: dict[str, Unit] = {}
    for standing in situation.standings:
        task, unit = standing.obligation.task, standing.obligation.unit
        if task.id in looking and standing.state not in APART:
            how = {actual.mode.casefold() for actual in standing.actuals} & {DIRECT, INDIRECT}
            if how and bare(unit.name)[0]:
                modes[task.plan].setdefault(unit.id, set()).update(how)
                met[unit.id] = unit
                first.setdefault(task.plan, task)
    owers = Owers(situation.units if modes else ())
    for plan in situation.plans:
        if plan.id not in modes:
            continue
        ways = modes[plan.id]
        direct = [id_ for id_, how in ways.items() if DIRECT in how]
        indirect = [id_ for id_, how in ways.items() if DIRECT not in how]
        alike = _places(plan, situation, owers).of_kind(met[id_].kind for id_ in ways)
        alike += [met[id_] for id_ in ways if met[id_] not in alike]
        cells: dict[str, Cell] = {
            "plan": plan.id,
            "counted": levels(unit.name for unit in alike),
            "total": len(alike),
            "direct": len(direct),
            "indirect": len(indirect),
            "indirect_units": ",".join(indirect) or None,
        }
        yield Row(cells, first[plan.id].at, first[plan.id].places)

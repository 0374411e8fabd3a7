"""Rows of units that owe something, and of the facts held of them."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from tracker.model.finding import Cell
from tracker.model.standing import Standing, State
from tracker.model.table import Row
from tracker.model.unit import Unit
from tracker.rows.situation import Situation


def facts(situation: Situation) -> Iterator[Row]:
    """One row per fact that holds of a unit on the day."""
    for unit in situation.units:
        if unit.closed is not None and unit.closed < situation.days.as_of:
            continue  # nothing rests any more on what was true of a unit that is gone
        for fact in (fact for name in unit.facts if (fact := unit.fact(name, situation.days.as_of))):
            past = (situation.days.as_of - fact.review).days if fact.review else None
            cells: dict[str, Cell] = {
                "unit": unit.id,
                "fact": fact.name,
                "source": fact.source or None,
                "review": fact.review,
                "days_past": max(0, past) if past is not None else None,
                "counterpart": fact.counterpart or None,
            }
            yield Row(cells, fact.at)


class _Silence:
    """What one unit owes and what came of it, added up in one pass."""

    __slots__ = ("last", "owed", "pending", "since")

    def __init__(self) -> None:
        self.owed = self.pending = 0
        self.last: date | None = None
        self.since: date | None = None

    def add(self, standing: Standing) -> None:
        """Silence counts from the last record, or from the first day on which something could have been recorded."""
        self.owed += 1
        if standing.state in PENDING:
            self.pending += 1
        if standing.actuals:
            for actual in (*standing.actuals, *standing.surplus) if standing.surplus else standing.actuals:
                if self.last is None or self.last < actual.recorded:
                    self.last = actual.recorded
        elif self.last is None:
            obligation = standing.obligation
            since = max(obligation.starts, obligation.plan.known_from, obligation.unit.opened or date.min)
            self.since = since if self.since is None else min(self.since, since)


PENDING = frozenset({State.OPEN, State.OVERDUE, State.UNKNOWN})
APART = frozenset({State.EXEMPT, State.CANCELLED})


def units(situation: Situation) -> Iterator[Row]:
    """One row per unit that owes something."""
    as_of = situation.days.as_of
    opened: defaultdict[str, _Silence] = defaultdict(_Silence)
    for standing in situation.standings:
        if standing.obligation.starts <= as_of and standing.state not in APART:
            opened[standing.obligation.unit.id].add(standing)
    for unit in situation.units:
        silence = opened.get(unit.id)
        if silence is None or (unit.closed is not None and unit.closed < as_of):
            continue
        yield unit_row(unit, silence.owed, silence.pending, last=silence.last, since=silence.since, as_of=as_of)


def unit_row(unit: Unit, owed: int, pending: int, *, last: date | None, since: date | None, as_of: date) -> Row:
    """The row of a unit that owes so much: silent since its last record, or since one could have been made."""
    cells: dict[str, Cell] = {
        "unit": unit.id,
        "unit_kind": unit.kind,
        "owed": owed,
        "last_date": last,
        "days_silent": max(0, (as_of - (last or since or as_of)).days),
        "pending": pending,
    }
    return Row(cells, unit.at)

"""Where a row stands among the rows of the whole project, told by a part of it alone.

Rows of two parts compare by their ranks as they would lie in the table of the whole; rows of one unit that have one
rank keep the order in which the part has them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from tracker.match import order
from tracker.model.actual import Actual, Figure
from tracker.model.chasing import OVERDUES, REMINDERS
from tracker.model.finding import Rank
from tracker.model.record import Record
from tracker.model.source import Place
from tracker.model.standing import Standing
from tracker.model.table import Row
from tracker.model.tables import ACTUALS, FACTS, FIGURES, STANDINGS, SUMS, UNITS, UNREPORTED
from tracker.rows.figures import figures, sums
from tracker.rows.situation import Situation

_USED, _STRAY, _LATE, _FIGURE = range(4)


class Ranks:
    """The ranks of the rows of a part. Plans, units, and the order of records are those of the whole."""

    def __init__(self, situation: Situation, actuals: Sequence[Actual], figures: Sequence[Figure]) -> None:
        self.situation = situation
        self.read: tuple[Sequence[Actual], Sequence[Figure]] = (actuals, figures)
        self.units = {unit.id: number for number, unit in enumerate(situation.everybody)}
        keys = ((number, task.id) for number, plan in enumerate(situation.plans) for task in plan.tasks)
        self.tasks = {id_: (number, place) for place, (number, id_) in enumerate(keys)}

    @cached_property
    def named(self) -> Mapping[Place, Sequence[str]]:
        """The units that one record names, in its order, by where it stands."""
        found: dict[Place, Sequence[str]] = {}
        for read in self.read:
            records: Iterable[Actual | Figure] = read
            for at, group in groupby(records, attrgetter("at")):
                units = list(dict.fromkeys(record.unit for record in group))
                if len(units) > 1:
                    found[at] = units
        return found

    def standing(self, one: Standing) -> Rank:
        """By plan, task and unit."""
        return (self.tasks[one.obligation.task.id], self.units[one.obligation.unit.id])

    def record(self, one: Record) -> Rank:
        """What counts as its obligation does; then what nothing asked for, by day; then what came too late."""
        actual = one.actual
        if one.of is not None:
            return (_USED, self.tasks[one.of.id], self.units[actual.unit])
        if one.role == "late":
            return (_LATE, self.tasks[actual.task][0], actual.at, self._among(actual))
        return (_STRAY, *order(actual), self._among(actual))

    def _among(self, record: Actual | Figure) -> int:
        units = self.named.get(record.at)
        return units.index(record.unit) if units else 0

    def of(self, table: str) -> tuple[Sequence[Row] | None, Callable[..., Rank]]:
        """The rank of each row of a table by unit; and its rows, where they were made for it."""
        match table:
            case STANDINGS.name:
                return None, self.standing
            case ACTUALS.name:
                return None, self.record
            case REMINDERS.name:
                return None, self._reminder
            case UNREPORTED.name | OVERDUES.name:
                return None, lambda row: (self.tasks[row.cells["task"]], self.units[row.cells["unit"]])
            case UNITS.name | FACTS.name:
                return None, lambda row: (self.units[row.cells["unit"]],)
            case FIGURES.name | SUMS.name:
                ranked = list(self._numbers(figures if table == FIGURES.name else sums))
                by_row = {id(row): rank for rank, row in ranked}
                return [row for _, row in ranked], lambda row: by_row[id(row)]
        raise KeyError(table)

    def _reminder(self, row: Row) -> Rank:
        """By day; then as rows/chasing.py has them."""
        cells = row.cells
        unit = self.units[str(cells["unit"])]
        return (cells["date"], unit, cells["task"], cells["period"] or "", cells["by"], row.at)

    def _numbers(self, make: Callable[[Situation], Iterable[Row]]) -> Iterable[tuple[Rank, Row]]:
        """Rows made of records, group by group of one rank; then those made of figures."""
        situation = self.situation
        for rank, group in groupby(situation.records, self.record):
            yield from ((rank, row) for row in make(situation._replace(records=list(group), figures=())))
        for figure in situation.figures:
            rank = (_FIGURE, figure.at, self._among(figure))
            yield from ((rank, row) for row in make(situation._replace(records=(), figures=(figure,))))

"""The rows of every table (model/tables.py says what each column means).

Only the tables that a rule judges are made. Arithmetic that rules may use is done here, once, under a name.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from tracker.model.chasing import OVERDUES, REMINDERS
from tracker.model.extents import AREAS, COVERAGES, INSPECTIONS, ITEMS, OVERLAPS
from tracker.model.measured import AUDIENCES, COMPARISONS, GUIDANCE, IDENTITIES, INDICATORS
from tracker.model.record import Record
from tracker.model.standing import Standing
from tracker.model.table import Row
from tracker.model.tables import (
    ACTUALS,
    CLOSINGS,
    DOCUMENTS,
    EDITS,
    FACTS,
    FIGURES,
    NAMES,
    STANDINGS,
    SUMS,
    TASKS,
    UNITS,
    UNREPORTED,
)
from tracker.rows.chasing import overdues, reminders
from tracker.rows.documents import documents, names
from tracker.rows.extents import areas, items
from tracker.rows.figures import figures, sums
from tracker.rows.guidance import guidance
from tracker.rows.identities import identities
from tracker.rows.indicators import audiences, comparisons, indicators
from tracker.rows.overlaps import overlaps
from tracker.rows.plans import closings, edits, tasks, unreported
from tracker.rows.reached import coverages, inspections
from tracker.rows.situation import Situation
from tracker.rows.units import facts, units


def rows(table: str, situation: Situation) -> Sequence[Standing | Record | Row]:
    """All rows of the table, in a fixed order. Raises KeyError for a table that does not exist."""
    if table == STANDINGS.name:
        return situation.standings
    if table == ACTUALS.name:
        return situation.records
    return tuple(_MAKERS[table](situation))


_MAKERS: Mapping[str, Callable[[Situation], Iterator[Row]]] = {
    TASKS.name: tasks,
    FIGURES.name: figures,
    SUMS.name: sums,
    DOCUMENTS.name: documents,
    NAMES.name: names,
    FACTS.name: facts,
    UNITS.name: units,
    CLOSINGS.name: closings,
    EDITS.name: edits,
    UNREPORTED.name: unreported,
    REMINDERS.name: reminders,
    OVERDUES.name: overdues,
    COVERAGES.name: coverages,
    INSPECTIONS.name: inspections,
    ITEMS.name: items,
    AREAS.name: areas,
    OVERLAPS.name: overlaps,
    INDICATORS.name: indicators,
    COMPARISONS.name: comparisons,
    IDENTITIES.name: identities,
    AUDIENCES.name: audiences,
    GUIDANCE.name: guidance,
}

"""All that rows are made of: one judgement of the project, before any rule is asked."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tracker.model.actual import Actual, Figure
from tracker.model.indicator import Indicator
from tracker.model.plan import Document, Plan
from tracker.model.project import Edited
from tracker.model.standing import Record, Standing, Stray
from tracker.model.unit import Group, Unit
from tracker.periods import Days


class Published(NamedTuple):
    """A plan whose figures were frozen, with what they rest on."""

    plan: Plan
    standings: Sequence[Standing]
    actuals: Sequence[Actual]
    """All that was known then."""


class Situation(NamedTuple):
    """All that is known on the two days, for the plans that are looked at."""

    days: Days
    plans: Sequence[Plan]
    units: Sequence[Unit]
    documents: Sequence[Document]
    standings: Sequence[Standing]
    strays: Sequence[Stray]
    records: Sequence[Record]
    figures: Sequence[Figure]
    groups: Sequence[Group] = ()
    late: Sequence[Actual] = ()
    """Records for a plan whose figures were published before they came; they change none of them."""
    edits: Sequence[Edited] = ()
    published: Sequence[Published] = ()
    indicators: Sequence[Indicator] = ()
    readings: Sequence[Figure] = ()
    """Figures that are readings of indicators, of all units: what one unit is held against may be another's."""
    everybody: Sequence[Unit] = ()
    """All units, whoever is looked at."""


def recorded(
    standings: Iterable[Standing],
    strays: Iterable[Stray],
    late: Iterable[Actual] = (),
) -> Sequence[Record]:
    """Every record with what became of it: the rows of the table `actuals`, in order of obligation, strays last."""
    found: list[Record] = []
    for standing in standings:
        for actual in standing.actuals:
            found.append(Record(actual, "used", None, standing.obligation.period.id))  # noqa: PERF401 - twice as fast
        for actual in standing.surplus:
            found.append(Record(actual, "surplus", None, standing.obligation.period.id))  # noqa: PERF401
    found += [Record(stray.actual, "stray", stray.why, stray.actual.period or None) for stray in strays]
    found += [Record(actual, "late", None, actual.period or None) for actual in late]
    return found

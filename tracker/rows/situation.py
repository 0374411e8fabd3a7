"""All that rows are made of: one judgement of the project, before any rule is asked."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from tracker.model.actual import Actual, Figure, Step
from tracker.model.document import Document
from tracker.model.indicator import Indicator
from tracker.model.plan import Plan
from tracker.model.project import Edited
from tracker.model.record import Record, Stray
from tracker.model.sent import Sent
from tracker.model.standing import Standing
from tracker.model.unit import Group, Unit
from tracker.periods import Days


class Published(NamedTuple):
    """A plan whose figures were frozen, with what they rest on."""

    plan: Plan
    standings: Sequence[Standing]
    actuals: Sequence[Actual]
    """All that was known then."""


NO_NEXT: Mapping[str, Sequence[Plan]] = MappingProxyType({})


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
    whole: bool = True
    """Whether all units are looked at: of some alone it cannot be said what of a plan nobody did."""
    next: Mapping[str, Sequence[Plan]] = NO_NEXT
    """By the number of a plan, those of the next period under the same programme, in force or not."""
    indicators: Sequence[Indicator] = ()
    readings: Sequence[Figure] = ()
    """Figures that are readings of indicators, of all units: what one unit is held against may be another's."""
    everybody: Sequence[Unit] = ()
    """All units, whoever is looked at."""
    reminders: Sequence[Sent] = ()
    """Those that went out by the day, of all units and plans."""

    def deeds(self) -> Iterator[Actual]:
        """Every record, without those that only say why something was not done."""
        return (record.actual for record in self.records if record.actual.step is not Step.EXPLAINED)


def recorded(
    standings: Iterable[Standing],
    strays: Iterable[Stray],
    late: Iterable[Actual] = (),
) -> Sequence[Record]:
    """Every record with what became of it: the rows of the table `actuals`, in order of obligation, strays last."""
    found: list[Record] = []
    for standing in standings:
        obligation = standing.obligation
        for actual in standing.actuals:
            found.append(Record(actual, "used", None, obligation.period.id, obligation.task))  # noqa: PERF401 - twice as fast
        for actual in standing.surplus:
            found.append(Record(actual, "surplus", None, obligation.period.id, obligation.task))  # noqa: PERF401
        for actual in standing.reasons:
            found.append(Record(actual, "reason", None, obligation.period.id, obligation.task))  # noqa: PERF401
    found += [Record(stray.actual, "stray", stray.why, stray.actual.period or None) for stray in strays]
    found += [Record(actual, "late", None, actual.period or None) for actual in late]
    return found


def after(plans: Iterable[Plan]) -> Mapping[str, Sequence[Plan]]:
    """By the number of a plan, the plans of the next period under the same programme."""
    under: dict[str, list[Plan]] = {}
    for plan in sorted(plans, key=lambda plan: (plan.period.first, plan.id)):
        if plan.under and not plan.programme:
            under.setdefault(plan.under, []).append(plan)
    found: dict[str, Sequence[Plan]] = {}
    for family in under.values():
        begins = [plan.period.first for plan in family]
        for plan in family:
            place = bisect_right(begins, plan.period.last)
            if place < len(family):
                found[plan.id] = family[place : bisect_right(begins, begins[place])]
    return found

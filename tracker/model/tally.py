"""How many of what: all that outputs for machines say of obligations that break no rule."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tracker.model.link import Way
from tracker.model.plan import Kind
from tracker.model.standing import Standing, State, weighted


class Covered(NamedTuple):
    """The three numbers of design 4.4 for one coverage task."""

    done: int
    eligible: int
    all: int


class Tally(NamedTuple):
    """Counts that add up; the tallies of parts add up to that of the whole."""

    states: Mapping[State, int]
    coverage: Mapping[str, Covered]
    """By key of a coverage task, in the order of the plans."""
    strays: int
    unkeyed: Mapping[Way, int]
    """Records that count and name no task, by the way in which they came to theirs."""

    @property
    def obligations(self) -> int:
        """All of them: each has exactly one state."""
        return sum(self.states.values())


def tally(standings: Iterable[Standing], strays: int) -> Tally:
    """The counts of these."""
    states: Counter[State] = Counter()
    ways: Counter[Way] = Counter()
    counts: dict[str, list[int]] = {}
    for standing, many in weighted(standings):
        states[standing.state] += many
        for actual in (*standing.actuals, *standing.surplus):
            if actual.taken:
                ways[actual.taken.way] += many
        task = standing.obligation.task
        if task.kind is Kind.COVERAGE:
            count = counts.setdefault(task.id, [0, 0, 0])
            count[0] += many if standing.state in _DONE else 0
            count[1] += many if standing.obligation.applies is True else 0
            count[2] += many
    return Tally(states, {task: Covered(*count) for task, count in counts.items()}, strays, ways)


def added(tallies: Iterable[Tally], tasks: Iterable[str]) -> Tally:
    """The sum of tallies; `tasks` are keys of tasks in the order of the plans."""
    states: Counter[State] = Counter()
    ways: Counter[Way] = Counter()
    coverage: dict[str, Covered] = {}
    strays = 0
    for one in tallies:
        states.update(one.states)
        ways.update(one.unkeyed)
        strays += one.strays
        for task, count in one.coverage.items():
            known = coverage.get(task)
            coverage[task] = Covered(*map(sum, zip(known, count, strict=True))) if known else count
    return Tally(states, {task: coverage[task] for task in tasks if task in coverage}, strays, ways)


_DONE = (State.DONE, State.DONE_LATE)

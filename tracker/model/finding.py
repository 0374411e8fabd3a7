"""A rule met a row: what a renderer may say about it. No text in here, only names and values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import NamedTuple, Protocol, overload, runtime_checkable

from tracker.model.rule import Severity
from tracker.model.source import Place
from tracker.model.unit import Unit
from tracker.model.values import Number
from tracker.model.waiver import Waiver

Cell = str | bool | Number | date | None
"""What one column of one row may hold."""
Rank = tuple[object, ...]
"""Where a row stands among all rows of its table, whichever part of the project it is of."""


class Verdict(StrEnum):
    """A rule holds, is broken, or cannot be told: the last is a finding too, never a pass."""

    BROKEN = "broken"
    UNKNOWN = "unknown"


class Novelty(StrEnum):
    """Since when a finding is there, where a run is compared with a revision or a baseline."""

    NEW = "new"
    """This change brought it, or made it worse."""
    LAPSED = "lapsed"
    """The change did not: on its own day the revision did not have it, and since then only time passed."""
    OLD = "old"
    """The revision had it on its own day."""
    BASELINE = "baseline"
    """It was accepted when tracker was taken up."""


class Finding(NamedTuple):
    """One rule × one row."""

    rule: str
    severity: Severity
    verdict: Verdict
    table: str
    row: Mapping[str, Cell]
    """The columns that the rule's messages name, and those that identify the row."""
    at: Place
    fingerprint: str
    """Readable key of business ids: never a line, a message, a level, a day count or a language."""
    waiver: Waiver | None = None
    """The waiver that covers it on this day."""
    ended: Waiver | None = None
    """A waiver that covered it and has expired."""
    novelty: Novelty | None = None
    """None where nothing was compared."""
    owner: str = ""
    """Id of the unit that must act; empty = nobody is named."""
    beside: tuple[Place, ...] = ()
    """Other places that its row was made of, where a sentence for a report may rest on it."""
    rank: Rank = ()
    """Where its row stands, while a project is judged in parts; empty in every report."""

    @property
    def counts(self) -> bool:
        """Whether it may close the gate: waived, accepted, lapsed and old findings are shown and do not."""
        return self.waiver is None and self.novelty in (None, Novelty.NEW)


@runtime_checkable
class Kinds(Protocol):
    """Findings of one rule and severity, at least one, most of which differ from others in hardly anything."""

    def __len__(self) -> int: ...

    def __getitem__(self, place: int, /) -> Finding: ...

    def __iter__(self) -> Iterator[Finding]: ...

    def kinds(self) -> tuple[Sequence[int], Sequence[str], Sequence[int | None]]:
        """Of each a number that it shares with those like it, the id of its unit, and its days late.

        Those like it differ from it in these two alone; in days late only where the rule's message does not say them.
        """

    def posed(self, place: int, unit: Unit) -> Finding:
        """The one at this place as it would be if it were this unit's."""


Run = Sequence[Finding] | Kinds


class Runs(Sequence[Finding]):
    """Findings, worst first, in runs of one rule and severity each; some are made as they are asked for."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self.runs = runs

    def __len__(self) -> int:
        return sum(map(len, self.runs))

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Finding]: ...
    def __getitem__(self, index: int | slice) -> Finding | Sequence[Finding]:
        """One, or some, of them."""
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        place = range(len(self))[index]
        for run in self.runs:
            if place < len(run):
                return run[place]
            place -= len(run)
        raise IndexError(index)

    def __iter__(self) -> Iterator[Finding]:
        return chain.from_iterable(self.runs)


def runs(findings: Sequence[Finding]) -> Sequence[Run]:
    """The runs that they are made of; those that stand in a list or tuple are one."""
    return findings.runs if isinstance(findings, Runs) else (findings,)


def weighted(findings: Sequence[Finding]) -> Iterable[tuple[Finding, int]]:
    """Findings, each with how many are like it in rule, severity, verdict and in what was accepted of them."""
    for run in runs(findings):
        known = getattr(run, "weighted", None)
        yield from known() if known is not None else ((finding, 1) for finding in run)

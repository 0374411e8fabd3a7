"""Everything that a renderer may ask for, computed once and sorted."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from tracker.model.actual import Actual
from tracker.model.finding import Finding, weighted
from tracker.model.gate import Gate
from tracker.model.plan import Plan
from tracker.model.record import Stray
from tracker.model.rule import Rule
from tracker.model.source import Problem
from tracker.model.standing import Standing
from tracker.model.tally import Tally, tally
from tracker.model.unit import Unit


class Report(NamedTuple):
    """One judgement of the project. Two runs on the same files and days give equal reports."""

    as_of: date
    known_by: date
    plans: Sequence[Plan]
    """Those that are looked at: in force on the day, and chosen."""
    standings: Sequence[Standing]
    strays: Sequence[Stray]
    findings: Sequence[Finding]
    """Worst first, then by rule, then in the order of plan, task, unit and period."""
    problems: Sequence[Problem]
    rules: Sequence[Rule]
    """Those that were read and could run."""
    saw: Mapping[str, int]
    """How many rows each rule had to speak of."""
    units: Mapping[str, Unit]
    """By id, in official order."""
    late: Sequence[Actual] = ()
    """Records for a plan whose figures were published before they came: "phát sinh sau thời điểm chốt số liệu"."""
    passed: Mapping[str, Sequence[str]] = MappingProxyType({})
    """By rule, the fingerprints that rows have which break nothing; only where they were asked for (`Asked.passes`)."""
    gate: Gate = Gate()
    faults: Sequence[Exception] = ()
    """What went wrong in us while rules ran: the run ends with exit code 3, after saying what was found."""
    reminders_since: date | None = None
    """The first day on which a reminder was logged; None where the project logs none."""
    counted: Tally | None = None
    """The counts of a project that was judged in parts, whose standings were let go part by part."""

    @property
    def tally(self) -> Tally:
        """How many of what: of the standings and strays, or as the parts counted them."""
        return self.counted or tally(self.standings, len(self.strays))

    @property
    def verdicts(self) -> Mapping[str, int]:
        """How many verdicts there are of each kind; the kinds add up to all that the rules had to speak of."""
        told: Counter[str] = Counter()
        for finding, many in weighted(self.findings):
            told["waived" if finding.waiver else str(finding.verdict)] += many
        rest = sum(self.saw.values()) - sum(told.values())
        return MappingProxyType({"passed": rest, **{kind: told[kind] for kind in ("broken", "unknown", "waived")}})

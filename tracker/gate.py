"""Whether the gate closes: what a run is judged on, apart from what it found. Pure, as everything between the doors.

A change is judged on what it brought: its findings on a day without those that its base has on the same day. What the
base had on its own day is old; what it has only by now has lapsed meanwhile, and is nobody's change.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from tracker.history import renamed
from tracker.model.finding import Finding, Novelty, weighted
from tracker.model.gate import Reason, Why
from tracker.model.report import Report
from tracker.model.rule import Rule, Severity
from tracker.model.waiver import Accepted

HOLDS_DAYS = 366
"""How long an entry of a baseline holds."""


class Terms(NamedTuple):
    """What is asked of the gate."""

    fail_on: Severity | None = Severity.ERROR
    """None = never."""
    fail_on_new: Severity | None = None
    """The level for what a change brought; None = the same as `fail_on`."""
    budgets: Sequence[tuple[str, int]] = ()
    """Patterns of rule ids, and how many findings each may have; they stand instead of the levels."""
    horizon: int = 0


def compare(report: Report, base: Report, earlier: Report, label: str) -> Report:
    """The report with the novelty of each finding: `base` is the revision on the same day, `earlier` on its own day."""
    now, then = _open(base), _open(earlier)
    findings = []
    for finding in report.findings:
        before = now.get(finding.fingerprint)
        novelty = Novelty.NEW
        if before is not None and finding.severity.rank <= before.severity.rank:
            novelty = Novelty.OLD if finding.fingerprint in then else Novelty.LAPSED
        findings.append(finding._replace(novelty=novelty))
    here = {finding.fingerprint for finding in report.findings}
    absent = [finding for key, finding in now.items() if key not in here]
    return report._replace(findings=findings, gate=report.gate._replace(since=label, absent=absent))


def accept(report: Report, baseline: Sequence[Accepted], renames: Mapping[str, str]) -> Report:
    """The report with what was accepted at adoption marked; what got worse since is new, as is all the rest.

    An entry holds for a year from the day on which it was first seen, so that adoption comes to an end.
    """
    holds = [one for one in baseline if (report.as_of - one.first_seen).days <= HOLDS_DAYS]
    known = {renamed(one.key, renames): Severity(one.severity).rank for one in holds}
    there = {finding.fingerprint for finding in report.findings}
    stale = [one for one in baseline if one not in holds or renamed(one.key, renames) not in there]
    findings = []
    for finding in report.findings:
        accepted = finding.severity.rank <= known.get(finding.fingerprint, -1)
        novelty = Novelty.BASELINE if accepted else finding.novelty or Novelty.NEW
        findings.append(finding._replace(novelty=novelty))
    return report._replace(findings=findings, gate=report.gate._replace(stale=stale))


def ahead(report: Report, later: Report, terms: Terms) -> Report:
    """The report with what will close the gate within the horizon if nothing is done.

    What is there today at that level, on whatever account, is not coming; what only gets worse until then is.
    """
    here = {finding.fingerprint for finding in report.findings if finding.waiver is None and _reaches(finding, terms)}
    coming = [
        finding
        for finding in later.findings
        if finding.waiver is None and finding.fingerprint not in here and _reaches(finding, terms)
    ]
    return report._replace(gate=report.gate._replace(horizon=terms.horizon, coming=coming))


def decide(report: Report, terms: Terms) -> Report:
    """The report with every reason for which the gate closes."""
    found = list(weighted(report.findings))
    budgeted = [pattern for pattern, _ in terms.budgets]
    free = [
        (one, many)
        for one, many in found
        if one.counts and not any(fnmatchcase(one.rule, pattern) for pattern in budgeted)
    ]
    reasons = []
    over = sum(many for one, many in free if terms.fail_on is not None and one.severity.rank >= terms.fail_on.rank)
    if terms.fail_on is not None and over:
        reasons.append(Reason(Why.THRESHOLD, terms.fail_on, over))
    if terms.fail_on_new is not None:
        level = terms.fail_on_new
        brought = [one for one in free if one[0].novelty is Novelty.NEW and one[0].severity.rank >= level.rank]
        # What is at the other level is told there.
        if any(terms.fail_on is None or one.severity.rank < terms.fail_on.rank for one, _ in brought):
            reasons.append(Reason(Why.NEW, level, sum(many for _, many in brought)))
    for pattern, allowed in terms.budgets:
        mine = [one for one in found if one[0].waiver is None and fnmatchcase(one[0].rule, pattern)]
        count = sum(many for _, many in mine)
        if count > allowed and any(one.counts for one, _ in mine):
            reasons.append(Reason(Why.BUDGET, pattern, count, str(allowed)))
    reasons += _by_rules(report)
    return report._replace(gate=report.gate._replace(reasons=reasons, fail_on=terms.fail_on))


def _by_rules(report: Report) -> list[Reason]:
    """What rules say themselves under `fail_if`, whatever their severity."""
    found: Counter[str] = Counter()
    counting = set()
    for finding, many in weighted(report.findings):
        if finding.waiver is None:
            found[finding.rule] += many
            if finding.counts:
                counting.add(finding.rule)
    reasons = []
    for rule in report.rules:
        mine = found[rule.id]
        if rule.id in counting and _too_many(rule, mine, report.saw.get(rule.id, 0)):
            allowed = f"{rule.fail_share} %" if rule.fail_share is not None else str(rule.fail_count)
            reasons.append(Reason(Why.SHARE, rule.id, mine, allowed))
    return reasons


def _too_many(rule: Rule, found: int, seen: int) -> bool:
    """In whole numbers: a share is compared without dividing."""
    if rule.fail_count is not None:
        return found > rule.fail_count
    return rule.fail_share is not None and found * 100 > rule.fail_share * seen


def _open(report: Report) -> dict[str, Finding]:
    """What nobody accepted, by fingerprint."""
    return {finding.fingerprint: finding for finding in report.findings if finding.waiver is None}


def _reaches(finding: Finding, terms: Terms) -> bool:
    return terms.fail_on is None or finding.severity.rank >= terms.fail_on.rank


"""Findings × waivers: which are accepted today, and which were (design 4.4). What is waived stays a finding."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from tracker.model.finding import Cell, Finding, Runs
from tracker.model.table import Row
from tracker.model.waiver import Waiver


def waive(
    findings: Sequence[Finding],
    waivers: Sequence[Waiver],
    day: date,
) -> tuple[Sequence[Finding], Mapping[str, int]]:
    """The findings with the waiver that covers each on that day, or the last one that did; and how many each meets.

    Of several the one that ends last counts. A waiver that has not begun meets nothing.
    """
    by_rule: dict[str, list[Waiver]] = {}
    for waiver in sorted(waivers, key=lambda one: (one.expires, one.id)):
        if waiver.issued <= day:
            by_rule.setdefault(waiver.rule, []).append(waiver)
    met: Counter[str] = Counter()
    if not isinstance(findings, Runs):
        return tuple(_waived(findings, by_rule, day, met)), met
    # Of a rule of which nothing was accepted nobody needs the findings one by one.
    told = [list(_waived(run, by_rule, day, met)) if run[0].rule in by_rule else run for run in findings.runs]
    return Runs(told), met


def _waived(
    findings: Iterable[Finding], by_rule: Mapping[str, Sequence[Waiver]], day: date, met: Counter[str],
) -> Iterator[Finding]:
    for finding in findings:
        mine = [one for one in by_rule.get(finding.rule, ()) if covers(one, finding)]
        if not mine:
            yield finding
            continue
        met.update(one.id for one in mine)
        last = mine[-1]
        holds = day <= last.expires
        yield finding._replace(waiver=last if holds else None, ended=None if holds else last)


def covers(waiver: Waiver, finding: Finding) -> bool:
    """Whether the finding is what the waiver speaks of, whatever the day."""
    period = finding.row.get("period")
    # A record without a period has an empty one.
    if waiver.periods != () if not period else str(period) not in waiver.periods:
        return False
    key = finding.fingerprint.removeprefix(f"{finding.rule}:").partition("#")[0]
    if period:
        key = key.removesuffix(f":{period}")
    task, unit = finding.row.get("task"), finding.row.get("unit")
    return waiver.subject in {key, task, unit, f"{task}:{unit}"}


def waiver_rows(waivers: Sequence[Waiver], met: Mapping[str, int], day: date) -> Sequence[Row]:
    """One row per waiver that has begun."""
    rows = []
    for one in waivers:
        if one.issued <= day:
            cells: dict[str, Cell] = {
                "waiver": one.id,
                "about": one.rule,
                "subject": one.subject,
                "document": one.document,
                "expires": one.expires,
                "days_left": (one.expires - day).days,
                "findings": met.get(one.id, 0),
                "listed": max(1, len(one.periods)),
                "broad": one.broad,
            }
            rows.append(Row(cells, one.at))
    return rows

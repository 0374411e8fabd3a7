"""JSON, version 1 (design 8): other programs depend on it, so it has its own shape and no key is removed or renamed."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from tracker.lang import Words, languages, words
from tracker.model.finding import Cell, Finding, Verdict, weighted
from tracker.model.gate import Gate
from tracker.model.link import Way
from tracker.model.report import Report
from tracker.model.rule import Rule, Severity
from tracker.model.source import Problem
from tracker.model.standing import State
from tracker.model.tally import Tally
from tracker.render import alike
from tracker.render.alike import with_marks
from tracker.render.say import Speaker

VERSION = 1
_KEYS = ("plan", "task", "unit", "period", "due", "days_late", "state")
written = json.JSONEncoder(ensure_ascii=False).encode
"""One encoder for all: json.dumps makes one for every call that is not ASCII."""


def render(report: Report, say: Words) -> str:
    """The whole report. No clock, no machine and no chosen language in it: the same input gives the same bytes."""
    return "".join(blocks(report, say)).rstrip("\n")


def blocks(report: Report, _say: Words) -> Iterator[str]:
    """The same, a thousand findings at a time.

    One entry of a list a line: compares as well as indented text, and is written by the fast half of `json`.
    """
    yield "{\n"
    for key, value in head(report).items():
        parts = map(written, value) if isinstance(value, list) else None
        yield f' "{key}": {"".join(_listed(parts)) if parts else written(value)},\n'
    yield ' "findings": '
    yield from _listed(texts(report))
    yield ',\n "problems": '
    yield from _listed(map(written, problems(report)))
    yield "\n}\n"


def head(report: Report) -> dict[str, Any]:
    """All but the two lists that may be long."""
    tally = report.tally
    return {
        "version": VERSION,
        "as_of": report.as_of.isoformat(),
        "known_by": report.known_by.isoformat(),
        "plans": [plan.id for plan in report.plans],
        "summary": _summary(report, tally),
        "coverage": coverage(tally),
        "gate": _gate(report.gate),
    }


def texts(report: Report, clean: Callable[[str], str] = str) -> Iterator[str]:
    """Each finding as one object on a line; `clean` is done to all text, and takes each character by itself."""
    rules = {rule.id: rule for rule in report.rules}
    known = with_marks(report)
    speakers = {code: Speaker(known, words(code)) for code in languages()}

    def whole(finding: Finding) -> str:
        return clean(written(_finding(finding, rules[finding.rule], speakers)))

    return alike.texts(report, whole, lambda text: clean(written(text))[1:-1])


def problems(report: Report) -> Iterator[dict[str, Any]]:
    """Each problem of the input as one object."""
    return map(_problem, report.problems)


def _listed(entries: Iterable[str]) -> Iterator[str]:
    """A list of entries that are written already, one a line."""
    opened = False
    for block in batched(entries):
        yield (",\n  " if opened else "[\n  ") + ",\n  ".join(block)
        opened = True
    yield "\n ]" if opened else "[]"


def batched(entries: Iterable[str], size: int = 1000) -> Iterator[Sequence[str]]:
    """So many at a time."""
    rest = iter(entries)
    while block := list(islice(rest, size)):
        yield block


def coverage(tally: Tally) -> list[dict[str, Any]]:
    """The three numbers of design 4.4 for every coverage task: done / eligible / all."""
    return [{"task": task, **count._asdict()} for task, count in tally.coverage.items()]


def _summary(report: Report, tally: Tally) -> dict[str, Any]:
    severities: Counter[Severity] = Counter()
    unknown = 0
    for finding, many in weighted(report.findings):
        severities[finding.severity] += many
        unknown += many if finding.verdict is Verdict.UNKNOWN else 0
    return {
        "obligations": tally.obligations,
        "states": {str(state): tally.states.get(state, 0) for state in State},
        "severities": {str(level): severities[level] for level in reversed(Severity)},
        "unknown_verdicts": unknown,
        "strays": tally.strays,
        "unkeyed": {str(way): tally.unkeyed.get(way, 0) for way in (Way.SELECTOR, Way.LINK)},
        "verdicts": dict(report.verdicts),
    }


def _gate(gate: Gate) -> dict[str, Any]:
    return {
        "fail_on": gate.fail_on,
        "since": gate.since or None,
        "reasons": [reason._asdict() for reason in gate.reasons],
        "absent": [finding.fingerprint for finding in gate.absent],
        "horizon": gate.horizon,
        "coming": [finding.fingerprint for finding in gate.coming],
    }


def _finding(finding: Finding, rule: Rule, speakers: Mapping[str, Speaker]) -> dict[str, Any]:
    row = finding.row
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "verdict": finding.verdict,
        **{key: _plain(row.get(key)) for key in _KEYS},
        "message": {code: speaker.message(finding) for code, speaker in speakers.items()},
        "fix": {code: rule.fix[code] for code in speakers},
        "waived_until": finding.waiver.expires.isoformat() if finding.waiver else None,
        "file": finding.at.file,
        "line": finding.at.line,
        "column": finding.at.column,
        "fingerprint": finding.fingerprint,
        "waiver": finding.waiver.id if finding.waiver else None,
        "waiver_ended": finding.ended.id if finding.ended else None,
        "novelty": finding.novelty,
        "owner": finding.owner or None,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "code": problem.code,
        "message": {code: words(code).problem(problem) for code in languages()},
        **({"kind": problem.args["kind"], "rows": problem.places, "lines": problem.lines} if problem.lines else {}),
    }


def _plain(value: Cell) -> str | int | None:
    """A day as ISO, a word as text, a whole number as a number."""
    if value is None or isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)

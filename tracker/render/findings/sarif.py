"""SARIF 2.1.0 (OASIS) for code scanning: one run, one result a finding, in the language asked for.

Waivers are suppressions, a comparison is `baselineState`, problems of the input are notifications of an invocation that
did not succeed. What the standard has no word for stands in `properties`.
"""

import json
from typing import Any
from urllib.parse import quote

from tracker.lang import Words
from tracker.model.finding import Finding, Novelty, Verdict
from tracker.model.report import Report
from tracker.model.rule import Rule, Severity
from tracker.model.source import NOWHERE, Place, Problem
from tracker.model.waiver import Waiver
from tracker.render.say import Speaker
from tracker.render.told import said
from tracker.render.visible import visible

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
KEY = "trackerKey/v1"
_STATES = {Novelty.NEW: "new", Novelty.LAPSED: "unchanged", Novelty.OLD: "unchanged", Novelty.BASELINE: "unchanged"}


def render(report: Report, say: Words) -> str:
    """The whole log. No clock and no machine in it."""
    speaker = Speaker(report, say)
    numbers = {rule.id: number for number, rule in enumerate(report.rules)}
    results = [_result(finding, speaker, numbers) for finding in report.findings]
    gone = [_result(finding, speaker, numbers) for finding in report.gate.absent]
    # The standard: if one result has a state or a suppression, every result of the run must say its own (3.27.23, 24).
    if report.gate.since or gone or any(finding.novelty for finding in report.findings):
        for result, finding in zip(results, report.findings, strict=True):
            result["baselineState"] = _STATES[finding.novelty or Novelty.NEW]
        for result in gone:
            result["baselineState"] = "absent"
    results += gone
    if any("suppressions" in result for result in results):
        for result in results:
            result.setdefault("suppressions", [])
    run = {
        "tool": {"driver": {"name": "tracker", "rules": [_rule(rule, say) for rule in report.rules]}},
        "language": say.code,
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not report.problems,
                "toolExecutionNotifications": [_notification(problem, say) for problem in report.problems],
            }
        ],
        "results": results,
        "properties": _properties(report),
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1)


def _properties(report: Report) -> dict[str, Any]:
    gate = report.gate
    return {
        "asOf": report.as_of.isoformat(),
        "knownBy": report.known_by.isoformat(),
        "plans": [plan.id for plan in report.plans],
        "verdicts": dict(report.verdicts),
        "failOn": gate.fail_on,
        "since": gate.since or None,
        "reasons": [reason._asdict() for reason in gate.reasons],
        "horizon": gate.horizon,
        "coming": [finding.fingerprint for finding in gate.coming],
    }


def _rule(rule: Rule, say: Words) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": _text(visible(rule.title[say.code])),
        "fullDescription": _text(visible(rule.why[say.code])),
        "help": _text(visible(rule.fix[say.code])),
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"table": rule.on, **({"basis": rule.basis} if rule.basis else {})},
    }


def _result(finding: Finding, speaker: Speaker, numbers: dict[str, int]) -> dict[str, Any]:
    """One finding; what cannot be told keeps its level, since a run must not pass over it, and says so."""
    result: dict[str, Any] = {"ruleId": finding.rule}
    if finding.rule in numbers:
        result["ruleIndex"] = numbers[finding.rule]
    result |= {
        "kind": "fail",
        "level": finding.severity,
        "message": _text(said(speaker, finding)),
        "locations": _locations(finding.at),
        "partialFingerprints": {KEY: finding.fingerprint},
    }
    more: dict[str, Any] = {"verdict": finding.verdict}
    if finding.verdict is Verdict.UNKNOWN:
        more["unknown"] = True
    if finding.novelty is not None:
        more["novelty"] = finding.novelty
    if finding.owner:
        more["owner"] = finding.owner
    if finding.ended is not None:
        more |= {"waiverEnded": finding.ended.id, "waiverEndedAfter": finding.ended.expires.isoformat()}
    if finding.waiver is not None:
        more |= {"waiver": finding.waiver.id, "waivedUntil": finding.waiver.expires.isoformat()}
        result["suppressions"] = [_suppression(finding.waiver)]
    return result | {"properties": more}


def _suppression(waiver: Waiver) -> dict[str, Any]:
    """The standard has no field for an expiry (section 3.35), so it stands in the properties."""
    at = _locations(waiver.at)
    return {
        "kind": "external",
        "status": "accepted",
        "justification": visible(waiver.reason),
        **({"location": at[0]} if at else {}),
        "properties": {
            "waiver": waiver.id,
            "issued": waiver.issued.isoformat(),
            "expires": waiver.expires.isoformat(),
            "document": visible(waiver.document),
            "approvedBy": visible(waiver.approved_by),
        },
    }


def _notification(problem: Problem, say: Words) -> dict[str, Any]:
    return {
        "descriptor": {"id": problem.code},
        "level": Severity.ERROR,
        "message": _text(visible(say.problem(problem))),
        "locations": _locations(problem.place),
    }


def _locations(place: Place) -> list[dict[str, Any]]:
    """A place as the standard writes it: a relative URI, lines and columns from 1; none for what stands nowhere."""
    if not place.file or place == NOWHERE:
        return []
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(place.file, errors="replace")}}
    if place.line > 0:
        physical["region"] = {"startLine": place.line, **({"startColumn": place.column} if place.column > 0 else {})}
    return [{"physicalLocation": physical}]


def _text(text: str) -> dict[str, str]:
    """A message that is data: braces doubled, so that none is a slot (3.11.5), and no link in it (3.11.6)."""
    return {"text": text.replace("{", "{{").replace("}", "}}").replace("](", "\\](")}

"""Code Quality of GitLab: a JSON array that the merge request widget compares with that of the target branch.

Waived findings are left out, since GitLab has no word for them and would show them as degradations; every other format
has them.
"""

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from tracker.lang import Words
from tracker.model.report import Report
from tracker.model.rule import Severity
from tracker.model.source import Place
from tracker.render.say import Speaker
from tracker.render.told import said
from tracker.render.visible import visible

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "minor"}


def render(report: Report, say: Words) -> str:
    """Problems of the input first, as blockers, then the findings, worst first."""
    speaker = Speaker(report, say)
    entries = [
        _entry(problem.code, visible(say.problem(problem)), _key(problem.order), "blocker", problem.place)
        for problem in report.problems
    ]
    entries += [
        _entry(finding.rule, said(speaker, finding), finding.fingerprint, _SEVERITIES[finding.severity], finding.at)
        for finding in report.findings
        if finding.waiver is None
    ]
    return json.dumps(_apart(entries), ensure_ascii=False, indent=1)


def _entry(check: str, description: str, key: str, severity: str, place: Place) -> dict[str, Any]:
    return {
        "description": description,
        "check_name": check,
        "fingerprint": sha256(key.encode("utf-8", "backslashreplace")).hexdigest(),
        "severity": severity,
        "location": {"path": visible(place.file) or ".", "lines": {"begin": max(1, place.line)}},
    }


def _key(parts: object) -> str:
    return f"problem {parts!r}"


def _apart(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """One of each fingerprint: GitLab would merge them without a word (two equal problems say the same)."""
    return list({entry["fingerprint"]: entry for entry in entries}.values())

"""JSON, version 1: both views, every obligation that moved with its cause, findings by what became of them."""

import json
from collections.abc import Sequence
from typing import Any

from tracker.lang import Words, languages, words
from tracker.model.change import Change, Moved, Turned
from tracker.model.report import Report
from tracker.render.say import Speaker

VERSION = 1


def render(change: Change, say: Words, *, width: int, color: bool, plain: bool) -> str:
    """Keys may be added in later versions, none removed or renamed. Two runs give the same bytes."""
    del say, width, color, plain
    document = {
        "version": VERSION,
        "before": _view(change.before, change.label_before),
        "after": _view(change.after, change.label_after),
        "causes": {str(cause): count for cause, count in change.causes.items()},
        "moved": [_moved(one) for one in change.moved],
        "findings": {
            "new": _turned(change.new, change.after),
            "resolved": _turned(change.resolved, change.before),
            "persisting": [finding.fingerprint for finding in change.persisting],
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _view(report: Report, revision: str) -> dict[str, Any]:
    return {
        "as_of": report.as_of.isoformat(),
        "known_by": report.known_by.isoformat(),
        "revision": revision or None,
        "plans": [plan.id for plan in report.plans],
    }


def _moved(one: Moved) -> dict[str, Any]:
    obligation = one.standing.obligation
    return {
        "plan": obligation.plan.id,
        "task": obligation.task.id,
        "unit": obligation.unit.id,
        "period": obligation.period.id,
        "before": str(one.before.state) if one.before else None,
        "after": str(one.after.state) if one.after else None,
        "cause": str(one.cause),
    }


def _turned(turned: Sequence[Turned], report: Report) -> list[dict[str, Any]]:
    speakers = {code: Speaker(report, words(code)) for code in languages()}
    return [
        {
            "fingerprint": one.finding.fingerprint,
            "rule": one.finding.rule,
            "severity": str(one.finding.severity),
            "verdict": str(one.finding.verdict),
            "cause": str(one.cause),
            "message": {code: speaker.message(one.finding) for code, speaker in speakers.items()},
            "file": one.finding.at.file,
            "line": one.finding.at.line,
        }
        for one in turned
    ]

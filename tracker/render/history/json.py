"""JSON, version 1: every run, every finding with its lives, and how fast they close."""

import json
from collections.abc import Sequence
from typing import Any

from tracker.model.history import Life, Pace, Trend
from tracker.render.history import Look

VERSION = 1
_COUNTS = ("states", "verdicts", "rules", "severities", "owners", "new", "resolved", "reopened")


def render(trend: Trend, _look: Look) -> str:
    """Keys may be added in later versions, none removed or renamed. Two runs give the same bytes."""
    document = {
        "version": VERSION,
        "as_of": trend.today.isoformat(),
        "known_by": trend.runs[-1].known_by.isoformat(),
        "runs": [
            {
                "as_of": run.as_of.isoformat(),
                "known_by": run.known_by.isoformat(),
                "commit": run.commit or None,
                **{name: _plain(getattr(run, name)) for name in _COUNTS},
            }
            for run in trend.runs
        ],
        "open": [_life(life, trend) for life in trend.open],
        "closed": [_life(life, trend) for life in trend.closed],
        "reopened": trend.reopened,
        "rules": _paces(trend.by_rule),
        "owners": _paces(trend.by_owner),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else dict(value)


def _life(life: Life, trend: Trend) -> dict[str, Any]:
    return {
        "fingerprint": life.key,
        "rule": life.rule,
        "owner": life.owner or None,
        "first_seen": life.first_seen.isoformat(),
        "since": life.since.isoformat(),
        "until": life.until.isoformat() if life.until else None,
        "days": life.days(trend.today),
        "number": life.number,
    }


def _paces(paces: Sequence[Pace]) -> list[dict[str, Any]]:
    return [
        {
            "name": pace.name or None,
            "open": pace.open,
            "closed": pace.closed,
            "reopened": pace.reopened,
            "mean_days": None if pace.mean is None else round(pace.mean, 2),
            "median_days": pace.median,
        }
        for pace in paces
    ]

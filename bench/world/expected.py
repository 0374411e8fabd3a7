"""What the project must come to, and how findings are compared: as a digest of their sorted lines."""

import hashlib
import json
from collections.abc import Iterable
from typing import NamedTuple

STATES = ("done", "done_late", "open", "overdue", "upcoming", "cancelled", "unknown")
RULES = ("report-missing", "report-late", "task-overdue", "task-target-missed", "task-duplicate")


class Expected(NamedTuple):
    """Exact counts and digests."""

    obligations: int
    records: int
    strays: int
    units: int
    states: dict[str, int]
    rules: dict[str, int]
    """Findings by rule, both verdicts."""
    unknown: dict[str, int]
    """Those of them that cannot be told."""
    findings: str
    """Digest of the lines rule,task,unit,period,verdict."""
    counts: str
    """Digest of the lines unit,state,count."""

    def to_json(self) -> str:
        """One key a line."""
        return json.dumps(self._asdict(), indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> "Expected":
        """What `to_json` wrote."""
        return cls(**json.loads(text))


def digest(lines: Iterable[str]) -> str:
    """Of lines in any order."""
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()

"""A baseline file (JSON Lines) → what was accepted at adoption. A bad line is told, and accepts nothing."""

import json
from datetime import date
from pathlib import Path

from tracker.model.rule import Severity
from tracker.model.source import Place, Problem
from tracker.model.waiver import Accepted
from tracker.read.door import open_source

KEYS = ("key", "level", "first_seen", "note")


def read_baseline(path: Path, file: str) -> tuple[tuple[Accepted, ...], tuple[Problem, ...]]:
    """The entries of the file, in its order, and what in it cannot be believed. Never raises for what is in it."""
    source, problems = open_source(path, file)
    if source is None:
        return (), tuple(problems)
    found: dict[str, Accepted] = {}
    for number, line in enumerate(source.lines(), 1):
        at = Place(file, number)
        entry = _entry(line, at) if line.strip() else None
        if line.strip() and entry is None:
            problems.append(Problem(at, "baseline-line", {}, line))
        elif entry is not None and entry.key in found:
            problems.append(Problem(at, "baseline-twice", {"id": entry.key, "first": str(found[entry.key].at)}, line))
        elif entry is not None:
            found[entry.key] = entry
    return tuple(found.values()), tuple(problems)


def written(entries: tuple[Accepted, ...]) -> str:
    """The entries as a file, one a line, by key: so that a difference in it can be read."""
    lines = []
    for one in sorted(entries, key=lambda entry: entry.key):
        values = (one.key, one.severity, one.first_seen.isoformat(), one.note)
        lines.append(json.dumps(dict(zip(KEYS, values, strict=True)), ensure_ascii=False) + "\n")
    return "".join(lines)


def _entry(line: str, at: Place) -> Accepted | None:
    try:
        entry = json.loads(line)
        key, level, seen = (entry[name] for name in KEYS[:3])
        note = entry.get("note", "")
        if set(entry) - set(KEYS) or not isinstance(key, str) or not key or not isinstance(note, str):
            return None
        return Accepted(key, Severity(level), date.fromisoformat(seen), note, at)
    except (ValueError, TypeError, KeyError, RecursionError, AttributeError):
        return None

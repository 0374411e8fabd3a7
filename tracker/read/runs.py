"""history.jsonl: one run a line, as `tracker history add` wrote it; read back with a place for everything wrong.

Lines are only ever added. A line that is not whole or not of this form is told and left out; the others are read.
"""

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tracker.model.history import Logged
from tracker.model.source import Place, Problem
from tracker.read.door import TABLE_LIMIT, open_source, with_excerpts

VERSION = 1
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNTS = ("states", "verdicts", "rules", "severities", "owners")
_KEYS = ("new", "resolved", "reopened")


def read_runs(path: Path, file: str) -> tuple[tuple[Logged, ...], list[Problem], int]:
    """The runs of a file in order, what is wrong with it, and its size in bytes; a file that is not there has none."""
    if not path.exists():
        return (), [], 0
    size = path.stat().st_size  # before reading: what is written meanwhile makes it differ
    source, problems = open_source(path, file, TABLE_LIMIT)
    if source is None:
        return (), problems, size
    lines = source.lines()
    runs: list[Logged] = []
    for number, line in enumerate(lines, 1):
        at = Place(file, number)
        if number == len(lines):
            if line:
                problems.append(Problem(at, "history-torn", {"line": str(number)}, width=len(line)))
            continue
        found = _read(line, at)
        if isinstance(found, Problem):
            problems.append(found)
        elif runs and found.as_of < runs[-1].as_of:
            days = {"day": found.as_of.isoformat(), "before": runs[-1].as_of.isoformat()}
            problems.append(Problem(_at(line, at, "as_of"), "history-order", days))
        else:
            runs.append(found)
    return tuple(runs), with_excerpts(problems, {file: source}), size


def line_of(run: Logged) -> str:
    """The run as one line of text, without its end; reading it gives the same run."""
    document = {
        "version": VERSION,
        "as_of": run.as_of.isoformat(),
        "known_by": run.known_by.isoformat(),
        "commit": run.commit or None,
        "plans": list(run.plans),
        "units": list(run.units),
        **{name: dict(getattr(run, name)) for name in _COUNTS},
        **{name: list(getattr(run, name)) for name in _KEYS},
        "owner_of": dict(run.owner_of),
    }
    return "".join(map(_escaped, json.dumps(document, ensure_ascii=False)))


def _escaped(char: str) -> str:
    """Characters that nobody sees, or that break a line, as JSON writes them in ASCII."""
    return char if char.isprintable() else json.dumps(char)[1:-1]


def _read(line: str, at: Place) -> Logged | Problem:
    try:
        found = json.loads(line, object_pairs_hook=_once, parse_constant=_refused)
    except json.JSONDecodeError as error:
        return Problem(at._replace(column=error.colno), "history-json")
    except (ValueError, RecursionError):
        return Problem(at, "history-json")
    if not isinstance(found, dict):
        return Problem(at, "history-json")
    if found.get("version") != VERSION:
        version = {"version": str(found.get("version", "?"))}
        return Problem(_at(line, at, "version"), "history-version", version)
    wrong = next((key for key, fits in _SHAPE.items() if not fits(found.get(key))), "")
    if wrong:
        return Problem(_at(line, at, wrong), "history-shape", {"key": wrong}, width=len(wrong) + 2)
    return Logged(
        date.fromisoformat(found["as_of"]),
        date.fromisoformat(found["known_by"]),
        found["commit"] or "",
        tuple(found["plans"]),
        tuple(found["units"]),
        states=found["states"],
        verdicts=found["verdicts"],
        rules=found["rules"],
        severities=found["severities"],
        owners=found["owners"],
        new=tuple(found["new"]),
        resolved=tuple(found["resolved"]),
        reopened=tuple(found["reopened"]),
        owner_of=found["owner_of"],
        at=at,
    )


def _at(line: str, at: Place, key: str) -> Place:
    """Where a key of the line stands; its beginning where it is not there."""
    return at._replace(column=max(0, line.find(f'"{key}"')) + 1)


def _once(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _refused(_: str) -> None:
    raise ValueError


def _day(value: Any) -> bool:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _counts(value: Any) -> bool:
    return isinstance(value, dict) and all(type(count) is int and count >= 0 for count in value.values())


def _names(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(name, str) for name in value.values())


_SHAPE = {
    "as_of": _day,
    "known_by": _day,
    "commit": lambda value: value is None or isinstance(value, str),
    "plans": _texts,
    "units": _texts,
    **dict.fromkeys(_COUNTS, _counts),
    **dict.fromkeys(_KEYS, _texts),
    "owner_of": _names,
}
"""What a line must have. Keys that a later version adds are passed over."""

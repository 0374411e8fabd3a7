"""Whether an answer is the one that was drawn. A process of its own, so that the runner stays small.

The system reports for a child at least the memory that its parent held when it was started.
"""

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.world.expected import Expected, digest
from tracker.lang import languages, words

NONE = "findings not told"


def differences(expected: Expected, out: Path) -> Iterator[str]:
    """What is not as it was drawn, in words."""
    if (out / "report.csv").exists():
        yield from _of_csv(expected, out / "report.csv")
        return
    if (out / "report.jsonl").exists():
        yield from _of_tracker(expected, out / "report.jsonl")
        yield from otherwise(out / "stderr")
        return
    said = json.loads((out / "stdout").read_text(encoding="utf-8").splitlines()[-1])
    if "records" in said:
        yield from unequal("records", said["records"], expected.records)
    if "states" not in said:
        return
    yield from _summary(expected, said)
    if _digest(out / "counts.csv") != expected.counts:
        yield "counts by unit"
    if "rules" in said:
        yield from unequal("findings by rule", said["rules"], expected.rules)
    elif _digest(out / "findings.csv") != expected.findings:
        yield "findings"


def _of_csv(expected: Expected, path: Path) -> Iterator[str]:
    """What it was drawn to find; how many of what there are, its other formats say."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        lines = [",".join(row[key] for key in ("rule", "task", "unit", "period", "verdict")) for row in rows]
    if digest(lines) != expected.findings:
        yield "findings"


def _of_tracker(expected: Expected, path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as file:
        head = json.loads(next(file))
        lines, problems = [], 0
        for text in file:
            one = json.loads(text)
            if "rule" in one:
                period = one["period"] or ""
                lines.append(f"{one['rule']},{one['task']},{one['unit']},{period},{one['verdict']}")
            else:
                problems += 1
    yield from _summary(expected, head["summary"])
    yield from unequal("problems", problems, 0)
    if digest(lines) != expected.findings:
        yield "findings"


def otherwise(path: Path) -> Iterator[str]:
    """That another way was taken than the one asked for: it says so, and its result proves nothing of the other."""
    said = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else ()
    for code in languages():
        for key in ("parts.whole", "engine.declined"):
            begin = words(code)(key, why="\0").partition("\0")[0]
            yield from (f"not this way: {line}" for line in said if line.startswith(begin))


def _summary(expected: Expected, said: dict[str, Any]) -> Iterator[str]:
    yield from unequal("obligations", said["obligations"], expected.obligations)
    yield from unequal("strays", said["strays"], expected.strays)
    for state in sorted({*expected.states, *said["states"]}):
        yield from unequal(state, said["states"].get(state, 0), expected.states.get(state, 0))


def unequal(what: str, found: object, drawn: object) -> Iterator[str]:
    """That they differ."""
    if found != drawn:
        yield f"{what}: {found}, not {drawn}"


def _digest(path: Path) -> str:
    return digest(path.read_text(encoding="utf-8").splitlines()) if path.exists() else NONE


if __name__ == "__main__":
    world, answered = map(Path, sys.argv[1:])
    print("; ".join(differences(Expected.from_json((world / "expected.json").read_text(encoding="utf-8")), answered)))

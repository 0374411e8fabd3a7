"""`python -m bench.bad_rows [--rows N] [--engine grid|plain]`: what `tracker check` tells of 1 % bad rows of ten kinds.

Kinds, lines and good rows are drawn first (`bench/bulk.py`). Every bad row must be told: the first hundred one by one,
the others under their kind with exactly their lines; and all others must be judged, to the counts that were drawn.
Whatever differs is told as WRONG, and the exit code is 1.
"""

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.bulk import RULE, Drawn, make
from bench.contenders import CSV, tracker_check
from bench.processes import Limits, timed
from bench.verify import otherwise, unequal

SINGLY = 100
"""Rows of a table that are told one by one."""
TOLD = {
    "day": ("value-no-day", "day"),
    "month": ("value-month-first", "month"),
    "no day": ("shape-missing", "no-date"),
    "unit": ("reference-unit-near", "unit"),
    "no unit": ("shape-missing", "no-unit"),
    "period": ("value-period", "period"),
    "amount": ("value-dot", "number"),
    "two numbers": ("value-two-numbers", "several"),
    "cells": ("csv-cells", "cells"),
    "quote": ("csv-quote", "quote"),
}
"""By kind as drawn: the code of a problem that is told one by one, and the kind of those that are not."""


def table(drawn: Drawn, report: Path) -> tuple[list[list[str]], list[str]]:
    """What was told of each kind, as rows with a head; and what is wrong, in words."""
    lines = report.read_text(encoding="utf-8").splitlines()
    problems = [one for one in map(json.loads, lines) if one.get("file", "").endswith(".csv") and "code" in one]
    singly = {(one["line"], one["code"]) for one in problems if "lines" not in one}
    grouped = {one["kind"]: one for one in problems if "lines" in one}
    first = set(drawn.bad_lines[:SINGLY])
    rows, wrong = [["kind", "drawn", "one by one", "by kind", "lines"]], []
    for kind, (code, told) in TOLD.items():
        one_by_one = {(line, code) for line in drawn.bad[kind] if line in first}
        rest = [line for line in drawn.bad[kind] if line not in first]
        group = grouped.pop(told, {"rows": 0, "lines": ()})
        found = [line for begin, end in group["lines"] for line in range(begin, end + 1)]
        right = one_by_one <= singly and found == rest and group["rows"] == len(rest)
        wrong += [] if right else [f"lines of {kind}"]
        numbers = (len(drawn.bad[kind]), len(one_by_one & singly), group["rows"])
        rows.append([kind, *map(str, numbers), "as drawn" if right else "WRONG"])
    listed = Counter(line for line, _ in singly)
    wrong += unequal("told one by one", sorted(listed.elements()), sorted(first))
    wrong += [f"a kind that was not drawn: {kind}" for kind in grouped]
    return rows, [*wrong, *_judged(drawn, json.loads(lines[0]), lines)]


def _judged(drawn: Drawn, head: dict[str, dict[str, dict[str, int]]], lines: list[str]) -> Iterator[str]:
    """What differs in the good rows."""
    summary, done = head["summary"], sum(map(bool, drawn.records))
    states = {state: count for state, count in summary["states"].items() if count}
    yield from unequal("obligations", summary["obligations"], len(drawn.records))
    yield from unequal("states", states, {"done": done, "overdue": len(drawn.records) - done})
    yield from unequal("strays", summary["strays"], 0)
    duplicates = sum(f'"rule": "{RULE}"' in line for line in lines)
    yield from unequal("findings", duplicates, sum(count > 1 for count in drawn.records))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.bad_rows", description=__doc__)
    parser.add_argument("--rows", type=lambda text: int(float(text)), default=1_000_000)
    parser.add_argument("--engine", choices=("grid", "plain"), default="grid")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as room:
        out = Path(room)
        drawn = make(out / "world" / CSV, asked.rows)
        command = [word.format(world=out / "world", out=out) for word in tracker_check(("--engine", asked.engine), CSV)]
        took, code = timed(command, out, Limits(900, 12_000), dict(os.environ))
        if took.ended or code != 2:
            sys.exit(f"WRONG: {took.ended or f'exit code {code}, not 2'}")
        rows, wrong = table(drawn, out / "report.jsonl")
        wrong += otherwise(out / "stderr")
    print("\n".join("".join(cell.ljust(13) for cell in row).rstrip() for row in rows))
    done = sum(map(bool, drawn.records))
    print(f"{asked.rows} rows, {len(drawn.bad_lines)} of them bad; {sum(drawn.records)} records in {done} of"
          f" {len(drawn.records)} obligations; {took.cpu:.1f} s of cpu, {took.peak:.0f} MB")  # fmt: skip
    if wrong:
        sys.exit("WRONG: " + "; ".join(wrong))


if __name__ == "__main__":
    main()

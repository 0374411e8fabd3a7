"""`python -m bench.bulk [--rows N] [--runs N]`: a CSV file with 1 % bad rows of ten kinds, against Polars reading it.

Whole processes in turn; trust the ratios. The records that come out and the bad rows are counted against what was made.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from bench.world.rules import RULE_FILES

ROOT = Path(__file__).parent.parent
UNITS, TASKS = 3321, 40
BAD_EVERY = 100
RUNS = (1, 1, 1, 1, 6)
RULE = "task-duplicate"
"""The rule by which the table is judged: broken where there are several records of one period."""
KINDS = {
    "day": "x-0001,01-KH/1,2023-02,31/02/2023,,1-BC",
    "month": "x-0001,01-KH/1,2023-02,06/14/2023,,1-BC",
    "no day": "x-0001,01-KH/1,2023-02,,,1-BC",
    "unit": "x-99O1,01-KH/1,2023-02,05/02/2023,,1-BC",
    "no unit": ",01-KH/1,2023-02,05/02/2023,,1-BC",
    "period": "x-0001,01-KH/1,kỳ 2,05/02/2023,,1-BC",
    "amount": "x-0001,01-KH/1,2023-02,05/02/2023,1.5 lớp,1-BC",
    "two numbers": "x-0001,01-KH/1,2023-02,05/02/2023,3 lớp 40 người,1-BC",
    "cells": "x-0001,01-KH/1,2023-02,05/02/2023,6,47%,1-BC",
    "quote": 'x-0001,01-KH/1,2023-02,05/02/2023,,"1"-BC',
}
POLARS = """
import sys, polars as pl
frame = pl.read_csv(sys.argv[1], infer_schema=False, quote_char=None, truncate_ragged_lines=True)
told = {"rows": frame.height}
"""
OURS = """
import gc, sys
gc.disable()  # as the program does
from pathlib import Path
from tracker.read import columnar, read
if sys.argv[2] == "rows":
    columnar.LARGE = 1 << 60
folder = Path(sys.argv[1])
project = read(folder, folder / "rules")
singly = {one.place.line for one in project.problems if one.place.file.endswith(".csv") and not one.lines}
more = sum(one.places for one in project.problems if one.lines)
told = {"rows": len(project.actuals), "listed": len(singly), "more": more}
"""
TOLD = """
import json, resource, time
told |= {"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "cpu": time.process_time()}
print(json.dumps(told))
"""


class Drawn(NamedTuple):
    """What the table holds, known before it is written."""

    bad: dict[str, list[int]]
    """The lines of the bad rows, by kind."""
    records: bytearray
    """How many good rows each unit, task and month has."""

    @property
    def bad_lines(self) -> list[int]:
        """All of them, from top to bottom."""
        return sorted(line for lines in self.bad.values() for line in lines)


def make(folder: Path, rows: int, seed: int = 1) -> Drawn:
    """Write the project, and say what it holds."""
    dice = random.Random(seed)
    (folder / "plans").mkdir(parents=True)
    (folder / "rules").mkdir()
    (folder / "rules" / f"{RULE}.yaml").write_text(RULE_FILES[RULE], encoding="utf-8")
    units = "\n".join(f"  - {{id: x-{n:04d}, name: Xã số {n}, kind: xa}}" for n in range(UNITS))
    (folder / "plans" / "units.yaml").write_text(f"units:\n{units}\n", encoding="utf-8")
    kind = "kind: recurring, every: month, for: xa"
    tasks = "\n".join(f'  - {{id: "{n}", title: Việc {n}, {kind}}}' for n in range(1, TASKS + 1))
    plan = f"plan: 01-KH/DO\nissued: 01/01/2023\nperiod: 2023\ntasks:\n{tasks}\n"
    (folder / "plans" / "plan.yaml").write_text(plan, encoding="utf-8")
    (folder / "actuals").mkdir()
    kinds = _bad(dice, rows)
    drawn = Drawn({kind: [] for kind in KINDS}, bytearray(UNITS * TASKS * 12))
    with (folder / "actuals" / "xa.csv").open("w", encoding="utf-8") as out:
        out.write("unit,task,period,date,quantity,doc\n")
        for number in range(rows):
            if number in kinds:
                drawn.bad[kinds[number]].append(number + 2)
                out.write(KINDS[kinds[number]] + "\n")
                continue
            unit, task = dice.randrange(UNITS), dice.randrange(TASKS)
            month, amount = dice.randrange(1, 13), dice.randrange(3)
            drawn.records[(unit * TASKS + task) * 12 + month - 1] += 1
            out.write(
                f"x-{unit:04d},01-KH/{task + 1},2023-{month:02d},"
                f"{dice.randrange(1, 29):02d}/{month:02d}/2023,{f'{amount} lớp' if amount else ''},{number}-BC\n",
            )
    return drawn


def _bad(dice: random.Random, rows: int) -> dict[int, str]:
    """The kind of each bad row by its number: most stand alone, some in runs, as one export makes the same mistake."""
    found: dict[int, str] = {}
    while len(found) < rows // BAD_EVERY:
        start, kind = dice.randrange(rows), dice.choice(list(KINDS))
        for number in range(start, min(rows, start + dice.choice(RUNS))):
            if len(found) < rows // BAD_EVERY:
                found.setdefault(number, kind)
    return found


def measured(code: str, *words: str) -> dict[str, float]:
    """What a process says of itself, and how long it took as a whole."""
    clock = "import time; began = time.perf_counter()\n"
    wall = 'told["wall"] = time.perf_counter() - began\n'
    done = subprocess.run(
        [sys.executable, "-c", clock + code + wall + TOLD, *words], capture_output=True, cwd=ROOT, check=False,
    )
    if done.returncode:
        sys.exit(done.stderr.decode()[-2000:])
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.bulk", description="Whole processes; trust the ratios.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room) / "made"
        drawn = make(folder, asked.rows)
        table = folder / "actuals" / "xa.csv"
        bad = len(drawn.bad_lines)
        print(f"{asked.rows} rows, {table.stat().st_size / 1e6:.0f} MB, {bad} bad of {len(KINDS)} kinds")
        ways = {
            "Polars, read_csv": (POLARS, str(table)),
            "by columns": (OURS, str(folder), "columns"),
            "row by row": (OURS, str(folder), "rows"),
        }
        runs: dict[str, list[dict[str, float]]] = {name: [] for name in ways}
        for _ in range(asked.runs):
            for name, (code, *words) in ways.items():
                runs[name].append(measured(code, *words))
        for name in ("by columns", "row by row"):
            one = runs[name][0]
            if (one["rows"], one["listed"], one["listed"] + one["more"]) != (sum(drawn.records), min(100, bad), bad):
                sys.exit(f"{name}: {one}, not {sum(drawn.records)} good rows and {bad} bad")
        base = {key: statistics.median(run[key] for run in runs["Polars, read_csv"]) for key in ("wall", "cpu", "peak")}
        print(f"{'':20}{'wall s':>8}{'×':>7}{'cpu s':>8}{'×':>7}{'MB':>7}{'×':>7}")
        for name, told in runs.items():
            line = f"{name:20}"
            for key, places in (("wall", 2), ("cpu", 2), ("peak", 0)):
                value = statistics.median(run[key] for run in told)
                line += f"{value:{7 if key == 'peak' else 8}.{places}f}{value / base[key]:7.1f}"
            print(line)


if __name__ == "__main__":
    main()

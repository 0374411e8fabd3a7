"""`python -m bench.grid [--size N] [--runs N]`: `tracker check` by the grid against the plain core, whole processes.

The project is judged by all rules that come with the program. The bytes of both are compared; CPU seconds and peak
memory are of the child process alone.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from bench.world import AS_OF, make

ROOT = Path(__file__).parent.parent


class Ran(NamedTuple):
    """What one process took."""

    wall: float
    cpu: float
    peak: float
    """Megabytes."""


def measured(folder: Path, engine: str, output: Path) -> Ran:
    """Run the check; stop everything if it ends otherwise than with findings or without."""
    words = ("check", "--project", str(folder), "--as-of", AS_OF.isoformat(), "--engine", engine, "-o", str(output))
    begin = time.perf_counter()
    child = os.spawnve(os.P_NOWAIT, sys.executable, [sys.executable, "-m", "tracker", *words], os.environ)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - begin
    if os.waitstatus_to_exitcode(status) not in {0, 1}:
        sys.exit(f"{' '.join(words)}: {os.waitstatus_to_exitcode(status)}")
    return Ran(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.grid", description="Whole processes; trust the ratios.")
    parser.add_argument("--size", type=lambda text: int(float(text)), default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room) / "made"
        made = make(folder, asked.size, rules=False)
        folder /= "csv"
        files = {engine: Path(room) / f"{engine}.txt" for engine in ("plain", "grid")}
        runs: dict[str, list[Ran]] = {engine: [] for engine in files}
        for _ in range(asked.runs):
            for engine, file in files.items():
                runs[engine].append(measured(folder, engine, file))
        if files["plain"].read_bytes() != files["grid"].read_bytes():
            sys.exit("the two engines do not say the same")
        print(f"{made.obligations} obligations, {made.records} records; the same bytes")
        base = Ran(*(statistics.median(one) for one in zip(*runs["plain"], strict=True)))
        print(f"{'':8}{'wall s':>8}{'×':>6}{'cpu s':>8}{'×':>6}{'MB':>7}{'×':>6}")
        for engine, told in runs.items():
            mine = Ran(*(statistics.median(one) for one in zip(*told, strict=True)))
            pairs = zip(mine, base, (8, 8, 7), (2, 2, 0), strict=True)
            print(f"{engine:8}" + "".join(f"{a:{width}.{places}f}{a / b:6.2f}" for a, b, width, places in pairs))


if __name__ == "__main__":
    main()

"""`python -m bench.engines [--size N] [--files N] [--parts N…] [--on ENGINE…]`: the whole and its parts.

Each run is a process of its own; its output must be the bytes of the whole. Time is that of all its processes together,
memory that of the largest one. Spark runs in a Java process besides, which is not counted here.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from bench.world import AS_OF, make

ROOT = Path(__file__).parent.parent
LIBRARIES = {"processes": "tracker", "dask": "dask", "spark": "pyspark"}


class Ran(NamedTuple):
    wall: float
    cpu: float
    peak: float
    """Megabytes of the largest process."""
    digest: str


def ran(folder: Path, more: Sequence[str]) -> Ran:
    """One `tracker check`; stops everything where it ends otherwise than with findings or without."""
    command = [sys.executable, "-m", "tracker", "check", "--project", str(folder), "-f", "json", *more]
    command += ["--as-of", AS_OF.isoformat()]
    begin = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    digest = sha256()
    while block := process.stdout.read(1 << 20):
        digest.update(block)
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in {0, 1}:
        sys.exit(f"{' '.join(command)}: exit {os.waitstatus_to_exitcode(status)}")
    return Ran(time.perf_counter() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, digest.hexdigest())


def laid_out(folder: Path, files: int) -> None:
    """The records in so many files a year, each of neighbouring units, as provinces would send them."""
    for path in (folder / "actuals").rglob("*.csv"):
        header, *rows = path.read_text(encoding="utf-8").splitlines()
        rows.sort(key=lambda row: row.partition(",")[0])
        for number in range(files):
            own = rows[number * len(rows) // files : (number + 1) * len(rows) // files]
            path.with_name(f"xa-{number}.csv").write_text("\n".join([header, *own]) + "\n", encoding="utf-8")
        path.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.engines")
    parser.add_argument("--size", type=int, default=100_000, help="obligations, about")
    parser.add_argument("--files", type=int, default=0, help="tables a year (default: one of all units)")
    parser.add_argument("--parts", type=int, nargs="*", default=[2, 8])
    there = [name for name, library in LIBRARIES.items() if find_spec(library)]
    parser.add_argument("--on", nargs="*", choices=tuple(LIBRARIES), default=there)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as room:
        made = make(Path(room), asked.size, rules=False)
        project = Path(room) / "csv"
        if asked.files:
            laid_out(project, asked.files)
        whole = ran(project, ())
        print(f"{made.obligations} obligations, {made.records} records\n{'':22}{'wall s':>8}{'cpu s':>8}{'peak MB':>9}")
        print(f"{'whole':22}{whole.wall:8.1f}{whole.cpu:8.1f}{whole.peak:9.0f}")
        for name in asked.on:
            for parts in asked.parts:
                one = ran(project, ("--parts", str(parts), "--on", name))
                same = "the same bytes" if one.digest == whole.digest else "OTHER BYTES"
                print(f"{f'{name}, {parts} parts':22}{one.wall:8.1f}{one.cpu:8.1f}{one.peak:9.0f}  {same}")
                if one.digest != whole.digest:
                    sys.exit(1)


if __name__ == "__main__":
    main()

"""`python -m bench.again`: after one more file of 1,000 records, judging again by what was kept.

Three runs in turn, each a process of its own: with what was kept, without, and the floor that only parses. What the
first two say is compared byte for byte.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from bench.contenders import CSV, tracker_check
from bench.processes import Limits, Took, timed
from bench.worlds import world_of

RECORDS = 1000
LIMITS = Limits(600, 20_000)
OPTIONS = ("--engine", "grid", "--format", "csv:{out}/report.csv")


def grown(world: Path, folder: Path) -> Path:
    """The project of a world, whose tables are those of the world themselves."""
    for part in ("plans", "rules"):
        shutil.copytree(world / CSV / part, folder / CSV / part)
    for table in sorted((world / CSV / "actuals").rglob("*.csv")):
        beside = folder / table.relative_to(world)
        beside.parent.mkdir(parents=True)
        os.link(table, beside) if table.stat().st_dev == folder.stat().st_dev else shutil.copy(table, beside)
    return folder


def one_more(folder: Path) -> None:
    """One more file, of records like those of the last year."""
    last = max((folder / CSV / "actuals").rglob("*.csv"))
    with last.open(encoding="utf-8") as file:
        lines = [next(file) for _ in range(RECORDS + 1)]
    (folder / CSV / "actuals" / "moi.csv").write_text("".join(lines), encoding="utf-8")


def ran(command: tuple[str, ...], folder: Path, out: Path, store: Path) -> Took:
    """What it took. Stops everything where it failed."""
    out.mkdir(exist_ok=True)
    filled = [part.format(world=folder, out=out) for part in command]
    took, code = timed(filled, out, LIMITS, {**os.environ, "XDG_CACHE_HOME": str(store)})
    if code or took.ended:
        sys.exit(f"{' '.join(filled)}: {took.ended or code}\n{(out / 'stderr').read_text(encoding='utf-8')[:2000]}")
    return took


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.again", description=__doc__)
    parser.add_argument("--size", type=lambda text: int(float(text)), default=1_000_000)
    parser.add_argument("--worlds", type=Path, help="where worlds lie")
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-again-") as room:
        place = Path(room)
        world = world_of(asked.worlds.resolve() if asked.worlds else place / "worlds", asked.size)
        (place / "grown").mkdir()
        folder, store = grown(world, place / "grown"), place / "store"
        again, anew = (tracker_check((*more, *OPTIONS), CSV) for more in (("--cache",), ()))
        parse = (sys.executable, "-m", "bench.floors.parse_polars", "{world}", CSV, "{out}")
        first = ran(again, folder, place / "first", store)
        print(f"first run, which keeps: {first.cpu:.2f} s cpu, {first.wall:.2f} s wall, {first.peak:.0f} MB")
        one_more(folder)
        kept = place / "kept"
        shutil.copytree(store, kept)
        rounds = []
        for _ in range(asked.runs):
            shutil.rmtree(store)
            shutil.copytree(kept, store)
            rounds.append((
                ran(again, folder, place / "again", store), ran(anew, folder, place / "anew", store),
                ran(parse, world, place / "parse", store),
            ))  # fmt: skip
            if (place / "again" / "report.csv").read_bytes() != (place / "anew" / "report.csv").read_bytes():
                sys.exit("WRONG: what was kept says something else")
        names = (f"again, after {RECORDS} records", "without what was kept", "parsing the CSV alone")
        floor = statistics.median(took.cpu for _, _, took in rounds)
        for name, took in zip(names, zip(*rounds, strict=True), strict=True):
            told = [[getattr(one, what) for one in took] for what in ("cpu", "wall", "peak")]
            cpu, wall, peak = map(statistics.median, told)
            print(f"{name:32}{cpu:7.2f} s cpu {wall:7.2f} s wall {peak:6.0f} MB {cpu / floor:6.2f} × parsing")


if __name__ == "__main__":
    main()

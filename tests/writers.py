"""Processes that append to one project at the same time, and are killed while they do.

`python tests/writers.py 1000` kills a thousand of them at random moments and says what was lost: nothing may be.
"""

import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tracker.read.door import open_source
from tracker.read.found import text, value
from tracker.read.yaml import Listing, walk
from tracker.store import Addition, append, held

FORKED = multiprocessing.get_context("fork")
FILES = ("actuals/2024/bdt.yaml", "actuals/2024/moi.yaml")
BEGUN = "# nhật ký\nunit: bdt\nentries:\n  # việc đầu tiên\n  - {task: 12-KH/1.8, date: 29/02/2024}\n\n  # hết\n"


def begin(root: Path) -> Path:
    (root / "actuals" / "2024").mkdir(parents=True)
    (root / FILES[0]).write_text(BEGUN, encoding="utf-8")
    return root


def write(root: Path, name: str, count: int, told: int) -> None:
    """Append so many entries, and say each id when it is written: that is the acknowledgement."""
    for number in range(count):
        id_ = f"{name}-{number}"
        entry = {"task": "12-KH/2.1", "date": "01/3/2024", "note": "ghi: một, hai", "id": id_}
        with held(root):
            refusal = append(root, [Addition(FILES[number % 2], "bdt", [entry])])
        assert refusal is None, refusal
        os.write(told, f"{id_}\n".encode())


def ids(root: Path) -> Counter[str]:
    """How often each id stands in the logs, which must be readable to their ends."""
    found: Counter[str] = Counter()
    for file in FILES:
        if not (root / file).exists():
            continue
        source, problems = open_source(root / file, file)
        assert source is not None
        tree = walk(source)
        assert (problems, tree.problems) == ([], ())
        entries = value(tree.root, "entries")
        assert isinstance(entries, Listing)
        found.update(filter(None, (text(entry, "id") for entry in entries.items)))
    return found


def kill(root: Path, name: str, moment: float) -> list[str]:
    """Start a writer and kill it so many seconds after its first entry; the entries that it acknowledged."""
    inlet, outlet = os.pipe()
    process = FORKED.Process(target=write, args=(root, name, 10_000, outlet))
    process.start()
    os.close(outlet)
    told = os.read(inlet, 65536)  # it got the lock, so the one before left none behind
    time.sleep(moment)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    while more := os.read(inlet, 65536):
        told += more
    os.close(inlet)
    return told.decode().split("\n")[:-1]


def lost(root: Path, kills: int, seed: int) -> tuple[int, list[str], list[str]]:
    """How many entries were acknowledged over all kills, those that are not there, and those that are there twice."""
    chance, told = random.Random(seed), []
    begun = time.perf_counter()
    write(root, "w", 10, os.open(os.devnull, os.O_WRONLY))
    one = (time.perf_counter() - begun) / 10
    for number in range(kills):
        told += kill(root, f"w{number}", chance.uniform(0, 3 * one))  # any moment of a few writes
        if number % 10 == 9:
            ids(root)
    found = ids(root)
    return len(told), [id_ for id_ in told if not found[id_]], [id_ for id_, count in found.items() if count > 1]


def main() -> None:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    root = begin(Path(tempfile.mkdtemp()))
    begun = time.perf_counter()
    count, absent, twice = lost(root, kills, 1)
    seconds = time.perf_counter() - begun
    sys.stdout.write(f"{kills} kills in {seconds:.0f} s: {count} acknowledged, {len(absent)} lost, {len(twice)} twice\n")
    shutil.rmtree(root)
    sys.exit(1 if absent or twice else 0)


if __name__ == "__main__":
    main()

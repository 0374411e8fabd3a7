"""Processes that append to one project at the same time, and are killed while they do.

`python tests/writers.py 1000` kills a thousand of them at random moments and says what was lost: nothing may be. Every
third entry is written into both logs in one call: after the next writer came by, it stands in both or in none.
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
from tracker.store import Addition, append, complete, held

FORKED = multiprocessing.get_context("fork")
FILES = ("actuals/2024/bdt.yaml", "actuals/2024/moi.yaml")
TWIN = "b"
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
        additions = [Addition(FILES[number % 2], "bdt", [entry])]
        if number % 3 == 0:
            additions.append(Addition(FILES[1 - number % 2], "bdt", [{**entry, "id": f"{id_}{TWIN}"}]))
        with held(root):
            refusal = append(root, additions)
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


def torn(found: Counter[str]) -> list[str]:
    """Entries that were to stand in two logs and stand in one."""
    pairs = {id_.removesuffix(TWIN) for id_ in found if int(id_.removesuffix(TWIN).rpartition("-")[2]) % 3 == 0}
    return sorted(id_ for id_ in pairs if (found[id_], found[id_ + TWIN]) != (1, 1))


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
    """How many entries were acknowledged over all kills, those that are not there, and those that are not there once."""
    chance, told = random.Random(seed), []
    begun = time.perf_counter()
    write(root, "w", 9, os.open(os.devnull, os.O_WRONLY))
    one = (time.perf_counter() - begun) / 9
    for number in range(kills):
        told += kill(root, f"w{number}", chance.uniform(0, 4 * one))  # any moment of a few writes
        if number % 10 == 9:
            assert complete(root) is None
            assert torn(ids(root)) == []
    assert complete(root) is None
    found = ids(root)
    wrong = [id_ for id_, count in found.items() if count > 1] + torn(found)
    return len(told), [id_ for id_ in told if not found[id_]], wrong


def main() -> None:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    root = begin(Path(tempfile.mkdtemp()))
    begun = time.perf_counter()
    count, absent, wrong = lost(root, kills, 1)
    seconds = time.perf_counter() - begun
    sys.stdout.write(f"{kills} kills in {seconds:.0f} s: {count} acknowledged, {len(absent)} lost, {len(wrong)} twice or torn\n")
    shutil.rmtree(root)
    sys.exit(1 if absent or wrong else 0)


if __name__ == "__main__":
    main()

"""`python -m bench.digests [--size N…] [--engines WAY…] [--parts N…]`: one result, whichever way.

For each size and each way of judging, a whole `tracker check` in processes of their own: its counts and its findings
are held against what was drawn, and the bytes of its output against those of every other way. Whatever differs is told
as WRONG, and the exit code is 1. Time is that of all processes together, Java's too; memory that of the largest one.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from bench.contenders import CSV, Contender, tracker_check
from bench.processes import Limits, Took, run
from bench.table import as_markdown, machine
from bench.worlds import world_of

LIBRARIES = {"plain": (), "grid": ("polars", "numpy"), "processes": (), "dask": ("dask",), "spark": ("pyspark",)}
"""Ways of judging, and what each cannot do without. The last three judge in parts."""
WHOLE = ("plain", "grid")
SIZES = (1_000, 10_000, 100_000)
FINDINGS = "findings"
"""What `bench.verify` calls a digest that differs."""
ALL_RULES = "--all-rules"
"""The program's own rules: what they find is not drawn, and is compared as part of the whole output."""
HEAD = ("obligations", "way", "counts", "findings", "sha256 of the output", "cpu s", "MB")
Results = dict[str, dict[str, Took]]
"""By name of the world, then by label."""


class Way(NamedTuple):
    """One way of judging."""

    label: str
    options: tuple[str, ...]
    absent: str = ""
    """Why it cannot be gone here."""


def ways(engines: Sequence[str], parts: Sequence[int]) -> list[Way]:
    """Those that were asked for, in their order."""
    found = []
    for name in (name for name in LIBRARIES if name in engines):
        if name in WHOLE:
            found.append(Way(name, ("--engine", name), _absent(name)))
        else:
            found += [Way(f"{name}, {n} parts", ("--parts", str(n), "--on", name), _absent(name)) for n in parts]
    return found


def _absent(name: str) -> str:
    if missing := [library for library in LIBRARIES[name] if not find_spec(library)]:
        return f"absent: {missing[0]} is not installed"
    home = os.environ.get("JAVA_HOME")
    if name == "spark" and not shutil.which("java", path=f"{home}/bin" if home else None):
        return "absent: no Java"
    return ""


def measured(
    found: Sequence[Way], world: Path, limits: Limits, *, drawn_rules: bool = True,
) -> Iterator[tuple[Way, Took]]:
    """Each way once. Without the rules of the draw, findings are compared with one another only."""
    for way in found:
        took = Took(ended=way.absent)
        if not way.absent:
            took = run(Contender("ours", way.label, CSV, way.label, tracker_check(way.options, CSV)), world, limits)
        if not drawn_rules:
            took = took._replace(wrong="; ".join(one for one in took.wrong.split("; ") if one not in {"", FINDINGS}))
        yield way, took


def rows(results: Results) -> list[list[str]]:
    """Head and rows, as words. Of each world all outputs are compared with the first."""
    found = [list(HEAD)]
    for world in sorted(results, key=lambda name: (float(name.partition("--")[0]), name)):
        labels = sorted(results[world], key=_order)
        first = next((took.output for label in labels if (took := results[world][label]).output), "")
        for label in labels:
            cells = _cells(results[world][label], first, drawn=ALL_RULES not in world)
            found.append([world.replace("--", " --"), label, *cells])
    return found


def _order(label: str) -> tuple[int, int]:
    name, _, parts = label.partition(", ")
    return (list(LIBRARIES).index(name), int(parts.split()[0]) if parts else 0)


def _cells(took: Took, first: str, *, drawn: bool) -> list[str]:
    if took.ended:
        return [took.ended if took.ended.startswith("absent") else f"WRONG: {took.ended}", "", "", "", ""]
    wrong = took.wrong.split("; ") if took.wrong else []
    counts = "; ".join(one for one in wrong if one != FINDINGS)
    same = took.output == first
    return [
        f"WRONG: {counts}" if counts else "as drawn",
        ("WRONG" if FINDINGS in wrong else "as drawn") if drawn else "not drawn",
        ("" if same else "WRONG: ") + took.output[:12],
        f"{took.cpu:.2f}" if took.cpu < 10 else f"{took.cpu:.1f}",
        f"{took.peak:.0f}",
    ]


def aligned(found: Sequence[Sequence[str]]) -> str:
    """For a terminal."""
    widths = [max(map(len, column)) for column in zip(*found, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in found)


def right(found: Sequence[Sequence[str]]) -> bool:
    """Whether nothing in the table is wrong. What is absent is not: it says nothing."""
    return not any(cell.startswith("WRONG") for row in found for cell in row)


def read_results(path: Path | None) -> Results:
    """What earlier runs left."""
    if path is None or not path.exists():
        return {}
    kept = json.loads(path.read_text(encoding="utf-8"))
    return {world: {label: Took(*took) for label, took in by_label.items()} for world, by_label in kept.items()}


def options() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench.digests", description=__doc__)
    number = lambda text: int(float(text))  # noqa: E731 - 1e6 is how sizes are said
    parser.add_argument("--size", type=number, nargs="+", default=SIZES, help="numbers of obligations: 1e3 … 1e7")
    parser.add_argument("--engines", nargs="+", choices=tuple(LIBRARIES), default=tuple(LIBRARIES))
    parser.add_argument("--parts", type=int, nargs="+", default=[2], metavar="N", help="of each engine of parts")
    parser.add_argument(ALL_RULES, action="store_true", help="the program's own rules; only bytes tell of findings")
    parser.add_argument("--files", type=int, default=0, metavar="N", help="tables a year (default: one of all units)")
    parser.add_argument("--worlds", type=Path, help="where to keep what was made, for the next time")
    parser.add_argument("--results", type=Path, help="a file that keeps what is measured; of two runs the later counts")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md from all results that are kept")
    parser.add_argument("--seconds", type=float, default=900, help="of cpu: a process is ended after so long")
    parser.add_argument("--megabytes", type=float, default=12_000, help="or when it holds so much")
    return parser


def main() -> None:
    asked = options().parse_args()
    found = ways(asked.engines, asked.parts)
    otherwise = (ALL_RULES,) * asked.all_rules + (f"--files={asked.files}",) * bool(asked.files)
    results = read_results(asked.results)
    with tempfile.TemporaryDirectory(prefix="bench-worlds-") as room:
        folder = asked.worlds.resolve() if asked.worlds else Path(room)
        for size in sorted(asked.size):
            world = world_of(folder, size, *otherwise)
            limits = Limits(asked.seconds, asked.megabytes)
            for way, took in measured(found, world, limits, drawn_rules=not asked.all_rules):
                results.setdefault(world.name, {})[way.label] = took
                told = took.ended or took.wrong or f"{took.cpu:.2f} s of cpu, {took.output[:12]}"
                print(f"{world.name} {way.label}: {told}", file=sys.stderr)
                if asked.results is not None:
                    asked.results.write_text(json.dumps(results), encoding="utf-8")
    table = rows(results)
    print(aligned(table))
    if asked.write:
        from bench.page import put

        libraries = machine(*(library for needed in LIBRARIES.values() for library in needed))
        put("digests", f"{libraries} Each once.\n\n{as_markdown(table)}")
    if not right(table):
        sys.exit(1)


if __name__ == "__main__":
    main()

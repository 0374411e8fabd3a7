"""`python -m bench`: everybody does the same job on the same files, and every answer is checked before it is timed.

Sizes are numbers of obligations. All run in turn, round by round, in processes of their own; trust ratios and user and
system time more than wall time. `--small` has the quick benches, `--steps` where the plain core spends its time.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.contenders import Contender, contenders
from bench.processes import Limits, Took, run
from bench.ratios import goals, per_row
from bench.table import as_markdown, as_text, machine, size_name, table
from bench.worlds import world_of

SIZES = (1_000, 10_000, 100_000)
TIMES = 1.5
"""A contender is not started at a size where it would take so many times what is allowed, if it grows with the size."""
LONG = 20
"""Seconds of cpu; what takes longer runs once."""
Results = dict[str, dict[int, list[Took]]]


def measure(
    found: Sequence[Contender], sizes: Sequence[int], runs: int, limits: Limits, *, folder: Path, kept: Results
) -> Iterator[tuple[Results, Sequence[int]]]:
    """All runs, by label and size, after each size. Who was ended at one size does not start at a larger one."""
    wanted = {one.label for one in found}
    results: Results = {o.label: kept.get(o.label, {}) for o in contenders() if o.label in wanted or o.label in kept}
    for number, size in enumerate(sizes):
        for one in found:
            results[one.label].pop(size, None)
        world = world_of(folder, size)
        for round_ in range(runs):
            for one in found:
                took = results[one.label].setdefault(size, [])
                if took and (took[-1].ended or took[-1].cpu > LONG):
                    continue
                before = results[one.label].get(sizes[number - 1], []) if number else []
                why = one.absent or _hopeless(before, size / sizes[number - 1], limits)
                took.append(Took(ended=why) if why else run(one, world, limits))
                told = took[-1].ended or took[-1].wrong or f"{took[-1].wall:.2f} s"
                print(f"{size_name(size)} {round_ + 1}/{runs} {one.label}: {told}", file=sys.stderr)
        yield results, sorted({known for by_size in results.values() for known in by_size})


def _hopeless(before: Sequence[Took], growth: float, limits: Limits) -> str:
    """Why it is not worth a start, by what it took at the size before."""
    if not before:
        return ""
    last = before[-1]
    if last.ended:
        return last.ended if last.ended.startswith("not ") else "not started: ended at a smaller size"
    likely = min(took.cpu for took in before) * growth
    return f"not started: some {likely:.0f} s" if likely > limits.seconds * TIMES else ""


def options() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    number = lambda text: int(float(text))  # noqa: E731 - 1e6 is how sizes are said
    parser.add_argument("--size", type=number, nargs="+", help="numbers of obligations: 1e3 … 1e7")
    parser.add_argument("--only", nargs="+", default=[], help="words that stand in the labels wanted: hand, zen, check")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=60, help="of cpu: a process is ended after so long")
    parser.add_argument("--megabytes", type=float, default=6000, help="or when it holds so much")
    parser.add_argument("--worlds", type=Path, help="where to keep what was made, for the next time")
    parser.add_argument("--results", type=Path, help="a file that keeps what is measured; of two runs the later counts")
    parser.add_argument("--write", action="store_true", help="write docs/performance.md also after --only")
    parser.add_argument("--small", action="store_true", help="start-up, the weekly page, 100,000 obligations")
    parser.add_argument("--steps", action="store_true", help="the plain core, step by step")
    return parser


def main() -> None:
    asked = options().parse_args()
    if asked.small:
        from bench.small import small

        print(small(asked.only, asked.runs, (asked.size or [100_000])[0]))
        return
    with tempfile.TemporaryDirectory(prefix="bench-worlds-") as room:
        folder = asked.worlds.resolve() if asked.worlds else Path(room)
        if asked.steps:
            text = step_table(asked.size or [100_000], folder, asked.runs)
            put_or_print("steps", text, write=asked.write)
            return
        sizes = sorted(asked.size or SIZES)
        limits = Limits(asked.seconds, asked.megabytes)
        found = contenders(tuple(asked.only))
        kept = read_results(asked.results)
        for results, done in measure(found, sizes, asked.runs, limits, folder=folder, kept=kept):
            rows = table(results, done)
            write_results(asked.results, results)
            if asked.write or not asked.only:
                put_all(results, done, f"{machine()} Medians; what took more than {LONG} s ran once.")
    print(as_text(rows))


def read_results(path: Path | None) -> Results:
    """What earlier runs left."""
    if path is None or not path.exists():
        return {}
    kept = json.loads(path.read_text(encoding="utf-8"))
    return {
        label: {int(size): [Took(*took) for took in runs] for size, runs in by_size.items()}
        for label, by_size in kept.items()
    }


def write_results(path: Path | None, results: Results) -> None:
    """For the next run."""
    if path is not None:
        path.write_text(json.dumps(results), encoding="utf-8")


def put_all(results: Results, sizes: Sequence[int], said: str) -> None:
    """What was measured so far, into the page."""
    from bench.page import put

    put("table", f"{said}\n\n{as_markdown(table(results, sizes))}")
    put("goals", as_markdown(goals(results, sizes)))
    put("rows", as_markdown(per_row(results, sizes)))


def step_table(sizes: Sequence[int], folder: Path, runs: int) -> str:
    """Microseconds an obligation, the best of some runs: what disturbs a run only adds to it."""
    from bench.steps import STEPS, steps
    from bench.world import Expected

    rows = [["µs an obligation", *STEPS, "all"]]
    for size in sizes:
        world = world_of(folder, size)
        drawn = Expected.from_json((world / "expected.json").read_text(encoding="utf-8"))
        took = min((steps(world, drawn.obligations) for _ in range(runs)), key=lambda one: sum(one.values()))
        rows.append([f"{drawn.obligations:,}", *(f"{took[name]:.1f}" for name in STEPS), f"{sum(took.values()):.1f}"])
    return as_markdown(rows)


def put_or_print(name: str, text: str, *, write: bool) -> None:
    """Print, and write into the page where that was asked for."""
    print(text)
    if write:
        from bench.page import put

        put(name, text)


if __name__ == "__main__":
    main()

"""The quick ones: start-up, the weekly page, and 100,000 obligations judged by the rules that come with the program."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

from bench.contenders import ROOT
from bench.world import AS_OF, Expected, make

TRACKER = (sys.executable, "-m", "tracker")
LIGHT = "import click, rich.console"
HEAVY = """
import click, rich.console, rich.table, pydantic
class Model(pydantic.BaseModel):
    number: int
    name: str
"""


def seconds(command: Sequence[str], expect: Sequence[int] = (0,)) -> float:
    """How long the process takes from start to end. Stops everything if it ends otherwise than expected."""
    begin = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    took = time.perf_counter() - begin
    if done.returncode not in expect:
        sys.exit(f"{' '.join(command[1:])}: exit {done.returncode}\n{done.stderr.decode()[:2000]}")
    return took


def against(ours: Sequence[str], theirs: str, runs: int) -> tuple[float, float, float]:
    """Medians of the two, and of their ratio pair by pair; the first pair only warms the cache.

    They run in turn, and each is divided by its neighbour: a machine that changes its speed in between hits both alike.
    """
    pairs = [(seconds((*TRACKER, *ours)), seconds((sys.executable, "-c", theirs))) for _ in range(runs + 1)]
    mine, other = zip(*pairs[1:], strict=True)
    ratios = [one / two for one, two in pairs[1:]]
    return statistics.median(mine), statistics.median(other), statistics.median(ratios)


def differences(summary: dict[str, dict[str, int]], drawn: Expected) -> dict[str, tuple[object, object]]:
    """What the program says that is not what was drawn: found and drawn by name."""
    found = {**summary["states"], "obligations": summary["obligations"], "strays": summary["strays"]}
    expected = {**dict.fromkeys(summary["states"], 0), **drawn.states}
    expected |= {"obligations": drawn.obligations, "strays": drawn.strays}
    return {name: (found[name], expected[name]) for name in expected if found[name] != expected[name]}


def large(project: Path, drawn: Expected, runs: int) -> tuple[float, float]:
    """Medians of the whole process, text and JSON, after its counts were found to be those that were drawn."""
    text = (*TRACKER, "check", "--project", str(project), "--as-of", AS_OF.isoformat())
    command = (*text, "--format", "json")
    done = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
    if done.returncode not in {0, 1}:
        sys.exit(f"check: exit {done.returncode}\n{done.stderr.decode()[:2000]}")
    summary = json.loads(done.stdout)["summary"]
    if wrong := differences(summary, drawn):
        sys.exit(f"wrong counts: {wrong}")
    found = ", ".join(f"{count} {level}s" for level, count in summary["severities"].items())
    size = f"{len(done.stdout) / 1e6:.1f} MB"
    print(f"{drawn.obligations} obligations, {drawn.records} records: counts as drawn; {found}; {size}")
    pairs = [(seconds(text, (0, 1)), seconds(command, (0, 1))) for _ in range(runs)]
    as_text, as_json = zip(*pairs, strict=True)
    return statistics.median(as_text), statistics.median(as_json)


def row(what: str, mine: float, other: float | None, *, value: float, goal: float, sign: str) -> str:
    """One line of the table."""
    beside = f"{other:8.3f}" if other is not None else " " * 8
    return f"{what:36}{mine:8.3f}{beside}{value:9.2f} {sign:3}{goal:7.2f}"


def kept(runs: int) -> str:
    """The weekly page of a project that has not changed, where there is a way to keep it."""
    what = "status --cache, unchanged"
    shown = subprocess.run((*TRACKER, "status", "--help"), cwd=ROOT, capture_output=True, check=True).stdout
    if b"--cache" not in shown:
        return f"{what}: not there"
    with tempfile.TemporaryDirectory() as room, patch.dict(os.environ, {"XDG_CACHE_HOME": room}):
        mine, other, ratio = against(("status", "--as-of", "31/12/2023", "--cache"), HEAVY, runs)
    return row(what, mine, other, value=ratio, goal=0.65, sign="×")


def small(only: Sequence[str], runs: int, size: int) -> str:
    """The table."""
    lines = [f"{'ours / against':36}{'ours s':>8}{'other s':>8}{'is':>9}     {'goal':>6}"]
    if not only or "help" in only:
        mine, other, ratio = against(("--help",), LIGHT, runs)
        lines.append(row("--help / click, rich.console", mine, other, value=ratio, goal=1.5, sign="×"))
    if not only or "status" in only:
        mine, other, ratio = against(("status", "--as-of", "31/12/2023"), HEAVY, runs)
        lines.append(row("status / … rich.table, a model", mine, other, value=ratio, goal=1.35, sign="×"))
        lines.append(kept(runs))
    if not only or "check" in only:
        with tempfile.TemporaryDirectory() as room:
            drawn = make(Path(room) / "world", size, rules=False)
            took = large(Path(room) / "world" / "csv", drawn, runs)
        for what, mine in zip(("check", "check --format json"), took, strict=True):
            each = mine / drawn.obligations * 1e6
            lines.append(row(f"{what}, {drawn.obligations}", mine, None, value=each, goal=25, sign="µs"))
    return "\n".join(lines)

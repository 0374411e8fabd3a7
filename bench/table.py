"""What was measured, as one table: a row a contender, for each size wall, user and system time, memory and a ratio."""

import os
import platform
import re
import statistics
from collections.abc import Mapping, Sequence
from importlib import metadata

from bench.processes import Took

BASE = "hand/polars_strings"
"""1.00 of every size."""
HEADS = ("wall s", "cpu s", "MB", "×")
Results = Mapping[str, Mapping[int, Sequence[Took]]]
"""By label, then by size."""


def size_name(size: int) -> str:
    """1e5, as sizes are asked for."""
    digits, zeros = str(size).rstrip("0") or "0", len(str(size)) - len(str(size).rstrip("0"))
    return f"{digits}e{zeros}"


def table(results: Results, sizes: Sequence[int]) -> list[list[str]]:
    """Head and rows, as words."""
    base = {size: median(results.get(BASE, {}).get(size, ()), "cpu") for size in sizes}
    head = ["", *(f"{size_name(size)} {name}" for size in sizes for name in HEADS)]
    rows = [head]
    for label, by_size in results.items():
        cells = [cell for size in sizes for cell in _cells(by_size.get(size, ()), base[size])]
        rows.append([label, *cells])
    return rows


def _cells(runs: Sequence[Took], base: float) -> list[str]:
    if not runs:
        return [""] * len(HEADS)
    if why := next((took.ended for took in runs if took.ended), ""):
        return [why, "", "", ""]
    cpu = median(runs, "cpu")
    ratio = f"{cpu / base:.2f}" if base else ""
    cells = [_three(median(runs, "wall")), _three(cpu), f"{median(runs, 'peak'):.0f}", ratio]
    if wrong := next((took.wrong for took in runs if took.wrong), ""):
        return [f"WRONG: {wrong}", *cells[1:]]
    return cells


def median(runs: Sequence[Took], key: str) -> float:
    """Of what was measured; nothing where a run was ended."""
    if not runs or any(took.ended for took in runs):
        return 0.0
    return statistics.median(getattr(took, key) for took in runs)


def _three(value: float) -> str:
    """Two digits behind the point, one from 10 on."""
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def as_text(rows: Sequence[Sequence[str]]) -> str:
    """For a terminal; a reason takes the room of the numbers that it stands for."""
    widths = [max(len(row[column]) for row in rows if not _reason(row, column)) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        line = row[0].ljust(widths[0])
        for start in range(1, len(row), len(HEADS)):
            cells, room = row[start : start + len(HEADS)], widths[start : start + len(HEADS)]
            if _reason(row, start):
                line += "  " + cells[0][: sum(room) + 2 * (len(room) - 1)].ljust(sum(room) + 2 * (len(room) - 1))
            else:
                line += "".join("  " + cell.rjust(width) for cell, width in zip(cells, room, strict=True))
        lines.append(line.rstrip())
    return "\n".join(lines)


def _reason(row: Sequence[str], column: int) -> bool:
    return row[0] != "" and column > 0 and bool(re.match(r"[a-zA-Z]", row[column]))


def as_markdown(rows: Sequence[Sequence[str]]) -> str:
    """For a page."""
    head, *body = ([cell.replace("|", "\\|") for cell in row] for row in rows)
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, rule, *body))


def machine(*libraries: str) -> str:
    """Cores and versions (of all that the extra `bench` has): what the numbers depend on and the text cannot know."""
    names = set(libraries)
    for line in () if libraries else metadata.requires("tracker") or ():
        if re.search(r"extra == .bench.", line):
            names.add(re.split(r"[<>=\[; ]", line)[0])
    versions = []
    for name in sorted(names, key=str.lower):
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            versions.append(f"{name} not installed")
    return f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}; {', '.join(versions)}."

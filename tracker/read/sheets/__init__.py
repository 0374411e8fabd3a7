"""Tables that people keep for themselves: one input format a file, found by walking this folder.

A module here that is a format has SUFFIXES and `grids(path, file) -> Sheets`. It knows how a file is laid out and
nothing of what the words mean.
"""

import hashlib
import unicodedata
from decimal import Decimal
from functools import cache
from importlib import import_module
from math import isfinite
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, NamedTuple

from tracker.model.grid import Grid
from tracker.model.source import Place, Problem
from tracker.read.values import clean

TOLD = {
    ".xls": "sheet-old",
    ".doc": "sheet-old-word",
    ".xlsm": "sheet-macro",
    ".xlsb": "sheet-old",
    ".ods": "sheet-other",
}
"""Kinds of file that are known and not read, and what is said of them."""


CELLS = 2_000_000
"""Most cells of a table, empty ones among them: each becomes an object."""


class Sheets(NamedTuple):
    """The tables of one file, and what kept others from being read."""

    grids: tuple[Grid, ...] = ()
    problems: tuple[Problem, ...] = ()
    digest: str = ""
    """SHA-256 of the file's bytes, in hexadecimal."""


@cache
def _formats() -> dict[str, Any]:
    found = {}
    for module in sorted(one.name for one in iter_modules(__path__)):
        loaded = import_module(f"{__name__}.{module}")
        found.update(dict.fromkeys(getattr(loaded, "SUFFIXES", ()), loaded))
    return found


def suffixes() -> tuple[str, ...]:
    """The kinds of file that can be read."""
    return tuple(sorted(_formats()))


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a cell, NFC; none where there is but one."""
    found = tuple(clean(line) for line in text.splitlines() if line.strip())
    return found if len(found) > 1 else ()


def plain_number(value: float | Decimal) -> str:
    """A number as a Vietnamese reader writes it, without thousands dots; what is no number (inf, nan) as it is."""
    if not isfinite(value):
        return str(value)
    whole = int(value)
    if value == whole and abs(whole) < 10**15:
        return str(whole)
    return f"{value:.10f}".rstrip("0").replace(".", ",")


def read_sheets(path: Path) -> Sheets:
    """Every table of a file. Never raises for what is in it."""
    file = unicodedata.normalize("NFC", path.name)
    suffix = path.suffix.lower()
    if suffix in TOLD:
        return Sheets(problems=(Problem(Place(file), TOLD[suffix]),))
    module = _formats().get(suffix)
    if module is None:
        args = {"suffix": path.suffix or file, "known": ", ".join(suffixes())}
        return Sheets(problems=(Problem(Place(file), "sheet-suffix", args),))
    found: Sheets = module.grids(path, file)
    if not found.grids:
        return found if found.problems else Sheets(problems=(Problem(Place(file), "sheet-empty"),))
    try:
        return found._replace(digest=hashlib.sha256(path.read_bytes()).hexdigest())
    except OSError as error:
        return Sheets(problems=(Problem(Place(file), "file-unreadable", {"cause": error.strerror or ""}),))

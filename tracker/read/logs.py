"""The logs of a project: which file takes an entry of a unit and a year."""

import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

from tracker.names import file_stem
from tracker.read import YAML, files_below
from tracker.read.door import open_source
from tracker.read.mapping import is_mapping

_UNIT = re.compile("^unit:[ \t]+[\"']?([A-Za-z0-9][A-Za-z0-9._-]*)", re.MULTILINE)
_YEAR = re.compile("(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


class Log(NamedTuple):
    """A file of entries that a person writes by hand; tables from elsewhere are none."""

    file: str
    """Path relative to the project."""
    unit: str = ""
    """The unit at its head; empty where it names none. Entries of another unit name theirs."""
    there: bool = True
    """Whether the file exists."""


def logs(folder: Path) -> list[Log]:
    """The logs below actuals/, in the order of their paths."""
    found = []
    for path, file in files_below(folder / "actuals", "actuals"):
        if path.suffix.lower() in YAML and not is_mapping(file):
            source, _ = open_source(path, file, bidi=True)
            head = _UNIT.search(source.text) if source else None
            found.append(Log(file, head[1] if head else ""))
    return found


def log_of(known: Iterable[Log], unit: str, year: int, used: Collection[str] = ()) -> Log:
    """The log for a unit's entry of a year: its own file of that year, or one that names no year, or else a new one.

    Of several, one that is `used` for the year already comes first.
    """
    known = list(known)
    fit = [(log, set(_YEAR.findall(log.file))) for log in known if log.unit == unit]
    fit = [(log, years) for log, years in fit if not years or str(year) in years]
    if fit:
        return min(fit, key=lambda one: (one[0].file not in used, str(year) not in one[1], one[0].file))[0]
    file = f"actuals/{year}/{file_stem(unit)}.yaml"
    # Windows and macOS keep one file for names that differ in capitals alone.
    same = (log for log in known if log.file.casefold() == file.casefold())
    return next(same, Log(file, unit, there=False))

"""Which files of records hold nothing of which part: looked up once, before the parts are handed out.

Only the cell for the unit is looked at, as bytes, block by block. Where anything of a table is out of the ordinary (a
quotation mark, an id, a name that is no unit's), every part reads it.
"""

from collections.abc import Mapping, Sequence, Set as AbstractSet
from pathlib import Path

from tracker.model.project import Project
from tracker.model.share import Share
from tracker.read import files_below
from tracker.read.wanted import NAMED, TABLES, waited_for

_BLOCK = 1 << 24
"""Bytes that are looked at together."""


def survey(folder: Path, project: Project, shares: Sequence[Share]) -> list[Share]:
    """The shares, each with the files that it need not open. The plans must have been read, the records need not."""
    owners = {unit.encode(): number for unit, number in shares[0].owners.items()}
    waited = {task.encode() for task in waited_for(project.plans, project.renames)}
    elsewhere: list[set[str]] = [set() for _ in shares]
    for path, file in files_below(folder / "actuals", "actuals"):
        if path.suffix.lower() in TABLES:
            held = _held(path, owners, waited)
            for share, files in zip(shares, elsewhere, strict=True):
                if held is not None and share.number not in held:
                    files.add(file)
    return [share._replace(elsewhere=frozenset(files)) for share, files in zip(shares, elsewhere, strict=True)]


def _held(path: Path, owners: Mapping[bytes, int], waited: AbstractSet[bytes]) -> AbstractSet[int] | None:
    """The parts whose rows stand in a table; None where that takes more than a look, or where it has no rows."""
    found: set[int] = set()
    try:
        with path.open("rb") as table:
            header = table.readline()
            delimiter = max(b";", b",", key=header.count)
            keys = [key.strip() for key in header.removeprefix(b"\xef\xbb\xbf").strip().split(delimiter)]
            if b'"' in header or keys.count(b"unit") != 1 or not {key.encode() for key in NAMED}.isdisjoint(keys):
                return None
            column, more = keys.index(b"unit"), keys.index(b"unit") + 1
            while lines := table.readlines(_BLOCK):
                block = b"".join(lines)
                if b'"' in block or b"\r" in block.replace(b"\r\n", b"") or any(task in block for task in waited):
                    return None
                units = {line.rstrip().split(delimiter, more)[column] for line in lines if line.strip()}
                found |= {owners[unit] for unit in units}
    except (OSError, IndexError, KeyError):
        return None
    return found or None

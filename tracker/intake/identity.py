"""Which entries of a table are new: the same file imported twice changes nothing.

An entry's id is made of three digests: what the row is about (file, sheet, task or title, units, period), that with its
day and its turn among equals, and all that it says. Which row of the sheet it stands in does not matter, so that rows
may be inserted above; what was withdrawn or corrected by hand stays so while the row says what it said.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tracker.model.actual import Actual
from tracker.model.intake import Entry, Understood

_ID = re.compile(r"nhap-(?P<about>[0-9a-f]{8})-(?P<row>[0-9a-f]{6})-(?P<says>[0-9a-f]{8})(?:-[0-9]+)?")
Values = Mapping[str, str | tuple[str, ...]]


class Name(NamedTuple):
    """The three digests of a row."""

    about: str
    row: str
    says: str


class Row(NamedTuple):
    """A row of a table that became an entry."""

    table: Understood
    entry: Entry
    name: Name


class Chain(NamedTuple):
    """An entry that was imported, with all that was written after it about the same row."""

    name: Name
    """Of the last imported one."""
    last: str
    """Id of the entry that holds now, imported or not."""
    withdrawn: bool
    source: str
    """Where the first of them stood, file first."""


class Plan(NamedTuple):
    """What an import would do."""

    inserted: tuple[tuple[Entry, Values], ...]
    """Rows with the entries to be written."""
    changed: tuple[tuple[Entry, Values], ...]
    unchanged: tuple[Entry, ...]
    gone: tuple[str, ...]
    """Ids of entries that were imported from the file and that no row answers to."""


def chains(actuals: Iterable[Actual]) -> list[Chain]:
    """Everything that was imported before, in the order of the records."""
    listed = list(actuals)
    after = {one.corrects: one.id or one.corrects for one in listed if one.corrects}
    withdrawn = {one.withdraws for one in listed if one.withdraws}
    found: dict[str, Chain] = {}
    for one in listed:
        match = _ID.fullmatch(one.id)
        if match is None or (one.corrects and _ID.fullmatch(one.corrects)):
            continue
        name, last, seen = Name(match["about"], match["row"], match["says"]), one.id, {one.id}
        while last in after and after[last] not in seen:
            last = after[last]
            seen.add(last)
            if newer := _ID.fullmatch(last):
                name = Name(newer["about"], newer["row"], newer["says"])
        found[one.id] = Chain(name, last, not withdrawn.isdisjoint(seen), one.source)
    return list(found.values())


def plan(tables: Sequence[Understood], digest: str, actuals: Sequence[Actual]) -> Plan:
    """The entries of the tables of one file against what is on record."""
    ids = {one.id for one in actuals if one.id}
    left = {chain.last: chain for chain in chains(actuals)}
    rows = _named(tables)
    unchanged: list[Entry] = []
    changed: list[tuple[Entry, Values]] = []
    # The very same first, then the same deed said otherwise, then the only one of its kind on another day.
    for stage, parts in enumerate((3, 2, 1)):
        known: dict[tuple[str, ...], list[Chain]] = {}
        for chain in left.values():
            if stage == 0 or not chain.withdrawn:
                known.setdefault(chain.name[:parts], []).append(chain)
        alike = Counter(row.name[:parts] for row in rows)
        rest = []
        for row in rows:
            found = known.get(row.name[:parts], [])
            if not found or (parts == 1 and (len(found) > 1 or alike[row.name[:parts]] > 1)):
                rest.append(row)
                continue
            chain = found.pop(0)
            del left[chain.last]
            if stage == 0:
                unchanged.append(row.entry)
            else:
                changed.append((row.entry, _written(row, digest, ids, chain.last)))
        rows = rest
    inserted = tuple((row.entry, _written(row, digest, ids)) for row in rows)
    files = tuple({f"{table.file}, " for table in tables})
    gone = tuple(one.last for one in left.values() if one.source.startswith(files) and not one.withdrawn)
    return Plan(inserted, tuple(changed), tuple(unchanged), gone)


def _named(tables: Sequence[Understood]) -> list[Row]:
    found = []
    turns: dict[str, int] = {}
    for table in tables:
        for entry in table.entries:
            values = entry.values
            what = [values.get(key, "") for key in ("unit", "units", "period")]
            about = _digest(table.file, table.sheet, values.get("task") or values.get("title", ""), *what)[:8]
            row = _digest(about, values["date"])
            turns[row] = turns.get(row, 0) + 1
            says = _digest(*(f"{key}={cell}" for key, cell in sorted(values.items()) if key != "recorded"))
            found.append(Row(table, entry, Name(about, _digest(row, str(turns[row]))[:6], says[:8])))
    return found


def _digest(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()


def _written(row: Row, digest: str, ids: set[str], corrects: str = "") -> Values:
    """The entry as it is to be written, with its source and an id that nobody has."""
    table, entry, name = row
    plain = f"nhap-{name.about}-{name.row}-{name.says}"
    id_, turn = plain, 2
    while id_ in ids:
        id_, turn = f"{plain}-{turn}", turn + 1
    ids.add(id_)
    where = f"{table.sheet}!{entry.row}" if table.sheet else str(entry.row)
    source = f"{table.file}, {where} (sha256 {digest[:12]})"
    values = {**entry.values, "source": source, "id": id_}
    return {**values, "corrects": corrects} if corrects else values


def settled(whole: Plan) -> tuple[Plan, int]:
    """The part of a plan that nothing is doubted of, and how many rows are left out."""
    inserted = tuple(one for one in whole.inserted if not one[0].doubts)
    changed = tuple(one for one in whole.changed if not one[0].doubts)
    left_out = len(whole.inserted) + len(whole.changed) - len(inserted) - len(changed)
    return whole._replace(inserted=inserted, changed=changed), left_out

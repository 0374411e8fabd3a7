"""Which entries of a table are new: the same file imported twice changes nothing, also under another name.

Which row of the sheet an entry stands in does not matter, so that rows may be inserted above; what was withdrawn or
corrected by hand stays so while the row says what it said.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tracker.intake.lineage import lineage
from tracker.intake.naming import Chain, Row, chains, named, written
from tracker.model.actual import Actual
from tracker.model.grid import Remark, letter
from tracker.model.intake import Entry, Lineage, Understood

Values = Mapping[str, str | tuple[str, ...]]


class Plan(NamedTuple):
    """What an import would do."""

    inserted: tuple[tuple[Entry, Values], ...]
    """Rows with the entries to be written."""
    changed: tuple[tuple[Entry, Values], ...]
    unchanged: tuple[Entry, ...]
    gone: tuple[str, ...]
    """Ids of entries that were imported from the file and that no row answers to."""
    doubts: tuple[tuple[Understood, Remark], ...] = ()
    """What is doubted because of what is on record; part of the entries' own doubts as well."""
    lineage: Lineage = Lineage(())


def plan(tables: Sequence[Understood], digest: str, actuals: Sequence[Actual], same_as: str = "") -> Plan:
    """The entries of the tables of one file against what is on record."""
    ids = {one.id for one in actuals if one.id}
    known_before = chains(actuals)
    left = {chain.last: chain for chain in known_before}
    line = lineage(tables, digest, known_before, same_as)
    turns: dict[str, int] = {}
    rows = [row for table, origin in zip(tables, line.origins, strict=True) for row in named(table, origin, turns)]
    unchanged: list[Entry] = []
    changed: list[tuple[Entry, Values]] = []
    doubts: list[tuple[Understood, Remark]] = []
    # The very same first, then the same deed said otherwise, then the only one of its kind on another day.
    for parts in (3, 2, 1):
        known: dict[tuple[str, ...], list[Chain]] = {}
        for chain in left.values():
            if parts == 3 or not chain.withdrawn:
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
            if parts == 3:
                unchanged.append(row.entry)
                continue
            more = tuple(_doubts(row, chain, line, moved=parts == 1))
            doubts += ((row.table, one) for one in more)
            entry = row.entry._replace(doubts=(*row.entry.doubts, *more))
            changed.append((entry, written(row, digest, ids, chain.last)))
        rows = rest
    inserted = tuple((row.entry, written(row, digest, ids)) for row in rows)
    files = {table.file for table in tables} | {origin.file for origin in line.origins}
    gone = [one.last for one in left.values() if not one.withdrawn and (o := one.origin) and o.file in files]
    line = line._replace(common=len(unchanged))
    return Plan(inserted, tuple(changed), tuple(unchanged), tuple(gone), tuple(doubts), line)


def _doubts(row: Row, chain: Chain, line: Lineage, *, moved: bool) -> Sequence[Remark]:
    """Why a correction may be none: another day may be another deed, another file another log."""
    found = []
    if moved:
        at = next((letter(one.at) for one in row.table.columns if one.key == "date"), "")
        args = {"id": chain.last, "first": _days(chain), "second": str(row.entry.values["date"])}
        found.append(Remark(row.entry.row, "intake-moved", args, at))
    if line.earlier and line.earlier != row.table.file:
        found.append(Remark(row.entry.row, "intake-other-file", {"id": chain.last, "file": line.earlier}))
    return found


def _days(chain: Chain) -> str:
    first, last = chain.when.first, chain.when.last
    return f"{first:%d/%m/%Y}" if first == last else f"{first:%d/%m/%Y}..{last:%d/%m/%Y}"


def settled(whole: Plan) -> tuple[Plan, int]:
    """The part of a plan that nothing is doubted of, and how many rows are left out."""
    inserted = tuple(one for one in whole.inserted if not one[0].doubts)
    changed = tuple(one for one in whole.changed if not one[0].doubts)
    left_out = len(whole.inserted) + len(whole.changed) - len(inserted) - len(changed)
    return whole._replace(inserted=inserted, changed=changed), left_out


def undated(whole: Plan, day: str) -> Plan:
    """The same without the day of recording, where that is only the day of the import."""

    def without(rows: tuple[tuple[Entry, Values], ...]) -> tuple[tuple[Entry, Values], ...]:
        return tuple(
            (entry, {key: cell for key, cell in values.items() if key != "recorded" or cell != day})
            for entry, values in rows
        )

    return whole._replace(inserted=without(whole.inserted), changed=without(whole.changed))

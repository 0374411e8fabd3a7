"""What a row of a table is called, and what was imported before under which names.

An id is made of three digests: what the row is about (file and sheet of its first import, task or title, units,
period), that with its day and its turn among equals, and all that it says.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from tracker.model.actual import Actual
from tracker.model.intake import Entry, Origin, Understood
from tracker.model.values import Span

_ID = re.compile(r"nhap-(?P<about>[0-9a-f]{8})-(?P<row>[0-9a-f]{6})-(?P<says>[0-9a-f]{8})(?:-[0-9]+)?")
_SOURCE = re.compile(
    r"(?P<file>.+?\.[A-Za-z0-9]{2,8}), (?:(?P<sheet>.*)!)?[0-9]+ \(sha256 (?P<digest>[0-9a-f]{12})\)", re.DOTALL
)
DIGITS = 12
"""How much of a file's digest is kept."""


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
    when: Span
    """Day of the last imported one."""
    digests: frozenset[str]
    """Beginnings of the digests of all files that they came from."""

    @property
    def origin(self) -> Origin | None:
        """File and sheet that its source names; None where somebody wrote another source."""
        match = _SOURCE.fullmatch(self.source)
        return Origin(match["file"], match["sheet"] or "") if match else None


def chains(actuals: Iterable[Actual]) -> list[Chain]:
    """Everything that was imported before, in the order of the records."""
    listed = list(actuals)
    named = {one.id: one for one in listed if one.id}
    after = {one.corrects: one.id or one.corrects for one in listed if one.corrects}
    withdrawn = {one.withdraws for one in listed if one.withdraws}
    found: dict[str, Chain] = {}
    for one in listed:
        match = _ID.fullmatch(one.id)
        if match is None or (one.corrects and _ID.fullmatch(one.corrects)):
            continue
        name, last, seen, when = Name(match["about"], match["row"], match["says"]), one.id, {one.id}, one.when
        sources = [one.source]
        while last in after and after[last] not in seen:
            last = after[last]
            seen.add(last)
            if newer := _ID.fullmatch(last):
                name = Name(newer["about"], newer["row"], newer["says"])
                when = named[last].when if last in named else when
                sources.append(named[last].source if last in named else "")
        digests = frozenset(match["digest"] for text in sources if (match := _SOURCE.fullmatch(text)))
        found[one.id] = Chain(name, last, not withdrawn.isdisjoint(seen), one.source, when, digests)
    return list(found.values())


def named(
    table: Understood,
    origin: Origin,
    turns: dict[str, int],
    entries: Sequence[Entry] | None = None,
) -> list[Row]:
    """The rows of a table with their names, by where it stood at first; `entries` are its first ones, or all.

    `turns` counts equals, over all tables of a file.
    """
    found = []
    for entry in table.entries if entries is None else entries:
        values = entry.values
        what = [values.get(key, "") for key in ("unit", "units", "period")]
        about = _digest(origin.file, origin.sheet, values.get("task") or values.get("title", ""), *what)[:8]
        row = _digest(about, values["date"])
        turns[row] = turns.get(row, 0) + 1
        says = _digest(*(f"{key}={cell}" for key, cell in sorted(values.items()) if key != "recorded"))
        found.append(Row(table, entry, Name(about, _digest(row, str(turns[row]))[:6], says[:8])))
    return found


def _digest(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()


def written(row: Row, digest: str, ids: set[str], corrects: str = "") -> Mapping[str, str | tuple[str, ...]]:
    """The entry as it is to be written, with its source and an id that nobody has."""
    table, entry, name = row
    plain = f"nhap-{name.about}-{name.row}-{name.says}"
    id_, turn = plain, 2
    while id_ in ids:
        id_, turn = f"{plain}-{turn}", turn + 1
    ids.add(id_)
    where = f"{table.sheet}!{entry.row}" if table.sheet else str(entry.row)
    source = f"{table.file}, {where} (sha256 {digest[:DIGITS]})"
    values = {**entry.values, "source": source, "id": id_}
    return {**values, "corrects": corrects} if corrects else values

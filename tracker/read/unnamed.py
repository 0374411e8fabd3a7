"""Entries without an id, by what they say: so corrections and withdrawals reach what was written by hand.

Old bytes stay (design 4.11), so such an entry gets no id afterwards. Its name is # and twelve signs of a digest of its
keys and texts as they are read, and of the unit at the head of its log; of entries that say the very same, the second
has -2 behind it. Whoever changes such an entry by hand is told that nothing has that name any more.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import chain, starmap
from pathlib import Path, PurePosixPath

from tracker.model.actual import Actual
from tracker.model.source import Place
from tracker.read.formats import Batch, Cell, readers
from tracker.read.found import Found

MARK = "#"
"""How the name of an entry without an id begins; no id does."""
_SIGNS = 12


def digest(cells: Mapping[str, Cell], head: str) -> str:
    """The name of an entry by its keys and texts; `head` is the unit of its log, where it names none itself."""
    said = {key: cell if isinstance(cell, str) else list(cell) for key, cell in cells.items()}
    own = "" if "unit" in cells or "units" in cells else head
    text = json.dumps([own, said], ensure_ascii=False, sort_keys=True)
    return MARK + sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:_SIGNS]


def name_of(folder: Path, actuals: Iterable[Actual], at: Place) -> str:
    """The name of the entry without an id that stands there."""
    known = _Digests(folder)
    name = known.of(at)
    alike = [place for place in _unnamed(actuals, lambda _: True) if known.of(place) == name]
    number = alike.index(at) + 1
    return name if number == 1 else f"{name}-{number}"


def places_of(folder: Path, actuals: Sequence[Actual], wanted: Iterable[tuple[str, str, str]]) -> dict[str, Place]:
    """The entries that have these names: of each its name, and unit and task of what names it, where one looks first.

    Those that say the same have the same unit and task, so that their count is the same wherever they are looked for.
    """
    known = _Digests(folder)
    found: dict[str, Place] = {}
    for name, unit, task in wanted:
        base, _, number = name.partition("-")
        if number and not (number.isascii() and number.isdigit()):
            continue
        scopes: Sequence[Callable[[Actual], bool]] = (
            lambda one, unit=unit, task=task: one.unit == unit and one.task == task,  # type: ignore[misc]
            lambda _: True,
        )
        for scope in scopes:
            alike = [place for place in _unnamed(actuals, scope) if known.of(place) == base]
            if len(alike) >= int(number or 1) > 0:
                found[name] = alike[int(number or 1) - 1]
                break
    return found


def called(actuals: Sequence[Actual], names: Mapping[str, Place]) -> list[Actual]:
    """The entries, those that somebody names with that name for an id."""
    by_place = {place: name for name, place in names.items()}
    return [one._replace(id=by_place[one.at]) if not one.id and one.at in by_place else one for one in actuals]


def named(folder: Path, found: Found) -> dict[str, Place]:
    """The entries that are named so by others in what was read; their names are known from here on."""
    wanted = [
        (name, one.unit, one.task)
        for one in found.actuals
        for name in (one.corrects, one.withdraws)
        if name.startswith(MARK)
    ]
    names = places_of(folder, found.actuals, dict.fromkeys(wanted))
    found.of("entry").update(names)
    return names


def _unnamed(actuals: Iterable[Actual], scope: Callable[[Actual], bool]) -> list[Place]:
    """Where entries without an id begin, in order; one that speaks of several units or periods stands there once."""
    return sorted({one.at for one in actuals if not one.id and not one.withdraws and scope(one)})


class _Digests:
    """The digests of entries, file by file as they are asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, dict[Place, str]] = {}

    def of(self, at: Place) -> str:
        """The digest of the entry that begins there; empty where none does."""
        if at.file not in self.files:
            read = readers().get(PurePosixPath(at.file).suffix.lower())
            batch = read(self.folder / at.file, at.file) if read else Batch()
            head = batch.unit[0] if batch.unit else ""
            self.files[at.file] = {place: digest(cells, head) for place, cells in _records(batch)}
        return self.files[at.file].get(at, "")


def _records(batch: Batch) -> Iterator[tuple[Place, Mapping[str, Cell]]]:
    rows = starmap(batch.record, batch.rows) if batch.record else ()
    for record in chain(batch.entries, rows):
        if record is not None and "id" not in record[1]:
            yield record[0], record[1]

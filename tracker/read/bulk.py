"""Rows of a table by whole columns, while nothing in them is out of the ordinary: a third of the time of row by row.

Each column of a thousand rows is converted by one look-up a cell. Where anything is refused, or a row means more than
one record, nothing is taken from these rows here and they go the careful way, one by one.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import repeat
from typing import Any

from tracker.model.actual import Actual, Step
from tracker.model.source import Place
from tracker.read.formats import Cell

CAREFUL = frozenset({"id", "corrects", "withdraws", "units", "parts", "case", "items", "reach"})
"""Columns with a meaning beyond their own row or cell."""
_NO_PLACES: Mapping[str, Place] = {}
EMPTY = {
    "quantity": None, "people": None, "recorded": None, "returns": None,
    "step": Step.SENT, "empty": False, "cause": None,
}  # fmt: skip
"""What an empty cell gives, where it is not an empty text."""


# A named tuple is made of a tuple without a call of Python code: half the time of a million records.
_place = partial(tuple.__new__, Place)
_actual: Callable[[tuple[Any, ...]], Actual] = partial(tuple.__new__, Actual)


def ordinary(
    keys: Sequence[str],
    lines: Sequence[int],
    cells: Sequence[Sequence[str]],
    file: str,
    lookups: Mapping[str, Callable[[Cell], Any]],
) -> list[Actual] | None:
    """The records of rows that stand on these lines; None where one of them has to be looked at by itself.

    Every row is as wide as the keys; the key of a column that is not read is empty. `lookups` raise for what they
    refuse.
    """
    if not CAREFUL.isdisjoint(keys) or "unit" not in keys or "date" not in keys:
        return None
    columns: dict[str, Any] = {}
    try:
        for key, column in zip(keys, zip(*cells, strict=True), strict=True):
            if key:
                columns[key] = _column(key, column, lookups[key])
    except Exception:  # noqa: BLE001 - whatever it is, the careful way says what is wrong, and where
        return None
    try:
        return built(columns, lines, file)
    except ValueError:
        return None


def _column(key: str, column: Sequence[str], lookup: Callable[[Cell], Any]) -> list[Any]:
    if key in {"unit", "period"}:
        # A list of one is the ordinary case; unpacking refuses any other.
        return [one for (one,) in map(lookup, column)] if "" not in column else _mixed(key, column, lookup)
    if key == "date" or "" not in column:
        return list(map(lookup, column))
    empty = EMPTY.get(key, "")
    return [lookup(cell) if cell else empty for cell in column]


def _mixed(key: str, column: Sequence[str], lookup: Callable[[Cell], Any]) -> list[Any]:
    if key == "unit":
        raise ValueError
    found = [lookup(cell) if cell else ("",) for cell in column]
    return [one for (one,) in found]


def built(columns: dict[str, Any], lines: Sequence[int], file: str) -> list[Actual]:
    """The records of these columns. Raises ValueError where one was entered before it happened."""
    whens = columns.pop("date")
    recorded = columns.pop("recorded", None)
    if recorded is None:
        columns["recorded"] = [when.last for when in whens]
    else:
        columns["recorded"] = [day or when.last for day, when in zip(recorded, whens, strict=True)]
        if any(day < when.first for day, when in zip(columns["recorded"], whens, strict=True)):
            raise ValueError("recorded before it happened")
    columns |= {"when": whens, "at": map(_place, zip(repeat(file), lines, repeat(1)))}
    columns.setdefault("task", repeat(""))
    columns["places"] = repeat(_NO_PLACES)
    defaults = Actual._field_defaults
    fields = (columns[name] if name in columns else repeat(defaults[name]) for name in Actual._fields)
    return list(map(_actual, zip(*fields, strict=False)))

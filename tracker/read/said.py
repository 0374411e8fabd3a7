"""Entries as JSON from another program: one object, a list of them, or one a line."""

import json
from typing import Any

from tracker.model.entry import Cells
from tracker.read.given import Trouble
from tracker.read.values import Refusal


class _TwiceError(Exception):
    """A key stands twice in an object."""


def entries_of(raw: bytes) -> tuple[list[Cells], list[Trouble]]:
    """The entries, and what is wrong with any of them. Keys without a value (null, "") count as left out."""
    try:
        values = _values(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return [], [Trouble(1, "", Refusal("record-json-encoding"))]
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        return [], [Trouble(1, "", Refusal("record-json", {"line": str(line)}))]
    except _TwiceError as twice:
        return [], [Trouble(1, str(twice), Refusal("record-json-twice", {"key": str(twice)}))]
    if not values:
        return [], [Trouble(1, "", Refusal("record-json-empty"))]
    found: list[Cells] = []
    troubles: list[Trouble] = []
    for number, value in enumerate(values, 1):
        if not isinstance(value, dict):
            troubles.append(Trouble(number, "", Refusal("record-json-object")))
            value = {}  # noqa: PLW2901 - it keeps its number
        cells = {key: _cell(cell) for key, cell in value.items()}
        troubles += [Trouble(number, key, cell) for key, cell in cells.items() if isinstance(cell, Refusal)]
        found.append({key: cell for key, cell in cells.items() if cell and not isinstance(cell, Refusal)})
    return found, troubles


def _values(text: str) -> list[Any]:
    """The whole text as one value, or each line as one. Raises ValueError where it is neither."""
    decoder = json.JSONDecoder(object_pairs_hook=_object, parse_float=_Decimal, parse_constant=_Decimal)
    try:
        whole = decoder.decode(text)
    except json.JSONDecodeError as error:
        lines = text.splitlines()
        if "Extra data" not in error.msg:
            raise
        return [decoder.decode(line) for line in lines if line.strip()]
    return whole if isinstance(whole, list) else [whole]


class _Decimal(str):
    """A number with a point: whether that is a decimal point or one of thousands, people write differently."""

    __slots__ = ()


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _TwiceError(next(key for key, _ in pairs if [one for one, _ in pairs].count(key) > 1))
    return found


def _cell(value: object) -> str | tuple[str, ...] | Refusal:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str) and not isinstance(value, _Decimal):
        return value.strip()
    if isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value):
        return tuple(one.strip() for one in value)
    return Refusal("record-json-text", {"text": str(value)[:60]})

"""JSON: a list of objects, days as ISO, whole numbers as numbers, others as text so that no digit is lost."""

import json
from collections.abc import Sequence

from tracker.model.finding import Cell
from tracker.model.table import Column


def render(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> bytes:
    """One object a line."""
    names = [column.name for column in columns]
    lines = [
        json.dumps(dict(zip(names, map(_value, row), strict=True)), ensure_ascii=False, separators=(", ", ": "))
        for row in rows
    ]
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode("utf-8", "backslashreplace")


def _value(value: Cell) -> str | int | bool | None:
    if value is None or isinstance(value, int):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)

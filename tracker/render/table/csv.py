"""CSV: UTF-8 with a mark so that Excel sees it, days as ISO, text that a spreadsheet would run made harmless."""

import csv
from collections.abc import Sequence
from io import StringIO

from tracker.model.finding import Cell
from tracker.model.table import Column

RUN = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""Beginnings that a spreadsheet takes for a formula; such text gets a leading ', which import takes off again."""


def render(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> bytes:
    """Header and rows; a null is an empty field."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in columns])
    writer.writerows([field(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "backslashreplace")


def field(value: Cell) -> str:
    """A value as it stands in a field."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        text = str(value)
        return f"'{text}" if text.startswith(RUN) else text
    return value.isoformat() if hasattr(value, "isoformat") else str(value)

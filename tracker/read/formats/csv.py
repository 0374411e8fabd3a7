"""A table of entries, one a row: UTF-8, comma or semicolon, first line the header."""

from collections.abc import Sequence
from pathlib import Path

from tracker.model.source import Place
from tracker.read.door import TABLE_LIMIT, open_source
from tracker.read.formats import ENTRY_KEYS, Batch, Cell, Record
from tracker.read.sheet import open_sheet

SUFFIXES = (".csv",)
_LISTS = {"units": ",;|", "parts": ";|", "items": ";|", "reach": ";|"}
"""Columns that hold several values, and what may stand between them."""
_NO_PLACES: dict[str, Place] = {}


def read(path: Path, file: str) -> Batch:
    """The rows of a table. Its records know their lines; their cells are looked up when something is wrong there."""
    source, problems = open_source(path, file, TABLE_LIMIT, bidi=True)
    if source is None:
        return Batch(problems=problems)
    sheet, complaints = open_sheet(source, ENTRY_KEYS, ("unit|units", "date"))
    problems += complaints
    if sheet is None:
        return Batch(problems=problems, source=source)
    sheet.problems = problems

    def record(line: int, row: Sequence[str]) -> Record | None:
        cells: dict[str, Cell] = {key: cell for key, cell in zip(sheet.keys, row, strict=True) if cell}
        if not cells:
            return None
        cells.pop("", None)
        for key in _LISTS.keys() & cells.keys():
            cells[key] = _parts(cells[key], _LISTS[key])
        return Place(file, line), cells, _NO_PLACES

    return Batch(
        problems=problems,
        source=source,
        rows=sheet.rows(),
        keys=sheet.keys,
        record=record,
        pass_over=sheet.pass_over,
        locate=lambda at, key: sheet.place(at.line, key),
    )


def _parts(cell: Cell, separators: str) -> Cell:
    if isinstance(cell, str):
        for separator in separators:
            if separator in cell:
                return tuple(part.strip() for part in cell.split(separator) if part.strip())
    return cell



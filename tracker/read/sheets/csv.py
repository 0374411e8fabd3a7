"""CSV files: UTF-8 (with or without its mark) or UTF-16, with comma, semicolon or tab."""

import csv
import io
from pathlib import Path

from tracker.model.grid import Cell, Grid, Line
from tracker.model.source import Place, Problem
from tracker.read.door import decode
from tracker.read.sheets import CELLS, Sheets, lines_of
from tracker.read.values import clean

SUFFIXES = (".csv", ".tsv")
LIMIT = 20_000_000
_LINES = 40


def grids(path: Path, file: str) -> Sheets:
    """The one table of the file; a bad encoding is named with how to save it, never guessed."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        problem = Problem(Place(file), "file-unreadable", {"cause": error.strerror or type(error).__name__})
        return Sheets(problems=(problem,))
    if len(raw) > LIMIT:
        args = {"size": str(-(-len(raw) // 1_000_000)), "limit": str(LIMIT // 1_000_000)}
        return Sheets(problems=(Problem(Place(file), "file-too-big", args),))
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        # Excel's "Unicode text"; its mark leaves nothing to guess.
        raw = raw.decode("utf-16", "replace").encode()
    source, problems = decode(raw, file)
    if source is None or any(problem.code == "file-legacy" for problem in problems):
        return Sheets(problems=tuple(problems))
    text = source.text
    head = "\n".join(text.splitlines()[:_LINES])
    delimiter = max(",;\t", key=head.count)
    try:
        rows = list(_rows(text, delimiter))
    except csv.Error:
        return Sheets(problems=(Problem(Place(file), "sheet-csv"),))
    except OverflowError as error:
        line, columns = error.args
        args = {"sheet": file, "rows": str(line), "columns": str(columns)}
        return Sheets(problems=(Problem(Place(file), "sheet-too-big", args),))
    return Sheets((Grid(file, "", tuple(rows)),) if rows else ())


def _rows(text: str, delimiter: str) -> "list[Line]":
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found, line, count = [], 1, 0
    for row in reader:
        count += len(row)
        if count > CELLS:
            raise OverflowError(line, len(row))
        cells = tuple(Cell(clean(cell), lines_of(cell)) for cell in row)
        if any(cell.text for cell in cells):
            found.append(Line(line, cells))
        line = reader.line_num + 1
    return found

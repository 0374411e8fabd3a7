"""Excel workbooks (.xlsx): values as they were last computed, merged ranges filled, hidden rows and old fonts named."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from tracker.model.grid import Cell, Grid, Line, letter
from tracker.model.source import Place, Problem
from tracker.read.sheets import CELLS, Sheets, lines_of, plain_number
from tracker.read.sheets.legacy import converted, encoding
from tracker.read.sheets.packed import refused
from tracker.read.values import clean

SUFFIXES = (".xlsx",)
_LINK = re.compile(r"\[[0-9]+\][^\[\]!]*!")
"""A formula's name for another workbook, with a sheet of it."""


class _Books(NamedTuple):
    """The same workbook twice: as computed, and as written."""

    values: Any
    formulas: Any


def grids(path: Path, file: str) -> Sheets:
    """Every sheet that holds cells."""
    problem = refused(path, file, "xl/workbook.xml")
    if problem is not None:
        return Sheets(problems=(problem,))
    try:
        return _read(path, file)
    except Exception as error:  # noqa: BLE001 - whatever a broken package makes of its parser is the file's fault
        return Sheets(problems=(Problem(Place(file), "sheet-broken", {"why": type(error).__name__}),))


def _read(path: Path, file: str) -> Sheets:
    import warnings

    from openpyxl import load_workbook

    # From memory: the library leaves a file open when it gives up.
    raw = path.read_bytes()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of features that only a spreadsheet program has
        books = _Books(
            load_workbook(BytesIO(raw), data_only=True, keep_links=False, rich_text=True),
            load_workbook(BytesIO(raw), data_only=False, keep_links=False),
        )
    found: list[Grid] = []
    problems: list[Problem] = []
    for sheet in books.values.worksheets:
        name = clean(sheet.title)
        if sheet.max_row * sheet.max_column > CELLS:
            args = {"sheet": name, "rows": str(sheet.max_row), "columns": str(sheet.max_column)}
            problems.append(Problem(Place(file), "sheet-too-big", args))
            continue
        outside = _outside(books.formulas[sheet.title])
        if outside:
            problems.append(Problem(Place(file), "sheet-link", {"sheet": name, "cell": outside}))
            continue
        grid = _grid(sheet, books, file, name)
        if grid.lines:
            found.append(grid)
    return Sheets(tuple(found), tuple(problems))


def _outside(sheet: Any) -> str:
    """The first cell that takes its value from another workbook."""
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("=") and _LINK.search(cell.value):
                return str(cell.coordinate)
    return ""


def _grid(sheet: Any, books: _Books, file: str, name: str) -> Grid:
    merged = _merged(sheet)
    formulas = books.formulas[sheet.title]
    lines = []
    for row in sheet.iter_rows():
        number = row[0].row
        cells = [_place(sheet, formulas, merged, (number, index + 1)) for index in range(len(row))]
        while cells and cells[-1] == Cell():
            cells.pop()
        hidden = number in sheet.row_dimensions and bool(sheet.row_dimensions[number].hidden)
        line = Line(number, tuple(cells), hidden)
        if any(cell.text or cell.remark for cell in cells):
            lines.append(line)
    hidden_columns = tuple(
        f"{key}–{letter(one.max - 1)}" if one.max and one.max > one.min else key
        for key, one in sorted(sheet.column_dimensions.items())
        if one.hidden
    )
    return Grid(
        file,
        name,
        tuple(lines),
        hidden=sheet.sheet_state != "visible",
        hidden_columns=hidden_columns,
        old_days=books.values.epoch.year == 1904,
    )


def _merged(sheet: Any) -> Mapping[tuple[int, int], tuple[int, int, int]]:
    """Row and column of each cell of a merged range → those of its first cell, and how many columns the range has."""
    found = {}
    for area in sheet.merged_cells.ranges:
        for row in range(area.min_row, area.max_row + 1):
            for column in range(area.min_col, area.max_col + 1):
                found[row, column] = (area.min_row, area.min_col, area.max_col - area.min_col + 1)
    return found


def _place(sheet: Any, formulas: Any, merged: Mapping[tuple[int, int], Any], at: tuple[int, int]) -> Cell:
    row, column = at
    top, left, span = merged.get(at, (row, column, 0))
    cell = _cell(sheet.cell(top, left), formulas.cell(top, left).value)
    return cell._replace(span=span, head=(top, left) == at, above=top < row) if span else cell


def _cell(cell: Any, formula: Any) -> Cell:
    value = cell.value
    if value is None:
        if cell.data_type == "f" or (isinstance(formula, str) and formula.startswith("=")):
            return Cell(remark=("intake-formula", {"text": clean(str(formula))}))
        return Cell()
    if isinstance(value, bool):
        return Cell("có" if value else "không")
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        return Cell(f"{day:%d/%m/%Y}", day=day) if 1900 <= day.year <= 2199 else Cell(clean(str(value)))
    if isinstance(value, int | float):
        return Cell(_number(value, str(cell.number_format or "")), number=float(value))
    text = str(value)
    if cell.data_type == "e":
        return Cell(clean(text), remark=("intake-error", {"text": clean(text)}))
    return _text(value, str(cell.font.name or "") if cell.font is not None else "")


def _text(value: Any, font: str) -> Cell:
    """A text in Unicode, run by run where it is written in several fonts."""
    runs = value if isinstance(value, list) else [value]
    shown, fonts = "", []
    for run in runs:
        text = run if isinstance(run, str) else str(run.text or "")
        own = font if isinstance(run, str) or run.font is None else str(run.font.rFont or font)
        shown += converted(text, own)
        if encoding(own) and not text.isascii() and own not in fonts:
            fonts.append(own)
    if not fonts:
        return Cell(clean(shown), lines_of(shown))
    names = ", ".join(dict.fromkeys(map(encoding, fonts)))
    args = {"encoding": names, "font": ", ".join(fonts), "text": clean(str(value)), "shown": clean(shown)}
    return Cell(clean(shown), lines_of(shown), remark=("intake-legacy", args))


def _number(value: float, form: str) -> str:
    """As a Vietnamese reader writes it, without thousands dots."""
    if "%" in form:
        return f"{plain_number(round(value * 100, 10))}%"
    return plain_number(value)

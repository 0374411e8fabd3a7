"""Parquet files, by pyarrow (extra "parquet"): the names of the columns are row 1, as a spreadsheet would show them."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from tracker.model.grid import Cell, Grid, Line
from tracker.model.source import Place, Problem
from tracker.read.door import LIMIT, MEGABYTE
from tracker.read.sheets import CELLS, Sheets, lines_of, plain_number
from tracker.read.values import clean

SUFFIXES = (".parquet",)
UNPACKED = 150 * MEGABYTE


def grids(path: Path, file: str) -> Sheets:
    """The one table of the file; columns of lists or of parts are refused by name."""
    try:
        from pyarrow import parquet
    except ModuleNotFoundError:
        return _refused(file, "sheet-parquet-extra")
    try:
        size = path.stat().st_size
        if size > LIMIT:
            return _refused(file, "file-too-big", size=str(-(-size // MEGABYTE)), limit=str(LIMIT // MEGABYTE))
        with path.open("rb") as opened:
            return _read(parquet.ParquetFile(opened), file)
    except OSError as error:
        # The library's own complaints are of this kind as well, and have no number.
        if error.errno is None:
            return _refused(file, "sheet-broken", why=type(error).__name__)
        return _refused(file, "file-unreadable", cause=error.strerror or type(error).__name__)
    except Exception as error:  # noqa: BLE001 - whatever a broken file makes of its parser is the file's fault
        return _refused(file, "sheet-broken", why=type(error).__name__)


def _read(opened: Any, file: str) -> Sheets:
    meta, schema = opened.metadata, opened.schema_arrow
    if meta.num_rows * len(schema) > CELLS:
        return _refused(file, "sheet-too-big", sheet=file, rows=str(meta.num_rows), columns=str(len(schema)))
    whole = sum(meta.row_group(number).total_byte_size for number in range(meta.num_row_groups))
    if whole > UNPACKED:
        return _refused(file, "sheet-bomb", size=str(-(-whole // MEGABYTE)), parts=str(meta.num_row_groups))
    from pyarrow import types

    nested = next((field for field in schema if types.is_nested(field.type) or types.is_binary(field.type)), None)
    if nested is not None:
        return _refused(file, "sheet-parquet-column", column=clean(nested.name), type=str(nested.type))
    columns = [column.to_pylist() for column in opened.read().columns]
    head = Line(1, tuple(Cell(clean(name)) for name in schema.names))
    lines = [Line(number, tuple(map(_cell, row))) for number, row in enumerate(zip(*columns, strict=True), 2)]
    filled = [line for line in lines if not line.blank]
    return Sheets((Grid(file, "", (head, *filled)),) if filled else ())


def _cell(value: Any) -> Cell:
    if value is None:
        return Cell()
    if isinstance(value, bool):
        return Cell("có" if value else "không")
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        return Cell(f"{day:%d/%m/%Y}", day=day) if 1900 <= day.year <= 2199 else Cell(clean(str(value)))
    if isinstance(value, int | float | Decimal):
        return Cell(plain_number(value), number=float(value))
    return Cell(clean(str(value)), lines_of(str(value)))


def _refused(file: str, code: str, **args: str) -> Sheets:
    slots: Mapping[str, str] = args
    return Sheets(problems=(Problem(Place(file), code, slots),))

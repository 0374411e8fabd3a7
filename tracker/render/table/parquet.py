"""Parquet, by pyarrow (extra "parquet"): columns typed as the table says, days as days."""

from collections.abc import Sequence
from decimal import Decimal

from tracker.model.finding import Cell
from tracker.model.table import Column, Type


def render(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> bytes:
    """The table as one file. Raises ModuleNotFoundError where pyarrow is not installed."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {
        Type.TEXT: pa.string(),
        Type.CHOICE: pa.string(),
        Type.NUMBER: pa.decimal128(38, 6),
        Type.DATE: pa.date32(),
        Type.TRUTH: pa.bool_(),
    }
    schema = pa.schema([pa.field(column.name, types[column.type]) for column in columns])
    data = [
        pa.array([_value(row[number], column) for row in rows], types[column.type])
        for number, column in enumerate(columns)
    ]
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_arrays(data, schema=schema), sink)
    written: bytes = sink.getvalue().to_pybytes()
    return written


def _value(value: Cell, column: Column) -> Cell:
    if value is None:
        return None
    if column.type is Type.NUMBER and isinstance(value, int | Decimal):
        return Decimal(value).quantize(Decimal("0.000001"))
    if isinstance(value, str):
        # The name of a file may hold bytes that are no text.
        return value.encode("utf-8", "backslashreplace").decode()
    return value

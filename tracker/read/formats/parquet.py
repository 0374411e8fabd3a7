"""A table of entries as Parquet: the names of its columns are the header, a row's number stands for its line."""

from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.model.mapped import PLAIN, Mapped
from tracker.model.source import Place, Problem
from tracker.read.columnar import LARGE, is_large
from tracker.read.dialect import as_text
from tracker.read.door import MEGABYTE, TABLE_LIMIT
from tracker.read.formats import Batch, Cell
from tracker.read.framed import Following, Frame
from tracker.read.tabular import batch_of, keys_of, missing

if TYPE_CHECKING:
    from polars import DataFrame

SUFFIXES = (".parquet",)
_ROWS = 1000
_PACKED = 12
"""How many times as many characters the same records take as CSV: measured on a million of them, 11."""

Table = tuple[list[str], Callable[[], Iterator[Sequence[Any]]], "DataFrame | None"]
"""Names of the columns, the rows as they are, and the whole by columns where Polars read it."""


def read(path: Path, file: str, mapped: Mapped = PLAIN, *, kept: bool = False) -> Batch:
    """The rows of a table, read by Polars where it is large or where pyarrow is not there; `kept` as for `is_large`."""
    problems: list[Problem] = []
    try:
        size = path.stat().st_size
        if size > TABLE_LIMIT:
            args = {"size": str(-(-size // MEGABYTE)), "limit": str(TABLE_LIMIT // MEGABYTE)}
            return Batch(problems=[Problem(Place(file), "file-too-big", args)])
        table = _table(path, size, kept=kept)
    except OSError as error:
        args = {"cause": error.strerror or type(error).__name__}
        return Batch(problems=[Problem(Place(file), "file-unreadable", args)])
    except Exception:  # noqa: BLE001 - whatever a damaged file makes of its library, it is one that cannot be read
        return Batch(problems=[Problem(Place(file), "table-parquet")])
    if table is None:
        return Batch(problems=[Problem(Place(file), "table-extra", {"extra": "parquet"})])
    headings, rows, frame = table

    def heading(index: int) -> Place:
        return Place(file, 1, index + 1)

    keys = keys_of([name.strip() for name in headings], heading, problems, mapped=mapped)
    lacking = missing(keys, mapped=mapped)
    if lacking:
        problems += (Problem(Place(file), "csv-column-missing", {"key": key}) for key in lacking)
        return Batch(problems=problems)

    def place(line: int, key: str) -> Place:
        return Place(file, line, keys.index(key) + 1 if key in keys else 1)

    batch = batch_of(file, keys, _numbered(rows, file, problems), mapped, problems=problems, place=place)
    if frame is not None:
        # Where Polars has read it already, columns cost nothing.
        batch.columns, batch.size = lambda: _framed(frame), LARGE
    return batch


def _table(path: Path, size: int, *, kept: bool) -> Table | None:
    if is_large(size * _PACKED, kept=kept) or (find_spec("pyarrow") is None and find_spec("polars") is not None):
        import polars as pl

        frame = pl.read_parquet(path, hive_partitioning=False)
        return frame.columns, frame.iter_rows, frame
    if find_spec("pyarrow") is None:
        return None
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.ParquetFile(path).read()
    for number, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type) and field.type.unit == "ns":
            # Python's days and times know no nanoseconds, and nothing here asks for them.
            column = table.column(number).cast(pa.timestamp("us", field.type.tz), safe=False)
            table = table.set_column(number, field.name, column)

    def rows() -> Iterator[Sequence[Any]]:
        for batch in table.to_batches(max_chunksize=_ROWS):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)

    return list(table.schema.names), rows, None


def _numbered(
    rows: Callable[[], Iterator[Sequence[Any]]], file: str, problems: list[Problem],
) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Each row as text, with its number from 1."""
    number = 0
    try:
        for number, row in enumerate(rows(), 1):
            yield number, tuple(map(as_text, row))
    except (ValueError, OverflowError, UnicodeDecodeError):
        # What a library cannot give as a value of Python ends the table; what was read before it stays.
        problems.append(Problem(Place(file, number + 1), "table-parquet"))


def _framed(frame: "DataFrame") -> Frame:
    named = frame.rename({name: str(index) for index, name in enumerate(frame.columns)})
    return Frame(named, Following(1, frame.height))

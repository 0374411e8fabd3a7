"""A table of entries, one a row: first line the header; UTF-8, comma or semicolon where no mapping says otherwise."""

from pathlib import Path

from tracker.model.mapped import PLAIN, Mapped
from tracker.read.door import TABLE_LIMIT, open_source
from tracker.read.formats import ENTRY_KEYS, Batch
from tracker.read.framed import frame_of_text
from tracker.read.sheet import open_sheet
from tracker.read.tabular import REQUIRED, batch_of

SUFFIXES = (".csv",)


def read(path: Path, file: str, mapped: Mapped = PLAIN) -> Batch:
    """The rows of a table."""
    source, problems = open_source(path, file, TABLE_LIMIT, bidi=True, encoding=mapped.encoding)
    if source is None:
        return Batch(problems=problems)
    sheet, complaints = open_sheet(source, ENTRY_KEYS, REQUIRED, mapped)
    problems += complaints
    if sheet is None:
        return Batch(problems=problems, source=source)
    sheet.problems = problems
    batch = batch_of(
        file, sheet.keys, sheet.rows(), mapped, problems=problems, place=sheet.place, source=source,
        pass_over=sheet.pass_over,
    )  # fmt: skip
    batch.columns, batch.size = lambda: frame_of_text(sheet), len(source.text)
    return batch

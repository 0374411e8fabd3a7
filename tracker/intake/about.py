"""What is to be known of a table as a whole: its year, its columns, what is hidden in it."""

import re
from collections.abc import Iterator

from tracker.intake.layout import Head
from tracker.intake.matrix import Across
from tracker.model.grid import Cell, Grid, Line, Remark
from tracker.model.intake import Column

_YEAR = re.compile(r"(?:năm|nam)\s+(?P<year>(?:19|20)[0-9]{2})", re.IGNORECASE)


def year_of(grid: Grid, head: Head) -> int:
    """The last year that the title names, or else the name of the sheet; 0 where neither does."""
    titles = [cell.text for line in grid.lines[: head.first] for cell in line.cells if cell.head]
    for text in (*reversed(titles), grid.title, grid.sheet):
        if found := _YEAR.findall(text):
            return int(found[-1])
    return int(grid.sheet) if re.fullmatch("20[0-9]{2}", grid.sheet) else 0


def notes(grid: Grid, year: int) -> Iterator[Remark]:
    """What is said of the table before its rows."""
    first = grid.lines[0].number if grid.lines else 1
    if year:
        yield Remark(first, "intake-year-taken", {"year": str(year)})
    if grid.old_days:
        yield Remark(first, "intake-old-days")
    if grid.hidden:
        yield Remark(first, "intake-hidden-sheet")
    if grid.hidden_columns:
        yield Remark(first, "intake-hidden-columns", {"columns": ", ".join(grid.hidden_columns)})


def headless(grid: Grid, head: Head) -> Iterator[Column]:
    """Columns that hold something and have no header."""
    known = {column.at for column in head.columns}
    width = max(len(line.cells) for line in grid.lines)
    for index in range(width):
        if index not in known and any(at(line, index).text for line in grid.lines[head.last + 1 :]):
            yield Column(index, "")


def named(head: Head, table: Across | None) -> list[Column]:
    """The columns as they were taken."""
    if table is None:
        return list(head.columns)
    own = {column.at for column in table.columns}
    keys = [table.key if one.at in own else "" if one.key == table.key else one.key for one in head.columns]
    return [one._replace(key=key) for one, key in zip(head.columns, keys, strict=True)]


def at(line: Line, index: int) -> Cell:
    """The cell in this column; an empty one where the row ends before it."""
    return line.cells[index] if 0 <= index < len(line.cells) else Cell()

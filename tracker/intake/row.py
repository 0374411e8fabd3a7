"""A row of a table while it is understood; where the table lies across, one for each of its cells."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tracker.intake.matrix import Across, cells_of
from tracker.intake.when import Context
from tracker.model.grid import Cell, Line, Remark, letter
from tracker.model.intake import Column
from tracker.read.door import hidden


class Row(NamedTuple):
    """A row while it is understood."""

    line: Line
    cells: Mapping[str, Cell]
    """Cells by key, those that are filled."""
    columns: Mapping[str, Column]
    doubts: list[Remark]
    wrong: list[Remark]

    def doubt(self, key: str, code: str, args: Mapping[str, str]) -> None:
        """Note what is doubted of the cell under a key."""
        self.doubts.append(Remark(self.line.number, code, args, self.letter(key)))

    def refuse(self, key: str, code: str, args: Mapping[str, str]) -> None:
        """Note what is wrong with it."""
        self.wrong.append(Remark(self.line.number, code, args, self.letter(key)))

    def letter(self, key: str) -> str:
        """The column of a key."""
        return letter(self.columns[key].at) if key in self.columns else ""


def parts_of(row: Row, table: Across, context: Context) -> Iterator[Row]:
    """A row for each cell of a table that lies across."""
    for one in cells_of(row.line, table, context):
        key = one.key or "note"
        columns = {**row.columns, table.key: one.column, key: one.column}
        cells = {**row.cells, table.key: Cell(one.column.header)} | ({key: one.cell} if one.key else {})
        part = Row(row.line, cells, columns, list(row.doubts), list(row.wrong))
        text = one.cell.text
        if one.cell.remark is not None:
            (part.doubt if one.cell.remark[0] == "intake-legacy" else part.refuse)(key, *one.cell.remark)
        elif code := hidden(text):
            part.refuse(key, "append-hidden", {"key": key, "code": code})
        elif one.mark:
            part.doubt(key, "intake-mark", {"text": text, "column": one.column.header})
        elif not one.key:
            part.refuse(key, "intake-cell", {"text": text, "column": one.column.header})
        elif one.key == "quantity":
            part.doubt(key, "intake-across", {"text": text, "column": one.column.header})
        yield part

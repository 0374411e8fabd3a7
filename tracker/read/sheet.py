"""CSV text → rows with the lines on which they stand, whatever is in them.

The csv module reads; what it cannot say (where a quotation mark was opened, in which column a cell begins) is found
here by a second look at the few lines that need it.
"""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tracker.model.mapped import PLAIN, Mapped
from tracker.model.source import Place, Problem
from tracker.read.door import Source
from tracker.read.tabular import keys_of, missing

RETRIES = 20
"""Rows with an unclosed quotation mark after which reading is taken up again."""


@dataclass(slots=True)
class Sheet:
    """A table: its keys at once, its rows one after the other, its problems as they are met."""

    source: Source
    keys: tuple[str, ...]
    """Key of each column; empty for a column that is not read."""
    delimiter: str
    width: int
    """Cells of a row."""
    problems: list[Problem] = field(default_factory=list)
    others: tuple[int, Callable[[str], bool]] | None = None
    """A column, and whether what a cell of it says makes its row nobody's here."""

    def pass_over(self, column: int, others: Callable[[str], bool]) -> None:
        """Rows whose cell in this column says so need not be given; nor is anything said of what is wrong in them."""
        self.others = (column, others)

    @property
    def text(self) -> str:
        """The file in NFC."""
        text = self.source.text
        if text.isascii() or unicodedata.is_normalized("NFC", text):
            return text
        return unicodedata.normalize("NFC", text)

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        """Each row below the header with the line on which it begins; empty rows are passed over, bad ones reported."""
        text, offset, width = self.text, 0, self.width
        if self.others is not None and '"' not in text:
            yield from self._some(text, *self.others)
            return
        for _ in range(RETRIES):
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter, strict=True)
            line = 1
            while True:
                try:
                    for cells in reader:
                        row = cells if len(cells) == width else self.fitted(cells, line + offset)
                        if row and line + offset > 1:
                            yield line + offset, row
                        line = reader.line_num + 1
                except csv.Error as error:
                    if "unexpected end" not in str(error):
                        self.refused(error, line + offset)
                        line = reader.line_num + 1
                        continue
                    opened = self._unclosed(line + offset)
                    self.problems.append(Problem(opened, "csv-unclosed"))
                    # What the mark swallowed is read again as rows of their own.
                    text, offset = "\n".join(self.source.lines()[opened.line :]), opened.line
                    break
                else:
                    return

    def _some(self, text: str, column: int, others: Callable[[str], bool]) -> Iterator[tuple[int, Sequence[str]]]:
        """The rows that are not passed over, of a text without quotation marks: there each line is a row."""
        delimiter, more = self.delimiter, column + 1
        numbers: list[int] = []
        lines: list[str] = []
        for number, line in enumerate(io.StringIO(text, newline=""), 1):
            cells = line.split(delimiter, more)
            if len(cells) <= column or not others(cells[column]):
                numbers.append(number)
                lines.append(line)
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        while True:
            try:
                for cells in reader:
                    number = numbers[reader.line_num - 1]
                    row = cells if len(cells) == self.width else self.fitted(cells, number)
                    if row and number > 1:
                        yield number, row
            except csv.Error as error:
                self.refused(error, numbers[reader.line_num - 1])
            else:
                return

    def refused(self, error: csv.Error, line: int) -> None:
        """Report a row that is no row."""
        code = "csv-long" if "limit" in str(error) else "csv-quote"
        self.problems.append(Problem(Place(self.source.file, line), code))

    def column(self, line: int, index: int) -> int:
        """Character of the line at which a cell begins, from 1; 1 where the row runs over several lines."""
        text, quoted, cell = self.source.line(line), False, 0
        for position, char in enumerate(text):
            if cell == index and not quoted:
                return position + 1
            if char == '"':
                quoted = not quoted
            elif char == self.delimiter and not quoted:
                cell += 1
        return len(text) + 1 if cell == index else 1

    def place(self, line: int, key: str) -> Place:
        """Where the cell of a row under this key begins."""
        return Place(self.source.file, line, self.column(line, self.keys.index(key)) if key in self.keys else 1)

    def fitted(self, row: Sequence[str], line: int) -> Sequence[str]:
        """A row as wide as the header; cells beyond it may be empty, as spreadsheets write them, and nothing else."""
        if not any(cell.strip() for cell in row):
            return ()
        if len(row) > self.width and not any(cell.strip() for cell in row[self.width :]):
            return row[: self.width]
        if line > 1:
            args = {"cells": str(len(row)), "header": str(self.width)}
            self.problems.append(Problem(Place(self.source.file, line), "csv-cells", args))
        return ()

    def _unclosed(self, line: int) -> Place:
        """The last quotation mark that was opened in or below this line."""
        opened, quoted = Place(self.source.file, line), False
        for number in range(line, len(self.source.lines()) + 1):
            for position, char in enumerate(self.source.line(number)):
                if char == '"':
                    quoted = not quoted
                    if quoted:
                        opened = Place(self.source.file, number, position + 1)
        return opened


def open_sheet(
    source: Source,
    known: Sequence[str],
    required: Sequence[str] = (),
    mapped: Mapped = PLAIN,
) -> tuple[Sheet | None, list[Problem]]:
    """The table of a file whose first line names its columns; no table where that line cannot be used."""
    file, first = source.file, source.line(1)
    if not first.strip():
        return None, [Problem(Place(file), "csv-empty")]
    delimiter = {"tab": "\t"}.get(mapped.separator, mapped.separator) or max(";,", key=first.count)
    if not mapped.separator and first.count(delimiter) == 0 and "\t" in first:
        return None, [Problem(Place(file), "csv-separator")]
    try:
        header = next(csv.reader([first], delimiter=delimiter, strict=True))
    except csv.Error:
        return None, [Problem(Place(file), "csv-header")]
    while header and not header[-1].strip():
        header.pop()
    headings = [unicodedata.normalize("NFC", cell).strip() for cell in header]
    sheet = Sheet(source, (), delimiter, len(headings))
    problems: list[Problem] = []
    sheet.keys = keys_of(headings, lambda index: Place(file, 1, sheet.column(1, index)), problems, known, mapped)
    lacking = missing(sheet.keys, required, mapped)
    problems += (Problem(Place(file), "csv-column-missing", {"key": key}) for key in lacking)
    return (None if lacking else sheet), problems

"""Excel: laid out as an annex for people; headings, units, periods and states in words, keys of columns in small."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import Any

from tracker.model.finding import Cell
from tracker.model.table import Column, Names, Type
from tracker.render.say import cell as said
from tracker.render.table import Layout
from tracker.render.xlsx import book

_TOP = 4
"""Rows above the first of the table: title, days, keys, headings."""
_NARROW, _WIDE, _LOOKED_AT = 6, 48, 2000
"""Least and most characters of a column; rows by which its width is chosen."""
_HIGH = 409
"""Points that a row can be high at most."""
_PAGE = 240
"""Characters that still can be read when they are printed across one page; what is wider goes over several."""
_REMEMBERED = 20_000
"""Cells of a column that are kept to be written again."""
_FORMATS = {
    Type.TEXT: ("General",),
    Type.CHOICE: ("General",),
    Type.TRUTH: ("General",),
    Type.DATE: (book.DAY, "General"),
    Type.NUMBER: (book.WHOLE, *(f"{book.WHOLE}.{'0' * places}" for places in range(1, book.PLACES + 1)), "General"),
}
"""Formats of numbers in which values of a type are shown."""
_WORDS = (Names.UNIT, Names.UNITS, Names.PERIOD, Names.STATE, Names.STRAY)
"""What is shown by its name instead of its id."""


def lay_out(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], layout: Layout) -> bytes:
    """One sheet. Raises book.TooLargeError for what does not fit, ModuleNotFoundError where openpyxl is not there."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    if len(rows) > book.ROWS - _TOP:
        raise book.TooLargeError("rows", len(rows), book.ROWS - _TOP)
    workbook = Workbook(write_only=True)
    workbook.properties.creator = "tracker"
    workbook.properties.title = layout.title
    sheet: Any = workbook.create_sheet(book.sheet_name(layout.title))
    heads = [layout.heading(column.name) for column in columns]
    last = get_column_letter(len(columns))
    widths = _widths(heads, columns, rows, layout)
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = f"A{_TOP + 1}"
    sheet.auto_filter.ref = f"A{_TOP}:{last}{_TOP + max(1, len(rows))}"
    sheet.print_title_rows = f"{_TOP}:{_TOP}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    if sum(widths) <= _PAGE:
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = book.fit_to_page()
    else:
        sheet.print_title_cols = "A:B"
    _high(sheet, _TOP, heads, widths)
    for line in _top(sheet, heads, columns, layout):
        sheet.append(line)
    cells = [
        _Cells(sheet, get_column_letter(number), column, width, layout)
        for number, (column, width) in enumerate(zip(columns, widths, strict=True), start=1)
    ]
    return book.saved(workbook, _lines(cells, rows), len(rows) * len(columns))


def _put(value: Cell, column: Column, layout: Layout) -> book.Put:
    if isinstance(value, str) and column.names in _WORDS:
        value = said(value, column, layout.units, layout.say)
    return book.put(value, (layout.say("finding.yes"), layout.say("finding.no")))


def _key(value: Cell) -> Cell:
    """What a value is remembered by: 8,5 and 8,50 are equal, and are not shown alike."""
    return str(value) if type(value) is Decimal else value


def _widths(
    heads: Sequence[str], columns: Sequence[Column], rows: Sequence[Sequence[Cell]], layout: Layout,
) -> list[int]:
    """Of each column, by its heading and what stands in it; a long text is wrapped."""
    found = []
    for number, (head, column) in enumerate(zip(heads, columns, strict=True)):
        longest = max(map(len, head.split()), default=0) + 3
        for value in {_key(row[number]): row[number] for row in islice(rows, _LOOKED_AT)}.values():
            if value is not None:
                shown = _put(value, column, layout)
                longest = max(longest, 12 if shown.format == book.DAY else len(str(shown.value)) + 2)
        found.append(min(max(longest, _NARROW), _WIDE))
    return found


class _Cells(dict[Cell, tuple[str, int]]):
    """The cells of one column as XML, behind the number of their row, with the lines that they take; each made once."""

    def __init__(self, sheet: Any, letter: str, column: Column, width: int, layout: Layout) -> None:
        super().__init__()
        self.head = f'<c r="{letter}'
        self.column, self.width, self.layout = column, width, layout
        # All styles that may be wanted: they are written before the rows are.
        puts = (book.Put("", shown) for shown in _FORMATS[column.type])
        self.styles = {(put.format, put.quoted): _style(sheet, column, put) for put in (*puts, book.Put("="))}

    def __missing__(self, key: Cell) -> tuple[str, int]:
        number = self.column.type is Type.NUMBER and isinstance(key, str)
        put = _put(Decimal(str(key)) if number else key, self.column, self.layout)
        text = str(put.value or "")
        lines = book.lines(text, self.width) if len(text) >= self.width else 1
        if len(self) > _REMEMBERED:
            self.clear()
        made = self[key] = (f'" s="{self.styles[put.format, put.quoted]}"{book.written(put)}', lines)
        return made


def _lines(columns: Sequence[_Cells], rows: Sequence[Sequence[Cell]]) -> Iterator[bytes]:
    """Each row as XML, as high as its longest text asks."""
    for number, row in enumerate(rows, start=_TOP + 1):
        cells = [
            known[value if type(value) is not Decimal else str(value)]  # the key, without a call
            for known, value in zip(columns, row, strict=True)
        ]
        most = max([lines for _, lines in cells])
        high = f' ht="{min(book.LINE * most, _HIGH)}" customHeight="1"' if most > 1 else ""
        said = "".join([f"{known.head}{number}{text}" for known, (text, _) in zip(columns, cells, strict=True)])
        yield f'<row r="{number}"{high}>{said}</row>'.encode()


def _high(sheet: Any, row: int, texts: Sequence[str], widths: Sequence[int]) -> None:
    """Make a row as high as its longest text asks."""
    most = max(book.lines(text, width) if len(text) >= width else 1 for text, width in zip(texts, widths, strict=True))
    if most > 1:
        sheet.row_dimensions[row].height = min(book.LINE * most, _HIGH)


def _top(sheet: Any, heads: Sequence[str], columns: Sequence[Column], layout: Layout) -> list[list[Any]]:
    """Title, days, keys and headings."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill

    def cell(text: str, font: Font) -> Any:
        made = WriteOnlyCell(sheet)
        book.fill(made, book.put(text))
        made.font = font
        return made

    title = cell(layout.title, Font(name=book.FONT, size=14, bold=True))
    days = cell(layout.subtitle, Font(name=book.FONT, size=11, italic=True))
    keys = [cell(column.name, Font(name=book.FONT, size=8, color=book.QUIET)) for column in columns]
    headings = [cell(head, Font(name=book.FONT, size=11, bold=True)) for head in heads]
    for one in headings:
        one.fill = PatternFill("solid", fgColor=book.HEAD_FILL)
        one.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        one.border = book.border()
    return [[title], [days], keys, headings]


def _style(sheet: Any, column: Column, put: book.Put) -> int:
    """The number under which the workbook keeps the look of such a value in this column."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    cell: Any = WriteOnlyCell(sheet)
    cell.font = Font(name=book.FONT, size=11)
    middle = column.type in (Type.DATE, Type.TRUTH)
    side = "center" if middle else "right" if column.type is Type.NUMBER else "left"
    cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=column.type is Type.TEXT)
    cell.border = book.border()
    book.style(cell, put)
    number: int = cell.style_id
    return number

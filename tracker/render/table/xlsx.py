"""Excel: laid out as an annex for people; headings, units, periods and states in words, keys of columns in small."""

from collections.abc import Sequence
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
    made: list[dict[tuple[str, bool], Any]] = [{} for _ in columns]
    for number, row in enumerate(rows, start=_TOP + 1):
        puts = [_put(value, column, layout) for column, value in zip(columns, row, strict=True)]
        _high(sheet, number, [str(put.value or "") for put in puts], widths)
        sheet.append([_cell(sheet, column, put, cells) for column, put, cells in zip(columns, puts, made, strict=True)])
    return book.saved(workbook)


def _put(value: Cell, column: Column, layout: Layout) -> book.Put:
    if isinstance(value, str) and column.names in _WORDS:
        value = said(value, column, layout.units, layout.say)
    return book.put(value, (layout.say("finding.yes"), layout.say("finding.no")))


def _widths(
    heads: Sequence[str], columns: Sequence[Column], rows: Sequence[Sequence[Cell]], layout: Layout,
) -> list[int]:
    """Of each column, by its heading and what stands in it; a long text is wrapped."""
    found = []
    for number, (head, column) in enumerate(zip(heads, columns, strict=True)):
        longest = max(map(len, head.split()), default=0) + 3
        for row in islice(rows, _LOOKED_AT):
            value = row[number]
            if value is not None:
                shown = _put(value, column, layout)
                longest = max(longest, 12 if shown.format == book.DAY else len(str(shown.value)) + 2)
        found.append(min(max(longest, _NARROW), _WIDE))
    return found


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


def _cell(sheet: Any, column: Column, put: book.Put, made: dict[tuple[str, bool], Any]) -> Any:
    """The cell of this column for such a value, filled: rows go out at once, so that one does for all of its style."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    key = (put.format, put.quoted)
    cell = made.get(key)
    if cell is None:
        cell = made[key] = WriteOnlyCell(sheet)
        cell.font = Font(name=book.FONT, size=11)
        middle = column.type in (Type.DATE, Type.TRUTH)
        side = "center" if middle else "right" if column.type is Type.NUMBER else "left"
        cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=column.type is Type.TEXT)
        cell.border = book.border()
        book.style(cell, put)
    book.fill(cell, put)
    return cell

"""What our workbooks have in common: texts that stay texts, numbers that stay exact, the same bytes each time."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tracker.model.finding import Cell
from tracker.render.visible import visible

ROWS, TEXT = 1_048_576, 32_767
"""The most rows of a sheet and characters of a cell (Excel specifications and limits)."""
LINE = 15
"""Points that a line of text takes."""
DIGITS = 15
"""Significant digits of a number in a spreadsheet; beyond them it shows others than were written."""
PLACES = 6
"""Most places behind the comma that are shown."""
DAY, WHOLE = "dd/mm/yyyy", "#,##0"
HEAD_FILL, QUIET, FONT = "DCE6F1", "7F7F7F", "Times New Roman"
ANSWER_FILL = "FFF9E5"
"""What people are to fill in."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_FIRST_DAY = date(1899, 12, 30)
"""Day 0 of a spreadsheet, for days behind its false 29 February 1900."""
_MANY = 10_000_000
"""Cells beyond which a sheet may be larger than 2 GB, which has to be known before it is written."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


class TooLargeError(Exception):
    """What does not fit into a sheet; never cut in silence."""

    def __init__(self, what: str, found: int, most: int) -> None:
        super().__init__(what)
        self.what, self.found, self.most = what, found, most


class Put(NamedTuple):
    """A value as a cell takes it."""

    value: str | int | float | date | None
    format: str = "General"
    """Number format; days are dd/mm/yyyy, and Excel writes the separators of its own country."""

    @property
    def quoted(self) -> bool:
        """Whether it is a text that a spreadsheet would take for a formula."""
        return isinstance(self.value, str) and self.value.startswith(("=", "+", "-", "@"))


def put(value: Cell, words: Sequence[str] = ("TRUE", "FALSE")) -> Put:
    """The value with its number format; truths by their words, as text. Raises TooLargeError for a text too long."""
    if value is None:
        return Put(None)
    if isinstance(value, bool):
        return Put(words[0] if value else words[1])
    if isinstance(value, date):
        # Days before 1 March 1900 are others in Excel, which believes that there was a 29 February.
        return Put(value, DAY) if value >= date(1900, 3, 1) else Put(value.isoformat())
    if isinstance(value, int | Decimal):
        return _number(value)
    text = visible(unicodedata.normalize("NFC", str(value)))
    if len(text) > TEXT:
        raise TooLargeError("text", len(text), TEXT)
    return Put(text)


def sheet_name(text: str, taken: Sequence[str] = ()) -> str:
    """A name that Excel takes: without its marks, at most 31 characters, not one that is there or its own."""
    name = _FORBIDDEN.sub("-", visible(unicodedata.normalize("NFC", text))).strip("' ")[:31].strip("' ") or "-"
    if name.casefold() == "history":  # reserved for tracked changes
        name = f"{name}-"
    used, number, whole = {one.casefold() for one in taken}, 2, name
    while name.casefold() in used:
        end = f" ({number})"
        name, number = whole[: 31 - len(end)] + end, number + 1
    return name


def style(cell: Any, made: Put) -> None:
    """How a cell shows such a value. What was written already must not be styled again: files share their styles."""
    cell.number_format = made.format
    # Without this mark Excel makes a formula of such a text as soon as somebody edits the cell.
    cell.quotePrefix = made.quoted


def fill(cell: Any, made: Put) -> None:
    """Put the value into a cell; a text is a text whatever it begins with: no formula, no error value."""
    cell.value = made.value
    if isinstance(made.value, str):
        cell.data_type = "s"


def lines(text: str, wide: int) -> int:
    """How many lines a text takes in a column so wide, words kept whole: not every program measures it itself."""
    width = wide * 6 // 5  # a column is measured in digits, and letters of a text are narrower
    lines, left = 1, width - 1
    for word in text.split():
        if len(word) > left and left < width - 1:
            lines, left = lines + 1, width - 1
        lines, left = lines + len(word) // width, left - len(word) % width - 1
    return lines


def border() -> Any:
    """A thin line on each side."""
    from openpyxl.styles import Border, Side

    thin = Side("thin", color="A6A6A6")
    return Border(thin, thin, thin, thin)


def fit_to_page() -> Any:
    """That a sheet is printed as wide as its page."""
    from openpyxl.worksheet.properties import PageSetupProperties

    return PageSetupProperties(fitToPage=True)


def written(made: Put) -> str:
    """The rest of a cell's XML behind the number of its style: what openpyxl would write, without its objects."""
    value = made.value
    if value is None or value == "":
        return "/>"
    if isinstance(value, str):
        # A spreadsheet reads _x0041_ as A (ECMA-376, ST_Xstring).
        text = escape(_ESCAPED.sub("_x005F_", value) if "_x" in value else value)
        keep = ' xml:space="preserve"' if text != text.strip() else ""
        return f' t="inlineStr"><is><t{keep}>{text}</t></is></c>'
    number = (value - _FIRST_DAY).days if isinstance(value, date) else value
    return f"><v>{number!r}</v></c>"


def saved(book: Any, rows: Iterable[bytes] = (), cells: int = 0) -> bytes:
    """The bytes of a workbook, without a clock in them.

    `rows` are further rows of its first sheet as XML, with about so many cells: openpyxl would keep an object for each,
    and write a large table in minutes.
    """
    raw, out = BytesIO(), BytesIO()
    book.save(raw)
    with ZipFile(raw) as old, ZipFile(out, "w", ZIP_DEFLATED) as zipped:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "docProps/core.xml":
                data = _STAMP.sub(rb"\g<1>2000-01-01T00:00:00Z", data)
            entry = ZipInfo(part.filename, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            more = rows if part.filename == "xl/worksheets/sheet1.xml" else ()
            head, end, tail = data.rpartition(b"</sheetData>")
            with zipped.open(entry, "w", force_zip64=bool(more) and cells > _MANY) as file:
                file.write(head)
                for row in more:
                    file.write(row)
                file.write(end + tail)
    return out.getvalue()


def _number(value: int | Decimal) -> Put:
    written = Decimal(value)
    exponent = written.as_tuple().exponent
    assert isinstance(exponent, int), "no quantity is infinite"
    places = max(0, -exponent)
    if len(written.normalize().as_tuple().digits) <= DIGITS and abs(written) < Decimal(10) ** DIGITS:
        shown = WHOLE + ("." + "0" * places if places else "")
        return Put(int(written) if not places else float(written), shown if places <= PLACES else "General")
    if not places:
        return Put(format(written, "f"))  # a text: as a number its last digits would become others
    return Put(float(written), WHOLE + ".00")  # a quotient, which no number of digits would write to the end

"""Tables of Word files (.docx), each a sheet by its number; the paragraphs above are its title."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from tracker.model.grid import Cell, Grid, Line
from tracker.model.source import Place, Problem
from tracker.read.sheets import CELLS, Sheets
from tracker.read.sheets.legacy import converted, encoding
from tracker.read.sheets.packed import refused
from tracker.read.values import clean

SUFFIXES = (".docx",)
TITLE = 12
"""Paragraphs above a table that may name its year."""
WIDTH = 200
"""Most columns of a table."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def grids(path: Path, file: str) -> Sheets:
    """Every table that holds words, those inside other tables apart."""
    problem = refused(path, file, "word/document.xml")
    if problem is not None:
        return Sheets(problems=(problem,))
    try:
        from docx import Document

        document = Document(BytesIO(path.read_bytes()))
        return Sheets(tuple(_tables(document, file)))
    except Exception as error:  # noqa: BLE001 - whatever a broken package makes of its parser is the file's fault
        return Sheets(problems=(Problem(Place(file), "sheet-broken", {"why": type(error).__name__}),))


def _tables(document: Any, file: str) -> Iterator[Grid]:
    above: list[str] = []
    default = _default_font(document)
    number = 0
    for element in document.element.body:
        if element.tag == f"{_W}p":
            above.append(_text(element, default)[0])
        elif element.tag == f"{_W}tbl":
            number += 1
            lines = tuple(_lines(element, default))
            if lines:
                title = " ".join(text for text in above[-TITLE:] if text)
                yield Grid(file, f"Bảng {number}", lines, title=title)
                above.clear()


def _default_font(document: Any) -> str:
    return str(document.styles["Normal"].font.name or "")


def _lines(table: Any, default: str) -> Iterator[Line]:
    """Rows with merged cells filled: across by their width, down by what the row above has there."""
    above: list[Cell] = []
    count = 0
    for number, row in enumerate(table.iterchildren(f"{_W}tr"), 1):
        cells: list[Cell] = [Cell()] * _property(row, "gridBefore", 0)
        for part in row.iter(f"{_W}tc"):
            if part.getparent() is not row and not _wrapped(part, row):
                continue
            span = _property(part, "gridSpan", 1)
            merge = next(part.iter(f"{_W}vMerge"), None)
            on = merge is not None and merge.get(f"{_W}val") != "restart"
            index = len(cells)
            if on and index < len(above):
                cells += (cell._replace(above=True, head=False) for cell in above[index : index + span])
                continue
            cell = _cell(part, default)._replace(span=span if span > 1 or merge is not None else 0)
            cells += [cell, *([cell._replace(head=False)] * (span - 1))]
        above = cells[:WIDTH]
        count += len(above)
        if count > CELLS:
            raise OverflowError(count)
        if any(cell.text for cell in above):
            yield Line(number, tuple(above), bool(list(row.iter(f"{_W}hidden"))))


def _wrapped(part: Any, row: Any) -> bool:
    """Whether the cell stands in a content control of its own row, not in a table inside of one of its cells."""
    tags = []
    for node in part.iterancestors():
        if node is row:
            break
        tags.append(str(node.tag))
    return f"{_W}tbl" not in tags


def _property(node: Any, name: str, default: int) -> int:
    found = next(iter(node.iter(f"{_W}{name}")), None)
    value = found.get(f"{_W}val") if found is not None else None
    return min(int(value), WIDTH) if value is not None and value.isascii() and value.isdigit() else default


def _cell(part: Any, default: str) -> Cell:
    shown, raw, font = [], [], ""
    for paragraph in part.iter(f"{_W}p"):
        text, written, old = _text(paragraph, default)
        shown.append(text)
        raw.append(written)
        font = font or old
    text = clean(" ".join(shown))
    several = tuple(map(clean, filter(str.strip, shown)))
    several = several if len(several) > 1 else ()
    if not font:
        return Cell(text, several)
    args = {"encoding": encoding(font), "font": font, "text": clean(" ".join(raw)), "shown": text}
    return Cell(text, several, remark=("intake-legacy", args))


def _text(paragraph: Any, default: str) -> tuple[str, str, str]:
    """A paragraph in Unicode, as written, and the first old font that it needed."""
    shown, raw, old = [], [], ""
    for run in paragraph.iter(f"{_W}r"):
        fonts = next(run.iter(f"{_W}rFonts"), None)
        font = str(fonts.get(f"{_W}ascii") or fonts.get(f"{_W}hAnsi") or default) if fonts is not None else default
        for node in run.iterchildren(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}noBreakHyphen"):
            mark = "-" if node.tag == f"{_W}noBreakHyphen" else " "
            text = node.text or "" if node.tag == f"{_W}t" else mark
            raw.append(text)
            shown.append(converted(text, font))
            if encoding(font) and not text.isascii():
                old = old or font
    return "".join(shown), "".join(raw), old

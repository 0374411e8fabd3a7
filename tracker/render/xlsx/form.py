"""The form of a unit as a workbook: locked but for the answers, with lists and checks, and a hidden sheet inside."""

import json
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from tracker.lang import Words
from tracker.model.cause import CauseKind
from tracker.model.sheet import ANSWERS, FACTS, HEAD, INSIDE, LOCKED, SPARE, VERSION, Line, Sheet, label
from tracker.render.xlsx import book

_WIDTHS = {
    "number": 5, "title": 30, "period": 11, "wants": 18, "counted": 9, "due": 12, "state": 14, "recorded": 20,
    "date": 12, "quantity": 8, "people": 8, "doc": 14, "mode": 10, "place": 16, "note": 20, "reason": 18, "cause": 10,
}  # fmt: skip
_FIRST_ANSWER = 2 + len(LOCKED)
_STEPS = ("rows", "day", "amount", "several", "paper", "late", "rest")
"""What the second sheet says, in order."""
_PLACES, _LABELS = "Z", "Y"
"""Columns of the hidden sheet that hold the places offered and the lines of which more may be told."""
_PLUS, _GUIDE = "+", 84
"""How rows for further deeds are told; how wide the instructions are."""


def form(sheet: Sheet, say: Words) -> bytes:
    """The workbook. Raises ModuleNotFoundError where openpyxl is not there, book.TooLargeError for a text too long."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    workbook = Workbook()
    workbook.properties.creator = "tracker"
    page: Any = workbook.active
    page.title = book.sheet_name(say("sheet.page"))
    _heads(page, sheet, say)
    for row, line in enumerate(sheet.lines, start=HEAD + 1):
        _line(page, row, line)
    for row, (key, texts) in enumerate(_spare(sheet, say), start=HEAD + 1 + len(sheet.lines)):
        _further(page, row, key, texts)
    _checks(page, sheet, say)
    _layout(page, sheet, say)
    guide: Any = workbook.create_sheet(book.sheet_name(say("sheet.guide")))
    guide.column_dimensions["A"].width = _GUIDE
    for row, text in enumerate(_instructions(say), start=1):
        _text(guide.cell(row, 1), text, Font(name=book.FONT, size=14 if row == 1 else 12, bold=row == 1), wrap=True)
        guide.row_dimensions[row].height = (book.LINE + 2) * book.lines(text, _GUIDE) + 3
    guide.page_setup.orientation, guide.page_setup.paperSize = "landscape", 9
    guide.protection.sheet = True
    _inside(workbook, sheet, say)
    return book.saved(workbook)


def stamp(facts: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Digest of what the hidden sheet says, by which a form is known not to have been changed there."""
    return sha256(json.dumps([list(facts), [list(row) for row in rows]], ensure_ascii=False).encode()).hexdigest()


def _instructions(say: Words) -> list[str]:
    return [say("sheet.guide_title"), *(say(f"sheet.how.{name}") for name in _STEPS)]


def _heads(page: Any, sheet: Sheet, say: Words) -> None:
    """Title, unit, days, how to fill in; headings."""
    from openpyxl.styles import Alignment, Font, PatternFill

    about = say("sheet.about", unit=sheet.name, period=say.period(sheet.period))
    days = say("sheet.days", as_of=say.day(sheet.as_of), plans=", ".join(sheet.plans))
    top = (
        (say("sheet.title"), Font(name=book.FONT, size=14, bold=True)),
        (about, Font(name=book.FONT, size=12, bold=True)),
        (days, Font(name=book.FONT, size=11, italic=True)),
        (say("sheet.short"), Font(name=book.FONT, size=11, color="C00000")),
    )
    for row, (text, font) in enumerate(top, start=1):
        _text(page.cell(row, 2), text, font)
    for number, name in enumerate((*LOCKED, *ANSWERS), start=2):
        cell = page.cell(HEAD, number)
        _text(cell, say(f"sheet.column.{name}"), Font(name=book.FONT, size=11, bold=True), wrap=True)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.fill = PatternFill("solid", fgColor="FFE699" if name in ANSWERS else book.HEAD_FILL)
        cell.border = book.border()


def _line(page: Any, row: int, line: Line) -> None:
    from openpyxl.styles import Alignment, Font

    _text(page.cell(row, 1), line.key, Font(size=8))
    for number, name in enumerate(LOCKED, start=2):
        cell = page.cell(row, number)
        made = book.put(line.due if name == "due" and line.due else line.shown[name])
        book.style(cell, made)
        book.fill(cell, made)
        cell.font = Font(name=book.FONT, size=11)
        middle = name in {"number", "due", "counted"}
        cell.alignment = Alignment(horizontal="center" if middle else "left", vertical="top", wrap_text=True)
        cell.border = book.border()
    # What a program other than Excel shows of wrapped texts depends on it.
    page.row_dimensions[row].height = book.LINE * max(
        book.lines(line.shown[name], _WIDTHS[name]) for name in LOCKED
    )
    _blanks(page, row)


def _spare(sheet: Sheet, say: Words) -> list[tuple[str, list[str]]]:
    """Rows for further deeds, by key: a heading, then blank ones; none where nothing adds up."""
    if not any(line.adds for line in sheet.lines):
        return []
    rest = [""] * (len(LOCKED) - 1)
    blank = [(f"{_PLUS}{number}", [_PLUS, *rest]) for number in range(1, SPARE + 1)]
    return [(f"{_PLUS}0", [say("sheet.further"), *rest]), *blank]


def _further(page: Any, row: int, key: str, texts: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, Font, Protection

    _text(page.cell(row, 1), key, Font(size=8))
    heading = key == f"{_PLUS}0"
    _text(page.cell(row, 2), texts[0], Font(name=book.FONT, size=11, bold=heading))
    page.row_dimensions[row].height = book.LINE * (1 if heading else 2)
    if heading:
        return
    for number in range(2, _FIRST_ANSWER):
        cell = page.cell(row, number)
        cell.border = book.border()
        cell.alignment = Alignment(horizontal="center" if number == 2 else "left", vertical="top", wrap_text=True)
    title = page.cell(row, 2 + LOCKED.index("title"))
    _answer(title, "@")
    title.protection = Protection(locked=False)
    _blanks(page, row)


def _answer(cell: Any, shown: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill, Protection

    cell.number_format = shown
    cell.font = Font(name=book.FONT, size=11)
    cell.fill = PatternFill("solid", fgColor=book.ANSWER_FILL)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    cell.protection = Protection(locked=False)
    cell.border = book.border()


def _blanks(page: Any, row: int) -> None:
    for number, name in enumerate(ANSWERS, start=_FIRST_ANSWER):
        # Texts are formatted as text, so that a document's number such as 01/02 does not become a day.
        shown = {"date": book.DAY, "quantity": "General", "people": book.WHOLE}.get(name, "@")
        _answer(page.cell(row, number), shown)


def _checks(page: Any, sheet: Sheet, say: Words) -> None:
    """Lists where the answer is one of few; what is no day or no number is asked about, for "trên 4.700" is allowed."""
    from openpyxl.worksheet.datavalidation import DataValidation

    causes = ",".join(say(f"sheet.cause.{kind}") for kind in CauseKind)
    modes = ",".join((say("sheet.mode.direct"), say("sheet.mode.indirect")))
    begin, end = date(sheet.first.year - 1, 1, 1), date(sheet.last.year + 1, 12, 31)
    day = "DATE({0.year},{0.month},{0.day})"
    rules: dict[str, dict[str, Any]] = {
        "date": {"type": "date", "operator": "between", "formula1": day.format(begin), "formula2": day.format(end),
                 "errorStyle": "warning"},
        "quantity": {"type": "decimal", "operator": "greaterThanOrEqual", "formula1": "0", "errorStyle": "warning"},
        "people": {"type": "whole", "operator": "greaterThanOrEqual", "formula1": "0", "errorStyle": "warning"},
        "mode": {"type": "list", "formula1": f'"{modes}"', "errorStyle": "warning"},
        "cause": {"type": "list", "formula1": f'"{causes}"', "errorStyle": "stop"},
    }  # fmt: skip
    if sheet.places:
        where = f"{INSIDE}!${_PLACES}$1:${_PLACES}${len(sheet.places)}"
        rules["place"] = {"type": "list", "formula1": where, "errorStyle": "information"}
    lines, last = HEAD + len(sheet.lines), _last(sheet, say)
    if last > lines:
        adding = sum(line.adds for line in sheet.lines)
        where = f"{INSIDE}!${_LABELS}$1:${_LABELS}${adding}"
        rules["title"] = {"type": "list", "formula1": where, "errorStyle": "stop"}
    for name, settings in rules.items():
        column = _letter(name)
        check = DataValidation(allow_blank=True, showErrorMessage=name != "place", showInputMessage=True, **settings)
        what = "further" if name == "title" else name
        check.errorTitle, check.error = say("sheet.check.title"), say(f"sheet.check.{what}")
        check.promptTitle, check.prompt = say(f"sheet.column.{name}"), say(f"sheet.ask.{what}")
        check.add(f"{column}{HEAD + 1 if name != 'title' else lines + 2}:{column}{last}")
        page.add_data_validation(check)


def _last(sheet: Sheet, say: Words) -> int:
    """The last row of the form."""
    return HEAD + max(1, len(sheet.lines) + len(_spare(sheet, say)))


def _layout(page: Any, sheet: Sheet, say: Words) -> None:
    """Widths, what is frozen, hidden, locked and printed."""
    page.column_dimensions["A"].hidden = True
    for name, width in _WIDTHS.items():
        page.column_dimensions[_letter(name)].width = width
    page.freeze_panes = f"{_letter('period')}{HEAD + 1}"
    page.row_dimensions[HEAD].height = 48
    page.sheet_properties.pageSetUpPr = book.fit_to_page()
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.page_margins.left = page.page_margins.right = 0.4
    page.print_title_rows = f"{HEAD}:{HEAD}"
    page.print_area = f"B1:{_letter(ANSWERS[-1])}{_last(sheet, say)}"
    page.protection.sheet = True
    page.protection.formatColumns = page.protection.formatRows = False


def _inside(workbook: Any, sheet: Sheet, say: Words) -> None:
    """The hidden sheet: what the form is, and a copy of all that is locked, so that a change is seen cell by cell."""
    inside: Any = workbook.create_sheet(INSIDE)
    heads = ["", "", *(say(f"sheet.column.{name}") for name in (*LOCKED, *ANSWERS))]
    shown = [[line.shown[name] for name in LOCKED] for line in sheet.lines]
    rows = [heads]
    for line, texts in zip(sheet.lines, shown, strict=True):
        rows.append([line.key, line.counted, _PLUS if line.adds else "", *texts])
    rows += [[key, "", "", *texts] for key, texts in _spare(sheet, say)]
    rows = [[str(book.put(text).value or "") for text in row] for row in rows]
    facts = ["tracker-sheet", VERSION, sheet.unit, sheet.period, sheet.as_of.isoformat(), ", ".join(sheet.plans)]
    for number, (name, value) in enumerate(zip(FACTS, (*facts, stamp(facts, rows)), strict=True), start=1):
        book.fill(inside.cell(number, 1), book.put(name))
        book.fill(inside.cell(number, 2), book.put(value))
    for number, row in enumerate(rows, start=len(FACTS) + 1):
        for column, text in enumerate(row, start=1):
            if text:
                book.fill(inside.cell(number, column), book.put(text))
    for number, place in enumerate(sheet.places, start=1):
        book.fill(inside[f"{_PLACES}{number}"], book.put(place))
    labels = (label(texts) for _, _, adds, *texts in rows[1:] if adds)
    for number, text in enumerate(labels, start=1):
        book.fill(inside[f"{_LABELS}{number}"], book.put(text))
    inside.protection.sheet = True
    inside.sheet_state = "veryHidden"


def _letter(name: str) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(2 + (*LOCKED, *ANSWERS).index(name)))


def _text(cell: Any, text: str, font: Any, *, wrap: bool = False) -> None:
    from openpyxl.styles import Alignment

    made = book.put(text)
    book.style(cell, made)
    book.fill(cell, made)
    cell.font = font
    if wrap:
        cell.alignment = Alignment(wrap_text=True, vertical="top")

"""Doubts about a form that came back: as lines, and as marks in a copy of it that can be sent back."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from tracker.lang import Words
from tracker.model.sheet import ANSWERS, INSIDE, LOCKED, ORIGIN, Doubt
from tracker.render.visible import harmless, visible
from tracker.render.xlsx import book


def told(doubt: Doubt, say: Words) -> str:
    """What is doubted, and what to do."""
    own = doubt.code in say.table["sheet"]["doubt"]
    text = say(f"sheet.doubt.{doubt.code}", **doubt.args) if own else say.refusal(doubt.code, doubt.args)
    return visible(text)


def lines(file: str, doubts: Sequence[Doubt], say: Words, page: str = "") -> list[str]:
    """One line a doubt: file, sheet, cell, what and what to do."""
    sheet = f", {page}!" if page else ":"
    places = (f"{file}{sheet}{one.cell}" if one.cell else file for one in doubts)
    return [harmless(f"{visible(place)}: {told(one, say)}") for place, one in zip(places, doubts, strict=True)]


def marked(raw: bytes, doubts: Sequence[Doubt], say: Words, file: str = "") -> bytes:
    """The form with each cell that is doubted in red, and what is doubted beside it as a comment; no older marks.

    Nothing that people wrote is touched. `file` is the name that it had: the copy says so inside.
    """
    from openpyxl import load_workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    workbook = load_workbook(BytesIO(raw), keep_links=False)
    page: Any = next(sheet for sheet in workbook.worksheets if sheet.title != INSIDE)
    inside: Any = workbook[INSIDE]
    if file and not inside[ORIGIN].value:
        book.fill(inside[ORIGIN], book.put(file))
    _unmark(page)
    texts: dict[str, list[str]] = {}
    for doubt in doubts:
        texts.setdefault(doubt.cell or "B1", []).append(told(doubt, say))
    for name, said in texts.items():
        cell = page[name]
        cell.fill = PatternFill("solid", fgColor="FFC7CE")
        cell.comment = Comment("\n".join(said), "tracker", height=120, width=320)
    return book.saved(workbook)


def _unmark(page: Any) -> None:
    """Take away the marks of an earlier copy."""
    from openpyxl.styles import PatternFill

    first = 2 + len(LOCKED)
    for row in page.iter_rows():
        for cell in row:
            if cell.comment is not None and cell.comment.author == "tracker":
                cell.comment = None
                answer = first <= cell.column < first + len(ANSWERS) or cell.protection.locked is False
                cell.fill = PatternFill("solid", fgColor=book.ANSWER_FILL) if answer else PatternFill()

"""Doubts about a form that came back: as lines, and as marks in a copy of it that can be sent back."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from tracker.lang import Words
from tracker.model.sheet import INSIDE, Doubt
from tracker.render.visible import harmless, visible
from tracker.render.xlsx import book


def told(doubt: Doubt, say: Words) -> str:
    """What is doubted, and what to do."""
    own = doubt.code in say.table["sheet"]["doubt"]
    text = say(f"sheet.doubt.{doubt.code}", **doubt.args) if own else say.refusal(doubt.code, doubt.args)
    return visible(text)


def lines(file: str, doubts: Sequence[Doubt], say: Words) -> list[str]:
    """One line a doubt: file, cell, what and what to do."""
    return [harmless(f"{visible(file)}{':' if one.cell else ''}{one.cell}: {told(one, say)}") for one in doubts]


def marked(raw: bytes, doubts: Sequence[Doubt], say: Words) -> bytes:
    """The form with each cell that is doubted in red, and what is doubted beside it as a comment."""
    from openpyxl import load_workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    workbook = load_workbook(BytesIO(raw), keep_links=False)
    page: Any = next(sheet for sheet in workbook.worksheets if sheet.title != INSIDE)
    texts: dict[str, list[str]] = {}
    for doubt in doubts:
        texts.setdefault(doubt.cell or "B1", []).append(told(doubt, say))
    for name, said in texts.items():
        cell = page[name]
        cell.fill = PatternFill("solid", fgColor="FFC7CE")
        cell.comment = Comment("\n".join(said), "tracker", height=120, width=320)
    return book.saved(workbook)

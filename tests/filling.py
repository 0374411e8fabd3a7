"""Filling in forms as people do: answers by key of a row and name of a column."""

import io
from datetime import date, datetime, time

import openpyxl

from tracker.model.sheet import ANSWERS, HEAD, LOCKED

AT = {name: number for number, name in enumerate((*LOCKED, *ANSWERS), start=2)}
REPORT, CONFERENCE = "12-KH/5.1|bdt|2024-10|", "12-KH/2.1|bdt||"


def at(year: int, month: int, day: int) -> datetime:
    return datetime.combine(date(year, month, day), time())


def row_of(page, key: str) -> int:
    return next(row for row in range(HEAD + 1, page.max_row + 1) if page.cell(row, 1).value == key)


def filled(raw: bytes, answers: dict, change=None) -> bytes:
    """The form with these answers: {key of a row: {column: value}}."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    page = book.worksheets[0]
    for key, values in answers.items():
        for name, value in values.items():
            page.cell(row_of(page, key), AT[name]).value = value
    if change:
        change(page)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

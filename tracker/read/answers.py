"""A form that came back as a workbook → records as somebody would write them, and every doubt with its cell.

Nothing is guessed and nothing is lost: a row against which something speaks gives no record, and says why.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from io import BytesIO
from json import dumps
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from tracker.lang import languages, words
from tracker.model.actual import Step
from tracker.model.cause import CauseKind
from tracker.model.sheet import ANSWERS, FACTS, HEAD, INSIDE, LOCKED, ORIGIN, VERSION, Answers, Doubt, label
from tracker.model.values import Span
from tracker.periods import span_of
from tracker.read.days import parse_span
from tracker.read.door import MEGABYTE, hidden
from tracker.read.values import Refusal, clean, parse_quantity

UNPACKED = 20 * MEGABYTE
"""Bytes that a form may unpack to; ours have less than one million."""
ROWS = 5000
"""Rows that are looked at."""
_DAMAGED = (
    BadZipFile, zlib.error, LookupError, ValueError, TypeError, AttributeError, SyntaxError, EOFError, OSError,
    ArithmeticError, RuntimeError,
)  # fmt: skip
"""What openpyxl and zipfile raise where a file is cut off, damaged, encrypted, or of another kind."""
_SERIALS = range(20_000, 80_000)
"""Numbers that a day of the years 1954 to 2119 becomes where its format is lost."""
_FAR = 1100
"""Days from the beginning of the period beyond which a day is a slip of the pen, or a number that became one."""
_FIRST = 2 + len(LOCKED)
_TITLE = 1 + LOCKED.index("title")
"""Place of the title among the cells of a row."""
_PLUS = "+"
_WHY = {"reason", "cause", "note"}
"""Answers of a row that only says why nothing was done."""
_PEOPLE, _MODES = "người", ("direct", "indirect")


class _FormError(Exception):
    """The file as a whole cannot be believed."""

    def __init__(self, code: str, cell: str = "", /, **args: str) -> None:
        super().__init__(code)
        self.doubt = Doubt(cell, code, args)


class _Form(NamedTuple):
    """What the hidden sheet says."""

    unit: str
    period: str
    heads: Sequence[str]
    lines: Mapping[str, Sequence[str]]
    """By key: what is counted, whether more than one deed can be told, then the texts of the locked columns."""
    named: Mapping[str, str]
    """Key of a line by the label under which a row for a further deed names it."""
    rest: Mapping[str, Any]
    """Further facts of the form, as `Answers` has them."""


class _Row(NamedTuple):
    """A row of the visible sheet, and what is found in it."""

    number: int
    cells: Sequence[Any]
    doubts: list[Doubt]

    def doubt(self, name: str, code: str, /, **args: str) -> None:
        """Note a doubt about the cell in a column."""
        at = 2 + (*LOCKED, *ANSWERS).index(name)
        self.doubts.append(Doubt(self.cells[at - 1].coordinate, code, args))


def read_answers(raw: bytes, today: date | None = None) -> Answers:
    """The records of a form and all doubts, in order of rows; days after `today` are doubted where it is given."""
    try:
        book = _opened(raw)
        form = _inside(book)
        page = next(sheet for sheet in book.worksheets if sheet.title != INSIDE)
        return _answers(page, form, today)._replace(page=str(page.title), **form.rest)
    except _FormError as error:
        return Answers("", "", (), (error.doubt,))


def _opened(raw: bytes) -> Any:
    from openpyxl import load_workbook

    try:
        with ZipFile(BytesIO(raw)) as zipped:
            parts = zipped.infolist()
            size = sum(part.file_size for part in parts)
            if size > UNPACKED:
                raise _FormError("bomb", size=str(size // MEGABYTE))
            if any("vbaproject" in part.filename.lower() for part in parts):
                raise _FormError("macro")
        return load_workbook(BytesIO(raw), keep_links=False)
    except _DAMAGED as error:
        raise _FormError("file") from error


def _inside(book: Any) -> _Form:
    """The hidden sheet, if it is as it was made."""
    sheet = next((one for one in book.worksheets if one.title == INSIDE), None)
    if sheet is None or len(book.worksheets) < 2:
        raise _FormError("foreign")
    facts = [str(sheet.cell(row, 2).value or "") for row in range(1, len(FACTS) + 1)]
    if facts[0] != "tracker-sheet":
        raise _FormError("foreign")
    if facts[1] != VERSION:
        raise _FormError("version", version=facts[1], known=VERSION)
    *said, digest = facts
    rows: list[list[str]] = []
    first, width = len(FACTS) + 1, 1 + len(LOCKED) + len(ANSWERS)
    for row in sheet.iter_rows(min_row=first, max_row=first + ROWS, max_col=width + 1):
        texts = [str(cell.value or "") for cell in row]
        if not any(texts):
            break
        rows.append(texts if not rows else texts[: 3 + len(LOCKED)])
    stamp = sha256(dumps([said, rows], ensure_ascii=False).encode()).hexdigest()
    if stamp != digest or span_of(said[3]) is None:
        raise _FormError("digest")
    lines = {row[0]: row[1:] for row in rows[1:]}
    named = {clean(label(texts)): key for key, (_, adds, *texts) in lines.items() if adds}
    rest = {
        "digest": digest, "as_of": said[4], "plans": said[5], "origin": clean(str(sheet[ORIGIN].value or "")),
        "ids": frozenset(_id(digest, key) for key in lines),
    }  # fmt: skip
    return _Form(said[2], said[3], rows[0][2:], lines, named, rest)


def _id(digest: str, key: str) -> str:
    """The same row of the same form has the same id, whatever is written in it: sent again, it is a correction."""
    return "p-" + sha256(dumps([digest, key]).encode()).hexdigest()[:16]


def _answers(page: Any, form: _Form, today: date | None) -> Answers:
    _same_heads(page, form)
    width = _FIRST + len(ANSWERS) - 1
    seen: dict[str, int] = {}
    doubts: list[Doubt] = []
    entries = []
    spoken: set[str] = set()
    blank = held = 0
    for cells in page.iter_rows(min_row=HEAD + 1, max_row=min(page.max_row, HEAD + ROWS), max_col=width):
        row = _Row(cells[0].row, cells, [])
        key = str(cells[0].value or "")
        if key in form.lines:
            entry = _entry(row, key, form, today)
            if key in seen and (entry or row.doubts):
                row.doubt("number", "twice", row=str(seen[key]))
            elif not entry and not row.doubts:
                blank += key not in seen and not key.startswith(_PLUS)
            seen.setdefault(key, row.number)
            if entry and not row.doubts:
                entries.append((row.number, entry))
            held += bool(row.doubts)
            if entry or row.doubts:
                spoken.add(_id(form.rest["digest"], key))
        elif filled := next((cell for cell in cells if cell.value not in (None, "")), None):
            shown = next((cell for cell in cells[1:] if cell.value not in (None, "")), filled)
            row.doubts.append(Doubt(shown.coordinate, "added", {}))
            held += 1
        doubts += row.doubts
    if page.max_row > HEAD + ROWS:
        doubts.append(Doubt("", "many", {"most": str(ROWS)}))
    gone = (key for key in form.lines if key not in seen and not key.startswith(_PLUS))
    doubts += (Doubt("", "gone", {"title": form.lines[key][1 + _TITLE]}) for key in gone)
    return Answers(form.unit, form.period, entries, doubts, blank, held, spoken=frozenset(spoken))


def _same_heads(page: Any, form: _Form) -> None:
    for number, expected in enumerate(form.heads, start=2):
        cell = page.cell(HEAD, number)
        if _shown(cell) != clean(expected):
            raise _FormError("head", str(cell.coordinate), found=_shown(cell), expected=expected)


def _entry(row: _Row, key: str, form: _Form, today: date | None) -> dict[str, str]:
    """The record of a row; empty where it says nothing. What speaks against it is among the row's doubts."""
    further = key.startswith(_PLUS)
    for name, expected in zip(LOCKED, form.lines[key][2:], strict=True):
        shown = _shown(row.cells[1 + LOCKED.index(name)])
        if shown != clean(expected) and not (further and name == "title" and key != f"{_PLUS}0"):
            row.doubt(name, "changed", found=shown, expected=expected)
    chosen = _shown(row.cells[_TITLE]) if further else ""
    line = form.named.get(chosen, "") if further else key
    found = dict(_values(row, form.lines[line][0] if line else "", form, today))
    if not (found or chosen) or key == f"{_PLUS}0":
        return {}
    if not line:
        row.doubt("title", "further" if chosen else "no_task", found=chosen)
        return {}
    found |= _why(row, found, form, today, further=further)
    task, unit, period, case = line.split("|")
    named = {"task": task, "unit": unit, "period": period, "case": case}
    return {"id": _id(form.rest["digest"], key), **{name: text for name, text in named.items() if text}, **found}


def _why(row: _Row, found: Mapping[str, str], form: _Form, today: date | None, *, further: bool) -> dict[str, str]:
    """For a row without a day: that it is a reason and no deed, as of the period's end or today; else a doubt."""
    if "date" in found:
        return {}
    span = span_of(form.period)
    if further or not found.keys() <= _WHY or not found.get("reason") or span is None:
        only = found.keys() <= {"cause"} and not further
        row.doubt("reason" if only else "date", "no_reason" if only else "no_date")
        return {}
    day = min(span.last, today or span.last)
    return {"step": str(Step.EXPLAINED), "date": f"{day:%d/%m/%Y}"}


def _values(row: _Row, counted: str, form: _Form, today: date | None) -> Iterator[tuple[str, str]]:
    for name, cell in zip(ANSWERS, row.cells[_FIRST - 1 :], strict=True):
        value = cell.value
        if value is None or (isinstance(value, str) and not clean(value)):
            continue
        text: str | None
        if cell.data_type in {"f", "e"} or not isinstance(value, str | int | float | date):
            row.doubt(name, "formula" if cell.data_type == "f" else "kind", found=str(value)[:80])
            text = None
        elif isinstance(value, bool):
            row.doubt(name, "kind", found=str(value))
            text = None
        elif name == "date":
            text = _day(row, value, form, today)
        elif isinstance(value, date):
            row.doubt(name, "became_day", day=f"{value:%d/%m/%Y}")
            text = None
        else:
            text = _text(row, name, cell, counted)
        yield name, text or ""


def _day(row: _Row, value: str | float | date, form: _Form, today: date | None) -> str | None:
    """The day as text, if it can be believed."""
    if isinstance(value, int | float):
        day = date(1899, 12, 30) + timedelta(days=int(value)) if int(value) in _SERIALS else None
        shown = {"found": f"{value:g}", "day": f"{day:%d/%m/%Y}"} if day else {"found": f"{value:g}"}
        row.doubt("date", "serial" if day else "kind", **shown)
        return None
    text = f"{value.day:02d}/{value.month:02d}/{value.year:04d}" if isinstance(value, date) else clean(value)
    span = parse_span(text)
    if isinstance(span, Refusal):
        row.doubt("date", span.code, **span.args)
        return None
    if today is not None and span.first > today:
        row.doubt("date", "future", day=text, today=f"{today:%d/%m/%Y}")
    elif (period := span_of(form.period)) and abs((span.first - period.first).days) > _FAR:
        row.doubt("date", "far", day=text)
    elif isinstance(value, datetime) and (near := _exchanged(span.first, period)):
        row.doubt("date", "swapped", day=text, near=f"{near:%d/%m/%Y}")
    return text


def _exchanged(day: date, period: Span | None) -> date | None:
    """The day with day and month exchanged, where it lies in the period and the day itself does not."""
    if period is None or day.day > 12 or period.first <= day <= period.last:
        return None
    near = date(day.year, day.day, day.month)
    return near if period.first <= near <= period.last else None


def _text(row: _Row, name: str, cell: Any, counted: str) -> str | None:
    font = str(cell.font.name or "") if cell.font else ""
    text = _plain(cell.value)
    if code := hidden(text):
        row.doubt(name, "hidden", code=code)
    elif isinstance(cell.value, str) and not text.isascii() and font.lower().startswith((".vn", "vni-")):
        row.doubt(name, "font", font=font)
    elif name in {"quantity", "people"}:
        unit = counted if name == "quantity" else _PEOPLE
        quantity = parse_quantity(text)
        if not isinstance(quantity, Refusal):
            return text if quantity.unit or not unit else f"{text} {unit}"
        row.doubt(name, quantity.code, **quantity.args)
    elif name == "cause":
        known = {words(code)(f"sheet.cause.{kind}"): str(kind) for code in languages() for kind in CauseKind}
        if text.casefold() in known:
            return known[text.casefold()]
        row.doubt(name, "cause", found=text, known=", ".join(known))
    elif name == "mode":
        # A form in another language offers its own words; records, and what asks them, know those of Vietnamese.
        keys = [f"sheet.mode.{mode}" for mode in _MODES]
        known = {words(code)(key): words("vi")(key) for code in languages() for key in keys}
        return known.get(text.casefold(), text)
    else:
        return text
    return None


def _plain(value: str | float) -> str:
    """The text; a number as people write it, with a comma and so that it has one reading."""
    if isinstance(value, str):
        return clean(value)
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if number == number.to_integral_value():
        return str(int(number))
    whole, _, part = format(number, "f").partition(".")
    return f"{whole},{part}0" if len(part) == 3 else f"{whole},{part}"


def _shown(cell: Any) -> str:
    """What a locked cell shows."""
    value = cell.value
    if isinstance(value, date):
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    return "" if value is None else clean(str(value))

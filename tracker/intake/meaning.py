"""Rows → entries with their doubts, or what is wrong with them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tracker.intake.about import at, headless, named, notes, year_of
from tracker.intake.amounts import amount, result
from tracker.intake.layout import Below, find_head, sort_rows
from tracker.intake.lookup import ALWAYS, Book, find_task, find_units
from tracker.intake.matrix import across, without
from tracker.intake.row import Row, parts_of
from tracker.intake.when import Context, When, period, swapped, when
from tracker.model.grid import Cell, Grid, Line, Remark, letter
from tracker.model.intake import Column, Entry, Understood, Wanted
from tracker.model.values import Span
from tracker.names import accents, exact, tone
from tracker.read.days import parse_day
from tracker.read.door import hidden
from tracker.read.sheets.headers import header_words, undone_words
from tracker.read.values import Refusal, clean

TEXTS = ("doc", "mode", "place", "outcome", "note", "reason")
_RESULTS = frozenset({"quantity", "people", "result", "doc", "outcome", "period", "status"})
_AND = re.compile(r"\s+(?:và|&|\+|-|–)\s+|\s*/\s*")
_SEVERAL = re.compile(r"[0-9.]\s*(?:[,;&+]|\bvà\b)\s*(?:[^\s,;]+/)?[0-9]+(?:\.[0-9]+)+")
"""Keys of tasks beside each other: 12-KH/2.1, 2.5."""
_DAYS = re.compile(
    r"(?:(?<=ngày )[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{4})?|(?<![0-9/])[0-9]{1,2}/[0-9]{1,2}/[0-9]{4})(?![0-9/])"
)
_DEEDS = frozenset({"date", "period", "quantity", "people", "result", "doc", "outcome", "status"})
"""Columns of which one at least says that something was done."""
ORDER = ("task", "unit", "units", "date", "period", "quantity", "people", *TEXTS[:3], "title", *TEXTS[3:], "recorded")


class Asked(NamedTuple):
    """What a table is read against."""

    known: Book
    today: date
    wanted: Wanted = Wanted()


def understand(grid: Grid, asked: Asked) -> Understood:
    """Everything that a table says. Each row with something in it is in the header, an entry, skipped, or refused."""
    head = find_head(grid, asked.wanted)
    if head is None:
        filled = tuple(Remark(line.number, "intake-no-header") for line in grid.lines if not line.blank)
        return Understood(grid.file, grid.sheet, skipped=filled, notes=tuple(notes(grid, 0)))
    below = sort_rows(grid, head)
    year = asked.wanted.year or year_of(grid, head)
    table = across(head, asked.known)
    columns = {column.key: column for column in head.columns if column.key}
    columns = without(columns, table) if table else columns
    date_column = columns["date"].at if "date" in columns else -1
    days = [at(line, date_column) for line, _ in below.rows]
    turn = asked.wanted.dates != ""
    context = Context(year, grid.old_days, swapped(days), turn)
    own = {column.at for column in table.columns} if table else set()
    again = [column for column in head.columns if column.again and column.at not in own]
    entries: list[Entry] = []
    skipped, refused = list(below.skipped), list[Remark]()
    deeds = table is not None or not _DEEDS.isdisjoint(columns)
    for line, above in below.rows:
        row = _row(line, above, columns, below, grid)
        if undone := _undone(row):
            skipped.append(Remark(line.number, "intake-undone", {"text": undone}))
            continue
        row.doubts.extend(_again(line, again))
        parts = list(parts_of(row, table, context)) if table else [row]
        made = [entry for part in parts if (entry := _entry(part, context, asked))]
        wrong = [remark for part in parts for remark in part.wrong]
        if wrong:
            refused += (remark for number, remark in enumerate(wrong) if remark not in wrong[:number])
        elif made:
            entries += made
        else:
            skipped.append(Remark(line.number, "intake-nothing" if deeds else "intake-no-deeds"))
    above_head = [Remark(line.number, "intake-title") for line in grid.lines[: head.first] if not line.blank]
    return Understood(
        grid.file,
        grid.sheet,
        tuple(line.number for line in grid.lines[head.first : head.last + 1]),
        (*named(head, table), *headless(grid, head)),
        tuple(entries),
        tuple(sorted([*above_head, *skipped])),
        tuple(refused),
        (*notes(grid, year), *(() if deeds else (Remark(grid.lines[head.last].number, "intake-no-deeds"),))),
    )


def _again(line: Line, columns: Sequence[Column]) -> Iterator[Remark]:
    """What stands in columns that are of the kind of one before them."""
    for column in columns:
        if text := at(line, column.at).text:
            args = {"header": column.header, "text": text}
            yield Remark(line.number, "intake-again", args, letter(column.at))


def _row(line: Line, above: Line, columns: Mapping[str, Column], below: Below, grid: Grid) -> Row:
    cells: dict[str, Cell] = {}
    row = Row(line, cells, columns, [], [])
    if grid.hidden or line.hidden:
        row.doubt("", "intake-hidden-row" if line.hidden else "intake-hidden-sheet", {})
    for key, column in columns.items():
        cell = at(line, column.at)
        if not cell.text and not cell.remark and above is not line and key in {"task", "title", "unit"}:
            cell = at(above, column.at)
        if key == "title" and line.number in below.joined:
            cell = cell._replace(text=clean(f"{cell.text} {below.joined[line.number]}"))
        if key in {"quantity", "people"} and cell.above and cell.text:
            row.doubt(key, "intake-merged-amount", {"text": cell.text})
            continue
        if cell.remark is not None and cell.remark[0] != "intake-legacy":
            row.refuse(key, *cell.remark)
            continue
        if cell.remark is not None:
            row.doubt(key, *cell.remark)
        if code := hidden(cell.text):
            row.refuse(key, "append-hidden", {"key": key, "code": code})
        elif cell.text and key != "number":
            cells[key] = cell
    return row


def _entry(row: Row, context: Context, asked: Asked) -> Entry | None:
    """The entry of a row; None where something is wrong with it, or where nothing was done."""
    if row.cells.keys() <= {"task", "title", "unit", "note", "place", "mode", "status"} and not row.wrong:
        return None
    values: dict[str, str | tuple[str, ...]] = {}
    span = _days(row, context, values, asked)
    _units(row, values, asked)
    _task(row, values, span or ALWAYS, asked.known, asked.wanted.task)
    _amounts(row, values)
    if _claimed(row, asked):
        row.doubt("date", "intake-only-time", {"text": row.cells["date"].text})
    for key in TEXTS:
        if key in row.cells:
            values[key] = row.cells[key].text if key not in values else f"{values[key]}; {row.cells[key].text}"
    if row.wrong or span is None:
        return None
    ordered = {key: values[key] for key in ORDER if key in values}
    return Entry(row.line.number, ordered, tuple(row.doubts))


def _undone(row: Row) -> str:
    """What the row says where it says that nothing was done; empty where it does not."""
    texts = [row.cells[key].text for key in ("status", "result") if key in row.cells]
    return next((text for text in texts if exact(text).startswith(undone_words())), "")


def _claimed(row: Row, asked: Asked) -> bool:
    """Whether the row has nothing but a time, which may be that of a plan."""
    header = accents(row.columns["date"].header.rpartition(" / ")[2]) if "date" in row.columns else ""
    sure = header in header_words()["deed"] or header in asked.wanted.columns
    return "date" in row.cells and not sure and row.cells.keys().isdisjoint(_RESULTS)


def _days(row: Row, context: Context, values: dict[str, str | tuple[str, ...]], asked: Asked) -> Span | None:
    """When it was done, for which period, and when it was noted down."""
    span: Span | None = None
    if "period" in row.cells:
        found = period(row.cells["period"], row.columns["period"].header, context)
        if (taken := _taken(row, "period", found)) is not None:
            values["period"], span = taken.written, taken.span
    if "date" in row.cells:
        found = when(row.cells["date"], context)
        if (taken := _taken(row, "date", found)) is not None:
            values["date"], span = _until(row, taken, context) if "until" in row.cells else (taken.written, taken.span)
    elif span is not None:
        text = values["period"]
        values["date"] = str(text)
        row.doubt("period", "intake-period-date", {"period": str(text)})
    elif (said := _result_day(row, context)) is not None:
        values["date"], span = said.written, said.span
    else:
        row.refuse("date", "intake-no-date", {})
    if span is not None and (span.done or span.first) > asked.today:
        row.refuse("date", "intake-future", {"text": str(values.get("date", ""))})
    recorded = asked.today
    if "recorded" in row.cells:
        cell = row.cells["recorded"]
        day = cell.day or parse_day(cell.text)
        if isinstance(day, Refusal):
            row.refuse("recorded", day.code, day.args)
        elif span is not None and day < span.first:
            args = {"recorded": f"{day:%d/%m/%Y}", "date": f"{span.first:%d/%m/%Y}"}
            row.refuse("recorded", "value-recorded", args)
        else:
            recorded = day
    values["recorded"] = f"{recorded:%d/%m/%Y}"
    return span


def _until(row: Row, first: When, context: Context) -> tuple[str, Span]:
    """From the day under "Từ ngày" to that under "Đến ngày"."""
    last = _taken(row, "until", when(row.cells["until"], context))
    if last is not None and not (first.span.exact and last.span.exact and first.span.first <= last.span.first):
        row.refuse("until", "intake-until", {"first": first.written, "last": last.written})
    if last is None or row.wrong or first.span == last.span:
        return first.written, first.span
    return f"{first.written}..{last.written}", Span(first.span.first, last.span.last, lasting=True)


def _result_day(row: Row, context: Context) -> When | None:
    """The one day that the words under "Kết quả" name, where no column has it: "Đã tổ chức ngày 15/8/2024"."""
    text = row.cells["result"].text if "result" in row.cells else ""
    found = [when(Cell(one), context) for one in _DAYS.findall(text)]
    if len(found) != 1 or isinstance(found[0], Refusal):
        return None
    row.doubt("result", "intake-result-day", {"text": text, "day": found[0].written})
    return found[0]


def _taken(row: Row, key: str, found: When | Refusal) -> When | None:
    """The days, their doubt noted; None where they are refused, which is noted as well."""
    if isinstance(found, Refusal):
        row.refuse(key, found.code, found.args)
        return None
    if found.code:
        row.doubt(key, found.code, found.args)
    return found


def _units(row: Row, values: dict[str, str | tuple[str, ...]], asked: Asked) -> None:
    if "unit" not in row.cells:
        if asked.wanted.unit:
            values["unit"] = asked.wanted.unit
        else:
            row.refuse("unit", "intake-no-unit", {})
        return
    cell = row.cells["unit"]
    hit = find_units(cell.text, asked.known)
    if not hit.ids and cell.lines:
        hit = find_units("; ".join(cell.lines), asked.known)
    if not hit.ids and len(parts := _AND.split(cell.text)) > 1:
        several = find_units("; ".join(parts), asked.known)
        hit = several if several.ids else hit
    if not hit.ids or hit.code == "intake-units":
        row.refuse("unit", hit.code, hit.args)
        return
    if hit.code:
        row.doubt("unit", hit.code, hit.args)
    if len(hit.ids) == 1:
        values["unit"] = hit.ids[0]
    else:
        values["units"] = hit.ids


def _task(row: Row, values: dict[str, str | tuple[str, ...]], span: Span, known: Book, wanted: str) -> None:
    """The task by its key, else by the title, else `wanted`; one that is not found leaves the title and a doubt."""
    title = row.cells["title"].text if "title" in row.cells else ""
    key = "task" if "task" in row.cells else "title"
    text = row.cells["task"].text if "task" in row.cells else title
    text = text or wanted
    if not text:
        row.refuse("title", "intake-no-task", {})
        return
    if key == "task" and "task" in row.cells and _SEVERAL.search(text):
        row.refuse("task", "intake-task-several", {"text": text})
        return
    hit = find_task(text, span, known)
    if hit.code:
        row.doubt(key, hit.code, hit.args)
    if len(hit.ids) == 1:
        values["task"] = hit.ids[0]
        own = known.named[hit.ids[0]]
        if title and title != text and tone(title) != tone(own) and accents(title) != accents(own):
            values["title"] = title
    else:
        values["title"] = title or text


def _amounts(row: Row, values: dict[str, str | tuple[str, ...]]) -> None:
    for key in ("quantity", "people"):
        if key in row.cells:
            found = amount(row.cells[key], row.columns[key])
            if isinstance(found, Refusal):
                row.refuse(key, found.code, found.args)
            else:
                values[key] = found
    if "result" in row.cells:
        said = result(row.cells["result"])
        unread = said.unread
        for key, text in said.values.items():
            if key not in values and key not in row.cells:
                values[key] = text
            else:
                # The row has its own column for this: the words are kept, the numbers are not added.
                values["note"] = f"{values['note']}; {text}" if "note" in values else text
                unread = unread or (key not in {"note", "doc"} and values.get(key) != text)
        if unread:
            row.doubt("result", "intake-result", {"text": row.cells["result"].text})

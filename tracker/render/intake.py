"""What was understood of a file, before anything is written: each table, each doubt with its cell."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracker.lang import Words
from tracker.model.grid import Remark, letter
from tracker.model.intake import Entry, Lineage, Understood
from tracker.render.visible import cells, cut, harmless, visible

FIRST = 8
"""Entries of a table that are shown."""
WIDE = 26
"""Most cells of a column of that."""
SHOWN = ("task", "title", "unit", "units", "date", "period", "quantity", "people", "doc")


class Counts(NamedTuple):
    """Rows of a file by what becomes of them."""

    inserted: int
    changed: int
    unchanged: int
    refused: int
    doubted: int
    """Left out because of doubts that nobody accepted."""


def lines(tables: Sequence[Understood], say: Words, *, table: bool) -> Iterator[str]:
    """The preview of one file; `table` draws the first entries side by side, else each stands on its own line."""
    for one in tables:
        yield from (harmless(visible(line)) for line in _table(one, say, table=table))


def summary(file: str, counts: Counts, say: Words) -> str:
    """How many rows of the file became what; the counts add up to the rows that were looked at."""
    total = say.number(sum(counts))
    slots = {name: say.number(count) for name, count in zip(Counts._fields, counts, strict=True)}
    return say("intake.counts", file=visible(file), total=total, **slots)


def against_record(
    file: str,
    line: Lineage,
    doubts: Sequence[tuple[Understood, Remark]],
    say: Words,
) -> Iterator[str]:
    """Which earlier import the file is a version of, and what is doubted because of what is on record."""
    if line.earlier:
        key = "same_bytes" if line.same else "new_sheet" if line.sheet else "new_name"
        slots = {"file": visible(file), "earlier": visible(line.earlier), "sheet": visible(line.sheet)}
        yield say(f"intake.{key}", count=say.number(line.common), **slots)
    if doubts:
        yield say("intake.heading.record")
        for table, remark in doubts:
            yield harmless(visible(f"  {where(table, remark)}: {say.refusal(remark.code, remark.args)}"))


def _table(one: Understood, say: Words, *, table: bool) -> Iterator[str]:
    name = f"{one.file}, {one.sheet}" if one.sheet else one.file
    yield name
    if not one.header:
        yield "  " + say("intake.no_header", count=say.number(len(one.skipped)))
        return
    yield "  " + say("intake.header", rows=", ".join(map(str, one.header)))
    for column in one.columns:
        what = say(f"intake.key.{column.key}") if column.key else say("intake.not_used")
        yield f"    {letter(column.at)}  {column.header or say('intake.headless')} → {what}"
    for note in one.notes:
        yield f"  {say.refusal(note.code, note.args)}"
    rows = len({remark.row for remark in one.refused})
    slots = {"entries": say.number(len(one.entries)), "skipped": say.number(len(one.skipped))}
    yield "  " + say("intake.rows", refused=say.number(rows), **slots)
    if one.entries:
        yield from _drawn(one.entries[:FIRST]) if table else map(_plain, one.entries[:FIRST])
    if len(one.entries) > FIRST:
        yield "    " + say("intake.more", count=say.number(len(one.entries) - FIRST))
    doubts = [doubt for entry in one.entries for doubt in entry.doubts]
    for heading, remarks in (("refused", one.refused), ("doubts", doubts), ("skipped", one.skipped)):
        if remarks:
            yield "  " + say(f"intake.heading.{heading}")
            yield from (f"    {where(one, remark)}: {say.refusal(remark.code, remark.args)}" for remark in remarks)


def where(table: Understood, remark: Remark) -> str:
    """The cell as a spreadsheet names it: Sheet1!C12."""
    place = f"{remark.column}{remark.row}"
    return f"{table.sheet}!{place}" if table.sheet else place


def _shown(entry: Entry) -> dict[str, str]:
    found = {}
    for key in SHOWN:
        if key in entry.values:
            cell = entry.values[key]
            found["unit" if key == "units" else key] = cell if isinstance(cell, str) else ", ".join(cell)
    return found


def _plain(entry: Entry) -> str:
    return f"    {entry.row}: " + "; ".join(f"{key} {text}" for key, text in _shown(entry).items())


def _drawn(entries: Sequence[Entry]) -> Iterator[str]:
    """Rows of one table with a head, each column as wide as it needs."""
    rows = [{"": str(entry.row), **_shown(entry)} for entry in entries]
    keys = [key for key in ("", *SHOWN) if any(key in row for row in rows)]
    texts = [keys, *([cut(visible(row.get(key, "")), WIDE) for key in keys] for row in rows)]
    widths = [max(cells(line[index]) for line in texts) for index in range(len(keys))]
    for line in texts:
        padded = (text + " " * (width - cells(text)) for text, width in zip(line, widths, strict=True))
        yield ("    " + "  ".join(padded)).rstrip()

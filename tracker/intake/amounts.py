"""How much was done, as cells say it → quantity, people, number of a document, or words."""

import re
from typing import NamedTuple

from tracker.model.grid import Cell
from tracker.model.intake import Column
from tracker.names import accents
from tracker.read.days import parse_span
from tracker.read.sheets.headers import counted_words
from tracker.read.values import Refusal, parse_quantity

_DOC = re.compile(r"[0-9]{1,5}[A-Za-z]?\s*[-–/]\s*[A-Za-zĐđ][\wĐđ.]*(?:\s*[-–/]\s*[\wĐđ.]+)*")


def is_document(text: str) -> bool:
    """Whether it is the number of a document: 112-BC/BDT."""
    return bool(_DOC.fullmatch(text)) and isinstance(parse_span(text), Refusal)


class Said(NamedTuple):
    """What a cell of results says."""

    values: dict[str, str]
    """By key of an entry."""
    unread: bool = False
    """Whether numbers stand in its words that were not taken as amounts."""


def amount(cell: Cell, column: Column) -> str | Refusal:
    """A quantity as an entry writes it; a bare number counts what the header says."""
    text = cell.text
    if column.counted and re.fullmatch(r"(?:[^\W0-9_]+ )*[0-9][0-9., ]*", text):
        text = f"{text.strip()} {column.counted}"
    found = parse_quantity(text)
    return found if isinstance(found, Refusal) else text


def result(cell: Cell) -> Said:
    """What a column "Kết quả" holds: amounts, a document, or words."""
    text = cell.text
    if is_document(text):
        return Said({"doc": text})
    values: dict[str, str] = {}
    for part in re.split(r"[;,](?![0-9])|\s+với\s+", text):
        written = part.strip().rstrip(".")
        if not written:
            continue
        found = parse_quantity(written)
        if isinstance(found, Refusal):
            break
        counted = counted_words().get(accents(found.unit))
        if found.unit and counted is None:
            break
        key = "people" if counted and counted[1] else "quantity"
        if key in values:
            break
        values[key] = written
    else:
        if values:
            return Said(values)
    return Said({"note": text}, unread=any(char.isdigit() for char in text))

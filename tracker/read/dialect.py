"""How a table from elsewhere writes days, numbers and words, where that is not how people write them here.

Each function gives, for a parser of ours, the parser of what stands in the table. What a mapping says is held to: a
day that is not written as it says is refused, not read in another way.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tracker.model.mapped import Mapped
from tracker.model.values import Quantity
from tracker.read.door import blanked
from tracker.read.formats import Cell
from tracker.read.values import Refusal, clean

Parse = Callable[[Any], Any]
_DAYS = ("date", "recorded")
_AMOUNTS = ("quantity", "people", "returns", "parts", "reach")
_THREE = re.compile(r"([0-9]{1,4})([/.-])([0-9]{1,2})\2([0-9]{1,4})")
_TIME = re.compile(r"(?<=[0-9])[ T][0-9]{1,2}:[0-9:.]+(?:Z|[+-][0-9:]+)?$")
_EIGHT = re.compile("[0-9]{8}")
_ORDER = {"dmy": "dmy", "mdy": "mdy", "iso": "ymd"}
_NUMBER = re.compile(r"[0-9][0-9.,]*")
_POINT = re.compile(r"(?P<whole>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.(?P<part>[0-9]+))?")


class Typed(str):
    """Text that is written as we write it whatever the table does: of a day of a database, of a mapping itself."""

    __slots__ = ()


def spoken(mapped: Mapped, parsers: Mapping[str, Parse]) -> Mapping[str, Parse]:
    """The parsers of those keys whose values are written otherwise."""
    found: dict[str, Parse] = {}
    if mapped.dates:
        found |= {key: _dated(parsers[key], mapped.dates) for key in _DAYS}
    if mapped.decimal == "point":
        found |= {key: _pointed(parsers[key]) for key in _AMOUNTS}
    return found


def as_text(value: Any) -> Cell:
    """A value of a database or of Parquet as people write it: numbers with a comma, days as ISO, lists as lists."""
    match value:
        case None:
            return ""
        case str():
            return blanked(value if value.isascii() else unicodedata.normalize("NFC", value))
        case bool():
            return Typed("true" if value else "false")
        case int():
            return Typed(value)
        case float() | Decimal():
            return _amount(value)
        case datetime():
            return Typed(value.date().isoformat())
        case date():
            return Typed(value.isoformat())
        case bytes():
            return as_text(value.decode("utf-8", "replace"))
        case list() | tuple():
            parts = (as_text(part) for part in value)
            return tuple(part for part in parts if isinstance(part, str))
        case _:
            return as_text(str(value))


def _amount(value: float | Decimal) -> Cell:
    if not math.isfinite(value):
        return "" if math.isnan(value) else str(value)
    whole, _, part = format(Decimal(repr(value)) if isinstance(value, float) else value, "f").partition(".")
    return Typed(_comma(whole, part.rstrip("0")))


def _comma(whole: str, part: str) -> str:
    """With a decimal comma; three digits behind it would have two readings, four have one."""
    return f"{whole},{part}{'0' if len(part) == 3 else ''}" if part else whole


def _dated(parse: Parse, form: str) -> Parse:
    def convert(cell: Cell) -> Any:
        if not isinstance(cell, str) or isinstance(cell, Typed):
            return parse(cell)
        written = clean(cell)
        bare = _TIME.sub("", written)
        said = _iso(bare, form)
        if said is None:
            return parse(cell)
        if not said:
            return Refusal("table-day", {"text": written, "dates": form})
        result = parse(said)
        return Refusal(result.code, {**result.args, "text": written}) if isinstance(result, Refusal) else result

    return convert


def _iso(text: str, form: str) -> str | None:
    """The day in ISO's form; empty where it is another form's, None where it is no day at all."""
    eight, match = _EIGHT.fullmatch(text), _THREE.fullmatch(text)
    if eight and form == "compact":
        year, month, day = text[:4], text[4:6], text[6:]
    elif match and form != "compact":
        named = dict(zip(_ORDER[form], match.group(1, 3, 4), strict=True))
        year, month, day = named["y"], named["m"], named["d"]
    else:
        return "" if eight or match else None
    good = len(year) == 4 and len(day) <= 2 and len(month) <= 2 and 1 <= int(month) <= 12
    return f"{year}-{month}-{day}" if good else ""


def _pointed(parse: Parse) -> Parse:
    def one(text: str) -> str | Refusal:
        match = _NUMBER.search(text)
        if match is None:
            return text
        number = _POINT.fullmatch(match[0].rstrip(".,"))
        if number is None:
            return Refusal("table-number", {"text": clean(text)})
        end = match.start() + len(match[0].rstrip(".,"))
        return text[: match.start()] + _comma(number["whole"].replace(",", ""), number["part"] or "") + text[end:]

    def convert(cell: Cell) -> Any:
        said = []
        for text in (cell,) if isinstance(cell, str) else cell:
            plain = text if isinstance(text, Typed) else one(text)
            if isinstance(plain, Refusal):
                return plain
            said.append(plain)
        result = parse(said[0] if isinstance(cell, str) else tuple(said))
        if isinstance(result, Quantity) and isinstance(cell, str):
            return result._replace(text=unicodedata.normalize("NFC", cell).strip())
        return result

    return convert

"""The words of the frame, one file per language, found by walking this folder.

Records and rules carry their own texts; here stand states, headings, problems, and how numbers and days look.
Vietnamese: decimal comma, thousands dot, dd/mm/yyyy (Nghị định 30/2020/NĐ-CP for days, 86/2012 for the comma).
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tracker.model.source import GROUPED, Problem
from tracker.model.values import Number

DEFAULT = "vi"
_PERIODS = tuple(
    (re.compile(pattern), key)
    for pattern, key in (
        (r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})", "month"),
        (r"(?P<year>[0-9]{4})-Q(?P<quarter>[1-4])", "quarter"),
        (r"(?P<year>[0-9]{4})-H1", "half_1"),
        (r"(?P<year>[0-9]{4})-H2", "half_2"),
        (r"(?P<year>[0-9]{4})", "year"),
        (r"(?P<year>[0-9]{4})-9M", "nine_months"),
        (r"(?P<year>[0-9]{4})-W(?P<week>[0-9]{2})", "week"),
        (r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})", "day"),
        (r"(?P<year>[0-9]{4})-(?P<until>[0-9]{4})", "years"),
    )
)
SHOWN = 12
"""Of many lines that are wrong in the same way, how many are named in a sentence; programs are given all."""
_SLOT = re.compile(r"\{(?P<name>[a-z_]+)(?::(?P<one>[^{}|]*)\|(?P<many>[^{}|]*))?\}")
"""A slot, {days}; or a word that goes by its number, {days:day|days}: the first for 1, the second for all others."""


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages present, the default first."""
    codes = sorted(path.stem for path in Path(__file__).parent.glob("*.toml"))
    return (DEFAULT, *(code for code in codes if code != DEFAULT))


class Tables(dict[str, Any]):
    """What stands before the first table of a language file, and its tables, each read when it is first asked for.

    A command says a few of the forty tables, and reading a file costs as much as importing the program's own modules.
    """

    def __init__(self, text: str) -> None:
        head, *tables = text.split("\n[")
        super().__init__(tomllib.loads(head))
        self._written: dict[str, str] = {}
        for table in tables:
            name = table[: table.index("]")].partition(".")[0]
            self._written[name] = f"{self._written.get(name, '')}[{table}\n"

    def __missing__(self, name: str) -> Any:
        self[name] = tomllib.loads(self._written[name])[name]
        return self[name]


class Words(NamedTuple):
    """One language."""

    code: str
    table: Mapping[str, Any]

    def __call__(self, key: str, /, **slots: str) -> str:
        """The text under a dotted key, its slots filled; a key that does not exist is a fault of ours (KeyError)."""
        node: Any = self.table
        for step in key.split("."):
            node = node[step]
        return fill(str(node), slots)

    def problem(self, problem: Problem) -> str:
        """What is wrong, and what to do."""
        return self.refusal(problem.code, problem.args)

    def refusal(self, code: str, args: Mapping[str, str]) -> str:
        """The same for a value that came from a command line and has no place."""
        if code == GROUPED:
            args = self._grouped(args)
        return fill(problems(self.code)[code], args)

    def _grouped(self, args: Mapping[str, str]) -> Mapping[str, str]:
        """What is said of many rows that are wrong in the same way: the first of their lines, where there are many."""
        ranges = args["lines"].split(", ", SHOWN)
        lines = ", ".join(ranges[:SHOWN]).replace("-", "–")
        return {
            "rows": self.number(int(args["rows"])),
            "kind": self(f"bad_rows.{args['kind']}.kind"),
            "lines": self("bad_rows.cut", lines=lines) if len(ranges) > SHOWN else lines,
            "fix": self(f"bad_rows.{args['kind']}.fix"),
        }

    def number(self, value: Number) -> str:
        """2359 as 2.359 and Decimal("6.47") as 6,47 in Vietnamese; 2,359 and 6.47 in English."""
        whole, _, rest = format(value, ",f" if isinstance(value, Decimal) else ",d").partition(".")
        thousands, decimal = self.table["thousands"], self.table["decimal"]
        return whole.replace(",", thousands) + (decimal + rest if rest else "")

    def counted(self, value: int) -> str:
        """A count inside a sentence of an official paper: 01 to 09 in Vietnamese, without the zero elsewhere."""
        return f"0{value}" if self.code == DEFAULT and 0 < value < 10 else self.number(value)

    def day(self, value: date) -> str:
        """20/10/2023, or 01/02/2023: day first in both languages."""
        return f"{value.day:02d}/{value.month:02d}/{value.year:04d}"

    def written_day(self, value: date) -> str:
        """A day inside a sentence of an official paper: 01/02/2023 and 05/9/2023, but 15/3/2022.

        Days below 10 and the months 1 and 2 get a zero, other months do not, so that no stroke can be added to them
        (Nghị định 30/2020/NĐ-CP, Phụ lục I; the same with Party papers). Other languages write days as ever.
        """
        if self.code != DEFAULT:
            return self.day(value)
        return f"{value.day:02d}/{self.written_month(value.month)}/{value.year:04d}"

    def written_month(self, month: int) -> str:
        """The number of a month inside such a paper: 01, 02, 3 … 12."""
        return f"{month:02d}" if self.code == DEFAULT and month < 3 else str(month)

    def period(self, period: str) -> str:
        """2023-02 as "tháng 02/2023", 2023-Q1 as "quý I/2023"; anything else as it is."""
        for pattern, key in _PERIODS:
            if match := pattern.fullmatch(period):
                slots = {name: text for name, text in match.groupdict().items() if text}
                if "quarter" in slots:
                    slots["quarter"] = ("I", "II", "III", "IV")[int(slots["quarter"]) - 1]
                return self(f"period.{key}", **slots)
        return period


def roman(number: int) -> str:
    """A positive number below fifty in Roman numerals, as annexes bear them."""
    text = ""
    for value, letters in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= value:
            text, number = text + letters, number - value
    return text


def fill(template: str, slots: Mapping[str, str]) -> str:
    """Put the named values into a template; never str.format, so that no text of a user is a format expression."""
    return _SLOT.sub(lambda match: _filled(match, slots), template)


def _filled(match: re.Match[str], slots: Mapping[str, str]) -> str:
    text = slots.get(match["name"])
    if text is None:
        return match[0]
    return text if match["one"] is None else match["one" if text == "1" else "many"]


def for_many(template: str) -> str:
    """The template as people read of it: its slots as they are, and of words that go by a number those for many."""
    return _SLOT.sub(lambda match: match[0] if match["one"] is None else match["many"], template)


class Piece(NamedTuple):
    """A part of a template: text, and the slot behind it."""

    text: str
    slot: str = ""
    """Its name; empty where none follows."""
    forms: tuple[str, str] | None = None
    """The words for 1 and for all other numbers, where not the value itself stands there."""


def pieces_of(template: str) -> tuple[Piece, ...]:
    """A template as pieces; the last one has no slot."""
    parts = _SLOT.split(template)
    pieces = zip(parts[::4], parts[1::4], parts[2::4], parts[3::4], strict=False)
    found = (Piece(text, name, None if one is None else (one, many)) for text, name, one, many in pieces)
    return (*found, Piece(parts[-1]))


@cache
def slots_of(template: str) -> tuple[str, ...]:
    """The names in braces of a template, each once, in order of appearance."""
    return tuple(dict.fromkeys(match["name"] for match in _SLOT.finditer(template)))


@cache
def words(code: str = DEFAULT) -> Words:
    """The language with this code. Raises FileNotFoundError where there is none."""
    return Words(code, Tables((Path(__file__).parent / f"{code}.toml").read_text(encoding="utf-8")))


@cache
def hovers(code: str) -> Words:
    """What a language says of each key that people write in files."""
    return Words(code, words(code).table["schema"])


def problems(code: str) -> Mapping[str, str]:
    """What a language says of bad input."""
    found: Mapping[str, str] = words(code).table["problem"]
    return found

"""The form (phiếu) by which a unit says what it did in a period, and what came back in it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

VERSION = "1"
LOCKED = ("number", "title", "period", "wants", "counted", "due", "state", "recorded")
"""Columns that the form itself fills in, in order; the one before them holds the key of the row and is hidden."""
ANSWERS = ("date", "quantity", "people", "doc", "mode", "place", "note", "reason", "cause")
"""Columns that the unit fills in, in order, by the keys of a record."""
HEAD = 5
"""Row of the headings; the first line stands below it."""
INSIDE = "tracker"
"""Name of the hidden sheet by which the form is known again."""
FACTS = ("form", "version", "unit", "period", "as_of", "plans", "digest")
"""What stands in the first rows of that sheet, a name and its value each; then the headings; then the lines."""


class Line(NamedTuple):
    """One obligation on the form."""

    task: str
    unit: str
    period: str
    """Period that a record must name; empty where it need not."""
    case: str
    """Event of a case that it answers; empty where there is none."""
    counted: str
    """What a number in it counts."""
    shown: Mapping[str, str]
    """What stands in the locked columns."""
    due: date | None = None

    @property
    def key(self) -> str:
        """Hidden in the row; the same from form to form."""
        return f"{self.task}|{self.unit}|{self.period}|{self.case}"


class Sheet(NamedTuple):
    """A form for one unit and period."""

    unit: str
    name: str
    """Of the unit."""
    period: str
    first: date
    last: date
    """First and last day of the period."""
    as_of: date
    plans: Sequence[str]
    lines: Sequence[Line]
    places: Sequence[str] = ()
    """Places that are offered; others may be written."""


class Doubt(NamedTuple):
    """What a person must look at before it is believed."""

    cell: str
    """As a spreadsheet names it: H12; empty where it is about the whole form."""
    code: str
    """Key under [sheet.doubt] of the languages, or code of a value that cannot be read."""
    args: Mapping[str, str]


class Answers(NamedTuple):
    """A form that came back."""

    unit: str
    period: str
    entries: Sequence[tuple[int, Mapping[str, str]]]
    """Row, and the record as somebody would write it in a file; only those that nothing speaks against."""
    doubts: Sequence[Doubt]
    blank: int = 0
    """Lines without an answer."""
    held: int = 0
    """Lines with an answer that was not taken because of a doubt."""

"""The form (phiếu) by which a unit says what it did in a period, and what came back in it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

VERSION = "2"
LOCKED = ("number", "title", "period", "wants", "counted", "due", "state", "recorded")
"""Columns that the form itself fills in, in order; the one before them holds the key of the row and is hidden."""
ANSWERS = ("date", "quantity", "people", "doc", "mode", "place", "note", "reason", "cause")
"""Columns that the unit fills in, in order, by the keys of a record."""
HEAD = 5
"""Row of the headings; the first line stands below it."""
SPARE = 6
"""Rows below the lines for further deeds of what adds up; the one above them, a heading, is the row `+0`."""
LABEL = 90
"""Characters of a title in the list from which such a row takes its task."""
INSIDE = "tracker"
"""Name of the hidden sheet by which the form is known again."""
ORIGIN = "C1"
"""Cell of that sheet in which a marked copy says what it is a copy of."""
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
    adds: bool = False
    """Whether several deeds add up in it."""

    @property
    def key(self) -> str:
        """Hidden in the row; the same from form to form."""
        return f"{self.task}|{self.unit}|{self.period}|{self.case}"


def label(shown: Sequence[str]) -> str:
    """How a row for a further deed names the line that it belongs to; from the texts of the locked columns."""
    number, title, period = (shown[LOCKED.index(name)] for name in ("number", "title", "period"))
    return f"{number}. {title[:LABEL].strip()} ({period})"


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
    digest: str = ""
    """Of what the form says of itself: the same in every copy of it, however it was filled in."""
    as_of: str = ""
    """Day of the form, as 2024-10-20."""
    plans: str = ""
    """Numbers of the plans that it asks about, with commas."""
    page: str = ""
    """Name of the sheet with the answers."""
    ids: frozenset[str] = frozenset()
    """The ids that its rows give, whether they are filled in or not."""
    spoken: frozenset[str] = frozenset()
    """Those of the rows in which anything stands."""
    origin: str = ""
    """Of a marked copy: the name of the file that was marked."""

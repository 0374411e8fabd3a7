"""Findings that are alike: one is said, with marks for the unit's id and name and the days late, which are then put in.

So a million findings cost little more than their text. Whatever is done to a text on the way must take each character
by itself; what has our marks in its own words is said by itself.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from tracker.model.finding import Finding, Kinds, runs
from tracker.model.report import Report
from tracker.model.unit import Unit
from tracker.render.visible import visible

MARKED = Unit("\ue000", "\ue001", "", 0)
"""Stands in for a unit; no id has such characters."""
_DAYS = 9_081_726_354
"""Stands in for a number of days."""
_MARKS = re.compile(f"({MARKED.id}|{MARKED.name}|{_DAYS})")


def with_marks(report: Report) -> Report:
    """The report with the unit that stands in for others, for who says its findings."""
    return report._replace(units={**report.units, MARKED.id: MARKED})


def texts(report: Report, whole: Callable[[Finding], str], inside: Callable[[str], str]) -> Iterator[str]:
    """What `whole` says of each finding; `inside` gives an id or a name as it stands inside of that."""
    names: dict[str, tuple[str, str]] = {}
    for run in runs(report.findings):
        if isinstance(run, Kinds):
            names = names or {unit.id: (inside(unit.id), inside(visible(unit.name))) for unit in report.units.values()}
            yield from _alike(run, report.units, names, whole)
        else:
            yield from map(whole, run)


class _Form:
    """What is said of any unit, whatever days it is late."""

    def __init__(self, text: str) -> None:
        self.parts = _MARKS.split(text)
        self.holes = [
            [at for at, part in enumerate(self.parts) if part == mark] for mark in (MARKED.id, MARKED.name, str(_DAYS))
        ]

    def filled(self, unit: tuple[str, str], days: int | None) -> str:
        """What is said of the unit of this id and name, so many days late."""
        parts, (ids, names, late) = self.parts, self.holes
        id_, name = unit
        for at in ids:
            parts[at] = id_
        for at in names:
            parts[at] = name
        for at in late:
            parts[at] = str(days)
        return "".join(parts)


def _alike(
    run: Kinds, units: Mapping[str, Unit], names: Mapping[str, tuple[str, str]], whole: Callable[[Finding], str],
) -> Iterator[str]:
    forms: dict[int, _Form | None] = {}
    checked = False
    for place, (kind, id_, days) in enumerate(zip(*run.kinds(), strict=True)):
        if kind not in forms:
            posed = run.posed(place, units[id_]._replace(id=MARKED.id, name=MARKED.name))
            if days is not None:
                posed = posed._replace(row={**posed.row, "days_late": _DAYS})
            cells = "".join(cell for cell in posed.row.values() if isinstance(cell, str) and cell != MARKED.id)
            forms[kind] = form = None if _MARKS.search(cells) else _Form(whole(posed))
            if form and not checked and form.filled(names[id_], days) != whole(run[place]):
                # The rule's own words have them.
                yield from map(whole, run)
                return
            checked = True
        form = forms[kind]
        yield form.filled(names[id_], days) if form else whole(run[place])

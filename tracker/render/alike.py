"""Findings that differ in their unit alone: one is said, with marks for the unit's id and name, which are then put in.

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
_MARKS = re.compile(f"({MARKED.id}|{MARKED.name})")


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
    """What is said of any unit."""

    def __init__(self, text: str) -> None:
        self.parts = _MARKS.split(text)
        self.ids = [at for at, part in enumerate(self.parts) if part == MARKED.id]
        self.names = [at for at, part in enumerate(self.parts) if part == MARKED.name]

    def filled(self, unit: tuple[str, str]) -> str:
        """What is said of the unit of this id and name."""
        id_, name = unit
        for at in self.ids:
            self.parts[at] = id_
        for at in self.names:
            self.parts[at] = name
        return "".join(self.parts)


def _alike(
    run: Kinds, units: Mapping[str, Unit], names: Mapping[str, tuple[str, str]], whole: Callable[[Finding], str],
) -> Iterator[str]:
    forms: dict[int, _Form | None] = {}
    for place, (kind, id_) in enumerate(zip(*run.kinds(), strict=True)):
        if kind not in forms:
            posed = run.posed(place, units[id_]._replace(id=MARKED.id, name=MARKED.name))
            cells = "".join(cell for cell in posed.row.values() if isinstance(cell, str) and cell != MARKED.id)
            forms[kind] = form = None if _MARKS.search(cells) else _Form(whole(posed))
            if len(forms) == 1 and form and form.filled(names[id_]) != whole(run[place]):
                # The rule's own words have them.
                yield from map(whole, run)
                return
        form = forms[kind]
        yield form.filled(names[id_]) if form else whole(run[place])

"""CSV: one row a run with every count, for a chart in a spreadsheet."""

from tracker.model.finding import Cell
from tracker.model.history import Trend
from tracker.model.rule import Severity
from tracker.model.standing import State
from tracker.model.table import Column, Type
from tracker.render.history import Look
from tracker.render.table.csv import render as written

_VERDICTS = ("passed", "broken", "unknown", "waived")
_TURNED = ("new", "resolved", "reopened")


def render(trend: Trend, _look: Look) -> str:
    """The header and one line for each run, in order."""
    names = ["as_of", "known_by", "commit", *(f"state_{state}" for state in State)]
    names += [f"verdict_{kind}" for kind in _VERDICTS] + [f"severity_{level}" for level in reversed(Severity)]
    rows: list[list[Cell]] = [
        [
            run.as_of,
            run.known_by,
            run.commit or None,
            *(run.states.get(str(state), 0) for state in State),
            *(run.verdicts.get(kind, 0) for kind in _VERDICTS),
            *(run.severities.get(str(level), 0) for level in reversed(Severity)),
            *(len(getattr(run, kind)) for kind in _TURNED),
        ]
        for run in trend.runs
    ]
    columns = [Column(name, Type.TEXT, name) for name in (*names, *_TURNED)]
    return written(columns, rows).decode("utf-8")

"""What a project has that is judged as a whole alone: found by a look at its files, before anything is handed out.

Links make one entry's meaning depend on all others, and so do selectors of what others wait for; a mapping gives
columns other names; an entry named by what it says is looked for among all. The look is for words, and may meet them
where they mean nothing: then the whole is judged, to the same report.
"""

import re
from pathlib import Path
from typing import NamedTuple

from tracker.model.project import Project
from tracker.model.report import Report
from tracker.model.source import GROUPED
from tracker.read import YAML, files_below
from tracker.read.mapping import is_mapping
from tracker.read.told import MOST
from tracker.read.wanted import TABLES, waited_for

_LINKS = re.compile(rb"\blinks\b")
_HIDDEN = re.compile(rb"\\[xuUN\r\n]")
"""A sign by which a word may be written otherwise in YAML."""
_BY_CONTENT = re.compile(rb"#[0-9a-f]{12}")
_CHANGES = re.compile(rb"\b(?:corrects|withdraws)\b")


class Undivided(NamedTuple):
    """Why a project is not judged in parts."""

    why: str
    """Key of a text below `parts` in tracker/lang."""
    file: str = ""
    """Where that was met."""


def undivided(folder: Path, project: Project) -> Undivided | None:
    """Why the project is judged as a whole; None where it may be judged in parts. Its plans must have been read."""
    if project.settings.recorded == "git":
        return Undivided("git")
    waited = waited_for(project.plans, project.renames)
    for plan in project.plans:
        if any(task.selects and task.id in waited for task in plan.tasks):
            return Undivided("selects", plan.at.file)
    for path, file in files_below(folder / "actuals", "actuals"):
        if why := _why(path, file):
            return Undivided(why, file)
    return None


def crowded(report: Report) -> Undivided | None:
    """A file with so many bad rows that their problems are counted: parts of them count differently."""
    lines: dict[str, set[int]] = {}
    for problem in report.problems:
        here = lines.setdefault(problem.place.file, set())
        here.add(problem.place.line)
        if problem.code == GROUPED or len(here) >= MOST:
            return Undivided("crowded", problem.place.file)
    return None


def _why(path: Path, file: str) -> str:
    """What of a file is the whole's alone; empty where nothing is."""
    suffix = path.suffix.lower()
    if is_mapping(file):
        return "mapped"
    try:
        if suffix in TABLES:
            with path.open("rb") as table:
                # Only a table with such a column names other entries, and hardly any has one.
                raw = table.read() if _CHANGES.search(table.readline()) else b""
        elif suffix in YAML:
            raw = path.read_bytes()
            if _LINKS.search(raw):
                return "links"
            if _HIDDEN.search(raw):
                return "escaped"
        else:
            return "parquet" if suffix == ".parquet" else ""
    except OSError:
        return ""
    return "unnamed" if _BY_CONTENT.search(raw) else ""

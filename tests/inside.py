"""Command lines run in this process: as the program's own door takes them, without the start of a process for each."""

import io
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from projects import ROOT

from tracker import read as reading
from tracker.cli import start
from tracker.kept import digest
from tracker.model.project import Project

READ = reading.read
MOST = 50
"""Projects that are held at once: more would be memory for nothing."""
_KNOWN: dict[str, Project] = {}


def once(
    folder: Path,
    starter_rules: Path | None = None,
    today: date = date.max,
    revision: reading.Revision | None = None,
    **more: Any,
) -> Project:
    """What reading gives; the same again where not a byte of the files has changed, as the program itself keeps projects.

    What depends on more than the files is read every time: a commit, a query, a part, records kept by columns, and a
    project that git has a say in.
    """
    usual = revision is None and more.get("environment") is None and more.get("share") is None and more.get("grid") != "grid"
    name = digest(folder, starter_rules) if starter_rules and usual else None
    if name in _KNOWN:
        return _KNOWN[name]
    project = READ(folder, starter_rules, today, revision, **more)
    if name is not None and not project.bulk and "git" not in (project.settings.recorded, project.settings.plan_history):
        if len(_KNOWN) == MOST:
            del _KNOWN[next(iter(_KNOWN))]
        _KNOWN[name] = project
    return project


class Ran(NamedTuple):
    """What came of a command line."""

    code: int | None
    out: str
    err: str


def tracker(
    *words: str, cwd: Path = ROOT, width: int = 80, by: Callable[[list[str]], int | None] = start, **environment: str,
) -> Ran:
    """Exit code, what it printed, and what it said of trouble. Nothing of the caller's terminal is seen.

    `by` is the door that is gone in by.
    """
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2)]
    here = Path.cwd()
    seen = {"COLUMNS": str(width), "TRACKER_LANG": "", "NO_COLOR": "", "TRACKER_CACHE": "", **environment}
    os.chdir(cwd)
    try:
        with (
            mock.patch.dict(os.environ, seen),
            mock.patch.object(sys, "argv", ["tracker", *words]),
            mock.patch.object(sys, "stdout", streams[0]),
            mock.patch.object(sys, "stderr", streams[1]),
            mock.patch.object(reading, "read", once if reading.read is READ else reading.read),
        ):
            code = by(list(words))
    finally:
        os.chdir(here)
    out, trouble = (stream.buffer.getvalue().decode() for stream in streams)
    return Ran(code, out, trouble)

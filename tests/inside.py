"""Command lines run in this process: as the program's own door takes them, without the start of a process for each."""

import io
import os
import sys
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from projects import ROOT

from tracker.cli import start


class Ran(NamedTuple):
    """What came of a command line."""

    code: int
    out: str
    err: str


def tracker(*words: str, cwd: Path = ROOT, width: int = 80, **environment: str) -> Ran:
    """Exit code, what it printed, and what it said of trouble. Nothing of the caller's terminal is seen."""
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
        ):
            code = start(words)
    finally:
        os.chdir(here)
    out, trouble = (stream.buffer.getvalue().decode() for stream in streams)
    return Ran(code, out, trouble)

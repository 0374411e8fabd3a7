"""Command lines run in this process: as the program's own door takes them, without the start of a process for each."""

import io
import os
import sys
from pathlib import Path
from unittest import mock

from projects import ROOT

from tracker.cli import start


def tracker(*words: str, cwd: Path = ROOT, width: int = 80) -> tuple[int, str, str]:
    """Exit code, what it printed, and what it said of trouble. Nothing of the caller's terminal is seen."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2)]
    here = Path.cwd()
    environment = {"COLUMNS": str(width), "TRACKER_LANG": "", "NO_COLOR": ""}
    os.chdir(cwd)
    try:
        with (
            mock.patch.dict(os.environ, environment),
            mock.patch.object(sys, "argv", ["tracker", *words]),
            mock.patch.object(sys, "stdout", streams[0]),
            mock.patch.object(sys, "stderr", streams[1]),
        ):
            code = start(words)
    finally:
        os.chdir(here)
    out, trouble = (stream.buffer.getvalue().decode() for stream in streams)
    return code, out, trouble

"""`tracker record` on a copy of the invented province, and what stands there afterwards."""

import io
import json
import sys
from datetime import date
from pathlib import Path
from unittest import mock

from inside import Ran, tracker
from projects import ROOT

from tracker.read import read

DAY = date(2024, 10, 20)
REPORT = ("--task", "12-KH/5.1", "--unit", "bdt", "--period", "tháng 4/2024", "--date", "04/10/2024", "--doc", "120-BC/BDT")
HOURS = ("--task", "12-KH/2.1", "--unit", "bdt", "--date", "30/9/2024", "--quantity", "2 hội nghị", "--doc", "9-BC/BDT")


def record(root: Path, *words: str, given: object = None, **environment: str) -> Ran:
    raw = given if isinstance(given, bytes) else json.dumps(given).encode() if given is not None else b""
    with mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw))):
        return tracker("record", *words, cwd=root, **environment)


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "actuals").rglob("*") if path.is_file()}


def project(root: Path):
    return read(root, ROOT / "rules")

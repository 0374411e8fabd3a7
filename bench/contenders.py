"""Who takes part: found by walking the folders of hand, peers and floors; and `tracker` itself, in each of its ways."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bench.job import AS_OF

HERE = Path(__file__).parent
ROOT = HERE.parent
CSV, PARQUET = "csv", "parquet"
FORMATS = {"ours": (CSV,), "hand": (CSV, PARQUET), "peers": (CSV,), "floors": (CSV, PARQUET)}
OURS = {
    "check": (("--engine", "plain"), (CSV, PARQUET)),
    "check --engine grid": (("--engine", "grid"), (CSV, PARQUET)),
    "check --engine grid -f csv": (("--engine", "grid", "--format", "csv:{out}/report.csv"), (CSV, PARQUET)),
    "check --cache": (("--cache",), (CSV,)),
    "check --parts 2": (("--parts", "2"), (CSV,)),
}
"""Ways of `tracker`, with the options that make them and the formats that they are measured on."""


class Contender(NamedTuple):
    """One way to do the job."""

    group: str
    name: str
    format: str
    says: str
    """What it is, in a line."""
    command: tuple[str, ...]
    """With {world} and {out} to be filled in."""
    absent: str = ""
    """Why it cannot run."""

    @property
    def label(self) -> str:
        """How it is named in the table."""
        return f"{self.group}/{self.name}" + ("" if self.format == CSV else " (Parquet)")


def contenders(only: tuple[str, ...] = ()) -> list[Contender]:
    """All of them, or those whose label has one of these words in it."""
    found = [
        Contender("ours", f"tracker {name}", format_, "plain core" if name == "check" else " ".join(options),
                  tracker_check(options, format_), _absent(options, format_))
        for name, (options, formats) in OURS.items()
        for format_ in formats
    ]  # fmt: skip
    for group in ("hand", "peers", "floors"):
        for path in sorted((HERE / group).glob("[a-z]*.py")):
            says = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").splitlines()[0]
            for format_ in FORMATS[group]:
                if format_ == PARQUET and (path.stem == "plain_python" or path.stem.startswith("import_")):
                    continue
                command = (sys.executable, "-m", f"bench.{group}.{path.stem}", "{world}", format_, "{out}")
                found.append(Contender(group, path.stem, format_, says, command))
    return [one for one in found if not only or any(word in one.label for word in only)]


def tracker_check(options: tuple[str, ...], format_: str) -> tuple[str, ...]:
    """The command, with these options."""
    written = () if "--format" in options else ("--format", "jsonl:{out}/report.jsonl")
    return (
        sys.executable, "-m", "tracker", "check", *options, "--project", f"{{world}}/{format_}",
        "--as-of", AS_OF.isoformat(), "--fail-on", "never", *written,
    )  # fmt: skip


@cache
def _help() -> str:
    command = (sys.executable, "-m", "tracker", "check", "--help")
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=True).stdout


def _absent(options: tuple[str, ...], format_: str) -> str:
    if options and options[0] not in _help():
        return f"not there: no {options[0]}"
    if format_ == PARQUET and not (ROOT / "tracker" / "read" / "formats" / "parquet.py").exists():
        return "not there: reads no Parquet"
    return ""

"""What the output can show: columns, colour, or one thing a line."""

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class Screen(NamedTuple):
    """What the output can show."""

    width: int
    """Columns."""
    color: bool
    plain: bool
    """One thing a line, no drawing: for screen readers and e-mail."""


def screen(*, plain: bool = False, no_color: bool = False, output: "Path | None" = None) -> Screen:
    """80 columns off a terminal unless COLUMNS says otherwise; no colour off one, with NO_COLOR, or on a dumb one."""
    columns = terminal() if output is None else None
    asked = os.environ.get("COLUMNS", "")
    if asked.isascii() and asked.isdigit() and int(asked[:5]) > 0:
        width = int(asked[:5])
    else:
        width = 80 if columns is None else columns
    dumb = os.environ.get("TERM") == "dumb"
    color = columns is not None and not plain and not no_color and not dumb and not os.environ.get("NO_COLOR")
    return Screen(min(max(width, 40), 200), color, plain)


def terminal() -> int | None:
    """Columns of the terminal that stdout is; None where it is none."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    return os.get_terminal_size(sys.stdout.fileno()).columns

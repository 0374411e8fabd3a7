"""One more line or key at the end of a file that is there; nothing else in it changes, or nothing is written."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from tracker import door
from tracker.cli import spoken


def append_key(root: Path, file: str, key: str, lines: Sequence[str]) -> None:
    """Write one more key at the end of a file of the project; nothing else in it changes, or nothing is written.

    Raises click.UsageError where the file cannot take it.
    """
    from tracker.read.append import with_key
    from tracker.read.door import decode
    from tracker.read.values import Refusal

    raw = (root / file).read_bytes()
    source, problems = decode(raw, file)
    if source is None or problems:
        raise click.UsageError(spoken().problem(problems[0]))
    text = with_key(source, raw.decode("utf-8"), key, lines)
    if isinstance(text, Refusal):
        raise click.UsageError(spoken().refusal(text.code, text.args))
    door.write_bytes(text.encode(), root / file)


def append_line(file: Path, line: str, size: int) -> None:
    """Write one line at the end of a file that had this many bytes when it was read: it is there whole, or not at all.

    Raises click.UsageError where it cannot be written, and where another run wrote in between.
    """
    data = line.encode() + b"\n"
    try:
        number = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        try:
            if sys.platform != "win32":
                import fcntl

                fcntl.flock(number, fcntl.LOCK_EX)  # until it is closed
            if os.fstat(number).st_size != size:
                raise click.UsageError(spoken()("usage.history_busy", file=str(file)))
            if os.write(number, data) != len(data):
                os.ftruncate(number, size)
                raise OSError(None, "disk full")
            os.fsync(number)
        finally:
            os.close(number)
    except OSError as error:
        said = spoken()("usage.history_cannot_write", file=str(file), why=error.strerror or "")
        raise click.UsageError(said) from error

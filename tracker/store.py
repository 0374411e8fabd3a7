"""Entries onto the disk: one writer at a time, whole or not at all, and there before anybody is told so.

A file is written beside its old self, brought to the disk, and put in its place in one step; a reader sees the old one
or the new one. The lock dies with its holder, so that a process that was killed blocks nobody: the file of the lock
that stays behind in `.tracker/` means nothing.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from tracker.read.door import Source, decode
from tracker.read.entries import Entry, with_entries
from tracker.read.values import Refusal

FOLDER = ".tracker"
"""What is the program's own in a project; no data, and ignored by git."""
WAIT = 60.0
"""Seconds for which a writer waits for the others."""
_HALF = ".tracker-half"
"""How the name of a file ends that is not written to its end."""


class Addition(NamedTuple):
    """What is to be added to one log."""

    file: str
    """Path relative to the project; the file need not exist."""
    unit: str
    """Whose log it is: written at the head of a new file, and of no meaning for one that exists."""
    entries: Sequence[Entry]
    key: str = "entries"
    """Under which key they stand."""


class Busy(Exception):  # noqa: N818 - no error of the program: another one is at work
    """Another writer has held the lock for too long."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.refusal = Refusal("append-busy", {"file": file})


@contextmanager
def held(root: Path, wait: float = WAIT) -> Iterator[None]:
    """Be the only writer of a project. What is decided on was read inside, or it may be old.

    Raises Busy after so many seconds, and OSError where the folder cannot be written to.
    """
    from filelock import FileLock, Timeout

    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    ignored = folder / ".gitignore"
    if not ignored.exists():
        ignored.write_text("*\n", encoding="utf-8")
    lock = FileLock(folder / "lock", timeout=wait)
    try:
        lock.acquire()
    except Timeout as late:
        raise Busy(f"{FOLDER}/lock") from late
    try:
        yield
    finally:
        lock.release()


def append(root: Path, additions: Sequence[Addition]) -> Refusal | None:
    """Add entries to logs, behind those that are there; nothing is written where any of it is refused.

    The caller holds the lock. When this returns None, everything is on the disk. Each file is replaced whole; several
    files are replaced one after the other, so that a crash in between leaves the first ones done.
    """
    ready: list[tuple[Path, bytes, bytes]] = []
    for addition in additions:
        path = Path(os.path.realpath(root / addition.file))
        try:
            raw = path.read_bytes() if path.exists() else b""
        except OSError as error:
            return Refusal("append-write", {"file": addition.file, "why": error.strerror or ""})
        text = _added(raw, addition)
        if isinstance(text, Refusal):
            return text
        ready.append((path, raw, text.encode()))
    for (path, raw, data), addition in zip(ready, additions, strict=True):
        try:
            if (path.read_bytes() if path.exists() else b"") != raw:
                return Refusal("append-changed", {"file": addition.file})
            replace(path, data)
        except OSError as error:
            return Refusal("append-write", {"file": addition.file, "why": error.strerror or ""})
    return None


def _added(raw: bytes, addition: Addition) -> str | Refusal:
    if not raw:
        return with_entries(Source(addition.file, ""), "", addition.entries, addition.unit, addition.key)
    source, problems = decode(raw, addition.file, bidi=True)
    if source is None:
        return Refusal(problems[0].code, problems[0].args)
    return with_entries(source, raw.decode(), addition.entries, addition.unit, addition.key)


def replace(path: Path, data: bytes) -> None:
    """Put a file in the place of the one that is there, if any; on the disk when this returns. Raises OSError."""
    made = _made(path.parent)
    for left in path.parent.glob(f".*{_HALF}"):
        # Of a writer that was killed: whoever holds the lock is alone.
        with suppress(OSError):
            left.unlink()
    half = path.with_name(f".{path.name}{_HALF}")
    try:
        with half.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            half.chmod(path.stat().st_mode & 0o777)
        half.replace(path)
    except OSError:
        half.unlink(missing_ok=True)
        raise
    for folder in (path.parent, *made):
        _settle(folder)


def _made(folder: Path) -> Sequence[Path]:
    """Make a folder and those above it; the folders that have something new in them."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return [one.parent for one in missing]


def _settle(folder: Path) -> None:
    """Bring the names in a folder to the disk; Windows does so by itself, and knows no such call."""
    if sys.platform == "win32":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)

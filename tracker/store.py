"""Entries onto the disk: one writer at a time, whole or not at all, and there before anybody is told so.

A file is written beside its old self, brought to the disk, and put in its place in one step; a reader sees the old one
or the new one. Several files are one step as well: what is to become of them is written down first (the journal), and
whoever meets that before it was carried out, the next writer or a reader, carries it out. The lock dies with its
holder, so that a process that was killed blocks nobody: the file of the lock that stays behind in `.tracker/` means
nothing.
"""

import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from time import sleep
from typing import Any, NamedTuple

from tracker.read.door import Source, decode
from tracker.read.entries import ENTRIES, Entry, says, with_entries
from tracker.read.values import Refusal
from tracker.steady import FOLDER as OWN_FOLDER, JOURNAL, LAST

FOLDER = OWN_FOLDER
WAIT = 60.0
"""Seconds for which a writer waits for the others."""
WINDOWS = os.name == "nt"
_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4, 0.8)
"""Seconds for which a file that somebody has open is waited for, again and again."""
_HALF = ".tracker-half"
"""How the name of a file ends that is not written to its end."""


class Addition(NamedTuple):
    """What is to be added to one log."""

    file: str
    """Path relative to the project; the file need not exist."""
    unit: str
    """Whose log it is: written at the head of a new file, and of no meaning for one that exists."""
    entries: Sequence[Entry]
    key: str = ENTRIES
    """The list that takes them."""


class Busy(Exception):  # noqa: N818 - no error of the program: another one is at work
    """Another writer has held the lock for too long, or left something that cannot be completed."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


class _Change(NamedTuple):
    """A file that is to be replaced."""

    path: Path
    before: bytes
    after: bytes
    addition: Addition


@contextmanager
def held(root: Path, wait: float = WAIT) -> Iterator[None]:
    """Be the only writer of a project. What is decided on was read inside, or it may be old.

    What a killed writer had begun is completed first. Raises Busy after so many seconds, or where that cannot be
    completed, and OSError where the folder cannot be written to.
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
        raise Busy(Refusal("append-busy", {"file": f"{FOLDER}/lock"})) from late
    try:
        _swept(folder)
        if refusal := _completed(root):
            raise Busy(refusal)
        yield
    finally:
        lock.release()


def complete(root: Path, wait: float = WAIT) -> Refusal | None:
    """Carry out what a killed writer had begun; why not, where that cannot be. For readers: writers do it by `held`."""
    try:
        with held(root, wait):
            return None
    except Busy as busy:
        return busy.refusal
    except OSError as error:
        return Refusal("append-unfinished", {"file": f"{FOLDER}/{JOURNAL}", "why": error.strerror or ""})


def append(root: Path, additions: Sequence[Addition]) -> Refusal | None:
    """Add entries to logs, behind those that are there; nothing is written where any of it is refused.

    The caller holds the lock. When this returns None, everything is on the disk. Several files are changed all or none,
    also where the process is killed in between.
    """
    changes: list[_Change] = []
    for addition in additions:
        path = Path(os.path.realpath(root / addition.file))
        try:
            raw = _bytes(path)
        except OSError as error:
            return _unwritten(addition, error)
        text = _added(raw, addition)
        if isinstance(text, Refusal):
            return text
        changes.append(_Change(path, raw, text.encode(), addition))
    # No journal speaks of a log that lies outside the project by a link.
    apart = len(changes) < 2 or any(_inside(root, change.addition.file) is None for change in changes)
    for change in changes:
        try:
            if _bytes(change.path) != change.before:
                return Refusal("append-changed", {"file": change.addition.file})
            if apart:
                replace(change.path, change.after)
        except OSError as error:
            return _unwritten(change.addition, error)
    return None if apart else _together(root, changes)


def _together(root: Path, changes: Sequence[_Change]) -> Refusal | None:
    """Replace several files in one step: each is on the disk beside its old self before the journal says so."""
    journal = root / FOLDER / JOURNAL
    halves: list[Path] = []
    now = changes[0]
    folders = list(dict.fromkeys(change.path.parent for change in changes))
    try:
        for folder in folders:
            _swept(folder)
        more: list[Path] = []
        for now in changes:
            halves.append(_half_of(now.path))
            more += _half_written(now.path, now.after)
        for folder in dict.fromkeys((*folders, *more)):
            _settle(folder)
        replace(journal, _noted(changes))
    except OSError as error:
        for half in (journal, *halves):
            half.unlink(missing_ok=True)
        return _unwritten(now.addition, error)
    done: list[_Change] = []
    try:
        for now in changes:
            _renamed(_half_of(now.path), now.path)
            done.append(now)
        for folder in folders:
            _settle(folder)
        # Where a crash of the machine brings the journal back, it finds nothing left to do.
        _renamed(journal, root / FOLDER / LAST)
    except OSError as error:
        return _rolled_back(journal, changes, done, _unwritten(now.addition, error))
    return None


def _rolled_back(journal: Path, changes: Sequence[_Change], done: Sequence[_Change], why: Refusal) -> Refusal:
    """Put the files back that were replaced before one could not be; where that fails, the journal stays."""
    try:
        for change in done:
            if change.before:
                replace(change.path, change.before)
            else:
                change.path.unlink()
        journal.unlink(missing_ok=True)
    except OSError:
        return Refusal("append-unfinished", why.args)
    for change in changes:
        _half_of(change.path).unlink(missing_ok=True)
    return why


def _noted(changes: Sequence[_Change]) -> bytes:
    """The journal: of each file what it was and will be, and the entries, for one that somebody changes meanwhile."""
    lines = [
        {
            "before": _digest(change.before),
            "after": _digest(change.after),
            "addition": change.addition._asdict(),
        }
        for change in changes
    ]
    # Entries may be any mapping, with tuples in it.
    return json.dumps({"version": 1, "files": lines}, ensure_ascii=False, default=dict).encode()


def _completed(root: Path) -> Refusal | None:
    """Carry the journal out, if there is one. The caller holds the lock. Raises OSError."""
    journal = root / FOLDER / JOURNAL
    if not journal.exists():
        return None
    stuck = Refusal("append-unfinished", {"file": f"{FOLDER}/{JOURNAL}", "why": "JSON"})
    try:
        lines = [(line["before"], line["after"], Addition(**line["addition"])) for line in _lines(journal.read_bytes())]
    except (ValueError, LookupError, TypeError):
        return stuck
    for before, after, addition in lines:
        path = _inside(root, addition.file)
        if path is None:
            # Only what was written here is carried out: a project may bring a journal of somebody else along.
            return stuck
        half = _half_of(path)
        raw = _bytes(path)
        if _digest(raw) == after:
            continue
        if _digest(raw) == before and half.exists() and _digest(half.read_bytes()) == after:
            _renamed(half, path)
            _settle(path.parent)
        elif not says(raw, addition.file, addition.entries):  # else it was carried out, and changed behind that
            # Somebody changed the file by hand since: the entries go behind what it says now.
            text = _added(raw, addition)
            if isinstance(text, Refusal):
                return Refusal("append-unfinished", {"file": addition.file, "why": f"{FOLDER}/{JOURNAL}"})
            replace(path, text.encode())
    _renamed(journal, root / FOLDER / LAST)
    return None


def _lines(written: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(written)["files"]
    return found


def _inside(root: Path, file: str) -> Path | None:
    """Where a log of the project lies; None for one that lies, perhaps by a link, anywhere else."""
    path = Path(os.path.realpath(root / file))
    return path if path.is_relative_to(os.path.realpath(root / "actuals")) else None


def _unwritten(addition: Addition, error: OSError) -> Refusal:
    return Refusal("append-write", {"file": addition.file, "why": error.strerror or ""})


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _digest(raw: bytes) -> str:
    return sha256(raw).hexdigest() if raw else ""


def _added(raw: bytes, addition: Addition) -> str | Refusal:
    if not raw:
        return with_entries(Source(addition.file, ""), "", addition.entries, addition.unit, addition.key)
    source, problems = decode(raw, addition.file, bidi=True)
    if source is None:
        return Refusal(problems[0].code, problems[0].args)
    return with_entries(source, raw.decode(), addition.entries, addition.unit, addition.key)


def replace(path: Path, data: bytes) -> None:
    """Put a file in the place of the one that is there, if any; on the disk when this returns. Raises OSError."""
    _swept(path.parent)
    try:
        made = _half_written(path, data)
        _renamed(_half_of(path), path)
    except OSError:
        _half_of(path).unlink(missing_ok=True)
        raise
    for folder in (path.parent, *made):
        _settle(folder)


def _half_of(path: Path) -> Path:
    return path.with_name(f".{path.name}{_HALF}")


def _swept(folder: Path) -> None:
    """Take away what a writer left that was killed: whoever holds the lock is alone."""
    for left in folder.glob(f".*{_HALF}"):
        with suppress(OSError):
            left.unlink()


def _half_written(path: Path, data: bytes) -> Sequence[Path]:
    """The new file beside the old one, on the disk; the folders above that had to be made, or have one more in them."""
    made = _made(path.parent)
    half = _half_of(path)
    with half.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        half.chmod(path.stat().st_mode & 0o777)
    return made


def _renamed(half: Path, path: Path) -> None:
    """Put it in its place. Windows refuses while somebody reads the old one, which is over in a moment, mostly."""
    for pause in _PAUSES:
        try:
            half.replace(path)
        except PermissionError:
            if not WINDOWS:
                raise
            sleep(pause)
        else:
            return
    half.replace(path)


def _made(folder: Path) -> Sequence[Path]:
    """Make a folder and those above it; the folders that have something new in them."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return [one.parent for one in missing]


def _settle(folder: Path) -> None:
    """Bring the names in a folder to the disk; Windows does so by itself, and knows no such call."""
    if WINDOWS:
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)

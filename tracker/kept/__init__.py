"""A project that was read before and has not changed: its records as JSON, under a digest of all that made them.

What a run needs to read YAML is gone the second time. A kept project cannot be stale: its name is the digest of
every byte that was read, of the modules that read it, and of what is installed beside them. One that was damaged is not
believed: it begins with its own digest, and is made anew where that does not fit. It holds values alone, never code,
and lies in a folder of the user's, so that no repository brings one along. What a command said lies beside it in the
same way (tracker/again.py). Records and JSON are imported when they are wanted: most runs ask for digests alone.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.model.project import Project

SIZE_LIMIT = 8_000_000
"""Bytes of input up to which a project is kept: beyond, reading JSON costs as much as reading the files."""
KEPT_LIMIT = 50
"""Files of one kind that are kept; the one that was made longest ago goes first."""
PROJECT, ANSWER, TABLE, _HALF = ".json", ".said", ".table", ".tmp"
"""Endings of what is kept: a project, what a command said, a large table, and what is still being written."""
_PARTS = ("plans", "actuals", "rules", "tracker.yaml")
_PROGRAM = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def kept(
    folder: "Path", starter_rules: "Path", store: "Path", read: "Callable[[], Project]",
) -> "tuple[Project, str | None]":
    """The project of a folder: as it lies in `store`, or as `read` gives it, which is then kept there; and its digest.

    One that is too large, one that git has a say in, and a store that cannot be used: these are read, as ever. Without
    a digest is what must not be kept: its files are not all that it was made of.
    """
    name = digest(folder, starter_rules)
    if name is None:
        return read(), None
    from tracker.kept.values import Unkept, decoded, encoded

    file = store / f"{name}{PROJECT}"
    payload = found(file)
    if payload is not None:
        with suppress(ValueError, Unkept):
            return decoded(payload), name
    project = read()
    by_git = "git" in (project.settings.recorded, project.settings.plan_history)
    # What somebody wrote meanwhile may be among the records and not in the digest, or the other way round.
    if by_git or digest(folder, starter_rules) != name:
        return project, None
    with suppress(Unkept):
        keep(file, encoded(project))
    return project, name


def store(environment: Mapping[str, str]) -> str:
    """The user's own cache folder, as the systems have it.

    A library knows more about such folders, and takes longer to import than a kept project takes to read.
    """
    named = environment.get("XDG_CACHE_HOME") or environment.get("LOCALAPPDATA")
    if not named:
        usual = "Library/Caches" if sys.platform == "darwin" else ".cache"
        named = os.path.join(os.path.expanduser("~"), usual)
    return os.path.join(named, "tracker")


def digest(folder: "str | os.PathLike[str]", starter_rules: "str | os.PathLike[str]") -> str | None:
    """A name for all that a project is read from; None where that is more than is kept, or cannot be read.

    Files are named by texts here and not by `Path`: importing that takes as long as looking at a whole project.
    """
    told = sha256(program().encode())
    parts = [(name, f"{os.fspath(folder)}{os.sep}{name}") for name in _PARTS]
    left = SIZE_LIMIT
    try:
        own = parts[2][1]
        if not os.path.isdir(own) or os.listdir(own) == ["waivers"]:
            parts.append(("starter", os.fspath(starter_rules)))
        for name, part in parts:
            for path, is_file in _below(part):
                told.update(f"\0{name}\0".encode() + os.fsencode(path[len(part) :]))
                if is_file:
                    data = _bytes(path)
                    left -= len(data)
                    if left < 0:
                        return None
                    told.update(b"\0%d\0" % len(data) + data)
    except OSError:
        return None
    return told.hexdigest()


def _below(part: str) -> Iterator[tuple[str, bool]]:
    """The file itself, or every folder and file below the folder, in an order that does not depend on the disk."""
    if not os.path.isdir(part):
        if os.path.exists(part):
            yield part, os.path.isfile(part)
        return
    yield part, False
    with os.scandir(part) as entries:
        inside = sorted(entries, key=lambda entry: entry.name)
    yield from ((one.path, one.is_file()) for one in inside if not _folder(one))
    for one in inside:
        if _folder(one):
            yield from _below(one.path)


def _folder(entry: "os.DirEntry[str]") -> bool:
    """Whether it is a folder to go into; a link to one is told by its name alone, since it may lead in a ring."""
    return entry.is_dir(follow_symlinks=False)


def _bytes(path: str) -> bytes:
    """All of a file; a third of the time of a file object, which a project opens a hundred times."""
    number = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        blocks = []
        while block := os.read(number, 1 << 20):
            blocks.append(block)
        return b"".join(blocks)
    finally:
        os.close(number)


@cache
def program() -> str:
    """What reads and answers: this Python, what is installed beside us, every file of ours as Python itself knows it.

    Python takes a module for unchanged while its size and time are: its bytes would tell no more of what runs.
    """
    told = sha256(sys.version.encode())
    told.update("\0".join(_modules(_PROGRAM)).encode())
    for place in sorted({one for one in sys.path if one.endswith("-packages")}):
        with suppress(OSError):
            names = sorted(name for name in os.listdir(place) if name.endswith(".dist-info"))
            told.update("\0".join(names).encode())
    return told.hexdigest()


def _modules(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for one in sorted(entries, key=lambda entry: entry.name):
            if one.is_dir():
                if one.name != "__pycache__":
                    yield from _modules(one.path)
            else:
                about = one.stat()
                yield f"{one.path} {about.st_size} {about.st_mtime_ns}"


def found(file: "str | os.PathLike[str]") -> bytes | None:
    """What was kept there; None where nothing was, or where it is not what was kept."""
    try:
        head, _, payload = _bytes(os.fspath(file)).partition(b"\n")
    except OSError:
        return None
    return payload if head == sha256(payload).hexdigest().encode() else None


def keep(file: "Path", payload: bytes, most: int | None = None) -> None:
    """Write it whole or not at all, and let go of what is too much; a folder that cannot be written changes nothing."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(f".{os.urandom(4).hex()}{_HALF}")
        beside.write_bytes(sha256(payload).hexdigest().encode() + b"\n" + payload)
        beside.replace(file)
        every = [one for one in file.parent.iterdir() if one.suffix in {file.suffix, _HALF}]
        limit = KEPT_LIMIT if most is None else most
        if len(every) > limit:
            for old in sorted(every, key=lambda one: one.stat().st_mtime_ns)[:-limit]:
                with suppress(OSError):  # another process did so first
                    old.unlink()

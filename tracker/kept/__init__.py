"""A project that was read before and has not changed: its records as JSON, under a digest of all that made them.

What a run needs of YAML and pydantic is gone the second time. A kept project cannot be stale: its name is the digest of
every byte that was read, of the modules that read it, and of what is installed beside them. One that was damaged is not
believed: it begins with its own digest, and is made anew where that does not fit. It holds values alone, never code,
and lies in a folder of the user's, so that no repository brings one along.
"""

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path

from tracker.kept.values import Unkept, decoded, encoded
from tracker.model.project import Project

SIZE_LIMIT = 8_000_000
"""Bytes of input up to which a project is kept: beyond, reading JSON costs as much as reading the files."""
KEPT_LIMIT = 50
"""Projects that are kept; the one that was made longest ago goes first."""
_PARTS = ("plans", "actuals", "rules", "tracker.yaml")
_PROGRAM = Path(__file__).parent.parent
_READERS = ("model", "read", "where", "lang", "kept")
"""Folders of the program that decide what a file comes to, beside its modules at the top."""


def kept(folder: Path, starter_rules: Path, store: Path, read: Callable[[], Project]) -> Project:
    """The project of a folder: as it lies in `store`, or as `read` gives it, which is then kept there.

    One that is too large, one that git has a say in, and a store that cannot be used: these are read, as ever.
    """
    name = digest(folder, starter_rules)
    if name is None:
        return read()
    file = store / f"{name}.json"
    found = _found(file)
    if found is not None:
        return found
    project = read()
    by_git = "git" in (project.settings.recorded, project.settings.plan_history)
    # What somebody wrote meanwhile may be among the records and not in the digest, or the other way round.
    if not by_git and digest(folder, starter_rules) == name:
        with suppress(OSError, Unkept):
            _keep(file, encoded(project))
    return project


def store(environment: Mapping[str, str]) -> Path:
    """The user's own cache folder, as the systems have it.

    A library knows more about such folders, and takes longer to import than a kept project takes to read.
    """
    named = environment.get("XDG_CACHE_HOME") or environment.get("LOCALAPPDATA")
    if named:
        return Path(named) / "tracker"
    return Path("~").expanduser() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "tracker"


def digest(folder: Path, starter_rules: Path) -> str | None:
    """A name for all that a project is read from; None where that is more than is kept, or cannot be read."""
    told = sha256(_program().encode())
    parts = [(name, folder / name) for name in _PARTS]
    left = SIZE_LIMIT
    try:
        own = folder / "rules"
        if not own.is_dir() or {one.name for one in own.iterdir()} == {"waivers"}:
            parts.append(("starter", starter_rules))
        for name, part in parts:
            for path in _below(part):
                told.update(f"\0{name}\0".encode() + os.fsencode(path.relative_to(part)))
                if path.is_file():
                    data = path.read_bytes()
                    left -= len(data)
                    if left < 0:
                        return None
                    told.update(b"\0%d\0" % len(data) + data)
    except OSError:
        return None
    return told.hexdigest()


def _below(part: Path) -> Iterator[Path]:
    """The file itself, or every folder and file below the folder, in an order that does not depend on the disk."""
    if not part.is_dir():
        if part.exists():
            yield part
        return
    for root, folders, files in os.walk(part, onerror=_raise):
        folders.sort()
        yield Path(root)
        yield from (Path(root) / file for file in sorted(files))


def _raise(error: OSError) -> None:
    raise error


@cache
def _program() -> str:
    """What reads the files: this Python, what is installed beside us, every module of ours as Python itself knows it.

    Python takes a module for unchanged while its size and time are: its bytes would tell no more of what runs.
    """
    told = sha256(sys.version.encode())
    for folder in (_PROGRAM, *map(_PROGRAM.joinpath, _READERS)):
        for path in _modules(folder, deep=folder != _PROGRAM):
            about = path.stat()
            told.update(f"{path.path} {about.st_size} {about.st_mtime_ns}\0".encode())
    for place in sorted({one for one in sys.path if one.endswith("-packages")}):
        with suppress(OSError):
            names = sorted(one.name for one in Path(place).iterdir() if one.suffix == ".dist-info")
            told.update("\0".join(names).encode())
    return told.hexdigest()


def _modules(folder: Path, *, deep: bool) -> Iterator["os.DirEntry[str]"]:
    with os.scandir(folder) as found:
        for one in sorted(found, key=lambda entry: entry.name):
            if one.name.endswith(".py"):
                yield one
            elif deep and one.is_dir() and one.name != "__pycache__":
                yield from _modules(Path(one.path), deep=True)


def _found(file: Path) -> Project | None:
    """What was kept there; None where nothing was, or where it is not what was kept."""
    try:
        head, _, payload = file.read_bytes().partition(b"\n")
        whole = head.decode("ascii") == sha256(payload).hexdigest()
        return decoded(payload) if whole else None
    except (OSError, ValueError, Unkept):
        return None


def _keep(file: Path, payload: bytes) -> None:
    """Write it whole or not at all, and let go of what is too much."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(f".{os.urandom(4).hex()}.tmp")
    beside.write_bytes(sha256(payload).hexdigest().encode() + b"\n" + payload)
    beside.replace(file)
    every = [one for one in file.parent.iterdir() if one.suffix in {".json", ".tmp"}]
    if len(every) > KEPT_LIMIT:
        for old in sorted(every, key=lambda one: one.stat().st_mtime_ns)[:-KEPT_LIMIT]:
            with suppress(OSError):  # another process did so first
                old.unlink()

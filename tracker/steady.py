"""Reading while others write: what is read is of one moment, as far as this program writes it.

A writer who changes several logs in one call writes a journal first and carries it out then (tracker/store.py). What
is read before that and in the middle of it is read again.
"""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ".tracker"
"""What is the program's own in a project; no data, and ignored by git."""
JOURNAL, LAST = "journal", "last"
"""What is being changed together; what was changed so the last time."""
_TRIES = 5
"""Times that are read while others go on writing; then what was read last has to do."""

Read = TypeVar("Read")


def steadily(root: "Path", read: Callable[[], Read], complete: "Callable[[Path], None]") -> Read:
    """What `read` gives, read so that it holds all that was written together, or nothing of it.

    `complete` carries out what a writer began, or waits for the one who is at it.
    """
    for _ in range(_TRIES):
        if _changed(root, JOURNAL):
            complete(root)
        before = moment(root)
        found = read()
        if moment(root) == before:
            break
    return found


def moment(root: "Path") -> object:
    """What is the same as long as nobody wrote several logs together."""
    return (_changed(root, JOURNAL), _changed(root, LAST))


def _changed(root: "Path", name: str) -> tuple[int, int] | None:
    """By what one state of a file is told from another; None where it is not there."""
    try:
        found = os.stat(root / FOLDER / name)  # noqa: PTH116 - twice at every start: no object for the path's parts
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino

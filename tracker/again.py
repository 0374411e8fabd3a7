"""The same question again: what was said the last time, where nothing has changed that the answer is made of.

What a command prints is a function of the project's files, the program, the words of the command line, the day, and
what the environment says of terminal and language. With --cache the answer is kept under the digest of all these, and
given again before anything is imported that reads, judges or draws. Whatever is not the same to the byte is another
question. What it lies in, and why it can be believed: tracker/kept.
"""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date

from tracker.clock import today
from tracker.screen import terminal
from tracker.steady import FOLDER, JOURNAL

COMMANDS = frozenset({"status", "check"})
"""Commands that keep what they said; others are not looked for."""
SIZE_LIMIT = 1_000_000
"""Bytes of an answer up to which it is kept."""
_NAMES = frozenset(
    {
        "COLUMNS", "LINES", "TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE",
        "UNICODE_VERSION", "JUPYTER_COLUMNS", "JUPYTER_LINES", "LANGUAGE",
    },
)  # fmt: skip
"""Variables that we, or the libraries that draw and measure, look at; and, below, how others of them begin."""
_BEGINNINGS = ("TRACKER_", "_TRACKER_", "PYTHON", "LC_", "LANG")
_FINE = 0


class Said:
    """What a command says while it is noted, and all that it was asked by beside the project."""

    def __init__(self, words: Sequence[str], day: date) -> None:
        self.asked = (day.isoformat(), *surroundings(), *words)
        self.out: list[bytes] = []
        self.trouble: list[str] = []
        self.root = ""
        self.project: str | None = None
        """Digest of the project that was judged; None where the answer is made of more than its files."""

    def keep(self, code: int, day: date) -> None:
        """Keep it with the exit code that it came to, unless it is now another day than when the question was put."""
        out, trouble = b"".join(self.out), "".join(self.trouble).encode("utf-8", "surrogatepass")
        small = len(out) + len(trouble) <= SIZE_LIMIT
        if self.project is None or not small or day.isoformat() != self.asked[0]:
            return
        from pathlib import Path

        from tracker.kept import ANSWER, keep, store

        file = Path(store(os.environ)) / f"{_name(self.project, self.root, self.asked)}{ANSWER}"
        keep(file, b"%d %d\n" % (code, len(out)) + out + trouble)


def again(words: Sequence[str]) -> int | None:
    """Say what this command line said before, and give its exit code; None where that is not known: ask, then.

    Nothing has been said where it gives None.
    """
    wanted = "--cache" in words or os.environ.get("TRACKER_CACHE")
    if not wanted or COMMANDS.isdisjoint(words) or sys.stdout is None or sys.stderr is None:
        return None
    answer = _answer(words)
    if answer is None:
        return None
    code, out, trouble = answer
    try:
        if trouble:
            sys.stderr.write(trouble)
            sys.stderr.flush()
        sys.stdout.buffer.write(out)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader left, which is no fault; nothing may be tried again when Python closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _FINE
    return code


def _answer(words: Sequence[str]) -> tuple[int, bytes, str] | None:
    """Exit code, output, and what was said beside it, of the same question put before."""
    root = root_of(_folder(words))
    # What a writer has begun must be carried out first, and that is not done here.
    if root is None or os.path.exists(os.path.join(root, FOLDER, JOURNAL)):
        return None
    from tracker.kept import ANSWER, digest, found, store

    project = digest(root, starter_rules())
    if project is None:
        return None
    name = _name(project, root, (today().isoformat(), *surroundings(), *words))
    payload = found(os.path.join(store(os.environ), name + ANSWER))
    if payload is None:
        return None
    with suppress(ValueError):
        head, _, said = payload.partition(b"\n")
        code, length = map(int, head.split())
        return code, said[:length], said[length:].decode("utf-8", "surrogatepass")
    return None


def _folder(words: Sequence[str]) -> str | None:
    """The folder after --project. Where it is read otherwise than click does, the question is not found, no more."""
    for number, word in enumerate(words):
        if word == "--project":
            return words[number + 1] if number + 1 < len(words) else None
        if word.startswith("--project="):
            return word.removeprefix("--project=")
    return None


def root_of(folder: str | None) -> str | None:
    """The folder, or the nearest one upwards from here, that has plans/; None where there is none."""
    path = os.path.join(os.getcwd(), folder or "")
    while not os.path.isdir(os.path.join(path, "plans")):
        above = os.path.dirname(path)
        if folder or above == path:
            return None
        path = above
    return path


def starter_rules() -> str:
    """The rules that come with the program: inside the wheel, or this repository's rules/ in a checkout."""
    program = os.path.dirname(os.path.abspath(__file__))
    inside = os.path.join(program, "starter_rules")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(program), "rules")


def surroundings() -> Iterator[str]:
    """What an answer depends on beside the words: the variables that are looked at, and what stdout is."""
    for name, value in sorted(os.environ.items()):
        if name in _NAMES or name.startswith(_BEGINNINGS):
            yield f"{name}={value}"
    yield f"{sys.flags} {terminal()}"


def _name(project: str, root: str, asked: Sequence[str]) -> str:
    """The name of an answer: each part with its length before it, so that no two lists run into one text."""
    from hashlib import sha256

    told = sha256()
    for part in (project, os.path.realpath(root), *asked):
        text = os.fsencode(part)
        told.update(b"%d " % len(text) + text)
    return told.hexdigest()

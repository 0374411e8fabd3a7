"""The project's files as they were at a revision, by the program git; the work tree and the index are never touched.

The only module that starts a program. Nothing is asked of the user's configuration, and nothing of a repository is run
(no hooks, filters or pagers): only plumbing that prints objects.
"""

import os
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from tracker.read.values import Refusal

FOLDERS = ("plans", "actuals", "rules")
SETTINGS = "tracker.yaml"
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - the zone is added as minutes
_REGULAR = ("100644", "100755")
"""Modes of files; symbolic links and submodules are left out."""


class Commit(NamedTuple):
    """A revision."""

    hash: str
    day: date
    """The committer's day in the project's time zone, never before that of the commit before it."""


class Blob(NamedTuple):
    """A file of a revision."""

    path: str
    """Relative to the project, with forward slashes."""
    hash: str


def commit_of(folder: Path, ref: str, zone_minutes: int) -> Commit | Refusal:
    """The commit that a tag, branch, hash or HEAD~3 names."""
    if not ref or ref.startswith("-"):
        return Refusal("git-no-revision", {"ref": ref})
    found = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    if isinstance(found, Refusal):
        return Refusal("git-no-revision", {"ref": ref}) if found.code == "git-failed" else found
    name = found.decode("ascii", "replace").strip()
    shown = _git(folder, "show", "--no-patch", "--format=%ct", name)
    if isinstance(shown, Refusal):
        return shown
    return Commit(name, _day(shown.decode("ascii").split()[0], zone_minutes))


def history(folder: Path, path: str, zone_minutes: int, head: str = "HEAD") -> Sequence[Commit] | Refusal:
    """The commits of the main line (first parents) up to `head` that changed something below a path, oldest first.

    What came by a merge came on the day of the merge: that is when this line of history knew it. A shallow clone is
    refused, since its first commit would seem to have brought everything.
    """
    shallow = _git(folder, "rev-parse", "--is-shallow-repository")
    if isinstance(shallow, Refusal):
        return shallow
    if shallow.strip() == b"true":
        return Refusal("git-shallow")
    if isinstance(_git(folder, "rev-parse", "--verify", "--quiet", f"{head}^{{commit}}"), Refusal):
        return ()
    log = _git(folder, "log", "--first-parent", "--reverse", "--format=%H %ct", head, "--", path)
    if isinstance(log, Refusal):
        return log
    found: list[Commit] = []
    for line in log.decode("ascii").splitlines():
        name, _, seconds = line.partition(" ")
        day = _day(seconds, zone_minutes)
        # Clocks of different machines: what came later was not known earlier.
        found.append(Commit(name, max(day, found[-1].day) if found else day))
    return found


def files_at(folder: Path, commit: Commit, paths: Sequence[str] = (*FOLDERS, SETTINGS)) -> Sequence[Blob] | Refusal:
    """The files of the project at a commit, below these paths."""
    listed = _git(folder, "ls-tree", "-r", "-z", commit.hash, "--", *paths)
    if isinstance(listed, Refusal):
        return listed
    found = []
    for entry in filter(None, listed.split(b"\0")):
        about, _, name = entry.partition(b"\t")
        mode, _, hash_ = about.decode("ascii").split()
        path = os.fsdecode(name)
        if mode in _REGULAR and ".." not in path.split("/") and not path.startswith("/"):
            found.append(Blob(path, hash_))
    return found


def contents(folder: Path, hashes: Sequence[str]) -> dict[str, bytes] | Refusal:
    """The bytes of files by hash, as they were committed."""
    wanted = list(dict.fromkeys(hashes))
    if not wanted:
        return {}
    answer = _git(folder, "cat-file", "--batch", given="\n".join(wanted).encode() + b"\n")
    return answer if isinstance(answer, Refusal) else dict(_batch(answer))


def export(folder: Path, commit: Commit, into: Path) -> Refusal | None:
    """Write the project's files as they were at a commit below an empty folder, byte for byte."""
    blobs = files_at(folder, commit)
    if isinstance(blobs, Refusal):
        return blobs
    data = contents(folder, [blob.hash for blob in blobs])
    if isinstance(data, Refusal):
        return data
    for blob in blobs:
        path = into / blob.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data[blob.hash])
    return None


def _batch(answer: bytes) -> Iterator[tuple[str, bytes]]:
    """What `cat-file --batch` prints: a line with hash, type and size, the bytes, a line break."""
    at = 0
    while at < len(answer):
        end = answer.index(b"\n", at)
        hash_, _, size = answer[at:end].decode("ascii").split()
        first = end + 1
        yield hash_, answer[first : first + int(size)]
        at = first + int(size) + 1


def _day(seconds: str, zone_minutes: int) -> date:
    return (EPOCH + timedelta(seconds=int(seconds), minutes=zone_minutes)).date()


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes | Refusal:
    import subprocess

    # A hook or another program may have pointed these at a repository that is not the project's.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment |= {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}
    command = ["git", "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.quotepath=false", *arguments]
    try:
        done = subprocess.run(command, cwd=folder, env=environment, input=given, capture_output=True, check=False)  # noqa: S603 - no shell, and no word of the user stands where an option could
    except OSError:
        return Refusal("git-missing")
    answer, complaint = done.stdout, done.stderr
    if done.returncode == 0:
        return answer
    why = complaint.decode("utf-8", "replace").strip().splitlines()
    if any("not a git repository" in line for line in why):
        return Refusal("git-no-repository")
    return Refusal("git-failed", {"why": why[0] if why else str(done.returncode)})

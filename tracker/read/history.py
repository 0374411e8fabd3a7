"""What the repository knows of entries and promises: who came when, and what was changed without a word.

A later version of a file never rewrites what was known: an entry that was edited is a correction of the day of the
commit, one that vanished is taken back on that day.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from tracker.model.actual import Actual
from tracker.model.plan import Plan
from tracker.model.project import Edited, Settings
from tracker.model.source import Place
from tracker.read.actuals import Converter
from tracker.read.door import Source, decode
from tracker.read.elsewhere import read_file
from tracker.read.found import Found, text, value
from tracker.read.git import Blob, Commit, contents, files_at, history
from tracker.read.mapping import is_mapping
from tracker.read.settings import doubt
from tracker.read.shape import listed, plain
from tracker.read.values import Refusal, parse_key
from tracker.read.yaml import Keys, walk

FIELDS = ("due", "target")
"""What of a task is a promise."""


class Repository(NamedTuple):
    """Where history is asked for, and how far."""

    folder: Path
    """The project's folder within its repository."""
    settings: Settings
    today: date
    """Day of what is not committed yet."""
    head: str = "HEAD"
    """The last commit that counts."""


class _Version(NamedTuple):
    """The files below a folder at a commit."""

    commit: Commit
    blobs: Sequence[Blob]


def recorded_by_git(repository: Repository, found: Found) -> None:
    """Give every entry the day of the commit that brought it; entries that are not committed yet are of today.

    Where git cannot tell, that is a problem and the written days stay.
    """
    past = _past(repository, "actuals", found)
    if past is None:
        return
    versions, data = past
    log = _Log()
    cache: dict[tuple[str, str], list[Actual]] = {}
    for commit, blobs in versions:
        entries: list[Actual] = []
        for blob in blobs:
            key = (blob.path, blob.hash)
            if key not in cache:
                cache[key] = _entries(blob.path, data[blob.hash], found)
            entries += cache[key]
        log.turn(entries, commit.day, commit.hash[:12])
    log.turn(found.actuals, repository.today, "worktree", written=True)
    found.actuals = log.all(found.actuals)


class _Log:
    """Entries from version to version; whatever was once there stays, with the day on which it came."""

    def __init__(self) -> None:
        self.alive: dict[tuple[object, ...], list[Actual]] = {}
        self.gone: list[Actual] = []
        self.days: dict[int, Actual] = {}

    def turn(self, entries: Iterable[Actual], day: date, name: str, *, written: bool = False) -> None:
        """Take the next version: what is new came on its day, what is not there any more went on that day.

        `written` says that an entry's own word on when it was made counts: nothing else is known of it yet.
        """
        alive: dict[tuple[object, ...], list[Actual]] = {}
        added = []
        for entry in entries:
            content = _content(entry)
            if here := self.alive.get(content):
                known = here.pop(0)
                kept = entry._replace(recorded=known.recorded, corrects=known.corrects or entry.corrects)
                alive.setdefault(content, []).append(kept)
            else:
                added.append(entry)
        removed: dict[object, list[Actual]] = {}
        for rest in self.alive.values():
            for entry in rest:
                removed.setdefault(_slot(entry), []).append(entry)
        number = 0
        for entry in added:
            own = written and entry.recorded != entry.when.last
            came = max(entry.recorded if own else day, entry.when.first)
            fresh = entry._replace(recorded=came)
            if before := removed.get(_slot(entry)):
                number += 1
                old = self._bury(before.pop(0), f"{name}-{number}")
                if entry.corrects:
                    self._take_back(old, came)
                else:
                    fresh = fresh._replace(corrects=old.id)
            alive.setdefault(_content(entry), []).append(fresh)
        for rest in removed.values():
            for entry in rest:
                number += 1
                self._take_back(self._bury(entry, f"{name}-{number}"), max(day, entry.recorded))
        self.alive = alive

    def _bury(self, entry: Actual, name: str) -> Actual:
        """An entry that is not in the files any more keeps its day, and gets a name by which it was taken back."""
        old = entry._replace(id=f"git:{name}")
        self.gone.append(old)
        return old

    def _take_back(self, old: Actual, day: date) -> None:
        self.gone.append(
            Actual(old.unit, old.task, old.when, day, old.period, id=f"{old.id}-x", withdraws=old.id, at=old.at),
        )

    def all(self, order: Iterable[Actual]) -> list[Actual]:
        """Everything: the living in the order of their files, then what is gone."""
        return [*(self.alive[_content(entry)].pop(0) for entry in order), *self.gone]


def _content(entry: Actual) -> tuple[object, ...]:
    """All that an entry says, without where it stands and when its writer says that it was entered."""
    return entry._replace(recorded=date.min)[:-2]


def _slot(entry: Actual) -> object:
    return (entry.id, entry.unit, entry.period) if entry.id else (entry.unit, entry.task, entry.period)


def _entries(path: str, data: bytes, found: Found) -> list[Actual]:
    """The entries of an earlier version of a file, a table by its mapping of now; what was wrong then, nobody mends."""
    if is_mapping(path):
        return []
    mapped = next((one for one in found.tables if one.covers(path)), None)
    import tempfile

    then = Found()
    then.seen["unit"] = dict(found.of("unit"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"blob{PurePosixPath(path).suffix}"
        file.write_bytes(data)
        batch = read_file(file, path, mapped)
        if batch is not None:
            Converter(then).convert(batch)
    return then.actuals


def edited(repository: Repository, files_in: Path, found: Found) -> tuple[Edited, ...]:
    """The promises of earlier versions of plan files that stand otherwise in the files of a folder.

    Versions that another one replaced before the plan was issued are drafts and promise nothing.
    """
    past = _past(repository, "plans", found)
    if past is None:
        return ()
    versions, data = past
    files = sorted({plan.at.file for plan in found.plans})
    now = _promises((file, (files_in / file).read_bytes()) for file in files)
    by_key = {plan.key: plan for plan in found.plans}
    seen: dict[tuple[str, str], str] = {}
    edits: dict[tuple[str, str], Edited] = {}
    cache: dict[str, Mapping[tuple[str, str], str]] = {}
    told = [*_told(versions, data, cache), (repository.today, now)]
    for (day, promises), (until, _) in zip(told, [*told[1:], (date.max, now)], strict=True):
        for key, before in seen.items():
            if promises.get(key) != before and now.get(key) != before and key not in edits:
                edits[key] = _edit(by_key[_plan_of(key)], key, before, now, day)
        for key, words in promises.items():
            plan = by_key.get(_plan_of(key))
            if plan is not None and (plan.issued is None or plan.issued < until):
                seen.setdefault(key, words)
    # Where a task is gone, that is all there is to say of it.
    gone = {task for (task, what) in edits if what == "deleted"}
    return tuple(one for (task, what), one in sorted(edits.items()) if what == "deleted" or task not in gone)


def _told(
    versions: Sequence[_Version],
    data: Mapping[str, bytes],
    cache: dict[str, Mapping[tuple[str, str], str]],
) -> Iterator[tuple[date, Mapping[tuple[str, str], str]]]:
    for commit, blobs in versions:
        promises: dict[tuple[str, str], str] = {}
        for blob in blobs:
            if blob.hash not in cache:
                cache[blob.hash] = _promises([(blob.path, data[blob.hash])])
            promises |= cache[blob.hash]
        yield commit.day, promises


def _plan_of(key: tuple[str, str]) -> str:
    """The key of the plan of a task."""
    return key[0].rpartition("/")[0]


def _promises(files: Iterable[tuple[str, bytes]]) -> dict[tuple[str, str], str]:
    """Whole key of a task and what of it (deleted, due, target) to the words of the promise."""
    found: dict[tuple[str, str], str] = {}
    for file, raw in files:
        source, _ = decode(raw, file)
        root = walk(source).root if isinstance(source, Source) and file.endswith((".yaml", ".yml")) else None
        if not isinstance(root, Keys):
            continue
        number = text(root, "plan") or text(root, "programme")
        key = text(root, "key") or parse_key(number.partition("/")[0])
        if not number or isinstance(key, Refusal):
            continue
        for node in listed(root, "tasks", []):
            id_ = text(node, "id")
            if not id_:
                continue
            found[f"{key}/{id_}", "deleted"] = text(node, "title")
            for field in FIELDS:
                written = value(node, field)
                found[f"{key}/{id_}", field] = _words(plain(written)) if written is not None else ""
    return found


def _words(written: Any) -> str:
    if isinstance(written, dict):
        return ", ".join(f"{key}: {_words(one)}" for key, one in written.items())
    return str(written)


def _edit(
    plan: Plan, key: tuple[str, str], before: str, now: Mapping[tuple[str, str], str], day: date,
) -> Edited:
    task, what = key
    here = next((one for one in plan.tasks if one.id == task), None)
    at: Place = here.places.get(what, here.at) if here else plan.at
    decided = any(one.task == task and getattr(one, what, None) for one in plan.amended)
    return Edited(plan.id, task, what, before, now.get(key, ""), day, at, decided)


def _past(repository: Repository, path: str, found: Found) -> tuple[list[_Version], Mapping[str, bytes]] | None:
    """All versions of what lies below a folder, with the bytes of their files; None where git cannot tell."""
    folder, settings, _, head = repository
    commits = history(folder, path, settings.zone_minutes, head)
    if isinstance(commits, Refusal):
        doubt(settings, commits, found)
        return None
    versions = []
    for commit in commits:
        blobs = files_at(folder, commit, (path,))
        if isinstance(blobs, Refusal):
            doubt(settings, blobs, found)
            return None
        versions.append(_Version(commit, sorted(blobs)))
    data = contents(folder, [blob.hash for _, blobs in versions for blob in blobs])
    if isinstance(data, Refusal):
        doubt(settings, data, found)
        return None
    return versions, data

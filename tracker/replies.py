"""Forms that came back, among the files of `tracker import`: shown, marked to be sent back, written into the logs."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from tracker import door
from tracker.alone import alone
from tracker.cli import FINDINGS, FINE, TROUBLE
from tracker.lang import Words

if TYPE_CHECKING:
    from tracker.model.entry import Posting
    from tracker.model.project import Project
    from tracker.model.reply import Reply, Settled
    from tracker.read.returned import Returned

_SUFFIX = ".xlsx"


class Wish(NamedTuple):
    """What the command line asks of forms."""

    accept: bool = False
    """Whether rows are written that only a person can decide on."""
    yes: bool = False
    marked: Path | None = None
    """File or folder of the copies to be sent back."""


def parted(files: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """The forms of ours among the files, and the others."""
    if not any(path.suffix.lower() == _SUFFIX for path in files):
        return [], list(files)
    from tracker.read.returned import recognised

    forms = [path for path in files if recognised(path)]
    return forms, [path for path in files if path not in forms]


def first(
    files: Sequence[Path], root: Path, project: "Project", wish: Wish, say: Words
) -> tuple[int, Sequence[Path]]:
    """Take in the forms among the files; the exit code, and the files that are none."""
    forms, others = parted(files)
    if wish.marked is not None and not forms:
        raise click.UsageError(say("usage.marked_none"))
    return take(forms, root, project, wish, say) if forms else FINE, others


def take(files: Sequence[Path], root: Path, project: "Project", wish: Wish, say: Words) -> int:
    """Show what the forms say, and write it where that was asked for.

    Exit code 2 where a form or a row has to be mended, 1 where a row waits for somebody to accept it.
    """
    from tracker.intake.form import ready, settle
    from tracker.model.reply import Fate
    from tracker.read.returned import returned

    came = [returned(path) for path in files]
    door.tell([one.problem for one in came if one.problem is not None], say)
    replies = [_reply(one) for one in came if one.problem is None]
    settled = settle(replies, project)
    _show(settled, project, say)
    raws = {one.file: one.raw for one in came}
    _mark(settled, raws, wish, say)
    _ahead(ready(settled, accept=wish.accept), root, project, say)
    waiting = len(ready(settled, accept=wish.accept))
    asked = sum(one.count(Fate.WAITS) for one in settled)
    refused = any(one.whole or one.count(Fate.REFUSED) or one.reply.answers.doubts for one in settled)
    yes = wish.yes
    if waiting and not yes and door.on_terminal():
        yes = click.confirm(say("intake.ask", count=say.number(waiting)), err=True)
    if waiting and yes:
        _write(replies, root, wish, say)
    elif waiting:
        door.write(say("intake.not_written", count=say.number(waiting)), None)
    if refused or len(replies) < len(came):
        return TROUBLE
    return FINDINGS if asked and not wish.accept else FINE


def _reply(one: "Returned") -> "Reply":
    from hashlib import sha256

    from tracker.model.reply import Reply
    from tracker.read.answers import read_answers

    return Reply(one.file, sha256(one.raw).hexdigest(), read_answers(one.raw, door.today()))


def _show(settled: "Sequence[Settled]", project: "Project", say: Words) -> None:
    from tracker.intake.form import ACCEPTED
    from tracker.model.reply import Fate
    from tracker.render.reply import lines, summary

    names = {task.id: task.title for plan in project.plans for task in plan.tasks}
    names |= {unit.id: unit.name for unit in project.units}
    for one in settled:
        said = list(lines(one, names, say, ACCEPTED))
        if one.whole is not None:
            door.remark(said)
            continue
        said.append(summary(one, say))
        said += [say("reply.accept")] if one.count(Fate.WAITS) else []
        door.write("\n".join(said), None)


def _mark(settled: "Sequence[Settled]", raws: Mapping[str, bytes], wish: Wish, say: Words) -> None:
    """Copies of the forms in which something is doubted; never in the place of a file that is there."""
    if wish.marked is None:
        return
    from tracker.render.xlsx.doubts import marked

    doubted = [one for one in settled if one.doubts and one.whole is None]
    one_file = wish.marked.suffix.lower() == _SUFFIX
    if one_file and len(doubted) > 1:
        raise click.UsageError(say("usage.marked_file", file=str(wish.marked)))
    folder = wish.marked.parent if one_file else wish.marked
    files: dict[str, str | bytes] = {}
    for one in doubted:
        name = wish.marked.name if one_file else f"{Path(one.reply.file).stem}-{say('reply.marked_end')}{_SUFFIX}"
        files[name] = marked(raws[one.reply.file], one.doubts, say, one.reply.name)
    door.write_below(folder, files, anew=True)
    shown = ", ".join((folder / name).as_posix() for name in files)
    door.write(say("reply.marked", files=shown) if files else say("reply.unmarked"), None)


def _postings(cells: Sequence[Mapping[str, str]], root: Path, project: "Project", say: Words) -> "list[Posting]":
    """The entries with the logs that take them. Raises click.UsageError where one is refused."""
    from tracker.enter import postings
    from tracker.read.logs import logs

    found, troubles = postings(cells, project, logs(root), door.today())
    if troubles:
        said = (say.refusal(one.refusal.code, one.refusal.args) for one in troubles)
        raise click.UsageError("\n".join((say("usage.record_refused"), *said)))
    return found


def _ahead(cells: Sequence[Mapping[str, str]], root: Path, project: "Project", say: Words) -> None:
    """Where the entries go, and what stands otherwise with them."""
    from tracker.enter import outlook
    from tracker.render.entry import preview

    if cells:
        found = _postings(cells, root, project, say)
        told = preview(found, outlook(project, found, door.today()), say)
        door.write("\n".join([say("intake.ahead"), *(f"  {line}" for line in told)]), None)


def _write(replies: "Sequence[Reply]", root: Path, wish: Wish, say: Words) -> None:
    """What is on record is read again by the only writer, so that nothing is written twice."""
    from tracker.intake.form import ready, settle
    from tracker.read.values import Refusal
    from tracker.store import Addition, append

    with alone(root):
        now = door.load(root)
        found = _postings(ready(settle(replies, now), accept=wish.accept), root, now, say)
        logs = dict.fromkeys((one.file, one.unit) for one in found)
        entries = {file: [one.cells for one in found if one.file == file] for file, _ in logs}
        refusal = append(root, [Addition(file, unit, entries[file]) for file, unit in logs])
    if isinstance(refusal, Refusal):
        raise click.UsageError(say.refusal(refusal.code, refusal.args))
    for file, cells in entries.items():
        door.write(say("intake.written", count=say.number(len(cells)), file=file), None)

"""What `tracker remind --sent` writes: that reminders went out, onto the log, by the one writer of the project."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from tracker import door
from tracker.alone import alone
from tracker.lang import Words

if TYPE_CHECKING:
    from tracker.draft.sent import Logged, Sending
    from tracker.model.entry import Cells
    from tracker.model.project import Project
    from tracker.model.reminder import Reminder


class Wish(NamedTuple):
    """How somebody says that reminders were sent."""

    sent: bool = False
    how: str | None = None
    doc: str | None = None
    sender: str | None = None
    on: date | None = None
    dry_run: bool = False


def checked(wish: Wish, say: Words, *, undo: bool) -> Wish:
    """The wish; raises click.UsageError for options that mean nothing without --sent, or with --undo."""
    if undo and wish._replace(dry_run=False) != Wish():
        raise click.UsageError(say("usage.remind_undo"))
    said = {"--how": wish.how, "--doc": wish.doc, "--from": wish.sender, "--on": wish.on}
    lost = [name for name, given in said.items() if given is not None]
    lost += ["--dry-run"] if wish.dry_run and not undo else []
    if lost and not wish.sent:
        raise click.UsageError(say("usage.remind_sent", options=", ".join(lost)))
    return wish


def sending(wish: Wish, found: Sequence["Reminder"], project: "Project", as_of: date, say: Words) -> "Sending":
    """Day, office and way of the reminders. Raises click.UsageError where one of them cannot be."""
    from tracker.draft.sent import Sending
    from tracker.model.sent import Channel
    from tracker.read.entries import unwritable

    day, now = wish.on or as_of, door.today()
    if day > now:
        raise click.UsageError(say.refusal("record-ahead", {"date": f"{day:%d/%m/%Y}", "today": f"{now:%d/%m/%Y}"}))
    doc = (wish.doc or "").strip()
    if wish.doc is not None and (refusal := unwritable("doc", doc)):
        raise click.UsageError(say.refusal(refusal.code, refusal.args))
    office, how = _office(wish, found, project, say), Channel(wish.how) if wish.how else None
    return Sending(day, office, how, doc, None if day == now else now)


def _office(wish: Wish, found: Sequence["Reminder"], project: "Project", say: Words) -> str:
    """Who sent them: the office that is named, or the one that issued the plans first."""
    from tracker.enter import unit_named
    from tracker.lookup import book
    from tracker.read.values import Refusal

    if wish.sender is not None:
        named = unit_named(wish.sender, project, book(project))
        if isinstance(named, Refusal):
            raise click.UsageError(say.refusal(named.code, named.args))
        if named.doubt:
            door.remark([say("record.doubt", text=named.doubt, id=named.id)])
        return named.id
    ids = {unit.id for unit in project.units}
    first = {one.standing.obligation.plan.issuers[:1] for one in found}
    offices = {name for issuers in first for name in issuers if name in ids}
    if len(offices) != 1 or len(first) != 1:
        raise click.UsageError(say("usage.remind_from"))
    return offices.pop()


def record(root: Path, found: Sequence["Reminder"], how: "Sending", say: Words, *, dry_run: bool) -> None:
    """Log the reminders that are not logged yet, and say on stderr what was; with a dry run, what would be."""
    from tracker.draft.sent import entries, file_of
    from tracker.know import corrected

    file = file_of(how.on)

    def logged() -> "Logged":
        sent = door.load(root).reminders
        known = [one for one in corrected(sent) if not one.withdraws]
        return entries(found, known, [one.id for one in sent if one.id], how)

    if dry_run:
        made = logged()
    else:
        with alone(root):
            # What is logged is read again by the only writer, so that nothing is written twice.
            made = logged()
            _append(root, file, made.entries, say)
    door.remark(list(_told(made, file, say, dry_run=dry_run)))


def take_back(root: Path, name: str, say: Words, *, dry_run: bool) -> None:
    """Log that a reminder was not sent after all. Raises click.UsageError for an id that no reminder has."""
    from tracker.draft.sent import gone, withdrawal

    project = door.load(root)
    door.known([name], [one.id for one in project.reminders if one.id and not one.withdraws], "reminder")
    if name in gone(project):
        door.remark([say("remind.undone_before", id=name)])
        return
    file = next(one.at.file for one in project.reminders if one.id == name)
    if not dry_run:
        with alone(root):
            entry = withdrawal(door.load(root), name, door.today())
            _append(root, file, [entry] if entry else [], say)
    door.remark([say("remind.would_undo" if dry_run else "remind.undone", id=name, file=file)])


def _append(root: Path, file: str, entries: Sequence["Cells"], say: Words) -> None:
    from tracker.draft.sent import KEY
    from tracker.store import Addition, append

    refusal = append(root, [Addition(file, "", entries, KEY)]) if entries else None
    if refusal is not None:
        raise click.UsageError(say.refusal(refusal.code, refusal.args))


def _told(made: "Logged", file: str, say: Words, *, dry_run: bool) -> Iterator[str]:
    from tracker.read.entries import entry_text
    from tracker.render.visible import visible

    if made.entries:
        key = "remind.would_log" if dry_run else "remind.logged"
        yield say(key, count=say.number(made.fresh), file=file)
        yield from (f"  - {visible(entry_text(entry))}" for entry in made.entries)
    if made.there:
        yield say("remind.there", count=say.number(made.there))
    if made.nobody:
        yield say("remind.nobody_logged", count=say.number(made.nobody))
    if made.itself:
        yield say("remind.itself_logged", count=say.number(made.itself))
    if not (made.entries or made.there or made.nobody or made.itself):
        yield say("remind.nothing_logged")

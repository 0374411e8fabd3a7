"""Reminders that went out → entries of the log: one for each unit and task, of what is not in it already."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from tracker.model.entry import Cells
from tracker.model.plan import Every
from tracker.model.project import Project
from tracker.model.reminder import Reminder
from tracker.model.sent import Channel, Sent

KEY = "reminders"
"""The list of a log that takes them."""


class Sending(NamedTuple):
    """How somebody sent reminders."""

    on: date
    by: str
    """Id of the office that sent them."""
    how: Channel | None = None
    doc: str = ""
    recorded: date | None = None
    """The day of entry; None where the entry need not say it."""


class Logged(NamedTuple):
    """What the log gets."""

    entries: Sequence[Cells]
    fresh: int = 0
    """Obligations that the entries are of."""
    there: int = 0
    """Obligations whose reminder is in the log already."""
    nobody: int = 0
    """Obligations without a lead, of which nobody was reminded."""
    itself: int = 0
    """Obligations of which the office would have reminded itself: that is a list of its own work, no reminder."""


def file_of(day: date) -> str:
    """The log for reminders of a day: one a year, for all units."""
    return f"actuals/{day.year}/don-doc.yaml"


def entries(found: Sequence[Reminder], known: Sequence[Sent], taken: Sequence[str], sending: Sending) -> Logged:
    """The entries for what is not logged yet; the same reminder of the same day, office and way is one.

    `known` are the reminders that hold, corrections applied; `taken` are the ids that were ever used.
    """
    there = {(one.on, one.by, one.how, one.to, one.unit, one.task, one.period) for one in known}
    groups: dict[tuple[str, str, str, str], list[str]] = {}
    fresh, again, nobody, itself = (set[tuple[str, str, str]]() for _ in range(4))
    for one in found:
        obligation = one.standing.obligation
        to = "" if one.to == one.about else one.to
        # Of a task that falls due once, the period goes without saying.
        once = obligation.period.every is Every.ONCE
        said = (sending.on, sending.by, sending.how, to, one.about, obligation.task.id)
        if not one.to:
            nobody.add(obligation.key)
        elif one.to == sending.by:
            itself.add(obligation.key)
        elif not there.isdisjoint({(*said, obligation.period.id), (*said, "")}):
            again.add(obligation.key)
        else:
            fresh.add(obligation.key)
            periods = groups.setdefault((to, one.about, obligation.task.id, obligation.event), [])
            periods += [] if once or obligation.event else [obligation.period.id]
    ids = set(taken)
    made = [_entry(key, periods, sending, ids) for key, periods in groups.items()]
    return Logged(made, len(fresh), len(again - fresh), len(nobody), len(itself - fresh - again))


def withdrawal(project: Project, name: str, day: date) -> Cells | None:
    """The entry that takes back the reminder with this id; None where there is none, or it was taken back already."""
    if all(one.id != name or one.withdraws for one in project.reminders) or name in gone(project):
        return None
    return {"date": f"{day:%d/%m/%Y}", "withdraws": name}


def gone(project: Project) -> frozenset[str]:
    """Ids of the reminders that other entries corrected or took back."""
    return frozenset(name for one in project.reminders for name in (one.corrects, one.withdraws) if name)


def _entry(key: tuple[str, str, str, str], periods: Sequence[str], sending: Sending, ids: set[str]) -> Cells:
    to, unit, task, case = key
    cells: dict[str, str | tuple[str, ...]] = {"date": f"{sending.on:%d/%m/%Y}", "by": sending.by}
    more = {"to": to, "how": str(sending.how or ""), "doc": sending.doc, "unit": unit, "task": task, "case": case}
    cells |= {name: text for name, text in more.items() if text}
    if periods:
        cells["periods"] = tuple(periods) if len(periods) > 1 else periods[0]
    if sending.recorded is not None:
        cells["recorded"] = f"{sending.recorded:%d/%m/%Y}"
    cells["id"] = _new_id(repr(cells), sending, ids)
    ids.add(str(cells["id"]))
    return cells


def _new_id(content: str, sending: Sending, taken: set[str]) -> str:
    """Office, day, and four signs of what it says: hardly ever the same on two branches of a history."""
    for again in range(len(taken) + 1):
        sign = sha256(f"{content}{again or ''}".encode()).hexdigest()[:4]
        name = f"{sending.by[:50]}-{sending.on.isoformat()}-{sign}"
        if name not in taken:
            return name
    raise AssertionError

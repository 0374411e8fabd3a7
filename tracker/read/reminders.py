"""Reminders as written under `reminders:` of a log → one for each unit and period that an entry names."""

from collections.abc import Callable, Mapping
from typing import Any

from tracker.model.sent import Channel, Sent
from tracker.model.source import Place, Problem
from tracker.read.days import parse_period
from tracker.read.formats import Batch, Cell, Record
from tracker.read.found import Found, Reference
from tracker.read.near import refuse
from tracker.read.values import Refusal

_SAME = ("how", "doc", "note", "reason", "id", "corrects", "withdraws")
_NEEDED = ("date", "by", "task", "unit")


def needed(record: Record) -> tuple[str, ...]:
    """Keys that an entry must have: one that only takes another back needs its day."""
    return ("date",) if "withdraws" in record[1] else _NEEDED


def take(values: Mapping[str, Any], record: Record, batch: Batch, found: Found, place: Callable[[str], Place]) -> None:
    """Add the reminders of an entry whose values were all read; `place` tells where a key of it stands."""
    when = values["date"]
    if not when.exact:
        args = {"text": str(record[1]["date"])}
        batch.problems.append(Problem(place("date"), "value-rough-day", args))
        return
    if "case" in values and "periods" in values:
        batch.problems.append(Problem(place("case"), "shape-case-period"))
        return
    if "id" in values and not found.claim("reminder", values["id"], place("id"), len(values["id"])):
        return
    at = record[0]
    for key in ("corrects", "withdraws"):
        if key in values:
            found.references.append(Reference("reminder", values[key], place(key), len(values[key])))
    task = values.get("task", "")
    if task:
        found.references.append(Reference("task", task, place("task"), len(task), ("sent", str(at)), "task"))
    if "case" in values:
        found.references.append(
            Reference("event", values["case"], place("case"), len(values["case"]), ("sent", str(at)), "case"),
        )
    periods = (values["case"],) if "case" in values else values.get("periods", ("",))
    offices = {key: values[key][0] for key in ("by", "to") if key in values}
    same = {key: values[key] for key in _SAME if key in values}
    found.reminders += (
        Sent(unit, task, when.first, values.get("recorded", when.first), period=period, at=at, places=record[2],
             **offices, **same)
        for unit in values.get("units", ()) or values.get("unit", ()) or ("",)
        for period in periods
    )  # fmt: skip


def periods(cell: Cell) -> tuple[str, ...] | Refusal:
    """Period ids from one text or a list of them; a run of periods is all of its periods."""
    found: list[str] = []
    for text in (cell,) if isinstance(cell, str) else cell:
        named = parse_period(text)
        if isinstance(named, Refusal):
            return named
        found += named
    return tuple(dict.fromkeys(found))


def channel(text: str) -> Channel | Refusal:
    """How it went out."""
    known = tuple(map(str, Channel))
    return Channel(text) if text in known else refuse("shape-choice", text, known)

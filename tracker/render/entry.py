"""What an entry will change, before it is written, and what was written: in words and as JSON."""

import json
from collections.abc import Iterator, Sequence

from tracker.lang import Words
from tracker.model.entry import Outlook, Posting, Shift
from tracker.model.record import Record
from tracker.model.standing import Standing
from tracker.read.entries import entry_text
from tracker.render.visible import visible

MOST = 20
"""Obligations that are told in full."""


def preview(found: Sequence[Posting], ahead: Outlook, say: Words) -> Iterator[str]:
    """Where each entry goes, as it will stand there; each obligation that changes; what nothing asked for."""
    for file in dict.fromkeys(posting.file for posting in found if not posting.there):
        yield say("record.file", file=visible(file))
        for posting in found:
            if posting.file == file and not posting.there:
                yield f"  - {visible(entry_text(posting.cells))}"
    for posting in found:
        if posting.there:
            yield say("record.there", id=visible(posting.id), place=visible(str(posting.actuals[0].at)))
        elif posting.alike:
            yield say("record.alike", place=visible(posting.alike))
    yield from shifted(ahead.shifts, say)
    if not ahead.shifts and any(not posting.there for posting in found):
        yield say("record.no_shift")
    for record in ahead.records:
        if record.role != "used":
            yield _fate(record, say)
    for actual in ahead.apart:
        yield say("record.apart", task=visible(actual.task or "–"))


def shifted(shifts: Sequence[Shift], say: Words) -> Iterator[str]:
    """Each obligation that stands otherwise, before and after."""
    for shift in shifts[:MOST]:
        standing = shift.after or shift.before
        assert standing is not None
        before, after = _state(shift.before, say), _state(shift.after, say)
        yield say("record.shift", what=_subject(standing, say), before=before, after=after)
    if len(shifts) > MOST:
        yield say("record.more", count=say.number(len(shifts) - MOST))


def receipt(found: Sequence[Posting], say: Words) -> Iterator[str]:
    """What is on the disk now, and how to take it back."""
    new = [posting for posting in found if not posting.there]
    for posting in new:
        yield say("record.done", id=visible(posting.id), file=visible(posting.file))
    if new and "withdraws" not in new[-1].cells:
        yield say("record.undo", id=visible(new[-1].id))


def as_json(found: Sequence[Posting], ahead: Outlook, *, written: bool) -> str:
    """The entries with their ids and files, and what changed, for other programs."""
    roles: dict[int, list[Record]] = {}
    for record in ahead.records:
        roles.setdefault(record.actual.at.line, []).append(record)
    waiting = [posting.number for posting in found if not posting.there]
    numbers = {number: position for position, number in enumerate(waiting, 1)}
    data = {
        "version": 1,
        "written": written,
        "entries": [
            {
                "number": posting.number,
                "status": "unchanged" if posting.there else "added",
                "id": posting.id,
                "unit": posting.actuals[0].unit,
                "file": posting.file,
                "entry": dict(posting.cells),
                "roles": [
                    {"unit": one.actual.unit, "period": one.period, "role": one.role, "why": one.why}
                    for one in roles.get(numbers.get(posting.number, 0), ())
                ],
            }
            for posting in found
        ],
        "obligations": [
            {
                **dict(zip(("task", "unit", "period"), shift.key, strict=True)),
                "before": shift.before.state if shift.before else None,
                "after": shift.after.state if shift.after else None,
            }
            for shift in ahead.shifts
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _subject(standing: Standing, say: Words) -> str:
    obligation = standing.obligation
    period = say.period(obligation.period.id)
    return visible(f"{obligation.task.id} ({obligation.task.title}) · {obligation.unit.name} · {period}")


def _state(standing: Standing | None, say: Words) -> str:
    """The state, how late, how much of the target, and what is wrong with the evidence."""
    if standing is None:
        return say("record.nothing")
    more = [say("record.days_late", days=say.number(standing.days_late))] if standing.days_late else []
    target = standing.obligation.task.target
    if target is not None:
        achieved = say.number(standing.achieved)
        more.append(say("record.reached", achieved=achieved, target=visible(target.text)))
    if standing.evidence in {"claimed", "many", "returned", "unclear"}:
        more.append(say(f"evidence.{standing.evidence}"))
    state = say(f"state.{standing.state}")
    return f"{state} ({'; '.join(more)})" if more else state


def _fate(record: Record, say: Words) -> str:
    why = say(f"stray.{record.why}") if record.why else ""
    return say(f"record.{record.role}", task=visible(record.actual.task or "–"), why=why)

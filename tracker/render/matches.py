"""`tracker match` in words, as JSON and as CSV: entries with what they may be for, and links that were accepted."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tracker.lang import Words
from tracker.model.actual import Actual
from tracker.model.entry import Shift
from tracker.model.finding import Cell
from tracker.model.link import Link
from tracker.model.suggestion import Candidate, Suggestion
from tracker.model.table import Column, Type
from tracker.read.entries import entry_text
from tracker.read.links import FILE
from tracker.render.entry import shifted
from tracker.render.visible import visible
from tracker.suggest import text_of

_COLUMNS = (
    *("record", "file", "line", "unit", "date", "text", "doc"),
    *("rank", "task", "title", "period", "score", "why", "close"),
)


def listed(found: Sequence[Suggestion], units: Mapping[str, str], say: Words) -> Iterator[str]:
    """Every entry without a task, and at the end how many there are and what to do."""
    for one in found:
        yield from told(one, units, say)
        yield ""
    with_ = sum(bool(one.candidates) for one in found)
    if not found:
        yield say("match.nothing")
        return
    yield say("match.counts", count=say.number(len(found)), suggested=say.number(with_))
    first = next((one for one in found if one.candidates), None)
    if first is not None:
        best = first.candidates[0].obligation
        wish = f"{first.record}={best.task.id}:{best.period.id}"
        yield say("match.how", wish=visible(wish))


def told(one: Suggestion, units: Mapping[str, str], say: Words) -> Iterator[str]:
    """An entry and its suggestions, numbered."""
    actual = one.actual
    place, unit = f"{actual.at.file}:{actual.at.line}", units.get(actual.unit, actual.unit)
    parts = [place, unit, _when(actual, say), _written(actual)]
    yield visible(" · ".join(filter(None, parts)))
    yield "  " + say("match.record", record=visible(one.record))
    if actual.taken and actual.taken.claims:
        yield "  " + say("match.claims", tasks=visible(", ".join(actual.taken.claims)))
    if not one.candidates:
        yield "  " + say("match.none")
    for number, candidate in enumerate(one.candidates, 1):
        obligation = candidate.obligation
        period = say.period(obligation.period.id)
        what = visible(f"{obligation.task.id} · {period} · {obligation.task.title}")
        yield f"  {number}. {candidate.score:3d}  {what}{_why(candidate, say)}"
    if one.close:
        yield "  " + say("match.close")


def links(
    lines: Sequence[Mapping[str, str]], there: Sequence[Link], changed: Sequence[Shift], say: Words, *, written: bool,
) -> Iterator[str]:
    """What is written and what it changes; on the disk already, or not yet."""
    if lines:
        yield say("record.file", file=FILE)
        yield from (f"  - {visible(entry_text(line))}" for line in lines)
    for link in there:
        yield say("match.there", record=visible(link.record), task=visible(link.task))
    if not lines and not there:
        yield say("match.left")
    yield from shifted(changed, say)
    if lines and not changed:
        yield say("record.no_shift")
    if lines and written:
        yield say("match.done", count=say.number(len(lines)), file=FILE)
        if "task" in lines[-1]:
            yield say("match.undo", record=visible(lines[-1]["record"]), by=visible(lines[-1]["by"]))


def links_as_json(
    lines: Sequence[Mapping[str, str]], there: Sequence[Link], changed: Sequence[Shift], *, written: bool,
) -> str:
    """The same for other programs."""
    data = {
        "version": 1,
        "written": written and bool(lines),
        "links": [dict(line) for line in lines],
        "unchanged": [{"record": one.record, "task": one.task, "period": one.period or None} for one in there],
        "obligations": [
            {
                **dict(zip(("task", "unit", "period"), shift.key, strict=True)),
                "before": shift.before.state if shift.before else None,
                "after": shift.after.state if shift.after else None,
            }
            for shift in changed
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def as_json(found: Sequence[Suggestion]) -> str:
    """Every entry with its suggestions."""
    return json.dumps({"version": 1, "entries": [_entry(one) for one in found]}, ensure_ascii=False, indent=2)


def as_csv(found: Sequence[Suggestion], say: Words) -> bytes:
    """One row for each suggestion, and one for an entry that has none."""
    from tracker.render.table import renderer

    rows: list[list[Cell]] = []
    for one in found:
        entry = _entry(one)
        head: list[Cell] = [entry[key] for key in ("record", "file", "line", "unit", "date", "text", "doc")]
        for number, candidate in enumerate(one.candidates, 1):
            task, period = candidate.obligation.task, candidate.obligation.period.id
            why = ", ".join(say(f"match.why.{word}") for word in candidate.why)
            tail: list[Cell] = [number, task.id, task.title, period, candidate.score, why, one.close]
            rows.append([*head, *tail])
        if not one.candidates:
            rows.append([*head, *[None] * 7])
    columns = [Column(name, Type.TEXT, name) for name in _COLUMNS]
    return renderer("csv")(columns, rows)


def _entry(one: Suggestion) -> dict[str, Any]:
    actual = one.actual
    return {
        "record": one.record,
        "file": actual.at.file,
        "line": actual.at.line,
        "unit": actual.unit,
        "date": actual.when.first.isoformat(),
        "until": actual.when.last.isoformat(),
        "text": text_of(actual),
        "quantity": actual.quantity.text if actual.quantity else None,
        "doc": actual.doc or None,
        "claims": list(actual.taken.claims) if actual.taken else [],
        "close": one.close,
        "candidates": [
            {
                "task": candidate.obligation.task.id,
                "unit": candidate.obligation.unit.id,
                "period": candidate.obligation.period.id,
                "score": candidate.score,
                "why": list(candidate.why),
            }
            for candidate in one.candidates
        ],
    }


def _why(candidate: Candidate, say: Words) -> str:
    said = ", ".join(say(f"match.why.{word}") for word in candidate.why)
    return f" ({said})" if said else ""


def _written(actual: Actual) -> str:
    quantities = [one.text for one in (actual.quantity, actual.people) if one]
    return " · ".join(filter(None, (actual.title, actual.note, *quantities, actual.doc)))


def _when(actual: Actual, say: Words) -> str:
    first, last = say.day(actual.when.first), say.day(actual.when.last)
    return first if actual.when.exact else f"{first} – {last}"

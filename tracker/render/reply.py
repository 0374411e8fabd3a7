"""A form that came back, in words: what was understood of it, what is doubted with its cell, and what becomes of it."""

from collections.abc import Iterator, Mapping

from tracker.lang import Words
from tracker.model.reply import Answer, Fate, Settled
from tracker.render.visible import harmless, visible
from tracker.render.xlsx.doubts import lines as doubted

_SAYS = ("date", "quantity", "people", "doc", "mode", "place", "note", "reason")


def lines(one: Settled, names: Mapping[str, str], say: Words, accepted: frozenset[str]) -> Iterator[str]:
    """The preview of one form; `names` are those of tasks and units, by id; `accepted` the doubts to be overruled."""
    answers, file = one.reply.answers, one.reply.file
    if one.whole is not None:
        yield from doubted(file, [one.whole], say)
        return
    slots = {"period": say.period(answers.period), "blank": say.number(answers.blank)}
    yield _safe(say("reply.form", file=file, unit=names.get(answers.unit, answers.unit), **slots))
    for row in one.rows:
        yield _safe("  " + _row(row, names, say))
    mend = [doubt for doubt in one.doubts if doubt.code not in accepted]
    asked = [doubt for doubt in one.doubts if doubt.code in accepted]
    for heading, found in (("mend", mend), ("asked", asked), ("notes", one.notes)):
        if found:
            yield "  " + say(f"reply.heading.{heading}")
            yield from (f"    {line}" for line in doubted(file, found, say, answers.page))


def summary(one: Settled, say: Words) -> str:
    """How many rows have which fate; they add up to all rows with an answer."""
    counts = {str(fate): say.number(one.count(fate)) for fate in Fate}
    total = say.number(sum(one.count(fate) for fate in Fate))
    return _safe(say("reply.counts", file=one.reply.file, total=total, **counts))


def _row(row: Answer, names: Mapping[str, str], say: Words) -> str:
    cells = row.cells
    only = cells.get("step") == "explained"
    said = "; ".join(cells[key] for key in _SAYS if key in cells and not (only and key == "date"))
    before = "; ".join(row.before.values())
    period = say.period(cells["period"]) if "period" in cells else cells.get("case", "")
    task = " · ".join(filter(None, (f"{cells['task']} ({names.get(cells['task'], '?')})", period)))
    words = say("reply.reason", said=said) if only else said
    what = say("reply.changed", before=before, said=words) if before else words
    return say("reply.row", row=str(row.row), fate=say(f"reply.fate.{row.fate}"), task=task, said=what)


def _safe(text: str) -> str:
    return harmless(visible(text))

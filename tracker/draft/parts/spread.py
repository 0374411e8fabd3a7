"""A task that each unit of a group does once: how many of how many, which, how, and why some are outside."""

from collections.abc import Iterable, Sequence

from tracker.draft.matter import Matter, Told, task_ground
from tracker.draft.pen import NOTHING, Said, joined, noted, resting, said
from tracker.model.paper import Ground
from tracker.model.standing import Standing, State

_DONE = (State.DONE, State.DONE_LATE)
_NAMED = 9
"""Up to so many units are named."""
_SHOWN = 3
"""Up to so many units are named with their documents."""


def spread(told: Told, matter: Matter) -> Said:
    """Done of owed, or done of owed of all with the reason in a footnote (8/8/9: báo cáo năm 2023, chú thích 1)."""
    pen = matter.pen
    all_ = [one for one in told.standings if one.state is not State.CANCELLED]
    outside = [one for one in all_ if one.state is State.EXEMPT]
    open_ = [one for one in all_ if one.state is not State.EXEMPT and one.obligation.applies is None]
    owed = [one for one in all_ if one.state is not State.EXEMPT and one not in open_]
    done = [one for one in owed if one.state in _DONE]
    lately = done if matter.over.whole else [one for one in done if matter.inside(one.actuals)]
    kinds = said(matter.kinds(all_ or told.standings), "kinds")
    slots = {
        "done": pen.count(len(done), "done"), "owed": pen.count(len(owed), "owed"), "all": pen.count(len(all_), "all"),
        "kinds": kinds,
    }  # fmt: skip
    if outside:
        numbers = said(f"{len(done)}/{len(owed)}/{len(all_)}", "done_owed_all")
        head = noted(pen("annual.spread.of_all", numbers=numbers, kinds=kinds), _footnote(outside, owed, all_, matter))
    else:
        head = pen("annual.spread.of_owed", **slots)
    if not matter.over.whole:
        head = pen("annual.spread.lately", count=pen.count(len(lately), "lately"), so_far=head)
    claimed = [one for one in owed if one.state not in _DONE and one.actuals]
    late = [one for one in lately if one.state is State.DONE_LATE]
    rest = [one for one in owed if one not in done and one not in claimed]
    parts = [head + _how(lately, matter)]
    against = [one for one in outside if one.actuals]
    found = {"late": late, "claimed": claimed, "rest": rest, "open": open_, "against": against}
    for key, ones in found.items():
        if ones:
            names = said(": ") + _names(ones, matter) if len(ones) <= _NAMED else NOTHING
            count = pen.count(len(ones), key)
            parts.append(pen(f"annual.spread.{key}", count=count, names=names))
    return joined(parts, "; ")


def _how(done: Sequence[Standing], matter: Matter) -> Said:
    """Which units, by the way in which it was done, and what each of them did where it was more than once."""
    groups: dict[tuple[str, str], list[Standing]] = {}
    amounts: dict[tuple[str, str], Said] = {}
    for one in done:
        first = one.actuals[0]
        single = first.quantity is None or first.quantity.value == 1
        amount = NOTHING if single or first.quantity is None else matter.pen.amount(first.quantity, "each")
        mode = "" if first.mode.casefold() in one.obligation.task.title.casefold() else first.mode
        key = (mode, amount.text)
        groups.setdefault(key, []).append(one)
        amounts[key] = amount
    parts = []
    for (mode, _), ones in groups.items():
        amount = amounts[mode, _]
        if len(ones) > _NAMED and not mode and not amount.runs:
            continue
        each = matter.pen("annual.spread.each", amount=amount) if amount.runs else NOTHING
        way = matter.pen("annual.spread.mode", mode=said(mode, "mode")) if mode else NOTHING
        start = way if mode else said(matter.pen.say("annual.spread.namely"))
        names = _with_documents(ones, matter) if len(ones) <= _SHOWN else _names(ones, matter)
        parts.append(matter.pen("annual.spread.named", way=start, names=names, each=each))
    return said(", ") + joined(parts, "; ") if parts else NOTHING


def _with_documents(standings: Sequence[Standing], matter: Matter) -> Said:
    """A few units, each with the document that shows what it did."""
    if not any(one.actuals[0].doc for one in standings):
        return _names(standings, matter)
    parts = []
    for one in standings:
        name, doc = said(matter.name(one.obligation.unit.id), "names"), one.actuals[0].doc
        shown = matter.pen("annual.record.shown", document=matter.document(doc)) if doc else NOTHING
        parts.append(joined([name, shown], " "))
    return joined(parts)


def _names(standings: Iterable[Standing], matter: Matter) -> Said:
    return matter.names((one.obligation.unit.id for one in standings), "names")


def _footnote(
    outside: Sequence[Standing],
    owed: Sequence[Standing],
    all_: Sequence[Standing],
    matter: Matter,
) -> Said:
    """Who is outside, by which fact, on whose word, and who does the work instead."""
    pen = matter.pen
    parts, grounds = [], []
    for one in outside:
        fact, unit = one.obligation.fact, one.obligation.unit
        words = matter.letterhead.because.get(fact.name, "") if fact else ""
        source = fact.source if fact else ""
        because = said(words or pen.say("annual.spread.exempt"), "because")
        if source:
            because = pen("annual.spread.source", because=because, source=said(source, "source"))
        if fact is not None and fact.counterpart in matter.units:
            because = pen("annual.spread.instead", because=because, unit=said(matter.name(fact.counterpart), "instead"))
        parts.append(pen("annual.spread.one", unit=said(matter.name(unit.id), "unit"), because=because))
        if fact is not None:
            grounds.append(Ground(f"fact:{unit.id}/{fact.name}", (fact.at,)))
    task = outside[0].obligation.task
    slots = {
        "owed": said(str(len(owed)), "owed"), "all": said(str(len(all_)), "all"),
        "kinds": said(matter.kinds(all_), "kinds"), "outside": joined(parts, "; "),
    }  # fmt: skip
    return resting([task_ground(task), *grounds]) + pen("annual.spread.note", **slots)

"""What stands above and below the text: side, parent, issuers, code, subject, recipients by rule."""

import re
from collections.abc import Iterator

from tracker.draft.matter import Matter
from tracker.draft.over import named
from tracker.model.letterhead import Recipient
from tracker.model.paper import Frame
from tracker.render.visible import visible

_YEARS = re.compile(r"\s+giai đoạn\s+[0-9]{4}\s*[-–]\s*[0-9]{4}$", re.IGNORECASE)


def frame(matter: Matter) -> Frame:
    """The frame; number, day and signature are for people."""
    head = matter.letterhead
    return Frame(
        head.side,
        visible(head.parent),
        tuple(visible(matter.name(id_)) for id_ in matter.plan.issuers),
        visible(head.code),
        visible(head.place),
        matter.pen.say("annual.name"),
        visible(_subject(matter)),
        tuple(visible(one) for one in _recipients(matter)),
        tuple(visible(line) for line in head.signature),
    )


def _subject(matter: Matter) -> str:
    """Of what the results are told: the programme in this period, or the plan alone."""
    above = matter.programme or matter.plan
    title = _YEARS.sub("", above.title.strip())
    period = named(matter.over.id, matter.pen.say)
    if title.casefold().endswith(period.casefold()):
        title = title[: -len(period)].rstrip()
    return matter.pen.say("annual.subject", title=title, period=period)


def _recipients(matter: Matter) -> Iterator[str]:
    for one in matter.letterhead.recipients:
        for line in _lines(one, matter):
            yield f"{line} ({one.note})" if one.note else line
    if matter.letterhead.file_copy:
        yield matter.pen.say("annual.file_copy", keeper=matter.letterhead.file_copy)


def _lines(one: Recipient, matter: Matter) -> Iterator[str]:
    """A line for the whole group, or one for each unit; and the counterparts of units that lack what the line is about.

    Only units count that exist on the last day of what is told, and where the plan is limited to a territory, in it.
    """
    if not one.to:
        yield one.called
        return
    day = matter.over.end
    members = _members(one.to, matter)
    facts = {id_: matter.units[id_].fact(one.fact, day) if one.fact else None for id_ in members}
    without = [id_ for id_, fact in facts.items() if fact is not None and fact.value is False]
    if one.called:
        yield one.called
    else:
        yield from (matter.units[id_].name for id_ in members if id_ not in without)
    for id_ in without:
        fact = facts[id_]
        if fact is not None and fact.counterpart in matter.units:
            yield matter.units[fact.counterpart].name


def _members(to: str, matter: Matter) -> list[str]:
    day, within = matter.over.end, matter.plan.within
    if to in matter.units:
        return [to]
    group = next((one for one in matter.project.groups if one.id == to), None)
    if group is not None:
        wanted = {one.unit for one in group.members if one.spell.meets(day, day)}
    else:
        inside = {unit.id for unit in matter.units.values() if not within or within in (unit.parent, unit.id)}
        wanted = {
            unit.id for unit in matter.units.values()
            if unit.kind == to and (unit.id in inside or unit.serves in inside or not within)
        }  # fmt: skip
    return [unit.id for unit in matter.units.values() if unit.id in wanted and unit.exists_during(day, day)]

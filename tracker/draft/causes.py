"""Causes, as somebody wrote them, objective ones first; and those that the data would bear, for a person to choose."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tracker.draft.writer import NAMED, Writer, name_in_sentence
from tracker.lang import Words
from tracker.model.cause import CauseKind
from tracker.model.draft import Cause, Filled, Offer
from tracker.model.finding import Finding
from tracker.model.plan import Kind, Plan
from tracker.model.source import NOWHERE, Place
from tracker.model.standing import Standing, State
from tracker.model.unit import Unit
from tracker.reminded import ahead, watched
from tracker.render.visible import visible

_UNDATED = (Kind.STANDING, Kind.CONDITIONAL)
"""Kinds of task that have no deadline by nature."""
_ORDER = (CauseKind.OBJECTIVE, CauseKind.SUBJECTIVE, None)


class Reason(NamedTuple):
    """A reason that somebody wrote, and where."""

    text: str
    at: Place
    kind: CauseKind | None = None


def reasons(finding: Finding, writer: Writer) -> list[Reason]:
    """Those written in the records of the obligation, in decisions that moved it, and in its waivers."""
    found: list[Reason] = []
    standing = writer.standing(finding)
    if standing is not None:
        records = (*standing.actuals, *standing.surplus, *standing.reasons)
        found += [Reason(one.reason, one.at, one.cause) for one in records]
        moved = [one for one in standing.obligation.task.amendments if one.due is not None or one.target is not None]
        found += [Reason(one.reason, one.at, one.cause) for one in moved]
    found += [Reason(one.reason, one.at, one.cause) for one in (finding.waiver, finding.ended) if one is not None]
    trimmed = [one._replace(text=visible(one.text.strip()).rstrip(".").strip()) for one in found]
    return [one for one in trimmed if one.text]


def because(written: Sequence[Sequence[Reason]], say: Words) -> Cause:
    """What is written of the cause of a limitation, finding by finding, and what of it is missing."""
    counts: dict[tuple[CauseKind | None, str], int] = {}
    for each in written:
        for key in dict.fromkeys((one.kind, one.text) for one in each):
            counts[key] = counts.get(key, 0) + 1
    figures: list[Filled] = []
    parts: dict[CauseKind | None, list[str]] = {}
    ordered = sorted(counts.items(), key=lambda item: _ORDER.index(item[0][0]))
    for number, ((kind, text), count) in enumerate(ordered, 1):
        figures.append(Filled(f"reason_{number}", text))
        slots = {"reason": text}
        if count != len(written):
            slots |= {"count": say.counted(count), "all": say.counted(len(written))}
            figures.append(Filled(f"reason_{number}_count", slots["count"]))
        parts.setdefault(kind, []).append(say("draft.quoted_of" if "all" in slots else "draft.quoted", **slots))
    if any(count != len(written) for count in counts.values()):
        figures.append(Filled("cases", say.counted(len(written))))
    missing = "" if all(written) else say("draft.missing")
    if parts and missing:
        parts[next(reversed(parts))].append(say("draft.others"))
    sentences = [say(f"draft.cause.{kind or 'any'}", causes="; ".join(said)) for kind, said in parts.items()]
    text = ". ".join(sentences) or say("draft.cause.any", causes="").rstrip()
    return Cause(text, missing, tuple(figures))


def offers(writer: Writer) -> Iterator[Offer]:
    """Facts on which a cause could rest. Which of them was one, only people know (design 4.10)."""
    say = writer.say
    for (closed, basis), units in _ended(writer).items():
        slots = {"count": say.counted(len(units)), "units": _names(units, say), "day": say.day(closed), "basis": basis}
        yield _offer("reorganised", slots, [unit.at for unit in units])
    outside: dict[tuple[str, str], list[Standing]] = {}
    for standing in writer.report.standings:
        fact = standing.obligation.fact
        if standing.state is State.EXEMPT and fact is not None and fact.counterpart in writer.units:
            outside.setdefault((standing.obligation.unit.id, fact.counterpart), []).append(standing)
    for (unit, counterpart), standings in outside.items():
        titles = dict.fromkeys(f"“{visible(standing.obligation.task.title)}”" for standing in standings)
        names = [name_in_sentence(writer.units[id_], say) for id_ in (unit, counterpart)]
        slots = {"unit": names[0], "titles": ", ".join(titles), "counterpart": names[1]}
        yield _offer("exempt", slots, [one.obligation.fact.at for one in standings if one.obligation.fact is not None])
    yield from _chasing(writer)
    tasks = [task for plan in writer.report.plans for task in plan.tasks]
    for name, lacking in (
        ("no_lead", [task for task in tasks if not task.lead]),
        ("no_due", [task for task in tasks if task.due is None and not task.regime and task.kind not in _UNDATED]),
    ):
        if tasks and len(lacking) * 3 >= len(tasks):
            slots = {"count": say.counted(len(lacking)), "all": say.counted(len(tasks))}
            yield _offer(name, slots, [task.at for task in lacking])


def _chasing(writer: Writer) -> Iterator[Offer]:
    """What the log of reminders says of what is overdue, plan by plan; nothing where reminders are not logged.

    That nobody was reminded is told only of days on which reminders were logged: before, silence means nothing.
    """
    since, say = writer.report.reminders_since, writer.say
    for plan in writer.report.plans if since else ():
        overdue = [
            one for one in writer.report.standings
            if one.obligation.plan.id == plan.id and one.state is State.OVERDUE and one.chased.logged
        ]  # fmt: skip
        seen = [one for one in overdue if since and watched(one, since, writer.report.as_of)]
        ahead_of = [one for one in seen if since and one.obligation.due is not None and since <= one.obligation.due]
        slots = {"office": _office(plan, writer), "plan": visible(plan.id)}
        if since:
            slots["since"] = say.day(since)
        for name, all_, lacking in (
            ("not_reminded", seen, [one for one in seen if not one.chased.sent]),
            ("not_reminded_ahead", ahead_of, [one for one in ahead_of if not ahead(one)]),
        ):
            if lacking:
                counts = {"count": say.counted(len(lacking)), "all": say.counted(len(all_))}
                yield _offer(name, {**slots, **counts}, [one.obligation.task.at for one in lacking])
        if told := chased(overdue, say):
            sent = [sent for one in overdue for sent in one.chased.sent]
            offices = {one.by for one in sent}
            who = visible(", ".join(unit.name for id_, unit in writer.units.items() if id_ in offices))
            yield _offer("reminded", {"office": who, "plan": slots["plan"], **told}, [one.at for one in sent])


def chased(standings: Sequence[Standing], say: Words) -> Mapping[str, str]:
    """How many times somebody was reminded, of how many of these, and when last; empty where nobody was."""
    reached = [one for one in standings if one.chased.sent]
    if not reached:
        return {}
    times = sum(one.chased.times or 0 for one in reached)
    last = max(one.chased.last for one in reached if one.chased.last is not None)
    return {
        "times": say.counted(times), "count": say.counted(len(reached)), "all": say.counted(len(standings)),
        "last": say.day(last),
    }  # fmt: skip


def _office(plan: Plan, writer: Writer) -> str:
    """Whose work it is to remind: the first of those that issued the plan."""
    names = [writer.units[id_].name if id_ in writer.units else id_ for id_ in plan.issuers[:1]]
    return visible(names[0] if names else writer.say("finding.none"))


def _ended(writer: Writer) -> dict[tuple[date, str], list[Unit]]:
    """The units that owed something and came to an end within the time judged, by day and on what ground."""
    report = writer.report
    owing = {standing.obligation.unit.id for standing in report.standings}
    spans = [(plan.period.first, min(plan.period.last, report.as_of)) for plan in report.plans]
    found: dict[tuple[date, str], list[Unit]] = {}
    for id_, unit in writer.units.items():
        closed = unit.closed
        if id_ in owing and closed is not None and any(first <= closed <= last for first, last in spans):
            found.setdefault((closed, visible(unit.closing_basis or writer.say("finding.none"))), []).append(unit)
    return found


def _names(units: Sequence[Unit], say: Words) -> str:
    """The first of them, and that there are more."""
    names = ", ".join(name_in_sentence(unit, say) for unit in units[:NAMED])
    return names + (", …" if len(units) > NAMED else "")


def _offer(name: str, slots: Mapping[str, str], places: Iterable[Place]) -> Offer:
    known = tuple(dict.fromkeys(place for place in places if place != NOWHERE))
    return Offer(name, tuple(Filled(*slot) for slot in slots.items()), known)

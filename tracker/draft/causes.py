"""Causes, as somebody wrote them, objective ones first; and those that the data would bear, for a person to choose."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracker.draft.writer import Writer, name_in_sentence
from tracker.lang import Words
from tracker.model.cause import CauseKind
from tracker.model.draft import Cause, Filled, Offer
from tracker.model.finding import Finding
from tracker.model.source import NOWHERE, Place
from tracker.model.standing import State
from tracker.render.visible import visible

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
        found += [Reason(one.reason, one.at, one.cause) for one in (*standing.actuals, *standing.surplus)]
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
    say, report = writer.say, writer.report
    periods = [plan.period for plan in report.plans]
    for unit in report.units.values():
        closed = unit.closed
        if closed is not None and any(period.first <= closed <= period.last for period in periods):
            basis = visible(unit.closing_basis or say("finding.none"))
            ended = (_unit(unit.id, writer), Filled("day", say.day(closed)), Filled("basis", basis))
            yield Offer("reorganised", ended, _known(unit.at))
    for standing in report.standings:
        fact = standing.obligation.fact
        if standing.state is State.EXEMPT and fact is not None and fact.counterpart in report.units:
            other = Filled("counterpart", name_in_sentence(report.units[fact.counterpart], say))
            title = Filled("title", visible(standing.obligation.task.title))
            outside = (_unit(standing.obligation.unit.id, writer), title, other)
            yield Offer("exempt", outside, _known(fact.at))
    tasks = [task for plan in report.plans for task in plan.tasks]
    for name, lacking in (
        ("no_lead", [task for task in tasks if not task.lead]),
        ("no_due", [task for task in tasks if task.due is None and not task.regime]),
    ):
        if tasks and len(lacking) * 3 >= len(tasks):
            share = (Filled("count", say.counted(len(lacking))), Filled("all", say.counted(len(tasks))))
            yield Offer(name, share, tuple(task.at for task in lacking))


def _unit(id_: str, writer: Writer) -> Filled:
    return Filled("unit", name_in_sentence(writer.units[id_], writer.say))


def _known(place: Place) -> tuple[Place, ...]:
    return () if place == NOWHERE else (place,)

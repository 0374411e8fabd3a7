"""What was done of one task, said from its records: amounts as written, sums only where the engine added up."""

from collections.abc import Iterable, Iterator, Sequence

from tracker.draft.matter import Matter, Told, record_ground, task_ground
from tracker.draft.over import named
from tracker.draft.parts.rounds import rounds
from tracker.draft.parts.spread import spread
from tracker.draft.pen import NOTHING, Said, joined, resting, said
from tracker.lang import Words
from tracker.model.actual import Actual, Step
from tracker.model.plan import Kind
from tracker.model.standing import Standing, State
from tracker.model.values import Span
from tracker.render.say import rounded

_LISTED = 4
"""So many records of a sum are told one by one."""


def result(told: Told, matter: Matter) -> Said:
    """One sentence with its full stop: who led, what, how much. Nothing where no record falls into these days."""
    task, pen = told.task, matter.pen
    found = [actual for one in told.standings for actual in matter.inside((*one.actuals, *one.surplus))]
    dropped = [one for one in told.standings if one.state is State.CANCELLED and task.cancelled is not None]
    if found:
        what = _what(told, matter)
    elif dropped and task.cancelled and matter.over.concerns(dropped[0]):
        reason = pen("annual.done.why", reason=said(task.reason, "reason")) if task.reason else NOTHING
        what = pen("annual.done.dropped", day=pen.day(task.cancelled, "cancelled"), why=reason)
    else:
        return NOTHING
    grounds = [task_ground(task), *map(record_ground, found)]
    again = sum(len(matter.inside(one.surplus)) for one in told.standings)
    if again:
        what = what + pen("annual.done.again", count=pen.count(again, "again"))
    if not task.lead:
        return resting(grounds) + pen("annual.done.bare", title=matter.title(task), what=what)
    slots = {"leads": matter.leads(task.lead), "title": matter.title(task, inside=True), "what": what}
    return resting(grounds) + pen("annual.done.led", **slots)


def _what(told: Told, matter: Matter) -> Said:
    owed = [one for one in told.standings if one.state is not State.EXEMPT or one.actuals]
    if told.task.kind is Kind.RECURRING:
        return rounds(told, matter)
    if told.task.kind is Kind.COVERAGE:
        return spread(told, matter)
    if told.task.kind is Kind.QUANTITY and told.task.target is not None:
        return joined((_reached(one, matter) for one in owed if matter.inside(one.actuals)), "; ")
    return _side_by_side(owed, matter)


def _reached(standing: Standing, matter: Matter) -> Said:
    """How much of what was promised; in a part of a year, what these days brought and what there is by now."""
    pen, target = matter.pen, standing.obligation.task.target
    assert target is not None
    within = matter.inside(standing.actuals)
    reached = pen.number(standing.achieved, standing.bound)
    slots = {
        "achieved": said(reached, "achieved"),
        "target": said(pen.number(target.value, target.bound), "target"),
        "unit": said(target.unit, "unit"),
        "share": NOTHING,
    }
    if standing.share is not None:
        slots["share"] = said(f" ({pen.say.number(rounded(standing.share))}%)", "share")
    known = standing.state is not State.UNKNOWN
    total = pen("annual.done.reached" if known else "annual.done.unclear", **slots)
    if standing.obligation.period.id != matter.over.id and standing.obligation.task.every.value != "once":
        head = said(named(standing.obligation.period.id, pen.say), "period")
        return pen("annual.done.by", head=head, what=_with_records(total, within, matter))
    return _with_records(total, within, matter)


def _with_records(total: Said, within: Sequence[Actual], matter: Matter) -> Said:
    """A sum, and the records that it is made of."""
    pen = matter.pen
    if len(within) > _LISTED:
        parts = pen("annual.done.in_all", count=pen.count(len(within), "records"))
    else:
        parts = joined((one_record(actual, matter) for actual in within), "; ")
    if not matter.over.whole:
        return pen("annual.done.so_far", total=total, parts=parts)
    return pen("annual.done.of_one" if len(within) == 1 else "annual.done.of", total=total, parts=parts)


def _side_by_side(owed: Sequence[Standing], matter: Matter) -> Said:
    """What each unit did. Amounts of several units or levels are told apart, never added."""
    groups: dict[str, tuple[Said, list[str], list[str]]] = {}
    lead = set(owed[0].obligation.task.lead)
    for standing in sorted(owed, key=lambda one: one.obligation.unit.id not in lead):
        within = matter.inside(standing.actuals)
        if not within:
            continue
        text = _of(standing, within, matter)
        _, units, periods = groups.setdefault(text.text, (text, [], []))
        groups[text.text] = (groups[text.text][0] + resting(text.grounds), units, periods)
        units.append(standing.obligation.unit.id)
        periods.append(standing.obligation.period.id)
    alone = len({standing.obligation.unit.id for standing in owed}) == 1
    parts = []
    for text, units, periods in groups.values():
        head = NOTHING
        if not alone and (set(units) != lead or len(groups) > 1) and not _province(units, matter):
            head = matter.names(units, "units")
        when = _periods(periods, matter) if len({one.obligation.period.id for one in owed}) > 1 else NOTHING
        key = "annual.done.by" if when.runs else "annual.done.by_unit"
        head = joined([head, when])
        parts.append(matter.pen(key, head=head, what=text) if head.runs else text)
    return joined(parts, "; ")


def _province(units: Sequence[str], matter: Matter) -> bool:
    """A figure of the whole province says so itself."""
    return len(units) == 1 and units[0] in matter.units and not matter.units[units[0]].parent and bool(
        matter.level(matter.units[units[0]])
    )  # fmt: skip


def _periods(ids: Iterable[str], matter: Matter) -> Said:
    """Each period once, in their order."""
    pen, cases = matter.pen, {event.id: event.title or event.id for event in matter.project.events}
    return joined(
        pen("annual.done.case", title=said(cases[id_], "case")) if id_ in cases else said(named(id_, pen.say), "period")
        for id_ in sorted(set(ids))
    )


def _of(standing: Standing, within: Sequence[Actual], matter: Matter) -> Said:
    """What one unit's records say; a sum first, where the engine made one."""
    parts = joined((one_record(actual, matter) for actual in within[:_LISTED]), "; ")
    if len(within) < 2:
        return parts
    pen = matter.pen
    if len(within) > _LISTED:
        parts = pen("annual.done.in_all", count=pen.count(len(within), "records"))
    summed = standing.obligation.task.kind is Kind.QUANTITY and all(actual.quantity for actual in within)
    units = {actual.quantity.unit for actual in within if actual.quantity}
    if not summed or len(units) != 1 or len(within) != len(standing.actuals):
        return parts
    achieved = said(pen.number(standing.achieved, standing.bound), "achieved")
    total = pen("annual.done.sum", achieved=achieved, unit=said(units.pop(), "unit"))
    return pen("annual.done.of", total=total, parts=parts)


def one_record(actual: Actual, matter: Matter) -> Said:
    """A deed: how much, with how many, where, when, shown by what; or plainly that nothing of it is on record."""
    pen = matter.pen
    amount = NOTHING
    if actual.quantity is not None:
        amount = pen.amount(actual.quantity, "quantity")
        if actual.parts:
            parts = joined(pen.amount(part, "part") for part in actual.parts)
            amount = pen("annual.record.parts", amount=amount, parts=parts)
    if actual.people is not None:
        people = pen.amount(actual.people, "people", of=pen.say("annual.people"))
        amount = pen("annual.record.with", amount=amount, people=people) if amount.runs else people
    if actual.level == "toan-tinh" and amount.runs:
        amount = pen("annual.record.province", amount=amount)
    head = amount if amount.runs else said(pen.say("annual.record.done" if actual.doc else "annual.record.claimed"))
    if actual.step is not Step.SENT:
        head = said(pen.say(f"annual.step.{actual.step}"))
    facts = [
        head,
        pen("annual.record.mode", mode=said(actual.mode, "mode")) if actual.mode else NOTHING,
        pen("annual.record.place", place=said(matter.place(actual.place), "place")) if actual.place else NOTHING,
        when(actual.when, matter),
        pen("annual.record.shown", document=matter.document(actual.doc)) if actual.doc else NOTHING,
    ]
    text = joined(facts, " ")
    return text if amount.runs or actual.doc or actual.step is not Step.SENT else text + pen("annual.record.bare")


def when(span: Span, matter: Matter) -> Said:
    """The day, month or quarter on which it happened; nothing where only the paper's own period is known."""
    pen = matter.pen
    if span.exact:
        return pen("annual.on_day", day=pen.day(span.first, "day"))
    if span.lasting:
        return pen("annual.on_days", first=pen.day(span.first, "day"), last=pen.day(span.last, "day"))
    whole = (matter.over.first, matter.over.last)
    if span.first <= whole[0] and whole[1] <= span.last:
        return NOTHING
    return pen("annual.within", period=said(_rough(span, pen.say), "when"))


def _rough(span: Span, say: Words) -> str:
    months = (span.last.year - span.first.year) * 12 + span.last.month - span.first.month + 1
    year, month = span.first.year, span.first.month
    if months == 1:
        return named(f"{year}-{month:02d}", say)
    if months == 3:
        return named(f"{year}-Q{month // 3 + 1}", say)
    if months == 12:
        return named(str(year), say)
    if year == span.last.year:
        return " – ".join(named(f"{year}-{number:02d}", say) for number in (month, span.last.month))
    return named(f"{year}-{span.last.year}", say)


def listed(tolds: Iterable[Told], matter: Matter) -> Iterator[Said]:
    """Titles of tasks, one after the other."""
    for told in tolds:
        yield resting([task_ground(told.task)]) + matter.title(told.task)

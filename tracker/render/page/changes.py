"""What changed since an earlier view, in the order in which a coordinator asks: done, overdue, undone, revised."""

from collections.abc import Iterable, Iterator, Sequence

from tracker.lang import Words
from tracker.model.actual import Step
from tracker.model.change import Cause, Change, Moved
from tracker.model.plan import Kind
from tracker.model.rule import Severity
from tracker.model.standing import Standing, State
from tracker.render.page.parts import BAD, WARN, Bit, Section, Track
from tracker.render.page.words import named, units_of
from tracker.render.say import Speaker
from tracker.render.visible import visible

MOST_FINDINGS = 8
MOST_PERIODS = 3
_TRACKS = (Track(), Track(), Track(elastic=True))
_DONE = (State.DONE, State.DONE_LATE)
_APART = (None, State.CANCELLED, State.EXEMPT)
_FATES = {
    "done": "green",
    "done_late": "yellow",
    "overdue": BAD,
    "undone": WARN,
    "unclear": "magenta",
    "revised": "cyan",
    "added": "",
    "dropped": "",
    "other": "",
}
"""What became of an obligation, in the order in which it is told; the last is only counted."""


def changes(change: Change, say: Words) -> Iterator[Section]:
    """The section on states, and one on new findings."""
    days = (change.after.as_of - change.before.as_of).days
    heading = say("change.heading", since=since(change, say), days=say.number(days))
    if change.before.as_of == change.after.as_of:
        heading = say("change.heading_same_day", since=since(change, say))
    groups = _groups(change.moved)
    lines = [
        (Bit(say(f"change.fate.{fate}"), _FATES[fate]), Bit(visible(group[0].standing.obligation.task.id)), text)
        for fate, group in groups
        if fate != "other" and (text := Bit(_what(group, change, say)))
    ]
    after = list(_rest([one for fate, group in groups if fate == "other" for one in group], say))
    after.append(
        say(
            "change.findings",
            new=say.number(len(change.new)),
            resolved=say.number(len(change.resolved)),
            persisting=say.number(len(change.persisting)),
        ),
    )
    yield Section(heading, _TRACKS if lines else (), lines, before=[_sum(change, say)], after=after)
    yield from _findings(change, say)


def since(change: Change, say: Words) -> str:
    """The earlier view as people call it: its day, and the revision where one was asked for."""
    day = say.day(change.before.as_of)
    return f"{day} ({visible(change.label_before)})" if change.label_before else day


def _sum(change: Change, say: Words) -> str:
    """One sentence whose counts add up."""
    if not change.moved:
        return say("change.none")
    parts = [f"{say.number(count)} {say(f'cause.{cause}')}" for cause, count in change.causes.items() if count]
    count = len(change.moved)
    if len(parts) == 1:
        (cause,) = (cause for cause, count in change.causes.items() if count)
        key = "change.only_one" if count == 1 else "change.all_one"
        return say(key, count=say.number(count), cause=say(f"cause.{cause}"))
    return say("change.sum", count=say.number(count), causes=", ".join(parts))


def _rest(moved: Sequence[Moved], say: Words) -> Iterator[str]:
    """What is not worth a line: how many moved from which state to which."""
    counts: dict[tuple[State | None, State | None], int] = {}
    for one in moved:
        key = (one.before.state if one.before else None, one.after.state if one.after else None)
        counts[key] = counts.get(key, 0) + 1
    if counts:
        parts = [
            say("change.from_to", count=say.number(count), before=_word(before, say), after=_word(after, say))
            for (before, after), count in counts.items()
        ]
        yield say("change.rest", parts="; ".join(parts))


def _word(state: State | None, say: Words) -> str:
    return say(f"page.word.{state}") if state else say("change.absent")


def _groups(moved: Iterable[Moved]) -> list[tuple[str, list[Moved]]]:
    """What moved, told together where task, fate and cause are the same; the worst news after the good."""
    found: dict[tuple[str, str, Cause, str], list[Moved]] = {}
    for one in moved:
        before = one.before.state if one.before else None
        fate = _fate(one)
        key = (fate, one.standing.obligation.task.id, one.cause, "" if fate == "dropped" else str(before or ""))
        found.setdefault(key, []).append(one)
    order = list(_FATES)
    return sorted(((key[0], group) for key, group in found.items()), key=lambda entry: order.index(entry[0]))


def _fate(one: Moved) -> str:
    before, after = one.before.state if one.before else None, one.after.state if one.after else None
    if after in _DONE:
        return "done" if after is State.DONE else "done_late"
    if before in _DONE:
        return "undone"
    if before is None and after is not State.UPCOMING:
        return "added"
    if after is State.OVERDUE:
        return "overdue"
    if after in _APART:
        return "dropped"
    if after is State.UNKNOWN:
        return "unclear"
    if one.cause in {Cause.PLAN, Cause.UNIT}:
        return "added" if before in _APART else "revised"
    return "other"


def _what(group: Sequence[Moved], change: Change, say: Words) -> str:
    """Title and periods, whose, how it stood before, and why it is otherwise now."""
    standings = [one.standing for one in group]
    task = standings[0].obligation.task
    everyone = {
        standing.obligation.unit.id
        for report in (change.before, change.after)
        for standing in report.standings
        if standing.obligation.task.id == task.id
    }
    title = visible(task.title)
    periods = list(dict.fromkeys(standing.obligation.period.id for standing in standings))
    if task.kind in (Kind.RECURRING, Kind.STANDING) or len(periods) > 1:
        shown = ", ".join(map(say.period, map(visible, periods[:MOST_PERIODS])))
        if len(periods) > MOST_PERIODS:
            shown += " " + say("change.more_periods", count=say.number(len(periods) - MOST_PERIODS))
        title += f", {shown}"
    parts = [named(units_of(standings), len(everyone), say)]
    states = {one.before.state if one.before else None for one in group}
    before = states.pop() if len(states) == 1 else None
    if before is not None and before is not State.UPCOMING:
        parts.append(say("change.before", state=_word(before, say)))
    parts.append(_why(group, say))
    return f"{title} – {'; '.join(parts)}"


def _why(group: Sequence[Moved], say: Words) -> str:
    """The cause in words, with the day or paper that it rests on where that is one for all."""
    cause = group[0].cause
    shown = {_evidence(one, say) for one in group}
    (evidence,) = shown if len(shown) == 1 else ("",)
    return say("change.why", cause=say(f"cause.{cause}"), evidence=evidence) if evidence else say(f"cause.{cause}")


def _evidence(one: Moved, say: Words) -> str:
    standing = one.standing
    match one.cause:
        case Cause.NEW | Cause.BACKDATED | Cause.CORRECTION:
            obligation = standing.obligation
            if one.before is None and obligation.event:
                return say("change.event", event=visible(obligation.event), day=say.day(obligation.period.first))
            return _entry(standing, say)
        case Cause.PLAN:
            decisions = standing.obligation.task.amendments
            if not decisions:
                return ""
            last = decisions[-1]
            return say("change.decision", document=visible(last.document or "–"), on=say.day(last.on))
        case Cause.UNIT:
            return visible(standing.obligation.unit.closing_basis)
        case _:
            due = standing.obligation.due
            return say("page.due", day=say.day(due)) if due and standing.state is State.OVERDUE else ""


def _entry(standing: Standing, say: Words) -> str:
    last = max(standing.actuals, key=lambda actual: actual.recorded, default=None)
    if last is None:
        return ""
    if last.step is Step.RETURNED:
        return say("change.returned_on", day=say.day(last.when.last), reason=visible(last.reason))
    if last.recorded == last.when.last:
        return say("change.done_on", day=say.day(last.when.last))
    return say("change.entered_on", day=say.day(last.when.last), recorded=say.day(last.recorded))


def _findings(change: Change, say: Words) -> Iterator[Section]:
    worth = [one for one in change.new if one.finding.severity is not Severity.NOTE]
    if not worth:
        return
    speaker = Speaker(change.after, say)
    lines = [
        (
            Bit(say(f"severity.{one.finding.severity}"), BAD if one.finding.severity is Severity.ERROR else WARN),
            Bit(f"{speaker.message(one.finding)} ({say(f'cause.{one.cause}')})"),
        )
        for one in worth[:MOST_FINDINGS]
    ]
    more = len(worth) - MOST_FINDINGS
    after = [say("page.more_findings", count=say.number(more))] if more > 0 else []
    yield Section(say("change.new_findings"), (Track(), Track(elastic=True)), lines, after=after)

"""Two views → what changed, each with its one cause, found by evaluating the points between them (design 4.6).

From the earlier view one thing after another is put as it is in the later one: the day, the units, the plans, what was
corrected, what was entered late, what is new, the rules. An obligation's cause is the last step that changed its
state: the steps before it did not bring it where it is now.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from tracker.know import heard
from tracker.model.actual import Actual, Event, Figure
from tracker.model.change import Cause, Change, Moved, Turned
from tracker.model.finding import Finding
from tracker.model.project import Project
from tracker.model.report import Report
from tracker.model.sent import Sent
from tracker.model.standing import Standing
from tracker.periods import Days
from tracker.run import Asked, run

Entry = TypeVar("Entry", Actual, Event, Figure, Sent)


class View(NamedTuple):
    """A project as it was asked: its files, and the two days."""

    project: Project
    asked: Asked
    label: str = ""
    """The revision that was asked for; empty for the files as they are."""


def change(before: View, after: View) -> Change:
    """What is different in the later view. Pure; the same files and days give the same change."""
    points = list(_points(before, after))
    first, last = points[0][1], points[-1][1]
    states = [{standing.obligation.key: standing for standing in report.standings} for _, report in points]
    findings = [{finding.fingerprint: finding for finding in report.findings} for _, report in points]
    causes = [cause for cause, _ in points]
    moved = []
    for key in (*states[-1], *(key for key in states[0] if key not in states[-1])):
        was, now = states[0].get(key), states[-1].get(key)
        if (was.state if was else None) is not (now.state if now else None):
            moved.append(Moved(was, now, _cause(causes, [_state(found.get(key)) for found in states])))

    def turned(among: Iterable[Finding]) -> Sequence[Turned]:
        return [Turned(one, _cause(causes, [one.fingerprint in found for found in findings])) for one in among]

    return Change(
        first,
        last,
        moved,
        turned(one for one in last.findings if one.fingerprint not in findings[0]),
        turned(one for one in first.findings if one.fingerprint not in findings[-1]),
        [one for one in last.findings if one.fingerprint in findings[0]],
        before.label,
        after.label,
    )


def _state(standing: Standing | None) -> str:
    return standing.state if standing else ""


def _cause(causes: Sequence[Cause], values: Sequence[object]) -> Cause:
    """The last step after which the value was another one; there is one, since first and last differ."""
    return next(causes[step] for step in reversed(range(1, len(values))) if values[step] != values[step - 1])


def _points(before: View, after: View) -> Iterator[tuple[Cause, Report]]:
    """The earlier view, then one for each step that changes anything, the last of them being the later view.

    A step's cause stands beside it; that of the first point is never used.
    """
    days, asked = before.asked.days, after.asked
    yield Cause.TIME, run(before.project, before.asked)
    # From here on everything is judged on the later day: what was not known is taken out of the project instead.
    point = heard(before.project, days.known_by)
    steps = []
    if before.asked != asked._replace(days=days) or days.as_of != asked.days.as_of:
        steps.append((Cause.TIME, point))
    for cause, step in _steps(point, heard(after.project, asked.days.known_by), days):
        if step != point:
            point = step
            steps.append((cause, step))
    for cause, step in steps if before.project.rules != after.project.rules else steps[:-1]:
        yield cause, run(step, asked)
    # The last step of all leads to the later view itself.
    same_rules = before.project.rules == after.project.rules
    yield steps[-1][0] if steps and same_rules else Cause.RULE, run(after.project, asked)


def _steps(old: Project, new: Project, days: Days) -> Iterator[tuple[Cause, Project]]:
    point = old._replace(units=new.units, successions=new.successions, groups=new.groups, calendar=new.calendar)
    yield Cause.UNIT, point
    point = point._replace(plans=new.plans, documents=new.documents, edits=new.edits, settings=new.settings)
    yield Cause.PLAN, point
    actuals = _Both(old.actuals, new.actuals, _slot)
    events = _Both(old.events, new.events, _id)
    figures = _Both(old.figures, new.figures, _id)
    reminders = _Both(old.reminders, new.reminders, _reminder)
    point = point._replace(
        actuals=tuple(one for one in new.actuals if actuals.mends(one) or one.corrects or one.withdraws),
        events=tuple(filter(events.mends, new.events)),
        figures=tuple(filter(figures.mends, new.figures)),
        reminders=tuple(one for one in new.reminders if reminders.mends(one) or one.corrects or one.withdraws),
        # A link says what an entry is for that did not say so itself; that of a new entry waits for its entry.
        links=new.links,
    )
    yield Cause.CORRECTION, point
    kept = {id(one) for one in (*point.actuals, *point.events, *point.figures, *point.reminders)}
    point = point._replace(
        actuals=tuple(one for one in new.actuals if id(one) in kept or one.when.first <= days.as_of),
        events=tuple(one for one in new.events if id(one) in kept or one.when <= days.as_of),
        figures=tuple(one for one in new.figures if id(one) in kept or one.when.first <= days.as_of),
        reminders=tuple(one for one in new.reminders if id(one) in kept or one.on <= days.as_of),
    )
    yield Cause.BACKDATED, point
    yield (
        Cause.NEW,
        point._replace(actuals=new.actuals, events=new.events, figures=new.figures, reminders=new.reminders),
    )


class _Both(Generic[Entry]):
    """The same kind of entries in two views. They may stand in other lines: what they say is compared."""

    def __init__(self, old: Sequence[Entry], new: Sequence[Entry], slot: Callable[[Entry], object]) -> None:
        here, there = {id(one) for one in new}, {id(one) for one in old}
        left: dict[object, list[Entry]] = {}
        for one in old:
            if id(one) not in here:
                left.setdefault(_content(one), []).append(one)
        added = []
        for one in new:
            if id(one) not in there:
                if same := left.get(_content(one)):
                    same.pop()
                else:
                    added.append(one)
        gone = Counter(slot(one) for rest in left.values() for one in rest)
        self.added: set[int] = set()
        for one in added:
            # What stands in the place of an entry that is gone from its file is that entry, edited.
            if gone[slot(one)]:
                gone[slot(one)] -= 1
            else:
                self.added.add(id(one))

    def mends(self, one: Entry) -> bool:
        """Whether the entry was there before, or stands for one that was."""
        return id(one) not in self.added


def _content(entry: Actual | Event | Figure | Sent) -> tuple[object, ...]:
    """All that an entry says, without where it stands."""
    return entry[:-1] if isinstance(entry, Event) else entry[:-2]


def _slot(actual: Actual) -> object:
    return actual.id or (actual.unit, actual.task, actual.period)


def _id(entry: Event | Figure) -> object:
    return entry.id


def _reminder(sent: Sent) -> object:
    return sent.id or (sent.unit, sent.task, sent.period, sent.on)

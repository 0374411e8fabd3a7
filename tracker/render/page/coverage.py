"""Coverage in three numbers, done / eligible / all, with the reason for every difference (design 4.4)."""

from tracker.lang import Words
from tracker.model.plan import Kind
from tracker.model.report import Report
from tracker.model.standing import Standing, State
from tracker.render.page.parts import BAD, Bit, Section, Track
from tracker.render.page.words import by_task, named, short, units_of
from tracker.render.visible import visible


def coverage(report: Report, say: Words) -> Section | None:
    """One line a coverage task; who is outside and why, who is missing."""
    lines = []
    for group in by_task(s for s in report.standings if s.obligation.task.kind is Kind.COVERAGE).values():
        task = group[0].obligation.task
        done = sum(s.state in (State.DONE, State.DONE_LATE) for s in group)
        eligible = sum(s.obligation.applies is True for s in group)
        missing = [s for s in group if s.obligation.applies is True and s.state not in (State.DONE, State.DONE_LATE)]
        text = [visible(task.title)]
        text += [_outside(s, report, say) for s in group if s.obligation.applies is False]
        undecided = [s for s in group if s.obligation.applies is None]
        if undecided:
            text.append(say("page.undecided", units=named(units_of(undecided), len(group), say)))
        if missing:
            text.append(say("page.missing", units=named(units_of(missing), eligible, say)))
        style = BAD if any(s.state is State.OVERDUE for s in group) else ""
        numbers = f"{done}/{eligible}/{len(group)}"
        title, *reasons = text
        said = f"{title} – {'; '.join(reasons)}" if reasons else title
        lines.append((Bit(numbers, style), Bit(visible(task.id)), Bit(said)))
    if not lines:
        return None
    return Section(say("page.heading.coverage"), (Track(), Track(), Track(elastic=True)), lines)


def _outside(standing: Standing, report: Report, say: Words) -> str:
    """Not applicable by a fact: which, on whose word, and who does the work instead."""
    fact = standing.obligation.fact
    words = say("page.outside", unit=short(standing.obligation.unit), reason=visible(standing.reason))
    if fact is not None and fact.counterpart in report.units:
        words += "; " + say("page.counterpart", unit=visible(report.units[fact.counterpart].name))
    return words

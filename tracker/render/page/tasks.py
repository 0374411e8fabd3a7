"""What to act on: overdue, coming, said to be done, left over at the close."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from tracker.lang import Words
from tracker.model.finding import Cell
from tracker.model.plan import Kind
from tracker.model.report import Report
from tracker.model.standing import Evidence, Standing, State
from tracker.model.tables import STANDINGS
from tracker.render.page.parts import BAD, WARN, Bit, Section, Track
from tracker.render.page.words import by_task, named, units_of
from tracker.render.visible import visible


def act_now(report: Report, say: Words) -> Section | None:
    """Overdue, the longest first, one line a task; whoever owes it is named with how many of how many."""
    groups = _groups(report, lambda s: s.state is State.OVERDUE)
    groups.sort(key=lambda group: -max(s.days_late or 0 for s in group))
    ends = _waived(report)
    lines = [
        (
            Bit(say("page.overdue", days=say.number(max(s.days_late or 0 for s in group))), BAD),
            Bit(visible(group[0].obligation.task.id)),
            Bit(_what(group, report, say) + _allowed(group, ends, say) + _chased(group, say)),
        )
        for group in groups
    ]
    if not lines:
        return Section(say("page.heading.act_now"), before=[say("page.nothing_overdue")])
    return Section(say("page.heading.act_now"), _TRACKS, lines)


def _waived(report: Report) -> Mapping[tuple[Cell, ...], date]:
    """Until when single obligations may stay undone: what is waived stays overdue, and says so (design 4.4)."""
    return {
        (finding.row["task"], finding.row["unit"], finding.row["period"]): finding.waiver.expires
        for finding in report.findings
        if finding.waiver is not None and finding.table == STANDINGS.name
    }


def _allowed(group: Sequence[Standing], ends: Mapping[tuple[Cell, ...], date], say: Words) -> str:
    mine = [ends[standing.obligation.key] for standing in group if standing.obligation.key in ends]
    if not mine:
        return ""
    return "; " + say("page.waived", count=say.number(len(mine)), all=say.number(len(group)), until=say.day(max(mine)))


def _chased(group: Sequence[Standing], say: Words) -> str:
    """When somebody was last reminded of any of it, or that nobody was; nothing where reminders are not logged."""
    if not all(standing.chased.logged for standing in group):
        return ""
    days = [standing.chased.last for standing in group if standing.chased.last is not None]
    return "; " + (say("page.chased", day=say.day(max(days))) if days else say("page.not_chased"))


def coming(report: Report, say: Words, horizon: int) -> Section | None:
    """Due within the horizon and not done, the soonest first."""
    groups = _groups(report, lambda s: s.due_soon and not s.carried_over)
    groups.sort(key=lambda group: min(s.days_left or 0 for s in group))
    lines = [
        (
            Bit(_left(min(s.days_left or 0 for s in group), say), WARN),
            Bit(visible(group[0].obligation.task.id)),
            Bit(_what(group, report, say, due=True)),
        )
        for group in groups
    ]
    heading = say("page.heading.coming", days=say.number(horizon))
    if lines:
        return Section(heading, _TRACKS, lines)
    running = any(not plan.programme and not (plan.closed and plan.closed <= report.as_of) for plan in report.plans)
    return Section(heading, before=[say("page.nothing_coming")]) if running else None


def carried(report: Report, say: Words) -> Section | None:
    """Not done and not yet overdue when the plan was closed: to be carried on or ended by decision (design 4.6)."""
    groups = _groups(report, lambda s: s.carried_over)
    lines = [
        (Bit(say("page.carried"), WARN), Bit(visible(group[0].obligation.task.id)), Bit(_what(group, report, say)))
        for group in groups
    ]
    return Section(say("page.heading.carried"), _TRACKS, lines) if lines else None


def unrecorded(report: Report, say: Words) -> Section | None:
    """Standing duties ("thường xuyên") whose period is over without any record: never overdue, and not on track."""
    groups = _groups(report, lambda s: s.state is State.ONGOING and s.over and s.evidence is Evidence.NONE)
    lines = [
        (Bit(visible(group[0].obligation.task.id)), Bit(_what(group, report, say)))
        for group in groups
        if group[0].obligation.task.kind is Kind.STANDING
    ]
    return Section(say("page.heading.unrecorded"), _TRACKS[1:], lines) if lines else None


def unclear(report: Report, say: Words) -> Iterator[Section]:
    """Neither done nor overdue, a section for each reason: nothing named that shows it, a blank fact, vague figures."""
    unclear = [s for s in report.standings if s.unverified or s.state is State.UNKNOWN]
    for why in ("unverified", "fact_missing", "undecidable"):
        groups = by_task(s for s in unclear if _why_unclear(s) == why).values()
        lines = [(Bit(visible(group[0].obligation.task.id)), Bit(_what(group, report, say))) for group in groups]
        if lines:
            heading = say("page.heading.unclear", why=say(f"page.{why}"), count=say.number(len(lines)))
            yield Section(heading, _TRACKS[1:], lines)


def _why_unclear(standing: Standing) -> str:
    if standing.obligation.applies is None:
        return "fact_missing"
    return "unverified" if standing.unverified else "undecidable"


_TRACKS = (Track(), Track(), Track(elastic=True))


def _groups(report: Report, wanted: Callable[[Standing], bool]) -> list[list[Standing]]:
    return list(by_task(standing for standing in report.standings if wanted(standing)).values())


def _what(group: Sequence[Standing], report: Report, say: Words, *, due: bool = False) -> str:
    """Title, whose, how much is there, since when: what the coordinator would ask for next."""
    first = group[0]
    task = first.obligation.task
    everyone = units_of(s for s in report.standings if s.obligation.task.id == task.id)
    units = units_of(group)
    parts = [named(units, len(everyone), say)]
    if task.kind is Kind.RECURRING:
        parts.append(say("page.times", count=say.number(len(group))))
    if task.kind is Kind.QUANTITY and task.target is not None:
        have, want = say.number(first.achieved), say.number(task.target.value)
        parts.append(say("page.of_target", have=have, want=want, unit=visible(task.target.unit)).strip())
    if due and first.obligation.due is not None:
        parts.append(say("page.due", day=say.day(first.obligation.due)))
    if not first.obligation.due_stated and first.obligation.due is not None:
        parts.append(say("page.due_inferred"))
    if first.reason:
        parts.append(visible(first.reason))
    return f"{visible(task.title)} – {'; '.join(parts)}"


def _left(days: int, say: Words) -> str:
    return say("page.today") if days == 0 else say("page.days_left", days=say.number(days))

"""The first lines: which plan, as of when, and the verdict; and the last ones, whose counts add up."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from tracker.lang import Words
from tracker.match import unkeyed
from tracker.model.finding import Verdict
from tracker.model.link import Way
from tracker.model.report import Report
from tracker.model.rule import Severity
from tracker.model.standing import State
from tracker.render.page.parts import BAD, HEADING, STYLES, Bit
from tracker.render.say import rounded
from tracker.render.visible import visible

_WORST_FIRST = (
    State.OVERDUE,
    State.UNKNOWN,
    State.OPEN,
    State.DONE,
    State.DONE_LATE,
    State.ONGOING,
    State.UPCOMING,
    State.EXEMPT,
    State.CANCELLED,
)


def headline(report: Report, say: Words) -> list[list[Bit]]:
    """Plan and day; that it is closed, if it is; the verdict with its counts."""
    main = [plan for plan in report.plans if not plan.programme] or list(report.plans)
    names = ", ".join(visible(plan.id) for plan in main) or say("page.no_plan")
    lines = [[Bit(say("page.title", plans=names, as_of=say.day(report.as_of)), HEADING)]]
    if len(main) == 1 and main[0].title:
        lines.append([Bit(visible(main[0].title))])
    for plan in main:
        if plan.closed is not None and plan.closed <= report.as_of:
            paper = visible(plan.closing_document)
            lines.append([Bit(say("page.closed", plan=visible(plan.key), on=say.day(plan.closed), document=paper))])
    lines.append(_verdict(report, say))
    lines += [[Bit(text)] for text in _rates(report, say)]
    return lines


def _verdict(report: Report, say: Words) -> list[Bit]:
    states = Counter(standing.state for standing in report.standings)
    errors = any(finding.severity is Severity.ERROR for finding in report.findings)
    if report.problems:
        word, style = "page.verdict.unread", BAD
    elif states[State.OVERDUE] or errors:
        word, style = "page.verdict.bad", BAD
    elif states[State.UNKNOWN] or any(finding.severity is Severity.WARNING for finding in report.findings):
        word, style = "page.verdict.watch", "bold yellow"
    else:
        word, style = "page.verdict.good", "bold green"
    counts = [
        Bit(f"{say.number(states[state])} {say(f'page.word.{state}')}", STYLES.get(state, ""))
        for state in _WORST_FIRST
        if states[state]
    ]
    return [Bit(say(word), style), *counts]


def _rates(report: Report, say: Words) -> Iterator[str]:
    """Both figures: over what has come due, as officials publish it, and over all (design 4.3). Never of nothing."""
    apart = (State.EXEMPT, State.CANCELLED)
    due = [s for s in report.standings if s.obligation.due is not None and s.state not in apart]
    if not due:
        yield say("page.nothing_owed")
        return
    done = sum(s.state in (State.DONE, State.DONE_LATE) for s in due)
    ended = done + sum(s.state is State.OVERDUE for s in due)
    share = say.number(rounded(Decimal(done * 100) / ended)) + "%" if ended else say("page.none_due")
    yield say(
        "page.rates",
        done=say.number(done),
        ended=say.number(ended),
        share=share,
        all=say.number(len(due)),
        share_all=say.number(rounded(Decimal(done * 100) / len(due))) + "%",
        unknown=say.number(sum(s.state is State.UNKNOWN for s in due)),
    )


def _keyless(report: Report, say: Words) -> Iterator[str]:
    """How many entries without a task were counted all the same, and how many were not."""
    ways = unkeyed(report.standings)
    if count := ways.total():
        selected, linked = (say.number(ways[way]) for way in (Way.SELECTOR, Way.LINK))
        yield say("page.footer.unkeyed", count=say.number(count), selected=selected, linked=linked)
    if left := sum(not stray.actual.task for stray in report.strays):
        yield say("page.footer.keyless", count=say.number(left))


def footer(report: Report, say: Words) -> list[str]:
    """All obligations by state, all findings by level, what was run, and where to look next."""
    states = Counter(standing.state for standing in report.standings)
    sum_ = " + ".join(f"{say.number(states[s])} {say(f'page.word.{s}')}" for s in _WORST_FIRST if states[s])
    levels = Counter(finding.severity for finding in report.findings)
    unknown = sum(finding.verdict is Verdict.UNKNOWN for finding in report.findings)
    waived = sum(finding.waiver is not None for finding in report.findings)
    lines = [
        say("page.footer.counts", all=say.number(len(report.standings)), sum=sum_ or "0"),
        say(
            "page.footer.findings",
            errors=say.number(levels[Severity.ERROR]),
            warnings=say.number(levels[Severity.WARNING]),
            notes=say.number(levels[Severity.NOTE]),
            unknown=say.number(unknown),
            rules=say.number(len(report.rules)),
        ),
        *([say("page.footer.waived", count=say.number(waived))] if waived else ()),
        *_keyless(report, say),
        say("page.footer.days", as_of=say.day(report.as_of), known_by=say.day(report.known_by)),
    ]
    if report.problems:
        lines.append(say("page.footer.problems", count=say.number(len(report.problems))))
    worst = next((f for f in report.findings if f.table == "standings"), None)
    if worst is not None:
        lines.append(say("page.footer.next", what=visible(worst.fingerprint)))
    return lines

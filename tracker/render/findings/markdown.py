"""Markdown for people: a comment on a change, or the summary of a CI job ($GITHUB_STEP_SUMMARY).

GitHub refuses a summary above 1 MiB as a whole; so this stays below a million bytes, by whole rows, and says how many
rows were left out.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from tracker.lang import Words
from tracker.model.finding import Finding
from tracker.model.report import Report
from tracker.model.source import NOWHERE, Place
from tracker.render.marked import marked
from tracker.render.say import Speaker
from tracker.render.told import parts, reasons, said, verdicts

LIMIT = 1_000_000
"""Bytes of UTF-8."""


class _Section(NamedTuple):
    """Part of the page; only its rows may be cut."""

    before: Sequence[str]
    rows: Sequence[str] = ()
    after: Sequence[str] = ()


def render(report: Report, say: Words) -> str:
    """The verdict and why, the counts, then what counts, then what does not."""
    return "\n".join(_fitted(list(_sections(report, say)), say))


def _sections(report: Report, say: Words) -> Iterator[_Section]:
    speaker = Speaker(report, say)
    found, gate = parts(report.findings), report.gate
    yield _Section(list(_verdict(report, say)))
    if report.problems:
        places = [f"- {marked(_place(one.place) + say.problem(one))}" for one in report.problems]
        yield _Section([*_heading(say("formats.problems"), len(places), say), ""], places)
    if found.counting:
        rules = {finding.rule: None for finding in found.counting}
        fixes = [f"- {marked(rule)}: {marked(speaker.rules[rule].fix[say.code])}" for rule in rules]
        remedies = ["", f"### {say('formats.remedies')}", "", *fixes]
        yield _table(say("formats.findings"), found.counting, speaker)._replace(after=remedies)
    else:
        yield _Section(["", say("formats.nothing")])
    if found.lapsed:
        yield _table(say("formats.lapsed"), found.lapsed, speaker)
    for name, left in (("old", found.old), ("baseline", found.baseline)):
        if left:
            yield _folded(say(f"formats.{name}"), left, speaker)
    if found.waived:
        yield _waived(found.waived, speaker)
    if gate.absent:
        yield _table(say("formats.resolved"), gate.absent, speaker)
    if gate.coming:
        yield _table(say("formats.coming", days=say.number(gate.horizon)), gate.coming, speaker)


def _verdict(report: Report, say: Words) -> Iterator[str]:
    yield f"## {marked(say('formats.title', as_of=say.day(report.as_of)))}"
    yield ""
    if report.problems:
        yield f"**{say('formats.unread', count=say.number(len(report.problems)))}**"
        yield ""
    why = list(reasons(report, say))
    if why:
        yield f"**{say('formats.closed')}**"
        yield ""
        yield from (f"- {marked(reason)}" for reason in why)
    elif not report.problems:
        yield f"**{say('formats.open')}**"
    yield ""
    yield marked(verdicts(report, say))
    if report.known_by != report.as_of:
        yield ""
        yield say("check.known", known_by=say.day(report.known_by))


def _table(heading: str, findings: Sequence[Finding], speaker: Speaker) -> _Section:
    rows = [_row(finding, speaker) for finding in findings]
    return _Section([*_heading(heading, len(rows), speaker.say), "", *_columns(speaker.say)], rows)


def _folded(heading: str, findings: Sequence[Finding], speaker: Speaker) -> _Section:
    """Only the number, until somebody opens it."""
    say = speaker.say
    counted = say("formats.counted", heading=heading, count=say.number(len(findings)))
    before = ["", f"<details><summary>{marked(counted)}</summary>", "", *_columns(say)]
    return _Section(before, [_row(finding, speaker) for finding in findings], ["", "</details>"])


def _waived(findings: Sequence[Finding], speaker: Speaker) -> _Section:
    say = speaker.say
    columns = list(_columns(say, "waiver", "until", "reason"))
    rows = []
    for finding in findings:
        waiver = finding.waiver
        assert waiver is not None
        rows.append(_row(finding, speaker, waiver.id, say.day(waiver.expires), waiver.reason))
    return _Section([*_heading(say("formats.exempted"), len(rows), say), "", *columns], rows)


def _heading(heading: str, count: int, say: Words) -> Iterator[str]:
    yield ""
    yield f"### {marked(say('formats.counted', heading=heading, count=say.number(count)))}"


def _columns(say: Words, *more: str) -> Iterator[str]:
    names = ("severity", "rule", "what", "due", "place", *more)
    yield f"| {' | '.join(say(f'formats.{name}') for name in names)} |"
    yield f"|{'---|' * len(names)}"


def _row(finding: Finding, speaker: Speaker, *more: str) -> str:
    say, due = speaker.say, finding.row.get("due")
    cells = [
        say(f"severity.{finding.severity}"),
        finding.rule,
        said(speaker, finding),
        say.day(due) if isinstance(due, date) else "",
        "" if finding.at == NOWHERE else str(finding.at),
        *more,
    ]
    return f"| {' | '.join(map(marked, cells))} |"


def _place(place: Place) -> str:
    return "" if place == NOWHERE else f"{place}: "


def _fitted(sections: Sequence[_Section], say: Words) -> Iterator[str]:
    """All that is fixed, and as many rows as fit, earlier sections first."""
    spare = LIMIT
    for section in sections:
        spare -= _size([*section.before, *section.after, "", say("formats.cut", count=say.number(len(section.rows)))])
    for section in sections:
        yield from section.before
        kept = 0
        for row in section.rows:
            spare -= _size([row])
            if spare < 0:
                break
            yield row
            kept += 1
        if kept < len(section.rows):
            spare = 0
            yield ""
            yield say("formats.cut", count=say.number(len(section.rows) - kept))
        yield from section.after


def _size(lines: Sequence[str]) -> int:
    return sum(len(line.encode("utf-8", "backslashreplace")) + 1 for line in lines)

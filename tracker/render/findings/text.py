"""Plain text for a terminal or a CI log: worst first, every finding on the line that promised it, with what to do.

Findings of one rule about one unit that differ only in the period share a line, so that twelve missing months are one
line; keys stay per period in JSON. Where that would be more than 500 lines, they are counted by rule, territory and
period.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tracker.lang import Words
from tracker.model.finding import Finding, Verdict, weighted
from tracker.model.report import Report
from tracker.model.rule import Severity
from tracker.model.standing import State
from tracker.render.grouped import MANY, grouped
from tracker.render.say import Speaker
from tracker.render.told import parts, reasons, said, verdicts, waived
from tracker.render.visible import harmless, visible


def render(report: Report, say: Words) -> str:
    """What counts, then what does not and why not, then the counts, which add up."""
    speaker = Speaker(report, say)
    found = parts(report.findings)
    some = not report.gate.every and not report.gate.by
    first = _by_owner(found.counting, report, speaker) if report.gate.by else _told(found.counting, speaker, some=some)
    lines = list(first)
    lines += _section(say("formats.lapsed"), found.lapsed, speaker, some=some)
    for heading, left in (("old", found.old), ("baseline", found.baseline), ("resolved", report.gate.absent)):
        if left:
            lines += [say("formats.not_counted", heading=say(f"formats.{heading}"), count=say.number(len(left))), ""]
    if report.gate.stale:
        lines += [say("formats.stale", count=say.number(len(report.gate.stale))), ""]
    coming = say("formats.coming", days=say.number(report.gate.horizon))
    lines += _section(coming, report.gate.coming, speaker, some=some)
    lines += _section(say("formats.exempted"), found.waived, speaker, some=some)
    return "\n".join([*lines, *summary(report, say)])


def summary(report: Report, say: Words) -> Iterator[str]:
    """As of when, how many of what; hidden or not, all verdicts are counted."""
    levels: Counter[Severity] = Counter()
    unknown = 0
    for finding, many in weighted(report.findings):
        levels[finding.severity] += many
        unknown += many if finding.verdict is Verdict.UNKNOWN else 0
    yield say(
        "check.summary",
        as_of=say.day(report.as_of),
        plans=", ".join(visible(plan.id) for plan in report.plans) or say("finding.none"),
        errors=say.number(levels[Severity.ERROR]),
        warnings=say.number(levels[Severity.WARNING]),
        notes=say.number(levels[Severity.NOTE]),
        unknown=say.number(unknown),
    )
    yield verdicts(report, say)
    states = report.tally.states
    listed = " · ".join(f"{say(f'state.{state}')} {say.number(states[state])}" for state in State if states.get(state))
    yield say("check.states", count=say.number(sum(states.values())), states=listed or say("finding.none"))
    if report.known_by != report.as_of:
        yield say("check.known", known_by=say.day(report.known_by))
    yield from (say("formats.failed", reason=reason) for reason in reasons(report, say))


def _by_owner(findings: Sequence[Finding], report: Report, speaker: Speaker) -> Iterator[str]:
    """Under the name of each unit that must act, in official order, its findings; what is nobody's stands last."""
    owned: dict[str, list[Finding]] = {}
    for finding in findings:
        owned.setdefault(finding.owner if finding.owner in report.units else "", []).append(finding)
    for owner in (*report.units, ""):
        name = visible(report.units[owner].name) if owner else speaker.say("formats.unowned")
        yield from _section(name, owned.get(owner, ()), speaker, some=False)


def _section(heading: str, findings: Sequence[Finding], speaker: Speaker, *, some: bool) -> Iterator[str]:
    """Findings that close no gate, under a heading with their number; nothing where there are none."""
    if findings:
        yield speaker.say("formats.counted", heading=heading, count=speaker.say.number(len(findings)))
        yield from _told(findings, speaker, some=some)


def _told(findings: Sequence[Finding], speaker: Speaker, *, some: bool) -> Iterator[str]:
    """One by one, or in groups where there are many and `some` will do."""
    lines: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        lines.setdefault(_group(finding), []).append(finding)
    return map(harmless, grouped(findings, speaker)) if some and len(lines) > MANY else _listed(lines.values(), speaker)


def _listed(groups: Iterable[Sequence[Finding]], speaker: Speaker) -> Iterator[str]:
    say = speaker.say
    rule_before = ""
    levels = {level: say(f"severity.{level}") for level in Severity}
    for group in groups:
        first = group[0]
        if first.rule != rule_before and rule_before:
            yield f"  → {speaker.remedy(speaker.rules[rule_before])}"
            yield ""
        rule_before = first.rule
        sentence = said(speaker, first)
        if len(group) > 1:
            sentence += " " + say("check.and_periods", count=say.number(len(group) - 1), periods=_runs(group[1:], say))
        if first.waiver is not None:
            sentence += " " + waived(first, say)
        yield harmless(f"{visible(str(first.at))}: {levels[first.severity]} {first.rule}: {sentence}")
    if rule_before:
        yield f"  → {speaker.remedy(speaker.rules[rule_before])}"
        yield ""


def _group(finding: Finding) -> tuple[object, ...]:
    row = finding.row
    waivers = (finding.waiver, finding.ended)
    if "period" not in row or "unit" not in row:
        return (finding.fingerprint,)
    return (finding.rule, finding.severity, finding.verdict, row.get("task"), row["unit"], finding.at, *waivers)


def _runs(group: Sequence[Finding], say: Words) -> str:
    """The periods; of a long list the first and the last."""
    named = group if len(group) <= 3 else (group[0], group[-1])
    periods = [say.period(str(finding.row["period"])) for finding in named]
    return ", ".join(periods if len(group) <= 3 else (periods[0], "…", periods[1]))

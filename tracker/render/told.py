"""What all formats of findings say in the same words: of waivers, of verdicts, and why the gate closed."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tracker.lang import Words, slots_of
from tracker.model.finding import Finding, Novelty, Verdict
from tracker.model.gate import Reason
from tracker.model.report import Report
from tracker.model.rule import Severity
from tracker.model.tables import TABLES
from tracker.render.say import Speaker
from tracker.render.visible import visible


class Parts(NamedTuple):
    """Findings by what becomes of them; each stands in one part, in the order of the report."""

    counting: Sequence[Finding]
    """May close the gate."""
    lapsed: Sequence[Finding]
    old: Sequence[Finding]
    baseline: Sequence[Finding]
    waived: Sequence[Finding]


def parts(findings: Iterable[Finding]) -> Parts:
    """A waiver goes before everything else: what is waived is told as waived, however old it is."""
    found = Parts([], [], [], [], [])
    of = {Novelty.LAPSED: found.lapsed, Novelty.OLD: found.old, Novelty.BASELINE: found.baseline}
    for finding in findings:
        if finding.waiver is not None:
            part = found.waived
        elif finding.counts or finding.novelty is None:
            part = found.counting
        else:
            part = of[finding.novelty]
        assert isinstance(part, list)
        part.append(finding)
    return found


def said(speaker: Speaker, finding: Finding) -> str:
    """The rule's sentence, and that a waiver has expired, without which an old breach would look like a new one."""
    sentence = _sentence(speaker, finding)
    if finding.ended is None:
        return sentence
    ended, say = finding.ended, speaker.say
    return f"{sentence} {say('formats.ended', waiver=visible(ended.id), expires=say.day(ended.expires))}"


def waived(finding: Finding, say: Words) -> str:
    """Which waiver covers the finding, until when and why; empty where none does."""
    waiver = finding.waiver
    if waiver is None:
        return ""
    reason = visible(waiver.reason)
    return say("formats.waived", waiver=visible(waiver.id), expires=say.day(waiver.expires), reason=reason)


def verdicts(report: Report, say: Words) -> str:
    """How many verdicts of each kind; they add up to all that the rules had to speak of."""
    return say("formats.verdicts", **{kind: say.number(count) for kind, count in report.verdicts.items()})


def reasons(report: Report, say: Words) -> Iterator[str]:
    """Why the gate closed, one sentence each; none where it is open. Whether the exit code is 1 or 2 is not said."""
    for reason in report.gate.reasons:
        yield _reason(reason, say)


def _reason(reason: Reason, say: Words) -> str:
    subject = say(f"severity.{reason.subject}") if reason.subject in set(Severity) else visible(reason.subject)
    allowed = visible(reason.allowed) or say.number(0)
    return say(f"formats.why.{reason.why}", subject=subject, found=say.number(reason.found), allowed=allowed)


def _sentence(speaker: Speaker, finding: Finding) -> str:
    """A finding of an earlier revision may be of a rule that is gone, or that now names columns it does not carry."""
    rule = speaker.rules.get(finding.rule)
    if rule is not None:
        columns = set(slots_of(rule.message[speaker.say.code])) & TABLES[finding.table].by_name.keys()
        if finding.verdict is Verdict.UNKNOWN or columns <= finding.row.keys():
            return speaker.message(finding)
    return visible(f"{finding.rule}: {speaker.subject(finding)}")

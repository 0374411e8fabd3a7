"""A report → the draft of "Một số hạn chế và nguyên nhân": findings grouped, worded by their rules, causes quoted.

Only what is broken becomes a sentence, waived or not; what cannot be told never does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from tracker.check import asked_for
from tracker.draft.advice import advice
from tracker.draft.causes import Reason, because, offers, reasons
from tracker.draft.figures import annexed, by_name, figures
from tracker.draft.notes import footnote, listed
from tracker.draft.template import filled
from tracker.draft.writer import Writer, writer_of
from tracker.lang import Words, roman, words
from tracker.model.draft import ALL, Choice, Draft, Ground, Paragraph
from tracker.model.finding import Cell, Finding, Verdict
from tracker.model.paper import Block, Filled, Paper, Role, Run
from tracker.model.report import Report
from tracker.model.rule import GROUPING, Rule, Severity
from tracker.model.source import NOWHERE, Place
from tracker.model.tables import TABLES
from tracker.render.visible import visible

PART = "II.2"
"""Where the section stands in a report: what the keys of its blocks begin with."""


class _Group(NamedTuple):
    """The findings of one paragraph."""

    rule: Rule
    by: tuple[Cell, ...]
    found: Sequence[Finding]
    inferred: int
    """How many of them rest on what no paper states: a task or a deadline that somebody concluded."""

    @property
    def doubtful(self) -> bool:
        """Whether most of them do."""
        return 2 * self.inferred > len(self.found)

    @property
    def text(self) -> str:
        """The sentence of the rule that fits."""
        return self.rule.limitation["one" if len(self.found) == 1 else "many"]

    @property
    def severity(self) -> Severity:
        """The worst of its findings."""
        return max((finding.severity for finding in self.found), key=lambda severity: severity.rank)

    @property
    def weight(self) -> tuple[int, bool, int, str, str]:
        """Weightiest first: how bad, whether it stands on paper, how many; then by name, so that order never varies."""
        return (-self.severity.rank, self.doubtful, -len(self.found), self.rule.id, self.found[0].fingerprint)

    @property
    def key(self) -> str:
        """What the paragraph is about."""
        return ":".join([self.rule.id, *("" if one is None else str(one) for one in self.by)])


def draft(report: Report, choice: Choice = ALL) -> Draft:
    """The section; with the plans that follow, it also says which limitations none of them takes up."""
    writer, later = writer_of(report, choice.naming), choice.later
    rules = {rule.id: rule for rule in report.rules}
    broken = [one for one in report.findings if one.verdict is Verdict.BROKEN and (one.counts or one.waiver)]
    worded = [finding for finding in broken if rules[finding.rule].limitation]
    found = sorted(_groups(worded, rules, writer), key=lambda group: group.weight)
    groups = [group for group in found if group.severity.rank >= choice.level.rank]
    continued = {task.continues for plan in later for task in plan.tasks} - {""}
    paragraphs: list[Paragraph] = []
    labels = _labels(groups, writer)
    for group, label in zip(groups, labels, strict=True):
        made = _paragraph(group, writer, label)
        if later:
            tasks = {finding.row.get("task") for finding in group.found} - {None}
            made = made._replace(followed=bool(tasks & continued))
        paragraphs.append(made)
    nothing, counted = ("", ()) if paragraphs else _nothing(report, writer.say)
    unknown = sum(finding.verdict is Verdict.UNKNOWN for finding in report.findings)
    plans = tuple(visible(plan.id) for plan in report.plans)
    return Draft(
        report.as_of, report.known_by, plans, tuple(paragraphs), nothing, unknown, len(broken) - len(worded),
        sum(len(group.found) for group in found) - sum(len(group.found) for group in groups),
        tuple(offers(writer)), counted,
    )  # fmt: skip


def section(report: Report, say: Words, choice: Choice = ALL) -> Paper:
    """The section alone, to be pasted into a report; the advice to its writer in the language of `say`."""
    made = draft(report, choice)
    heading = Block(PART, Role.HEADING, (Run(words()("draft.heading")),), "2")
    return Paper(
        made.as_of, made.known_by, made.plans, (heading, *limitations(made)), made.annexes, tuple(advice(made, say)),
    )  # fmt: skip


def limitations(made: Draft) -> Iterator[Block]:
    """The paragraphs of the section, or the sentence that there is nothing to report."""
    if made.nothing:
        yield Block(f"{PART}/nothing", Role.TEXT, (Run(made.nothing),), "", made.figures)
    for one in made.paragraphs:
        # The mark of a footnote stands before the full stop, as in the reports that this follows.
        runs = [Run(one.sentence.removesuffix("."), note=one.note), Run(".")]
        if one.cause or one.missing:
            runs += [Run(f" {one.cause}".rstrip())]
            runs += [Run(" "), Run(one.missing, blank=True)] if one.missing else []
            runs += [Run(".")]
        runs += [Run(" "), Run(one.doubt, blank=True)] if one.doubt else []
        yield Block(f"{PART}/{one.key}", Role.ITEM, tuple(runs), "", one.figures, one.grounds)


def _nothing(report: Report, say: Words) -> tuple[str, tuple[Filled, ...]]:
    """What is said where nothing is to be said: of how much."""
    if not any(report.saw.values()):
        return say("draft.nothing_judged"), ()
    tasks = say.counted(sum(len(plan.tasks) for plan in report.plans))
    rules = say.counted(len(report.rules))
    return say("draft.nothing", tasks=tasks, rules=rules), (Filled("tasks", tasks), Filled("rules", rules))


def _groups(findings: Iterable[Finding], rules: Mapping[str, Rule], writer: Writer) -> Iterator[_Group]:
    """The findings of each sentence: of a rule, and of what its sentence on several names besides."""
    for id_, found in groupby(sorted(findings, key=lambda finding: finding.rule), lambda finding: finding.rule):
        rule = rules[id_]
        many = rule.limitation.get("many", "")
        named = {*GROUPING, *TABLES[rule.on].key} & set(asked_for(many))
        if "title" in named and "task" in TABLES[rule.on].by_name:
            # A task is renamed more often than it is renumbered: what people wrote of it must be found again.
            named = named - {"title"} | {"task"}
        parts: dict[tuple[Cell, ...], list[Finding]] = {}
        for finding in found:
            by = tuple(finding.row.get(name) for name in sorted(named)) if many else (_rest(finding),)
            parts.setdefault(by, []).append(finding)
        for by, those in parts.items():
            yield _Group(rule, by, those, sum(_inferred(finding, writer) for finding in those))


def _rest(finding: Finding) -> str:
    """What identifies a finding within its rule."""
    return finding.fingerprint.partition(":")[2]


def _inferred(finding: Finding, writer: Writer) -> bool:
    """Whether it rests on a task or a deadline that no paper states."""
    standing = writer.standing(finding)
    if standing is None:
        return finding.row.get("stated") is False
    obligation = standing.obligation
    return not obligation.task.basis.stated or (not obligation.due_stated and finding.row.get("due") is not None)


def _labels(groups: Sequence[_Group], writer: Writer) -> list[str]:
    """By what each paragraph names its list of units; empty where it has none. One annex alone bears no numeral."""
    listing = [
        len(group.found) > 1 and "some_units" in asked_for(group.text) and annexed(group.found, writer)
        for group in groups
    ]  # fmt: skip
    numbers = [f" {roman(number)}" for number in range(1, sum(listing) + 1)] if sum(listing) > 1 else [""]
    given = iter(numbers)
    return [writer.say("draft.annex.label", number=next(given)) if listed_ else "" for listed_ in listing]


def _paragraph(group: _Group, writer: Writer, label: str) -> Paragraph:
    rule, found, text = group.rule, group.found, group.text
    slots = figures(text, found, writer, label)
    sentence = visible(filled(text, by_name(slots)))
    note = footnote(rule, found, by_name(slots).get("count", ""), writer)
    written = [reasons(finding, writer) for finding in found]
    cause = because(written, writer.say)
    doubt = {"count": writer.say.counted(group.inferred), "all": writer.say.counted(len(found))}
    grounds = tuple(
        Ground(finding.fingerprint, tuple(_places(finding, those, writer)))
        for finding, those in zip(found, written, strict=True)
    )
    return Paragraph(
        rule.id,
        group.key,
        sentence[:1].upper() + sentence[1:],
        cause.text,
        cause.missing,
        (*slots, *cause.figures, *(Filled(f"inferred_{name}", text) for name, text in doubt.items() if group.doubtful)),
        grounds,
        writer.say("draft.doubt", **doubt) if group.doubtful else "",
        note,
        listed(rule, f"{PART}/{group.key}/units", found, writer)._replace(label=label) if label else None,
    )



def _places(finding: Finding, written: Sequence[Reason], writer: Writer) -> Iterator[Place]:
    """Where a finding comes from, each place once."""
    places = [finding.at, *finding.beside]
    standing = writer.standing(finding)
    if standing is not None:
        places.append(standing.obligation.task.at)
        places += [actual.at for actual in (*standing.actuals, *standing.surplus, *standing.reasons)]
    places += [reason.at for reason in written]
    yield from (place for place in dict.fromkeys(places) if place != NOWHERE)

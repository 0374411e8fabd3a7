"""A report → the draft of "Một số hạn chế và nguyên nhân": findings grouped, worded by their rules, causes quoted.

Only what is broken becomes a sentence, waived or not; what cannot be told never does. Nothing is invented: a number is
that of the findings, a cause is what somebody wrote. The sentences of rules are Vietnamese, so all of the draft is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from tracker.lang import Words, fill, slots_of, words
from tracker.model.draft import Draft, Filled, Ground, Paragraph
from tracker.model.finding import Cell, Finding, Verdict
from tracker.model.paper import Block, Paper, Role, Run
from tracker.model.report import Report
from tracker.model.rule import Rule
from tracker.model.source import NOWHERE, Place
from tracker.model.standing import Standing, State
from tracker.model.table import Column, Names, Type
from tracker.model.tables import TABLES
from tracker.model.unit import Unit
from tracker.render.say import cell, rounded
from tracker.render.visible import visible

_NAMED = 3
"""Up to so many units are named in the sentence."""
_TASK_SLOTS = frozenset({"task", "title"})


class _Cause(NamedTuple):
    """A reason that somebody wrote, and where."""

    text: str
    at: Place


class _Writer(NamedTuple):
    """What sentences of one report need."""

    say: Words
    units: Mapping[str, Unit]
    standings: Mapping[tuple[Cell, ...], Standing]
    """By task, unit and period."""


def draft(report: Report) -> Draft:
    """The section. Weightiest first: by severity, then by how many findings, then by the rule's id."""
    say = words()
    writer = _Writer(say, report.units, {standing.obligation.key: standing for standing in report.standings})
    rules = {rule.id: rule for rule in report.rules}
    broken = [one for one in report.findings if one.verdict is Verdict.BROKEN and (one.counts or one.waiver)]
    worded = [finding for finding in broken if rules[finding.rule].limitation]
    groups = [(rules[found[0].rule], found) for found in _groups(worded, rules)]
    groups.sort(key=lambda group: _weight(*group))
    paragraphs = tuple(_paragraph(rule, found, writer) for rule, found in groups)
    nothing = "" if paragraphs else say("draft.nothing" if any(report.saw.values()) else "draft.nothing_judged")
    unknown = sum(finding.verdict is Verdict.UNKNOWN for finding in report.findings)
    plans = tuple(visible(plan.id) for plan in report.plans)
    return Draft(
        report.as_of, report.known_by, plans, paragraphs, nothing, unknown, len(broken) - len(worded),
    )  # fmt: skip


def section(report: Report, say: Words) -> Paper:
    """The section alone, to be pasted into a report; the advice to its writer in the language of `say`."""
    made = draft(report)
    return Paper(
        made.as_of,
        made.known_by,
        made.plans,
        (Block("II.2", Role.HEADING, (Run(words()("draft.heading")),), "2"), *limitations(made)),
        advice=tuple(advice(made, say)),
    )


def limitations(made: Draft) -> Iterator[Block]:
    """The paragraphs of the section, or the sentence that there is nothing to report."""
    if made.nothing:
        yield Block("II.2/nothing", Role.TEXT, (Run(made.nothing),))
    for paragraph in made.paragraphs:
        runs = [Run(f"{paragraph.sentence} {paragraph.cause}".rstrip())]
        if paragraph.missing:
            runs += [Run(" "), Run(paragraph.missing, blank=True)]
        key = f"II.2/{paragraph.key}"
        yield Block(key, Role.ITEM, (*runs, Run(".")), "", paragraph.figures, paragraph.grounds)


def advice(made: Draft, say: Words) -> Iterator[str]:
    """What the writer must know of the section, and that no paper may say."""
    missing = sum(bool(paragraph.missing) for paragraph in made.paragraphs)
    for name, count in (("missing_causes", missing), ("unknown", made.unknown), ("unworded", made.unworded)):
        if count:
            yield say(f"draft.note.{name}", count=say.number(count))


def _groups(findings: Iterable[Finding], rules: Mapping[str, Rule]) -> Iterator[Sequence[Finding]]:
    """The findings of one sentence: of a rule; of a rule and a task where its template names the task."""
    for id_, found in groupby(sorted(findings, key=lambda finding: finding.rule), lambda finding: finding.rule):
        many = rules[id_].limitation.get("many", "")
        parts: dict[Cell, list[Finding]] = {}
        for finding in found:
            by: Cell = None
            if not many:
                by = finding.fingerprint
            elif _TASK_SLOTS & set(slots_of(many)):
                by = finding.row.get("task")
            parts.setdefault(by, []).append(finding)
        yield from parts.values()


def _weight(rule: Rule, found: Sequence[Finding]) -> tuple[int, int, str, str]:
    worst = max(finding.severity.rank for finding in found)
    return (-worst, -len(found), rule.id, found[0].fingerprint)


def _paragraph(rule: Rule, found: Sequence[Finding], writer: _Writer) -> Paragraph:
    template = rule.limitation["one" if len(found) == 1 else "many"]
    figures = list(_figures(template, found, writer))
    filled = {figure.name: figure.text for figure in figures}
    sentence = _sentence(template, filled)
    causes = [_causes(finding, writer) for finding in found]
    cause, missing, more = _because(causes, writer.say)
    grounds = [
        Ground(finding.fingerprint, tuple(_places(finding, written, writer)))
        for finding, written in zip(found, causes, strict=True)
    ]
    key = _key(rule, found)
    return Paragraph(rule.id, key, sentence, cause, missing, (*figures, *more), tuple(grounds))


def _key(rule: Rule, found: Sequence[Finding]) -> str:
    """What a paragraph is about: a finding, a task, or all that its rule found."""
    many = rule.limitation.get("many", "")
    if not many:
        return found[0].fingerprint
    return f"{rule.id}:{found[0].row.get('task')}" if _TASK_SLOTS & set(slots_of(many)) else rule.id


def _sentence(template: str, filled: Mapping[str, str]) -> str:
    """The template with its slots filled, on one line, a capital letter first."""
    for name, value in filled.items():
        if not value:
            template = template.replace(f" {{{name}}}", "").replace(f"{{{name}}}", "")
    text = visible(fill(template, filled))
    return text[:1].upper() + text[1:]


def _figures(template: str, found: Sequence[Finding], writer: _Writer) -> Iterator[Filled]:
    """What fills each slot, and the two numbers behind "some units"."""
    columns = TABLES[found[0].table].by_name
    for slot in dict.fromkeys(slots_of(template)):
        if slot == "count":
            yield Filled(slot, writer.say.counted(len(found)))
        elif slot == "some_units":
            yield from _some_units(found, writer)
        else:
            yield Filled(slot, visible(_cell(found[0].row.get(slot), columns[slot], writer)))


def _cell(value: Cell, column: Column, writer: _Writer) -> str:
    """One value as it stands inside a sentence of a report: 01 to 09, huyện X in small letters, nothing for nothing."""
    if value is None and column.type is Type.TEXT and column.names is None:
        return ""
    if column.names is Names.UNIT and isinstance(value, str) and value in writer.units:
        return _name(writer.units[value], writer.say)
    if isinstance(value, int | Decimal) and not isinstance(value, bool) and column.name != "share":
        short = rounded(value)
        if isinstance(short, int):
            return writer.say.counted(short)
    return cell(value, column, writer.units, writer.say)


def _some_units(found: Sequence[Finding], writer: _Writer) -> Iterator[Filled]:
    """The units by the quantifiers of reports, always with how many of how many; up to three of them are named."""
    say = writer.say
    mine = {str(finding.row["unit"]) for finding in found if finding.row.get("unit")}
    tasks = {finding.row.get("task") for finding in found} - {None}
    all_ = mine | {
        standing.obligation.unit.id
        for standing in writer.standings.values()
        if standing.obligation.applies and standing.state is not State.CANCELLED
        and (not tasks or standing.obligation.task.id in tasks)
    }  # fmt: skip
    if not mine:
        yield Filled("some_units", say("draft.nobody"))
        return
    those = [unit for id_, unit in writer.units.items() if id_ in all_]
    names = [_name(unit, say) for unit in those if unit.id in mine]
    levels = _levels(those, say)
    slots = {
        "group": say("draft.places" if levels else "draft.bodies"),
        "kind": levels or say("draft.bodies"),
        "units": say.counted(len(mine)),
        "all": say.counted(len(all_)),
        "names": (", " if not any("," in name for name in names) else "; ").join(names),
    }
    quantity = _quantity(len(mine), len(all_))
    named = "_named" if 1 < len(mine) <= _NAMED else ""
    yield Filled("some_units", visible(say(f"draft.units.{quantity}{named}", **slots)))
    yield Filled("units", slots["units"])
    yield Filled("all_units", slots["all"])


def _quantity(some: int, all_: int) -> str:
    """Which word reports use for so many of so many."""
    if some == 1:
        return "one"
    if some == all_:
        return "all"
    return "most" if some > _NAMED and 2 * some >= all_ else "some"


def _levels(units: Sequence[Unit], say: Words) -> str:
    """The levels of these units (huyện, thành phố), as their names say; empty where one is no territory."""
    known = say("draft.levels").split(", ")
    found = {next((word for word in known if unit.name.casefold().startswith(f"{word} ")), "") for unit in units}
    return "" if "" in found else ", ".join(word for word in known if word in found)


def _name(unit: Unit, say: Words) -> str:
    """A territory's level is in small letters inside a sentence (Nghị định 30/2020/NĐ-CP, Phụ lục II)."""
    return unit.name[:1].lower() + unit.name[1:] if _levels([unit], say) else unit.name


def _because(causes: Sequence[Sequence[_Cause]], say: Words) -> tuple[str, str, list[Filled]]:
    """What is written of the cause, what is missing of it, and the figures in it."""
    counts: dict[str, int] = {}
    for written in causes:
        for text in dict.fromkeys(cause.text for cause in written):
            counts[text] = counts.get(text, 0) + 1
    parts, figures = [], []
    for number, (text, count) in enumerate(counts.items()):
        letter = f"reason_{number + 1}"
        figures.append(Filled(letter, text))
        if count == len(causes):
            parts.append(say("draft.quoted", reason=text))
        else:
            slots = {"count": say.counted(count), "all": say.counted(len(causes))}
            figures.append(Filled(f"{letter}_count", slots["count"]))
            parts.append(say("draft.quoted_of", reason=text, **slots))
    if any(count != len(causes) for count in counts.values()):
        figures.append(Filled("cases", say.counted(len(causes))))
    missing = "" if all(causes) else say("draft.missing")
    if parts and missing:
        parts.append(say("draft.others"))
    return say("draft.cause", causes="; ".join(parts)).rstrip(), missing, figures


def _causes(finding: Finding, writer: _Writer) -> list[_Cause]:
    """The reasons written in the records of the obligation, in decisions that moved it, and in its waivers."""
    found: list[_Cause] = []
    standing = _standing(finding, writer)
    if standing is not None:
        found += [_Cause(actual.reason, actual.at) for actual in (*standing.actuals, *standing.surplus)]
        moved = [one for one in standing.obligation.task.amendments if one.due is not None or one.target is not None]
        found += [_Cause(one.reason, one.at) for one in moved]
    found += [_Cause(one.reason, one.at) for one in (finding.waiver, finding.ended) if one is not None]
    trimmed = [_Cause(visible(one.text.strip()).rstrip(".").strip(), one.at) for one in found]
    return [cause for cause in trimmed if cause.text]


def _places(finding: Finding, causes: Sequence[_Cause], writer: _Writer) -> Iterator[Place]:
    """Where a finding comes from, each place once."""
    places = [finding.at]
    standing = _standing(finding, writer)
    if standing is not None:
        places.append(standing.obligation.task.at)
        places += [actual.at for actual in (*standing.actuals, *standing.surplus)]
    places += [cause.at for cause in causes]
    yield from (place for place in dict.fromkeys(places) if place != NOWHERE)


def _standing(finding: Finding, writer: _Writer) -> Standing | None:
    """The obligation of which a finding speaks; None where it speaks of something else."""
    return writer.standings.get(tuple(finding.row.get(name) for name in ("task", "unit", "period")))

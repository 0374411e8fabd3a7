"""What stands beside the plan: doubtful figures and papers, records that nobody asked for, units that are silent."""

from collections import Counter
from collections.abc import Sequence

from tracker.lang import Words
from tracker.model.actual import Actual
from tracker.model.extents import EXTENTS
from tracker.model.finding import Finding
from tracker.model.measured import AUDIENCES, COMPARISONS, GUIDANCE, IDENTITIES, INDICATORS
from tracker.model.report import Report
from tracker.model.rule import Severity
from tracker.model.tables import ACTUALS, FIGURES, RULES, STANDINGS, TASKS, UNITS
from tracker.render.page.parts import BAD, WARN, Bit, Section, Track
from tracker.render.page.words import short
from tracker.render.say import Speaker
from tracker.render.visible import visible

_MOST = 12
_LEVELS = {Severity.ERROR: BAD, Severity.WARNING: WARN, Severity.NOTE: ""}
_ELSEWHERE = (STANDINGS.name, TASKS.name, UNITS.name, RULES.name)
_REPORTED = frozenset(
    table.name for table in (*EXTENTS, FIGURES, INDICATORS, COMPARISONS, IDENTITIES, AUDIENCES, GUIDANCE)
)
"""Tables of which a note is for whoever writes the report; the week is planned without it."""


_NAMED = 5
"""Up to so many rules are named one by one in a command."""


def doubts(report: Report, say: Words) -> Section | None:
    """Findings about figures, documents, names, facts and surplus records: the data to look at again."""
    found = [
        finding
        for finding in report.findings
        if finding.table not in _ELSEWHERE and not (finding.table == ACTUALS.name and _stray(finding))
        and not _for_report(finding)
    ]
    return _listed(say("page.heading.doubts"), found, report, say)


def _for_report(finding: Finding) -> bool:
    """Whether it is a note on what the annual report will lack: counted, not listed."""
    if finding.severity is not Severity.NOTE:
        return False
    return finding.table in _REPORTED or (finding.table == ACTUALS.name and finding.row.get("role") == "used")


def report_gaps(report: Report, say: Words) -> Section | None:
    """What the annual report will lack, counted by rule."""
    return _counted("report_gaps", [finding for finding in report.findings if _for_report(finding)], report, say)


def plan_gaps(report: Report, say: Words) -> Section | None:
    """What the plan itself leaves open, counted by rule: no lead, no target."""
    return _counted("plan_gaps", [one for one in report.findings if one.table == TASKS.name], report, say)


def _counted(heading: str, findings: Sequence[Finding], report: Report, say: Words) -> Section | None:
    """How many findings of each rule, in words, and how to see them one by one."""
    titles = {rule.id: rule.title[say.code] for rule in report.rules}
    counts = Counter(finding.rule for finding in findings)
    lines = [
        (Bit(say.number(count)), Bit(f"{visible(titles[rule])} [{rule}]")) for rule, count in counts.items()
    ]
    if not lines:
        return None
    names = list(counts)
    if len(names) > _NAMED:
        # A line that somebody types: the families instead of every name.
        names = list(dict.fromkeys(f"{rule.partition('-')[0]}-*" for rule in counts))
    after = [say("page.gaps_where", rules=",".join(names))]
    return Section(say(f"page.heading.{heading}"), (Track(), Track(elastic=True)), lines, after=after)


def contradictions(report: Report, say: Words) -> Section | None:
    """Errors that no overdue line shows: an exemption contradicted, a fact unknown."""
    found = [
        finding
        for finding in report.findings
        if finding.table == STANDINGS.name
        and finding.severity is Severity.ERROR
        and finding.row.get("state") in (None, "exempt")
    ]
    return _listed(say("page.heading.contradictions"), found, report, say)


def outside(report: Report, say: Words) -> Section | None:
    """Records that no obligation asked for, each with why."""
    lines = []
    for stray in report.strays[:_MOST]:
        actual = stray.actual
        unit = report.units.get(actual.unit)
        written = actual.quantity.text if actual.quantity else ""
        said = " · ".join(filter(None, (actual.task, actual.period, actual.title, written, actual.doc)))
        place = f"{actual.at.file}:{actual.at.line}"
        lines.append(
            (
                Bit(_when(actual, say)),
                Bit(short(unit) if unit else visible(actual.unit)),
                Bit(f"{visible(said) or '–'} – {say(f'stray.{stray.why}')} ({visible(place)})"),
            ),
        )
    if not lines:
        return None
    more = len(report.strays) - len(lines)
    after = [say("page.more_lines", count=say.number(more))] if more > 0 else []
    after.append(say("page.stray_fix"))
    return Section(say("page.heading.outside"), (Track(), Track(), Track(elastic=True)), lines, after=after)


def _when(actual: Actual, say: Words) -> str:
    first = actual.when.first
    if actual.when.lasting:
        return f"{say.day(first)} – {say.day(actual.when.last)}"
    return say.day(first) if actual.when.exact else say("page.about", year=str(first.year))


def silent(report: Report, say: Words) -> Section | None:
    """Units from which nothing has come for long, the longest first."""
    found = sorted((f for f in report.findings if f.table == UNITS.name), key=lambda f: -_days(f))
    if not found:
        return None
    units = [report.units[str(f.row["unit"])] for f in found]
    days: dict[int, list[str]] = {}
    for finding, unit in zip(found, units, strict=True):
        days.setdefault(_days(finding), []).append(short(unit))
    lines = [
        (Bit(say("page.silent_days", days=say.number(number)), WARN), Bit(f"{len(names)}: {', '.join(names)}"))
        for number, names in days.items()
    ]
    return Section(say("page.heading.silent"), (Track(), Track(elastic=True)), lines)


def _listed(heading: str, found: Sequence[Finding], report: Report, say: Words) -> Section | None:
    if not found:
        return None
    speaker = Speaker(report, say)
    lines = [
        (
            Bit(say(f"severity.{finding.severity}"), _LEVELS[finding.severity]),
            Bit(f"{speaker.message(finding)} [{finding.rule}]"),
        )
        for finding in found[:_MOST]
    ]
    more = len(found) - len(lines)
    after = [say("page.more_findings", count=say.number(more))] if more > 0 else []
    return Section(heading, (Track(), Track(elastic=True)), lines, after=after)


def _days(finding: Finding) -> int:
    days = finding.row.get("days_silent")
    return days if isinstance(days, int) else 0


def _stray(finding: Finding) -> bool:
    return finding.row.get("role") == "stray"


def late(report: Report, say: Words) -> Section | None:
    """Records that came after the figures of their plan were published; they change none of them."""
    if not report.late:
        return None
    lines = [
        (
            Bit(say.day(actual.when.first)),
            Bit(visible(actual.task)),
            Bit(say("page.late_line", what=_deed(actual, report, say), recorded=say.day(actual.recorded))),
        )
        for actual in report.late
    ]
    return Section(say("page.heading.late"), (Track(), Track(), Track(elastic=True)), lines, before=[say("page.late")])


def _deed(actual: Actual, report: Report, say: Words) -> str:
    unit = report.units.get(actual.unit)
    period = say.period(actual.period) if actual.period else ""
    parts = [short(unit) if unit else visible(actual.unit), period, actual.title or actual.doc]
    return visible(", ".join(filter(None, parts)))

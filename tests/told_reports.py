"""Reports in which everything occurs that a format may have to say, and text of users that tries to act on its reader."""

import re
from datetime import date
from functools import cache

from projects import SHOWCASE_DAY, judged, showcase

from tracker.lang import words
from tracker.model.finding import Finding, Novelty
from tracker.model.gate import Gate, Reason, Why
from tracker.model.report import Report
from tracker.model.rule import Severity
from tracker.model.source import NOWHERE, Place, Problem
from tracker.model.table import Type
from tracker.model.tables import TABLES
from tracker.model.waiver import Waiver
from tracker.render.findings import renderer

HOSTILE = (
    "::error::bị chèn ##[error]a ##vso[task.setvariable]b [bold]đậm[/bold] | `mã` <img src=x onerror=y> {unit} {0} %0A, "
    "[xem](https://example.org) @nhom $x$ #12 \\ \n::warning::dòng hai\r\x00\x1b[31m\u2028\u202engược\ud800\ufffe😀"
)
WAIVER = Waiver("W-2024-003", "report-missing", "12-KH/5.1", ("2024-04",), f"Gộp báo cáo {HOSTILE}", "45-CV/BDVTU",
                "Ban Dân vận Tỉnh ủy", date(2024, 9, 1), date(2024, 11, 30), at=Place("rules/waivers/2024.yaml", 3, 5))  # fmt: skip
ENDED = WAIVER._replace(id="W-2024-001", issued=date(2024, 3, 1), expires=date(2024, 8, 31), at=NOWHERE)
GONE = "rule-of-yesterday"
SHORT = (
    "agreement-contradicted:05-CTr/agreement:tp-minh-son:2022-2025",
    "agreement-missing:05-CTr/agreement:tan-ang:2022-2025",
    "agreement-missing:05-CTr/agreement:nam-khe:2022-2025",
    "figure-sum:bdvtu:12-KH/2.4/171-BC/BDVTU/parts",
    "figure-sum:bdt:ho-ngheo",
    "plan-published-changed:10-KH/BDVTU-BDT",
    "report-missing:12-KH/5.1:bdt:2024-04",
    "task-contradicted:12-KH/4.2:tp-minh-son:2024",
    "task-without-target:12-KH/3.2",
    "task-without-target:12-KH/4.3",
)


@cache
def plain() -> Report:
    """The showcase, with what passed, as if nobody had waived or asked anything or had to act."""
    report = judged(showcase()._replace(waivers=()), SHOWCASE_DAY, passes=True)
    unmarked = tuple(one._replace(owner="") for one in report.findings)
    return report._replace(findings=unmarked, gate=Gate())


@cache
def full() -> Report:
    """Every field of report, finding and gate has something in it."""
    return _marked(plain())


def _marked(report: Report) -> Report:
    first, *others = report.findings
    marks = [Novelty.NEW, Novelty.LAPSED, Novelty.LAPSED, Novelty.OLD, Novelty.BASELINE, Novelty.BASELINE]
    new = [one._replace(novelty=Novelty.NEW, owner="bdt") for one in others]
    for number, mark in enumerate(marks):
        new[number] = new[number]._replace(novelty=mark)
    new[-1] = new[-1]._replace(waiver=WAIVER, novelty=Novelty.OLD)
    new[-2] = new[-2]._replace(ended=ENDED)
    findings = (first._replace(waiver=WAIVER, novelty=Novelty.NEW), *new)
    gone = first._replace(rule=GONE, fingerprint=f"{GONE}:12-KH", at=Place("plans/đã đổi tên #1.yaml", 7, 3))
    solved = others[3]._replace(row={}, fingerprint="solved:1")
    reasons = (Reason(Why.THRESHOLD, "error", 9), Reason(Why.NEW, "warning", 20), Reason(Why.BUDGET, "report-*", 5, "3"),
               Reason(Why.SHARE, "report-late", 4, "10 %"))  # fmt: skip
    gate = Gate(reasons, Severity.WARNING, "HEAD~1", (gone, solved), 14, (others[5]._replace(fingerprint="soon:1"),))
    problems = (
        Problem(Place("actuals/2024/bdt.yaml", 3, 9), "rule-table", {"table": HOSTILE, "tables": "a, b"}, "x: y"),
        Problem(NOWHERE, "rule-table", {"table": "t", "tables": "a"}),
    )
    return report._replace(findings=findings, gate=gate, problems=problems)


@cache
def short() -> Report:
    """The same of ten findings that the showcase keeps: for goldens that a person can read."""
    report = plain()
    by_key = {finding.fingerprint: finding for finding in report.findings}
    findings = tuple(by_key[key] for key in SHORT)
    rules = [rule for rule in report.rules if rule.id in {finding.rule for finding in findings}]
    passed = {rule.id: (f"{rule.id}:sound",) for rule in rules}
    saw = {rule.id: 1 + sum(finding.rule == rule.id for finding in findings) for rule in rules}
    return _marked(report._replace(findings=findings, rules=rules, saw=saw, passed=passed, standings=report.standings[:9]))


@cache
def hostile() -> Report:
    """The same, with the names of all units, all free text of all rows and all titles of rules written by an enemy."""
    report = full()
    units = {key: unit._replace(name=f"{HOSTILE} {unit.name}") for key, unit in report.units.items()}
    rules = [rule._replace(title={code: f"{HOSTILE} {text}" for code, text in rule.title.items()}) for rule in report.rules]
    return report._replace(units=units, rules=rules, findings=tuple(map(_written_by_an_enemy, report.findings)))


def many(number: int, name: str = "") -> Report:
    """So many findings of each level, all new; one waived, and every unit of this name."""
    report = plain()
    first = {level: next(one for one in report.findings if one.severity is level) for level in reversed(Severity)}
    findings = [
        one._replace(fingerprint=f"{one.fingerprint}#{count}", at=one.at._replace(line=count + 1))
        for one in first.values()
        for count in range(number)
    ]
    findings.append(findings[-1]._replace(fingerprint="waived:1", waiver=WAIVER))
    units = {key: unit._replace(name=name or unit.name) for key, unit in report.units.items()}
    return report._replace(findings=tuple(findings), units=units)


def _written_by_an_enemy(finding: Finding) -> Finding:
    columns = TABLES[finding.table].by_name
    free = {name for name in finding.row if columns[name].type is Type.TEXT and columns[name].names is None}
    kept = {"plan", "task", *TABLES[finding.table].key}
    row = {name: HOSTILE if name in free - kept and value else value for name, value in finding.row.items()}
    return finding._replace(row=row)


def bare(text: str) -> bool:
    """Whether nothing in a text is a control character, a sign of direction or a broken character, newlines apart."""
    return not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff\ufffe]", text)


REPORTS = {"plain": plain, "full": full, "hostile": hostile, "empty": lambda: plain()._replace(findings=(), passed={})}


def rendered(format_: str, report: Report, code: str = "vi") -> str:
    return renderer(format_)(report, words(code))


@cache
def page(format_: str, name: str, code: str) -> str:
    """One report as a text, which many tests look at from their own side."""
    return rendered(format_, REPORTS[name](), code)

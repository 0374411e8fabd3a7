"""JUnit XML for CI servers that show tests: one suite a rule, one case a verdict.

Broken is a failure, what cannot be told an error, what is waived skipped with its reason. The format has no word for
"old": findings that close no gate for another reason than a waiver are failures too, and their text says which.
"""

import re
from collections import Counter
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from tracker.lang import Words
from tracker.model.finding import Finding, Novelty, Verdict
from tracker.model.report import Report
from tracker.model.source import Problem
from tracker.render.say import Speaker
from tracker.render.told import said, waived
from tracker.render.visible import harmless, visible

PROBLEMS = "tracker-problems"
_HEADINGS = {Novelty.LAPSED: "formats.lapsed", Novelty.OLD: "formats.old", Novelty.BASELINE: "formats.baseline"}
_FORBIDDEN = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What XML 1.0 allows in no way, not even escaped."""


def render(report: Report, say: Words) -> str:
    """All suites; the numbers of each are those of its cases, and add up to those of the whole. No time is in it."""
    speaker = Speaker(report, say)
    by_rule: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    root = Element("testsuites", name="tracker")
    if report.problems:
        _suite(root, PROBLEMS, (_problem(problem, say) for problem in report.problems))
    for rule in report.rules:
        if rule.id in report.saw or rule.id in by_rule or rule.id in report.passed:
            cases = [_case(finding, speaker) for finding in by_rule.get(rule.id, ())]
            cases += [_element("testcase", classname=rule.id, name=key) for key in report.passed.get(rule.id, ())]
            _suite(root, rule.id, cases)
    for number in ("tests", "failures", "errors", "skipped"):
        root.set(number, str(sum(int(suite.get(number, "0")) for suite in root)))
    indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode")


def _suite(root: Element, name: str, cases: Iterable[Element]) -> None:
    """One suite with its numbers; of cases with one name the later ones get a number, as servers would merge them."""
    suite = SubElement(root, "testsuite", name=_legal(name))
    names: Counter[str] = Counter()
    for case in cases:
        key = case.get("name", "")
        names[key] += 1
        if names[key] > 1:
            case.set("name", f"{key}#{names[key]}")
        suite.append(case)
    said_of = Counter(child.tag for case in suite for child in case)
    numbers = {"failures": said_of["failure"], "errors": said_of["error"], "skipped": said_of["skipped"]}
    for number, count in {"tests": len(suite), **numbers}.items():
        suite.set(number, str(count))


def _case(finding: Finding, speaker: Speaker) -> Element:
    say, place = speaker.say, finding.at
    sentence = said(speaker, finding)
    where = {"file": place.file, "line": str(max(1, place.line))} if place.file else {}
    case = _element("testcase", classname=finding.rule, name=finding.fingerprint, **where)
    if finding.waiver is not None:
        case.append(_element("skipped", message=f"{sentence} {waived(finding, say)}"))
        return case
    tag = "error" if finding.verdict is Verdict.UNKNOWN else "failure"
    result = _element(tag, type=finding.severity, message=sentence)
    lines = [sentence, speaker.remedy(speaker.rules[finding.rule])]
    if finding.novelty in _HEADINGS:
        lines.insert(0, say(_HEADINGS[finding.novelty]))
    result.text = _legal("\n".join(map(harmless, [*lines, visible(str(place))])))
    case.append(result)
    return case


def _problem(problem: Problem, say: Words) -> Element:
    place = problem.place
    where = {"file": place.file, "line": str(max(1, place.line))} if place.file else {}
    case = _element("testcase", classname=PROBLEMS, name=f"{problem.code} {place}", **where)
    case.append(_element("error", type=problem.code, message=say.problem(problem)))
    return case


def _element(tag: str, **attributes: str) -> Element:
    return Element(tag, {name: _legal(visible(text)) for name, text in attributes.items()})


def _legal(text: str) -> str:
    """What XML forbids was made visible before, where it came from a user; this holds whatever the text."""
    return _FORBIDDEN.sub("", text)

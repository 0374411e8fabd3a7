"""Workflow commands of GitHub Actions: annotations on the lines of the files that promised what is missing.

GitHub shows ten of each level in a step and drops the rest without a word; so the tenth says how many more there are.
"""

from collections.abc import Iterator
from typing import NamedTuple

from tracker.lang import Words
from tracker.model.report import Report
from tracker.model.rule import Severity
from tracker.model.source import NOWHERE, Place
from tracker.render.say import Speaker
from tracker.render.told import parts, said
from tracker.render.visible import harmless, visible

MOST = 10
"""Annotations of one level that GitHub shows in a step."""
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


class _Note(NamedTuple):
    title: str
    message: str
    at: Place = NOWHERE


def render(report: Report, say: Words) -> str:
    """Errors first, problems of the input before all; what closes no gate is one notice with its numbers."""
    notes: dict[Severity, list[_Note]] = {level: [] for level in reversed(Severity)}
    for problem in report.problems:
        notes[Severity.ERROR].append(_Note(say("formats.problem"), say.problem(problem), problem.place))
    apart = _apart(report, say)
    if apart:
        notes[Severity.NOTE].append(_Note("tracker", apart))
    speaker = Speaker(report, say)
    for finding in parts(report.findings).counting:
        title = speaker.rules[finding.rule].title[say.code]
        notes[finding.severity].append(_Note(title, said(speaker, finding), finding.at))
    return "\n".join(line for level, told in notes.items() for line in _commands(_COMMANDS[level], told, say))


def _apart(report: Report, say: Words) -> str:
    """How many findings close no gate, and why; empty where there are none."""
    found = parts(report.findings)
    numbers = {name: len(part) for name, part in found._asdict().items() if name != "counting"}
    if not any(numbers.values()):
        return ""
    told = {name: say.number(number) for name, number in numbers.items()}
    return say("formats.apart", count=say.number(sum(numbers.values())), **told)


def _commands(command: str, notes: list[_Note], say: Words) -> Iterator[str]:
    shown = notes if len(notes) <= MOST else notes[: MOST - 1]
    for note in shown:
        properties = {}
        if note.at.file:
            line, column = max(1, note.at.line), max(1, note.at.column)
            properties = {"file": visible(note.at.file), "line": str(line), "col": str(column)}
        properties["title"] = visible(note.title)
        written = ",".join(f"{name}={_property(text)}" for name, text in properties.items())
        yield f"::{command} {written}::{_data(harmless(visible(note.message)))}"
    if len(notes) > len(shown):
        more = say("formats.more", count=say.number(len(notes) - len(shown)))
        yield f"::{command} title=tracker::{_data(more)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

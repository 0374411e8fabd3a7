"""Markdown: headings, lists, footnotes and tables as far as a report uses them; code and comments are passed over."""

import re
from pathlib import Path

from tracker.read.texts.join import Line, Lines
from tracker.read.texts.txt import source_lines

SUFFIXES = (".md", ".markdown")
_HEADING = re.compile(r"#{1,6}\s+")
_RULE = re.compile(r"\s*(?:\|?[\s:|-]*-{3,}[\s:|-]*|[=*_]{3,})\s*")
_NOTE = re.compile(r"\[\^(?P<key>[\w-]+)\]:")
_COMMENT = re.compile(r"<!--.*?-->")


def lines(path: Path, file: str) -> Lines:
    """All lines of the file; those that a reader of the page does not see are empty."""
    found = source_lines(path, file)
    made, fenced, hidden = [], False, False
    for line in found.lines:
        raw = _COMMENT.sub(lambda match: " " * len(match[0]), line.raw)
        if "<!--" in raw:
            raw, hidden = raw[: raw.index("<!--")], True
        elif hidden:
            end = raw.find("-->")
            raw, hidden = (" " * (end + 3) + raw[end + 3 :], False) if end >= 0 else ("", True)
        if raw.lstrip().startswith(("```", "~~~")):
            fenced, raw = not fenced, ""
        elif fenced or _RULE.fullmatch(raw):
            raw = ""
        heading = _HEADING.match(raw)
        if heading:
            raw = " " * heading.end() + raw[heading.end() :]
        if raw.startswith("> "):
            raw = "  " + raw[2:]
        note = _NOTE.match(raw)
        cell = raw.lstrip().startswith("|")
        made.append(Line(line.number, raw, bool(heading), cell, note["key"] if note else ""))
    return found._replace(lines=tuple(made), soft=True)

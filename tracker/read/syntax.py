"""What PyYAML says of broken YAML → what a person can act on.

PyYAML names the place where it gave up; the person needs the place where it went wrong (the quotation mark that was
opened) and the thing to do. Its own words, English and about "block mappings", are never shown.
"""

import re
from typing import Any

from tracker.model.source import Place, Problem
from tracker.read.door import REPORTED, Source

_GLUED = re.compile(r"\s*(?:- )?[A-Za-z_]+:(?=[^\s:/])")
_MESSAGES: tuple[tuple[str, str, bool], ...] = (
    # words of PyYAML (context and problem), our code, whether the place is where the construct began
    ("scanning a quoted scalar", "yaml-quote", True),
    ("unknown escape character", "yaml-escape", False),
    ("escape", "yaml-escape", False),
    ("mapping values are not allowed", "yaml-colon", False),
    ("undefined tag handle", "yaml-tag-sign", False),
    ("while scanning a tag", "yaml-tag-sign", False),
    ("while parsing a tag", "yaml-tag-sign", False),
    ("while scanning an alias", "yaml-reference-sign", False),
    ("while scanning an anchor", "yaml-reference-sign", False),
    ("cannot start any token", "yaml-sign", False),
    ("flow sequence", "yaml-bracket", True),
    ("flow mapping", "yaml-bracket", True),
    ("could not find expected ':'", "yaml-no-colon", True),
    ("block scalar", "yaml-indent", False),
    ("expected key", "yaml-indent", False),
    ("block collection", "yaml-indent", False),
    ("block mapping", "yaml-indent", False),
    ("block sequence entries are not allowed", "yaml-indent", False),
    ("document start", "yaml-indent", False),
)


def leading_tabs(source: Source) -> list[Problem]:
    """Each line that is indented with a tab; the first ones where a file has many."""
    found: list[Problem] = []
    if "\t" not in source.text:
        return found
    for number, line in enumerate(source.lines(), 1):
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if "\t" in indent and line.strip():
            found.append(Problem(Place(source.file, number, indent.index("\t") + 1), "yaml-tab"))
        if len(found) == REPORTED:
            break
    return found


def from_error(source: Source, error: Exception) -> Problem:
    """The problem that an exception of PyYAML stands for."""
    context: str = getattr(error, "context", None) or ""
    words: str = getattr(error, "problem", None) or str(error)
    mark: Any = getattr(error, "problem_mark", None)
    begun: Any = getattr(error, "context_mark", None) or mark
    if mark is None:
        return Problem(Place(source.file), "yaml-syntax")
    said = f"{context}: {words}"
    for needle, code, at_start in _MESSAGES:
        if needle in said:
            return _problem(source, code, begun if at_start else mark)
    return _problem(source, "yaml-syntax", mark)


def _problem(source: Source, code: str, mark: Any) -> Problem:
    line = source.line(mark.line + 1)
    char = line[mark.column : mark.column + 1]
    before = next((n for n in range(mark.line, 0, -1) if source.line(n).strip()), 0)
    if code == "yaml-colon" and (glued := _GLUED.match(source.line(before))):
        return Problem(Place(source.file, before, glued.end()), "yaml-no-space")
    if code == "yaml-syntax" and char and char in "]},":
        code = "yaml-sign"
    if code == "yaml-sign" and char == "\t":
        code = "yaml-tab"
    elif code == "yaml-indent" and line[: mark.column].rstrip()[-1:] in {'"', "'"}:
        code = "yaml-after-quote"
    args = {"char": char} if code in {"yaml-sign", "yaml-bracket"} else {}
    # At the very end of a file there is no line to show: point at the last one that has text.
    number, column = mark.line + 1, mark.column + 1
    while number > 1 and not source.line(number).strip():
        number -= 1
        column = len(source.line(number)) + 1
    return Problem(Place(source.file, number, column), code, args)

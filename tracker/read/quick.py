"""Lists of records that stand one a line, as nodes without YAML's parser: a fifth of the time of a nation's units.

    - {id: x-00007, name: Xã số 7, kind: xa, parent: t-07, closed: {on: 30/06/2023, basis: 2-NQ}}

Lines of this shape, of letters, digits and a few signs that mean nothing to YAML, are taken out and one empty record
is left in place of those that follow each other. What is left, the parser reads as ever, and says by where it finds
the empty records that they are records of a list and nothing else. Where it does not, and where anything at all is
wrong with the file, nothing is taken from here: the careful way reads all of it.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, partial
from typing import NamedTuple

from tracker.model.source import Place
from tracker.read.door import Source
from tracker.read.yaml import DEPTH, Keys, Listing, Node, Scalar, Tree, Walker, events, walk as carefully

SMALL = 10_000
"""Characters up to which the parser is quicker than making the patterns is."""
_KEY = r"(?!(?:null|Null|NULL)\b)[A-Za-z][A-Za-z0-9_-]{0,40}"
_WORDS = r"[^\W_](?:[\w ./()%+–-]*[\w.)%])?"
_QUOTED = r'"[\w ,:;./()%+–-]*"'
_VALUE = rf"(?:{_WORDS}|{_QUOTED})"
_PAIR = rf"{_KEY}: {_VALUE}"
_WITHIN = rf"\[{_VALUE}(?:, {_VALUE})*\]|{{{_PAIR}(?:, {_PAIR})*}}"
_ENTRY = rf"{_KEY}: (?:{_VALUE}|{_WITHIN})"
_LINE = rf"^( *)- ({{{_ENTRY}(?:, {_ENTRY})*}})(?:\r?\n|\Z)"
_ENTRIES = rf"({_KEY}): ({_VALUE}|{_WITHIN})"
_PAIRS = rf"({_KEY}): ({_VALUE})"
_EMPTY = "- {}"

# A named tuple is made of a tuple without a call of Python code.
_place: Callable[[tuple[str, int, int]], Place] = partial(tuple.__new__, Place)
_scalar: Callable[[tuple[str, Place, bool, str, int]], Scalar] = partial(tuple.__new__, Scalar)


class _Run(NamedTuple):
    """Lines that follow each other."""

    column: int
    """Of the brace that opens each, from 1."""
    bodies: list[str]
    """What stands on each from the brace to that which closes it."""


def walk(source: Source) -> Tree:
    """The nodes of a file, the same as tracker.read.yaml.walk gives."""
    if len(source.text) <= SMALL:
        return carefully(source)
    left, runs = _taken_out(source.text)
    if not runs:
        return carefully(source)
    walker = Walker(Source(source.file, left))
    return _put_back(walker, left, runs) or carefully(source)


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.MULTILINE)


def _taken_out(text: str) -> tuple[str, dict[int, _Run]]:
    """The text with an empty record for each run of lines, and the runs by where that stands."""
    parts: list[str] = []
    runs: dict[int, _Run] = {}
    length, end = 0, 0
    run = _Run(0, [])
    for match in _pattern(_LINE).finditer(text):
        indent, body = match.groups()
        if not unicodedata.is_normalized("NFC", body):
            continue
        column = len(indent) + 3
        if match.start() == end and column == run.column:
            parts.append("\n")
            length += 1
            run.bodies.append(body)
        else:
            parts += (text[end : match.start()], indent, _EMPTY, "\n")
            length += match.start() - end + len(indent)
            run = runs[length + 2] = _Run(column, [body])
            length += len(_EMPTY) + 1
        end = match.end()
    parts.append(text[end:])
    return "".join(parts), runs


def _put_back(walker: Walker, text: str, runs: dict[int, _Run]) -> Tree | None:
    """The nodes of what is left, with the records of each run in their place; None where anything is odd."""
    from yaml import YAMLError

    file = walker.file
    stream = events(text)
    try:
        for event in stream:
            run = runs.pop(event.start_mark.index, None) if type(event).__name__ == "MappingStartEvent" else None
            if run is None:
                if not walker.take(event):
                    return None
                continue
            frame = walker.stack[-1]
            if frame.items is None or len(walker.stack) + 2 > DEPTH:
                return None
            first = event.start_mark.line + 1
            for line, body in enumerate(run.bodies, first):
                frame.items.append(_keys(_ENTRIES, body, file, line, run.column))
            next(stream)
    except (YAMLError, _OddError):
        return None
    return None if runs or walker.problems else walker.tree()


class _OddError(Exception):
    """Something for the careful way."""


def _keys(entry: str, text: str, file: str, line: int, column: int) -> Keys:
    """The node of keys between braces, of which the first stands at this place."""
    entries: dict[str, tuple[Scalar, Node]] = {}
    at = column + 1
    for key, words in _pattern(entry).findall(text):
        if key in entries:
            raise _OddError
        width = len(key)
        name = _scalar((key, _place((file, line, at)), True, "", width))
        at += width + 2
        here, width = _place((file, line, at)), len(words)
        node: Node
        match words[0]:
            case "[":
                found = _pattern(_VALUE).finditer(words)
                node = Listing(tuple(_value(one[0], _place((file, line, at + one.start()))) for one in found), here)
            case "{":
                node = _keys(_PAIRS, words, file, line, at)
            case '"':
                node = _value(words, here)
            case _:
                node = _scalar((words, here, True, "", width))
        entries[key] = (name, node)
        at += width + 2
    return Keys(entries, _place((file, line, column)))


def _value(written: str, at: Place) -> Scalar:
    if written[0] == '"':
        return Scalar(written[1:-1].strip(), at, plain=False, style='"', width=len(written))
    return Scalar(written, at, width=len(written))

"""The door: bytes of a file → text that every later step may trust, or a problem that says how to save it again.

UTF-8 with or without a byte order mark, and nothing else: guessing an encoding in silence turns names into other
names. Control characters are taken out, so that no parser meets them; characters that reorder what a reader sees are
refused where they could hide a rule or a promise (Trojan Source, CVE-2021-42574).
"""

import re
from array import array
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from tracker.model.source import Place, Problem

MEGABYTE = 1_000_000
LIMIT = 20 * MEGABYTE
"""Bytes of a file that is written by hand."""
TABLE_LIMIT = 500 * MEGABYTE
"""Bytes of a table from elsewhere."""
REPORTED = 20
"""Problems of one kind that are reported of one file; a binary file would give a million."""

_BREAK = re.compile("\r\n|\n|\r")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
# "nh©n d©n": TCVN3 bytes that somebody read as Latin and saved as UTF-8; a symbol inside a word is nothing else.
_LEGACY = re.compile("[©ª¬®µ¶·¸¹](?<=[A-Za-z].)(?=[a-z])")
_SIGNS = "©ª¬®µ¶·¸¹"
_BLANKED = bytes(byte for byte in range(0x80) if _CONTROL.match(chr(byte)))
_BLOCK = 1 << 17
"""Bytes that are looked at together."""
_LONG = 1_000_000
"""Characters from which on lines are found by their beginnings, not kept one by one."""
_MAGIC = (
    (b"PK\x03\x04", "Excel, Word (.xlsx, .docx)"),
    (b"\xd0\xcf\x11\xe0", "Excel, Word 97 (.xls, .doc)"),
    (b"%PDF", "PDF"),
    (b"\x1f\x8b", "gzip"),
)
_TCVN3 = frozenset(range(0xA8, 0xAF))  # ă â ê ô ơ ư đ
_CP1258 = frozenset(b"\xcc\xec\xd2\xde\xf2\xe3\xe2\xea\xf4\xf5\xfd\xf0")  # the five tones, ă â ê ô ơ ư đ


class Source(NamedTuple):
    """One file as text."""

    file: str
    """Path relative to the project, with forward slashes."""
    text: str
    """As written, without byte order mark and with control characters blanked; positions are those of the file."""
    raw: bytes = b""
    """The same in UTF-8, where it is what the file holds and large; else empty."""

    def line(self, number: int) -> str:
        """Line by number from 1, without its end; empty where there is none."""
        if len(self.text) > _LONG:
            return _long(self.text).line(number)
        lines = _lines(self.text)
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def lines(self) -> list[str]:
        """All lines, without their ends."""
        return _lines(self.text)


@lru_cache(maxsize=4)
def _lines(text: str) -> list[str]:
    return _BREAK.split(text)


class _Long:
    """The lines of a large table, found as far as somebody asks: a fraction of what keeping each would take."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = array("Q", (0,))
        self.breaks = _BREAK.finditer(text)

    def line(self, number: int) -> str:
        """Line by number from 1, without its end."""
        while len(self.starts) <= number:
            found = next(self.breaks, None)
            if found is None:
                break
            self.starts.append(found.end())
        if not 0 < number <= len(self.starts):
            return ""
        end = self.starts[number] if number < len(self.starts) else None
        return _BREAK.split(self.text[self.starts[number - 1] : end])[0]


@lru_cache(maxsize=1)
def _long(text: str) -> _Long:
    return _Long(text)


def forget() -> None:
    """Let go of the text of a large table that has been dealt with."""
    _long.cache_clear()


def open_source(
    path: Path,
    file: str,
    limit: int = LIMIT,
    *,
    bidi: bool = False,
    encoding: str = "",
) -> tuple[Source | None, list[Problem]]:
    """Read a file of at most `limit` bytes; `bidi` says whether characters that reorder text may stand in it.

    `encoding` is what somebody said of it; without it, it is UTF-8.
    """
    try:
        size = path.stat().st_size
        if size > limit:
            shown = {"size": str(-(-size // MEGABYTE)), "limit": str(limit // MEGABYTE)}
            return None, [Problem(Place(file), "file-too-big", shown)]
        raw = path.read_bytes()
    except OSError as error:
        return None, [Problem(Place(file), "file-unreadable", {"cause": error.strerror or type(error).__name__})]
    return decode(raw, file, bidi=bidi, encoding=encoding)


def decode(raw: bytes, file: str, *, bidi: bool = False, encoding: str = "") -> tuple[Source | None, list[Problem]]:
    """The text of a file's bytes, and what is wrong with it; no text where the encoding is not the one said."""
    for magic, kind in _MAGIC:
        if raw.startswith(magic):
            return None, [Problem(Place(file), "file-binary", {"kind": kind})]
    if encoding and encoding != "utf-8":
        try:
            raw = raw.decode(encoding).encode()
        except UnicodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1 if isinstance(error, UnicodeDecodeError) else 1
            return None, [Problem(Place(file, line), "table-encoding", {"encoding": encoding})]
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, [Problem(Place(file), "file-encoding", {"guess": "UTF-16"})]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return None, [Problem(Place(file, line), "file-encoding", {"guess": _guess(raw)})]
    if "\0" in text and text.count("\0") * 5 > len(text):
        return None, [Problem(Place(file), "file-encoding", {"guess": "UTF-16"})]
    read, text = text, text.removeprefix("\ufeff")
    problems = []
    if _may_hold_control(raw) and _CONTROL.search(text):
        problems = _marked(Source(file, text), _CONTROL, "file-control")
        text = _CONTROL.sub(" ", text)
    if not bidi and _BIDI.search(text):
        problems += _marked(Source(file, text), _BIDI, "file-bidi")
        text = _BIDI.sub(" ", text)
    if any(sign in text for sign in _SIGNS) and (match := _LEGACY.search(text)):
        before = text[max(0, match.start() - 20) : match.start()].split()[-1]
        word = before + text[match.start() : match.start() + 20].split()[0]
        problems.append(Problem(place_of(file, text, match.start()), "file-legacy", {"text": word}))
    source = Source(file, text, raw if len(raw) > _LONG and text is read else b"")
    return source, with_excerpts(problems, {file: source})


def blanked(text: str) -> str:
    """The text with a space for every control character, as `decode` gives it."""
    return _CONTROL.sub(" ", text)


def _may_hold_control(raw: bytes) -> bool:
    """Whether UTF-8 may hold a control character; a fiftieth of the time of looking for one by a pattern."""
    # Block by block, since a copy of all of it would be one more of a file that may be large.
    blocks = (raw[begin : begin + _BLOCK] for begin in range(0, len(raw), _BLOCK))
    if any(len(block.translate(None, _BLANKED)) != len(block) for block in blocks):
        return True
    return not raw.isascii() and any(lead in raw for lead in (b"\xc2", b"\xe2\x80\xa8", b"\xe2\x80\xa9", b"\xef"))


def place_of(file: str, text: str, offset: int) -> Place:
    """Where the character at this offset stands."""
    breaks = list(_BREAK.finditer(text, 0, offset))
    return Place(file, len(breaks) + 1, offset - (breaks[-1].end() if breaks else 0) + 1)


def hidden(text: str) -> str:
    """The first control or reordering character of a text as U+202E; empty where there is none."""
    match = _CONTROL.search(text) or _BIDI.search(text)
    return _code(match[0]) if match else ""


def with_excerpts(problems: Iterable[Problem], sources: Mapping[str, Source]) -> list[Problem]:
    """Each problem with the person's own line, where its file was read, and with a width that ends with that line."""
    return [_with_excerpt(problem, sources.get(problem.place.file)) for problem in problems]


def _with_excerpt(problem: Problem, source: Source | None) -> Problem:
    if problem.excerpt or source is None:
        return problem
    line = source.line(problem.place.line)
    return problem._replace(excerpt=line, width=max(1, min(problem.width, len(line) - problem.place.column + 1)))


def _marked(source: Source, pattern: re.Pattern[str], code: str) -> list[Problem]:
    found = []
    for match in pattern.finditer(source.text):
        found.append(Problem(place_of(source.file, source.text, match.start()), code, {"code": _code(match[0])}))
        if len(found) == REPORTED:
            break
    return found


def _code(char: str) -> str:
    return f"U+{ord(char):04X}"


def _guess(raw: bytes) -> str:
    """The likeliest encoding, by the letters that only it has; said to the person, never acted upon."""
    if raw.count(b"\0") * 5 > len(raw):
        return "UTF-16"
    high = [byte for byte in raw[:100_000] if byte >= 0x80]
    tcvn, windows = sum(byte in _TCVN3 for byte in high), sum(byte in _CP1258 for byte in high)
    if tcvn * 4 >= len(high):
        return "TCVN3 (ABC)"
    return "Windows-1258" if windows * 2 >= len(high) else "Windows-1252"

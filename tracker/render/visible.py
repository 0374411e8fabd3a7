"""Text of users is data: nothing in it may act on a terminal, start a line that a CI runner obeys, or hide."""

import re
import unicodedata
from functools import cache

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_COMMAND = "::"
"""How a line begins that GitHub would obey."""
_OBEYED = re.compile(r"##(?=\[|vso\[|teamcity\[)")
"""What older GitHub runners, Azure and TeamCity obey wherever in a line it stands."""


def visible(text: str) -> str:
    """The text on one line, with control, bidi and broken characters shown as escapes, so that all of it is seen."""
    if text.isprintable():
        return text  # none of the characters below is printable to Python
    return "".join(map(_shown, text))


def harmless(line: str) -> str:
    """A line of output that no CI runner takes for a command: runners trim the line first, so a space would not do."""
    if "##" in line:
        line = _OBEYED.sub(r"#\\#", line)
    bare = line.lstrip()
    return f"{line[: len(line) - len(bare)]}\\{bare}" if bare.startswith(_COMMAND) else line


def cut(text: str, width: int) -> str:
    """At most this many terminal cells, with … where something was left out."""
    if cells(text) <= width:
        return text
    kept = ""
    for character in text:
        if cells(kept + character) > width - 1:
            break
        kept += character
    return kept.rstrip() + "…"


def cells(text: str) -> int:
    """How many terminal cells the text takes: Vietnamese letters one each, East Asian wide ones two, marks none."""
    if text.isascii():
        return len(text)
    return sum(_cells(character) for character in text)


@cache
def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


@cache
def _shown(character: str) -> str:
    number = ord(character)
    nobody = number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF  # will never be a character; XML forbids some
    if nobody or character in _BIDI or unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}:
        return f"\\x{number:02x}" if number < 256 else f"\\u{number:04x}"
    return character

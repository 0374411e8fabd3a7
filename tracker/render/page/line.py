"""Lines without colour, of characters that take one cell each: what rich's Text does for a page, without loading it.

Loading rich takes as long as judging a plan. It is asked for what only it knows: colour, and characters of two cells or
none. For all others both say the same, which tests/test_status.py holds.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Self

_SIMPLE = re.compile(
    "[ -~\u00a0-\u00ac\u00ae-\u02ff\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20ab\u2190-\u22ff"
    "\u2500-\u25fc\u2713\u2717]*",
)
"""Latin with the marks of Vietnamese, dashes, quotation marks, arrows, signs of arithmetic, boxes."""
_WORD = re.compile(r"\s*\S+\s*")


def simple(texts: Iterable[str]) -> bool:
    """Whether all characters of these texts are known to take one cell."""
    return _SIMPLE.fullmatch("".join(texts)) is not None


class Line:
    """A text as rich's Text, as far as the page needs it; styles are taken and forgotten."""

    def __init__(self, text: str = "", style: str = "") -> None:  # noqa: ARG002 - rich's Text keeps it
        self.plain = text

    @classmethod
    def assemble(cls, *parts: "str | Line") -> Self:
        """One line of several."""
        return cls("".join(part if isinstance(part, str) else part.plain for part in parts))

    def append(self, text: str, style: str = "") -> None:  # noqa: ARG002 - as above
        """More text at the end."""
        self.plain += text

    @property
    def cell_len(self) -> int:
        """How many cells it takes."""
        return len(self.plain)

    def wrap(self, _console: object, width: int, *, overflow: str) -> "list[Line]":
        """Lines of at most this width, between words where that is possible; a longer word is folded."""
        assert overflow == "fold", overflow
        text = self.plain
        if len(text) <= width:
            return [self]
        ranges = pairwise((0, *_breaks(text, width), len(text)))
        return [Line(_cropped(text[begin:end], width)) for begin, end in ranges]


def _breaks(text: str, width: int) -> Iterator[int]:
    """Where a new line begins."""
    filled = 0
    for match in _WORD.finditer(text):
        begin, word = match.start(), match[0]
        needed = len(word.rstrip())
        if needed <= width - filled:
            filled += len(word)
        elif needed > width:
            for piece in range(0, len(word), width):
                if begin + piece:
                    yield begin + piece
            filled = (len(word) - 1) % width + 1
        elif filled and begin:
            yield begin
            filled = len(word)


def _cropped(line: str, width: int) -> str:
    """The line without the space at its end that stands beyond the width."""
    over = len(line) - width
    if over <= 0:
        return line
    blank = len(line) - len(line.rstrip())
    return line[: len(line) - min(blank, over)][:width]

"""Lines of characters that take one cell each: what rich's Text does for a page, without loading it.

Loading rich takes as long as judging a plan. It is asked for what only it knows: characters of two cells, or of none.
For all others both say the same to the byte, which tests/test_line.py holds.
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


_CODES = {
    "bold": "1", "dim": "2", "bold red": "1;31",
    "red": "31", "green": "32", "yellow": "33", "magenta": "35", "cyan": "36",
}  # fmt: skip
"""What terminals take for the styles of the page."""


class Line:
    """A text as rich's Text, as far as the page needs it."""

    def __init__(self, text: str = "", style: str = "") -> None:
        self.parts = [(text, style)]

    @property
    def plain(self) -> str:
        """The text alone."""
        return "".join(text for text, _ in self.parts)

    @property
    def colored(self) -> str:
        """The text with what makes a terminal show its styles."""
        return "".join(
            f"\x1b[{_CODES[style]}m{text}\x1b[0m" if style and text else text for text, style in self.parts
        )

    @classmethod
    def assemble(cls, *lines: "str | Line") -> Self:
        """One line of several."""
        whole = cls()
        for line in lines:
            whole.parts += [(line, "")] if isinstance(line, str) else line.parts
        return whole

    def append(self, text: str, style: str = "") -> None:
        """More text at the end."""
        self.parts.append((text, style))

    @property
    def cell_len(self) -> int:
        """How many cells it takes."""
        return sum(len(text) for text, _ in self.parts)

    def wrap(self, _console: object, width: int, *, overflow: str) -> "list[Line]":
        """Lines of at most this width, between words where that is possible; a longer word is folded."""
        assert overflow == "fold", overflow
        text = self.plain
        if len(text) <= width:
            return [self]
        return [
            self._between(begin, begin + len(_cropped(text[begin:end], width)))
            for begin, end in pairwise((0, *_breaks(text, width), len(text)))
        ]

    def _between(self, begin: int, end: int) -> "Line":
        """What stands from one character to another."""
        cut, at = Line(), 0
        for text, style in self.parts:
            inside = text[max(0, begin - at) : max(0, end - at)]
            if inside:
                cut.parts.append((inside, style))
            at += len(text)
        return cut


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

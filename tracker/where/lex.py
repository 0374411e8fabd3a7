"""From text to words, numbers, texts and signs. What cannot be one of them is a fault, and reading goes on."""

import re
import unicodedata
from decimal import Decimal
from enum import Enum, auto
from typing import Final, NamedTuple

from tracker.model.values import Number
from tracker.where.tree import Fault

MAX_DIGITS: Final = 15
"""Digits before the decimal point, and digits behind it."""


class Sort(Enum):
    """What a token is."""

    WORD = auto()
    NUMBER = auto()
    TEXT = auto()
    SIGN = auto()
    BAD = auto()
    """Already reported."""
    END = auto()


class Token(NamedTuple):
    """One word, number, text or sign."""

    sort: Sort
    text: str
    """As written; of a text the content, NFC; of a sign written otherwise (!=) the sign that is meant."""
    start: int
    end: int
    number: Number = 0

    @property
    def word(self) -> str:
        """The word in capitals, as keywords are compared; empty for anything else."""
        return self.text.upper() if self.sort is Sort.WORD and self.text.isascii() else ""


# Opening mark to closing mark: what Word makes of a quote, and what other languages write.
_MARKS: Final = {"‘": "’", "’": "’", "“": "”", "”": "”", '"': '"', "«": "»", "`": "`", "´": "´", "‚": "’", "„": "”"}
_MEANT: Final = {
    "!=": "<>", "==": "=", "=<": "<=", "=>": ">=", "&&": "AND", "||": "OR", "≤": "<=", "≥": ">=", "≠": "<>",
}  # fmt: skip
_TOKEN: Final = re.compile(
    r"""(?P<space>\s+)
    |(?P<text>'(?:[^']|'')*')
    |(?P<open>')
    |(?P<word>[\w\u0300-\u036f]+(?:\.[0-9]+)*)
    |(?P<meant>!=|==|=<|=>|&&|\|\||[≤≥≠])
    |(?P<sign><>|<=|>=|[=<>+\-(),])
    |(?P<mark>[‘’“”"«`´‚„])
    |(?P<junk>.)""",
    re.VERBOSE | re.DOTALL,
)
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_THOUSANDS: Final = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co"})
_SHOWN: Final = 60


def shown(text: str) -> str:
    """A piece of the writer's text for a message: at most 60 characters, nothing invisible in it."""
    cut = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in _HIDDEN else c for c in cut)


def tokens(text: str) -> tuple[tuple[Token, ...], list[Fault]]:
    """All tokens with an END behind them, and all faults."""
    found: list[Token] = []
    faults: list[Fault] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        assert match is not None  # the last branch takes any character
        start, position, raw = position, match.end(), match[0]
        match match.lastgroup:
            case "space":
                continue
            case "text":
                found.append(_text(raw[1:-1].replace("''", "'"), start, position, faults))
            case "open":
                position = len(text)
                faults.append(Fault("where-quote-open", {"what": shown(text[start:])}, start, position))
                found.append(Token(Sort.BAD, raw, start, position))
            case "word":
                found.append(_word(raw, start, position, faults))
            case "sign":
                found.append(Token(Sort.SIGN, raw, start, position))
            case "meant":
                meant = _MEANT[raw]
                faults.append(Fault("where-sign", {"what": raw, "suggestion": meant}, start, position))
                found.append(Token(Sort.WORD if meant.isalpha() else Sort.SIGN, meant, start, position))
            case "mark":
                closing = text.find(_MARKS[raw], position)
                position = closing + 1 if closing >= 0 else position
                inner = text[start + 1 : closing] if closing >= 0 else ""
                faults.append(Fault("where-quote-mark", {"what": shown(text[start:position])}, start, position))
                found.append(Token(Sort.TEXT if closing >= 0 else Sort.BAD, inner, start, position))
            case _:
                faults.append(Fault("where-character", {"what": shown(raw)}, start, position))
                found.append(Token(Sort.BAD, raw, start, position))
    found.append(Token(Sort.END, "", len(text), len(text)))
    return tuple(found), faults


def _text(content: str, start: int, end: int, faults: list[Fault]) -> Token:
    if any(unicodedata.category(c) in _HIDDEN for c in content):
        faults.append(Fault("where-hidden", {"what": shown(content)}, start, end))
    return Token(Sort.TEXT, unicodedata.normalize("NFC", content), start, end)


def _word(raw: str, start: int, end: int, faults: list[Fault]) -> Token:
    """A name, a keyword or a number. A number that is refused counts as 0 from here on."""
    if not ("0" <= raw[0] <= "9"):
        name, dot, _ = raw.partition(".")
        if dot:
            faults.append(Fault("where-character", {"what": "."}, start + len(name), end))
            return Token(Sort.BAD, raw, start, end)
        return Token(Sort.WORD, name, start, end)
    refused = Token(Sort.NUMBER, raw, start, end)
    if _THOUSANDS.fullmatch(raw):
        faults.append(Fault("where-thousands", {"what": shown(raw), "whole": shown(raw.replace(".", ""))}, start, end))
        return refused
    if not _NUMBER.fullmatch(raw):
        faults.append(Fault("where-number", {"what": shown(raw)}, start, end))
        return refused
    whole, _, rest = raw.partition(".")
    if len(whole) > MAX_DIGITS or len(rest) > MAX_DIGITS:
        faults.append(Fault("where-digits", {"what": shown(raw), "limit": str(MAX_DIGITS)}, start, end))
        return refused
    return Token(Sort.NUMBER, raw, start, end, Decimal(raw) if rest else int(whole))

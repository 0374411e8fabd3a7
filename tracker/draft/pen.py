"""Sentences of a paper that remember the numbers in them, what they rest on, and what a person must still fill in."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tracker.lang import Words, pieces_of
from tracker.model.paper import Block, Filled, Ground, Note, Role, Run
from tracker.model.values import Bound, Number, Quantity
from tracker.render.say import rounded
from tracker.render.visible import visible

_DIGIT = re.compile(r"[0-9]")


class Said(NamedTuple):
    """A stretch of a sentence."""

    runs: tuple[Run, ...] = ()
    figures: tuple[Filled, ...] = ()
    grounds: tuple[Ground, ...] = ()

    @property
    def text(self) -> str:
        """What it says, without its notes."""
        return "".join(run.text for run in self.runs)

    def __add__(self, other: object) -> "Said":
        """Both, one behind the other."""
        assert isinstance(other, Said)
        return Said(
            _merged((*self.runs, *other.runs)),
            tuple(dict.fromkeys((*self.figures, *other.figures))),
            tuple(dict.fromkeys((*self.grounds, *other.grounds))),
        )


NOTHING = Said()


def said(text: str, name: str = "") -> Said:
    """Words as they are, on one line; with a name they are a figure where they hold a digit."""
    shown = visible(text)
    figures = (Filled(name, shown),) if name and _DIGIT.search(shown) else ()
    return Said((Run(shown),) if shown else (), figures)


def resting(grounds: Iterable[Ground]) -> Said:
    """No words, only what the sentence rests on."""
    return Said(grounds=tuple(dict.fromkeys(grounds)))


def joined(parts: Iterable[Said], between: str = ", ") -> Said:
    """All of them that say something, with this between them."""
    whole = NOTHING
    for part in parts:
        apart = part.runs and whole.runs
        whole = whole + said(between) + part if apart else whole + part
    return whole


def noted(text: Said, note: Said) -> Said:
    """The text with a footnote behind its last word."""
    *before, last = text.runs
    mark = Note(note.text, note.figures, note.grounds)
    return text._replace(runs=(*before, last._replace(note=mark)))


def block(key: str, role: Role, text: Said, label: str = "") -> Block:
    """A block of the paper; a sentence begins with a capital letter."""
    first = text.runs[0]
    runs = (first._replace(text=first.text[:1].upper() + first.text[1:]), *text.runs[1:])
    return Block(key, role, runs, label, text.figures, text.grounds)


class Pen:
    """The words of papers, in Vietnamese."""

    def __init__(self, say: Words) -> None:
        self.say = say

    def __call__(self, key: str, /, **slots: Said | str) -> Said:
        """The template under a key with its slots filled. What is given as text is a figure where it holds a digit."""
        whole = NOTHING
        for text, slot, forms in pieces_of(self.say(key)):
            filling = slots.get(slot, NOTHING)
            if forms:
                filling = said(forms[(filling if isinstance(filling, str) else filling.text) != "1"])
            whole = whole + said(text) + (said(filling, slot) if isinstance(filling, str) else filling)
        return whole

    def blank(self, what: str) -> Said:
        """What a person must fill in, in brackets; `what` is its key under annual.blank."""
        text = self.say("annual.blank.text", what=self.say(f"annual.blank.{what}"))
        return Said((Run(text, blank=True),))

    def count(self, value: int, name: str) -> Said:
        """A count inside a sentence: 01 to 09."""
        return said(self.say.counted(value), name)

    def share(self, part: int, whole: int, name: str) -> Said:
        """So much of so much in per cent, rounded once to two decimals."""
        return said(f"{self.say.number(rounded(Decimal(part * 100) / whole))}%", name)

    def day(self, value: date, name: str) -> Said:
        """A day as papers write it."""
        return said(self.say.written_day(value), name)

    def amount(self, quantity: Quantity, name: str, *, of: str = "") -> Said:
        """A quantity with its bound as written; a bare count below ten gets its zero. `of` is counted if unsaid."""
        if quantity.bound is not Bound.EXACT or quantity.unit == "%" or not _is_whole(quantity.value):
            text = quantity.text or self.number(quantity.value, quantity.bound)
            return said(text if quantity.unit or not of else f"{text} {of}", name)
        return said(f"{self.say.counted(int(quantity.value))} {quantity.unit or of}".strip(), name)

    def number(self, value: Number, bound: Bound) -> str:
        """A sum with the word that its bound needs."""
        short = rounded(value)
        text = self.say.counted(short) if isinstance(short, int) else self.say.number(short)
        return text if bound is Bound.EXACT else f"{self.say(f'annual.bound.{bound}')} {text}"


def _is_whole(value: Number) -> bool:
    return value == int(value)


def _merged(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Plain runs that follow each other are one."""
    found: list[Run] = []
    for run in runs:
        last = found[-1] if found else None
        if last is not None and last.note is None and last._replace(text="") == run._replace(text="", note=None):
            found[-1] = run._replace(text=last.text + run.text)
        else:
            found.append(run)
    return tuple(found)

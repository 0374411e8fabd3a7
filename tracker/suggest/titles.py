"""How much a text is like the title of a task: folded words, weighed by how few titles have them; short forms; slips.

Vietnamese short forms are initials (NCUT, DTTS, PBGDPL), so they are looked for among the words of the titles
themselves: no list of them is kept, and a plan about anything else has its own.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz, process

from tracker.names import accents

_WORD = re.compile(r"[^\W_]+")
_LIKE = 75
"""Per cent of its letters by which a word with a slip must be like a word of a title."""
_SLIP = 4
"""Letters from which on a word may have a slip: in shorter ones one letter makes another word."""
_LONGEST = 9
"""Words that a short form may stand for."""
_STRANGE = 0.5
"""How much a word that no title has counts against a likeness, against an ordinary word of a title."""
_SET, _PAIRS, _EXACT = 0.15, 0.40, 0.5
"""Shares: of the likeness of whole texts, of pairs of words; how far being about nothing else goes before being about
all of it."""


class _Said(NamedTuple):
    """A text, word by word."""

    words: Sequence[str]
    """Folded; short forms written out where only one reading of them stands in any title."""
    short: Sequence[str]
    """Short forms of which several readings do."""
    whole: str


class Titles:
    """The titles of tasks, prepared once for many texts."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self.words = {key: tuple(_words(title)) for key, title in titles.items()}
        self.whole = {key: " ".join(words) for key, words in self.words.items()}
        self.bags = {key: (frozenset(words), frozenset(_pairs(words))) for key, words in self.words.items()}
        # A title that several tasks share says no less about what is done.
        told = set(self.words.values())
        counts: dict[str, int] = {}
        for words in told:
            for one in {*words, *_pairs(words)}:
                counts[one] = counts.get(one, 0) + 1
        most = math.log(1 + len(told))
        self.weights = {one: math.log(1 + len(told) / count) / (most or 1) for one, count in counts.items()}
        self.vocabulary = sorted({word for words in told for word in words})
        runs = sorted({run for words in told for run in _runs(words)})
        self.initials: dict[str, list[tuple[str, ...]]] = {}
        for run in runs:
            self.initials.setdefault("".join(word[0] for word in run), []).append(run)
        self.slips = lru_cache(maxsize=4096)(self._slip)

    def alike(self, text: str, keys: Iterable[str]) -> Mapping[str, float]:
        """From 0 to 1 for each of these tasks, whatever other tasks are asked about."""
        said = self._read(text)
        return {key: self._alike(said, key) for key in keys}

    def _read(self, text: str) -> _Said:
        words: list[str] = []
        short: list[str] = []
        for written in _WORD.findall(text):
            word = accents(written)
            if word in self.weights and not (len(written) > 1 and written.isupper()):
                words.append(word)
                continue
            runs = self.initials.get(word, []) if len(word) > 1 and _is_short(written) else []
            if len(runs) == 1:
                words += runs[0]
            elif runs:
                short.append(word)
            else:
                words.append(self.slips(word))
        return _Said(words, short, " ".join(words))

    def _slip(self, word: str) -> str:
        """The word of a title that was probably meant."""
        if len(word) < _SLIP or word in self.weights or not word.isalpha():
            return word
        near = process.extractOne(word, self.vocabulary, scorer=fuzz.ratio, score_cutoff=_LIKE)
        return near[0] if near and len(near[0]) >= _SLIP - 1 else word

    def _alike(self, said: _Said, key: str) -> float:
        (title, pairs), words = self.bags[key], [*said.words]
        for form in said.short:
            runs = [run for run in self.initials[form] if " ".join(run) in self.whole[key]]
            words += (runs or self.initials[form])[0]
        if not words or not title:
            return 0.0
        ones = self._both(words, title)
        twos = self._both(_pairs(words), pairs)
        whole = fuzz.token_set_ratio(said.whole, self.whole[key]) / 100
        return (1 - _SET - _PAIRS) * ones + _PAIRS * twos + _SET * whole

    def _both(self, said: Sequence[str], title: AbstractSet[str]) -> float:
        """How far two bags of words say the same: F of how much of the text is in the title and the other way round."""
        mine = set(said)
        # fsum gives the same whatever the order, which of a set is another in each process.
        shared = math.fsum(self.weights[one] for one in mine & title)
        if not shared:
            return 0.0
        precision = shared / math.fsum(self.weights.get(one, _STRANGE) for one in mine)
        recall = shared / math.fsum(self.weights[one] for one in title)
        square = _EXACT**2
        return (1 + square) * precision * recall / (square * precision + recall)


def _words(text: str) -> Iterator[str]:
    return (accents(word) for word in _WORD.findall(text))


def _pairs(words: Sequence[str]) -> list[str]:
    return [f"{one} {other}" for one, other in pairwise(words)]


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for start in range(len(words)):
        for length in range(2, _LONGEST + 1):
            run = tuple(words[start : start + length])
            if len(run) == length and all(map(str.isalpha, run)):
                yield run


def _is_short(written: str) -> bool:
    """Whether a word looks like initials: in capitals, or with no vowel to be spoken with."""
    return written.isupper() or not set(accents(written)) & set("aeiouy")

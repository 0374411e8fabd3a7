"""What a person probably meant."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from tracker.read.values import Refusal


def nearest(text: str, known: Iterable[str]) -> str:
    """The known word that resembles the text, or nothing; case and kind of dash do not count."""
    from difflib import get_close_matches

    words, pairs = _looked_up(tuple(known))
    among: Iterable[str] = words
    if len(words) > MANY:
        shared = Counter(word for pair in set(_pairs(_plain(text))) for word in pairs.get(pair, ()))
        among = [word for word, _ in shared.most_common(MANY)]
    close = get_close_matches(_plain(text), among, n=1, cutoff=0.6)
    return words[close[0]] if close else ""


@lru_cache(maxsize=8)
def _looked_up(known: tuple[str, ...]) -> tuple[Mapping[str, str], Mapping[str, list[str]]]:
    """Words by how they are compared; and of many, those that hold each pair of letters."""
    words = {_plain(word): word for word in known}
    pairs: dict[str, list[str]] = {}
    for word in words if len(words) > MANY else ():
        for pair in set(_pairs(word)):
            pairs.setdefault(pair, []).append(word)
    return words, pairs


def _pairs(word: str) -> Iterable[str]:
    return (word[index : index + 2] for index in range(len(word) - 1))


def refuse(code: str, text: str, known: Iterable[str]) -> Refusal:
    """A word that is none of those known: `code`-near with a suggestion where one is close, else with all of them."""
    known = tuple(known)
    near = nearest(text, known)
    if near:
        return Refusal(f"{code}-near", {"text": text, "near": near})
    more = " …" if len(known) > MOST_SHOWN else ""
    return Refusal(code, {"text": text, "known": ", ".join(known[:MOST_SHOWN]) + more})


MANY = 200
"""Known words from which on only those that share most pairs of letters are compared: a nation has thousands."""
MOST_SHOWN = 30
"""Known words that a message lists; a province has more units than a line."""


def _plain(word: str) -> str:
    return word.casefold().replace("_", "-")

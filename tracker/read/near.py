"""What a person probably meant."""

from collections.abc import Iterable

from tracker.read.values import Refusal


def nearest(text: str, known: Iterable[str]) -> str:
    """The known word that resembles the text, or nothing; case and kind of dash do not count."""
    from difflib import get_close_matches

    words = {_plain(word): word for word in known}
    close = get_close_matches(_plain(text), list(words), n=1, cutoff=0.6)
    return words[close[0]] if close else ""


def refuse(code: str, text: str, known: Iterable[str]) -> Refusal:
    """A word that is none of those known: `code`-near with a suggestion where one is close, else with all of them."""
    known = tuple(known)
    near = nearest(text, known)
    if near:
        return Refusal(f"{code}-near", {"text": text, "near": near})
    more = " …" if len(known) > MOST_SHOWN else ""
    return Refusal(code, {"text": text, "known": ", ".join(known[:MOST_SHOWN]) + more})


MOST_SHOWN = 30
"""Known words that a message lists; a province has more units than a line."""


def _plain(word: str) -> str:
    return word.casefold().replace("_", "-")

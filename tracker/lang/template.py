"""Sentences as rules write them for the annual report: text, slots, and parts that stand only where a slot is filled.

    {slot}     {% if slot %} … {% else %} … {% endif %}

That is all of it: no other mark, no comparison, no filter, no part within a part, and no digit of any script, since
every number of a report is that of a finding. It is read here, once, before any engine sees it (design 4.10).
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

_TAG = re.compile(r"\{% *(?P<word>if|else|endif)(?: +(?P<asked>[a-z_]+))? *%\}|\{(?P<slot>[a-z_]+)\}")
_LEFT = re.compile(r"[{}]|%\}")
"""What is left of a mark that is none of ours."""


class Template(NamedTuple):
    """A sentence that may be filled."""

    text: str
    slots: tuple[str, ...]
    """All names in it, in order of appearance; those that are only asked for as well."""
    printed: tuple[str, ...]
    """The names that are printed."""


class Malformed(NamedTuple):
    """Why a sentence is none: the code of a problem, and what it says of it."""

    code: str
    args: Mapping[str, str]


@cache
def read_template(text: str) -> Template | Malformed:
    """The sentence, or the first thing that is wrong with it."""
    asked, printed, at = [], [], 0
    state = ""
    for tag in _TAG.finditer(text):
        wrong = _plain(text[at : tag.start()])
        at = tag.end()
        word = tag["word"] or ""
        if wrong is None and word and not _follows(state, word, tag["asked"]):
            wrong = Malformed("shape-limitation-part", {"mark": tag[0]})
        if wrong is not None:
            return wrong
        state = {"if": "if", "else": "else", "endif": ""}.get(word, state)
        if tag["slot"]:
            printed.append(tag["slot"])
        if name := tag["slot"] or tag["asked"]:
            asked.append(name)
    wrong = _plain(text[at:])
    if wrong is None and state:
        wrong = Malformed("shape-limitation-part", {"mark": "{% if … %}"})
    return wrong or Template(text, tuple(dict.fromkeys(asked)), tuple(dict.fromkeys(printed)))


def _follows(state: str, word: str, asked: str | None) -> bool:
    """Whether a mark may stand where it does: `if` names a slot and opens, `else` and `endif` name none."""
    match word:
        case "if":
            return state == "" and asked is not None
        case "else":
            return state == "if" and asked is None
        case _:
            return state != "" and asked is None


def _plain(text: str) -> Malformed | None:
    """What may not stand between marks: a brace, or a digit of any script, which a reader takes for a figure."""
    if found := _LEFT.search(text):
        return Malformed("shape-limitation-mark", {"mark": text[found.start() : found.start() + 20]})
    digit = next((character for character in text if character.isnumeric()), "")
    return Malformed("shape-limitation-digit", {"digit": digit}) if digit else None

"""Names of places and bodies, matched in tiers (design 4.8): same letters, another tone placement, no accents at all.

The first is silent, the second fine, the third a warning when one unit answers to it and an error when several do. What
kind of territory a name speaks of (huyện, xã, TP) is compared apart from the name, so that "TP Sông Công" and "Sông
Công" find "Thành phố Sông Công", and "xã X" never finds "huyện X". Ids are not looked at.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple


class Tier(StrEnum):
    """How closely a name matches."""

    EXACT = "exact"
    """The same letters; case, spaces and the abbreviation of its kind aside."""
    TONE = "tone"
    """The same word in the other spelling: hoá and hóa, kĩ and kỹ."""
    ACCENTS = "accents"
    """The same letters without accents."""
    AMBIGUOUS = "ambiguous"
    """Several units answer to it."""
    NONE = "none"


class Match(NamedTuple):
    """What a name found."""

    tier: Tier
    matches: tuple[str, ...] = ()
    """Ids in the order of the candidates: one, or several where it is ambiguous."""


class Names(NamedTuple):
    """Candidates, prepared once for many names: for each tier, bare name to kind and id."""

    tiers: tuple[Mapping[str, tuple[tuple[str, str], ...]], ...]


# Folded prefix to kind. A single letter counts only with its dot.
_PREFIXES: tuple[tuple[str, str], ...] = (
    ("thanh pho ", "thanh-pho"),
    ("t.p. ", "thanh-pho"),
    ("t.p ", "thanh-pho"),
    ("tp. ", "thanh-pho"),
    ("tp.", "thanh-pho"),
    ("tp ", "thanh-pho"),
    ("thi xa ", "thi-xa"),
    ("tx. ", "thi-xa"),
    ("tx.", "thi-xa"),
    ("tx ", "thi-xa"),
    ("thi tran ", "thi-tran"),
    ("tt. ", "thi-tran"),
    ("tt.", "thi-tran"),
    ("tt ", "thi-tran"),
    ("tinh ", "tinh"),
    ("t. ", "tinh"),
    ("huyen ", "huyen"),
    ("h. ", "huyen"),
    ("h.", "huyen"),
    ("quan ", "quan"),
    ("q. ", "quan"),
    ("q.", "quan"),
    ("phuong ", "phuong"),
    ("p. ", "phuong"),
    ("p.", "phuong"),
    ("xa ", "xa"),
    ("x. ", "xa"),
    ("x.", "xa"),
)
_LEVELS = ("tinh", "huyen", "quan", "thi-xa", "thanh-pho", "xa", "phuong", "thi-tran")
"""In the order in which reports list them."""
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_MARKED = re.compile(f"[{_TONES}]")
# An open syllable whose tone stands on either vowel; after q the u is a consonant, so quý is one thing only.
_OPEN = re.compile("(?P<onset>[b-df-hj-np-tv-xzđ]*)(?P<first>[ou])(?P<second>[aey])")
_LONE_Y = re.compile("(?P<onset>[hklmst])y")
_DEVICE = re.compile("con|prn|aux|nul|conin|conout|clock|(?:com|lpt)[0-9]", re.IGNORECASE)
_WORD = re.compile(r"\w+")
# Eth and African D, which old fonts and keyboards give for Đ
_TWINS = str.maketrans({"ð": "đ", "ɖ": "đ"})


@lru_cache(maxsize=8192)
def exact(text: str) -> str:
    """NFC without case, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


@lru_cache(maxsize=8192)
def tone(text: str) -> str:
    """`exact` with one spelling for the two that schools and offices use: hoá as hóa, uỷ as ủy, kỹ as kĩ."""
    return _WORD.sub(lambda word: _tone_of(word[0]), exact(text).translate(_TWINS))


@lru_cache(maxsize=8192)
def accents(text: str) -> str:
    """`tone` without any accent, and with d for đ."""
    plain = unicodedata.normalize("NFD", tone(text).replace("đ", "d"))
    # Once more, since "sÿ" is "sy" only now, and that is "si".
    return tone("".join(char for char in plain if not unicodedata.combining(char)))


_FOLDS = (exact, tone, accents)


@lru_cache(maxsize=8192)
def bare(text: str) -> tuple[str, str]:
    """The kind of territory that a name begins with (empty where none), and the name without it, in NFC."""
    written = " ".join(unicodedata.normalize("NFC", text).split())
    folded = accents(written)
    if len(folded) == len(written):
        for prefix, kind in _PREFIXES:
            if folded.startswith(prefix) and len(folded) > len(prefix):
                return kind, written[len(prefix) :]
    return "", written


def file_stem(id_: str) -> str:
    """The name of a file for an id; Windows takes con, nul, com1 … for devices, whatever stands behind a dot."""
    return f"{id_}_" if _DEVICE.fullmatch(id_.partition(".")[0].rstrip()) else id_


def level(name: str) -> str:
    """The word with which the name of a territory says its level, in small letters: huyện; empty where it says none."""
    kind, rest = bare(name)
    written = " ".join(unicodedata.normalize("NFC", name).split())
    return written[: len(written) - len(rest)].strip().casefold() if kind else ""


def levels(names: Iterable[str]) -> str:
    """The levels of these names as reports list them: "huyện, thành phố"; empty where one of them says none."""
    found = {bare(name)[0]: name for name in names}
    return ", ".join(level(found[kind]) for kind in _LEVELS if kind in found) if "" not in found else ""


def index_names(candidates: Mapping[str, Iterable[str]]) -> Names:
    """Prepare ids with all their names (name, short name, aliases) for `match_name`."""
    tiers: list[dict[str, list[tuple[str, str]]]] = [{} for _ in _FOLDS]
    for id_, names in candidates.items():
        named = [bare(name) for name in names]
        # "Sông Công" beside "Thành phố Sông Công" is that city: it does not answer to "xã Sông Công".
        told = {exact(rest) for kind, rest in named if kind}
        for kind, rest in named:
            if not kind and exact(rest) in told:
                continue
            for fold, tier in zip(_FOLDS, tiers, strict=True):
                entry = (kind, id_)
                found = tier.setdefault(fold(rest), [])
                if entry not in found:
                    found.append(entry)
    return Names(tuple(MappingProxyType({key: tuple(found) for key, found in tier.items()}) for tier in tiers))


def match_name(text: str, candidates: Names | Mapping[str, Iterable[str]]) -> Match:
    """The closest tier on which anything answers to the name; `ambiguous` where more than one unit does."""
    names = candidates if isinstance(candidates, Names) else index_names(candidates)
    kind, rest = bare(text)
    for tier, fold, known in zip((Tier.EXACT, Tier.TONE, Tier.ACCENTS), _FOLDS, names.tiers, strict=True):
        found = known.get(fold(rest), ())
        same = [id_ for its_kind, id_ in found if its_kind == kind]
        near = same or [id_ for its_kind, id_ in found if not kind or not its_kind]
        ids = tuple(dict.fromkeys(near))
        if ids:
            return Match(tier if len(ids) == 1 else Tier.AMBIGUOUS, ids)
    return Match(Tier.NONE)


@lru_cache(maxsize=8192)
def _tone_of(word: str) -> str:
    """One syllable in the spelling that we compare by; there are few, and names are made of them."""
    letters = unicodedata.normalize("NFD", word)
    marks = _MARKED.findall(letters)
    if len(marks) > 1:
        return word
    plain = unicodedata.normalize("NFC", _MARKED.sub("", letters))
    mark = marks[0] if marks else ""
    if (match := _OPEN.fullmatch(plain)) and match["onset"] != "q" and match[0][-2:] in {"oa", "oe", "uy"}:
        return unicodedata.normalize("NFC", match["onset"] + match["first"] + mark + match["second"])
    if match := _LONE_Y.fullmatch(plain):
        return unicodedata.normalize("NFC", match["onset"] + "i" + mark)
    return word

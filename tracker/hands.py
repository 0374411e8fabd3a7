"""What people did to a file that was generated, and how it is generated anew without losing any of it. Pure.

A file is a sequence of parts: regions (đoạn máy lập), each with the digest of the text that was generated for it, and
free text that a person put between them. Where the text of a region no longer has its digest, a person edited it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")
_SPACE = re.compile(r"\s+")


class Part(NamedTuple, Generic[T]):
    """A part of a file: as it was read, or as it is to be written."""

    content: T
    """What a format reads and writes: lines, elements."""
    plain: str = ""
    """Of a region: what a person must not have touched for it to be ours. The format decides what belongs to it."""
    key: str = ""
    """What a region is about; empty = free text, outside any mark."""
    digest: str = ""
    """Of the plain text that was last generated for this region, whatever stands in it now."""
    beside: bool = False
    """Whether it is a new version, put behind what a person edited."""

    @property
    def edited(self) -> bool:
        """Whether a person wrote in this region since it was generated; an emptied one counts."""
        return bool(self.key) and digest(self.plain) != self.digest


class Fresh(NamedTuple, Generic[T]):
    """A region as the data give it now."""

    key: str
    """Unique among them."""
    content: T
    plain: str

    @property
    def part(self) -> Part[T]:
        """The region as it is written where nothing was there."""
        return Part(self.content, self.plain, self.key, digest(self.plain))


class Merged(NamedTuple, Generic[T]):
    """The file to write, and what is to be said of it: keys of regions, each tuple in the order of the file."""

    parts: tuple[Part[T], ...]
    kept: tuple[str, ...] = ()
    """Edited: they stay as the person left them."""
    beside: tuple[str, ...] = ()
    """Those of `kept` behind which a new version stands."""
    gone: tuple[str, ...] = ()
    """Edited, and kept although the data no longer give them."""
    renewed: tuple[str, ...] = ()
    """Untouched, with another text than before."""
    added: tuple[str, ...] = ()
    """Not in the old file: new, or taken out by a person together with its marks."""
    removed: tuple[str, ...] = ()
    """Untouched, and gone from the data."""


def digest(text: str) -> str:
    """Twelve hex digits of the SHA-256 of a text, however it is wrapped, indented or composed."""
    folded = _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()
    return sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def order(keys: Iterable[str]) -> str:
    """The digest of a sequence of keys: by it a file remembers in which order its regions were generated."""
    return digest("\n".join(keys))


def merge(old: Sequence[Part[T]], new: Sequence[Fresh[T]], was: str = "") -> Merged[T]:
    """The old file with the new regions in it. `was`: the `order` of the regions when the old file was generated.

    Where nobody touched anything, the result is `new` and nothing else. Else what is there stays where it is: what is
    untouched gets its new text, or goes where the data no longer give it; what a person edited stays. Behind that the
    new text is put, once, as long as it is newer than the one that the person edited and he has not taken it out. What
    the old file does not have comes behind the region before it in `new`, or at the top.
    """
    wanted = {one.key: one for one in new}
    parts = _untouched(old, wanted, was)
    if parts is None:
        parts = _in_place(old, wanted)
        _insert(parts, new)
    keys = {part.key for part in parts}
    mine = [part for part in parts if part.key and not part.beside and _hand(part, wanted)]
    theirs = {part.key for part in mine}
    before = {part.key: part.digest for part in old if part.key}
    return Merged(
        tuple(parts),
        kept=_once(part.key for part in mine if part.key in wanted),
        beside=_once(part.key for part in parts if part.beside),
        gone=_once(part.key for part in mine if part.key not in wanted),
        renewed=_once(
            one.key for one in new
            if one.key not in theirs and before.get(one.key) not in {None, digest(one.plain)}
        ),
        added=_once(one.key for one in new if one.key not in before),
        removed=_once(part.key for part in old if part.key and part.key not in keys),
    )  # fmt: skip


def _once(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))


def _hand(part: Part[T], wanted: dict[str, Fresh[T]]) -> bool:
    """Whether a person wrote what stands in a region: neither the text of then nor that of now."""
    fresh = wanted.get(part.key)
    return part.edited and (fresh is None or digest(part.plain) != digest(fresh.plain))


def _untouched(old: Sequence[Part[T]], wanted: dict[str, Fresh[T]], was: str) -> list[Part[T]] | None:
    """All that is new, in its own order, where nobody wrote, moved, copied or took out anything; None elsewhere."""
    if was != order(part.key for part in old) or any(not part.key or part.beside or part.edited for part in old):
        return None
    return [one.part for one in wanted.values()]


def _in_place(old: Sequence[Part[T]], wanted: dict[str, Fresh[T]]) -> list[Part[T]]:
    """What is there, renewed or kept where it stands, and new versions behind what is kept."""
    # A new version whose elder the person took out was accepted: it is the region now.
    elders = {part.key for part in old if not part.beside}
    waiting = {(part.key, digest(part.plain)) for part in old if part.beside and part.key in elders}
    found = list(_judged(old, wanted, elders))
    current = {part.key for part, by_hand in found if not by_hand}
    last = {part.key: number for number, (part, by_hand) in enumerate(found) if by_hand}
    newer = {
        part.key for part, by_hand in found
        if by_hand and part.key in wanted and part.digest != digest(wanted[part.key].plain)
    }  # fmt: skip
    parts: list[Part[T]] = []
    for number, (part, by_hand) in enumerate(found):
        fresh = wanted.get(part.key)
        if not by_hand or fresh is None:
            parts.append(part)
            continue
        now = digest(fresh.plain)
        # It remembers the newest text that its person was shown: once he takes that out, it does not come again.
        parts.append(part._replace(digest=now))
        shown = part.key in newer or (part.key, now) in waiting
        if number == last[part.key] and part.key not in current and shown:
            parts.append(fresh.part._replace(beside=True))
    return parts


def _judged(
    old: Sequence[Part[T]], wanted: dict[str, Fresh[T]], elders: set[str],
) -> Iterator[tuple[Part[T], bool]]:
    """The parts that stay, and whether a person wrote in them; new versions of earlier runs are left out."""
    for part in old:
        fresh = wanted.get(part.key)
        if not part.key:
            yield part, False
        elif _hand(part, wanted):
            yield part._replace(beside=False), True
        elif fresh is not None and not (part.beside and part.key in elders):
            yield fresh.part, False


def _insert(parts: list[Part[T]], new: Sequence[Fresh[T]]) -> None:
    """Put what the file does not have behind the region before it in `new`, and behind the new version of that."""
    at = 0
    for one in new:
        number = next((number for number, part in enumerate(parts) if part.key == one.key), None)
        if number is None:
            parts.insert(at, one.part)
            number = at
        at = number + 1
        while at < len(parts) and parts[at].beside and parts[at].key == one.key:
            at += 1

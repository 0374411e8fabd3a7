"""Units in which nothing is out of the ordinary, without the walk over their shape: half of its time.

Only keys with single words, texts and days are known here. Where a unit has others, or anything in it would be
refused, nothing is said of it here and it goes the careful way (tracker.read.shapes.units), which says what is wrong.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any

from tracker.model.unit import NO_FACTS, Spell, Unit
from tracker.read.days import parse_day
from tracker.read.found import scalars
from tracker.read.values import SLUG, Refusal
from tracker.read.yaml import Keys, Listing, Node, Scalar

_NOTHING: Mapping[str, Any] = MappingProxyType({})
_ALWAYS = (Spell(),)
_NEEDED = {"id", "name", "kind"}

# A named tuple is made of a tuple without a call of Python code.
_made: Callable[[tuple[Any, ...]], Unit] = partial(tuple.__new__, Unit)


def ordinary(node: Keys, position: int) -> Unit | None:
    """The unit of a node; None where it has to be looked at with care."""
    held = _held(_UNIT, node)
    if held is None or node.flawed or not held.keys() >= _NEEDED:
        return None
    spells, closed = _ALWAYS, _NOTHING
    if "opened" in held or "closed" in held:
        closed = held.pop("closed", _NOTHING)
        first, last = held.pop("opened", _NOTHING).get("on"), closed.get("on")
        if first is not None and last is not None and last < first:
            return None
        spells = (Spell(first, last),)
    take = held.get
    return _made((
        held["id"], held["name"], held["kind"], position, take("code", ""), take("parent", ""), take("serves", ""),
        take("short", ""), take("aliases", ()), spells, closed.get("recorded"), None, closed.get("successors", ()),
        closed.get("basis", ""), NO_FACTS, node.at,
    ))  # fmt: skip


def _held(known: Mapping[str, Callable[[Node], Any]], node: Keys) -> dict[str, Any] | None:
    """What stands under each key; None where one is not known or holds what is refused."""
    held: dict[str, Any] = {}
    for key, (_, child) in node.entries.items():
        take = known.get(key)
        found = take(child) if take else None
        if found is None:
            return None
        held[key] = found
    return held


def _slug(node: Node) -> str | None:
    return node.text if isinstance(node, Scalar) and SLUG.fullmatch(node.text) and not node.empty else None


def _text(node: Node) -> str | None:
    return node.text.strip() if isinstance(node, Scalar) and not node.empty else None


def _many(take: Callable[[Node], str | None], node: Node) -> tuple[str, ...] | None:
    """Several, or one that stands for a list of one."""
    if isinstance(node, Listing) and not all(isinstance(item, Scalar) for item in node.items):
        return None
    found = [one for one in map(take, scalars(node)) if one is not None]
    return tuple(found) if found and len(found) == (len(node.items) if isinstance(node, Listing) else 1) else None


def _day(node: Node) -> date | None:
    return _known_day(node.text) if isinstance(node, Scalar) and not node.empty else None


@lru_cache(maxsize=1000)
def _known_day(text: str) -> date | None:
    day = parse_day(text)
    return None if isinstance(day, Refusal) else day


def _end(known: Mapping[str, Callable[[Node], Any]], node: Node) -> dict[str, Any] | None:
    """The first or the last day, which has to be there, and what stands beside it."""
    held = _held(known, node) if isinstance(node, Keys) else None
    return held if held and "on" in held else None


_slugs, _texts = partial(_many, _slug), partial(_many, _text)
_OPENED: Mapping[str, Callable[[Node], Any]] = {"on": _day, "basis": _text}
_CLOSED: Mapping[str, Callable[[Node], Any]] = {**_OPENED, "recorded": _day, "successors": _slugs}
_UNIT: Mapping[str, Callable[[Node], Any]] = {
    "id": _slug,
    "kind": _slug,
    "parent": _slug,
    "serves": _slug,
    "name": _text,
    "short": _text,
    "code": _text,
    "aliases": _texts,
    "formerly": _slugs,
    "opened": partial(_end, _OPENED),
    "closed": partial(_end, _CLOSED),
}

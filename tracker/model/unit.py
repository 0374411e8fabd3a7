"""Units: territories, and the organisations that serve them."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from tracker.model.source import NOWHERE, Place

FactValue = bool | str | None


class Fact(NamedTuple):
    """What is held true of a unit, on whose word, and when to look again."""

    name: str
    value: FactValue
    """None where the value was left blank: then what rests on it is unknown, never passed over."""
    source: str = ""
    review: date | None = None
    """The last day on which the fact may be relied on unseen."""
    counterpart: str = ""
    """Id of the unit that does the work instead, where the fact means that somebody is missing."""
    at: Place = NOWHERE


NO_FACTS: Mapping[str, Fact] = MappingProxyType({})


class Unit(NamedTuple):
    """A territory (tỉnh, huyện, xã) or an organisation serving one; the id is its identity, never name or code."""

    id: str
    name: str
    kind: str
    """Slug by which plans name groups: tinh, huyen, xa, ban-dan-van, phong-dan-toc …"""
    position: int
    """Place in the official list: units are always shown in this order, never in that of the alphabet."""
    code: str = ""
    parent: str = ""
    """Id of the territory above."""
    serves: str = ""
    """For an organisation: id of the territory that it serves."""
    short: str = ""
    """What a narrow table prints."""
    aliases: tuple[str, ...] = ()
    opened: date | None = None
    """First day of existence; None where it is not known to have begun."""
    closed: date | None = None
    """Last day of existence (inclusive)."""
    successors: tuple[str, ...] = ()
    closing_basis: str = ""
    facts: Mapping[str, Fact] = NO_FACTS
    at: Place = NOWHERE

    def exists_through(self, first: date, last: date) -> bool:
        """Whether the unit existed on every day from first to last."""
        return (self.opened is None or self.opened <= first) and (self.closed is None or last <= self.closed)

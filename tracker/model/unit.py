"""Units: territories, and the organisations that serve them."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
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
    first: date | None = None
    """First day on which it holds; None = as far back as anybody asks."""
    last: date | None = None
    """Last day on which it holds (inclusive); None = until further notice."""
    recorded: date | None = None
    """The day on which it was entered; None = known all along."""


NO_FACTS: Mapping[str, tuple[Fact, ...]] = MappingProxyType({})


class Spell(NamedTuple):
    """Days on which something holds, both ends included; None = open at that end."""

    first: date | None = None
    last: date | None = None

    def holds_through(self, first: date, last: date) -> bool:
        """Whether every day from first to last is among them."""
        return (self.first is None or self.first <= first) and (self.last is None or last <= self.last)

    def meets(self, first: date, last: date) -> bool:
        """Whether any day from first to last is among them."""
        return (self.first is None or self.first <= last) and (self.last is None or first <= self.last)


class How(StrEnum):
    """How units became others (domain 4.3); the word of the resolution."""

    MERGE = "merge"
    """Several became one new ("sáp nhập, hợp nhất")."""
    SPLIT = "split"
    """One became several ("chia, tách")."""
    RENAME = "rename"
    """The same under another name or kind ("đổi tên, nâng cấp")."""
    ABSORB = "absorb"
    """Taken in by one that was there and remains ("nhập vào")."""
    TRANSFER = "transfer"
    """Its work went over to a body of another line ("chuyển chức năng, nhiệm vụ")."""


class Succession(NamedTuple):
    """Units that became others on a day; many to many. Numbers are never rolled up through it."""

    on: date
    """First day of the new state."""
    how: How
    before: tuple[str, ...]
    after: tuple[str, ...]
    basis: str = ""
    recorded: date | None = None
    """The day on which it was entered; None = on its own day."""
    at: Place = NOWHERE


class Membership(NamedTuple):
    """A unit's time in a group."""

    unit: str
    spell: Spell = Spell()


class Group(NamedTuple):
    """Units that a plan names together, such as the districts with ethnic minority communes; they come and go."""

    id: str
    name: str
    members: tuple[Membership, ...]
    at: Place = NOWHERE


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
    spells: tuple[Spell, ...] = (Spell(),)
    """Its times of existence, in order; a unit that was dissolved and founded again has two."""
    closing_known: date | None = None
    """The day on which its end was entered; None = on its last day."""
    closing_how: How | None = None
    """How it became its successors; None where nobody said."""
    successors: tuple[str, ...] = ()
    closing_basis: str = ""
    facts: Mapping[str, tuple[Fact, ...]] = NO_FACTS
    """By name: what held one after another, in order."""
    at: Place = NOWHERE

    @property
    def opened(self) -> date | None:
        """First day of existence; None where it is not known to have begun."""
        return self.spells[0].first

    @property
    def closed(self) -> date | None:
        """Last day of existence (inclusive); None while it exists."""
        return self.spells[-1].last

    def exists_through(self, first: date, last: date) -> bool:
        """Whether the unit existed on every day from first to last."""
        # Asked for every obligation: a loop costs a third of any().
        for opens, closes in self.spells:
            if (opens is None or opens <= first) and (closes is None or last <= closes):
                return True
        return False

    def exists_during(self, first: date, last: date) -> bool:
        """Whether the unit existed on any day from first to last."""
        return any(spell.meets(first, last) for spell in self.spells)

    def fact(self, name: str, day: date) -> Fact | None:
        """What held of the unit on the day; None where nobody said anything of it."""
        for fact in reversed(self.facts.get(name, ())):
            if (fact.first is None or fact.first <= day) and (fact.last is None or day <= fact.last):
                return fact
        return None

"""Shapes of units, their ends and successions, groups."""

from collections.abc import Mapping
from typing import Annotated

from tracker.model.unit import FactValue
from tracker.read.shapes.kinds import NONE, Alone, Called, Choice, Shape, Told
from tracker.read.shapes.values import (
    Day,
    FactName,
    HowWord,
    Slug,
    Slugs,
    Text,
    Texts,
    fact_value,
)


class OpenedShape(Shape):
    """First day of a unit."""

    on: Day
    basis: Text = ""


class EndedShape(Shape):
    """Last day of a unit, and who took over."""

    on: Day
    successors: Slugs = ()
    basis: Text = ""
    recorded: Day | None = None
    how: HowWord | None = None


class SpellShape(Shape):
    """One of several times of existence."""

    first: Annotated[Day | None, Called("from")] = None
    last: Annotated[Day | None, Called("to")] = None
    basis: Text = ""


class FactShape(Shape):
    """What is held true of a unit."""

    value: Annotated[FactValue, Told(fact_value, "fact")]
    source: Text = ""
    review: Day | None = None
    counterpart: Slug = ""
    first: Annotated[Day | None, Called("from")] = None
    last: Annotated[Day | None, Called("to")] = None
    recorded: Day | None = None


Held = Annotated[tuple[FactShape, ...], Alone(dict)]
"""One fact stands for a list of one."""


class UnitShape(Shape):
    """One unit of plans/units.yaml."""

    id: Slug
    name: Text
    kind: Slug
    short: Text = ""
    code: Text = ""
    formerly: Slugs = ()
    parent: Slug = ""
    serves: Slug = ""
    aliases: Texts = ()
    opened: OpenedShape | None = None
    closed: EndedShape | None = None
    exists: tuple[SpellShape, ...] = ()
    facts: Mapping[FactName, Held] = NONE


class SuccessionShape(Shape):
    """Units that became others."""

    on: Day
    how: HowWord
    before: Annotated[Slugs, Called("from")]
    after: Annotated[Slugs, Called("to")]
    basis: Text = ""
    recorded: Day | None = None


class MemberShape(Shape):
    """A unit's time in a group."""

    unit: Slug
    first: Annotated[Day | None, Called("from")] = None
    last: Annotated[Day | None, Called("to")] = None


MemberForm = Annotated[MemberShape | Slug, Choice(lambda value: 0 if isinstance(value, dict) else 1)]


class GroupShape(Shape):
    """Units that a plan names together."""

    id: Slug
    name: Text
    members: tuple[MemberForm, ...]

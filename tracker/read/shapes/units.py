"""Shapes of units, their ends and successions, groups."""

from typing import Annotated

from pydantic import BeforeValidator, Discriminator, Field, PlainValidator, Tag

from tracker.model.unit import FactValue
from tracker.read.shapes.values import (
    Alone,
    Day,
    FactName,
    HowWord,
    Shape,
    Slug,
    Slugs,
    Text,
    Texts,
    fact_value,
    written,
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

    first: Annotated[Day | None, Field(alias="from")] = None
    last: Annotated[Day | None, Field(alias="to")] = None
    basis: Text = ""


class FactShape(Shape):
    """What is held true of a unit."""

    value: Annotated[FactValue, PlainValidator(fact_value), written("fact")]
    source: Text = ""
    review: Day | None = None
    counterpart: Slug = ""
    first: Annotated[Day | None, Field(alias="from")] = None
    last: Annotated[Day | None, Field(alias="to")] = None
    recorded: Day | None = None


def _alone(value: object) -> object:
    """One fact stands for a list of one."""
    return [value] if isinstance(value, dict) else value


Held = Annotated[tuple[FactShape, ...], BeforeValidator(_alone), Alone()]


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
    facts: dict[FactName, Held] = Field(default_factory=dict)


class SuccessionShape(Shape):
    """Units that became others."""

    on: Day
    how: HowWord
    before: Annotated[Slugs, Field(alias="from")]
    after: Annotated[Slugs, Field(alias="to")]
    basis: Text = ""
    recorded: Day | None = None


class MemberShape(Shape):
    """A unit's time in a group."""

    unit: Slug
    first: Annotated[Day | None, Field(alias="from")] = None
    last: Annotated[Day | None, Field(alias="to")] = None


def _member_form(value: object) -> str:
    return "·member" if isinstance(value, dict) else "·unit"


MemberForm = Annotated[
    Annotated[MemberShape, Tag("·member")] | Annotated[Slug, Tag("·unit")], Discriminator(_member_form)
]


class GroupShape(Shape):
    """Units that a plan names together."""

    id: Slug
    name: Text
    members: tuple[MemberForm, ...]

"""Nodes → what units became, and the groups that they were in."""

from collections.abc import Iterable
from datetime import timedelta

from tracker.model.source import Problem
from tracker.model.unit import Group, How, Membership, Spell, Succession, Unit
from tracker.read.found import Found, scalars, value
from tracker.read.shape import listed, record
from tracker.read.yaml import Keys

ONE_DAY = timedelta(days=1)
ENDING = (How.MERGE, How.SPLIT, How.RENAME, How.ABSORB)
"""After these the units before are gone; a transfer of work may leave its unit alive."""


def read_successions(root: Keys, found: Found, problems: list[Problem]) -> None:
    """Add the successions of a file of units."""
    from tracker.read.shapes.units import SuccessionShape

    for node in listed(root, "successions", problems):
        shape = record(SuccessionShape, node, problems)
        if shape is None:
            continue
        owner = ("succession", str(node.at))
        found.refer("unit", value(node, "from"), owner, "before")
        found.refer("unit", value(node, "to"), owner, "after")
        found.successions.append(
            Succession(shape.on, shape.how, shape.before, shape.after, shape.basis, shape.recorded, node.at),
        )


def read_groups(root: Keys, found: Found, problems: list[Problem]) -> None:
    """Add the groups of a file of units."""
    from tracker.read.shapes.units import GroupShape, MemberShape

    for node in listed(root, "groups", problems):
        shape = record(GroupShape, node, problems)
        id_ = scalars(value(node, "id"))
        if shape is None or not all(found.claim("group", one.text, one.at, one.width) for one in id_):
            continue
        owner = ("group", shape.id)
        for member in listed(node, "members", []):
            found.refer("unit", value(member, "unit") if isinstance(member, Keys) else member, owner, "members")
        members = tuple(
            Membership(one.unit, Spell(one.first, one.last)) if isinstance(one, MemberShape) else Membership(one)
            for one in shape.members
        )
        found.groups.append(Group(shape.id, shape.name, members, node.at))


def settle(found: Found) -> None:
    """Tie closings and successions together, now that all units are known; report what cannot be.

    A unit's own `closed: {successors: …}` is a succession of that unit, unless one is written out for it.
    """
    by_id = {unit.id: unit for unit in found.units}
    for one in found.successions:
        found.problems += _wrong(one, by_id)
    written = {before for one in found.successions for before in one.before}
    short = [unit for unit in found.units if unit.successors and unit.closed and unit.id not in written]
    predecessors: dict[str, int] = {}
    for unit in short:
        for successor in unit.successors:
            predecessors[successor] = predecessors.get(successor, 0) + 1
    for unit in short:
        assert unit.closed is not None
        on, how = unit.closed + ONE_DAY, unit.closing_how or _how(unit, by_id, predecessors)
        recorded = unit.closing_known or unit.closed
        found.successions.append(
            Succession(on, how, (unit.id,), unit.successors, unit.closing_basis, recorded, unit.at),
        )


def _how(unit: Unit, by_id: dict[str, Unit], predecessors: dict[str, int]) -> How:
    """What a closing with successors was: the word of the resolution where it can be told from the days."""
    after = [by_id[id_] for id_ in unit.successors if id_ in by_id]
    if len(after) > 1:
        return How.SPLIT
    if unit.closed is not None and after and (after[0].opened is None or after[0].opened <= unit.closed):
        return How.ABSORB
    return How.MERGE if after and predecessors[after[0].id] > 1 else How.RENAME


def _wrong(one: Succession, by_id: dict[str, Unit]) -> Iterable[Problem]:
    """A unit that goes on existing was not merged; one that was gone before took nothing over."""
    day = f"{one.on:%d/%m/%Y}"
    for id_ in one.before:
        unit = by_id.get(id_)
        if unit is not None and one.how in ENDING and unit.exists_during(one.on, one.on) and id_ not in one.after:
            yield Problem(one.at, "succession-alive", {"id": id_, "day": day, "how": str(one.how)})
    for id_ in one.after:
        unit = by_id.get(id_)
        if unit is not None and not unit.exists_during(one.on, one.on):
            yield Problem(one.at, "succession-gone", {"id": id_, "day": day})


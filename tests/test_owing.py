"""Who owes a task and what lies in a territory, against the plainest words for both."""

from hypothesis import example, given, strategies as st

from tracker.model.unit import Group, Membership, Unit
from tracker.owing import Owers

IDS = ("a", "b", "c", "d", "e")
NAMES = (*IDS, "xa", "tinh", "g", "h", "nobody")
above = st.sampled_from(("", *IDS))
units_of = st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(("xa", "tinh", "a")), above, above), unique_by=lambda one: one[0])
groups_of = st.lists(st.tuples(st.sampled_from(("g", "h", "xa")), st.lists(st.sampled_from((*IDS, "gone")), max_size=3)), max_size=3)


@given(units_of, groups_of, st.lists(st.sampled_from(NAMES), max_size=3), above)
@example([("a", "xa", "b", ""), ("b", "xa", "a", ""), ("c", "xa", "", "b")], [], ["xa"], "a")
def test_the_same_units_as_by_looking_at_each(drawn, grouped, names, within):
    units = [Unit(id_, id_, kind, 1, parent=parent, serves=serves) for id_, kind, parent, serves in drawn]
    groups = [Group(id_, id_, tuple(map(Membership, members))) for id_, members in grouped]
    owers = Owers(units, groups)
    territory = inside(units, within)
    assert owers.inside(within) == territory
    expected = tuple(
        unit
        for unit in units
        if unit.id in names
        or any(group.id in names and unit.id in {one.unit for one in group.members} for group in groups)
        or (unit.kind in names and (territory is None or unit.id in territory))
    )
    assert owers.named(tuple(names), within) == expected
    assert owers.named(tuple(names), within) is owers.named(tuple(names), within)


def inside(units, within):
    if not within:
        return None
    found = {within}
    for _ in units:
        found |= {unit.id for unit in units if {unit.parent, unit.serves} & found}
    return found

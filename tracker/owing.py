"""Who owes a task: the units that it names by id, by kind or by group, within the territory of its plan."""

from collections.abc import Iterable, Mapping, Sequence, Set as AbstractSet

from tracker.model.unit import Group, Spell, Unit


class Owers:
    """Units by all that tasks and plans name them by, gathered once for all of these: a nation has thousands."""

    def __init__(self, units: Iterable[Unit], groups: Sequence[Group] = ()) -> None:
        self.units = tuple(units)
        self.kinds = {unit.id: unit.kind for unit in self.units}
        self._ids: dict[str, list[int]] = {}
        self._of_kind: dict[str, list[int]] = {}
        self._below: dict[str, list[str]] = {}
        for number, unit in enumerate(self.units):
            self._ids.setdefault(unit.id, []).append(number)
            self._of_kind.setdefault(unit.kind, []).append(number)
            for above in {unit.parent, unit.serves} - {""}:
                self._below.setdefault(above, []).append(unit.id)
        self._groups: dict[str, list[str]] = {}
        for group in groups:
            self._groups.setdefault(group.id, []).extend(member.unit for member in group.members)
        self._inside: dict[str, AbstractSet[str]] = {}
        self._named: dict[tuple[tuple[str, ...], str], tuple[Unit, ...]] = {}

    def named(self, names: tuple[str, ...], within: str = "") -> tuple[Unit, ...]:
        """The units of these ids, kinds and groups, in official order and each once.

        `within`, the id of a plan's territory, limits the kinds, and nothing that is named by itself: a province's
        plan may name a ministry. Who asks again for the same gets the same tuple.
        """
        asked = (names, within)
        if asked not in self._named:
            self._named[asked] = tuple(self.units[number] for number in sorted(self._numbers(names, within)))
        return self._named[asked]

    def inside(self, within: str) -> AbstractSet[str] | None:
        """Ids of a territory: the unit itself, what lies in it, what serves any of these; None = no limit."""
        if not within:
            return None
        if within not in self._inside:
            found, more = {within}, [within]
            while more:
                more = [id_ for above in more for id_ in self._below.get(above, ()) if id_ not in found]
                found.update(more)
            self._inside[within] = found
        return self._inside[within]

    def _numbers(self, names: tuple[str, ...], within: str) -> set[int]:
        territory = self.inside(within)
        found: set[int] = set()
        for name in names:
            found.update(self._ids.get(name, ()))
            for id_ in self._groups.get(name, ()):
                found.update(self._ids.get(id_, ()))
            kind = self._of_kind.get(name, ())
            found.update(kind if territory is None else (one for one in kind if self.units[one].id in territory))
        return found


def memberships(names: tuple[str, ...], groups: Sequence[Group]) -> Mapping[str, Sequence[Spell]]:
    """By unit its times in those of the groups that are named."""
    found: dict[str, list[Spell]] = {}
    for group in groups:
        for member in group.members if group.id in names else ():
            found.setdefault(member.unit, []).append(member.spell)
    return found

"""Which units one of several runs looks at, where a project is judged in parts."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

FIRST, NOBODY = 0, -1


class Share(NamedTuple):
    """One part of a project: every unit is of exactly one, and what no part has is of the first."""

    number: int
    """From 0; `NOBODY` for the run that puts the parts together and judges no unit by itself."""
    owners: Mapping[str, int]
    """Number of the part that each unit belongs to, by id."""
    elsewhere: frozenset[str] = frozenset()
    """Files of records of which a survey has shown that nothing in them is of this part."""

    def holds(self, unit: str) -> bool:
        """Whether what this unit owes and recorded is judged here."""
        return self.owners.get(unit, FIRST) == self.number

    def shows(self, unit: str) -> bool:
        """Whether what is said of this unit beside that (facts, readings) is looked at here."""
        return self.number == NOBODY or self.holds(unit)


TOGETHER = Share(NOBODY, MappingProxyType({}))
"""Of the run that puts parts together."""

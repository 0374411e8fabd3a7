"""What sentences of one report need, looked up once; and values as they stand inside a sentence."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from tracker.lang import Words, words
from tracker.model.draft import Naming
from tracker.model.finding import Cell, Finding
from tracker.model.report import Report
from tracker.model.standing import Standing
from tracker.model.table import Column, Names
from tracker.model.unit import Unit
from tracker.render.say import cell, printed

NAMED = 3
"""Up to so many units are named in a sentence."""


class Writer(NamedTuple):
    """One report, and the language of papers."""

    say: Words
    report: Report
    standings: Mapping[tuple[Cell, ...], Standing]
    """By task, unit and period."""
    areas: Mapping[tuple[Cell, Cell], str]
    """Name of an area by its plan and key."""
    naming: Naming = Naming.SHORT

    @property
    def units(self) -> Mapping[str, Unit]:
        """By id, in official order."""
        return self.report.units

    def standing(self, finding: Finding) -> Standing | None:
        """The obligation of which a finding speaks; None where it speaks of something else."""
        return self.standings.get(tuple(finding.row.get(name) for name in ("task", "unit", "period")))

    def cell(self, value: Cell, column: Column, finding: Finding) -> str:
        """One value as it stands inside a sentence: 01 to 09, huyện X in small letters, nothing for nothing.

        What may stand empty is an empty text, so that a template can ask for it: no value, and what is not so.
        """
        if value is None or value is False:
            return ""
        if column.names is Names.UNIT and isinstance(value, str) and value in self.units:
            return name_in_sentence(self.units[value], self.say)
        if column.name == "area":
            return small(self.areas.get((finding.row.get("plan"), value), str(value)))
        if isinstance(value, Decimal):
            return self.say.number(printed(value))
        if isinstance(value, int) and not isinstance(value, bool):
            return self.say.number(value) if column.names is Names.MEASURE else self.say.counted(value)
        return cell(value, column, self.units, self.say)


def writer_of(report: Report, naming: Naming) -> Writer:
    """The writer for a report."""
    standings: dict[tuple[Cell, ...], Standing] = {one.obligation.key: one for one in report.standings}
    areas: dict[tuple[Cell, Cell], str] = {
        (plan.id, key): name for plan in report.plans for key, name in plan.areas.items()
    }
    return Writer(words(), report, standings, areas, naming)


def levels_of(units: Sequence[Unit], say: Words) -> str:
    """The levels of these units (huyện, thành phố), as their names say; empty where one is no territory."""
    known = say("draft.levels").split(", ")
    found = {next((word for word in known if unit.name.casefold().startswith(f"{word} ")), "") for unit in units}
    return "" if "" in found else ", ".join(word for word in known if word in found)


def name_in_sentence(unit: Unit, say: Words) -> str:
    """A territory's level is in small letters inside a sentence (Nghị định 30/2020/NĐ-CP, Phụ lục II)."""
    return small(unit.name) if levels_of([unit], say) else unit.name


def small(text: str) -> str:
    """With a small first letter, unless it begins with an abbreviation."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]

"""A finding in words: the rule's own sentence, its slots filled with names, numbers and days of the language."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from tracker.lang import Piece, Words, pieces_of
from tracker.model.finding import Cell, Finding, Verdict
from tracker.model.report import Report
from tracker.model.rule import Rule
from tracker.model.table import Column, Names
from tracker.model.tables import TABLES
from tracker.model.unit import Unit
from tracker.render.visible import visible


class Speaker:
    """Says the findings of one report in one language; what was said of a value once is looked up after that."""

    def __init__(self, report: Report, say: Words) -> None:
        self.say = say
        self.units = report.units
        self.rules = {rule.id: rule for rule in report.rules}
        self.pieces: dict[str, tuple[tuple[Piece, Column | None], ...]] = {}
        self.said: dict[tuple[Names | None, type, Cell], str] = {}

    def message(self, finding: Finding) -> str:
        """What the rule says of this row. What could not be judged says so first, and of what."""
        rule = self.rules[finding.rule]
        if finding.verdict is Verdict.UNKNOWN:
            title, subject = rule.title[self.say.code], self.subject(finding)
            return visible(self.say("finding.unknown", title=title, subject=subject))
        pieces = self.pieces.get(rule.id)
        if pieces is None:
            known = TABLES[finding.table].by_name
            cut = pieces_of(rule.message[self.say.code])
            pieces = self.pieces[rule.id] = tuple((piece, known.get(piece.slot)) for piece in cut)
        row, parts = finding.row, []
        for (text, name, forms), column in pieces:
            parts.append(text)
            if column is not None:
                value = row[name]
                parts.append(forms[value != 1] if forms else self.cell(value, column))
        return visible("".join(parts))

    def remedy(self, rule: Rule) -> str:
        """What to do about it."""
        return visible(rule.fix[self.say.code])

    def subject(self, finding: Finding) -> str:
        """Whom and what it is about: unit, task and period, as far as its table has them."""
        table = TABLES[finding.table]
        named = ((finding.row.get(name), table.by_name[name]) for name in table.key)
        return " · ".join(self.cell(value, column) for value, column in named if value is not None)

    def cell(self, value: Cell, column: Column) -> str:
        """One value as people write it in this language."""
        key = (column.names, type(value), value)
        found = self.said.get(key)
        if found is None:
            found = self.said[key] = cell(value, column, self.units, self.say)
        return found


def cell(value: Cell, column: Column, units: Mapping[str, Unit], say: Words) -> str:
    """One value as people write it in this language; a unit by its name, a period by its words."""
    if value is None:
        return say("finding.none")
    if isinstance(value, bool):
        return say("finding.yes" if value else "finding.no")
    if isinstance(value, int | Decimal):
        return say.number(printed(value) if column.names is Names.MEASURE else rounded(value))
    if isinstance(value, date):
        return say.day(value)
    match column.names:
        case Names.UNIT:
            return units[value].name if value in units else value
        case Names.UNITS:
            return ", ".join(units[one].name if one in units else one for one in value.split(","))
        case Names.PERIOD:
            return say.period(value)
        case Names.STATE:
            return say(f"state.{value}")
        case Names.STRAY:
            return say(f"stray.{value}")
        case _:
            return str(value)


def printed(value: int | Decimal) -> int | Decimal:
    """A rate keeps the decimals that it was printed with (3,10), up to two; what was computed is rounded once."""
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return value if isinstance(exponent, int) and -2 <= exponent < 0 else rounded(value)


def rounded(value: int | Decimal) -> int | Decimal:
    """Rounded once, here, half up to two decimals (design 4.6b); whole numbers stay whole."""
    from decimal import ROUND_HALF_UP

    if isinstance(value, int):
        return value
    short = value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return int(short) if short == short.to_integral_value() else short.normalize()

"""A finding in words: the rule's own sentence, its slots filled with names, numbers and days of the language."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from tracker.lang import Words, fill, slots_of
from tracker.model.finding import Cell, Finding, Verdict
from tracker.model.report import Report
from tracker.model.rule import Rule
from tracker.model.tables import TABLES, Column, Names
from tracker.model.unit import Unit
from tracker.render.visible import visible


def message(finding: Finding, rule: Rule, report: Report, say: Words) -> str:
    """What the rule says of this row. What could not be judged says so first, and then what would be said."""
    if finding.verdict is Verdict.UNKNOWN:
        return visible(say("finding.unknown", title=rule.title[say.code], subject=subject(finding, report, say)))
    template, columns = rule.message[say.code], TABLES[finding.table].by_name
    slots = {name: cell(finding.row[name], columns[name], report.units, say) for name in slots_of(template)}
    return visible(fill(template, slots))


def remedy(rule: Rule, say: Words) -> str:
    """What to do about it."""
    return visible(rule.fix[say.code])


def subject(finding: Finding, report: Report, say: Words) -> str:
    """Whom and what it is about: unit, task and period, as far as its table has them."""
    columns = TABLES[finding.table].by_name
    parts = [
        cell(finding.row[name], columns[name], report.units, say)
        for name in TABLES[finding.table].key
        if finding.row.get(name) is not None
    ]
    return " · ".join(parts)


def cell(value: Cell, column: Column, units: Mapping[str, Unit], say: Words) -> str:
    """One value as people write it in this language; a unit by its name, a period by its words."""
    if value is None:
        return say("finding.none")
    if isinstance(value, bool):
        return say("finding.yes" if value else "finding.no")
    if isinstance(value, int | Decimal):
        return say.number(rounded(value))
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


def rounded(value: int | Decimal) -> int | Decimal:
    """Rounded once, here, half up to two decimals (design 4.6b); whole numbers stay whole."""
    from decimal import ROUND_HALF_UP

    if isinstance(value, int):
        return value
    short = value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return int(short) if short == short.to_integral_value() else short.normalize()

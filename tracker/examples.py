"""The examples inside a rule, run; and the mutants of its conditions that no example notices.

A rule whose examples would pass with another condition proves nothing; so each condition is changed in every small way
there is, and some example must then come out differently (the idea of mutation testing, applied to rules).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from tracker.model.finding import Cell
from tracker.model.rule import Condition, Example, Rule
from tracker.model.table import Column, Table, Type
from tracker.model.tables import TABLES
from tracker.where import Checked, evaluate, mutants, read_condition
from tracker.where.write import written

_NULLS = frozenset({"", "null", "~"})


class Wrong(NamedTuple):
    """An example that does not come out as marked."""

    rule: str
    example: Example
    got: str


class Survivor(NamedTuple):
    """A changed condition that no example tells from the rule's own."""

    rule: str
    which: str
    """scope, where or escalate."""
    text: str


class _Conditions(NamedTuple):
    scope: Checked | None
    where: Checked
    escalate: Checked | None


def wrong(rule: Rule) -> Iterator[Wrong]:
    """The examples that come out otherwise than marked. A rule whose conditions cannot be read gives none."""
    conditions = _conditions(rule)
    if conditions is None:
        return
    for example in rule.examples:
        got = _judge(rule, conditions, cells(example.row, TABLES[rule.on]))
        if got != example.expect:
            yield Wrong(rule.id, example, got)


def survivors(rule: Rule) -> tuple[int, tuple[Survivor, ...]]:
    """How many mutants there are, and those that survive the examples."""
    conditions = _conditions(rule)
    if conditions is None:
        return 0, ()
    rows = [cells(example.row, TABLES[rule.on]) for example in rule.examples]
    own = [_judge(rule, conditions, row) for row in rows]
    count, alive = 0, []
    for which, mutant, changed in _changed(conditions):
        count += 1
        if [_judge(rule, changed, row) for row in rows] == own:
            alive.append(Survivor(rule.id, which, written(mutant.root)))
    return count, tuple(alive)


def cells(row: Mapping[str, str], table: Table) -> Mapping[str, Cell]:
    """The written values as the table's columns hold them; a column that is not written is null."""
    return {name: _cell(row.get(name, ""), column) for name, column in table.by_name.items()}


def unfit(rule: Rule) -> Sequence[tuple[Example, str]]:
    """Columns of examples that their table does not have, or whose value it cannot hold."""
    table = TABLES.get(rule.on)
    if table is None:
        return ()
    return [
        (example, name)
        for example in rule.examples
        for name, value in example.row.items()
        if name not in table.by_name or (value not in _NULLS and _cell(value, table.by_name[name]) is None)
    ]


def _conditions(rule: Rule) -> _Conditions | None:
    table = TABLES.get(rule.on)
    if table is None:
        return None
    read = [_read(condition, table) for condition in (rule.scope, rule.where, rule.escalate_where)]
    where = read[1]
    return None if where is None else _Conditions(read[0], where, read[2])


def _read(condition: Condition | None, table: Table) -> Checked | None:
    if condition is None:
        return None
    checked = read_condition(condition.text, table.by_name)
    return checked if isinstance(checked, Checked) else None


def _changed(own: _Conditions) -> Iterator[tuple[str, Checked, _Conditions]]:
    if own.scope is not None:
        for mutant in mutants(own.scope):
            yield "scope", mutant, _Conditions(mutant, own.where, own.escalate)
    for mutant in mutants(own.where):
        yield "where", mutant, _Conditions(own.scope, mutant, own.escalate)
    if own.escalate is not None:
        for mutant in mutants(own.escalate):
            yield "escalate", mutant, _Conditions(own.scope, own.where, mutant)


def _judge(rule: Rule, conditions: _Conditions, row: Mapping[str, Cell]) -> str:
    inside = True if conditions.scope is None else evaluate(conditions.scope, row)
    if inside is False:
        return "outside"
    verdict = evaluate(conditions.where, row) if inside else None
    if verdict is False:
        return "pass"
    if verdict is None:
        return "unknown"
    raised = conditions.escalate is not None and evaluate(conditions.escalate, row)
    return str(rule.escalate_to if raised and rule.escalate_to else rule.severity)


def _cell(text: str, column: Column) -> Cell:
    if text in _NULLS:
        return None
    match column.type:
        case Type.TRUTH:
            return {"true": True, "false": False}.get(text.lower())
        case Type.NUMBER:
            return _number(text)
        case Type.DATE:
            try:
                return date.fromisoformat(text)
            except ValueError:
                return None
        case Type.CHOICE:
            return text if text in column.values else None
        case Type.TEXT:
            return text


def _number(text: str) -> int | Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return int(value) if value == value.to_integral_value() else value

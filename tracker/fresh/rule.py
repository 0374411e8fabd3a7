"""A rule from its condition: examples are sought on both sides of each boundary until no mutant survives them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice, product
from typing import NamedTuple

from tracker.lang import Words
from tracker.model.finding import Cell
from tracker.model.table import Column, Table, Type
from tracker.where import Checked, columns_of, evaluate, mutants

Row = Mapping[str, Cell]
FAMILIES = ("task", "agreement", "report", "figure", "document", "unit", "plan", "rule")
MODELINE = "# yaml-language-server: $schema=../.tracker/schemas/rules.json"
SEVERITY = "warning"
_MOST_ROWS = 20_000
"""Rows that are tried; a condition that needs more is left to its writer."""


class Example(NamedTuple):
    """A row with what must come out of it."""

    expect: str
    row: Row


def condition_for(table: Table) -> str:
    """A condition to begin with: what the table is most asked for, or its first number, truth or word."""
    if "state" in table.by_name:
        return "state = 'overdue'"
    for kind, text in ((Type.NUMBER, "{} > 0"), (Type.TRUTH, "{} = TRUE"), (Type.TEXT, "{} IS NULL")):
        for column in table.columns:
            if column.type is kind and (kind is not Type.TEXT or column.nullable):
                return text.format(column.name)
    column = table.columns[0]
    value = column.values[0] if column.values else "x"
    return f"{column.name} = '{value}'"


def examples_for(checked: Checked) -> tuple[Example, ...] | None:
    """Rows that tell the condition from every mutant of it; None where none were found."""
    alive = list(mutants(checked))
    chosen: dict[bool | None, Row] = {}
    rows: list[Row] = []
    for row in islice(_rows(checked), _MOST_ROWS):
        verdict = evaluate(checked, row)
        killed = [mutant for mutant in alive if evaluate(mutant, row) is not verdict]
        if killed or verdict not in chosen:
            chosen.setdefault(verdict, row)
            rows.append(row)
            alive = [mutant for mutant in alive if mutant not in killed]
        if not alive and {True, False} <= chosen.keys():
            break
    if alive or not {True, False} <= chosen.keys():
        return None
    return tuple(Example(_expected(evaluate(checked, row)), row) for row in rows)


def text_of(id_: str, table: Table, checked: Checked, examples: Sequence[Example], say: Words) -> str:
    """The file of a rule; what its writer has to replace is marked."""
    subject = ", ".join(f"{{{name}}}" for name in table.key)
    texts = {key: (say(f"fresh.{key}_vi"), say(f"fresh.{key}_en")) for key in ("title", "message", "why", "fix")}
    lines = [MODELINE, f"# {say('fresh.rule_note')}"]
    for key in ("title", "on", "message", "why", "fix"):
        if key == "on":
            lines += [f"on: {table.name}", f"where: {_quoted(checked.text)}", f"severity: {SEVERITY}"]
            continue
        vi, en = (f"{text} ({subject})" if key == "message" else text for text in texts[key])
        lines += [f"{key}:", f"  vi: {_quoted(f'{vi} [{id_}]' if key == 'title' else vi)}"]
        lines.append(f"  en: {_quoted(f'{en} [{id_}]' if key == 'title' else en)}")
    lines.append("examples:")
    lines += [f"  - {{_: {one.expect}, {_cells(one.row)}}}" for one in examples]
    return "\n".join(lines) + "\n"


def _expected(verdict: bool | None) -> str:
    return {True: SEVERITY, False: "pass", None: "unknown"}[verdict]


def _rows(checked: Checked) -> Iterator[Row]:
    """Rows near the boundaries; those that differ little from the first come first."""
    names = columns_of(checked)
    choices = [_values(checked.columns[name], checked) for name in names]
    for name, values in zip(names, choices, strict=True):
        first = {other: own[0] for other, own in zip(names, choices, strict=True)}
        yield from ({**first, name: value} for value in values)
    for cells in product(*choices):
        yield dict(zip(names, cells, strict=True))


def _values(column: Column, checked: Checked) -> tuple[Cell, ...]:
    """What a column may hold near the values that the condition names."""
    import re

    text = checked.text
    values: list[Cell] = []
    match column.type:
        case Type.TRUTH:
            values = [True, False]
        case Type.CHOICE:
            values = sorted(column.values, key=lambda word: f"'{word}'" not in text)
        case Type.NUMBER:
            found = [Decimal(one) for one in re.findall(r"(?<![\w.'-])[0-9]+(?:\.[0-9]+)?", text)] or [Decimal(0)]
            near = (number + step for number in found for step in (0, 1, -1, Decimal("0.5"), 2, -2))
            values = [int(one) if one == one.to_integral_value() else one for one in near]
        case Type.DATE:
            days = [date.fromisoformat(one) for one in re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text)]
            values = [day + timedelta(days=step) for day in days or [date(2023, 1, 1)] for step in (0, 1, -1)]
        case Type.TEXT:
            values = [*re.findall(r"'([^']+)'", text), "x", "y"]
    return (*dict.fromkeys(values), None)


def _cells(row: Row) -> str:
    return ", ".join(f"{name}: {_cell(value)}" for name, value in row.items())


def _cell(value: Cell) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, date):
        return value.isoformat()
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    """In double quotes, as YAML and JSON both read it."""
    return json.dumps(text, ensure_ascii=False)

"""docs/rules.md: every rule and every table, from the rule files themselves; never edited by hand."""

from collections.abc import Iterator, Sequence

from tracker.lang import for_many, words
from tracker.model.rule import Rule
from tracker.model.tables import TABLES


def page(rules: Sequence[Rule]) -> str:
    """The page, in Markdown."""
    return "\n".join([*_head(rules), *(line for rule in rules for line in _rule(rule)), *_tables()])


def _head(rules: Sequence[Rule]) -> Iterator[str]:
    yield "# Rules"
    yield ""
    yield "Made by `tracker rules docs -o docs/rules.md` from rules/; a test fails when it is stale. Do not edit."
    yield "The language of conditions: [rule-language.md](rule-language.md)."
    yield ""
    yield "| rule | severity | judges | says |"
    yield "|---|---|---|---|"
    for rule in rules:
        title = f"{_cell(rule.title['vi'])} · {_cell(rule.title['en'])}"
        yield f"| [{rule.id}](#{rule.id}) | {rule.severity} | {rule.on} | {title} |"
    yield ""


def _rule(rule: Rule) -> Iterator[str]:
    yield f"## {rule.id}"
    yield ""
    for code in ("vi", "en"):
        yield f"- **{_cell(rule.title[code])}** ({words(code)('name')}): {_cell(for_many(rule.message[code]))}"
        yield f"  - {_cell(rule.why[code])}"
        yield f"  - → {_cell(rule.fix[code])}"
    if rule.scope is not None:
        yield f"- speaks of rows where `{_cell(rule.scope.text)}`"
    yield f"- broken where `{_cell(rule.where.text)}`: {rule.severity}"
    if rule.escalate_where is not None:
        yield f"- {rule.escalate_to} where `{_cell(rule.escalate_where.text)}`"
    if rule.basis:
        yield f"- basis: {_cell(rule.basis)}"
    yield f"- examples: {len(rule.examples)}"
    yield ""


def _tables() -> Iterator[str]:
    yield "# Tables and columns"
    yield ""
    yield "What a condition and a message may name."
    for table in TABLES.values():
        yield ""
        yield f"## {table.name}"
        yield ""
        yield f"{table.about}; key: {', '.join(table.key)}."
        yield ""
        yield "| column | type | may be null | meaning |"
        yield "|---|---|---|---|"
        for column in table.columns:
            values = f": {', '.join(column.values)}" if column.values else ""
            null = "yes" if column.nullable else "no"
            yield f"| {column.name} | {column.type}{values} | {null} | {_cell(column.about)} |"


def _cell(text: str) -> str:
    """One line, safe inside a table."""
    return " ".join(text.split()).replace("|", "\\|")

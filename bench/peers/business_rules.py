"""business-rules: variables, one action, and rules as JSON."""

import polars as pl
from business_rules import run_all
from business_rules.actions import BaseActions, rule_action
from business_rules.fields import FIELD_TEXT
from business_rules.variables import BaseVariables, boolean_rule_variable, numeric_rule_variable, string_rule_variable

from bench.job import asked
from bench.judged import FACTS, RULES, rows, told


class Row(BaseVariables):
    def __init__(self, facts: dict) -> None:
        self.facts = facts

    @string_rule_variable()
    def kind(self) -> str:
        return self.facts["kind"]

    @string_rule_variable()
    def measure(self) -> str:
        return self.facts["measure"]

    @string_rule_variable()
    def state(self) -> str:
        return self.facts["state"]

    @numeric_rule_variable()
    def docs(self) -> int:
        return self.facts["docs"]

    @boolean_rule_variable()
    def part(self) -> bool:
        return self.facts["part"]


class Broken(BaseActions):
    def __init__(self) -> None:
        self.rules: list[str] = []

    @rule_action(params={"rule": FIELD_TEXT})
    def broken(self, rule: str) -> None:
        self.rules.append(rule)


def said(name: str, operator: str, value: object) -> dict:
    return {"name": name, "operator": operator, "value": value}


def rule(name: str, conditions: dict) -> dict:
    return {"conditions": conditions, "actions": [{"name": "broken", "params": {"rule": name}}]}


RECURRING, REPORT = said("kind", "equal_to", "recurring"), said("measure", "equal_to", "report")
UNDONE = {"any": [said("state", "equal_to", "overdue"), said("state", "equal_to", "unknown")]}
# it has no NOT and no "unequal": what is not a report, and what is no quota, must be listed
NO_REPORT = {"any": [said("measure", "equal_to", word) for word in ("giao-ban", "lop", "agreement", "ke-hoach")]}
NO_QUOTA = {"any": [said("kind", "equal_to", word) for word in ("recurring", "coverage", "milestone")]}
TABLE = [
    rule("report-missing", {"all": [RECURRING, REPORT, UNDONE]}),
    rule("report-late", {"all": [RECURRING, REPORT, said("state", "equal_to", "done_late")]}),
    rule("task-overdue", {"all": [NO_REPORT, said("part", "is_false", True), UNDONE]}),
    rule("task-target-missed", {"all": [said("part", "is_true", True), said("state", "equal_to", "overdue")]}),
    rule("task-duplicate", {"all": [NO_QUOTA, said("docs", "greater_than", 1)]}),
]

if __name__ == "__main__":
    ask = asked()
    found, strays = rows(ask)
    hits: dict[str, list[bool]] = {name: [] for name in RULES}
    for facts in found.select(FACTS).iter_rows(named=True):
        broken = Broken()
        run_all(TABLE, Row(facts), broken)
        for name in RULES:
            hits[name].append(name in broken.rules)
    told(found, strays, {name: pl.Series(flags, dtype=pl.Boolean) for name, flags in hits.items()}, ask)

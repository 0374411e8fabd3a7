"""zen-engine: one decision table that collects the rules a row breaks, evaluated in batches."""

import json

import polars as pl
import zen

from bench.job import asked
from bench.judged import FACTS, RULES, rows, told

FIELDS = ("kind", "measure", "state", "docs", "part")
LINES = (
    ("report-missing", {"kind": "'recurring'", "measure": "'report'", "state": "'overdue', 'unknown'"}),
    ("report-late", {"kind": "'recurring'", "measure": "'report'", "state": "'done_late'"}),
    ("task-overdue", {"kind": "'recurring'", "measure": "not($ == 'report')", "state": "'overdue', 'unknown'"}),
    ("task-overdue", {"kind": "not($ == 'recurring')", "part": "false", "state": "'overdue', 'unknown'"}),
    ("task-target-missed", {"part": "true", "state": "'overdue'"}),
    ("task-duplicate", {"kind": "not($ == 'quantity')", "docs": "> 1"}),
)
BATCH = 1000


def table() -> str:
    inputs = [{"id": name, "name": name, "field": name, "type": "expression"} for name in FIELDS]
    lines = [
        {"_id": f"r{number}", **{name: line.get(name, "") for name in FIELDS}, "rule": f"'{rule}'"}
        for number, (rule, line) in enumerate(LINES)
    ]
    content = {
        "hitPolicy": "collect",
        "inputs": inputs,
        "outputs": [{"id": "rule", "name": "rule", "field": "rule", "type": "expression"}],
        "rules": lines,
    }
    nodes = [
        {"id": "i", "type": "inputNode", "name": "in"},
        {"id": "t", "type": "decisionTableNode", "name": "table", "content": content},
        {"id": "o", "type": "outputNode", "name": "out"},
    ]
    edges = [
        {"id": "1", "type": "edge", "sourceId": "i", "targetId": "t"},
        {"id": "2", "type": "edge", "sourceId": "t", "targetId": "o"},
    ]
    return json.dumps({"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges})


if __name__ == "__main__":
    ask = asked()
    found, strays = rows(ask)
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"rules": json.loads(table())}}})
    facts = found.select(FACTS).to_dicts()
    broken = {rule: [False] * len(facts) for rule in RULES}
    for start in range(0, len(facts), BATCH):
        asks = [{"key": "rules", "context": row} for row in facts[start : start + BATCH]]
        for number, done in enumerate(engine.evaluate_batch(asks), start):
            for line in done["data"]["result"]:
                broken[line["rule"]][number] = True
    told(found, strays, {rule: pl.Series(hits, dtype=pl.Boolean) for rule, hits in broken.items()}, ask)

"""cuallee: five checks in SQL on Polars; it counts what fails and does not say where, so only counts are compared."""

from cuallee import Check, CheckLevel

from bench.hand.polars_strings import write
from bench.job import asked
from bench.judged import FACTS, RULES, rows

REPORT = "kind = 'recurring' AND measure = 'report'"
GOOD = {
    "report-missing": f"NOT ({REPORT} AND state IN ('overdue', 'unknown'))",
    "report-late": f"NOT ({REPORT} AND state = 'done_late')",
    "task-overdue": f"({REPORT}) OR part OR state NOT IN ('overdue', 'unknown')",
    "task-target-missed": "NOT (part AND state = 'overdue')",
    "task-duplicate": "NOT (kind <> 'quantity' AND docs > 1)",
}

if __name__ == "__main__":
    ask = asked()
    found, strays = rows(ask)
    check = Check(CheckLevel.WARNING, "standings")
    for rule in RULES:
        check.satisfies("state", GOOD[rule])
    failed = check.validate(found.select(FACTS))["violations"].cast(int).to_list()
    write(found, strays, ask, {}, dict(zip(RULES, failed, strict=True)))

"""common-expression-language: one expression a rule, compiled once."""

import cel

from bench.job import asked
from bench.judged import row_by_row

REPORT = "kind == 'recurring' && measure == 'report'"
TEXTS = {
    "report-missing": f"{REPORT} && state in ['overdue', 'unknown']",
    "report-late": f"{REPORT} && state == 'done_late'",
    "task-overdue": f"!({REPORT}) && !part && state in ['overdue', 'unknown']",
    "task-target-missed": "part && state == 'overdue'",
    "task-duplicate": "kind != 'quantity' && docs > 1",
}

if __name__ == "__main__":
    row_by_row(asked(), {rule: cel.compile(text).execute for rule, text in TEXTS.items()})

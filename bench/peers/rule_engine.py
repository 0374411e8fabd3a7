"""rule-engine: one expression a rule, compiled once."""

from rule_engine import Rule

from bench.job import asked
from bench.judged import row_by_row

REPORT = 'kind == "recurring" and measure == "report"'
TEXTS = {
    "report-missing": f'{REPORT} and state in ["overdue", "unknown"]',
    "report-late": f'{REPORT} and state == "done_late"',
    "task-overdue": f'not ({REPORT}) and not part and state in ["overdue", "unknown"]',
    "task-target-missed": 'part and state == "overdue"',
    "task-duplicate": 'kind != "quantity" and docs > 1',
}

if __name__ == "__main__":
    row_by_row(asked(), {rule: Rule(text).matches for rule, text in TEXTS.items()})

"""json-logic (json-logic-qubit, since json-logic itself does not run on Python 3): one tree of operators a rule."""

from functools import partial

from json_logic import jsonLogic

from bench.job import asked
from bench.judged import row_by_row


def same(name: str, word: str) -> dict:
    return {"==": [{"var": name}, word]}


REPORT = {"and": [same("kind", "recurring"), same("measure", "report")]}
UNDONE = {"in": [{"var": "state"}, ["overdue", "unknown"]]}
TREES = {
    "report-missing": {"and": [REPORT, UNDONE]},
    "report-late": {"and": [REPORT, same("state", "done_late")]},
    "task-overdue": {"and": [{"!": [REPORT]}, {"!": [{"var": "part"}]}, UNDONE]},
    "task-target-missed": {"and": [{"var": "part"}, same("state", "overdue")]},
    "task-duplicate": {"and": [{"!=": [{"var": "kind"}, "quantity"]}, {">": [{"var": "docs"}, 1]}]},
}

if __name__ == "__main__":
    row_by_row(asked(), {rule: partial(jsonLogic, tree) for rule, tree in TREES.items()})

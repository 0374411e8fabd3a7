"""No library: five lambdas, a row at a time."""

from bench.job import asked
from bench.judged import row_by_row

REPORT = {"kind": "recurring", "measure": "report"}
UNDONE = ("overdue", "unknown")

if __name__ == "__main__":
    row_by_row(asked(), {
        "report-missing": lambda r: r["kind"] == "recurring" and r["measure"] == "report" and r["state"] in UNDONE,
        "report-late": lambda r: r["kind"] == "recurring" and r["measure"] == "report" and r["state"] == "done_late",
        "task-overdue": lambda r: not (r["kind"] == "recurring" and r["measure"] == "report") and not r["part"]
        and r["state"] in UNDONE,
        "task-target-missed": lambda r: r["part"] and r["state"] == "overdue",
        "task-duplicate": lambda r: r["kind"] != "quantity" and r["docs"] > 1,
    })  # fmt: skip

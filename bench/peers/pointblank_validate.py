"""pointblank: a validation plan of five expressions; its extracts tell the rows that failed."""

import pointblank as pb
import polars as pl

from bench.hand.polars_strings import REPORT
from bench.job import asked
from bench.judged import FACTS, RULES, by_number, rows, told

UNDONE = pl.col("state").is_in(["overdue", "unknown"])
GOOD = (
    ~(REPORT & UNDONE),
    ~(REPORT & (pl.col("state") == "done_late")),
    ~(~REPORT & ~pl.col("part") & UNDONE),
    ~(pl.col("part") & (pl.col("state") == "overdue")),
    ~((pl.col("kind") != "quantity") & (pl.col("docs") > 1)),
)

if __name__ == "__main__":
    ask = asked()
    found, strays = rows(ask)
    plan = pb.Validate(found.select("row", *FACTS))
    for good in GOOD:
        plan = plan.col_vals_expr(good)
    done = plan.interrogate(extract_limit=found.height)
    failed = {rule: done.get_data_extracts(i=number, frame=True)["row"] for number, rule in enumerate(RULES, 1)}
    told(found, strays, by_number(found, failed), ask)

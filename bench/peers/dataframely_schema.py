"""dataframely: a schema with five rules; its failures tell row and rule."""

import dataframely as dy
import polars as pl

from bench.job import asked
from bench.judged import FACTS, RULES, by_number, rows, told

REPORT = (pl.col("kind") == "recurring") & (pl.col("measure") == "report")
UNDONE = pl.col("state").is_in(["overdue", "unknown"])


class Standing(dy.Schema):
    row = dy.UInt32()
    kind = dy.String()
    measure = dy.String()
    state = dy.String()
    docs = dy.Int64()
    part = dy.Bool()

    @dy.rule()
    def report_missing(cls) -> pl.Expr:  # noqa: N805 - as the library has it
        return ~(REPORT & UNDONE)

    @dy.rule()
    def report_late(cls) -> pl.Expr:  # noqa: N805
        return ~(REPORT & (pl.col("state") == "done_late"))

    @dy.rule()
    def task_overdue(cls) -> pl.Expr:  # noqa: N805
        return ~(~REPORT & ~pl.col("part") & UNDONE)

    @dy.rule()
    def task_target_missed(cls) -> pl.Expr:  # noqa: N805
        return ~(pl.col("part") & (pl.col("state") == "overdue"))

    @dy.rule()
    def task_duplicate(cls) -> pl.Expr:  # noqa: N805
        return ~((pl.col("kind") != "quantity") & (pl.col("docs") > 1))


if __name__ == "__main__":
    ask = asked()
    found, strays = rows(ask)
    _, failure = Standing.filter(found.select("row", *FACTS))
    details = failure.details()
    failed = {rule: details.filter(pl.col(rule.replace("-", "_")) == "invalid")["row"] for rule in RULES}
    told(found, strays, by_number(found, failed), ask)

"""pandera on Polars: a model with five checks of the whole frame, all of them told at once."""

import pandera.polars as pa
import polars as pl
from pandera.errors import SchemaErrors
from pandera.polars import PolarsData

from bench.hand.polars_strings import REPORT
from bench.job import asked
from bench.judged import FACTS, RULES, by_number, rows, told

UNDONE = pl.col("state").is_in(["overdue", "unknown"])


class Standing(pa.DataFrameModel):
    row: pl.UInt32
    kind: str
    measure: str
    state: str
    docs: pl.Int64
    part: bool

    @pa.dataframe_check(name="report-missing")
    def report_missing(cls, data: PolarsData) -> pl.LazyFrame:  # noqa: N805 - as the library has it
        return data.lazyframe.select(~(REPORT & UNDONE))

    @pa.dataframe_check(name="report-late")
    def report_late(cls, data: PolarsData) -> pl.LazyFrame:  # noqa: N805
        return data.lazyframe.select(~(REPORT & (pl.col("state") == "done_late")))

    @pa.dataframe_check(name="task-overdue")
    def task_overdue(cls, data: PolarsData) -> pl.LazyFrame:  # noqa: N805
        return data.lazyframe.select(~(~REPORT & ~pl.col("part") & UNDONE))

    @pa.dataframe_check(name="task-target-missed")
    def task_target_missed(cls, data: PolarsData) -> pl.LazyFrame:  # noqa: N805
        return data.lazyframe.select(~(pl.col("part") & (pl.col("state") == "overdue")))

    @pa.dataframe_check(name="task-duplicate")
    def task_duplicate(cls, data: PolarsData) -> pl.LazyFrame:  # noqa: N805
        return data.lazyframe.select(~((pl.col("kind") != "quantity") & (pl.col("docs") > 1)))


if __name__ == "__main__":
    ask = asked()
    found, strays = rows(ask)
    empty = found["row"].clear()
    failed = dict.fromkeys(RULES, empty)
    try:
        Standing.validate(found.select("row", *FACTS), lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        for rule in RULES:
            failed[rule] = cases.filter(pl.col("check") == rule)["index"].cast(pl.UInt32)
    told(found, strays, by_number(found, failed), ask)

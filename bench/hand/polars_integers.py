"""Polars, joined by one whole number made of the positions of duty and unit; texts are put back for findings alone."""

import polars as pl

from bench.hand.polars_strings import records
from bench.job import AS_OF, Asked, answer, asked

STATES = ("done", "done_late", "cancelled", "upcoming", "unknown", "overdue", "open")
DONE, LATE, CANCELLED, UPCOMING, UNKNOWN, OVERDUE, OPEN = range(len(STATES))
DAYS = ("starts", "due", "first", "last", "opened", "closed")


def tables(ask: Asked) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Duties and units, numbered."""
    days = dict.fromkeys(DAYS, pl.Date)
    types = {**days, "period": pl.String, "key": pl.String, "grace": pl.Int32, "target": pl.Int32}
    duties = pl.read_csv(ask.tables / "duties.csv", schema_overrides=types).with_row_index("duty")
    duties = duties.with_columns(
        pl.col("key").fill_null(""),
        (pl.col("due") + pl.duration(days="grace")).alias("late"),
        ((pl.col("kind") == "recurring") & (pl.col("measure") == "report")).alias("report"),
        (pl.col("kind") == "quantity").alias("quota"),
    )
    units = pl.read_csv(ask.tables / "units.csv", schema_overrides=days).with_row_index("number")
    return duties, units


def sums(found: pl.LazyFrame, duties: pl.DataFrame, count: int) -> pl.LazyFrame:
    """By address: how many records, how many with a document, the day on which it was shown."""
    each = found.group_by("address").agg(
        pl.len().cast(pl.UInt16).alias("records"),
        pl.col("shows").sum().cast(pl.UInt16).alias("docs"),
        pl.col("date").filter("shows").min().alias("shown"),
    )
    quotas = duties.filter("quota").select(pl.col("duty").cast(pl.Int64), "target").lazy()
    full = (
        found.filter("shows")
        .with_columns((pl.col("address") // count).alias("duty"))
        .join(quotas, on="duty")
        .sort("date")
        .filter(pl.col("quantity").cum_sum().over("address") >= pl.col("target"))
        .group_by("address")
        .agg(pl.col("date").min().alias("full"))
    )
    return each.join(full, on="address", how="left")


def judged(duties: pl.DataFrame, units: pl.DataFrame, found: pl.LazyFrame, address: pl.Expr) -> pl.LazyFrame:
    """A number for the state of every obligation; no text."""
    day = pl.lit(AS_OF)
    return (
        duties.lazy()
        .select("duty", "who", "starts", "due", "late", "first", "last", "report", "quota")
        .join(units.lazy().select("number", "who", "opened", "closed"), on="who")
        .filter(pl.col("opened").is_null() | (pl.col("opened") <= pl.col("first")))
        .filter(pl.col("closed").is_null() | (pl.col("closed") >= pl.col("last")))
        .select("duty", "number", "starts", "due", "late", "closed", "report", "quota", address)
        .join(sums(found, duties, units.height), on="address", how="left")
        .with_columns(pl.when("quota").then("full").otherwise("shown").alias("shown"), pl.col("docs").fill_null(0))
        .select(
            "duty", "number", "report", "quota", "docs",
            (pl.col("quota") & (pl.col("docs") > 0) & pl.col("shown").is_null()).alias("part"),
            pl.when(pl.col("shown") <= pl.col("due")).then(DONE)
            .when(pl.col("shown").is_not_null()).then(LATE)
            .when(pl.col("closed") < day).then(CANCELLED)
            .when(pl.col("starts") > day).then(UPCOMING)
            .when((pl.col("records") > 0) & (pl.col("docs") == 0)).then(UNKNOWN)
            .when(pl.col("late") < day).then(OVERDUE)
            .otherwise(OPEN).cast(pl.UInt8).alias("state"),
            pl.col("records").fill_null(0),
        )
    )  # fmt: skip


def findings(rows: pl.DataFrame, duties: pl.DataFrame, units: pl.DataFrame) -> pl.DataFrame:
    """Rule, task, unit, period, verdict."""
    state, report, part = pl.col("state"), pl.col("report"), pl.col("part")
    rules = (
        ("report-missing", "broken", report & (state == OVERDUE)),
        ("report-missing", "unknown", report & (state == UNKNOWN)),
        ("report-late", "broken", report & (state == LATE)),
        ("task-overdue", "broken", ~report & ~part & (state == OVERDUE)),
        ("task-overdue", "unknown", ~report & ~part & (state == UNKNOWN)),
        ("task-target-missed", "broken", part & (state == OVERDUE)),
        ("task-duplicate", "broken", ~pl.col("quota") & (pl.col("docs") > 1)),
    )
    parts = [
        rows.filter(where).select("duty", "number", pl.lit(rule).alias("rule"), pl.lit(verdict).alias("verdict"))
        for rule, verdict, where in rules
    ]
    named = pl.concat(parts).join(duties.select("duty", "task", "period"), on="duty")
    return named.join(units.select("number", "unit"), on="number").select("rule", "task", "unit", "period", "verdict")


def main(ask: Asked) -> None:
    duties, units = tables(ask)
    address = (pl.col("duty").cast(pl.Int64) * units.height + pl.col("number")).alias("address")
    found = (
        records(ask)
        .join(duties.lazy().select("duty", "task", "key"), on=["task", "key"], how="left")
        .join(units.lazy().select("number", "unit"), on="unit", how="left")
        .select(address, "date", pl.col("doc").is_not_null().alias("shows"), "quantity")
        .collect(engine="streaming")
    )
    known = found.lazy().filter(pl.col("address").is_not_null())
    rows = judged(duties, units, known, address).collect(engine="streaming")
    strays = found.height - int(rows["records"].cast(pl.Int64).sum())
    findings(rows, duties, units).write_csv(ask.out / "findings.csv", include_header=False)
    counts = rows.group_by("number", "state").len().join(units.select("number", "unit"), on="number")
    counts = counts.with_columns(pl.col("state").replace_strict(dict(enumerate(STATES)), return_dtype=pl.String))
    counts.select("unit", "state", "len").write_csv(ask.out / "counts.csv", include_header=False)
    answer(dict(counts.group_by("state").agg(pl.col("len").sum()).iter_rows()), strays)


if __name__ == "__main__":
    main(asked())

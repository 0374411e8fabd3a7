"""Polars, joined by the texts that stand in the files."""

from pathlib import Path

import polars as pl

from bench.job import AS_OF, Asked, answer, asked

KEY = ["task", "unit", "key"]
REPORT = (pl.col("kind") == "recurring") & (pl.col("measure") == "report")
PART = (pl.col("kind") == "quantity") & (pl.col("docs") > 0) & pl.col("shown").is_null()
OVERDUE, UNKNOWN = pl.col("state") == "overdue", pl.col("state") == "unknown"
RULES = {
    "report-missing": (REPORT & OVERDUE, REPORT & UNKNOWN),
    "report-late": (REPORT & (pl.col("state") == "done_late"), None),
    "task-overdue": (~REPORT & ~PART & OVERDUE, ~REPORT & ~PART & UNKNOWN),
    "task-target-missed": (PART & OVERDUE, None),
    "task-duplicate": ((pl.col("kind") != "quantity") & (pl.col("docs") > 1), None),
}
"""Broken, and cannot be told."""


def obligations(tables: Path) -> pl.LazyFrame:
    """Everything that somebody owes."""
    days = dict.fromkeys(("starts", "due", "first", "last", "opened", "closed"), pl.Date)
    types = {**days, "period": pl.String, "key": pl.String, "grace": pl.Int32, "target": pl.Int32}
    duties = pl.scan_csv(tables / "duties.csv", schema_overrides=types)
    units = pl.scan_csv(tables / "units.csv", schema_overrides=days)
    return (
        duties.with_columns(pl.col("key").fill_null(""))
        .join(units, on="who")
        .filter(pl.col("opened").is_null() | (pl.col("opened") <= pl.col("first")))
        .filter(pl.col("closed").is_null() | (pl.col("closed") >= pl.col("last")))
    )


def records(ask: Asked) -> pl.LazyFrame:
    """What was done up to the day."""
    if ask.parquet:
        read = pl.scan_parquet(ask.actuals)
    else:
        texts = dict.fromkeys(("unit", "task", "period", "date", "doc"), pl.String)
        read = pl.scan_csv(ask.actuals, schema_overrides={**texts, "quantity": pl.Int32})
        read = read.with_columns(pl.col("date").str.to_date("%d/%m/%Y"))
    return read.filter(pl.col("date") <= AS_OF).with_columns(
        pl.col("task").fill_null(""), pl.col("period").fill_null("").alias("key"),
    )  # fmt: skip


def summed(found: pl.LazyFrame, quotas: pl.LazyFrame, key: list[str]) -> pl.LazyFrame:
    """By key: how many records, how many with a document, and the day on which it was shown."""
    shown = pl.col("doc").is_not_null()
    each = found.group_by(key).agg(
        pl.len().alias("records"), shown.sum().alias("docs"), pl.col("date").filter(shown).min().alias("shown"),
    )  # fmt: skip
    full = (
        found.filter(shown)
        .join(quotas, on=key)
        .sort("date")
        .with_columns(pl.col("quantity").cum_sum().over(key).alias("sum"))
        .filter(pl.col("sum") >= pl.col("target"))
        .group_by(key)
        .agg(pl.col("date").min().alias("full"))
    )
    return each.join(full, on=key, how="left")


def judged(owed: pl.LazyFrame, sums: pl.LazyFrame, key: list[str]) -> pl.LazyFrame:
    """The state of every obligation."""
    day, late = pl.lit(AS_OF), pl.col("due") + pl.duration(days="grace")
    return (
        owed.join(sums, on=key, how="left")
        .with_columns(
            pl.col("records", "docs").fill_null(0),
            pl.when(pl.col("kind") == "quantity").then("full").otherwise("shown").alias("shown"),
        )
        .with_columns(
            pl.when(pl.col("shown") <= pl.col("due")).then(pl.lit("done"))
            .when(pl.col("shown").is_not_null()).then(pl.lit("done_late"))
            .when(pl.col("closed") < day).then(pl.lit("cancelled"))
            .when(pl.col("starts") > day).then(pl.lit("upcoming"))
            .when((pl.col("records") > 0) & (pl.col("docs") == 0)).then(pl.lit("unknown"))
            .when(late < day).then(pl.lit("overdue"))
            .otherwise(pl.lit("open")).alias("state")
        )
    )  # fmt: skip


def standings(ask: Asked) -> tuple[pl.DataFrame, int]:
    """All obligations with their states, and the number of strays."""
    owed, found = obligations(ask.tables), records(ask)
    sums = summed(found, owed.filter(pl.col("kind") == "quantity").select(*KEY, "target"), KEY)
    strays = found.join(owed, on=KEY, how="anti").select(pl.len())
    rows, lost = pl.collect_all([judged(owed, sums, KEY), strays])
    return rows, lost.item()


def write(rows: pl.DataFrame, strays: int, ask: Asked, rules: dict = RULES, totals: dict | None = None) -> None:
    """Findings and counts. Conditions are expressions, or columns of truths; without any, totals by rule are told."""
    parts = []
    for rule, both in rules.items():
        for verdict, where in zip(("broken", "unknown"), both, strict=True):
            if where is not None:
                named = [pl.lit(rule).alias("rule"), "task", "unit", "period", pl.lit(verdict).alias("verdict")]
                parts.append(rows.filter(where).select(named))
    if parts:
        pl.concat(parts).write_csv(ask.out / "findings.csv", include_header=False)
    counts = rows.group_by("unit", "state").len()
    counts.write_csv(ask.out / "counts.csv", include_header=False)
    answer(dict(counts.group_by("state").agg(pl.col("len").sum()).iter_rows()), strays, totals)


if __name__ == "__main__":
    ask = asked()
    write(*standings(ask), ask)

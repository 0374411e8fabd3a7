"""What the peers are handed: obligations with their states, made by Polars; and how their verdicts are written down."""

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from bench.hand.polars_strings import PART, standings, write
from bench.job import Asked

RULES = ("report-missing", "report-late", "task-overdue", "task-target-missed", "task-duplicate")
FACTS = ["kind", "measure", "state", "docs", "part"]
"""What the rules speak of."""
Judge = Callable[[Mapping[str, Any]], bool]


def rows(ask: Asked) -> tuple[pl.DataFrame, int]:
    """The obligations, numbered, and the number of strays."""
    found, strays = standings(ask)
    return found.with_columns(PART.alias("part"), pl.col("docs").cast(pl.Int64)).with_row_index("row"), strays


def told(found: pl.DataFrame, strays: int, hits: Mapping[str, pl.Series], ask: Asked) -> None:
    """Write what the rules hit; where the state is not known, that is unknown and not broken."""
    known = pl.col("state") != "unknown"
    with_hits = found.with_columns(hits[rule].alias(rule) for rule in RULES)
    write(with_hits, strays, ask, {rule: (pl.col(rule) & known, pl.col(rule) & ~known) for rule in RULES})


def row_by_row(ask: Asked, judges: Mapping[str, Judge]) -> None:
    """For engines that take one row at a time."""
    found, strays = rows(ask)
    facts = found.select(FACTS).to_dicts()
    hits = {rule: pl.Series(list(map(judge, facts)), dtype=pl.Boolean) for rule, judge in judges.items()}
    told(found, strays, hits, ask)


def by_number(found: pl.DataFrame, failed: Mapping[str, pl.Series]) -> dict[str, pl.Series]:
    """Truths for every row, from the numbers of those that failed."""
    return {rule: found["row"].is_in(failed[rule].implode()) for rule in RULES}

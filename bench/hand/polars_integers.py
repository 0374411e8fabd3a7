"""Polars, joined by one whole number made of the positions of duty and unit."""

import polars as pl

from bench.hand.polars_strings import judged, obligations, records, summed, write
from bench.job import asked

KEY = ["address"]


def main() -> None:
    ask = asked()
    owed = obligations(ask.tables).collect()
    duties = owed.select("task", "key").unique(maintain_order=True).with_row_index("duty")
    units = owed.select("unit").unique(maintain_order=True).with_row_index("number")
    address = (pl.col("duty").cast(pl.Int64) * units.height + pl.col("number")).alias("address")
    owed = owed.join(duties, on=["task", "key"]).join(units, on="unit").with_columns(address)
    numbered = (
        records(ask)
        .join(duties.lazy(), on=["task", "key"], how="left")
        .join(units.lazy(), on="unit", how="left")
        .select("date", "doc", "quantity", address)
    )
    found = numbered.collect()
    quotas = owed.filter(pl.col("kind") == "quantity").select("address", "target")
    known = found.filter(pl.col("address").is_not_null())
    strays = found.height - known.join(owed.select("address"), on=KEY, how="semi").height
    rows = judged(owed.lazy(), summed(known.lazy(), quotas.lazy(), KEY), KEY).collect()
    write(rows, strays, ask)


if __name__ == "__main__":
    main()

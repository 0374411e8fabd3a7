"""The ratios that the goals name, and what a rule engine costs a row, both from the same table of results."""

from collections.abc import Sequence

from bench.table import Results, median, size_name

CHECKERS = ("dataframely_schema", "cuallee_check", "pointblank_validate", "pandera_model")
AGAINST = {
    "÷ Polars": ("cpu", ("hand/polars_strings",), "0.40"),
    "÷ DuckDB": ("cpu", ("hand/duckdb_sql",), "0.30"),
    "÷ best checker": ("cpu", tuple(f"peers/{name}" for name in CHECKERS), "0.35"),
    "÷ Polars, integers": ("cpu", ("hand/polars_integers",), "0.80"),
    "÷ parsing": ("cpu", ("floors/parse_polars",), "2.60"),
    "÷ imports": ("cpu", ("floors/import_light",), "1.35 at 1e3"),
    "MB ÷ Polars": ("peak", ("hand/polars_strings",), "0.15"),
    "MB ÷ parsing": ("peak", ("floors/parse_polars",), "1.50"),
}
"""By head: what is compared, with the least of whom, and the goal at 1e7."""
LARGE = 100_000
BARE = "peers/polars_expressions"
"""What the peers are handed, judged by Polars alone: subtracted from them."""


def goals(results: Results, sizes: Sequence[int]) -> list[list[str]]:
    """Ours against others, size by size; the last column is the growth from the size before, per tenfold."""
    rows = [["", "obligations", *AGAINST, "growth, ×10"]]
    rows.append(["goal", "1e7", *(goal for *_, goal in AGAINST.values()), "11"])
    for label, by_size in results.items():
        if not label.startswith("ours/"):
            continue
        for number, size in enumerate(sizes):
            mine = {key: median(by_size.get(size, ()), key) for key in ("cpu", "peak")}
            if not mine["cpu"]:
                continue
            cells = []
            for key, others, _ in AGAINST.values():
                theirs = [found for other in others if (found := median(results.get(other, {}).get(size, ()), key))]
                cells.append(f"{mine[key] / min(theirs):.2f}" if theirs else "")
            before = median(by_size.get(sizes[number - 1], ()), "cpu") if number else 0
            tenfold = f"{(mine['cpu'] / before) * 10 / (size / sizes[number - 1]):.1f}" if before else ""
            rows.append([label, size_name(size), *cells, tenfold])
    return rows


def per_row(results: Results, sizes: Sequence[int]) -> list[list[str]]:
    """Microseconds a row that five rules add, by peer: its time less that of those who hand it the rows.

    Below 100,000 rows that would be the loading of a library.
    """
    sizes = [size for size in sizes if size >= LARGE]
    rows = [["", *(f"{size_name(size)} µs a row" for size in sizes)]]
    for label, by_size in results.items():
        if not label.startswith("peers/") or label == BARE:
            continue
        cells = []
        for size in sizes:
            mine, bare = (median(runs.get(size, ()), "cpu") for runs in (by_size, results.get(BARE, {})))
            cells.append(f"{(mine - bare) / size * 1e6:.1f}" if mine and bare and mine - bare > bare / 10 else "")
        rows.append([label, *cells])
    return rows

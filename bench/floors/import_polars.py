"""polars, loaded and not used."""

import polars as pl  # noqa: F401

if __name__ == "__main__":
    print("{}")

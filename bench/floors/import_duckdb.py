"""duckdb, loaded and not used."""

import duckdb  # noqa: F401

if __name__ == "__main__":
    print("{}")

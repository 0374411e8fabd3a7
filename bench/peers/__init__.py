"""The same five rules in what others have for it, one library a file; Polars reads, expands and matches for all."""

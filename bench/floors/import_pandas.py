"""pandas, loaded and not used."""

import pandas as pd  # noqa: F401

if __name__ == "__main__":
    print("{}")

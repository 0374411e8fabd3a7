"""`python -m bench.world FOLDER SIZE`: a world with both formats, in a process of its own.

`--all-rules` leaves the project without rules of its own; `--files N` cuts each table of CSV into so many, each of
neighbouring units, as provinces would send them.
"""

import argparse
from pathlib import Path

from bench.world import make
from bench.world.write import cut

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.world", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("size", type=lambda text: int(float(text)))
    parser.add_argument("--all-rules", action="store_true")
    parser.add_argument("--files", type=int, default=0)
    asked = parser.parse_args()
    make(asked.folder, asked.size, parquet=True, rules=not asked.all_rules)
    if asked.files:
        cut(asked.folder / "csv", asked.files)

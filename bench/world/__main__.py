"""`python -m bench.world FOLDER SIZE`: a world with both formats, in a process of its own."""

import sys
from pathlib import Path

from bench.world import make

if __name__ == "__main__":
    folder, size = sys.argv[1:]
    make(Path(folder), int(float(size)), parquet=True)

"""Where made worlds lie: one folder a size, and made where it is not there yet."""

import subprocess
import sys
from pathlib import Path

from bench.contenders import ROOT
from bench.table import size_name


def world_of(folder: Path, size: int, *otherwise: str) -> Path:
    """The world of this size, made by a process of its own where it is not there yet; `otherwise` are its options."""
    world = folder / "".join((size_name(size), *otherwise))
    command = (sys.executable, "-m", "bench.world", str(world), str(size), *otherwise)
    if not (world / "expected.json").exists() and subprocess.run(command, cwd=ROOT, check=False).returncode:
        sys.exit(f"no world of {size} obligations: it needs NumPy and PyArrow (pip install -e '.[bench]') and room")
    return world

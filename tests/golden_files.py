"""Compare with a file under tests/golden/; UPDATE_GOLDEN=1 writes it instead, to be read in the diff."""

import os
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def same(name: str, text: str) -> None:
    path = FOLDER / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"{path} is missing: run UPDATE_GOLDEN=1 pytest, then read the file"
    assert text == path.read_text(encoding="utf-8")

"""Words of headers, one file per language beside this one, found by walking the folder; compared without accents."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tracker.names import accents


@cache
def header_words() -> Mapping[str, tuple[str, ...]]:
    """Folded words of all languages by key of an entry, and the lists beside them."""
    found: dict[str, list[str]] = {}
    for path in sorted(Path(__file__).parent.glob("*.toml"), key=lambda one: one.stem != "vi"):
        for key, listed in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found.setdefault(key, []).extend(listed)
    return {key: tuple(dict.fromkeys(accents(word) for word in listed)) for key, listed in found.items()}


@cache
def counted_words() -> Mapping[str, tuple[str, bool]]:
    """What a number may count, folded → as written, and whether it is people."""
    found: dict[str, tuple[str, bool]] = {}
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for key, people in (("counted", False), ("counted_people", True)):
            for word in table.get(key, ()):
                found.setdefault(accents(word), (word, people))
    return found

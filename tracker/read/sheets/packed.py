"""ZIP packages of Office: what is refused before any library opens them.

A file is data from elsewhere. One that would grow too large, one under a password, one with macros, with links to other
workbooks or with entities in its XML is refused by name.
"""

import re
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from tracker.model.source import Place, Problem
from tracker.read.door import LIMIT, MEGABYTE

UNPACKED, PART, PARTS = 150 * MEGABYTE, 80 * MEGABYTE, 3000
RATIO = 200
"""Bytes that one packed byte may become, in a package of more than a megabyte."""
MERGED = 200_000
"""Most cells of all merged ranges of a sheet: a library makes an object of each."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})"')
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def refused(path: Path, file: str, wanted: str) -> Problem | None:
    """Why the package is not opened; None where it may be. `wanted` is the part that makes it what it claims to be."""
    try:
        size = path.stat().st_size
        if size > LIMIT:
            args = {"size": str(-(-size // MEGABYTE)), "limit": str(LIMIT // MEGABYTE)}
            return Problem(Place(file), "file-too-big", args)
        with path.open("rb") as opened:
            raw = opened.read()
    except OSError as error:
        return Problem(Place(file), "file-unreadable", {"cause": error.strerror or type(error).__name__})
    if raw.startswith(_OLE):
        return Problem(Place(file), "sheet-locked" if _LOCKED in raw else "sheet-old")
    try:
        with ZipFile(path) as packed:
            return _inside(packed, size, file, wanted)
    except (BadZipFile, ValueError, NotImplementedError, EOFError, RuntimeError, OSError) as error:
        return Problem(Place(file), "sheet-broken", {"why": type(error).__name__})
    except Exception as error:  # noqa: BLE001 - zlib and its kin raise what they like; it is the file's fault
        return Problem(Place(file), "sheet-broken", {"why": type(error).__name__})


def _inside(packed: ZipFile, size: int, file: str, wanted: str) -> Problem | None:
    parts = packed.infolist()
    names = {part.filename for part in parts}
    whole = sum(part.file_size for part in parts)
    most = max((part.file_size for part in parts), default=0)
    if len(parts) > PARTS or whole > UNPACKED or most > PART or whole > RATIO * max(size, MEGABYTE // 20):
        return Problem(Place(file), "sheet-bomb", {"size": str(-(-whole // MEGABYTE)), "parts": str(len(parts))})
    if any(part.flag_bits & 1 for part in parts):
        return Problem(Place(file), "sheet-locked")
    if wanted not in names:
        return Problem(Place(file), "sheet-broken", {"why": wanted})
    if len(names) != len(parts):
        return Problem(Place(file), "sheet-broken", {"why": "ZIP"})
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return Problem(Place(file), "sheet-macro")
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            problem = _xml(packed.read(part), part.filename, file)
            if problem is not None:
                return problem
    return None


def _xml(raw: bytes, name: str, file: str) -> Problem | None:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw[:64] or _ENTITY.search(raw):
        return Problem(Place(file), "sheet-entity", {"part": name})
    cells = 0
    for left, top, right, bottom in _MERGE.findall(raw):
        cells += max(0, _number(right) - _number(left) + 1) * max(0, int(bottom) - int(top) + 1)
    return Problem(Place(file), "sheet-merged", {"part": name, "cells": str(cells)}) if cells > MERGED else None


def _number(letters: bytes) -> int:
    number = 0
    for char in letters:
        number = number * 26 + char - 64
    return number

"""Whether a file is a form of ours that came back, and its bytes once nothing in it can do harm."""

from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

from tracker.lang import languages, words
from tracker.model.source import Place, Problem
from tracker.read.answers import UNPACKED
from tracker.read.sheets.packed import refused
from tracker.read.values import clean

SUFFIX = ".xlsx"
_BOOK = "xl/workbook.xml"
_TEXTS = ("xl/sharedStrings.xml", "xl/worksheets/sheet")
"""Where texts of cells stand: Excel and LibreOffice share them, openpyxl leaves them in their sheets."""
_SIGN = b"tracker-sheet"


class Returned(NamedTuple):
    """A file as it came."""

    file: str
    """Its name without folders, NFC."""
    raw: bytes
    problem: Problem | None = None
    """Why it is not opened."""


def recognised(path: Path) -> bool:
    """Whether a file is a form of ours, also one whose hidden sheet is gone: by what is in it, never by its name."""
    if path.suffix.lower() != SUFFIX:
        return False
    titles = [words(code)("sheet.title") for code in languages()]
    signs = (_SIGN, *(title.encode(code, "xmlcharrefreplace") for title in titles for code in ("utf-8", "ascii")))
    try:
        with ZipFile(path) as packed:
            parts = [one for one in packed.infolist() if one.filename.startswith(_TEXTS)]
            if sum(one.file_size for one in parts) > UNPACKED:
                return False
            return any(sign in text for one in parts for text in (packed.read(one),) for sign in signs)
    except Exception:  # noqa: BLE001 - zlib and its kin raise what they like; who reads the file as a log says what it is
        return False


def returned(path: Path) -> Returned:
    """The form with its bytes; none where it may not be opened."""
    file = clean(path.name)
    problem = refused(path, file, _BOOK)
    if problem is not None:
        return Returned(file, b"", problem)
    try:
        return Returned(file, path.read_bytes())
    except OSError as error:
        return Returned(file, b"", Problem(Place(file), "file-unreadable", {"cause": error.strerror or ""}))

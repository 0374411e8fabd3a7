"""Word files (.docx): paragraphs and tables in reading order, footnotes beside the paragraph that bears their mark.

A file is data from elsewhere: a ZIP that would grow too large, a file that only claims to be one, and one that is
encrypted are refused; macros are never run, nothing outside of the file is ever fetched, entities are not resolved.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tracker.model.source import Place, Problem
from tracker.read.door import LIMIT, MEGABYTE
from tracker.read.texts.join import FOOTMARKS, Line, Lines

SUFFIXES = (".docx",)
UNPACKED = 100 * MEGABYTE
"""Most bytes of all parts together, and most that one compressed byte may become is `RATIO`."""
RATIO = 200
PARTS = 2000
TEXT = 30 * MEGABYTE
"""Most bytes of the part that holds the text."""
_DIGITS = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
_NAMES = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def lines(path: Path, file: str) -> Lines:
    """Each paragraph as one line, numbered as a reader of the file counts them."""
    problem = _refused(path, file)
    if problem is not None:
        return Lines(problems=[problem])
    try:
        found = tuple(_lines(path))
    except ModuleNotFoundError as error:
        return Lines(problems=[Problem(Place(file), "text-library", {"library": error.name or ""})])
    except Exception as error:  # noqa: BLE001 - whatever a broken package makes of its parser is the file's fault
        return Lines(problems=[Problem(Place(file), "text-docx", {"why": type(error).__name__})])
    return Lines(found, lined=False, emphasis=False)


def _refused(path: Path, file: str) -> Problem | None:
    """Why the file is not even opened."""
    from zipfile import BadZipFile, ZipFile

    try:
        size = path.stat().st_size
        if size > LIMIT:
            args = {"size": str(-(-size // MEGABYTE)), "limit": str(LIMIT // MEGABYTE)}
            return Problem(Place(file), "file-too-big", args)
        with ZipFile(path) as packed:
            parts = packed.infolist()
    except OSError as error:
        return Problem(Place(file), "file-unreadable", {"cause": error.strerror or type(error).__name__})
    except (BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        return Problem(Place(file), "text-docx", {"why": type(error).__name__})
    whole = sum(part.file_size for part in parts)
    text = max((part.file_size for part in parts if part.filename.endswith(".xml")), default=0)
    if len(parts) > PARTS or whole > UNPACKED or text > TEXT or whole > RATIO * max(size, 10_000):
        return Problem(Place(file), "text-bomb", {"size": str(-(-whole // MEGABYTE)), "parts": str(len(parts))})
    if "word/document.xml" not in {part.filename for part in parts} or any(part.flag_bits & 1 for part in parts):
        return Problem(Place(file), "text-docx", {"why": "word/document.xml"})
    return None


def _lines(path: Path) -> Iterator[Line]:
    """Every paragraph of the body in the order of the file, those of cells and text boxes among them."""
    from docx import Document

    document = Document(str(path))
    notes = _notes(document)
    headings = {
        style.style_id for style in document.styles if (style.name or "").casefold().startswith(("heading", "title"))
    }
    told: set[str] = set()
    number = 0
    for paragraph in document.element.body.iter(f"{_NAMES}p"):
        above = [str(element.tag) for element in paragraph.iterancestors()]
        if any(tag.endswith("}Fallback") for tag in above):
            continue  # the same text box once more, for old programs
        number += 1
        marks: list[str] = []
        text = "".join(_pieces(paragraph, marks))
        style = next((one.get(f"{_NAMES}val") for one in paragraph.iter(f"{_NAMES}pStyle")), None)
        yield Line(number, text, style in headings and bool(text.strip()), f"{_NAMES}tc" in above)
        for mark in marks:
            if mark in notes and mark not in told:
                told.add(mark)
                yield Line(number, notes[mark], note=_raised(mark))


def _pieces(paragraph: Any, marks: list[str]) -> Iterator[str]:
    """The text of a paragraph with the marks of its footnotes; deleted text of tracked changes is not among it."""
    for node in paragraph.iter():
        if next(node.iterancestors(f"{_NAMES}p"), paragraph) is not paragraph:
            continue  # of a text box inside of it, which is a paragraph of its own
        match str(node.tag).removeprefix(_NAMES):
            case "t":
                yield (node.text or "").replace("\n", " ")
            case "tab" | "br" | "cr":
                yield " "
            case "noBreakHyphen":
                yield "-"
            case "footnoteReference" | "endnoteReference":
                mark = str(node.get(f"{_NAMES}id"))
                marks.append(mark)
                yield _raised(mark)
            case _:
                pass


def _notes(document: Any) -> dict[str, str]:
    """Footnotes by the id of their mark."""
    from docx.oxml import parse_xml

    found = {}
    for part in document.part.package.iter_parts():
        if part.partname not in ("/word/footnotes.xml", "/word/endnotes.xml"):
            continue
        for note in parse_xml(part.blob).iter(f"{_NAMES}footnote", f"{_NAMES}endnote"):
            if note.get(f"{_NAMES}type") is None:
                text = (
                    " ".join("".join(_pieces(one, [])) for one in note.iter(f"{_NAMES}p"))
                    .strip()
                    .lstrip(FOOTMARKS)
                    .strip()
                )
                if text:
                    found[str(note.get(f"{_NAMES}id"))] = f"{_raised(str(note.get(f'{_NAMES}id')))} {text}"
    return found


def _raised(mark: str) -> str:
    return "".join(_DIGITS.get(digit, digit) for digit in mark)

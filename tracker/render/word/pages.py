"""Pages: paper, margins, the page number in the top margin but not on the first page, and where a section begins."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from tracker.render.word.profile import Profile
from tracker.render.word.xml import Node, mm, node, paragraph, run

if TYPE_CHECKING:
    from docx.document import Document

_HEADERS = ("default", "first")


def headers(document: "Document") -> Sequence[str]:
    """Two headers, one with the number of the page and one without anything; their ids."""
    found = []
    for kind in _HEADERS:
        part, id_ = document.part.add_header_part()  # type: ignore[no-untyped-call]
        root = part.element
        for child in list(root):
            root.remove(child)
        number = [node("fldSimple", run("2"), instr=" PAGE ")] if kind == "default" else []
        root.append(paragraph("Header", *number))
        found.append(id_)
    return found


def section(profile: Profile, ids: Sequence[str], *, across: bool = False, anew: bool = False) -> Node:
    """The properties of a section that begins on a new page; `anew`: its pages are numbered from 1.

    Pages that lie across are bound on the edge that is their top, so the wide margin goes there.
    """
    page = profile.page
    wide, high = (page.height, page.width) if across else (page.width, page.height)
    sides = (page.left, page.top, page.right, page.bottom) if across else (page.top, page.right, page.bottom, page.left)
    margins = dict(zip(("top", "right", "bottom", "left"), map(mm, sides), strict=True))
    size = {"w": mm(wide), "h": mm(high)} | ({"orient": "landscape"} if across else {})
    references = []
    for kind, id_ in zip(_HEADERS, ids, strict=False):
        reference = node("headerReference", type=kind)
        reference.set(qn("r:id"), id_)
        references.append(reference)
    return node(
        "sectPr",
        *references,
        node("type", val="nextPage"),
        node("pgSz", **size),
        node("pgMar", **margins, header=mm(page.number_top), footer=mm(page.number_top), gutter=0),
        *([node("pgNumType", start=1)] if anew else []),
        node("cols", space=720),
        node("titlePg"),
    )

"""Tables: bare ones that hold two blocks side by side, and ruled ones of an annex."""

from collections.abc import Iterable, Sequence

from tracker.render.word.xml import Node, mm, node

_BARE = (("top", 0), ("left", 0), ("bottom", 0), ("right", 0))


def side_by_side(rows: Iterable[Sequence[Sequence[Node]]], widths: Sequence[float]) -> Node:
    """Cells without borders or margins; each cell is its paragraphs. Widths in mm."""
    margins = node("tblCellMar", *(node(side, w=width, type="dxa") for side, width in _BARE))
    shape = (node("tblW", w=sum(map(mm, widths)), type="dxa"), node("tblLayout", type="fixed"), margins)
    made = [node("tr", node("trPr", node("cantSplit")), *map(cell, row, widths)) for row in rows]
    return node("tbl", node("tblPr", *shape), grid(widths), *made)


def grid(widths: Sequence[float]) -> Node:
    """The columns of a table, in mm."""
    return node("tblGrid", *(node("gridCol", w=mm(width)) for width in widths))


def cell(paragraphs: Sequence[Node], width: float, *properties: Node) -> Node:
    """A cell; Word wants a paragraph in each."""
    return node("tc", node("tcPr", node("tcW", w=mm(width), type="dxa"), *properties), *(paragraphs or [node("p")]))


def rule(length: float, within: float, before: float = 4) -> Node:
    """A line drawn in the middle of a column that is `within` mm wide; an empty paragraph, so that nothing moves it."""
    side = mm(max(0, within - length) / 2)
    border = node("pBdr", node("top", val="single", sz=6, space=1, color="auto"))
    space = node("spacing", before=round(before * 20), after=0, line=60, lineRule="exact")
    return node("p", node("pPr", border, space, node("ind", left=side, right=side)))

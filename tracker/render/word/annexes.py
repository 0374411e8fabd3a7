"""Annexes: each on pages of its own, with its own numbers, a table ruled, its head repeated, wide ones across."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tracker.lang import fill, roman
from tracker.model.paper import Annex, Paper
from tracker.render.word.measure import width
from tracker.render.word.profile import Profile
from tracker.render.word.styles import CELL
from tracker.render.word.tables import cell, grid
from tracker.render.word.xml import Node, clean, line, look, mm, node, paragraph, run, text_of, thin

_PADDING = 4
"""Millimetres of a column that are not text."""
_COMFORT, _WORD = 60, 40
"""Millimetres: up to this width a column gets what its longest cell takes, and its longest word."""


class Sheet(NamedTuple):
    """What one annex became."""

    annex: Annex
    pieces: tuple[Node, ...]
    across: bool
    """Whether its pages lie on their long side."""

    @property
    def key(self) -> str:
        """Its key."""
        return self.annex.key

    @property
    def text(self) -> str:
        """What a person must not have touched for it to be ours."""
        return "\n".join(map(text_of, self.pieces))
_LETTER = "Công văn"
"""How a letter is called where an annex names it."""


def annexes(paper: Paper, profile: Profile) -> Iterator[Sheet]:
    """The annexes in their order; one alone has no numeral (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục III)."""
    for place, annex in enumerate(paper.annexes, start=1):
        numeral = f" {roman(place)}" if len(paper.annexes) > 1 else ""
        size = profile.annex.table.size
        wanted = _wanted(annex, size)
        across = sum(wanted) > profile.page.inner
        inner = profile.page.height - profile.page.top - profile.page.bottom if across else profile.page.inner
        table = _table(annex, profile, _shared(wanted, _least(annex, size), inner))
        yield Sheet(annex, (*_heading(annex, numeral, paper, profile), table, thin()), across)


def _heading(annex: Annex, numeral: str, paper: Paper, profile: Profile) -> Iterator[Node]:
    form = profile.annex
    yield line(fill(form.label.text, {"number": numeral}), form.label.letters, node("keepNext"))
    yield line(annex.title, form.title, node("keepNext"))
    frame = paper.frame
    if frame is not None:
        of = fill(form.of, {"issuers": ", ".join(map(clean, frame.issuers))}) if frame.issuers else ""
        slots = {"name": clean(frame.name or _LETTER), "code": clean(frame.code), "of": of}
        yield line(fill(form.with_.text, slots), form.with_.letters, node("keepNext"))
    yield paragraph("Plain", properties=(node("keepNext"),))


def _table(annex: Annex, profile: Profile, widths: Sequence[float]) -> Node:
    shape = (node("tblStyle", val="TableGrid"), node("tblW", w=sum(map(mm, widths)), type="dxa"))
    head = _row(annex, annex.head, widths, profile, head=True)
    rows = [_row(annex, row, widths, profile) for row in annex.rows]
    return node("tbl", node("tblPr", *shape, node("tblLayout", type="fixed")), grid(widths), head, *rows)


def _row(annex: Annex, row: Sequence[str], widths: Sequence[float], profile: Profile, *, head: bool = False) -> Node:
    cells = []
    for column, (text, wide) in enumerate(zip(row, widths, strict=True)):
        side = "center" if head else "right" if column in annex.counts else "left"
        letters = look(profile.annex.table._replace(bold=head))
        made = paragraph(CELL, run(text, letters), properties=(node("jc", val=side),))
        cells.append(cell([made], wide, *([node("vAlign", val="center")] if head else [])))
    properties = [node("cantSplit"), *([node("tblHeader")] if head else [])]
    return node("tr", node("trPr", *properties), *cells)


def _wanted(annex: Annex, size: float) -> list[float]:
    """The width that each column would like, in mm: its longest cell in one line, as far as that is comfortable."""
    return [min(max(width(clean(text), size) for text in column), _COMFORT) + _PADDING for column in _columns(annex)]


def _least(annex: Annex, size: float) -> list[float]:
    """The width that each column must have, in mm, so that no word is torn apart unless it is very long."""
    words = [[word for text in column for word in clean(text).split() or [""]] for column in _columns(annex)]
    return [min(max(width(word, size) for word in column), _WORD) + _PADDING for column in words]


def _columns(annex: Annex) -> Iterator[tuple[str, ...]]:
    return zip(annex.head, *annex.rows, strict=True)


def _shared(wanted: Sequence[float], least: Sequence[float], inner: float) -> list[float]:
    """The width of the page: to each what it must have, and the rest by how much more it would like."""
    rest = inner - sum(least)
    if rest <= 0:
        return [one * inner / sum(least) for one in least]
    more = [max(0.0, like - must) for like, must in zip(wanted, least, strict=True)]
    if not sum(more):
        return [one * inner / sum(least) for one in least]
    return [must + rest * one / sum(more) for must, one in zip(least, more, strict=True)]


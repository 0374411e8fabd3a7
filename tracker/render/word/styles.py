"""The styles of a document: what a profile says of the body, as names that a person finds in Word's own list."""

from collections.abc import Iterator

from tracker.render.word.profile import Heading, Letters, Profile, Text
from tracker.render.word.xml import Node, look, mm, node, pt

BODY, PLAIN, CELL = "BodyText", "Plain", "AnnexCell"
HEADINGS = ("Heading1", "Heading2", "Heading3")
NOTE, NOTE_MARK = "FootnoteText", "FootnoteReference"
_SINGLE = {"before": 0, "after": 0, "line": 240, "lineRule": "auto"}


def restyle(styles: Node, profile: Profile) -> None:
    """Put the styles of a profile in the place of all that a document has."""
    for child in list(styles):
        styles.remove(child)
    styles.extend([_defaults(profile.text), *_ground(), *_body(profile), *_headings(profile), *_rest(profile)])


def spacing(text: Text) -> Node:
    """The lines of the body and the space between its paragraphs."""
    if text.exactly:
        return node("spacing", before=0, after=pt(text.space), line=pt(text.exactly), lineRule="exact")
    return node("spacing", before=0, after=pt(text.space), line=round(240 * text.multiple), lineRule="auto")


def _defaults(text: Text) -> Node:
    font = node("rFonts", ascii=text.font, hAnsi=text.font, eastAsia=text.font, cs=text.font)
    size = round(text.letters.size * 2)
    letters = (font, node("sz", val=size), node("szCs", val=size), node("lang", val="vi-VN", eastAsia="vi-VN"))
    return node(
        "docDefaults",
        node("rPrDefault", node("rPr", *letters)),
        node("pPrDefault", node("pPr", node("spacing", **_SINGLE))),
    )


def _style(id_: str, name: str, *parts: Node, kind: str = "paragraph", based: str = "Normal", **more: str) -> Node:
    head = [node("name", val=name)]
    if based:
        head.append(node("basedOn", val=based))
    return node("style", *head, *parts, type=kind, styleId=id_, **more)


def _ground() -> Iterator[Node]:
    """What Word takes for granted."""
    yield _style("Normal", "Normal", node("qFormat"), based="", default="1")
    yield _style("DefaultParagraphFont", "Default Paragraph Font", kind="character", based="", default="1")
    margins = node("tblCellMar", *(node(side, w=width, type="dxa") for side, width in _CELL))
    table = node("tblPr", node("tblInd", w=0, type="dxa"), margins)
    yield _style("TableNormal", "Normal Table", table, kind="table", based="", default="1")
    yield _style("NoList", "No List", kind="numbering", based="", default="1")
    borders = node("tblBorders", *(node(side, val="single", sz=4, space=0, color="auto") for side in _EDGES))
    yield _style("TableGrid", "Table Grid", node("tblPr", borders), kind="table", based="TableNormal")


_CELL = (("top", 0), ("left", 85), ("bottom", 0), ("right", 85))
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


def _body(profile: Profile) -> Iterator[Node]:
    text = profile.text
    form = node("pPr", spacing(text), node("ind", firstLine=mm(text.indent)), node("jc", val="both"))
    yield _style(BODY, "Body Text", node("qFormat"), form, look(text.letters))
    yield _style(PLAIN, "Tracker Plain", node("pPr", node("jc", val="center")), customStyle="1")
    form = node("pPr", node("spacing", before=40, after=40, line=240, lineRule="auto"))
    yield _style(CELL, "Tracker Annex Cell", form, look(profile.annex.table), customStyle="1")


def _headings(profile: Profile) -> Iterator[Node]:
    found = profile.headings
    for level, (id_, heading) in enumerate(
        zip(HEADINGS, (found.part, found.heading, found.subheading), strict=True),
    ):
        yield _heading(id_, level, heading, profile.text)


def _heading(id_: str, level: int, heading: Heading, text: Text) -> Node:
    form = node(
        "pPr", node("keepNext"), spacing(text), node("ind", firstLine=mm(text.indent)),
        node("jc", val="both"), node("outlineLvl", val=level),
    )  # fmt: skip
    parts = (node("next", val=BODY), node("qFormat"), form, look(heading.letters))
    return _style(id_, f"heading {level + 1}", *parts)


def _rest(profile: Profile) -> Iterator[Node]:
    """Page numbers, notes and comments."""
    yield _style("Header", "header", node("pPr", node("jc", val="center")), look(profile.page.number))
    note = node("pPr", node("jc", val="both"))
    yield _style(NOTE, "footnote text", note, look(profile.text.notes))
    mark = node("rPr", node("vertAlign", val="superscript"))
    yield _style(NOTE_MARK, "footnote reference", mark, kind="character", based="DefaultParagraphFont")
    yield _style("CommentText", "annotation text", look(Letters(10)))
    mark = node("rPr", node("sz", val=16), node("szCs", val=16))
    yield _style("CommentReference", "annotation reference", mark, kind="character", based="DefaultParagraphFont")

"""Elements of WordprocessingML. Its schema wants children in a fixed order; whoever makes them keeps to that."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Any

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser

from tracker.render.visible import visible
from tracker.render.word.profile import Letters

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

Node = Any
"""An element of lxml, which has no types of its own."""


def node(tag: str, *children: Node, **attributes: object) -> Node:
    """An element `w:tag`; attributes are of the same namespace, a trailing underscore in a name is dropped."""
    made: BaseOxmlElement = oxml_parser.makeelement(_full(tag), nsmap=_SPACE)
    for name, value in attributes.items():
        made.set(_full(name), str(value))
    made.extend(children)
    return made


_SPACE = {"w": nsmap["w"]}


@cache
def _full(name: str) -> str:
    """A name with its namespace: the library takes each apart anew, which was half of the time of a long annex."""
    return qn(f"w:{name.rstrip('_')}")


def mm(length: float) -> int:
    """Millimetres as the twentieths of a point in which Word measures pages."""
    return round(length * 1440 / 25.4)


def pt(length: float) -> int:
    """Points as twentieths of a point."""
    return round(length * 20)


def clean(text: str) -> str:
    """Text of users as it may stand in XML: composed, on one line, what cannot be seen shown as escapes."""
    return unicodedata.normalize("NFC", visible(text))


def text_of(element: Node) -> str:
    """All text below an element."""
    return "".join(one.text or "" for one in element.iter(qn("w:t")))


def look(letters: Letters, *, blank: bool = False) -> Node:
    """The properties of a run."""
    marks = [
        node(tag)
        for tag, on in zip(
            ("b", "bCs", "i", "iCs", "caps"),
            (letters.bold, letters.bold, letters.italic, letters.italic, letters.caps),
            strict=True,
        )
        if on
    ]
    half = round(letters.size * 2)
    under = [node("u", val="single")] if letters.underline else []
    return node("rPr", *marks, node("sz", val=half), node("szCs", val=half), *bright(blank=blank), *under)


def bright(*, blank: bool) -> Iterator[Node]:
    """What makes a gap that a person must fill stand out."""
    yield from repeat(node("highlight", val="yellow"), int(blank))


def run(text: str, *properties: Node) -> Node:
    """A stretch of text. Line breaks and tabs are escapes by then (`clean`)."""
    words = node("t")
    words.text = clean(text)
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return node("r", *properties, words)


def paragraph(style: str, *children: Node, properties: tuple[Node, ...] = ()) -> Node:
    """A paragraph of a style."""
    return node("p", node("pPr", node("pStyle", val=style), *properties), *children)


def line(text: str, letters: Letters, *properties: Node, style: str = "Plain") -> Node:
    """A paragraph with one stretch of text, capital where its letters are."""
    shown = clean(text).upper() if letters.caps else text
    return paragraph(style, run(shown, look(letters._replace(caps=False))), properties=properties)


def thin() -> Node:
    """The paragraph that Word wants behind a table, as low as can be."""
    return paragraph("Plain", properties=(node("spacing", before=0, after=0, line=20, lineRule="exact"),))

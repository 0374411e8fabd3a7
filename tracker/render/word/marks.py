"""How a later run finds what this one wrote: a bookmark around each block, which Word and LibreOffice keep.

That of an annex is around its heading, since LibreOffice tears one that goes across a table; the annex reaches to
the next.

Its name holds the digest of the piece's key and that of the text that was generated: `_t_<key>_<text>`. A leading
underscore hides a bookmark from Word's list; forty characters is the longest name it takes.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from docx.oxml.ns import qn

from tracker.hands import digest
from tracker.render.word.xml import Node, node

BLOCK, ANNEX, NEWER, ORDER = "t", "a", "n", "o"
"""A block of the text, an annex, a new version of a block put behind an edited one, the order of all blocks."""
_NAME = re.compile(rf"_(?P<kind>[{BLOCK}{ANNEX}{NEWER}])_(?P<key>[0-9a-f]{{12}})_(?P<digest>[0-9a-f]{{12}})")
_ORDER = re.compile(rf"_{ORDER}_([0-9a-f]{{12}})")


class Mark(NamedTuple):
    """A bookmark of ours, and the elements in which it begins and ends."""

    kind: str
    key: str
    digest: str
    start: Node
    end: Node


def name_of(kind: str, key: str, text: str) -> str:
    """The bookmark of a piece whose key has this digest, and its generated text that one."""
    return f"_{kind}_{key}_{text}"


def enclose(paragraph: Node, kind: str, key: str, text: str) -> None:
    """Put the bookmark around all that a paragraph holds."""
    start = node("bookmarkStart", id=0, name=name_of(kind, digest(key), digest(text)))
    paragraph.insert(0 if paragraph.find(qn("w:pPr")) is None else 1, start)
    paragraph.append(node("bookmarkEnd", id=0))


def order_mark(order: str) -> tuple[Node, Node]:
    """A bookmark around nothing, for the order in which the blocks were generated."""
    return node("bookmarkStart", id=0, name=f"_{ORDER}_{order}"), node("bookmarkEnd", id=0)


def marks_in(root: Node) -> Iterator[Mark]:
    """Our bookmarks around pieces, in their order. One that nothing ends, ends where it begins."""
    ends = {one.get(qn("w:id")): one for one in root.iter(qn("w:bookmarkEnd"))}
    for start in root.iter(qn("w:bookmarkStart")):
        if found := _NAME.fullmatch(start.get(qn("w:name"), "")):
            yield Mark(found["kind"], found["key"], found["digest"], start, ends.get(start.get(qn("w:id")), start))


def take_order(root: Node) -> str:
    """The order of the blocks as a file remembers it, empty where it does not; the bookmark itself is taken out."""
    order = ""
    for start in list(root.iter(qn("w:bookmarkStart"))):
        if found := _ORDER.fullmatch(start.get(qn("w:name"), "")):
            order = order or found[1]
            for one in [*root.iter(qn("w:bookmarkEnd"))]:
                if one.get(qn("w:id")) == start.get(qn("w:id")):
                    one.getparent().remove(one)
            start.getparent().remove(start)
    return order


def number(root: Node) -> None:
    """Give every bookmark a number of its own. An end without a beginning goes, a beginning gets the end that it lost.

    A paragraph that is replaced takes the half of a bookmark with it that a person set across two of them.
    """
    known: dict[str, list[Node]] = {}
    last = 0
    for one in list(root.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        open_ = known.setdefault(one.get(qn("w:id"), ""), [])
        if one.tag == qn("w:bookmarkStart"):
            last += 1
            one.set(qn("w:id"), str(last))
            open_.append(one)
        elif open_:
            one.set(qn("w:id"), open_.pop().get(qn("w:id"), ""))
        else:
            one.getparent().remove(one)
    for start in (one for open_ in known.values() for one in open_):
        start.addnext(node("bookmarkEnd", id=start.get(qn("w:id"))))

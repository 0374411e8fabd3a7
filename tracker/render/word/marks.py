"""How a later run finds what this one wrote: a bookmark around each piece, which Word and LibreOffice keep.

Its name holds a hash of the piece's key and the digest of the text that was generated: `_t_<key>_<digest>`. A leading
underscore hides a bookmark from Word's list; forty characters is the longest name it takes.
"""

import re
from collections.abc import Sequence

from tracker.hands import digest
from tracker.render.word.xml import Node, node

_NAME = re.compile(r"_t_(?P<key>[0-9a-f]{12})_(?P<digest>[0-9a-f]{12})")


def name_of(key: str, text: str) -> str:
    """The bookmark of a piece."""
    return f"_t_{digest(key)}_{digest(text)}"


def enclose(pieces: Sequence[Node], key: str, text: str, number: int) -> None:
    """Put the bookmark around pieces that follow each other, from within the first to within the last."""
    start = node("bookmarkStart", id=number, name=name_of(key, text))
    properties = pieces[0].find(node("pPr").tag)
    pieces[0].insert(0 if properties is None else 1, start)
    pieces[-1].append(node("bookmarkEnd", id=number))

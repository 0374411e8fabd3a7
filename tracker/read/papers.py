"""Nodes → what a plan says of the papers that are drawn up under it."""

from types import MappingProxyType
from typing import TYPE_CHECKING

from tracker.model.letterhead import Letterhead, Recipient
from tracker.read.found import Found, value
from tracker.read.yaml import Keys, Listing

if TYPE_CHECKING:
    from tracker.read.shapes.papers import PaperShape


def letterhead(shape: "PaperShape", root: Keys, number: str, found: Found) -> Letterhead:
    """The frame under `paper:` of a plan. The units and kinds that it names are noted for later."""
    listed = value(root, "paper", "recipients")
    for node in listed.items if isinstance(listed, Listing) else ():
        found.refer("unit-or-kind", value(node, "to"), ("plan", number), "paper")
    return Letterhead(
        shape.side,
        shape.parent,
        shape.place,
        shape.code,
        tuple(
            Recipient(called=one) if isinstance(one, str) else Recipient(one.to, one.called, one.note, one.fact)
            for one in shape.recipients
        ),
        shape.file_copy,
        shape.signature,
        MappingProxyType(dict(shape.because)),
        (value(root, "paper") or root).at,
    )

"""What a plan says of the papers that are drawn up under it: whose form they have, and to whom they go."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from tracker.model.side import Side
from tracker.model.source import NOWHERE, Place


class Recipient(NamedTuple):
    """One line of "Nơi nhận", or the rule by which it becomes several."""

    to: str = ""
    """Id of a unit, kind of unit or group; empty where the line is words alone."""
    called: str = ""
    """How the line names them; empty: each by its own name."""
    note: str = ""
    """What stands in brackets behind it: báo cáo, để phối hợp."""
    fact: str = ""
    """Name of a fact: the counterparts of units of which it does not hold follow by name."""


NO_WORDS: Mapping[str, str] = MappingProxyType({})


class Letterhead(NamedTuple):
    """The frame of papers under a plan, as far as it is the same for all of them."""

    side: Side = Side.STATE
    parent: str = ""
    """The body above the issuers."""
    place: str = ""
    """Where papers are issued."""
    code: str = ""
    """What stands behind a paper's number: BC/BDVTU-BDT."""
    recipients: tuple[Recipient, ...] = ()
    file_copy: str = ""
    """Who keeps the copy on file."""
    signature: tuple[str, ...] = ()
    """Lines above the signature, uppermost first."""
    because: Mapping[str, str] = NO_WORDS
    """Fact to the words for its not holding of a unit: "không thành lập phòng dân tộc"."""
    at: Place = NOWHERE

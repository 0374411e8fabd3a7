"""Rules of form (thể thức) for papers, each with the days it is in force: found by walking the folder profiles/.

Lengths are in millimetres and letters in points, as the rules give them; what they leave to habit is marked so there.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints

from tracker.model.paper import Side

_FOLDER = Path(__file__).parent / "profiles"


class Letters(NamedTuple):
    """How letters look."""

    size: float
    bold: bool = False
    italic: bool = False
    underline: bool = False
    caps: bool = False


class Line(NamedTuple):
    """A line with its letters; slots in braces."""

    text: str
    letters: Letters


class Under(NamedTuple):
    """What closes a block of lines: a rule that is this share of the line above it, or characters."""

    rule: float = 0
    text: str = ""


class Page(NamedTuple):
    """Paper, margins and page number."""

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    number: Letters
    number_top: float
    """From the edge of the paper."""

    @property
    def inner(self) -> float:
        """Width between the margins."""
        return self.width - self.left - self.right


class Text(NamedTuple):
    """The body."""

    font: str
    letters: Letters
    notes: Letters
    indent: float
    """Of a paragraph's first line."""
    space: float
    """Points between paragraphs."""
    ending: str
    """What closes the last paragraph of a whole paper."""
    exactly: float = 0
    """Points from line to line; 0 = by `multiple`."""
    multiple: float = 1
    """Lines from line to line."""


class Top(NamedTuple):
    """What stands at the top right, with a rule as long as its last line, and how wide the block left of it is."""

    lines: tuple[Line, ...]
    left: float


class Issuers(NamedTuple):
    """The block of those who issue."""

    parent: Letters
    issuer: Letters
    joined: str
    """Behind each of several issuers but the last."""
    under: Under


class Title(NamedTuple):
    """Kind of paper and trích yếu."""

    name: Letters
    subject: Letters
    under: Under


class Heading(NamedTuple):
    """A heading with the form of its label."""

    label: str
    letters: Letters


class Headings(NamedTuple):
    """The levels there are, and what stands before an item of a list."""

    part: Heading
    heading: Heading
    subheading: Heading
    item: str


class Signature(NamedTuple):
    """The block of who signs. `forms`: how each kind of authority is written, by its letters alone (KT)."""

    authority: Letters
    title: Letters
    name: Letters
    forms: Mapping[str, str]


class Recipients(NamedTuple):
    """Nơi nhận."""

    label: Line
    item: Letters
    between: str
    last: str


class Annexes(NamedTuple):
    """Phụ lục."""

    label: Line
    title: Letters
    with_: Line
    """The line that says of which paper it is an annex."""
    of: str
    table: Letters


class Profile(NamedTuple):
    """One set of rules."""

    side: Side
    name: str
    source: str
    """Paper that lays it down, as it is cited."""
    since: date
    page: Page
    text: Text
    top: Top
    issuers: Issuers
    number: Line
    place: Line
    title: Title
    headings: Headings
    signature: Signature
    recipients: Recipients
    annex: Annexes
    until: date | None = None
    """Last day; None = still in force."""


def profile_names() -> tuple[str, ...]:
    """The names there are."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


@cache
def profiles() -> Mapping[str, Profile]:
    """All there are by name."""
    texts = {name: (_FOLDER / f"{name}.toml").read_text(encoding="utf-8") for name in profile_names()}
    return {name: _made(tomllib.loads(text), Profile) for name, text in texts.items()}


def profile_on(side: Side, day: date) -> Profile:
    """The rules in force for a side on a day; before the first of them, the first."""
    mine = sorted((one for one in profiles().values() if one.side is side), key=lambda one: one.since)
    begun = [one for one in mine if one.since <= day]
    return begun[-1] if begun else mine[0]


def _made(value: Any, kind: Any) -> Any:
    """A value of TOML as the noun that its place asks for. A key too many or too few is a fault of ours (TypeError)."""
    if isinstance(value, dict) and issubclass(kind if isinstance(kind, type) else dict, tuple):
        hints = get_type_hints(kind)
        given = {"with_" if key == "with" else key: one for key, one in value.items()}
        return kind(**{key: _made(one, hints.get(key, str)) for key, one in given.items()})
    if isinstance(value, list):
        return tuple(_made(one, Line) for one in value)
    return Side(value) if kind is Side else value

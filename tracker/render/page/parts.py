"""What the weekly page is made of, before anybody decides how wide it is or whether it may be drawn."""

from collections.abc import Sequence
from typing import NamedTuple

from tracker.model.standing import State

STYLES = {
    State.DONE: "green",
    State.DONE_LATE: "yellow",
    State.OVERDUE: "bold red",
    State.UNKNOWN: "magenta",
    State.OPEN: "cyan",
}
"""Colour only repeats what a word already says."""
HEADING, DIM, BAD, WARN = "bold", "dim", "bold red", "yellow"


class Bit(NamedTuple):
    """A piece of text with a colour that repeats its meaning."""

    text: str
    style: str = ""


class Track(NamedTuple):
    """One column of a section."""

    heading: str = ""
    elastic: bool = False
    """Takes what is left and wraps; at most one a section."""
    right: bool = False


class Section(NamedTuple):
    """A heading and lines of as many bits as there are tracks."""

    heading: str
    tracks: Sequence[Track] = ()
    lines: Sequence[Sequence[Bit]] = ()
    before: Sequence[str] = ()
    """Sentences above the lines."""
    after: Sequence[str] = ()
    """Sentences below them."""
    spoken: Sequence[str] = ()
    """The same lines for a screen reader, one sentence each, where reading the bits in order would not make sense."""

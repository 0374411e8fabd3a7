"""The draft of the annual report's limitations: sentences that remember every figure and every finding behind them."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tracker.model.paper import Annex, Filled, Ground, Note
from tracker.model.plan import Plan
from tracker.model.rule import Severity
from tracker.model.source import Place


class Naming(StrEnum):
    """Where the units of a limitation are named: reports do it softly, in an annex (domain practice, section 6.3)."""

    SHORT = "short"
    """Up to three in the sentence, more of them in an annex."""
    BODY = "body"
    """All in the sentence."""
    ANNEX = "annex"
    """All of several in an annex."""


class Choice(NamedTuple):
    """What of the findings goes into the section, and how."""

    naming: Naming = Naming.SHORT
    level: Severity = Severity.NOTE
    """The least that a paragraph must weigh."""
    later: tuple[Plan, ...] = ()
    """The plans that follow: whether they take its limitations up is said."""


ALL = Choice()
"""Everything that was found."""


class Cause(NamedTuple):
    """What is said of why: in order, objective reasons, subjective ones, and those that nobody classed."""

    text: str
    """The reasons, quoted; without its full stop, and ending in a colon where a person must go on."""
    missing: str
    """What a person must fill in, in brackets; empty where every finding has its written reason."""
    figures: tuple[Filled, ...] = ()


class Paragraph(NamedTuple):
    """One limitation (hạn chế) with its cause, in Vietnamese."""

    rule: str
    key: str
    """What it is about, the same from run to run: the rule, and what its findings were grouped by."""
    sentence: str
    """What the rule's template says, filled; ends with a full stop."""
    cause: str
    """See Cause.text."""
    missing: str
    """See Cause.missing."""
    figures: tuple[Filled, ...]
    grounds: tuple[Ground, ...]
    doubt: str = ""
    """What a person must check before signing, in brackets: that all of it rests on what no paper states."""
    note: Note | None = None
    """The arithmetic, as a footnote to the sentence."""
    annex: Annex | None = None
    """Who it is, where the sentence does not name them."""
    followed: bool = True
    """Whether a task of a later plan takes it up; True where there is no later plan."""

    @property
    def text(self) -> str:
        """The whole paragraph."""
        rest = " ".join(filter(None, (self.cause, self.missing)))
        return " ".join(filter(None, (self.sentence, f"{rest}." if rest else "", self.doubt)))


class Offer(NamedTuple):
    """A cause that the data would bear, for a person to take up or not: never in the draft by itself."""

    name: str
    """Which kind, by the last part of its text's key."""
    slots: tuple[Filled, ...]
    places: tuple[Place, ...]


class Draft(NamedTuple):
    """The section as a draft, and what its writer must know besides."""

    as_of: date
    known_by: date
    plans: tuple[str, ...]
    """Numbers of the plans that were judged."""
    paragraphs: tuple[Paragraph, ...]
    """Weightiest first."""
    nothing: str
    """The sentence that stands where there is no paragraph; empty where there is one."""
    unknown: int
    """Findings that could not be told; none of them is in a sentence."""
    unworded: int
    """Findings of rules that have no sentence for a report."""
    below: int = 0
    """Findings that weigh less than was asked for."""
    offers: tuple[Offer, ...] = ()
    figures: tuple[Filled, ...] = ()
    """Those of the sentence that nothing was found."""

    @property
    def annexes(self) -> tuple[Annex, ...]:
        """In the order in which the paragraphs name them."""
        return tuple(paragraph.annex for paragraph in self.paragraphs if paragraph.annex is not None)


__all__ = ["ALL", "Annex", "Cause", "Choice", "Draft", "Filled", "Ground", "Naming", "Note", "Offer", "Paragraph"]

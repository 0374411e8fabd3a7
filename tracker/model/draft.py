"""The draft of the annual report's limitations: sentences that remember every figure and every finding behind them."""

from datetime import date
from typing import NamedTuple

from tracker.model.source import Place


class Filled(NamedTuple):
    """A slot of a sentence with what fills it. Every digit of a draft stands in one of these."""

    name: str
    text: str
    """As it stands in the sentence."""


class Ground(NamedTuple):
    """A finding on which a sentence rests."""

    finding: str
    """Fingerprint."""
    places: tuple[Place, ...]
    """The line of the plan, the records, and the waivers and decisions whose reasons are quoted."""


class Paragraph(NamedTuple):
    """One limitation (hạn chế) with its cause, in Vietnamese."""

    rule: str
    key: str
    """What it is about, the same from run to run: the rule, and the task where a sentence speaks of one."""
    sentence: str
    """What the rule's template says, filled; ends with a full stop."""
    cause: str
    """What is written of the cause, quoted; without its full stop, and ending in a colon where a person must go on."""
    missing: str
    """What a person must fill in, in brackets; empty where every finding has its written reason."""
    figures: tuple[Filled, ...]
    grounds: tuple[Ground, ...]

    @property
    def text(self) -> str:
        """The whole paragraph."""
        return f"{self.sentence} {' '.join(filter(None, (self.cause, self.missing)))}."


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

"""What an entry that names no task may be for."""

from typing import NamedTuple

from tracker.model.actual import Actual
from tracker.model.standing import Obligation


class Candidate(NamedTuple):
    """An obligation that an entry may be for."""

    obligation: Obligation
    score: int
    """From 0 to 100; no probability, but higher is more alike."""
    why: tuple[str, ...]
    """What speaks for it and against it beside the words of its title: keys under [match.why] of the languages."""
    alike: int
    """The score whether or not the slot is filled: what others were accepted for makes no doubtful entry less so."""

    @property
    def filled(self) -> bool:
        """Whether the obligation takes one record and has it."""
        return "filled" in self.why


class Suggestion(NamedTuple):
    """An entry with what it may be for."""

    record: str
    """What a link calls it."""
    actual: Actual
    candidates: tuple[Candidate, ...]
    """The best first; none where nothing is alike enough."""
    close: bool = False
    """Whether another is nearly as good as the first."""

"""What is different between two views, and why: no text in here."""

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from tracker.model.finding import Finding
from tracker.model.report import Report
from tracker.model.standing import Standing


class Cause(StrEnum):
    """Why something is judged otherwise than before; every change has exactly one (design 4.6)."""

    TIME = "time"
    """The day alone: it came due, fell overdue, opened."""
    UNIT = "unit"
    """A unit was opened, dissolved or merged, a fact about it or a group changed, or a day off was announced."""
    PLAN = "plan"
    """A decision or a new version of the plan: deadline, target, tasks, closing."""
    CORRECTION = "correction"
    """An entry was corrected, taken back, or edited in its file."""
    BACKDATED = "backdated"
    """An entry was made since, of what had already happened at the time of the earlier view."""
    NEW = "new"
    """An entry was made of what happened since."""
    RULE = "rule"
    """A rule was added, dropped or changed."""


class Moved(NamedTuple):
    """An obligation whose state is not what it was."""

    before: Standing | None
    """None where nobody owed it then."""
    after: Standing | None
    """None where nobody owes it any more."""
    cause: Cause

    @property
    def standing(self) -> Standing:
        """As it is now, or as it was last."""
        standing = self.after or self.before
        assert standing is not None
        return standing


class Turned(NamedTuple):
    """A finding that is there and was not, or the other way round."""

    finding: Finding
    cause: Cause


class Change(NamedTuple):
    """Two views of a project, and what lies between them."""

    before: Report
    after: Report
    moved: Sequence[Moved]
    """In the order of plan, task, unit and period; what nobody owes any more stands last."""
    new: Sequence[Turned]
    resolved: Sequence[Turned]
    persisting: Sequence[Finding]
    """As they are now; a finding may have become worse or better meanwhile."""
    label_before: str = ""
    """How the earlier view was asked for, where that was a revision: v1.0, HEAD~3."""
    label_after: str = ""

    @property
    def causes(self) -> Mapping[Cause, int]:
        """How many obligations changed state for each cause: the counts add up to the change."""
        counted = Counter(one.cause for one in self.moved)
        return {cause: counted[cause] for cause in Cause}

"""Shape of a rule."""

from typing import Any

from tracker.read.shapes.kinds import Shape
from tracker.read.shapes.values import Count, SeverityWord, Share, Slugs, Text
from tracker.read.values import Refusal


class BothShape(Shape):
    """One text in the two languages that every message has."""

    vi: Text
    en: Text


class EscalateShape(Shape):
    """When a finding is worse than the rule says."""

    where: Text
    to: SeverityWord


class LimitationShape(Shape):
    """Sentences for the annual report, in its language."""

    one: Text
    many: Text = ""
    footnote: Text = ""


class FailIfShape(Shape):
    """How many findings of the rule a run may have, whatever their severity."""

    count: Count | None = None
    share: Share | None = None

    def _together(self) -> Refusal | None:
        if (self.count is None) == (self.share is None):
            return Refusal("shape-fail-if")
        return None


class RuleShape(Shape):
    """One file of rules/."""

    title: BothShape
    on: Text
    scope: Text = ""
    where: Text
    severity: SeverityWord
    escalate: EscalateShape | None = None
    at: Text = ""
    message: BothShape
    why: BothShape
    fix: BothShape
    limitation: LimitationShape | None = None
    basis: Text = ""
    formerly: Slugs = ()
    fail_if: FailIfShape | None = None
    examples: Any = ()

"""Shape of a rule."""

from typing import Any

from tracker.read.shapes.values import SeverityWord, Shape, Text


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
    examples: Any = ()

"""Shape of a waiver."""

from tracker.read.shapes.kinds import Shape
from tracker.read.shapes.values import CauseWord, Day, Text, Texts, Truth


class WaiverShape(Shape):
    """One entry under `waivers:` in a file of rules/waivers/."""

    id: Text
    rule: Text
    subject: Text
    periods: Texts = ()
    reason: Text
    cause: CauseWord | None = None
    document: Text
    approved_by: Text
    issued: Day
    expires: Day
    broad: Truth = False

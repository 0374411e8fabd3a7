"""Shape of what a plan says of the papers that are drawn up under it."""

from collections.abc import Mapping
from typing import Annotated

from tracker.model.side import Side
from tracker.read.shapes.kinds import NONE, Choice, Shape
from tracker.read.shapes.values import FactName, Slug, Text, Texts, choice

SideWord = Annotated[Side, choice(Side)]


class RecipientShape(Shape):
    """A line of "Nơi nhận" that goes by a rule."""

    to: Slug
    called: Text = ""
    note: Text = ""
    fact: FactName = ""


RecipientForm = Annotated[RecipientShape | Text, Choice(lambda value: 0 if isinstance(value, dict) else 1)]


class PaperShape(Shape):
    """The frame of papers under a plan."""

    side: SideWord = Side.STATE
    parent: Text = ""
    place: Text = ""
    code: Text = ""
    recipients: tuple[RecipientForm, ...] = ()
    file_copy: Text = ""
    signature: Texts = ()
    because: Mapping[FactName, Text] = NONE

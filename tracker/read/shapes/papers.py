"""Shape of what a plan says of the papers that are drawn up under it."""

from typing import Annotated

from pydantic import Discriminator, Field, Tag

from tracker.model.paper import Side
from tracker.read.shapes.values import FactName, Shape, Slug, Text, Texts, choice

SideWord = Annotated[Side, *choice(Side)]


class RecipientShape(Shape):
    """A line of "Nơi nhận" that goes by a rule."""

    to: Slug
    called: Text = ""
    note: Text = ""
    fact: FactName = ""


def _recipient_form(value: object) -> str:
    return "·rule" if isinstance(value, dict) else "·words"


RecipientForm = Annotated[
    Annotated[RecipientShape, Tag("·rule")] | Annotated[Text, Tag("·words")], Discriminator(_recipient_form)
]


class PaperShape(Shape):
    """The frame of papers under a plan."""

    side: SideWord = Side.STATE
    parent: Text = ""
    place: Text = ""
    code: Text = ""
    recipients: tuple[RecipientForm, ...] = ()
    file_copy: Text = ""
    signature: Texts = ()
    because: dict[FactName, Text] = Field(default_factory=dict)

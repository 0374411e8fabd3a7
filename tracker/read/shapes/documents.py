"""Shapes of documents, of where they are cited, and of why they are waited for."""

from typing import Annotated

from tracker.model.document import Level
from tracker.read.shapes.kinds import Called, Shape
from tracker.read.shapes.values import Day, Slug, Text, Texts, choice
from tracker.read.values import Refusal

LevelWord = Annotated[Level, choice(Level)]


class CitationShape(Shape):
    """One place where a document is cited."""

    where: Annotated[Text, Called("in")]
    date: Day | None = None
    title: Text = ""


class UnsuitableShape(Shape):
    """What somebody found that does not fit in a document."""

    reason: Text
    on: Day | None = None
    replaced_by: Text = ""


class DocumentShape(Shape):
    """One document of plans/documents.yaml."""

    number: Text = ""
    id: Slug = ""
    type: Text = ""
    issuer: Text = ""
    date: Day | None = None
    title: Text = ""
    cited: tuple[CitationShape, ...] = ()
    level: LevelWord | None = None
    needed_by: Day | None = None
    needed_for: Text = ""
    policy: Text = ""
    programme: Text = ""
    unsuitable: UnsuitableShape | None = None
    holds_up: Texts = ()

    def _together(self) -> Refusal | None:
        """What has no number yet is known by an id; what is waited for says by whom, and what it guides."""
        if not self.number and not self.id:
            return Refusal("shape-document")
        wanted = bool(self.issuer and self.policy and self.needed_for)
        told = bool(self.level or self.needed_for or self.policy or self.programme or self.unsuitable or self.holds_up)
        if (self.needed_by is not None and not wanted) or (self.needed_by is None and told):
            return Refusal("shape-guidance")
        return None

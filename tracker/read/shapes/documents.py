"""Shapes of documents and of where they are cited."""

from typing import Annotated

from pydantic import Field

from tracker.read.shapes.values import Day, Shape, Text


class CitationShape(Shape):
    """One place where a document is cited."""

    where: Annotated[Text, Field(alias="in")]
    date: Day | None = None
    title: Text = ""


class DocumentShape(Shape):
    """One document of plans/documents.yaml."""

    number: Text
    type: Text = ""
    issuer: Text = ""
    date: Day | None = None
    title: Text = ""
    cited: tuple[CitationShape, ...] = ()

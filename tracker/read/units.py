"""Nodes → units and documents."""

from types import MappingProxyType

from tracker.model.plan import Citation, Document
from tracker.model.source import Problem
from tracker.model.unit import Fact, Unit
from tracker.read.found import Found, problem, scalars, text, value
from tracker.read.shape import listed, record, unknown_keys
from tracker.read.values import Refusal
from tracker.read.yaml import Keys, Node


def read_units(root: Keys, found: Found, problems: list[Problem]) -> None:
    """Add the units of a file, in its order, behind those that are there."""
    unknown_keys(root, ("units",), problems)
    for node in listed(root, "units", problems):
        unit = _unit(node, len(found.units) + 1, found, problems)
        if unit is not None:
            found.units.append(unit)


def read_documents(root: Keys, found: Found, problems: list[Problem]) -> None:
    """Add the documents of a file."""
    unknown_keys(root, ("documents",), problems)
    for node in listed(root, "documents", problems):
        document = _document(node, found, problems)
        if document is not None:
            found.documents.append(document)


def _unit(node: Node, position: int, found: Found, problems: list[Problem]) -> Unit | None:
    from tracker.read.shapes import UnitShape

    shape = record(UnitShape, node, problems)
    first = all(found.claim("unit", id_.text, id_.at, id_.width) for id_ in scalars(value(node, "id")))
    if kind := text(node, "kind"):
        found.of("kind").setdefault(kind, node.at)
    if shape is None or not first:
        return None
    opened, closed = shape.opened, shape.closed
    if opened and closed and closed.on < opened.on:
        refusal = Refusal("value-closed-first", {"opened": f"{opened.on:%d/%m/%Y}", "closed": f"{closed.on:%d/%m/%Y}"})
        problems.append(problem(value(node, "closed", "on") or node, refusal))
        return None
    owner = ("unit", shape.id)
    found.refer("unit", value(node, "parent"), owner, "parent")
    found.refer("unit", value(node, "serves"), owner, "serves")
    found.refer("unit", value(node, "closed", "successors"), owner, "successors")
    facts = {}
    for name, fact in shape.facts.items():
        here = value(node, "facts", name) or node
        found.refer("unit", value(here, "counterpart"), owner, f"facts.{name}")
        facts[name] = Fact(name, fact.value, fact.source, fact.review, fact.counterpart, here.at)
    return Unit(
        id=shape.id,
        name=shape.name,
        kind=shape.kind,
        position=position,
        code=shape.code,
        parent=shape.parent,
        serves=shape.serves,
        short=shape.short,
        aliases=shape.aliases,
        opened=opened.on if opened else None,
        closed=closed.on if closed else None,
        successors=closed.successors if closed else (),
        closing_basis=closed.basis if closed else "",
        facts=MappingProxyType(facts),
        at=node.at,
    )


def _document(node: Node, found: Found, problems: list[Problem]) -> Document | None:
    from tracker.read.shapes import DocumentShape

    shape = record(DocumentShape, node, problems)
    numbers = scalars(value(node, "number"))
    first = all(found.claim("document", number.text, number.at, number.width) for number in numbers)
    if shape is None or not first:
        return None
    cited = listed(node, "cited", [])
    citations = tuple(
        Citation(citation.where, citation.date, citation.title, here.at)
        for citation, here in zip(shape.cited, cited, strict=True)
    )
    return Document(shape.number, shape.type, shape.issuer, shape.date, shape.title, citations, node.at)

"""Nodes → units and documents."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from tracker.model.document import Citation, Document, Guidance, Unsuitable
from tracker.model.source import Problem
from tracker.model.unit import Fact, Spell, Unit
from tracker.read.found import Found, problem, scalars, text, value
from tracker.read.ordinary import ordinary
from tracker.read.shape import listed, record, unknown_keys
from tracker.read.successions import read_groups, read_successions
from tracker.read.values import Refusal
from tracker.read.yaml import Keys, Listing, Node, Scalar

if TYPE_CHECKING:
    from tracker.read.shapes.documents import DocumentShape
    from tracker.read.shapes.units import FactShape, UnitShape


def read_units(root: Keys, found: Found, problems: list[Problem]) -> None:
    """Add the units of a file, in its order, behind those that are there."""
    unknown_keys(root, ("units", "successions", "groups"), problems)
    read_successions(root, found, problems)
    read_groups(root, found, problems)
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
    if isinstance(node, Keys) and (unit := ordinary(node, position)):
        return _taken(unit, node.entries, found)
    from tracker.read.shapes.units import UnitShape

    shape = record(UnitShape, node, problems)
    first = all(found.claim("unit", id_.text, id_.at, id_.width) for id_ in scalars(value(node, "id")))
    if kind := text(node, "kind"):
        found.of("kind").setdefault(kind, node.at)
    if shape is None or not first:
        return None
    found.rename(value(node, "formerly"), shape.id, "unit")
    closed = shape.closed
    spells = _spells(shape, node, problems)
    if spells is None:
        return None
    owner = ("unit", shape.id)
    found.refer("unit", value(node, "parent"), owner, "parent")
    found.refer("unit", value(node, "serves"), owner, "serves")
    found.refer("unit", value(node, "closed", "successors"), owner, "successors")
    facts = {name: _held(name, held, node, found, problems) for name, held in shape.facts.items()}
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
        spells=spells,
        closing_known=closed.recorded if closed else None,
        closing_how=closed.how if closed else None,
        successors=closed.successors if closed else (),
        closing_basis=closed.basis if closed else "",
        facts=MappingProxyType(facts),
        at=node.at,
    )


def _taken(unit: Unit, entries: Mapping[str, tuple[Scalar, Node]], found: Found) -> Unit | None:
    """The same of a unit in which nothing is out of the ordinary."""
    id_, owner = entries["id"][1], ("unit", unit.id)
    first = found.claim("unit", unit.id, id_.at, id_.width if isinstance(id_, Scalar) else 1)
    found.of("kind").setdefault(unit.kind, unit.at)
    if not first:
        return None
    if "formerly" in entries:
        found.rename(entries["formerly"][1], unit.id, "unit")
    if unit.parent:
        found.refer("unit", entries["parent"][1], owner, "parent")
    if unit.serves:
        found.refer("unit", entries["serves"][1], owner, "serves")
    if unit.successors:
        found.refer("unit", value(entries["closed"][1], "successors"), owner, "successors")
    return unit


def _spells(shape: "UnitShape", node: Node, problems: list[Problem]) -> tuple[Spell, ...] | None:
    """The unit's times of existence, in order and apart; None where they cannot be."""
    if not shape.exists:
        spells: tuple[Spell, ...] = (
            Spell(shape.opened.on if shape.opened else None, shape.closed.on if shape.closed else None),
        )
    elif shape.opened or shape.closed:
        problems.append(problem(value(node, "exists") or node, Refusal("shape-exists")))
        return None
    else:
        spells = tuple(Spell(one.first, one.last) for one in shape.exists)
    for opens, closes in spells:
        if opens and closes and closes < opens:
            args = {"opened": f"{opens:%d/%m/%Y}", "closed": f"{closes:%d/%m/%Y}"}
            where = value(node, "closed", "on") or value(node, "exists") or node
            problems.append(problem(where, Refusal("value-closed-first", args)))
            return None
    if not _apart(spells):
        problems.append(problem(value(node, "exists") or node, Refusal("shape-spells", {"key": "exists"})))
        return None
    return spells


def _apart(spells: Sequence[Spell]) -> bool:
    """Whether each ends before the next begins."""
    return all(
        before.last is not None and after.first is not None and before.last < after.first
        for before, after in pairwise(spells)
    )


def _held(
    name: str, held: "Sequence[FactShape]", node: Node, found: Found, problems: list[Problem],
) -> tuple[Fact, ...]:
    """What holds one after another under one name, in order of day."""
    here = value(node, "facts", name) or node
    nodes = here.items if isinstance(here, Listing) else (here,)
    facts = []
    for fact, at in zip(held, nodes, strict=True):
        found.refer("unit", value(at, "counterpart"), ("unit", text(node, "id")), f"facts.{name}")
        days = (fact.first, fact.last, fact.recorded)
        facts.append(Fact(name, fact.value, fact.source, fact.review, fact.counterpart, at.at, *days))
    facts.sort(key=lambda fact: fact.first or date.min)
    # A later word on the same days replaces an earlier one only where both say when they were entered.
    spells = [Spell(fact.first, fact.last) for fact in facts if fact.recorded is None]
    if not _apart(spells):
        problems.append(problem(here, Refusal("shape-spells", {"key": f"facts.{name}"})))
    return tuple(facts)


def _document(node: Node, found: Found, problems: list[Problem]) -> Document | None:
    from tracker.read.shapes.documents import DocumentShape

    shape = record(DocumentShape, node, problems)
    names = (*scalars(value(node, "number")), *scalars(value(node, "id")))
    first = all(found.claim("document", one.text, one.at, one.width) for one in names)
    if shape is None or not first:
        return None
    cited = listed(node, "cited", [])
    citations = tuple(
        Citation(citation.where, citation.date, citation.title, here.at)
        for citation, here in zip(shape.cited, cited, strict=True)
    )
    guidance = _guidance(shape, node, found)
    return Document(
        shape.number, shape.type, shape.issuer, shape.date, shape.title, citations, node.at, shape.id, guidance,
    )  # fmt: skip


def _guidance(shape: "DocumentShape", node: Node, found: Found) -> Guidance | None:
    """Why the document is waited for, if it is; its shape holds that nothing of it stands without the day."""
    if shape.needed_by is None:
        return None
    owner = ("document", shape.number or shape.id)
    found.refer("task", value(node, "holds_up"), owner, "holds_up")
    found.refer("document", value(node, "unsuitable", "replaced_by"), owner, "replaced_by")
    flaw = shape.unsuitable
    unsuitable = Unsuitable(flaw.reason, flaw.on, flaw.replaced_by) if flaw else None
    return Guidance(
        shape.needed_by, shape.needed_for, shape.policy, shape.level, unsuitable, shape.holds_up, shape.programme,
    )  # fmt: skip

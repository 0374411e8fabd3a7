"""Nodes → links: which entries without a task an office put to which tasks, and which of these it took back."""

from collections.abc import Sequence

from tracker.links import named, standing
from tracker.model.link import Link
from tracker.model.source import Problem
from tracker.read.found import Found, value
from tracker.read.shape import record
from tracker.read.yaml import Node

KEY = "links"
FILE = "actuals/links.yaml"
"""Where the program writes them; they are read wherever they stand below actuals/."""


def read_links(nodes: Sequence[Node], found: Found, problems: list[Problem]) -> None:
    """Add the links of a file; one that is wrong in anything gives nothing a task."""
    from tracker.read.shapes.links import LinkShape

    for node in nodes:
        shape = record(LinkShape, node, problems)
        if shape is None:
            continue
        owner = ("link", str(node.at))
        found.refer("unit", value(node, "by"), owner, "by")
        found.refer("unit", value(node, "unit"), owner, "unit")
        found.refer("task", value(node, "task"), owner, "task")
        found.refer("event", value(node, "case"), owner, "case")
        found.links.append(
            Link(
                shape.record, shape.by, shape.on, shape.task, shape.period or shape.case, shape.unit, shape.score,
                shape.withdraws, shape.reason, node.at,
            ),
        )  # fmt: skip


def settle_links(found: Found) -> None:
    """Put the links into their order; report those whose entry is gone or names a task, and what takes nothing back."""
    found.links.sort(key=lambda link: (link.on, link.at))
    if not found.links:
        return
    keyless = {(name, unit) for name, actual in named(found.actuals) if not actual.task for unit in ("", actual.unit)}
    keyed = {actual.id for actual in found.actuals if actual.id and actual.task}
    for position, link in enumerate(found.links):
        args = {"record": link.record, "task": link.task or link.withdraws, "by": link.by}
        before = standing(found.links[:position]).get(link.record, ()) if link.withdraws else ()
        if link.withdraws and not any(one.task == link.withdraws and link.unit in ("", one.unit) for one in before):
            found.problems.append(Problem(link.at, "reference-link-withdraws", args))
    for link in (one for links in standing(found.links).values() for one in links):
        args = {"record": link.record, "task": link.task, "by": link.by}
        if link.record in keyed:
            found.problems.append(Problem(link.at, "reference-link-keyed", args))
        elif (link.record, link.unit) not in keyless and (link.record, "") in keyless:
            found.problems.append(Problem(link.at, "reference-link-unit", {**args, "unit": link.unit}))
        elif (link.record, "") not in keyless and link.record not in found.of("entry"):
            # An entry that was dropped for what is wrong in it is a problem already.
            found.problems.append(Problem(link.at, "reference-link", args))

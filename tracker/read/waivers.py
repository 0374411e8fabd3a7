"""Nodes → waivers. One that is wrong in anything is not applied: a gate fails closed."""

from tracker.model.source import Problem
from tracker.model.waiver import Waiver
from tracker.read.days import parse_period
from tracker.read.found import Found, problem, scalars, value
from tracker.read.shape import listed, record, unknown_keys
from tracker.read.values import Refusal
from tracker.read.yaml import Keys

KEY = "waivers"


def read_waivers(root: Keys, longest: int, found: Found, problems: list[Problem]) -> None:
    """Add the waivers of a file; `longest` is how many days one may hold."""
    from tracker.read.shapes.waivers import WaiverShape

    unknown_keys(root, (KEY,), problems)
    for node in listed(root, KEY, problems):
        seen = len(problems)
        shape = record(WaiverShape, node, problems)
        ids = scalars(value(node, "id"))
        if shape is None or not all(found.claim("waiver", one.text, one.at, one.width) for one in ids):
            continue
        periods: list[str] = []
        for one in scalars(value(node, "periods")):
            named = parse_period(one.text)
            if isinstance(named, Refusal):
                problems.append(problem(one, named))
            elif len(named) > 1:
                problems.append(problem(one, Refusal("waiver-run", {"text": one.text})))
            else:
                periods += named
        days = (shape.expires - shape.issued).days + 1
        if days < 1:
            args = {"issued": f"{shape.issued:%d/%m/%Y}", "expires": f"{shape.expires:%d/%m/%Y}"}
            problems.append(problem(value(node, "expires") or node, Refusal("waiver-order", args)))
        elif days > longest:
            args = {"days": str(days), "longest": str(longest)}
            problems.append(problem(value(node, "expires") or node, Refusal("waiver-long", args)))
        if len(problems) > seen:
            continue
        found.refer("rule", value(node, "rule"), ("waiver", shape.id), "rule")
        found.waivers.append(
            Waiver(
                shape.id, shape.rule, shape.subject, tuple(periods), shape.reason, shape.document, shape.approved_by,
                shape.issued, shape.expires, shape.broad, node.at, shape.cause,
            ),
        )  # fmt: skip

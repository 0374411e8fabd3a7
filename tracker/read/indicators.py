"""Nodes → indicators. What they name of each other is looked up when all files have been read."""

from tracker.model.indicator import Indicator
from tracker.model.source import Problem
from tracker.read.found import Found, scalars, value
from tracker.read.shape import listed, record, unknown_keys
from tracker.read.yaml import Keys

KEY = "indicators"
NAMES = ("compare", "numerator", "denominator", "parts", "difference", "inside", "near")
"""Keys of an indicator that name others."""


def read_indicators(root: Keys, found: Found, problems: list[Problem]) -> None:
    """Add the indicators of a file, in its order."""
    from tracker.read.shapes.indicators import IndicatorShape

    unknown_keys(root, (KEY,), problems)
    for node in listed(root, KEY, problems):
        shape = record(IndicatorShape, node, problems)
        first = all(found.claim("indicator", one.text, one.at, one.width) for one in scalars(value(node, "id")))
        if shape is None or not first:
            continue
        owner = ("indicator", shape.id)
        for key in NAMES:
            found.refer("indicator", value(node, key), owner, key)
        found.refer("task", value(node, "task"), owner, "task")
        found.indicators.append(
            Indicator(
                id=shape.id,
                title=shape.title,
                population=shape.population,
                counted=shape.counted,
                better=shape.better,
                compare=shape.compare,
                target=shape.target,
                cumulative=shape.cumulative,
                numerator=shape.numerator,
                denominator=shape.denominator,
                parts=shape.parts,
                difference=shape.difference,
                inside=shape.inside,
                additive=shape.additive,
                task=shape.task,
                named=shape.named,
                near=shape.near,
                at=node.at,
            ),
        )

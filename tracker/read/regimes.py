"""Nodes → reporting regimes: those of one plan, and those of a file that all plans may use."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from tracker.model.plan import Every, Regime, Timing
from tracker.model.source import Problem
from tracker.read.found import Found, problem, value
from tracker.read.shape import record, unknown_keys
from tracker.read.values import Refusal
from tracker.read.yaml import Keys

if TYPE_CHECKING:
    from tracker.read.shapes.regimes import DueShape, RegimeShape, TimingShape


def read_regimes(root: Keys, found: Found, problems: list[Problem]) -> None:
    """Add the regimes of a file that stands beside the plans (head `regimes:`)."""
    from tracker.read.shapes.regimes import RegimeShape

    unknown_keys(root, ("regimes",), problems)
    node = value(root, "regimes")
    if not isinstance(node, Keys):
        problems.append(problem(node or root, Refusal("shape-keys", {"key": "regimes"})))
        return
    for id_, (name, child) in node.entries.items():
        shape = record(RegimeShape, child, problems)
        if shape is not None and found.claim("regime", id_, name.at, name.width):
            found.regimes[id_] = regime(id_, shape, node)


def regime(id_: str, shape: "RegimeShape", node: Keys) -> Regime:
    """The regime under this id; `node` is what it stands in."""
    base = _timing(shape, Timing())
    lengths: Mapping[Every, Timing] = {every: _timing(one, base) for every, one in shape.lengths.items()}
    return Regime(
        id_,
        base,
        MappingProxyType(lengths),
        shape.shift,
        shape.merge,
        shape.source,
        bool(shape.assumed),
        shape.title,
        (value(node, id_) or node).at,
    )


def _timing(shape: "TimingShape", base: Timing) -> Timing:
    """What is not written is as in the regime itself; a deadline is written whole."""
    timing = _due(shape, base)
    if shape.cutoff_day is not None:
        timing = timing._replace(cutoff_day=shape.cutoff_day, cutoff_month=0)
    if shape.cutoff_month is not None:
        timing = timing._replace(cutoff_month=shape.cutoff_month)
    levels = {level: _due(one, Timing()) for level, one in shape.levels.items()}
    if levels or _says_due(shape):
        # Deadlines of the levels belong to the deadline beside which they stand.
        timing = timing._replace(levels=MappingProxyType(levels))
    return timing


def _says_due(shape: "DueShape") -> bool:
    return shape.due_day is not None or shape.due_month is not None or shape.working_days is not None


def _due(shape: "DueShape", base: Timing) -> Timing:
    if not _says_due(shape):
        return base
    return base._replace(due_day=shape.due_day or 0, due_month=shape.due_month or 0, working_days=shape.working_days)

"""How a verdict came about: each comparison with its values, for `tracker explain`."""

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from tracker.model.finding import Cell
from tracker.where.check import columns_in
from tracker.where.row import function_of
from tracker.where.tree import And, Node, Not, Or


class Comparison(NamedTuple):
    """One comparison of a condition, on one row."""

    text: str
    """As written."""
    values: Mapping[str, Cell]
    """The columns that it names, in the order of the text."""
    verdict: bool | None
    """Of the comparison itself, before any NOT that stands in front of it; None = cannot tell."""
    decides: bool
    """Whether the verdict of the whole rests on it: in an AND that is false, only what is false does."""


def by_mapping(root: Node) -> Callable[[Mapping[str, Cell]], bool | None]:
    """A function of column values by name; a column that is missing is null."""
    return function_of(root, lambda name: f"r.get({name!r})", lambda _: True)


def comparisons(text: str, root: Node, values: Mapping[str, Cell]) -> Iterator[Comparison]:
    """The comparisons in the order of the text."""
    yield from _told(text, root, values, decides=True)


def _told(text: str, node: Node, values: Mapping[str, Cell], *, decides: bool) -> Iterator[Comparison]:
    match node:
        case And(parts=parts) | Or(parts=parts):
            whole = by_mapping(node)(values)
            for part in parts:
                yield from _told(text, part, values, decides=decides and by_mapping(part)(values) is whole)
        case Not(part=part):
            yield from _told(text, part, values, decides=decides)
        case _:
            named = {name: values.get(name) for name in columns_in(node)}
            yield Comparison(text[node.start : node.end], named, by_mapping(node)(values), decides)

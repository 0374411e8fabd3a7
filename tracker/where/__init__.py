"""The rule language: a closed subset of SQL's WHERE, checked when it is read, three-valued when it is run.

Grammar and limits: docs/rule-language.md. Nothing in here raises for any text, and everything ends.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from tracker.model.finding import Cell
from tracker.model.table import Column
from tracker.where.check import NAMING, check, columns_in
from tracker.where.parse import parse
from tracker.where.row import Finder, finder_of, function_of
from tracker.where.story import Comparison, by_mapping, comparisons
from tracker.where.tree import Fault, Node
from tracker.where.write import written

__all__ = [
    "Checked", "Comparison", "Fault", "Finder",
    "columns_of", "compile_finder", "compile_row", "evaluate", "mutants", "read_condition", "story",
]  # fmt: skip


class Checked:
    """A condition that was read and found sound on its columns."""

    __slots__ = ("columns", "root", "text")

    def __init__(self, text: str, root: Node, columns: Mapping[str, Column]) -> None:
        self.text = text
        """As written; the offsets of the tree count its characters."""
        self.root = root
        self.columns = columns
        """All columns of the table, the unused ones too."""

    def __str__(self) -> str:
        return self.text


def read_condition(text: str, columns: Mapping[str, Column]) -> Checked | tuple[Fault, ...]:
    """Read and check a condition; or give every fault that can be told, in the order of the text. Never raises."""
    root, faults = parse(text)
    meant = check(text, root, columns)
    if faults:
        # What is left of a broken form makes strange types; names can be judged all the same.
        faults += [fault for fault in meant if fault.code in NAMING]
        return tuple(sorted(faults, key=lambda fault: (fault.start, fault.end)))
    return tuple(meant) if meant else Checked(text, root, columns)


def columns_of(checked: Checked) -> tuple[str, ...]:
    """The columns that a condition names, each once, in the order of the text."""
    return columns_in(checked.root)


def compile_row(checked: Checked, reach: Callable[[Column], str]) -> Callable[[Any], bool | None]:
    """A fast function of a row: True, False, or None where null leaves it open.

    `reach` gives the Python source of a column's value, the row being `r`: `lambda c: f"r.{c.path}"`. Columns that are
    not nullable must never be None there. Numbers are int or Decimal, days are `date`, words are str.
    """
    columns = checked.columns
    return function_of(checked.root, lambda name: reach(columns[name]), lambda name: columns[name].nullable)


def compile_finder(scope: Checked | None, where: Checked, reach: Callable[[Column], str]) -> Finder:
    """A fast function of many rows: how many are in scope, and each that is broken (True) or cannot be told (None).

    Both conditions are of the same columns; `reach` as in compile_row.
    """
    columns = where.columns
    root = scope.root if scope is not None else None
    return finder_of(root, where.root, lambda name: reach(columns[name]), lambda name: columns[name].nullable)


def evaluate(checked: Checked, values: Mapping[str, Cell]) -> bool | None:
    """The verdict on one row given by column name; what is missing is null, whatever its column says."""
    return _function(checked)(values)


@lru_cache(maxsize=4096)
def _function(checked: Checked) -> Callable[[Mapping[str, Cell]], bool | None]:
    return by_mapping(checked.root)


def story(checked: Checked, values: Mapping[str, Cell]) -> tuple[Comparison, ...]:
    """Every comparison with its own text, values and verdict, and whether the whole rests on it."""
    return tuple(comparisons(checked.text, checked.root, values))


def mutants(checked: Checked) -> Iterator[Checked]:
    """The condition with one small change each: all sound, all different, none like the original."""
    from tracker.where.mutate import changed  # only the tests of rules need it

    seen = {written(checked.root)}
    for root in changed(checked.root, checked.columns):
        text = written(root)
        if text in seen:
            continue
        seen.add(text)
        mutant = read_condition(text, checked.columns)
        if isinstance(mutant, Checked):
            yield mutant

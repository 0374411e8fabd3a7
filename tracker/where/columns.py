"""A checked tree on whole columns: the second back end, which must say what the first says of each row.

A column is its different values and, for each row, which of them stands there. So a comparison is asked once for each
different combination of what it names, by the function of a row itself (tracker.where.row), and only AND, OR and NOT
are worked out here, in three-valued logic. Whatever a comparison means has therefore one place.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tracker.where.check import columns_in
from tracker.where.row import function_of
from tracker.where.tree import And, Node, Not, Or, Span, Sum, walk

if TYPE_CHECKING:
    from numpy import ndarray

FALSE, TRUE, NULL = range(3)
"""Verdicts as numbers of one byte."""
_NUMBER: Final = {False: FALSE, True: TRUE, None: NULL}


class Coded(NamedTuple):
    """A column."""

    codes: "ndarray[Any, Any]"
    """Number of the value in each row."""
    values: Sequence[Any]
    """The different values, as a row would hold them; null is None."""


def verdicts(
    root: Node, column: Callable[[str], Coded], nullable: Callable[[str], bool], rows: int,
) -> "ndarray[Any, Any]":
    """FALSE, TRUE or NULL for each row. `nullable` as for the function of a row."""
    if any(isinstance(node, Sum) and not _moved(node) for node in walk(root)):
        # A sum beyond all bounds makes the whole verdict null, so the whole is asked at once.
        return _asked(root, column, nullable, rows)
    return _joined(root, column, nullable, rows)


def _moved(node: Sum) -> bool:
    """Whether it is a date that is moved, which never fails."""
    return any(isinstance(term, Span) for _, term in node.rest)


def _joined(
    node: Node, column: Callable[[str], Coded], nullable: Callable[[str], bool], rows: int,
) -> "ndarray[Any, Any]":
    import numpy as np

    match node:
        case Not(part=part):
            inner = _joined(part, column, nullable, rows)
            turned: ndarray[Any, Any] = np.array([TRUE, FALSE, NULL], dtype=np.uint8)[inner]
            return turned
        case And(parts=parts) | Or(parts=parts):
            settles = FALSE if isinstance(node, And) else TRUE
            settled = np.zeros(rows, dtype=bool)
            open_ = np.zeros(rows, dtype=bool)
            for part in parts:
                inner = _joined(part, column, nullable, rows)
                settled |= inner == settles
                open_ |= inner == NULL
            found = np.where(open_, NULL, TRUE - settles).astype(np.uint8)
            found[settled] = settles
            return found
        case _:
            return _asked(node, column, nullable, rows)


def _asked(
    node: Node, column: Callable[[str], Coded], nullable: Callable[[str], bool], rows: int,
) -> "ndarray[Any, Any]":
    """The verdict of the function of a row on each different combination, spread over the rows."""
    import numpy as np

    names = columns_in(node)
    numbers = {name: number for number, name in enumerate(names)}
    function = function_of(node, lambda name: f"r[{numbers[name]}]", nullable)
    if not names or not rows:
        return np.full(rows, _NUMBER[function(())] if rows else FALSE, dtype=np.uint8)
    columns = [column(name) for name in names]
    codes, met = columns[0].codes, [(value,) for value in columns[0].values]
    codes, met = _present(codes, met)
    for one in columns[1:]:
        size = len(one.values)
        both = codes.astype(np.int64) * size + one.codes
        pairs = range(len(met) * size)
        codes, chosen = _present(both, pairs)
        met = [(*met[pair // size], one.values[pair % size]) for pair in chosen]
    told = np.array([_NUMBER[function(row)] for row in met], dtype=np.uint8)
    return np.take(told, codes)


def _present(codes: "ndarray[Any, Any]", values: Sequence[Any]) -> tuple["ndarray[Any, Any]", list[Any]]:
    """The values that stand in some row, and the codes that number these."""
    import numpy as np

    if len(values) <= 4 * len(codes):
        there = np.bincount(codes, minlength=len(values)) > 0
        numbers = np.cumsum(there) - 1
        return np.take(numbers, codes), [values[code] for code in np.flatnonzero(there).tolist()]
    different, numbers = np.unique(codes, return_inverse=True)
    return numbers, [values[code] for code in different.tolist()]


def interned(values: Sequence[Any]) -> tuple["ndarray[Any, Any]", list[Any]]:
    """Each different value once, and for each of the values which it is."""
    import numpy as np

    known: dict[Any, int] = {}
    codes = np.array([known.setdefault(value, len(known)) for value in values], dtype=np.int64)
    return codes, list(known)

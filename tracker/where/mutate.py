"""Small changes to a condition. Examples that do not tell each of them from the original do not prove the rule."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from tracker.model.table import Column
from tracker.where.check import columns_in
from tracker.where.tree import (
    And,
    Bad,
    Between,
    Coalesce,
    Compare,
    In,
    IsNull,
    Literal,
    Node,
    Not,
    Or,
    Ref,
    Span,
    Sum,
)

_OTHERS: Final = {
    "=": ("<>",),
    "<>": ("=",),
    "<": ("<=", ">=", ">"),
    "<=": ("<", ">", ">="),
    ">": (">=", "<=", "<"),
    ">=": (">", "<", "<="),
}
"""The opposite, the same with its boundary moved, the same looking the other way."""


def changed(root: Node, columns: Mapping[str, Column]) -> Iterator[Node]:
    """Trees that differ from this one in one place; some may mean nothing on the table, or the same."""
    yield from _Changes(columns).condition(root)


class _Changes:
    def __init__(self, columns: Mapping[str, Column]) -> None:
        self.columns = columns

    def condition(self, node: Node) -> Iterator[Node]:
        """Changes to what stands where a condition is wanted."""
        match node:
            case And(parts=parts) | Or(parts=parts):
                other = Or if isinstance(node, And) else And
                yield other(parts)
                for index in range(len(parts)):
                    left = parts[:index] + parts[index + 1 :]
                    yield left[0] if len(left) == 1 else node._replace(parts=left)
                for index, part in enumerate(parts):
                    for new in self.condition(part):
                        yield node._replace(parts=(*parts[:index], new, *parts[index + 1 :]))
            case Not(part=part):
                yield part
                for new in self.condition(part):
                    yield Not(new)
            case Ref() | Coalesce():
                yield Not(node)
                yield from self.value(node)
            case _:
                yield from self.value(node)

    def value(self, node: Node, words: tuple[str, ...] = ()) -> Iterator[Node]:
        """Changes to a comparison or a value, and to all below it; `words` are what a text here may be."""
        match node:
            case Ref() | Bad():
                return
            case Literal(value=value):
                yield from (node._replace(value=new) for new in _neighbours(value, words))
            case Sum(first=first, rest=rest):
                yield first
                for new in self.value(first):
                    yield node._replace(first=new)
                for index, (sign, term) in enumerate(rest):
                    for other in ((-sign, term), *((sign, new) for new in self.term(term))):
                        yield node._replace(rest=(*rest[:index], other, *rest[index + 1 :]))
            case Coalesce(parts=parts):
                yield from (parts[0], parts[-1])
                for index, part in enumerate(parts):
                    for new in self.value(part, words):
                        yield node._replace(parts=(*parts[:index], new, *parts[index + 1 :]))
            case Compare(op=op, left=left, right=right):
                words = self.words(node)
                yield from (node._replace(op=other) for other in _OTHERS[op])
                yield from (node._replace(left=new) for new in self.value(left, words))
                yield from (node._replace(right=new) for new in self.value(right, words))
            case In():
                yield from self.among(node)
            case Between():
                yield from self.between(node)
            case IsNull(what=what, negated=negated):
                yield node._replace(negated=not negated)
                yield from (node._replace(what=new) for new in self.value(what))
            case And() | Or() | Not():
                yield from self.condition(node)

    def words(self, node: Node) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word for name in columns_in(node) for word in self.columns[name].values))

    def between(self, node: Between) -> Iterator[Node]:
        yield node._replace(negated=not node.negated)
        yield Compare("<" if node.negated else ">=", node.what, node.low)
        yield Compare(">" if node.negated else "<=", node.what, node.high)
        yield from (node._replace(what=new) for new in self.value(node.what))
        yield from (node._replace(low=new) for new in self.value(node.low))
        yield from (node._replace(high=new) for new in self.value(node.high))

    def among(self, node: In) -> Iterator[Node]:
        words = self.words(node)
        yield node._replace(negated=not node.negated)
        here = {one.value for one in node.among}
        for index, one in enumerate(node.among):
            before, behind = node.among[:index], node.among[index + 1 :]
            if before or behind:
                yield node._replace(among=(*before, *behind))
            for new in _neighbours(one.value, words):
                if new not in here:
                    yield node._replace(among=(*before, one._replace(value=new), *behind))
        yield from (node._replace(what=new) for new in self.value(node.what, words))

    def term(self, term: Node | Span) -> Iterator[Node | Span]:
        if not isinstance(term, Span):
            yield from self.value(term)
            return
        yield term._replace(amount=term.amount + 1)
        if term.amount > 0:
            yield term._replace(amount=term.amount - 1)


def _neighbours(value: object, words: tuple[str, ...]) -> Iterator[bool | int | str | date]:
    """What a literal could be mistaken for: one more or less, the day before or after, every other allowed word."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, str):
        yield from (word for word in words if word != value)
        if value not in words:
            yield value + "x"
    elif isinstance(value, date):
        for by in (-1, 1):
            try:
                yield value + timedelta(by)
            except OverflowError:
                continue
    else:
        assert isinstance(value, int) or hasattr(value, "as_tuple")  # int or Decimal, as the lexer makes them
        yield value + 1  # type: ignore[operator]
        yield value - 1  # type: ignore[operator]

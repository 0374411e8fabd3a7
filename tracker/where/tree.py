"""What a condition is made of. Offsets count characters of the text as written."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from tracker.model.values import Number


class Step(StrEnum):
    """What a date can be moved by."""

    DAYS = "DAYS"
    MONTHS = "MONTHS"


class Fault(NamedTuple):
    """What is wrong with a condition, and where: `text[start:end]`. A value, never raised."""

    code: str
    """Key under [problem] of every language file."""
    args: Mapping[str, str]
    start: int
    end: int


# Nodes are NamedTuples because every start of the program defines all of them, and a dataclass costs six times as much
# to define. As tuples they are not to be compared with ==, which would count offsets and take And((a,)) for Or((a,)):
# two trees mean the same where write.written() gives the same text.


class Bad(NamedTuple):
    """What could not be read; a tree that holds one is never handed out."""

    start: int = 0
    end: int = 0


class Ref(NamedTuple):
    """A column by name."""

    name: str
    start: int = 0
    end: int = 0


class Literal(NamedTuple):
    """A value that stands in the condition itself; text is NFC."""

    value: bool | Number | str | date
    start: int = 0
    end: int = 0


class Span(NamedTuple):
    """A number of days or months; never negative, the sign stands before it."""

    amount: int
    step: Step
    start: int = 0
    end: int = 0


class Sum(NamedTuple):
    """A first value, then what is added or taken away, from left to right."""

    first: "Node"
    rest: "tuple[tuple[int, Node | Span], ...]"
    """Pairs of sign (+1 or -1) and term."""
    start: int = 0
    end: int = 0


class Coalesce(NamedTuple):
    """The first of these that is not null."""

    parts: "tuple[Node, ...]"
    start: int = 0
    end: int = 0


class Compare(NamedTuple):
    """One of = <> < <= > >=."""

    op: str
    left: "Node"
    right: "Node"
    start: int = 0
    end: int = 0


class In(NamedTuple):
    """Whether a value is one of those listed."""

    what: "Node"
    among: tuple[Literal, ...]
    negated: bool = False
    start: int = 0
    end: int = 0


class Between(NamedTuple):
    """Whether a value lies from low to high, both ends included."""

    what: "Node"
    low: "Node"
    high: "Node"
    negated: bool = False
    start: int = 0
    end: int = 0


class IsNull(NamedTuple):
    """Whether a value is not known; never null itself."""

    what: "Node"
    negated: bool = False
    start: int = 0
    end: int = 0


class Not(NamedTuple):
    """The opposite; null stays null."""

    part: "Node"
    start: int = 0
    end: int = 0


class And(NamedTuple):
    """False as soon as one part is false, else null as soon as one is null (Kleene)."""

    parts: "tuple[Node, ...]"
    start: int = 0
    end: int = 0


class Or(NamedTuple):
    """True as soon as one part is true, else null as soon as one is null (Kleene)."""

    parts: "tuple[Node, ...]"
    start: int = 0
    end: int = 0


Node = Bad | Ref | Literal | Sum | Coalesce | Compare | In | Between | IsNull | Not | And | Or


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below, in the order of the text; spans are no nodes."""
    match node:
        case Bad() | Ref() | Literal():
            return ()
        case Sum(first=first, rest=rest):
            return (first, *(term for _, term in rest if not isinstance(term, Span)))
        case Coalesce(parts=parts) | And(parts=parts) | Or(parts=parts):
            return parts
        case Compare(left=left, right=right):
            return (left, right)
        case In(what=what, among=among):
            return (what, *among)
        case Between(what=what, low=low, high=high):
            return (what, low, high)
        case IsNull(what=what):
            return (what,)
        case Not(part=part):
            return (part,)


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, in the order of the text."""
    yield node
    for child in children(node):
        yield from walk(child)


def height(node: Node) -> int:
    """How many levels the tree has; 1 for a leaf."""
    return 1 + max((height(child) for child in children(node)), default=0)

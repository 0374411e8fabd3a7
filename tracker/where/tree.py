"""What a condition is made of. Offsets count characters of the text as written; they take no part in equality."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tracker.model.values import Number


class Step(StrEnum):
    """What a date can be moved by."""

    DAYS = "DAYS"
    MONTHS = "MONTHS"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a condition, and where: `text[start:end]`. A value, never raised."""

    code: str
    """Key under [problem] of every language file."""
    args: Mapping[str, str]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a node stands in the text; `end` is the first character behind it."""

    start: int = field(default=0, compare=False, kw_only=True)
    end: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Bad(_Spot):
    """What could not be read; a tree that holds one is never handed out."""


@dataclass(frozen=True, slots=True)
class Ref(_Spot):
    """A column by name."""

    name: str


@dataclass(frozen=True, slots=True)
class Literal(_Spot):
    """A value that stands in the condition itself; text is NFC."""

    value: bool | Number | str | date


@dataclass(frozen=True, slots=True)
class Span(_Spot):
    """A number of days or months; never negative, the sign stands before it."""

    count: int
    step: Step


@dataclass(frozen=True, slots=True)
class Sum(_Spot):
    """A first value, then what is added or taken away, from left to right."""

    first: "Node"
    rest: "tuple[tuple[int, Node | Span], ...]"
    """Pairs of sign (+1 or -1) and term."""


@dataclass(frozen=True, slots=True)
class Coalesce(_Spot):
    """The first of these that is not null."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Compare(_Spot):
    """One of = <> < <= > >=."""

    op: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class In(_Spot):
    """Whether a value is one of those listed."""

    what: "Node"
    among: tuple[Literal, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Between(_Spot):
    """Whether a value lies from low to high, both ends included."""

    what: "Node"
    low: "Node"
    high: "Node"
    negated: bool = False


@dataclass(frozen=True, slots=True)
class IsNull(_Spot):
    """Whether a value is not known; never null itself."""

    what: "Node"
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Not(_Spot):
    """The opposite; null stays null."""

    part: "Node"


@dataclass(frozen=True, slots=True)
class And(_Spot):
    """False as soon as one part is false, else null as soon as one is null (Kleene)."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Or(_Spot):
    """True as soon as one part is true, else null as soon as one is null (Kleene)."""

    parts: "tuple[Node, ...]"


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

"""Whether a tree means something on a table: columns that exist, types that meet, words that can occur."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from tracker.model.table import Column, Type
from tracker.model.values import Number
from tracker.where.lex import shown
from tracker.where.tree import (
    And,
    Bad,
    Between,
    Coalesce,
    Compare,
    Fault,
    In,
    IsNull,
    Literal,
    Node,
    Not,
    Or,
    Ref,
    Span,
    Sum,
    walk,
)
from tracker.where.write import written

NAMING: Final = frozenset({"where-column", "where-column-like", "where-unquoted", "where-word", "where-word-like"})
"""Faults that are told even where the form is broken."""
_WORDED: Final = (Type.TEXT, Type.CHOICE)


class _Nature(NamedTuple):
    """What a node gives: None where a fault hides it, the words that a choice may take, whether no column decides."""

    type: Type | None
    words: tuple[str, ...] = ()
    fixed: bool = False


_HIDDEN: Final = _Nature(None)


def may_be_null(node: Node, nullable: Callable[[str], bool], *, overflow: bool) -> bool:
    """Whether a node can be null, given which columns can; `overflow`: so is a moved date."""
    match node:
        case Ref(name=name):
            return nullable(name)
        case Literal() | IsNull() | Bad():
            return False
        case Coalesce(parts=parts):
            return all(may_be_null(part, nullable, overflow=overflow) for part in parts)
        case Sum(first=first, rest=rest):
            if overflow and any(isinstance(term, Span) for _, term in rest):
                return True
            terms = (first, *(term for _, term in rest if not isinstance(term, Span)))
            return any(may_be_null(term, nullable, overflow=overflow) for term in terms)
        case And(parts=parts) | Or(parts=parts):
            return any(may_be_null(part, nullable, overflow=overflow) for part in parts)
        case Compare(left=left, right=right):
            return any(may_be_null(part, nullable, overflow=overflow) for part in (left, right))
        case Between(what=what, low=low, high=high):
            return any(may_be_null(part, nullable, overflow=overflow) for part in (what, low, high))
        case In(what=part) | Not(part=part):
            return may_be_null(part, nullable, overflow=overflow)


def check(text: str, root: Node, columns: Mapping[str, Column]) -> list[Fault]:
    """Every fault of meaning, in the order of the text."""
    checker = _Checker(text, columns)
    checker.condition(root)
    return sorted(checker.faults, key=lambda fault: (fault.start, fault.end))


def _of_literal(value: bool | Number | str | object) -> Type:
    if isinstance(value, bool):
        return Type.TRUTH
    if isinstance(value, str):
        return Type.TEXT
    return Type.NUMBER if isinstance(value, Number) else Type.DATE


class _Checker:
    def __init__(self, text: str, columns: Mapping[str, Column]) -> None:
        self.text = text
        self.columns = columns
        self.faults: list[Fault] = []

    def source(self, node: Node | Span) -> str:
        return self.text[node.start : node.end]

    def fault(self, code: str, node: Node | Span, **args: str) -> _Nature:
        args = {"what": self.source(node), **args}
        cut = {key: text if key == "known" else shown(text) for key, text in args.items()}
        self.faults.append(Fault(code, cut, node.start, node.end))
        return _HIDDEN

    def condition(self, node: Node) -> None:
        """What stands where a condition is wanted: true or false, and not for every row the same."""
        match node:
            case And(parts=parts) | Or(parts=parts):
                for part in parts:
                    self.condition(part)
            case Not(part=part):
                self.condition(part)
            case _:
                nature = self.nature(node)
                if nature.type is not None and nature.type is not Type.TRUTH:
                    self.fault("where-condition", node)
                elif nature.type is not None and nature.fixed:
                    self.fault("where-constant", node)

    def nature(self, node: Node, beside: _Nature = _HIDDEN) -> _Nature:
        """What a node gives, faults noted on the way; `beside` is what it is compared with, if known."""
        match node:
            case Bad():
                return _HIDDEN
            case Ref(name=name):
                return self.column(node, name, beside)
            case Literal(value=value):
                return _Nature(_of_literal(value), fixed=True)
            case Sum():
                return self.sum(node)
            case Coalesce():
                return self.coalesce(node)
            case And() | Or() | Not():
                before = len(self.faults)
                self.condition(node)
                return _Nature(Type.TRUTH) if len(self.faults) == before else _HIDDEN
            case IsNull(what=what):
                nature = self.nature(what)
                if nature.type is None:
                    return _HIDDEN
                if not may_be_null(what, lambda name: self.columns[name].nullable, overflow=False):
                    return self.fault("where-never-null", node, column=self.source(what))
                return _Nature(Type.TRUTH)
            case Compare(op=op, left=left, right=right):
                return self.meet(node, op, left, right)
            case In(what=what, among=among):
                return self.meet(node, "=", what, *among)
            case Between(what=what, low=low, high=high):
                nature = self.meet(node, "<=", what, low, high)
                if nature.type and _backwards(low, high):
                    return self.fault("where-backwards", node, low=self.source(low), high=self.source(high))
                return nature

    def column(self, node: Node, name: str, beside: _Nature) -> _Nature:
        if (column := self.columns.get(name)) is not None:
            return _Nature(column.type, column.values)
        if name in beside.words:
            return self.fault("where-unquoted", node, word=name)
        if near := _near(name, self.columns):
            return self.fault("where-column-like", node, column=name, suggestion=near)
        return self.fault("where-column", node, column=name, known=", ".join(self.columns))

    def meet(self, node: Node, op: str, *nodes: Node) -> _Nature:
        """A comparison of the first value with the others: all of one type, an order where order is asked for."""
        natures = [_HIDDEN] * len(nodes)
        beside = _HIDDEN
        # A name that is no column is looked at last: the other side may know it as a word without its quotes.
        for index in sorted(range(len(nodes)), key=lambda index: self.nameless(nodes[index])):
            natures[index] = self.nature(nodes[index], beside)
            beside = natures[index] if natures[index].words else beside
        sound = [index for index, nature in enumerate(natures) if nature.type is not None]
        if not sound:
            return _HIDDEN
        # The type of a column decides which side is told to change.
        anchor = next((index for index in sound if not natures[index].fixed), sound[0])
        others = [index for index in sound if index != anchor]
        fits = [self.same(nodes[anchor], natures[anchor], nodes[index], natures[index]) for index in others]
        if all(fits) and op not in ("=", "<>") and natures[anchor].type not in (Type.NUMBER, Type.DATE):
            return self.fault("where-order", node, left=self.source(nodes[anchor]))
        if not all(fits) or len(sound) < len(natures):
            return _HIDDEN
        fixed = all(nature.fixed for nature in natures) or (len(nodes) == 2 and written(nodes[0]) == written(nodes[1]))
        return _Nature(Type.TRUTH, fixed=fixed)

    def nameless(self, node: Node) -> bool:
        return isinstance(node, Ref) and node.name not in self.columns

    def same(self, anchor: Node, wanted: _Nature, node: Node, given: _Nature) -> bool:
        """Whether a value can be compared with the anchor; the fault is noted where it cannot."""
        if wanted.type in _WORDED and given.type in _WORDED:
            return not wanted.words or self.worded(anchor, wanted, node, given)
        if wanted.type is given.type:
            return True
        self.fault(f"where-type-{Type.TEXT if wanted.type in _WORDED else wanted.type}", node, left=self.source(anchor))
        return False

    def worded(self, anchor: Node, wanted: _Nature, node: Node, given: _Nature) -> bool:
        if isinstance(node, Literal) and isinstance(node.value, str) and node.value not in wanted.words:
            args = {"column": self.source(anchor), "word": node.value}
            if near := _near(node.value, wanted.words):
                self.fault("where-word-like", node, suggestion=near, **args)
            else:
                self.fault("where-word", node, known=", ".join(wanted.words), **args)
            return False
        if given.words and not set(given.words) & set(wanted.words):
            self.fault("where-words-apart", node, left=self.source(anchor))
            return False
        return True

    def sum(self, node: Sum) -> _Nature:
        first = self.nature(node.first)
        sound = True
        if first.type not in (None, Type.NUMBER, Type.DATE):
            self.fault("where-sum", node.first)
            sound = False
        fixed = first.fixed
        for _, term in node.rest:
            if isinstance(term, Span):
                if first.type is Type.NUMBER:
                    self.fault("where-span-number", term, left=self.source(node.first))
                    sound = False
                continue
            nature = self.nature(term)
            fixed = fixed and nature.fixed
            if nature.type is None:
                sound = False
            elif first.type is Type.DATE or nature.type is Type.DATE:
                self.fault("where-sum-date", term)
                sound = False
            elif nature.type is not Type.NUMBER:
                self.fault("where-sum", term)
                sound = False
        return _Nature(first.type, fixed=fixed) if sound and first.type else _HIDDEN

    def coalesce(self, node: Coalesce) -> _Nature:
        natures = [self.nature(part) for part in node.parts]
        sound = [index for index, nature in enumerate(natures) if nature.type is not None]
        if len(sound) < len(natures):
            return _HIDDEN
        anchor = next((index for index in sound if not natures[index].fixed), 0)
        kind = natures[anchor].type
        for index in sound:
            other = natures[index].type
            if other is not kind and not (other in _WORDED and kind in _WORDED):
                left = self.source(node.parts[anchor])
                return self.fault(f"where-type-{Type.TEXT if kind in _WORDED else kind}", node.parts[index], left=left)
        for part in node.parts[:-1]:
            if not may_be_null(part, lambda name: self.columns[name].nullable, overflow=False):
                return self.fault("where-coalesce-never", part)
        # A word that stands in for null is one more word that the whole may be.
        closed = kind in _WORDED and all(
            nature.words or isinstance(part, Literal) for nature, part in zip(natures, node.parts, strict=True)
        )
        words = tuple(dict.fromkeys(word for n, p in zip(natures, node.parts, strict=True) for word in _words(n, p)))
        fixed = all(nature.fixed for nature in natures)
        return _Nature(kind, words if closed else (), fixed)


def _words(nature: _Nature, part: Node) -> tuple[str, ...]:
    return (part.value,) if isinstance(part, Literal) and isinstance(part.value, str) else nature.words


def _backwards(low: Node, high: Node) -> bool:
    """Whether two literal ends leave nothing between them."""
    if not isinstance(low, Literal) or not isinstance(high, Literal):
        return False
    return low.value > high.value  # type: ignore[operator]  # both were found to be of one ordered type


def _near(name: str, known: Iterable[str]) -> str:
    """The known name that the writer most likely meant; empty where none is near."""
    # A name longer than any of ours is a mistake of another sort, and comparing it would take long.
    if len(name) > 60:
        return ""
    folded = {other.lower(): other for other in known}
    from difflib import get_close_matches  # only for what is wrong

    found = get_close_matches(name.lower(), folded, n=5, cutoff=0.6)
    # Two letters swapped (doen) is the commonest slip, and difflib does not see it.
    swapped = [other for other in found if sorted(other) == sorted(name.lower())]
    return folded[(swapped or found)[0]] if found else ""


def columns_in(root: Node) -> tuple[str, ...]:
    """The columns that a tree names, each once, in the order of the text."""
    return tuple(dict.fromkeys(node.name for node in walk(root) if isinstance(node, Ref)))

"""From tokens to a tree. A comparison that cannot be read is one fault; what stands beside it is still read."""

import re
from datetime import date
from typing import Final

from tracker.where.lex import Sort, Token, shown, tokens
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
    Step,
    Sum,
    height,
)

MAX_LENGTH: Final = 2000
"""Characters of a condition."""
MAX_DEPTH: Final = 40
"""Levels of the tree, and brackets or NOTs inside each other."""
MAX_NODES: Final = 400
"""Columns, values and operations together."""
MAX_DAYS: Final = 36_600
MAX_MONTHS: Final = 1_200
RESERVED: Final = frozenset({"AND", "OR", "NOT", "IS", "NULL", "IN", "BETWEEN", "TRUE", "FALSE"})
"""Words that can never be columns; DATE, COALESCE, DAYS and MONTHS are told by what stands beside them."""
COMPARISONS: Final = ("=", "<>", "<", "<=", ">", ">=")
_STEPS: Final = {"DAY": Step.DAYS, "DAYS": Step.DAYS, "MONTH": Step.MONTHS, "MONTHS": Step.MONTHS}
_LIMITS: Final = {Step.DAYS: MAX_DAYS, Step.MONTHS: MAX_MONTHS}
_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


class _Skip(Exception):  # noqa: N818 - a jump to the next AND or OR inside this module, no error of the program
    """The fault is noted; go on behind this comparison."""


class _Stop(Exception):  # noqa: N818 - as above
    """The fault is noted; the text is beyond a limit and not read further."""


def parse(text: str) -> tuple[Node, list[Fault]]:
    """The tree of a condition and every fault of form; with faults the tree may hold Bad nodes. Never raises."""
    if len(text) > MAX_LENGTH:
        args = {"length": str(len(text)), "limit": str(MAX_LENGTH)}
        return Bad(end=len(text)), [Fault("where-long", args, MAX_LENGTH, len(text))]
    if not text.strip():
        return Bad(end=len(text)), [Fault("where-empty", {}, 0, len(text))]
    found, faults = tokens(text)
    parser = _Parser(text, found, faults)
    try:
        root = parser.whole()
    except _Stop:
        return Bad(end=len(text)), parser.faults
    if height(root) > MAX_DEPTH:
        parser.faults.append(Fault("where-deep", {"limit": str(MAX_DEPTH)}, root.start, root.end))
    return root, parser.faults


class _Parser:
    def __init__(self, text: str, found: tuple[Token, ...], faults: list[Fault]) -> None:
        self.text = text
        self.tokens = found
        self.faults = faults
        self.position = 0
        self.depth = 0
        self.nodes = 0
        self.skipped = False

    @property
    def now(self) -> Token:
        return self.tokens[self.position]

    @property
    def after(self) -> Token:
        return self.tokens[min(self.position + 1, len(self.tokens) - 1)]

    def take(self) -> Token:
        token = self.now
        if token.sort is not Sort.END:
            self.position += 1
        return token

    def take_word(self, *words: str) -> bool:
        if self.now.word in words:
            self.position += 1
            return True
        return False

    def at_sign(self, *signs: str) -> bool:
        return self.now.sort is Sort.SIGN and self.now.text in signs

    def fault(self, code: str, start: int, end: int, **args: str) -> _Skip:
        """Note what is wrong; the caller raises what this gives."""
        self.skipped = True
        self.faults.append(Fault(code, {name: shown(text) for name, text in args.items()}, start, end))
        return _Skip()

    def wrong(self, code: str) -> _Skip:
        """The token at hand is not what may stand here; at the end of the text the condition is unfinished."""
        token = self.now
        if token.sort is Sort.BAD:
            self.skipped = True
            return _Skip()
        if token.sort is Sort.END:
            return self.fault("where-unfinished", max(0, token.start - 1), token.end)
        return self.fault(code, token.start, token.end, found=self.text[token.start : token.end])

    def grown(self, node: Node) -> Node:
        """Count a node that was made."""
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.fault("where-large", 0, len(self.text), limit=str(MAX_NODES))
            raise _Stop
        return node

    def deeper(self, by: int) -> None:
        self.depth += by
        if self.depth > MAX_DEPTH:
            self.fault("where-deep", self.now.start, self.now.end, limit=str(MAX_DEPTH))
            raise _Stop

    def whole(self) -> Node:
        root = self.disjunction()
        if self.now.sort is not Sort.END and not self.skipped:
            self.fault("where-bracket-extra", self.now.start, self.now.end)
        return root

    def disjunction(self) -> Node:
        parts = [self.conjunction()]
        while self.take_word("OR"):
            parts.append(self.conjunction())
        if len(parts) == 1:
            return parts[0]
        return self.grown(Or(tuple(parts), start=parts[0].start, end=parts[-1].end))

    def conjunction(self) -> Node:
        parts = [self.negation()]
        while self.take_word("AND"):
            parts.append(self.negation())
        if len(parts) == 1:
            return parts[0]
        return self.grown(And(tuple(parts), start=parts[0].start, end=parts[-1].end))

    def negation(self) -> Node:
        start = self.now.start
        if not self.take_word("NOT"):
            return self.predicate()
        self.deeper(1)
        part = self.negation()
        self.deeper(-1)
        return self.grown(Not(part, start=start, end=part.end))

    def predicate(self) -> Node:
        """One comparison; where it cannot be read, what is left of it is passed over."""
        start, depth = self.now.start, self.depth
        try:
            node = self.comparison()
            if self.now.word not in ("AND", "OR") and not self.at_sign(")") and self.now.sort is not Sort.END:
                raise self.wrong("where-joint")
        except _Skip:
            self.depth = depth
            self.pass_over()
            return Bad(start=start, end=self.now.start)
        return node

    def pass_over(self) -> None:
        """Go on to the next AND, OR or closing bracket that is not inside brackets opened on the way."""
        opened = 0
        while self.now.sort is not Sort.END:
            if opened == 0 and (self.now.word in ("AND", "OR") or self.at_sign(")")):
                return
            opened += self.at_sign("(") - self.at_sign(")")
            self.take()

    def comparison(self) -> Node:
        left = self.sum()
        if self.at_sign(*COMPARISONS):
            op = self.take().text
            right = self.sum()
            return self.grown(Compare(op, left, right, start=left.start, end=right.end))
        if self.take_word("IS"):
            negated = self.take_word("NOT")
            if self.now.word != "NULL":
                raise self.wrong("where-is")
            return self.grown(IsNull(left, negated, start=left.start, end=self.take().end))
        negated = self.take_word("NOT")
        if self.take_word("IN"):
            return self.among(left, negated=negated)
        if self.take_word("BETWEEN"):
            low = self.sum()
            if not self.take_word("AND"):
                raise self.wrong("where-between")
            high = self.sum()
            return self.grown(Between(left, low, high, negated, start=left.start, end=high.end))
        if negated:
            raise self.wrong("where-not")
        return left

    def among(self, left: Node, *, negated: bool) -> Node:
        if not self.at_sign("("):
            raise self.wrong("where-list")
        self.take()
        found = []
        while True:
            start, value = self.now, self.literal()
            if value is None:
                if start.word == "NULL":
                    raise self.wrong("where-null")
                raise self.wrong("where-list-value")
            found.append(value)
            if self.at_sign(")"):
                end = self.take().end
                return self.grown(In(left, tuple(found), negated, start=left.start, end=end))
            if not self.at_sign(","):
                raise self.wrong("where-list")
            self.take()

    def sum(self) -> Node:
        first = self.atom()
        rest: list[tuple[int, Node | Span]] = []
        while self.at_sign("+", "-"):
            sign = 1 if self.take().text == "+" else -1
            span = self.now.sort is Sort.NUMBER and self.after.word in _STEPS
            rest.append((sign, self.span() if span else self.atom()))
        if not rest:
            return first
        return self.grown(Sum(first, tuple(rest), start=first.start, end=rest[-1][1].end))

    def span(self) -> Span:
        number, unit = self.take(), self.take()
        step = _STEPS[unit.word]
        count = number.number
        if not isinstance(count, int):
            raise self.fault("where-span-whole", number.start, unit.end, what=number.text)
        if count > _LIMITS[step]:
            limits = {"days": str(MAX_DAYS), "months": str(MAX_MONTHS)}
            raise self.fault("where-span-long", number.start, unit.end, what=number.text, **limits)
        return Span(count, step, start=number.start, end=unit.end)

    def atom(self) -> Node:
        if (value := self.literal()) is not None:
            if self.now.word in _STEPS:
                raise self.wrong("where-span-place")
            return value
        token = self.now
        if self.at_sign("("):
            self.deeper(1)
            self.take()
            inside = self.disjunction()
            if not self.at_sign(")"):
                if self.skipped:
                    raise _Skip
                raise self.fault("where-bracket-open", token.start, token.end)
            self.deeper(-1)
            return inside._replace(start=token.start, end=self.take().end)
        if token.sort is Sort.WORD and token.word not in RESERVED:
            called = self.after.sort is Sort.SIGN and self.after.text == "("
            if called and token.word == "COALESCE":
                return self.coalesce()
            if called:
                raise self.fault("where-function", token.start, token.end, what=token.text)
            self.take()
            return self.grown(Ref(token.text, start=token.start, end=token.end))
        raise self.wrong("where-null" if token.word == "NULL" else "where-value")

    def coalesce(self) -> Node:
        self.deeper(1)
        start = self.take().start
        self.take()
        parts = [self.sum()]
        while self.at_sign(","):
            self.take()
            parts.append(self.sum())
        if not self.at_sign(")"):
            raise self.wrong("where-coalesce-list")
        end = self.take().end
        self.deeper(-1)
        if len(parts) == 1:
            raise self.fault("where-coalesce-one", start, end, what=self.text[start:end])
        return self.grown(Coalesce(tuple(parts), start=start, end=end))

    def literal(self) -> Literal | None:
        """A value that stands at hand, or None where something else does."""
        token = self.now
        value: Literal | None = None
        if token.sort is Sort.NUMBER:
            value = Literal(token.number, start=token.start, end=token.end)
        elif token.sort is Sort.TEXT:
            value = Literal(token.text, start=token.start, end=token.end)
        elif token.word in ("TRUE", "FALSE"):
            value = Literal(token.word == "TRUE", start=token.start, end=token.end)
        elif self.at_sign("-") and self.after.sort is Sort.NUMBER:
            self.take()
            value = Literal(-self.now.number, start=token.start, end=self.now.end)
        elif token.word == "DATE" and self.after.sort is Sort.TEXT:
            self.take()
            value = Literal(self.day(token.start), start=token.start, end=self.now.end)
        if value is None:
            return None
        self.take()
        self.grown(value)
        return value

    def day(self, start: int) -> date:
        """The day that the text at hand writes; one that does not exist is a fault."""
        match = _DATE.fullmatch(self.now.text)
        try:
            return date(*map(int, match.groups())) if match else self.no_day(start)
        except ValueError:
            return self.no_day(start)

    def no_day(self, start: int) -> date:
        self.faults.append(Fault("where-date", {"what": shown(self.now.text)}, start, self.now.end))
        return date.min

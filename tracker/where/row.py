"""A checked tree as a Python function of a row.

The source is made from the tree alone: literals are passed as constants, columns are reached as the caller says, and
nothing of the writer's text is pasted. Three-valued code stands only where null is possible.
"""

from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any, Final

from tracker.where.check import may_be_null
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
    Step,
    Sum,
)

Verdict = Callable[[Any], bool | None]
Finder = Callable[[Iterable[Any]], tuple[int, list[tuple[Any, bool | None]]]]
_OPS: Final = {"=": "==", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


def function_of(root: Node, reach: Callable[[str], str], nullable: Callable[[str], bool]) -> Verdict:
    """A function that gives True, False or None (cannot tell) for a row.

    `reach` gives the Python source by which a column is got from the row `r`; `nullable` says which columns can be
    None. The function raises nothing of its own: a date moved out of the calendar is null, and a sum of numbers
    beyond all bounds makes the whole verdict null.
    """
    writer = _Writer(reach, nullable)
    expression = writer.code(root)
    lines = ["def verdict(r):", f" return {expression}"]
    if writer.sums:
        lines[1:] = [" try:", f"  return {expression}", " except ArithmeticError:", "  return None"]
    names = {**writer.constants, **_HELPERS}
    exec("\n".join(lines), names)  # noqa: S102 - made from the checked tree, see above
    verdict: Verdict = names["verdict"]
    return verdict


def finder_of(
    scope: Node | None,
    where: Node,
    reach: Callable[[str], str],
    nullable: Callable[[str], bool],
) -> Finder:
    """A function that goes through rows: how many are in scope, and those that are not told to be sound.

    A row for which the scope is null counts as in scope and is given with None; so is one whose condition is null. It
    is one loop without a call for each row and condition, which is what a large table costs.
    """
    writer = _Writer(reach, nullable)
    condition = writer.code(where)
    body = ["seen += 1", *_assigned("v", condition, sums=writer.sums)]
    if scope is not None:
        inside = writer.code(scope)
        verdict = _assigned("v", f"{condition} if s else None", sums=writer.sums)
        body = [*_assigned("s", inside, sums=writer.sums), "if s is False: continue", "seen += 1", *verdict]
    lines = ["def find(rows):", " seen, found = 0, []", " for r in rows:"]
    lines += [f"  {line}" for line in (*body, "if v is not False: found.append((r, v))")]
    names = {**writer.constants, **_HELPERS}
    exec("\n".join([*lines, " return seen, found"]), names)  # noqa: S102 - made from the checked tree, see above
    find: Finder = names["find"]
    return find


def _assigned(name: str, source: str, *, sums: bool) -> list[str]:
    """The lines that give a name its verdict; a sum beyond all bounds leaves it open, as in function_of."""
    line = f"{name} = {source}"
    return ["try:", f" {line}", "except ArithmeticError:", f" {name} = None"] if sums else [line]


def _days(day: date | None, by: timedelta) -> date | None:
    if day is None:
        return None
    try:
        return day + by
    except OverflowError:
        return None


def _months(day: date | None, by: int) -> date | None:
    """The same day that many months on; the month's last day where it has no such day."""
    if day is None:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + by, 12)
    if not date.min.year <= year <= date.max.year:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


_HELPERS: Final[dict[str, Any]] = {
    "days": _days,
    "months": _months,
    "ArithmeticError": ArithmeticError,
    "__builtins__": {},
}
"""All that generated code can reach beside its constants and its row."""


class _Writer:
    """Each node becomes one expression, in brackets where it needs them."""

    def __init__(self, reach: Callable[[str], str], nullable: Callable[[str], bool]) -> None:
        self.reach = reach
        self.nullable = nullable
        self.constants: dict[str, Any] = {}
        self.sums = False
        self.count = 0

    def name(self) -> str:
        self.count += 1
        return f"t{self.count}"

    def constant(self, value: object) -> str:
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return name

    def may_be_null(self, node: Node) -> bool:
        return may_be_null(node, self.nullable, overflow=True)

    def code(self, node: Node) -> str:
        match node:
            case Ref(name=name):
                return f"({self.reach(name)})"
            case Literal(value=value):
                return self.constant(value)
            case Sum():
                return self.sum(node)
            case Coalesce(parts=parts):
                return self.coalesce(parts)
            case Compare(op=op, left=left, right=right):
                return self.strict((left, right), f"{{}} {_OPS[op]} {{}}")
            case In(what=what, among=among, negated=negated):
                values = self.constant(frozenset(one.value for one in among))
                return self.strict((what,), f"{{}} {'not in' if negated else 'in'} {values}")
            case IsNull(what=what, negated=negated):
                return f"({self.code(what)} is {'not ' if negated else ''}None)"
            case Between(what=what, low=low, high=high, negated=negated):
                return self.between(what, low, high, negated=negated)
            case Not(part=part):
                return self.strict((part,), "not {}")
            case And(parts=parts):
                return self.joined(parts, "and")
            case Or(parts=parts):
                return self.joined(parts, "or")
            case Bad():
                raise AssertionError("a tree with faults is never handed out")

    def strict(self, parts: tuple[Node, ...], template: str) -> str:
        """What is null as soon as one part is null. Each part that can be is kept in a name of its own."""
        tests, shown = [], []
        for part in parts:
            source = self.code(part)
            if self.may_be_null(part):
                name = self.name()
                tests.append(f"({name} := {source}) is None")
                source = name
            shown.append(source)
        result = template.format(*shown)
        return f"(None if {' or '.join(tests)} else {result})" if tests else f"({result})"

    def sum(self, node: Sum) -> str:
        if any(isinstance(term, Span) for _, term in node.rest):
            source = self.code(node.first)
            for sign, term in node.rest:
                assert isinstance(term, Span)  # a date is moved by nothing else
                by = sign * term.amount
                move, amount = ("days", timedelta(by)) if term.step is Step.DAYS else ("months", by)
                source = f"{move}({source}, {self.constant(amount)})"
            return source
        self.sums = True
        template = "{}" + "".join(f" {'+' if sign > 0 else '-'} {{}}" for sign, _ in node.rest)
        terms = tuple(term for _, term in node.rest if not isinstance(term, Span))
        return self.strict((node.first, *terms), template)

    def coalesce(self, parts: tuple[Node, ...]) -> str:
        before = []
        for part in parts[:-1]:
            name = self.name()
            before.append(f"{name} if ({name} := {self.code(part)}) is not None else ")
        return f"({''.join(before)}{self.code(parts[-1])})"

    def between(self, what: Node, low: Node, high: Node, *, negated: bool) -> str:
        """Two comparisons, so that one known end can decide: x BETWEEN null AND 5 is false for 6."""
        if not self.may_be_null(low) and not self.may_be_null(high):
            template = "not ({} <= {} <= {})" if negated else "{} <= {} <= {}"
            if self.may_be_null(what):
                # The value must have its name before the ends are looked at.
                name = self.name()
                inside = template.format(self.code(low), name, self.code(high))
                return f"(None if ({name} := {self.code(what)}) is None else {inside})"
            return f"({template.format(self.code(low), self.code(what), self.code(high))})"
        both = And((Compare(">=", what, low), Compare("<=", what, high)))
        return self.code(Not(both) if negated else both)

    def joined(self, parts: tuple[Node, ...], word: str) -> str:
        """AND or OR of Kleene: the parts that are never null first, as they are cheap and may settle it."""
        sure = [self.code(part) for part in parts if not self.may_be_null(part)]
        open_ = [self.code(part) for part in parts if self.may_be_null(part)]
        if len(open_) > 1:
            names = [self.name() for _ in open_]
            pairs = list(zip(names, open_, strict=True))
            if word == "and":
                settles = " or ".join(f"({name} := {source}) is False" for name, source in pairs)
            else:
                settles = " or ".join(f"({name} := {source})" for name, source in pairs)
            unknown = " or ".join(f"{name} is None" for name in names)
            first, last = ("False", "True") if word == "and" else ("True", "False")
            open_ = [f"({first} if {settles} else None if {unknown} else {last})"]
        return f"({f' {word} '.join([*sure, *open_])})"

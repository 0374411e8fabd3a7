"""A tree as text again, in its plainest form; reading it gives an equal tree."""

from datetime import date
from decimal import Decimal

from tracker.model.values import Number
from tracker.where.tree import And, Bad, Between, Coalesce, Compare, In, IsNull, Literal, Node, Not, Or, Ref, Span, Sum


def written(node: Node) -> str:
    """The text of a node, with brackets only where they are needed."""
    match node:
        case Ref(name=name):
            return name
        case Literal(value=value):
            return _literal(value)
        case Sum(first=first, rest=rest):
            terms = "".join(f" {'+' if sign > 0 else '-'} {_term(term)}" for sign, term in rest)
            return _operand(first) + terms
        case Coalesce(parts=parts):
            return f"COALESCE({', '.join(_side(part) for part in parts)})"
        case Compare(op=op, left=left, right=right):
            return f"{_side(left)} {op} {_side(right)}"
        case In(what=what, among=among, negated=negated):
            return f"{_side(what)} {'NOT ' if negated else ''}IN ({', '.join(map(written, among))})"
        case Between(what=what, low=low, high=high, negated=negated):
            return f"{_side(what)} {'NOT ' if negated else ''}BETWEEN {_side(low)} AND {_side(high)}"
        case IsNull(what=what, negated=negated):
            return f"{_side(what)} IS {'NOT ' if negated else ''}NULL"
        case Not(part=part):
            return f"NOT {_bracketed(part) if isinstance(part, And | Or) else written(part)}"
        case And(parts=parts):
            return " AND ".join(_bracketed(part) if isinstance(part, And | Or) else written(part) for part in parts)
        case Or(parts=parts):
            return " OR ".join(_bracketed(part) if isinstance(part, Or) else written(part) for part in parts)
        case Bad():
            return ""


def _bracketed(node: Node) -> str:
    return f"({written(node)})"


def _operand(node: Node) -> str:
    """One value of a sum or a comparison."""
    return written(node) if isinstance(node, Ref | Literal | Coalesce) else _bracketed(node)


def _side(node: Node) -> str:
    """One side of a comparison, where a sum needs no brackets."""
    return written(node) if isinstance(node, Sum) else _operand(node)


def _term(term: Node | Span) -> str:
    return f"{term.amount} {term.step}" if isinstance(term, Span) else _operand(term)


def _literal(value: bool | Number | str | date) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    if isinstance(value, Decimal):
        text = format(value, "f")
        # 1.234 could be taken for a thousand and more, and is refused; a zero behind it changes nothing.
        return text + "0" if len(text.partition(".")[2]) == 3 else text
    return str(value)

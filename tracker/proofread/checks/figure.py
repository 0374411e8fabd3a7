"""Figures that the data do not know, or know otherwise."""

from collections.abc import Iterator, Sequence

from tracker.model.proof import Arg, Keys, Level, Remark, Script
from tracker.model.values import Bound, Quantity
from tracker.names import tone
from tracker.proofread.amounts import Amount, amounts
from tracker.proofread.facts import Facts, Known
from tracker.proofread.text import prose, remark


def check(script: Script, facts: Facts) -> Iterator[Remark]:
    """Every figure with a unit, looked up by value and by the first words of what is counted."""
    by_value: dict[object, list[Known]] = {}
    for known in facts.figures:
        by_value.setdefault(known.quantity.value, []).append(known)
    for paragraph in prose(script):
        for one in amounts(paragraph):
            if one.unit and not (one.duration and not one.word):
                yield from _looked_up(script, one, by_value.get(one.value, ()))


def _looked_up(script: Script, one: Amount, known: Sequence[Known]) -> Iterator[Remark]:
    same = [each for each in known if _same_unit(one, each.quantity)]
    if not same:
        if known and one.value >= 10 and one.unit != "%":
            otherwise: dict[str, Arg] = {
                "other": f"{one.written} {known[0].quantity.unit}".strip(),
                "where": known[0].where,
            }
            yield remark(script, "figure-unit", Level.DOUBT, one.span, **otherwise)
        else:
            yield remark(script, "figure-unknown", Level.DOUBT, one.span)
    elif all(each.quantity.bound is not one.bound for each in same):
        first = same[0]
        args: dict[str, Arg] = {
            "text": Keys((f"bound_{one.bound}",)),
            "data": Keys((f"bound_{first.quantity.bound}",)),
            "where": first.where,
        }
        level = Level.DEFECT if Bound.EXACT in (one.bound, first.quantity.bound) else Level.DOUBT
        yield remark(script, "figure-bound", level, one.span, **args)


def _same_unit(one: Amount, quantity: Quantity) -> bool:
    """Whether both count the same, as far as the first word tells; a figure without a unit counts anything."""
    if not quantity.unit:
        return one.unit != "%"
    return tone(one.counted) == tone(quantity.unit.split()[0].strip(",;."))

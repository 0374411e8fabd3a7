"""A remark in words: its sentence and its remedy, with the slots filled as the language writes numbers and days."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tracker.lang import Words, fill
from tracker.model.proof import Arg, Keys, Level, Proof, Remark
from tracker.render.visible import visible


def sentence(remark: Remark, say: Words) -> str:
    """What was noticed."""
    return visible(fill(say(f"proofread.says.{remark.name}"), _slots(remark, say)))


def remedy(remark: Remark, say: Words) -> str:
    """What to do about it."""
    return visible(fill(say(f"proofread.fix.{remark.name}"), _slots(remark, say)))


def told(remark: Remark, say: Words) -> str:
    """The words meant, and what was noticed."""
    if not remark.quoted:
        return sentence(remark, say)
    return say("proofread.quoted", quoted=visible(remark.quoted), message=sentence(remark, say))


def where(remark: Remark, proof: Proof, say: Words) -> str:
    """Line and column, or paragraph and character of a Word file."""
    if proof.script.lined:
        return f"{remark.at.line}:{remark.at.column}"
    return say("proofread.paragraph", number=str(remark.at.line), column=str(remark.at.column))


def by_check(proof: Proof) -> dict[str, list[Remark]]:
    """The remarks of each check, surest first within it; checks with nothing to say are left out."""
    found: dict[str, list[Remark]] = {}
    order = list(Level)
    for name in proof.checks:
        mine = [remark for remark in proof.remarks if remark.check == name]
        if mine:
            found[name] = sorted(mine, key=lambda one: (order.index(one.level), one.name, one.at))
    return found


def counts(remarks: Sequence[Remark], say: Words) -> str:
    """How many of each level."""
    levels = Counter(remark.level for remark in remarks)
    return say(
        "proofread.counts",
        defects=say.number(levels[Level.DEFECT]),
        doubts=say.number(levels[Level.DOUBT]),
        hints=say.number(levels[Level.HINT]),
    )


def foot(proof: Proof, say: Words) -> list[str]:
    """Counts that add up, what was looked at, and which checks had nothing to say."""
    groups = by_check(proof)
    names = {name: say(f"proofread.check.{name}").capitalize() for name in proof.checks}
    lines = []
    if groups:
        parts = " + ".join(f"{names[name]} {say.number(len(found))}" for name, found in groups.items())
        lines.append(say("proofread.sum", all=say.number(len(proof.remarks)), parts=parts))
    quiet = [names[name] for name in proof.checks if name not in groups]
    if quiet:
        lines.append(say("proofread.quiet", checks=", ".join(quiet)))
    lines.append(
        say(
            "proofread.asked",
            checks=say.number(len(proof.checks)),
            paragraphs=say.number(len(proof.script.paragraphs)),
            citations=say.number(proof.documents),
            figures=say.number(proof.figures),
            year=str(proof.year),
        ),
    )
    return [*lines, say("proofread.limit")]


def _slots(remark: Remark, say: Words) -> dict[str, str]:
    return {name: _arg(value, say) for name, value in remark.args.items()}


def _arg(value: Arg, say: Words) -> str:
    if isinstance(value, Keys):
        return ", ".join(say(f"proofread.word.{key}") for key in value)
    if isinstance(value, date):
        return say.day(value)
    if isinstance(value, int | Decimal):
        return say.number(value)
    return value

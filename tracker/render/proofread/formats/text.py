"""For people: one section a check, each remark with its place, its words, and below the last of a kind what to do."""

from collections.abc import Iterator, Sequence

from tracker.lang import Words
from tracker.model.proof import Level, Proof, Remark
from tracker.render.page import layout
from tracker.render.page.parts import BAD, DIM, HEADING, WARN, Bit, Section, Track
from tracker.render.proofread import Look
from tracker.render.proofread.said import by_check, counts, foot, remedy, told, where
from tracker.render.visible import visible

_STYLES = {Level.DEFECT: BAD, Level.DOUBT: WARN, Level.HINT: DIM}


def render(proofs: Sequence[Proof], say: Words, look: Look) -> str:
    """Each text as a page of its own, one below the other."""
    return "\n".join(_page(proof, say, look) for proof in proofs)


def _page(proof: Proof, say: Words, look: Look) -> str:
    title = say("proofread.title", file=visible(proof.script.file), counts=counts(proof.remarks, say))
    head = [[Bit(title, HEADING)]]
    if not proof.remarks:
        head.append([Bit(say("proofread.nothing"))])
    sections = [_section(name, found, proof, say) for name, found in by_check(proof).items()]
    if look.plain:
        return layout.plain(head, sections, foot(proof, say))
    return layout.drawn(head, sections, foot(proof, say), width=look.width, color=look.color)


def _section(name: str, found: Sequence[Remark], proof: Proof, say: Words) -> Section:
    heading = say("proofread.heading", check=say(f"proofread.check.{name}"), count=counts(found, say))
    lines = list(_lines(found, proof, say))
    return Section(heading, (Track(), Track(), Track(elastic=True)), lines, spoken=list(_spoken(found, proof, say)))


def _lines(found: Sequence[Remark], proof: Proof, say: Words) -> Iterator[Sequence[Bit]]:
    for number, remark in enumerate(found):
        level = Bit(say(f"proofread.level.{remark.level}"), _STYLES[remark.level])
        yield Bit(where(remark, proof, say)), level, Bit(told(remark, say))
        following = found[number + 1] if number + 1 < len(found) else None
        if following is None or following.name != remark.name or remedy(following, say) != remedy(remark, say):
            yield Bit(""), Bit(""), Bit(f"→ {remedy(remark, say)}", DIM)


def _spoken(found: Sequence[Remark], proof: Proof, say: Words) -> Iterator[str]:
    for remark in found:
        level = say(f"proofread.level.{remark.level}")
        yield f"{where(remark, proof, say)}: {level}: {told(remark, say)} {remedy(remark, say)}"

"""Markdown: for a comment, or to be sent to the writer of the text."""

from collections.abc import Iterator, Sequence

from tracker.lang import Words
from tracker.model.proof import Proof
from tracker.render.marked import marked
from tracker.render.proofread import Look
from tracker.render.proofread.said import by_check, counts, foot, remedy, told, where


def render(proofs: Sequence[Proof], say: Words, _look: Look) -> str:
    """One heading a text, one table a check."""
    return "\n".join(line for proof in proofs for line in _lines(proof, say))


def _lines(proof: Proof, say: Words) -> Iterator[str]:
    yield f"## {marked(say('proofread.title', file=proof.script.file, counts=counts(proof.remarks, say)))}"
    yield ""
    if not proof.remarks:
        yield marked(say("proofread.nothing"))
        yield ""
    columns = ("place", "level_name", "what", "remedy")
    for name, found in by_check(proof).items():
        yield f"### {marked(say('proofread.heading', check=say(f'proofread.check.{name}'), count=counts(found, say)))}"
        yield ""
        yield f"| {' | '.join(say(f'proofread.{column}') for column in columns)} |"
        yield f"|{'---|' * len(columns)}"
        for remark in found:
            level = say(f"proofread.level.{remark.level}")
            cells = (where(remark, proof, say), level, told(remark, say), remedy(remark, say))
            yield f"| {' | '.join(map(marked, cells))} |"
        yield ""
    yield from (f"{marked(line)}  " for line in foot(proof, say))
    yield ""

"""A paper as Markdown: one item a block, its keys in a comment behind it or, with a trace, in full below it."""

from collections.abc import Iterator, Sequence

from tracker.lang import Words
from tracker.model.draft import Filled, Ground
from tracker.model.paper import Block, Paper, Role
from tracker.render.marked import comment, marked
from tracker.render.paper import Look


def render(paper: Paper, look: Look) -> bytes:
    """The paper in Vietnamese; what is said to its writer, in the language that was asked for."""
    return ("\n".join(_lines(paper, look)) + "\n").encode()


def _lines(paper: Paper, look: Look) -> Iterator[str]:
    say = look.say
    plans = ", ".join(paper.plans) or say("finding.none")
    yield f"*{marked(say('draft.from', plans=plans))}*"
    yield f"*{marked(say('explain.days', as_of=say.day(paper.as_of), known_by=say.day(paper.known_by)))}*"
    yield ""
    for block in paper.body:
        yield from _block(block, look)
    if paper.advice:
        yield ""
        yield f"### {marked(say('draft.notes'))}"
        yield ""
        yield from (f"- {marked(note)}" for note in paper.advice)


def _block(block: Block, look: Look) -> Iterator[str]:
    # The brackets that a person must fill in are ours, and stay as they are.
    text = "".join(run.text if run.blank else marked(run.text) for run in block.runs)
    if block.role is Role.HEADING:
        yield f"## {text}"
        yield ""
        return
    yield f"- {text}" if block.role is Role.ITEM else text
    yield from _trace(block.figures, block.grounds, look.say) if look.trace else _keys(block.grounds)


def _keys(grounds: Sequence[Ground]) -> Iterator[str]:
    if grounds:
        keys = ", ".join(ground.finding for ground in grounds)
        yield f"  {comment(f'tracker: {keys}')}"


def _trace(figures: Sequence[Filled], grounds: Sequence[Ground], say: Words) -> Iterator[str]:
    named = "; ".join(f"{figure.name} = {figure.text}" for figure in figures)
    if named:
        yield f"  - {marked(say('draft.figures', figures=named))}"
    for ground in grounds:
        places = "; ".join(map(str, ground.places))
        yield f"  - {marked(f'{ground.finding} ({places})' if places else ground.finding)}"

"""A paper as Markdown: each part of it between two comments, its keys in the second or, with a trace, in full below."""

from collections.abc import Iterator, Sequence
from itertools import chain

from tracker.hands import Fresh, digest
from tracker.lang import Words, words
from tracker.model.draft import Filled, Ground
from tracker.model.paper import Annex, Block, Frame, Note, Paper, Role, Run
from tracker.render import regions
from tracker.render.letterhead import above, below, blank_day, blank_number
from tracker.render.marked import marked
from tracker.render.paper import Look, Renewed
from tracker.render.regions import Form, Piece

_LEVEL = {Role.PART: "##", Role.HEADING: "###", Role.SUBHEADING: "####"}
_AFTER = {Role.PART: ". ", Role.HEADING: ". ", Role.SUBHEADING: ") "}


def render(paper: Paper, look: Look) -> bytes:
    """The paper in Vietnamese; what is said to its writer, in the language that was asked for."""
    return regions.page(list(_regions(paper, look)), _form(look.say))


def renew(paper: Paper, look: Look, old: bytes) -> Renewed | None:
    """The same around what people wrote in a file that was made before; None for a page of HTML."""
    if b"<html" in old:
        return None
    return regions.renew(list(_regions(paper, look)), _form(look.say), old)


def _form(say: Words) -> Form:
    return Form(say("paper.marks"), f"> **{words()('paper.newer')}**")


def _regions(paper: Paper, look: Look) -> Iterator[Fresh[Piece]]:
    form = _form(look.say)
    yield regions.region("page/from", _from(paper, look.say), form)
    if paper.frame is not None:
        yield regions.region("page/above", "\n\n".join(_above(paper.frame)), form)
    for block in paper.body:
        grounds = [*block.grounds, *chain.from_iterable(note.grounds for note in block.notes)]
        figures = [*block.figures, *chain.from_iterable(note.figures for note in block.notes)]
        yield regions.region(block.key, _block(block), form, _rests(grounds, look))
        yield from _trace(block.key, figures, grounds, look)
    if paper.frame is not None:
        yield regions.region("page/below", "\n\n".join(_below(paper.frame)), form)
    for annex in paper.annexes:
        yield regions.region(annex.key, "\n".join(_annex(annex)), form, _rests(annex.grounds, look))
        yield from _trace(annex.key, (), annex.grounds, look)
    if paper.advice:
        lines = [f"## {marked(look.say('draft.notes'))}", "", *(f"- {marked(one)}" for one in paper.advice)]
        yield regions.region("page/advice", "\n".join(lines), form)


def _from(paper: Paper, say: Words) -> str:
    plans = ", ".join(paper.plans) or say("finding.none")
    days = say("explain.days", as_of=say.day(paper.as_of), known_by=say.day(paper.known_by))
    return f"*{marked(say('draft.from', plans=plans))}*\n*{marked(days)}*"


def _above(frame: Frame) -> Iterator[str]:
    yield from (f"**{marked(line)}**" for line in above(frame))
    yield marked(blank_number(frame))
    yield f"*{marked(blank_day(frame))}*"
    if frame.name:
        yield f"# {marked(frame.name.upper())}"
    yield f"**{marked(frame.subject)}**"


def _below(frame: Frame) -> Iterator[str]:
    recipients, signer = below(frame)
    yield "\n".join([f"**{marked(recipients[0])}**", "", *(f"- {marked(one)}" for one in recipients[1:])])
    yield from (f"**{marked(line)}**" for line in signer)


def _block(block: Block) -> str:
    text = "".join(_run(run, block) for run in block.runs)
    if block.role in _LEVEL:
        label = f"{marked(block.label)}{_AFTER[block.role]}" if block.label else ""
        text = f"{_LEVEL[block.role]} {label}{text}"
    elif block.role is Role.ITEM:
        text = f"- {text}"
    notes = {_mark(block, note): marked(note.text) for note in block.notes}
    return "\n\n".join([text, *(f"[^{mark}]: {said}" for mark, said in notes.items())])


def _run(run: Run, block: Block) -> str:
    text = marked(run.text)
    if run.blank and run.text[:1] == "[" and run.text[-1:] == "]":
        # The brackets that a person must fill in are ours, and stay as they are.
        text = f"[{marked(run.text[1:-1])}]"
    bare = text.strip(" ")
    if bare and (run.bold or run.italic):
        sign = "*" * (2 * run.bold + run.italic)
        text = text.replace(bare, f"{sign}{bare}{sign}", 1)
    return text + (f"[^{_mark(block, run.note)}]" if run.note is not None else "")


def _mark(block: Block, note: Note) -> str:
    """The name of a footnote: of its block and text, so that none changes because another came before it."""
    return digest(f"{block.key} {note.text}")[:6]


def _annex(annex: Annex) -> Iterator[str]:
    yield f"## {marked('. '.join(filter(None, (annex.label, annex.title))))}"
    yield ""
    yield _row(annex.head)
    yield "|" + "|".join("---:" if number in annex.counts else "---" for number in range(len(annex.head))) + "|"
    yield from map(_row, annex.rows)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(marked, cells))} |"


def _rests(grounds: Sequence[Ground], look: Look) -> str:
    return "" if look.trace else regions.short([ground.finding for ground in grounds])


def _trace(
    key: str, figures: Sequence[Filled], grounds: Sequence[Ground], look: Look,
) -> Iterator[Fresh[Piece]]:
    """What a block rests on, in full: a region of its own, so that it never stands between a person and his text."""
    if not look.trace or not (figures or grounds):
        return
    lines = []
    named = "; ".join(f"{figure.name} = {figure.text}" for figure in figures)
    if named:
        lines.append(f"  - {marked(look.say('draft.figures', figures=named))}")
    for ground in grounds:
        places = "; ".join(map(str, ground.places))
        lines.append(f"  - {marked(f'{ground.finding} ({places})' if places else ground.finding)}")
    yield regions.region(f"{key}#trace", "\n".join(lines), _form(look.say))

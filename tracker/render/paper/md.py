"""A paper as Markdown: one item a block, its keys in a comment behind it or, with a trace, in full below it."""

from collections.abc import Iterator, Sequence
from itertools import chain

from tracker.lang import Words, words
from tracker.model.paper import Block, Filled, Frame, Ground, Note, Paper, Role, Run, Side
from tracker.render.marked import comment, marked
from tracker.render.paper import Look

_HEADINGS = (Role.PART, Role.HEADING, Role.SUBHEADING)
"""Deeper and deeper."""


def render(paper: Paper, look: Look) -> bytes:
    """The paper in Vietnamese; what is said to its writer, in the language that was asked for."""
    return ("\n".join(_lines(paper, look)) + "\n").encode()


def _lines(paper: Paper, look: Look) -> Iterator[str]:
    say = look.say
    plans = ", ".join(paper.plans) or say("finding.none")
    yield f"*{marked(say('annual.drawn' if paper.frame else 'draft.from', plans=plans))}*"
    yield f"*{marked(say('explain.days', as_of=say.day(paper.as_of), known_by=say.day(paper.known_by)))}*"
    yield ""
    if paper.frame is not None:
        yield from _above(paper.frame, words())
    marks = _Marks()
    last: Role | None = None
    for block in paper.body:
        # A list ends only with an empty line, and paragraphs are told apart by one.
        if last is not None and last not in _HEADINGS and (last, block.role) != (Role.ITEM, Role.ITEM):
            yield ""
        yield from _block(block, look, marks, whole=paper.frame is not None)
        last = block.role
    yield from _footnotes(marks)
    if paper.frame is not None:
        yield from _below(paper.frame, words())
    if paper.advice:
        yield ""
        yield f"### {marked(say('draft.notes'))}"
        yield ""
        yield from (f"- {marked(note)}" for note in paper.advice)


def _block(block: Block, look: Look, marks: "_Marks", *, whole: bool) -> Iterator[str]:
    # The section alone has no page of its own at whose end footnotes could stand.
    text = "".join(_run(run if whole else run._replace(note=None), marks) for run in block.runs)
    if block.role in _HEADINGS:
        # A section that is pasted into another paper has no numeral of its own.
        label = f"{block.label}. " if block.label and whole else ""
        depth = 2 if not whole else 2 + _HEADINGS.index(block.role)
        yield f"{'#' * depth} {label}{text}"
        yield ""
        return
    yield f"- {text}" if block.role is Role.ITEM else text
    notes = block.notes if whole else ()
    figures = (*block.figures, *chain.from_iterable(note.figures for note in notes))
    grounds = tuple(dict.fromkeys((*block.grounds, *chain.from_iterable(note.grounds for note in notes))))
    yield from _trace(figures, grounds, look.say) if look.trace else _keys(grounds)


class _Marks:
    """Footnotes in the order of their marks."""

    def __init__(self) -> None:
        self.notes: list[Note] = []


def _run(run: Run, marks: _Marks) -> str:
    # The brackets that a person must fill in are ours, and stay as they are.
    text = run.text if run.blank else marked(run.text)
    if run.note is not None:
        marks.notes.append(run.note)
        text += f"[^{len(marks.notes)}]"
    return text


def _footnotes(marks: _Marks) -> Iterator[str]:
    if marks.notes:
        yield ""
        yield from (f"[^{number}]: {marked(note.text)}" for number, note in enumerate(marks.notes, 1))


def _above(frame: Frame, say: Words) -> Iterator[str]:
    """Issuers, number and day to be filled in, name and subject, each on a line of its own."""
    place = marked(frame.place)
    number = "annual.frame_number_party" if frame.side is Side.PARTY else "annual.frame_number"
    lines = [
        marked(frame.parent),
        f"**{' – '.join(map(marked, frame.issuers))}**" if frame.issuers else "",
        say(number, code=marked(frame.code)).rstrip("/-"),
        f"*{say('annual.frame_date', place=place) if place else say('annual.frame_date_only')}*",
    ]
    for line in filter(None, lines):
        yield from (line, "")
    yield f"# {marked(frame.name)}"
    yield ""
    yield f"**{marked(frame.subject)}**"
    yield ""


def _below(frame: Frame, say: Words) -> Iterator[str]:
    """Recipients, and the lines above a signature that stays blank."""
    if frame.recipients:
        yield from ("", f"**{say('annual.frame_recipients')}**", "")
        yield from (f"- {marked(one)}" for one in frame.recipients)
    for line in frame.signer:
        yield from ("", f"**{marked(line)}**")


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

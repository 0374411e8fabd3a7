"""The draft as Markdown: one item a paragraph, its keys in a comment behind it or, with a trace, in full below it."""

from collections.abc import Iterator

from tracker.lang import Words, words
from tracker.model.draft import Draft, Paragraph
from tracker.render.marked import comment, marked


def render(draft: Draft, say: Words, trace: bool) -> str:
    """The section in Vietnamese; what is said to its writer, in the language that was asked for."""
    return "\n".join(_lines(draft, say, trace=trace))


def _lines(draft: Draft, say: Words, *, trace: bool) -> Iterator[str]:
    plans = ", ".join(draft.plans) or say("finding.none")
    yield f"## {marked(words()('draft.heading'))}"
    yield ""
    yield f"*{marked(say('draft.from', plans=plans))}*"
    yield f"*{marked(say('explain.days', as_of=say.day(draft.as_of), known_by=say.day(draft.known_by)))}*"
    yield ""
    if draft.nothing:
        yield marked(draft.nothing)
    for paragraph in draft.paragraphs:
        yield f"- {_text(paragraph)}"
        yield from _trace(paragraph, say) if trace else _keys(paragraph)
    notes = list(_notes(draft, say))
    if notes:
        yield ""
        yield f"### {marked(say('draft.notes'))}"
        yield ""
        yield from (f"- {marked(note)}" for note in notes)


def _text(paragraph: Paragraph) -> str:
    """The paragraph; the brackets that a person must fill in are ours, and stay as they are."""
    cause = " ".join(filter(None, (marked(paragraph.cause), paragraph.missing)))
    return f"{marked(paragraph.sentence)} {cause}."


def _keys(paragraph: Paragraph) -> Iterator[str]:
    keys = ", ".join(ground.finding for ground in paragraph.grounds)
    yield f"  {comment(f'tracker: {keys}')}"


def _trace(paragraph: Paragraph, say: Words) -> Iterator[str]:
    figures = "; ".join(f"{figure.name} = {figure.text}" for figure in paragraph.figures)
    if figures:
        yield f"  - {marked(say('draft.figures', figures=figures))}"
    for ground in paragraph.grounds:
        places = "; ".join(map(str, ground.places))
        yield f"  - {marked(f'{ground.finding} ({places})' if places else ground.finding)}"


def _notes(draft: Draft, say: Words) -> Iterator[str]:
    missing = sum(bool(paragraph.missing) for paragraph in draft.paragraphs)
    for name, count in (("missing_causes", missing), ("unknown", draft.unknown), ("unworded", draft.unworded)):
        if count:
            yield say(f"draft.note.{name}", count=say.number(count))

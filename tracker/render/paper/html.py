"""A paper as one page of HTML: readable and printable without network or script, its grounds at hand on each part.

All texts go through a template engine that escapes them; no text is ever a template.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from tracker.hands import Fresh, digest
from tracker.lang import Words, words
from tracker.model.draft import Filled, Ground
from tracker.model.paper import Block, Paper, Role, Run
from tracker.render import regions
from tracker.render.letterhead import above, below, blank_day, blank_number, crown
from tracker.render.paper import Look, Renewed
from tracker.render.plain import plain
from tracker.render.regions import Form, Piece
from tracker.render.visible import visible

_TAGS = {Role.PART: "h2", Role.HEADING: "h3", Role.SUBHEADING: "h4", Role.TEXT: "p", Role.ITEM: "p"}
_AFTER = {Role.PART: ". ", Role.HEADING: ". ", Role.SUBHEADING: ") "}
_FRAME = frozenset({"page/head", "page/tail"})
_SIGNS = (b"<html", b"begin page/head ")
"""By which a page is told from a paper as Markdown, whose marks are the same; a person may have taken either away."""
_MARK = re.compile(r'(<sup class="ref"><a href="#n-(?P<to>[0-9a-f]{6})">)[^<]*(</a></sup>)')
_NOTE = re.compile(r'(<aside class="note" id="n-(?P<of>[0-9a-f]{6})"[^>]*><sup class="ref">)[^<]*(</sup>)')


class _Stretch(NamedTuple):
    """A run as the template takes it."""

    pieces: tuple[Filled, ...]
    """Its text; what is a figure has a name."""
    bold: bool
    italic: bool
    blank: bool
    mark: str
    """Of its footnote; empty where it has none."""


def render(paper: Paper, look: Look) -> bytes:
    """The paper in Vietnamese; what is said to its writer, in the language that was asked for."""
    return _numbered(regions.page(list(_regions(paper, look)), _form(look.say)))


def renew(paper: Paper, look: Look, old: bytes) -> Renewed | None:
    """The same around what people wrote in a file that was made before; None for what is no page of HTML."""
    if not any(sign in old for sign in _SIGNS):
        return None
    made = regions.renew(list(_regions(paper, look)), _form(look.say), old)
    return made._replace(data=_numbered(made.data)) if made is not None else None


@cache
def _sheet() -> Any:
    """The macros of the page, and its style."""
    loader = FileSystemLoader(Path(__file__).parent.parent / "sheet")
    settings = {"trim_blocks": True, "lstrip_blocks": True, "finalize": _shown}
    environment = SandboxedEnvironment(loader=loader, autoescape=True, undefined=StrictUndefined, **settings)
    style = loader.get_source(environment, "style.css")[0]
    return environment.get_template("parts.html").module, Markup(style)  # noqa: S704


def _shown(value: object) -> object:
    """What hides in a text of users is made visible; what the macros made stays."""
    return value if isinstance(value, Markup) else visible(str(value))


def _form(say: Words) -> Form:
    newer = str(_sheet()[0].newer(words()("paper.newer"))).strip()
    return Form(say("paper.marks"), newer, plain, _FRAME)


def _regions(paper: Paper, look: Look) -> Iterator[Fresh[Piece]]:
    form = _form(look.say)
    for key, text, rests in _parts(paper, look):
        yield regions.region(key, str(text), form, rests)


def _parts(paper: Paper, look: Look) -> Iterator[tuple[str, Any, str]]:
    """Key, HTML and grounds in short of each region."""
    sheet, style = _sheet()
    frame, say = paper.frame, look.say
    yield "page/head", sheet.head(_title(paper), style), ""
    yield "page/from", sheet.from_(_from(paper, say), say.code), ""
    if frame is not None:
        top = (tuple(above(frame)), tuple(crown(frame)), blank_number(frame), blank_day(frame), frame)
        yield "page/above", sheet.above(*top), ""
    if any(block.notes for block in paper.body):
        # The style moves it and all footnotes behind the text.
        yield "page/notes", sheet.rule(words()("paper.footnotes")), ""
    for block in paper.body:
        grounds = [*block.grounds, *chain.from_iterable(note.grounds for note in block.notes)]
        figures = [*block.figures, *chain.from_iterable(note.figures for note in block.notes)]
        yield block.key, _block(block), _rests(grounds)
        yield from _trace(block.key, figures, grounds, look)
    if frame is not None:
        yield "page/below", sheet.below(*below(frame)), ""
    for annex in paper.annexes:
        yield annex.key, sheet.annex(annex), _rests(annex.grounds)
        yield from _trace(annex.key, (), annex.grounds, look, " of-annex")
    if paper.advice:
        yield "page/advice", sheet.advice(say("draft.notes"), paper.advice, say.code), ""
    yield "page/tail", sheet.tail(), ""


def _title(paper: Paper) -> str:
    if paper.frame is not None:
        return f"{paper.frame.name} {paper.frame.subject}"
    return paper.body[0].text if paper.body else words()("paper.title")


def _from(paper: Paper, say: Words) -> tuple[str, str]:
    plans = ", ".join(paper.plans) or say("finding.none")
    days = say("explain.days", as_of=say.day(paper.as_of), known_by=say.day(paper.known_by))
    return say("draft.from", plans=plans), days


def _block(block: Block) -> Any:
    label = f"{block.label}{_AFTER.get(block.role, ' ')}" if block.label else ""
    before = "- " if block.role is Role.ITEM else label
    stretches = [_stretch(run, block) for run in block.runs]
    notes = {_mark(block, note.text): note.text for note in block.notes}
    css = "item" if block.role is Role.ITEM else ""
    return _sheet()[0].block(_TAGS[block.role], css, before, stretches, notes)


def _stretch(run: Run, block: Block) -> _Stretch:
    mark = _mark(block, run.note.text) if run.note is not None else ""
    return _Stretch(tuple(_pieces(run.text, block.figures)), run.bold, run.italic, run.blank, mark)


def _mark(block: Block, text: str) -> str:
    """The name of a footnote: of its block and text, so that none changes because another came before it."""
    return digest(f"{block.key} {text}")[:6]


def _pieces(text: str, figures: Sequence[Filled]) -> Iterator[Filled]:
    """A text taken apart at the figures in it; of two that overlap the longer one."""
    names = {figure.text.casefold(): figure.name for figure in reversed(figures) if figure.text}
    if not names:
        yield Filled("", text)
        return
    longest = sorted(names, key=lambda name: -len(name))
    # A number is no part of a longer one, nor a word of another.
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest), re.IGNORECASE)
    at = 0
    for match in pattern.finditer(text):
        if match.start() > at:
            yield Filled("", text[at : match.start()])
        yield Filled(names.get(match[0].casefold(), ""), match[0])
        at = match.end()
    if at < len(text):
        yield Filled("", text[at:])


def _rests(grounds: Sequence[Ground]) -> str:
    return regions.short([ground.finding for ground in grounds])


def _trace(
    key: str, figures: Sequence[Filled], grounds: Sequence[Ground], look: Look, css: str = "",
) -> Iterator[tuple[str, Any, str]]:
    """What a block rests on: a region of its own, so that it never stands between a person and his text."""
    if not (figures or grounds):
        return
    say = look.say
    said = {
        "code": say.code, "name": say("paper.trace"), "count": say.number(len(grounds)),
        "figures": say("paper.trace_figures"), "findings": say("paper.trace_findings"),
    }  # fmt: skip
    css += " full" if look.trace else ""
    yield f"{key}#trace", _sheet()[0].trace(css, said, figures, grounds, look.trace), ""


def _numbered(data: bytes) -> bytes:
    """The page with its footnotes numbered from 1, in the order of their marks, wherever people moved them."""
    text = data.decode()
    marks = [match["to"] for match in _MARK.finditer(text)] + [match["of"] for match in _NOTE.finditer(text)]
    numbers = {name: str(number) for number, name in enumerate(dict.fromkeys(marks), start=1)}
    text = _MARK.sub(lambda match: f"{match[1]}{numbers[match['to']]}{match[3]}", text)
    return _NOTE.sub(lambda match: f"{match[1]}{numbers[match['of']]}{match[3]}", text).encode()

"""The page as text: drawn, or one thing a line for screen readers and e-mail.

Line wraps and colours, or rich where a character takes two cells or none; the columns are laid out here, line by line,
since rich's tables measure every cell several times, which on this page took longer than all the judging. Texts are
always objects: `[x]` in data would vanish or crash as markup. One elastic column a section, which wraps, so that
nothing is cut off.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.render.page.line import Line, simple
from tracker.render.page.parts import DIM, HEADING, Bit, Section
from tracker.render.visible import cells, harmless

if TYPE_CHECKING:
    from rich.console import Console

_INDENT = 2
_GAP = 1
_HARD_SPACE = "\u00a0"
_HANDFUL = 8
_LEAST_ELASTIC = 24
"""Where the fixed columns leave less than this, a section is written as sentences."""


def plain(head: Sequence[Sequence[Bit]], sections: Sequence[Section], foot: Sequence[str]) -> str:
    """No drawing, no alignment, no colour; every line makes sense when read aloud."""
    lines = [" · ".join(bit.text for bit in line) for line in head]
    for section in sections:
        lines += ["", section.heading, *section.before]
        lines += [f"- {text}" for text in section.spoken or map(_joined, section.lines)]
        lines += [] if section.spoken else section.after  # a key to letters is no use where words are written
    return "\n".join(map(harmless, [*lines, "", *foot])) + "\n"


def drawn(
    head: Sequence[Sequence[Bit]],
    sections: Sequence[Section],
    foot: Sequence[str],
    *,
    width: int,
    color: bool,
) -> str:
    """Columns without borders, headings in bold, colour where the terminal shows it."""
    if simple(_all(head, sections, foot)):
        lines = _lines(Pen(Line, None, width), head, sections, foot)
        text = "\n".join(line.colored if color else line.plain for line in lines)
    else:
        text = _by_rich(head, sections, foot, width, color=color)
    drawn_lines = text.replace(_HARD_SPACE, " ").split("\n")
    return "\n".join(harmless(line.rstrip()) for line in drawn_lines).rstrip("\n") + "\n"


def _all(head: Sequence[Sequence[Bit]], sections: Sequence[Section], foot: Sequence[str]) -> Iterator[str]:
    """Every text that is on the page."""
    for bits in head:
        yield from (bit.text for bit in bits)
    for section in sections:
        yield section.heading
        yield from (track.heading for track in section.tracks)
        yield from (bit.text for line in section.lines for bit in line)
        yield from (*section.before, *section.after, *section.spoken)
    yield from foot


class Pen(NamedTuple):
    """What lines are drawn with."""

    text: Any
    """rich's Text, or Line, which can do the same for most."""
    console: "Console | None"
    width: int

    def wrapped(self, text: Any, width: int | None = None) -> Any:
        """The text on lines of this width, or of the whole."""
        return text.wrap(self.console, width or self.width, overflow="fold") if text.plain else [text]


def _by_rich(
    head: Sequence[Sequence[Bit]], sections: Sequence[Section], foot: Sequence[str], width: int, *, color: bool,
) -> str:
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    out = StringIO()
    console = Console(
        file=out,
        width=width,
        height=100,  # without a height, rich ignores the width on a dumb terminal
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        markup=False,
        emoji=False,
        highlight=False,
        legacy_windows=False,
    )
    lines = list(_lines(Pen(Text, console, width), head, sections, foot))
    if not color:
        return "\n".join(line.plain for line in lines)
    # In handfuls: rich looks for every style of a text in each of its lines.
    for begin in range(0, len(lines), _HANDFUL):
        console.print(Text("\n").join(lines[begin : begin + _HANDFUL]), soft_wrap=True)
    return out.getvalue()


def _lines(
    pen: Pen, head: Sequence[Sequence[Bit]], sections: Sequence[Section], foot: Sequence[str],
) -> Iterator[Any]:
    for bits in head:
        yield from pen.wrapped(_head(pen, bits))
    for section in sections:
        yield pen.text()
        yield from pen.wrapped(pen.text(section.heading, style=HEADING))
        yield from _sentences(pen, section.before)
        yield from _body(pen, section)
        yield from _sentences(pen, section.after, style=DIM)
    yield pen.text()
    for text in foot:
        yield from pen.wrapped(pen.text(text, style=DIM))


def _body(pen: Pen, section: Section) -> Iterator[Any]:
    """Fixed columns as wide as what they hold, the elastic one in what is left; sentences where it does not fit."""
    if not section.lines:
        return
    heads = [Bit(track.heading) for track in section.tracks]
    rows = [heads, *section.lines] if any(track.heading for track in section.tracks) else list(section.lines)
    widths = [max(cells(row[number].text) for row in rows) for number in range(len(section.tracks))]
    elastic = next((number for number, track in enumerate(section.tracks) if track.elastic), None)
    if elastic is not None:
        widths[elastic] = 0
    left = pen.width - _INDENT - sum(widths) - _GAP * (len(widths) - 1)
    if left < (0 if elastic is None else _LEAST_ELASTIC):
        yield from _sentences(pen, section.spoken or [_joined(line) for line in section.lines])
        return
    for row in rows:
        yield from _row(pen, row, widths, elastic, left)


def _row(pen: Pen, row: Sequence[Bit], widths: Sequence[int], elastic: int | None, left: int) -> Iterator[Any]:
    before = pen.text(" " * _INDENT)
    for number, (bit, size) in enumerate(zip(row, widths, strict=True)):
        if number == elastic:
            continue
        before.append(bit.text, style=bit.style)
        before.append(" " * (size - cells(bit.text) + _GAP))
    if elastic is None:
        yield before
        return
    text = pen.text(row[elastic].text, style=row[elastic].style)
    for part in text.wrap(pen.console, left, overflow="fold"):
        yield pen.text.assemble(before, part)
        before = pen.text(" " * before.cell_len)


def _sentences(pen: Pen, texts: Iterable[str], style: str = "") -> Iterator[Any]:
    for text in texts:
        for part in pen.wrapped(pen.text(text, style=style), pen.width - _INDENT):
            yield pen.text.assemble(" " * _INDENT, part)


def _head(pen: Pen, line: Sequence[Bit]) -> Any:
    """The verdict and its counts; a count and its word stay on one line."""
    text = pen.text()
    for number, bit in enumerate(line):
        if number:
            text.append(" · " if number > 1 or len(line) == 2 else "  ")
        text.append(bit.text.replace(" ", _HARD_SPACE) if len(line) > 1 else bit.text, style=bit.style)
    return text


def _joined(line: Sequence[Bit]) -> str:
    return "; ".join(bit.text for bit in line if bit.text)


def blocks(sections: Sequence[Section | None]) -> Iterator[Section]:
    """The sections that have something to say."""
    yield from (section for section in sections if section is not None)

"""The page as text: drawn with rich, or one thing a line for screen readers and e-mail.

rich wraps and colours; the columns are laid out here, line by line, since its tables measure every cell several times,
which on this page took longer than all the judging. Texts are always Text objects: `[x]` in data would vanish or crash
as markup. One elastic column a section, which wraps, so that nothing is cut off.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tracker.render.page.parts import DIM, HEADING, Bit, Section
from tracker.render.visible import cells, harmless

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

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
    lines: list[Text] = []
    for bits in head:
        lines += _wrapped(console, _head(bits), width)
    for section in sections:
        lines += [Text(), *_wrapped(console, Text(section.heading, style=HEADING), width)]
        lines += _sentences(console, section.before, width)
        lines += _body(console, section, width)
        lines += _sentences(console, section.after, width, style=DIM)
    lines.append(Text())
    for text in foot:
        lines += _wrapped(console, Text(text, style=DIM), width)
    if color:
        # In handfuls: rich looks for every style of a text in each of its lines.
        for begin in range(0, len(lines), _HANDFUL):
            console.print(Text("\n").join(lines[begin : begin + _HANDFUL]), soft_wrap=True)
        text = out.getvalue()
    else:
        text = "\n".join(line.plain for line in lines)
    drawn_lines = text.replace(_HARD_SPACE, " ").split("\n")
    return "\n".join(harmless(line.rstrip()) for line in drawn_lines).rstrip("\n") + "\n"


def _body(console: "Console", section: Section, width: int) -> "Iterator[Text]":
    """Fixed columns as wide as what they hold, the elastic one in what is left; sentences where it does not fit."""
    if not section.lines:
        return
    heads = [Bit(track.heading) for track in section.tracks]
    rows = [heads, *section.lines] if any(track.heading for track in section.tracks) else list(section.lines)
    widths = [max(cells(row[number].text) for row in rows) for number in range(len(section.tracks))]
    elastic = next((number for number, track in enumerate(section.tracks) if track.elastic), None)
    if elastic is not None:
        widths[elastic] = 0
    left = width - _INDENT - sum(widths) - _GAP * (len(widths) - 1)
    if left < (0 if elastic is None else _LEAST_ELASTIC):
        yield from _sentences(console, section.spoken or [_joined(line) for line in section.lines], width)
        return
    for row in rows:
        yield from _row(console, row, widths, elastic, left)


def _row(
    console: "Console",
    row: Sequence[Bit],
    widths: Sequence[int],
    elastic: int | None,
    left: int,
) -> "Iterator[Text]":
    from rich.text import Text

    before = Text(" " * _INDENT)
    for number, (bit, size) in enumerate(zip(row, widths, strict=True)):
        if number == elastic:
            continue
        before.append(bit.text, style=bit.style)
        before.append(" " * (size - cells(bit.text) + _GAP))
    if elastic is None:
        yield before
        return
    for part in Text(row[elastic].text, style=row[elastic].style).wrap(console, left, overflow="fold"):
        yield Text.assemble(before, part)
        before = Text(" " * before.cell_len)


def _sentences(console: "Console", texts: Iterable[str], width: int, style: str = "") -> "Iterator[Text]":
    from rich.text import Text

    for text in texts:
        for part in _wrapped(console, Text(text, style=style), width - _INDENT):
            yield Text.assemble(" " * _INDENT, part)


def _wrapped(console: "Console", text: "Text", width: int) -> "Iterable[Text]":
    return text.wrap(console, width, overflow="fold") if text.plain else [text]


def _head(line: Sequence[Bit]) -> "Text":
    """The verdict and its counts; a count and its word stay on one line."""
    from rich.text import Text

    text = Text()
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

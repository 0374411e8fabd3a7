"""The page as text: drawn with rich, or one thing a line for screen readers and e-mail.

rich assumes 80 columns off a terminal, so width is always given; texts are always Text objects, since `[x]` in data
would vanish or crash as markup; one elastic column a table, which wraps, so that nothing is cut off.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tracker.render.page.parts import DIM, HEADING, Bit, Section

if TYPE_CHECKING:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

_NARROW = 60
"""Below this, one record a block instead of a table."""


def plain(head: Sequence[Sequence[Bit]], sections: Sequence[Section], foot: Sequence[str]) -> str:
    """No drawing, no alignment, no colour; every line makes sense when read aloud."""
    lines = [" · ".join(bit.text for bit in line) for line in head]
    for section in sections:
        lines += ["", section.heading, *section.before]
        lines += [f"- {text}" for text in section.spoken or map(_joined, section.lines)]
        lines += [] if section.spoken else section.after  # a key to letters is no use where words are written
    return "\n".join([*lines, "", *foot]) + "\n"


def drawn(
    head: Sequence[Sequence[Bit]],
    sections: Sequence[Section],
    foot: Sequence[str],
    *,
    width: int,
    color: bool,
) -> str:
    """Tables without borders, headings in bold, colour where the terminal shows it."""
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
    for line in head:
        console.print(_text(line, color=color), soft_wrap=False)
    for section in sections:
        console.print()
        console.print(Text(section.heading, style=HEADING if color else ""))
        for text in section.before:
            console.print(_indented(text))
        if section.lines and width < _NARROW and len(section.tracks) > 3:
            for text in section.spoken or map(_joined, section.lines):
                console.print(_indented(text))
        elif section.lines:
            console.print(_table(section, color=color))
        for text in section.after:
            console.print(_indented(text, style=DIM if color else ""))
    console.print()
    for text in foot:
        console.print(Text(text, style=DIM if color else ""))
    return "\n".join(line.rstrip() for line in out.getvalue().replace("\u00a0", " ").splitlines()) + "\n"


def _indented(text: str, style: str = "") -> "Padding":
    from rich.padding import Padding
    from rich.text import Text

    return Padding(Text(text, style=style), (0, 0, 0, 2))


def _joined(line: Sequence[Bit]) -> str:
    return "; ".join(bit.text for bit in line if bit.text)


def _text(line: Sequence[Bit], *, color: bool) -> "Text":
    from rich.text import Text

    text = Text()
    for number, bit in enumerate(line):
        if number:
            text.append(" · " if number > 1 or len(line) == 2 else "  ")
        # A count and its word stay on one line.
        words = bit.text.replace(" ", "\u00a0") if len(line) > 1 else bit.text
        text.append(words, style=bit.style if color else "")
    return text


def _table(section: Section, *, color: bool) -> "Table":
    from rich.table import Table
    from rich.text import Text

    elastic = any(track.elastic for track in section.tracks)
    headings = any(track.heading for track in section.tracks)
    table = Table(box=None, expand=elastic, show_header=headings, pad_edge=False, padding=(0, 1, 0, 0))
    for number, track in enumerate(section.tracks):
        table.add_column(
            Text(("  " if number == 0 else "") + track.heading),
            ratio=1 if track.elastic else None,
            no_wrap=not track.elastic,
            overflow="fold",
            justify="right" if track.right else "left",
            header_style="",
        )
    for line in section.lines:
        first = True
        row = []
        for bit in line:
            row.append(Text(("  " if first else "") + bit.text, style=bit.style if color else ""))
            first = False
        table.add_row(*row)
    return table


def blocks(sections: Sequence[Section | None]) -> Iterator[Section]:
    """The sections that have something to say."""
    yield from (section for section in sections if section is not None)

"""Lines without rich: the same as rich's, for every text that is not handed to it."""

import io
import re
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, strategies as st
from projects import REAL_DAY, SHOWCASE_DAY, judged, real, showcase
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from tracker.lang import words
from tracker.render.page import layout, line, render
from tracker.render.page.parts import BAD, DIM, HEADING, STYLES, WARN
from tracker.run import newest
from tracker.stand import HORIZON_DAYS

KNOWN = [chr(number) for number in range(sys.maxunicode) if line.simple([chr(number)])]
CONSOLE = Console(width=80)
TEXTS = st.text(st.sampled_from("a b  ệ\u00a0-—.") | st.sampled_from(KNOWN), max_size=120)


def test_every_character_that_is_known_takes_one_cell_for_rich_too():
    assert len(KNOWN) > 1000
    assert {cell_len(character) for character in KNOWN} == {1}
    assert set("ậẬđĐ₫·—–…“”→≥≤×%✓") <= set(KNOWN)
    assert not line.simple(["a", "中"])
    assert not any(map(line.simple, ["\t", "\n", "\u00ad", "e\u0301", "\u200d", "🙂", "\x1b"]))


@given(TEXTS, st.integers(1, 60))
@example("a" * 30, 10)
@example("  a  " + "b" * 21 + "   c", 10)
@example("a\u00a0b " * 9, 7)
@example(" " * 40, 5)
def test_lines_break_where_rich_breaks_them(text: str, width: int):
    theirs = [one.plain for one in Text(text).wrap(CONSOLE, width, overflow="fold")]
    ours = [one.plain for one in line.Line(text).wrap(None, width, overflow="fold")]
    assert ours == theirs


def in_color(texts: list[Text]) -> str:
    """As rich prints them on a terminal."""
    out = io.StringIO()
    shown = {"force_terminal": True, "color_system": "standard", "markup": False, "emoji": False, "highlight": False}
    Console(file=out, width=80, height=100, no_color=False, legacy_windows=False, **shown).print(Text("\n").join(texts), soft_wrap=True)
    return out.getvalue()


@given(st.lists(st.tuples(TEXTS, st.sampled_from(["", *sorted(line._CODES)])), max_size=4), st.integers(1, 60))
@example([("KẾ HOẠCH ", "bold red"), ("", "dim"), ("quá hạn", "")], 6)
def test_texts_are_put_together_and_coloured_as_rich_does(parts: list[tuple[str, str]], width: int):
    theirs, ours = Text(), line.Line()
    for text, style in parts:
        theirs.append(text, style=style)
        ours.append(text, style=style)
    assert (ours.plain, ours.cell_len) == (theirs.plain, theirs.cell_len)
    theirs = [Text.assemble("  ", one) for one in theirs.wrap(CONSOLE, width, overflow="fold")]
    ours = [line.Line.assemble("  ", one) for one in ours.wrap(None, width, overflow="fold")]
    assert "\n".join(one.colored for one in ours) + "\n" == in_color(theirs)


@pytest.mark.parametrize("width", [40, 57, 80, 131, 200])
@pytest.mark.parametrize("code", ["vi", "en"])
def test_the_page_is_the_same_with_rich(code: str, width: int, monkeypatch: pytest.MonkeyPatch):
    for project, day in ((real(), REAL_DAY), (showcase(), SHOWCASE_DAY)):
        report = judged(project, day, plans=newest(project, day)[0])
        for color in (False, True):
            shown = {"width": width, "color": color, "plain": False, "horizon": HORIZON_DAYS}
            monkeypatch.setattr(layout, "simple", lambda _: True)
            without = render(report, words(code), **shown)
            monkeypatch.setattr(layout, "simple", lambda _: False)
            assert render(report, words(code), **shown) == without


def test_every_style_of_the_page_is_known():
    assert {*STYLES.values(), HEADING, DIM, BAD, WARN} <= set(line._CODES)
    source = "".join(path.read_text(encoding="utf-8") for path in Path(layout.__file__).parent.glob("*.py"))
    assert set(re.findall(r'style="([a-z ]+)"', source)) <= set(line._CODES)

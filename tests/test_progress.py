"""Progress: a line on a terminal after a second, and not a byte anywhere else."""

import io
import sys
import time
from pathlib import Path

import pytest
from inside import tracker
from projects import SHOWCASE

from tracker import progress
from tracker.progress import waiting


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def on_terminal(monkeypatch: pytest.MonkeyPatch, after: float, *, until: float) -> str:
    """What a terminal shows of a block that lasts until its line is there, and in which three of four parts come."""
    screen = Screen()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress, "SECONDS", after)
    monkeypatch.setattr(progress.os, "isatty", lambda _: True)
    monkeypatch.setattr(sys, "stderr", screen)
    with waiting("Đang [đọc] …") as told:
        for done in (1, 3):
            told(done, 4)
            ends = time.monotonic() + until
            while f"{done * 25}%" not in screen.getvalue() and time.monotonic() < ends:
                time.sleep(0.02)
    return screen.getvalue()


def test_who_waits_sees_how_far_it_is(monkeypatch):
    shown = on_terminal(monkeypatch, 0.01, until=20)
    assert "Đang [đọc] …" in shown
    assert "25%" in shown
    assert "75%" in shown


def test_who_does_not_wait_sees_nothing(monkeypatch):
    assert on_terminal(monkeypatch, 60.0, until=0) == ""


@pytest.mark.parametrize("terminal", ["dumb", ""])
def test_nothing_on_a_terminal_that_cannot_redraw(monkeypatch, terminal):
    monkeypatch.setenv("TERM", terminal)
    monkeypatch.setattr(progress.os, "isatty", lambda _: True)
    assert not progress._watched()


def test_off_a_terminal_not_a_byte(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(progress, "SECONDS", 0.0)
    ran = tracker("check", "--project", str(SHOWCASE), "--as-of", "20/10/2024", "-o", str(tmp_path / "a.txt"))
    assert (ran.out, ran.err) == ("", "")


def test_a_fault_inside_is_not_swallowed_and_the_line_goes(monkeypatch):
    with pytest.raises(RuntimeError), waiting("x"):
        raise RuntimeError

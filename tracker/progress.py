"""That something is going on: a line on a terminal for whoever waits longer than a second; nothing anywhere else."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

SECONDS = 1.0
"""So long nothing is said: most runs are over by then, and the library that draws is not even loaded."""
Told = Callable[[int, int], None]
"""How many of how many are done."""


@contextmanager
def waiting(text: str) -> Iterator[Told]:
    """Says the text on the terminal of stderr, with the time that has passed, until the block is left."""
    if not _watched():
        yield lambda _done, _all: None
        return
    from threading import Lock, Timer

    lock, line = Lock(), _Line(text)

    def show() -> None:
        with lock, suppress(Exception):  # what only entertains must not break anything
            line.show()

    def told(done: int, all_: int) -> None:
        with lock:
            line.told(done, all_)

    timer = Timer(SECONDS, show)
    timer.daemon = True
    timer.start()
    try:
        yield told
    finally:
        timer.cancel()
        with lock:
            line.close()


class _Line:
    """The line; not there before it is shown, nor ever after it was closed."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.counts = (0, 0)
        self.drawn: Any = None
        self.closed = False

    def show(self) -> None:
        if self.closed:
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

        text = TextColumn("{task.description}", markup=False)
        columns = (text, BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
        self.drawn = Progress(*columns, console=Console(stderr=True), transient=True)
        self.drawn.add_task(self.text, total=None)
        self.told(*self.counts)
        self.drawn.start()

    def told(self, done: int, all_: int) -> None:
        self.counts = (done, all_)
        if self.drawn is not None and all_:
            self.drawn.update(self.drawn.task_ids[0], completed=done, total=all_)

    def close(self) -> None:
        self.closed = True
        if self.drawn is not None:
            self.drawn.stop()
            self.drawn = None


def _watched() -> bool:
    """Whether stderr is a terminal that can redraw a line."""
    with suppress(OSError):
        return os.isatty(2) and os.environ.get("TERM", "") not in {"", "dumb"}
    return False

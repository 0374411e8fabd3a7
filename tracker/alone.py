"""Being the only writer of a project, and saying so where somebody else is."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from tracker.cli import spoken


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Be the only writer of a project. Raises click.UsageError where that cannot be."""
    from tracker.store import FOLDER, Busy, held

    say = spoken()
    with ExitStack() as stack:
        try:
            stack.enter_context(held(root))
        except Busy as busy:
            raise click.UsageError(say.refusal(busy.refusal.code, busy.refusal.args)) from busy
        except OSError as error:
            args = {"file": f"{FOLDER}/lock", "why": error.strerror or ""}
            raise click.UsageError(say.refusal("append-write", args)) from error
        # What goes wrong from here on is not the lock's fault, and is not said to be.
        yield

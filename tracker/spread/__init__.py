"""Engines that run parts of a project, here or on other machines: one file each, found by walking this folder.

A module here has `spread(work, orders)`, which calls `work` once for each order, wherever it likes, and gives what each
call gave, in the order of the orders. Both can be pickled by name, and what comes back is bytes.
"""

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

Spread = Callable[[Callable[[Any], bytes], Sequence[Any]], Iterable[bytes]]


def engines() -> tuple[str, ...]:
    """The names there are."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py")))


def engine(name: str) -> Spread:
    """The engine with this name. Raises ModuleNotFoundError where there is none."""
    found: Spread = import_module(f"{__name__}.{name}").spread
    return found

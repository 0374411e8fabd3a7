"""Processes of this machine, as many at a time as it has cores for us."""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any


def spread(work: Callable[[Any], bytes], orders: Sequence[Any]) -> Iterator[bytes]:
    """Each result as soon as it and those before it are there."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    # Started anew, not copied: the same on every system, and nothing of what this process holds is carried along.
    with ProcessPoolExecutor(min(cores, len(orders)), mp_context=get_context("spawn")) as pool:
        yield from pool.map(work, orders)

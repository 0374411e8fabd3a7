"""Processes of this machine, as many at a time as it has cores for us."""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any


def spread(work: Callable[[Any], bytes], orders: Sequence[Any]) -> Iterator[bytes]:
    """Each result as soon as it and those before it are there. Raises BrokenExecutor where a process is lost."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children, get_context

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    # Started anew, not copied: the same on every system, and nothing of what this process holds is carried along.
    context = get_context("spawn")
    before = set(active_children())
    with ProcessPoolExecutor(min(cores, len(orders)), mp_context=context, initializer=_deaf) as pool:
        try:
            yield from pool.map(work, orders)
        except BaseException:
            # Nobody waits for parts whose whole was given up.
            pool.shutdown(wait=False, cancel_futures=True)
            for process in set(active_children()) - before:
                process.terminate()
            raise


def _deaf() -> None:
    """Leaves Ctrl-C to the process that started this one, which ends it without a word."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)

"""One part of a project from its files to bytes, and the whole from those: what an engine of parts is given to do."""

import gc
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tracker.model.project import Project
from tracker.model.report import Report
from tracker.model.share import Share
from tracker.parts import merge, packed, partial, unpacked
from tracker.read import read
from tracker.run import Asked
from tracker.spread import Spread


class Order(NamedTuple):
    """All that a part has to be told, wherever it is judged: that machine sees the same folders under these names."""

    folder: Path
    starter_rules: Path
    today: date
    asked: Asked


def work(order: Order) -> bytes:
    """Read and judge the part that the order's share names. A pure function of the order and of the files."""
    collected = gc.isenabled()
    gc.disable()  # why: see __main__.py
    try:
        project = read(order.folder, order.starter_rules, order.today, share=order.asked.share)
        return packed(partial(project, order.asked))
    finally:
        if collected:
            gc.enable()


def by_parts(
    project: Project,
    order: Order,
    shares: Sequence[Share],
    spread: Spread,
    told: Callable[[int, int], None] = lambda _done, _all: None,
) -> Report:
    """The report of the whole; the project may have been read without its records. `told` hears how many are done."""
    orders = [order._replace(asked=order.asked._replace(share=share)) for share in shares]
    partials = []
    for data in spread(work, orders):
        partials.append(unpacked(data))
        told(len(partials), len(orders))
    return merge(project, order.asked, partials)

"""Dask: its own processes here, or the cluster whose scheduler DASK_SCHEDULER_ADDRESS names."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any


def spread(work: Callable[[Any], bytes], orders: Sequence[Any]) -> Iterable[bytes]:
    """One partition an order."""
    import dask.bag

    bag = dask.bag.from_sequence(orders, npartitions=len(orders)).map(work)
    address = dask.config.get("scheduler-address", None)
    if address is None:
        return list(bag.compute())
    from distributed import Client

    with Client(address):
        return list(bag.compute())

"""Spark: the master that the environment or spark-submit names, or else the cores of this machine."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any


def spread(work: Callable[[Any], bytes], orders: Sequence[Any]) -> Iterable[bytes]:
    """One slice an order."""
    from pyspark import SparkConf, SparkContext

    conf = SparkConf().setIfMissing("spark.master", "local[*]").setIfMissing("spark.app.name", "tracker")
    with SparkContext.getOrCreate(conf) as context:
        return list(context.parallelize(orders, len(orders)).map(work).collect())

"""Spark: the master that the environment or spark-submit names, or else the cores of this machine."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any


def spread(work: Callable[[Any], bytes], orders: Sequence[Any]) -> Iterable[bytes]:
    """One slice an order."""
    from pyspark import SparkConf, SparkContext

    conf = SparkConf().setIfMissing("spark.master", "local[*]").setIfMissing("spark.app.name", "tracker")
    conf.setIfMissing("spark.ui.showConsoleProgress", "false")
    if conf.get("spark.master", "").startswith("local"):
        # Spark would take whatever is called python3 here, which need not be the Python that has this program.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    with SparkContext.getOrCreate(conf) as context:
        context.setLogLevel("ERROR")
        return list(context.parallelize(orders, len(orders)).map(work).collect())

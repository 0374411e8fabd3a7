"""What holds for every test of this folder."""

import gc
import os
import sys

# Some have Python keep no bytecode. The suite starts the program more than a hundred times, and each start would compile
# it anew; so would each worker the tests, with the asserts rewritten. What is kept lies in __pycache__, as ever.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_finish() -> None:
    """Let the collector of cycles pass over the thousands of tests, and look less often: the program has it off, too."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)

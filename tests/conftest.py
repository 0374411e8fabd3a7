"""What holds for every test of this folder."""

import gc


def pytest_collection_finish() -> None:
    """Let the collector of cycles pass over the thousands of tests, and look less often: the program has it off, too."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)

"""The outermost door: nothing gets past it but an exit code.

Python ends an uncaught exception with exit code 1, which here means "findings"; so everything is caught (design 7).
"""

import contextlib
import os
import sys
from io import TextIOWrapper


def main() -> None:
    """Run the program and end the process with 0, 1, 2 or 3 (130 when interrupted)."""
    import gc

    # A short life that makes records by the hundred thousand and no cycles: the collector would search in vain, for a
    # fifth of the time of a large run.
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        # Off a console Windows writes in the code page of old programs, which has no Vietnamese.
        if isinstance(stream, TextIOWrapper) and stream.encoding.lower() not in {"utf-8", "utf8"}:
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    code = _code(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):  # a reader that left, or a stream that was closed
            if stream is not None:
                stream.flush()
    if "multiprocessing.util" in sys.modules:
        sys.exit(code)  # processes were started, and what was shared with them must be given back
    # The system frees what we hold at once; there is no need to take it apart record by record.
    os._exit(code)


def _code(words: list[str]) -> int:
    """What came of the command line: what was said before if that is known, or else what is found now."""
    # A fault in there must not be the end of a run that could do without.
    with contextlib.suppress(Exception):
        from tracker.again import again

        code = again(words)
        if code is not None:
            return code
    from tracker.cli import start

    return start(words)


if __name__ == "__main__":
    main()

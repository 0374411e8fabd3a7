"""The outermost door: nothing gets past it but an exit code.

Python ends an uncaught exception with exit code 1, which here means "findings"; so everything is caught (design 7).
"""

import sys


def main() -> None:
    """Run the program and end the process with 0, 1, 2 or 3 (130 when interrupted)."""
    from tracker.cli import start

    sys.exit(start(sys.argv[1:]))


if __name__ == "__main__":
    main()

"""No library: the five conditions as expressions of Polars, which is what the checkers below add something to."""

from bench.hand.polars_strings import write
from bench.job import asked
from bench.judged import rows

if __name__ == "__main__":
    ask = asked()
    write(*rows(ask), ask)

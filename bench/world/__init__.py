"""A project of any size whose outcome is known: outcomes are drawn first, and records are derived from them.

Five years (2020–2024) seen on 20/10/2024. What a commune owes is in `plan`, what came of it is drawn in `draw`, the
files are written by `write`. What the project must come to is counted from the draws alone: no number here has been
through a join, so a program that matches records to duties can be wrong and be seen to be.
"""

from pathlib import Path

from bench.world.draw import drawn
from bench.world.expected import Expected
from bench.world.plan import AS_OF, Plan, plan_for
from bench.world.write import write

__all__ = ["AS_OF", "Expected", "Plan", "make"]


def make(folder: Path, size: int = 1000, seed: int = 1, *, parquet: bool = False, rules: bool = True) -> Expected:
    """Write about `size` obligations into an empty folder; the same size and seed give the same bytes.

    `folder/csv` is a project; with `parquet` so is `folder/parquet`, the same records in the other format.
    `folder/tables` has the calendar and the units for programs that do not read plans. Without `rules` the project
    is judged by the rules that come with the program.
    """
    plan = plan_for(size)
    outcome = drawn(plan, seed)
    expected = outcome.expected(plan)
    write(folder, plan, outcome.records, parquet=parquet, rules=rules)
    (folder / "expected.json").write_text(expected.to_json(), encoding="utf-8")
    return expected

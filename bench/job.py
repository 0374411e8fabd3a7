"""What every contender is asked, and how it answers. No library is imported here: imports are part of what is measured.

A contender is a module that is run as `python -m bench.hand.NAME FOLDER FORMAT OUT`. It reads `FOLDER/tables/` (the
calendar and the units) and the records under `FOLDER/FORMAT/actuals/`, and finds the state of every obligation as of
`AS_OF` and what breaks one of five rules. It writes `OUT/findings.csv` (rule,task,unit,period,verdict) and
`OUT/counts.csv` (unit,state,count), both in any order and without a header, and prints one line of JSON.

The job, for each task of the calendar in each period, and each unit of that kind that exists from `first` to `last`:

* records count up to `AS_OF`; one whose task, unit and key no obligation has is a stray;
* it is shown by a record that names a document (of a quota: when those add up to the target, in order of day);
* shown: `done`, or `done_late` where that day is after `due`; else, of a unit that has closed: `cancelled`; else before
  `starts`: `upcoming`; else with records and no document at all: `unknown`; else later than `due` and the days of
  grace: `overdue`; else `open`.

The five rules are those of `bench/world/rules.py`. A state that is not known makes a rule about overdue things unknown.
"""

import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

AS_OF = date(2024, 10, 20)


class Asked(NamedTuple):
    """The command line."""

    tables: Path
    actuals: str
    """All files of records, as a pattern."""
    parquet: bool
    out: Path


def asked() -> Asked:
    """What the runner wants."""
    folder, format_, out = sys.argv[1:]
    where = Path(folder) / format_ / "actuals"
    return Asked(Path(folder) / "tables", f"{where}/*/*.{format_}", format_ == "parquet", Path(out))


def answer(states: Mapping[str, int], strays: int, rules: Mapping[str, int] | None = None) -> None:
    """The line that the runner reads; with the number of findings by rule where they are all that is known."""
    told = {"obligations": sum(states.values()), "states": dict(states), "strays": strays}
    print(json.dumps(told | ({"rules": dict(rules)} if rules else {})))

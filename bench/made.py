"""A project of any size whose outcome is known: outcomes are drawn first, and records are derived from them.

Five years (2020–2024) seen on 20/10/2024. Each unit owes 60 monthly reports, 20 quarterly meetings, 15 yearly reports
and 5 one-off duties, 100 obligations in all; one unit in a hundred
is closed on 30/6/2023, owes less, and leaves nothing overdue.
"""

import calendar
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

AS_OF = date(2024, 10, 20)
FIRST, LAST = 2020, 2024
CLOSED = date(2023, 6, 30)
CLOSED_EVERY = 100
STRAY_EVERY = 1000
PLAN = "01-KH/DO"
CHANCES = {"on_time": 80, "late": 8, "missing": 8, "claimed": 4}


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that a unit owes."""

    task: str
    period: str
    """Empty for what is owed once."""
    starts: date
    due: date
    first: date
    """First day of plan time."""
    last: date


@dataclass(frozen=True, slots=True)
class Made:
    """What the project must come to."""

    obligations: int
    states: dict[str, int]
    strays: int
    records: int


def make(folder: Path, units: int = 1000, seed: int = 1) -> Made:
    """Write the project into an empty folder; the same size and seed give the same bytes."""
    dice = random.Random(seed)
    duties = list(_duties())
    states: Counter[str] = Counter()
    lines: dict[int, list[str]] = {year: [] for year in range(FIRST - 1, LAST + 1)}
    strays = 0
    for number in range(units):
        unit = _unit(number)
        closed = number % CLOSED_EVERY == CLOSED_EVERY - 1
        for duty in duties:
            if closed and duty.period and duty.last > CLOSED:
                continue
            state, day, doc = _drawn(duty, dice, closed=closed)
            states[state] += 1
            if day is not None:
                lines[day.year].append(f"{unit},{duty.task},{duty.period},{day:%d/%m/%Y},{doc}")
            if dice.randrange(STRAY_EVERY) == 0 and not closed:
                strays += 1
                lines[2023].append(f"{unit},01-KH/1,,{date(2023, 1, 1) + timedelta(strays % 300):%d/%m/%Y},{strays}-CV")
    _write(folder, units, lines)
    return Made(states.total(), dict(states), strays, sum(map(len, lines.values())))


def _unit(number: int) -> str:
    return f"x-{number:05d}"


def _duties() -> Iterator[Duty]:
    for year in range(FIRST, LAST + 1):
        for month in range(1, 13):
            first, last = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
            # the window of a month runs from the 15th before to its 14th; the report is due on its 25th
            opens = (first - timedelta(1)).replace(day=15)
            yield Duty("01-KH/1", f"{year}-{month:02d}", opens, date(year, month, 25), first, last)
        for quarter in range(1, 5):
            first = date(year, quarter * 3 - 2, 1)
            last = date(year, quarter * 3, calendar.monthrange(year, quarter * 3)[1])
            yield Duty("01-KH/2", f"{year}-Q{quarter}", first, last, first, last)
        for task in ("01-KH/3", "01-KH/4", "01-KH/5"):
            yield Duty(task, str(year), date(year, 1, 1), date(year, 12, 31), date(year, 1, 1), date(year, 12, 31))
    for number in range(6, 11):
        due = date(2014 + number, 6, 30)
        yield Duty(f"01-KH/{number}", "", date(FIRST, 1, 1), due, date(FIRST, 1, 1), date(LAST, 12, 31))


def _drawn(duty: Duty, dice: random.Random, *, closed: bool) -> tuple[str, date | None, str]:
    """A state, and the day and document of the record that brings it about, if any."""
    outcome = dice.choices(list(CHANCES), list(CHANCES.values()))[0]
    shift = dice.randrange(1, 30)
    doc = f"{dice.randrange(1, 999)}-BC"
    if duty.starts > AS_OF:
        return "upcoming", None, ""
    if closed and (outcome in ("missing", "claimed") or duty.due > CLOSED):
        # what a unit has not shown when it ends, ends with it
        return "cancelled", (duty.due if outcome == "claimed" and duty.due <= CLOSED else None), ""
    past = duty.due < AS_OF
    if outcome == "missing":
        return ("overdue" if past else "open"), None, ""
    if outcome == "claimed":
        return "unknown", min(duty.due, AS_OF), ""
    if outcome == "late" and past:
        return "done_late", min(duty.due + timedelta(shift), AS_OF), doc
    return "done", max(duty.starts, min(duty.due, AS_OF) - timedelta(shift)), doc


def _write(folder: Path, units: int, lines: dict[int, list[str]]) -> None:
    (folder / "plans").mkdir(parents=True)
    listed = ["units:", "  - {id: t, name: Tỉnh Đo, kind: tinh}"]
    for number in range(units):
        end = ", closed: {on: 30/6/2023, basis: 1-NQ}" if number % CLOSED_EVERY == CLOSED_EVERY - 1 else ""
        listed.append(f"  - {{id: {_unit(number)}, name: Xã số {number}, kind: xa, parent: t{end}}}")
    (folder / "plans" / "units.yaml").write_text("\n".join(listed) + "\n", encoding="utf-8")
    (folder / "plans" / "plan.yaml").write_text(_plan(), encoding="utf-8")
    for year, rows in lines.items():
        where = folder / "actuals" / str(year)
        where.mkdir(parents=True)
        (where / "xa.csv").write_text("\n".join(["unit,task,period,date,doc", *rows]) + "\n", encoding="utf-8")


def _plan() -> str:
    lines = [
        f"plan: {PLAN}",
        "title: Kế hoạch để đo",
        f"issued: 01/01/{FIRST}",
        f"period: {FIRST}-{LAST}",
        "regimes:",
        "  thang: {cutoff_day: 14, due_day: 25}",
        "tasks:",
        _task("1", "Báo cáo tháng", "recurring", "every: month, regime: thang, measure: report"),
        _task("2", "Giao ban quý", "recurring", "every: quarter, measure: giao-ban"),
    ]
    lines += [_task(str(n), f"Báo cáo năm {n}", "recurring", "every: year, measure: report") for n in (3, 4, 5)]
    lines += [_task(str(n), f"Ký kết {n}", "coverage", f"due: 30/6/{2014 + n}, measure: deal") for n in range(6, 11)]
    return "\n".join(lines) + "\n"


def _task(number: str, title: str, kind: str, more: str) -> str:
    return f'  - {{id: "{number}", title: {title}, kind: {kind}, for: xa, lead: [t], evidence: document, {more}}}'

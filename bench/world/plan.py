"""What is owed, and by whom: tasks, their periods with all days, units with those that open and close.

Each commune owes, for every period of five years, monthly reports, quarterly meetings (30 days of grace), a yearly
report and a yearly quota of three classes; once, an agreement and a plan of its own. Each province owes two quarterly
reports. Small sizes have one task of each sort (92 obligations a commune), from 100,000 on the plan is wide: twelve
monthly, four quarterly, three yearly tasks (817 a commune), so that 10,000,000 are some 12,000 communes.
"""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

AS_OF = date(2024, 10, 20)
FIRST, LAST = 2020, 2024
NUMBER, KEY = "01-KH/DO", "01-KH"
WIDE_FROM = 100_000
BEGIN, END = date(FIRST, 1, 1), date(LAST, 12, 31)
TARGET = 3
GRACE = 30


class Task(NamedTuple):
    """One line of the plan."""

    id: str
    title: str
    kind: str
    measure: str
    every: str
    """month, quarter, year, or nothing."""
    who: str
    """Kind of unit."""
    due: date | None = None
    grace: int = 0
    target: int = 0


class Duty(NamedTuple):
    """A task in one of its periods."""

    task: Task
    period: str
    """As findings name it; what is owed once has that of the plan."""
    key: str
    """As records name it: nothing for what is owed once."""
    starts: date
    due: date
    first: date
    """With `last`, the time through which a unit must have existed to owe it."""
    last: date


class Unit(NamedTuple):
    """Who owes."""

    id: str
    kind: str
    parent: str
    opened: date | None = None
    closed: date | None = None


class Plan(NamedTuple):
    """All that is known before anything is done."""

    tasks: tuple[Task, ...]
    duties: tuple[Duty, ...]
    units: tuple[Unit, ...]
    """Provinces first."""


def plan_for(size: int) -> Plan:
    """A plan and units that come to about so many obligations."""
    wide = size >= WIDE_FROM
    tasks = tuple(_tasks(monthly=12 if wide else 1, quarterly=4 if wide else 1, yearly=3 if wide else 2))
    duties = tuple(duty for task in tasks for duty in _duties(task))
    each = sum(duty.task.who == "xa" for duty in duties)
    return Plan(tasks, duties, tuple(_units(max(1, round(size / each)))))


def _tasks(monthly: int, quarterly: int, yearly: int) -> Iterator[Task]:
    numbers = iter(range(1, 100))

    def id_() -> str:
        return f"{KEY}/{next(numbers)}"

    for n in range(1, monthly + 1):
        yield Task(id_(), f"Báo cáo tháng {n}", "recurring", "report", "month", "xa")
    for n in range(1, quarterly + 1):
        yield Task(id_(), f"Giao ban quý {n}", "recurring", "giao-ban", "quarter", "xa", grace=GRACE)
    for n in range(1, yearly):
        yield Task(id_(), f"Báo cáo năm {n}", "recurring", "report", "year", "xa")
    yield Task(id_(), "Lớp tập huấn", "quantity", "lop", "year", "xa", target=TARGET)
    yield Task(id_(), "Ký kết", "coverage", "agreement", "", "xa", due=date(2022, 12, 31))
    yield Task(id_(), "Ban hành kế hoạch", "milestone", "ke-hoach", "", "xa", due=date(2021, 6, 30))
    for n in (1, 2):
        yield Task(id_(), f"Báo cáo quý của tỉnh {n}", "recurring", "report", "quarter", "tinh")


def _duties(task: Task) -> Iterator[Duty]:
    if not task.every:
        assert task.due is not None
        yield Duty(task, f"{FIRST}-{LAST}", "", BEGIN, task.due, BEGIN, BEGIN)
        return
    for year in range(FIRST, LAST + 1):
        match task.every:
            case "month":
                for month in range(1, 13):
                    first, last = date(year, month, 1), _end(year, month)
                    # the window of a month runs from the 15th before to its 14th; the report is due on its 25th
                    opens = (first - timedelta(1)).replace(day=15)
                    period = f"{year}-{month:02d}"
                    yield Duty(task, period, period, opens, date(year, month, 25), first, last)
            case "quarter":
                for quarter in range(1, 5):
                    first, last = date(year, quarter * 3 - 2, 1), _end(year, quarter * 3)
                    # a province reports by the 10th of the month after
                    due = last + timedelta(10) if task.who == "tinh" else last
                    period = f"{year}-Q{quarter}"
                    yield Duty(task, period, period, first, due, first, last)
            case _:
                first, last = date(year, 1, 1), date(year, 12, 31)
                yield Duty(task, str(year), str(year), first, last, first, last)


def _end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _units(communes: int) -> Iterator[Unit]:
    """Of a hundred communes one closes, one opens late; three different days each."""
    provinces = max(1, round(communes / 175))
    for number in range(provinces):
        yield Unit(f"t-{number:02d}", "tinh", "")
    opens = (date(2021, 7, 1), date(2022, 1, 1), date(2023, 3, 15))
    closes = (date(2023, 6, 30), date(2022, 6, 30), date(2023, 12, 31))
    for number in range(communes):
        hundred, rest = divmod(number, 100)
        opened = opens[hundred % 3] if rest == 5 else None
        closed = closes[hundred % 3] if rest == 7 else None
        yield Unit(f"x-{number:05d}", "xa", f"t-{number % provinces:02d}", opened, closed)

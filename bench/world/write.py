"""The files: a project that `tracker` reads, and tables for programs that read no plans."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from bench.world.draw import Records, days
from bench.world.plan import FIRST, LAST, NUMBER, Plan, Task, Unit
from bench.world.rules import RULE_FILES

KEYS = ("unit", "task", "period", "date", "doc", "quantity")
DAY_ONE = days(date(FIRST - 1, 1, 1))
DAYS = [date(FIRST - 1, 1, 1) + timedelta(n) for n in range(366 * (LAST - FIRST + 3))]


def write(folder: Path, plan: Plan, records: Records, *, parquet: bool, rules: bool) -> None:
    """The whole world into an empty folder."""
    project = folder / "csv"
    (project / "plans").mkdir(parents=True)
    (project / "actuals").mkdir()
    (project / "plans" / "units.yaml").write_text(_units(plan.units), encoding="utf-8")
    (project / "plans" / "plan.yaml").write_text(_plan(plan.tasks), encoding="utf-8")
    if rules:
        (project / "rules").mkdir()
        for name, text in RULE_FILES.items():
            (project / "rules" / f"{name}.yaml").write_text(text, encoding="utf-8")
    if parquet:
        shutil.copytree(project, folder / "parquet")
    _tables(folder / "tables", plan)
    _actuals(folder, plan, records, parquet=parquet)


def _actuals(folder: Path, plan: Plan, records: Records, *, parquet: bool) -> None:
    """A file a year; within it by day, as logs grow, and on one day in the order of a fixed shuffle."""
    words = _Words(plan, records)
    order = np.random.PCG64(0).random_raw(len(records.unit)).argsort(kind="stable")
    order = order[records.day[order].argsort(kind="stable")]
    years = np.array([day.year for day in DAYS])[records.day[order] - DAY_ONE]
    for year in range(FIRST - 1, LAST + 1):
        rows = order[np.searchsorted(years, year) : np.searchsorted(years, year, side="right")]
        where = folder / "csv" / "actuals" / str(year)
        where.mkdir()
        with (where / "xa.csv").open("wb") as file:
            file.write((",".join(KEYS) + "\n").encode())
            options = pa.csv.WriteOptions(include_header=False, quoting_style="none")
            pa.csv.write_csv(words.table(rows, typed=False), file, write_options=options)
        if parquet:
            where = folder / "parquet" / "actuals" / str(year)
            where.mkdir(parents=True)
            pa.parquet.write_table(words.table(rows, typed=True), where / "xa.parquet")


def cut(project: Path, files: int) -> None:
    """Each table in so many files, each of neighbouring units, as provinces would send them."""
    for path in list((project / "actuals").rglob("*.csv")):
        header, *rows = path.read_text(encoding="utf-8").splitlines()
        rows.sort(key=lambda row: row.partition(",")[0])
        for number in range(files):
            own = rows[number * len(rows) // files : (number + 1) * len(rows) // files]
            path.with_name(f"xa-{number}.csv").write_text("\n".join([header, *own]) + "\n", encoding="utf-8")
        path.unlink()


class _Words:
    """Numbers as people and files write them."""

    def __init__(self, plan: Plan, records: Records) -> None:
        self.records = records
        self.units = pa.array([unit.id for unit in plan.units])
        self.tasks = pa.array([task or None for task, _ in records.labels], pa.string())
        self.periods = pa.array([period or None for _, period in records.labels], pa.string())
        self.days = pa.array([f"{day:%d/%m/%Y}" for day in DAYS])
        self.docs = pa.array([None, *(f"{number}-BC" for number in range(1, 1000))])

    def table(self, rows: np.ndarray, *, typed: bool) -> pa.Table:
        found = self.records
        quantity = found.quantity[rows]
        amounts = pa.array(quantity, mask=quantity == 0).cast(pa.int32())
        day = found.day[rows]
        columns = [
            pc.take(self.units, pa.array(found.unit[rows])),
            pc.take(self.tasks, pa.array(found.label[rows])),
            pc.take(self.periods, pa.array(found.label[rows])),
            pa.array(day).cast(pa.date32()) if typed else pc.take(self.days, pa.array(day - DAY_ONE)),
            pc.take(self.docs, pa.array(found.doc[rows])),
            amounts if typed else amounts.cast(pa.string()),
        ]
        return pa.table(columns, names=list(KEYS))


def _units(units: tuple[Unit, ...]) -> str:
    lines = ["units:"]
    for unit in units:
        more = f", parent: {unit.parent}" if unit.parent else ""
        if unit.opened:
            more += f", opened: {{on: {unit.opened:%d/%m/%Y}, basis: 1-NQ}}"
        if unit.closed:
            more += f", closed: {{on: {unit.closed:%d/%m/%Y}, basis: 2-NQ}}"
        name = f"{'Tỉnh' if unit.kind == 'tinh' else 'Xã'} số {int(unit.id[2:])}"
        lines.append(f"  - {{id: {unit.id}, name: {name}, kind: {unit.kind}{more}}}")
    return "\n".join(lines) + "\n"


def _plan(tasks: tuple[Task, ...]) -> str:
    lines = [
        f"plan: {NUMBER}",
        "title: Kế hoạch để đo",
        f"issued: 01/01/{FIRST}",
        f"period: {FIRST}-{LAST}",
        "regimes:",
        "  thang: {cutoff_day: 14, due_day: 25}",
        "  tinh: {cutoff_day: 0, due_day: 10, due_month: 1}",
        "tasks:",
        *map(_task, tasks),
    ]
    return "\n".join(lines) + "\n"


def _task(task: Task) -> str:
    said = {
        "id": f'"{task.id.partition("/")[2]}"',
        "title": task.title,
        "kind": task.kind,
        "for": task.who,
        "lead": "[t-00]",
        "evidence": "document",
        "measure": task.measure,
        "every": task.every,
        "regime": {"month": "thang", "quarter": "tinh" if task.who == "tinh" else ""}.get(task.every, ""),
        "due": f"{task.due:%d/%m/%Y}" if task.due else "",
        "grace": str(task.grace or ""),
        "target": f"{task.target} lớp" if task.target else "",
    }
    return "  - {" + ", ".join(f"{key}: {value}" for key, value in said.items() if value) + "}"


def _tables(folder: Path, plan: Plan) -> None:
    """The calendar, a task in a period a row, and the units: what the plan says, as tables."""
    folder.mkdir()
    lines = ["task,period,key,kind,measure,who,starts,due,first,last,grace,target"]
    for duty in plan.duties:
        task = duty.task
        lines.append(
            f"{task.id},{duty.period},{duty.key},{task.kind},{task.measure},{task.who},{duty.starts},{duty.due},"
            f"{duty.first},{duty.last},{task.grace},{task.target or ''}"
        )
    (folder / "duties.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    lines = ["unit,who,opened,closed"]
    lines += [f"{unit.id},{unit.kind},{unit.opened or ''},{unit.closed or ''}" for unit in plan.units]
    (folder / "units.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")

"""The standard library alone: dictionaries and a tuple a row."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from glob import glob

from bench.job import AS_OF, Asked, answer, asked

NEVER = date.max


@cache
def day(text: str) -> date:
    return date(int(text[6:]), int(text[3:5]), int(text[:2]))


def table(path: object) -> Iterator[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as file:  # noqa: PTH123 - also for what glob gives
        yield from csv.DictReader(file)


def records(ask: Asked) -> dict[tuple[str, str, str], list[tuple[date, bool, int]]]:
    """By task, unit and key: day, whether a document is named, amount."""
    found: dict[tuple[str, str, str], list[tuple[date, bool, int]]] = {}
    for path in sorted(glob(ask.actuals)):  # noqa: PTH207 - a pattern is what is handed over
        with open(path, encoding="utf-8", newline="") as file:  # noqa: PTH123
            rows = csv.reader(file)
            next(rows)
            for unit, task, period, when, doc, quantity in rows:
                done = day(when)
                if done <= AS_OF:
                    found.setdefault((task, unit, period), []).append((done, bool(doc), int(quantity or 0)))
    return found


def shown(rows: list[tuple[date, bool, int]], target: int) -> date | None:
    """The day on which it was shown."""
    good = [row for row in rows if row[1]]
    if not target:
        return min((done for done, _, _ in good), default=None)
    total = 0
    for done, _, amount in sorted(good):
        total += amount
        if total >= target:
            return done
    return None


def judged(ask: Asked, found: dict) -> Iterator[tuple]:
    """Duty, unit, its state, number of documents, whether a part of it was reached. Takes what it uses from `found`."""
    units: dict[str, list[tuple[str, date, date]]] = {}
    for row in table(ask.tables / "units.csv"):
        spell = (date.fromisoformat(row["opened"] or "0001-01-01"), date.fromisoformat(row["closed"] or "9999-12-31"))
        units.setdefault(row["who"], []).append((row["unit"], *spell))
    for duty in table(ask.tables / "duties.csv"):
        task, key, target = duty["task"], duty["key"], int(duty["target"] or 0)
        starts, due, first, last = (date.fromisoformat(duty[name]) for name in ("starts", "due", "first", "last"))
        over = due + timedelta(int(duty["grace"])) < AS_OF
        for unit, opened, closed in units[duty["who"]]:
            if opened > first or closed < last:
                continue
            rows = found.pop((task, unit, key), ())
            docs = sum(row[1] for row in rows)
            when = shown(rows, target) if docs else None
            if when is not None:
                state = "done" if when <= due else "done_late"
            elif closed < AS_OF:
                state = "cancelled"
            elif starts > AS_OF:
                state = "upcoming"
            elif rows and not docs:
                state = "unknown"
            else:
                state = "overdue" if over else "open"
            yield duty, unit, state, docs, bool(target and docs and when is None)


def broken(duty: dict[str, str], state: str, docs: int, *, part: bool) -> Iterator[tuple[str, str]]:
    """Rules with their verdicts."""
    report = duty["kind"] == "recurring" and duty["measure"] == "report"
    verdict = {"overdue": "broken", "unknown": "unknown"}.get(state)
    if report and verdict:
        yield "report-missing", verdict
    if report and state == "done_late":
        yield "report-late", "broken"
    if not report and not part and verdict:
        yield "task-overdue", verdict
    if part and state == "overdue":
        yield "task-target-missed", "broken"
    if duty["kind"] != "quantity" and docs > 1:
        yield "task-duplicate", "broken"


def main(ask: Asked) -> None:
    found = records(ask)
    counts: Counter[tuple[str, str]] = Counter()
    with (ask.out / "findings.csv").open("w", encoding="utf-8") as file:
        for duty, unit, state, docs, part in judged(ask, found):
            counts[unit, state] += 1
            for rule, verdict in broken(duty, state, docs, part=part):
                file.write(f"{rule},{duty['task']},{unit},{duty['period']},{verdict}\n")
    states: Counter[str] = Counter()
    with (ask.out / "counts.csv").open("w", encoding="utf-8") as file:
        for (unit, state), count in counts.items():
            states[state] += count
            file.write(f"{unit},{state},{count}\n")
    answer(states, sum(map(len, found.values())))


if __name__ == "__main__":
    ask = asked()
    if ask.parquet:
        raise SystemExit("the standard library does not read Parquet")
    main(ask)

"""How good the suggestions of `tracker match` are: `python -m bench.matching`. docs/matching.md holds what it prints.

bench/labelled.csv has log lines as people write them, each with the task of plans/14-KH-2023.yaml that it is for, or
`none`. They were composed for this, not collected; `part` was drawn from a digest of the line. The weights of
tracker/suggest were set by looking at `tune` alone; `held` is what counts.
"""

import argparse
import csv
import difflib
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz

from tracker.model.actual import Actual
from tracker.model.project import Project
from tracker.model.source import Place
from tracker.model.values import Quantity, Span
from tracker.names import accents
from tracker.periods import Days
from tracker.read import read
from tracker.read.days import parse_span
from tracker.read.values import parse_quantity
from tracker.run import Asked, judge
from tracker.suggest import keyless, suggest, text_of

ROOT = Path(__file__).parent.parent
DAY = date(2023, 12, 31)
NONE = "none"
THRESHOLDS = (40, 50, 60, 70, 80)


class Line(NamedTuple):
    """A line of a log with the task that it is for."""

    part: str
    actual: Actual
    task: str
    period: str


class Answer(NamedTuple):
    """What was made of a line: tasks, the best first, each with its score and whether its period is right too."""

    line: Line
    tasks: Sequence[tuple[str, float, bool]]
    close: bool = False


class Score(NamedTuple):
    """Of one way at one threshold."""

    given: int
    """Lines for which something was suggested."""
    right: int
    owed: int
    """Lines that are for a task."""

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.owed

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.given + self.owed)


def lines() -> list[Line]:
    """The labelled lines."""
    found = []
    with (ROOT / "bench" / "labelled.csv").open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            when, quantity = parse_span(row["date"]), parse_quantity(row["quantity"]) if row["quantity"] else None
            assert isinstance(when, Span)
            assert quantity is None or isinstance(quantity, Quantity)
            at = Place("bench/labelled.csv", number)
            one = Actual(row["unit"], "", when, when.last, quantity=quantity, doc=row["doc"], title=row["text"], at=at)
            found.append(Line(row["part"], one, row["task"], row["period"]))
    return found


def project(labelled: Sequence[Line]) -> Project:
    """The real plan with these lines as its only records."""
    whole = read(ROOT, ROOT / "rules")
    plans = tuple(plan._replace(close=None) for plan in whole.plans)
    return whole._replace(plans=plans, actuals=tuple(line.actual for line in labelled), links=())


def ours(labelled: Sequence[Line]) -> list[Answer]:
    """What tracker suggests."""
    all_ = project(labelled)
    situation, _ = judge(all_, Asked(Days(DAY, date.max)))
    entries = keyless(all_.actuals, [stray.actual for stray in situation.strays])
    assert len(entries) == len(labelled)
    by_place = {line.actual.at: line for line in labelled}
    found = []
    for one in suggest(entries, situation.standings, least=0):
        line = by_place[one.actual.at]
        tasks = [
            (c.obligation.task.id, c.score, line.period in ("", c.obligation.period.id)) for c in one.candidates
        ]
        found.append(Answer(line, tasks, one.close))
    return found


def naive(labelled: Sequence[Line], like: Callable[[str, str], float]) -> list[Answer]:
    """What the likeness of texts alone suggests, among the same tasks; periods are not asked of it."""
    situation, _ = judge(project(labelled), Asked(Days(DAY, date.max)))
    titles: dict[str, dict[str, str]] = {}
    for one in situation.standings:
        titles.setdefault(one.obligation.unit.id, {})[one.obligation.task.id] = one.obligation.task.title
    found = []
    for line in labelled:
        own = titles.get(line.actual.unit, {})
        ranked = sorted(((like(text_of(line.actual), title), task) for task, title in own.items()), reverse=True)
        found.append(Answer(line, [(task, score, True) for score, task in ranked[:3]]))
    return found


def scored(answers: Sequence[Answer], least: float, top: int = 1, *, bulk: bool = False) -> Score:
    """Right and wrong at a threshold: right is the task, and of a periodic report its period too."""
    given = right = 0
    for answer in answers:
        told = [(task, fits) for task, score, fits in answer.tasks[:top] if score >= least]
        if told and not (bulk and answer.close):
            given += 1
            right += (answer.line.task, True) in told
    return Score(given, right, sum(answer.line.task != NONE for answer in answers))


def best(answers: Sequence[Answer]) -> float:
    """The threshold with the best F1."""
    return max(range(0, 101, 2), key=lambda least: scored(answers, least).f1)


def row(name: str, score: Score) -> str:
    """One line of the table."""
    return f"| {name} | {score.given} | {score.right} | {score.precision:.1%} | {score.recall:.1%} |"


BASELINES: dict[str, Callable[[str, str], float]] = {
    "difflib, as written": lambda a, b: 100 * difflib.SequenceMatcher(None, a, b).ratio(),
    "token_set_ratio, as written": fuzz.token_set_ratio,
    "token_set_ratio, folded": lambda a, b: fuzz.token_set_ratio(accents(a), accents(b)),
    "token_set_ratio, small letters": lambda a, b: fuzz.token_set_ratio(a.casefold(), b.casefold()),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.matching")
    parser.add_argument("--part", choices=("held", "tune"), default="held")
    parser.add_argument("--misses", action="store_true", help="what was wrong; of tune alone, or it is no held set")
    asked = parser.parse_args()
    everything = lines()
    answers = ours(everything)
    mine = [one for one in answers if one.line.part == asked.part]
    print(f"{len(mine)} lines ({asked.part}), {sum(one.line.task != NONE for one in mine)} for a task\n")
    print("| suggested | lines | right | precision | recall |\n|---|---:|---:|---:|---:|")
    for least in THRESHOLDS:
        print(row(f"first, {least} and above", scored(mine, least)))
    for least in THRESHOLDS:
        print(row(f"among three, {least} and above", scored(mine, least, top=3)))
    for least in THRESHOLDS[1:]:
        print(row(f"in bulk, {least} and above, none that is close", scored(mine, least, bulk=True)))
    for name, like in BASELINES.items():
        all_ = naive(everything, like)
        least = best([one for one in all_ if one.line.part == "tune"])
        held = [one for one in all_ if one.line.part == asked.part]
        print(row(f"{name}: first, {least} and above", scored(held, least)))
    if asked.misses and asked.part == "tune":
        for one in mine:
            first = next((task for task, score, fits in one.tasks[:1] if score >= THRESHOLDS[0] and fits), NONE)
            if first != one.line.task:
                shown = " ".join(f"{task.rpartition('/')[2]}:{score}" for task, score, _ in one.tasks)
                print(f"{one.line.task:12} {one.line.actual.unit:10} {text_of(one.line.actual)} → {shown}")


if __name__ == "__main__":
    main()

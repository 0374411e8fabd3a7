"""The two projects that tests judge: this repository's own plan, and the invented province."""

import shutil
from datetime import date
from functools import cache
from pathlib import Path

from tracker.model.project import Edited, Project
from tracker.model.report import Report
from tracker.periods import Days
from tracker.read import read
from tracker.run import Asked, run

ROOT = Path(__file__).parent.parent
SHOWCASE = Path(__file__).parent / "showcase"
SHOWCASE_DAY = date(2024, 10, 20)
REAL_DAY = date(2023, 12, 31)


@cache
def real() -> Project:
    return read(ROOT, ROOT / "rules")


@cache
def showcase() -> Project:
    return read(SHOWCASE, ROOT / "rules")


def edited() -> Project:
    """The invented province after somebody changed a promise in its file without a decision."""
    plan = showcase().plans[-1]
    edit_ = Edited(plan.id, plan.tasks[0].id, "due", "31/01/2024", "31/03/2024", date(2024, 5, 2), plan.tasks[0].at)
    return showcase()._replace(edits=(edit_,))


def judged(project: Project, day: date, **asked) -> Report:
    return run(project, Asked(Days(day, day), **asked))


def copy_of(source: Path, target: Path) -> Path:
    """A project to break: plans, actuals and rules, nothing else."""
    for folder in ("plans", "actuals"):
        shutil.copytree(source / folder, target / folder)
    shutil.copytree(ROOT / "rules", target / "rules")
    if (source / "rules" / "waivers").is_dir():
        shutil.copytree(source / "rules" / "waivers", target / "rules" / "waivers")
    return target


def logs_of(source: Path, target: Path) -> Path:
    """A project to write into: its plans and records, and one rule, since nobody asks what the others find."""
    for folder in ("plans", "actuals"):
        shutil.copytree(source / folder, target / folder)
    (target / "rules").mkdir()
    shutil.copy(ROOT / "rules" / "task-overdue.yaml", target / "rules")
    return target


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")

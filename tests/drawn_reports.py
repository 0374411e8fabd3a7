"""Whole reports of the two projects that tests judge, drawn once."""

from datetime import date
from functools import cache

import pytest
from projects import REAL_DAY, ROOT, SHOWCASE, SHOWCASE_DAY, real, showcase

from tracker.draft.over import over
from tracker.draft.report import report
from tracker.lang import words
from tracker.model.paper import Block, Paper
from tracker.model.plan import Plan
from tracker.model.project import Project
from tracker.model.report import Report
from tracker.periods import Days
from tracker.render.paper import Look, renderer
from tracker.run import Asked

SAY = words()


def drawn(project: Project, key: str, day: date, period: str = "") -> tuple[Report, Paper]:
    plan = plan_of(project, key)
    days = over(plan, period)
    assert days is not None
    return report(project, Asked(Days(day, day)), plan.id, days, SAY)


def plan_of(project: Project, key: str) -> Plan:
    return next(plan for plan in project.plans if plan.key == key)


@cache
def paper(name: str) -> Paper:
    return both(name)[1]


@cache
def both(name: str) -> tuple[Report, Paper]:
    match name:
        case "real":
            return drawn(real(), "14-KH", REAL_DAY)
        case "real-quarter":
            return drawn(real(), "14-KH", REAL_DAY, "2023-Q3")
        case "showcase":
            return drawn(showcase(), "12-KH", SHOWCASE_DAY)
        case "showcase-quarter":
            return drawn(showcase(), "12-KH", SHOWCASE_DAY, "2024-Q3")
        case _:
            return drawn(showcase(), "12-KH", SHOWCASE_DAY, "2024-05")


NAMES = ("real", "real-quarter", "showcase", "showcase-quarter", "showcase-month")
every = pytest.mark.parametrize("name", NAMES)


def root_of(name: str):
    return ROOT if name.startswith("real") else SHOWCASE


def text(of: Paper, *, trace: bool = False) -> str:
    return renderer("md")(of, Look(SAY, trace)).decode()


def block_of(of: Paper, key: str) -> Block:
    return next(block for block in of.body if block.key == key)

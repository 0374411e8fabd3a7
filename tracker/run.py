"""The sentence as code: read, expand, match, stand, check; render is the door's business. Read this file first."""

from collections.abc import Sequence
from datetime import date
from fnmatch import fnmatchcase
from functools import cache
from typing import NamedTuple

from tracker.check import Subject, check, getter, place_of, prepare
from tracker.expand import expand
from tracker.match import known, match
from tracker.model.finding import Cell
from tracker.model.plan import Plan
from tracker.model.project import Project
from tracker.model.report import Report
from tracker.model.rule import Rule
from tracker.model.source import Problem
from tracker.model.standing import Standing
from tracker.model.tables import TABLES, Column, Type
from tracker.model.unit import Unit
from tracker.periods import Days
from tracker.rows import Situation, recorded, rows
from tracker.stand import HORIZON_DAYS, stand


class Asked(NamedTuple):
    """What somebody wants to know."""

    days: Days
    plans: tuple[str, ...] = ()
    """Numbers or keys of plans; none = all that are in force on the day."""
    units: tuple[str, ...] = ()
    """Unit ids; an organisation belongs to the territory that it serves. None = all."""
    select: tuple[str, ...] = ("*",)
    """Patterns of rule ids to run."""
    ignore: tuple[str, ...] = ()
    horizon: int = HORIZON_DAYS


def run(project: Project, asked: Asked) -> Report:
    """Judge what the project promised and did, as of a day and known by a day. Pure: no clock, disk or terminal."""
    situation, unreadable = judge(project, asked)
    ready, broken = prepare(wanted(project.rules, asked))

    @cache
    def table(name: str) -> Sequence[Subject]:
        return rows(name, situation)

    findings, saw = check(ready, table)
    return Report(
        asked.days.as_of,
        asked.days.known_by,
        situation.plans,
        situation.standings,
        situation.strays,
        findings,
        sorted([*project.problems, *unreadable, *broken], key=lambda problem: problem.order),
        [one.rule for one in ready],
        saw,
        {unit.id: unit for unit in project.units},
    )


def judge(project: Project, asked: Asked) -> tuple[Situation, tuple[Problem, ...]]:
    """Expand, match and stand: all that there is to say before any rule is asked."""
    days = asked.days
    viewed = view(project.plans, asked)
    others = [plan for plan in project.plans if plan not in viewed]
    obligations, unreadable = expand(viewed, project.units)
    pairs, strays = match(obligations, project.actuals, viewed, others, days)
    chosen = members(project.units, asked.units)
    figures = [f for f in project.figures if f.recorded <= days.known_by and f.when.first <= days.as_of]
    standings = stand(pairs, days.as_of, asked.horizon)
    if asked.units:
        standings = tuple(standing for standing in standings if standing.obligation.unit.id in chosen)
        strays = tuple(stray for stray in strays if stray.actual.unit in chosen)
    situation = Situation(
        days,
        viewed,
        [unit for unit in project.units if unit.id in chosen],
        project.documents,
        standings,
        strays,
        recorded(standings, strays),
        [figure for figure in figures if not asked.units or figure.unit in chosen],
    )
    return situation, unreadable


def exported(
    project: Project,
    asked: Asked,
    table: str,
) -> tuple[Sequence[Problem], Sequence[Column], Sequence[Sequence[Cell]]]:
    """A table as columns and rows, each row with the place that it came from; and what could not be read."""
    situation, unreadable = judge(project, asked)
    columns = TABLES[table].columns
    names = [column.name for column in columns]
    cells = getter(TABLES[table], names)
    lines = []
    for row in rows(table, situation):
        place = place_of(row)
        line = [*cells(row), place.file, place.line]
        if isinstance(row, Standing):
            # Rules see null where the state cannot be told; other programs see the state.
            line[names.index("state")] = row.state
        lines.append(line)
    problems = sorted([*project.problems, *unreadable], key=lambda problem: problem.order)
    return problems, (*columns, Column("file", Type.TEXT, "file"), Column("line", Type.NUMBER, "line")), lines


def view(plans: Sequence[Plan], asked: Asked) -> list[Plan]:
    """The plans that are looked at: in force on the day, programmes first, then by the beginning of their period."""
    found = [
        plan
        for plan in plans
        if plan.known_from <= asked.days.as_of and (not asked.plans or {plan.id, plan.key} & set(asked.plans))
    ]
    return sorted(found, key=lambda plan: (not plan.programme, plan.period.first, plan.id))


def members(units: Sequence[Unit], asked: Sequence[str]) -> frozenset[str]:
    """The ids of the units asked for and of the organisations that serve them; of all units where none is asked for."""
    if not asked:
        return frozenset(unit.id for unit in units)
    return frozenset(unit.id for unit in units if unit.id in asked or unit.serves in asked)


def wanted(rules: Sequence[Rule], asked: Asked) -> list[Rule]:
    """The rules to run."""
    return [
        rule
        for rule in rules
        if any(fnmatchcase(rule.id, pattern) for pattern in asked.select)
        and not any(fnmatchcase(rule.id, pattern) for pattern in asked.ignore)
    ]


def newest(project: Project, today: date) -> tuple[tuple[str, ...], date]:
    """What the weekly page shows when nobody says: the newest plan that has records, its programme, and their day.

    A plan that has been closed is shown as of its closing day. Without any record the newest plan in force is shown.
    """
    days = Days(today, today)
    recorded = {actual.task for actual in known(project.actuals, days)}
    plans = [plan for plan in project.plans if not plan.programme and plan.known_from <= today]
    plans.sort(key=lambda plan: (any(task.id in recorded for task in plan.tasks), plan.period.first, plan.id))
    if not plans:
        return (), today
    plan = plans[-1]
    chosen = tuple(filter(None, (plan.id, plan.under)))
    return chosen, closing(project, chosen, today)


def closing(project: Project, chosen: Sequence[str], today: date) -> date:
    """The day for these plans when nobody names one: the last closing day where all were closed, or else today."""
    days = [plan.closed for plan in project.plans if plan.id in chosen and not plan.programme]
    return min(today, max((day or today for day in days), default=today))

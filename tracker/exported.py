"""A table of the rule writers' vocabulary as rows for other programs, each with the place that it came from."""

from collections.abc import Sequence
from functools import cache

from tracker.check import Subject, check, getter, place_of, prepare
from tracker.model.finding import Cell
from tracker.model.project import Project
from tracker.model.source import Problem
from tracker.model.standing import Standing
from tracker.model.table import Column, Type
from tracker.model.tables import TABLES, WAIVERS
from tracker.rows import rows
from tracker.rows.situation import Situation
from tracker.run import Asked, judge, seen, wanted
from tracker.waive import waive, waiver_rows


def exported(
    project: Project,
    asked: Asked,
    table: str,
) -> tuple[Sequence[Problem], Sequence[Column], Sequence[Sequence[Cell]]]:
    """A table as columns and rows, each row with the place that it came from; and what could not be read."""
    situation, unreadable = judge(project, asked)
    columns = TABLES[table].columns
    names = [column.name for column in columns]
    more = (
        Column("file", Type.TEXT, "file"),
        Column("line", Type.NUMBER, "line"),
        Column("as_of", Type.DATE, "day of judgement"),
        Column("known_by", Type.DATE, "day of knowledge"),
    )
    # A table that says itself in which file it is written says so once.
    new = [number for number, column in enumerate(more) if column.name not in names]
    cells = getter(TABLES[table], names)
    lines = []
    found = _waivers(project, asked, situation) if table == WAIVERS.name else rows(table, situation)
    for row in found:
        place = place_of(row)
        around = (place.file, place.line, asked.days.as_of, asked.days.known_by)
        line = [*cells(row), *(around[number] for number in new)]
        if isinstance(row, Standing):
            # Rules see null where the state cannot be told; other programs see the state.
            line[names.index("state")] = row.state
        lines.append(line)
    problems = sorted([*project.problems, *unreadable], key=lambda problem: problem.order)
    return problems, (*columns, *(more[number] for number in new)), lines


def _waivers(project: Project, asked: Asked, situation: Situation) -> Sequence[Subject]:
    """The rows of waivers: how many findings each meets is known when all rules have run."""
    ready, _ = prepare(rule for rule in wanted(project.rules, asked) if rule.on != WAIVERS.name)
    found = check(ready, cache(lambda name: rows(name, situation)))
    _, met = waive(found.findings, project.waivers, asked.days.as_of)
    return waiver_rows(seen(project, asked, {one.rule.id for one in ready}, met), met, asked.days.as_of)

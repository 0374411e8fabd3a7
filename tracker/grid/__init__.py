"""The second path (design 6): what the plain core says of masses of records, by addresses and columns.

It is an accelerator, never a meaning: whatever is judged, is judged by the plain core's own functions, once for each
different case. What it cannot carry it names, and the plain core runs.
"""

from collections.abc import Sequence

from tracker.check import Ready, columns_asked, prepare
from tracker.events import happened
from tracker.expand import Beside
from tracker.grid.found import by_columns
from tracker.grid.judged import Standings, judged, limited
from tracker.grid.owed import owed
from tracker.grid.tables import Rows
from tracker.grid.taken import Taken
from tracker.know import amended, known, threaded
from tracker.model.actual import Step
from tracker.model.project import Project
from tracker.model.report import Report
from tracker.model.source import Problem
from tracker.read.columnar import unfolded
from tracker.rows.situation import Situation, after
from tracker.run import Asked, Rules, members, run as run_plainly, view, wanted


def declined(project: Project, asked: Asked) -> str:
    """What the grid cannot carry of the project or the question, as a key under [engine] of lang/; empty = nothing."""
    now = known(project, asked.days.known_by)
    plans = view(now.plans, asked)
    tasks = [task for plan in plans for task in plan.tasks]
    if any(plan.close and plan.close.known_by and plan.close.on <= asked.days.as_of for plan in plans):
        return "published"
    if asked.passes:
        return "passes"
    if any(task.selects for plan in project.plans for task in plan.tasks):
        return "selectors"
    if project.reminders:
        return "reminders"
    if project.bulk and _reasons(project):
        return "reasons"
    if any(task.inherited for task in tasks) and now.successions:
        return "inherited"
    if any(task.due and "/" in task.due.event for plan in project.plans for task in plan.tasks):
        return "after_task"
    return ""


def _reasons(project: Project) -> bool:
    """Whether any record only says why something is not done: it stands beside the deeds of its obligation."""
    told = [one.step for one in project.actuals]
    for table in project.bulk:
        told += table.coded["step"][1] if "step" in table.coded else [table.fixed.get("step")]
    return Step.EXPLAINED in told


def run(project: Project, asked: Asked) -> Report:
    """The same report as tracker.run.run gives on all records."""
    if declined(project, asked):
        return run_plainly(plain(project), asked)
    ready, _ = prepare(wanted(project.rules, asked))
    situation, problems, rows = _judge(project, asked, exactly=any(_DAYS & columns_asked(one) for one in ready))

    def rules(ready: Sequence[Ready]) -> Rules:
        return Rules(by_columns(ready, rows), rows)

    return run_plainly(project, asked, lambda *_: (situation, problems), lambda ready, _: rules(ready))


def plain(project: Project) -> Project:
    """The project with every record as an object."""
    if not project.bulk:
        return project
    actuals = sorted((*project.actuals, *unfolded(project.bulk)), key=lambda one: one.at)
    return project._replace(actuals=tuple(actuals), bulk=())


_DAYS = frozenset({"first_date", "last_date", "days_late_first"})
"""Columns of standings for which it matters when something that came in time was done."""


def _judge(project: Project, asked: Asked, *, exactly: bool = True) -> tuple[Situation, tuple[Problem, ...], Rows]:
    """Expand, match and stand, as tracker.run.judge does for plans that run."""
    days = asked.days
    now = known(project, days.known_by)
    plans = view(now.plans, asked)
    shown = threaded([amended(plan, days.as_of) for plan in plans], now.plans, days.as_of)
    beside = Beside(now.groups, happened(now, days.as_of), now.calendar, days.as_of)
    promised, problems = owed(shown, now.units, beside)
    taken = Taken(project.bulk, now.actuals, days.as_of, days.known_by)
    mine = {plan.id for plan in shown}
    others = [plan for plan in now.plans if plan.id not in mine]
    stands = judged(promised, taken, (shown, others), days.as_of, asked.horizon, exactly=exactly)
    chosen = members(now.units, asked.units)
    if asked.units:
        stands = limited(stands, chosen)
    by_id = {plan.id: plan for plan in shown}
    edited = [edit for edit in now.edits if edit.plan in by_id]
    situation = Situation(
        days,
        [by_id[plan.id] for plan in plans],
        [unit for unit in now.units if unit.id in chosen],
        now.documents,
        Standings(stands),
        stands.strays,
        (),
        [f for f in now.figures if f.when.first <= days.as_of and (not asked.units or f.unit in chosen)],
        now.groups,
        (),
        edited,
        (),
        indicators=now.indicators,
        readings=[one for one in now.figures if one.indicator and one.when.first <= days.as_of],
        everybody=now.units,
        whole=not asked.units,
        next=after(now.plans),
    )
    return situation, problems, Rows(situation, stands)


__all__ = ["declined", "plain", "run"]

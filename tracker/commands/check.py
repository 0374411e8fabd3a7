"""`tracker check`: every finding, for a person or for CI."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker import apart, door
from tracker.cli import FINDINGS, FINE, TROUBLE
from tracker.options import Budget, Target, Whole, one_stream, split
from tracker.progress import waiting
from tracker.render.findings import formats

LEVELS = ("error", "warning", "note")
ENGINES = ("auto", "plain", "grid")
"""Who judges: both say the same; see docs/bulk.md."""

if TYPE_CHECKING:
    from tracker.gate import Terms
    from tracker.model.project import Project
    from tracker.model.report import Report
    from tracker.model.source import Problem
    from tracker.run import Asked


@door.command("check")
@door.shared
@door.option("-f", "--format", "targets", key="formats", metavar="NAME[:FILE]", type=Target(formats()), multiple=True)
@door.option("--fail-on", key="fail_on", type=click.Choice((*LEVELS, door.NEVER)), default="error", show_default=True)
@door.option("--fail-on-new", key="fail_on_new", type=click.Choice(LEVELS))
@door.option("--max", "budgets", key="max", metavar="RULE=N", type=Budget(), multiple=True)
@door.option("--since", "since", key="since_ref", metavar="REF")
@door.option("--horizon", key="horizon", metavar="DAYS", type=Whole(), default=0)
@door.option("--baseline", key="baseline", metavar="FILE", type=click.Path(path_type=Path))
@door.option("--ignore-waivers", key="ignore_waivers", is_flag=True)
@door.option("--by", key="by", type=click.Choice(("owner",)))
@door.option("--all", "every", key="every", is_flag=True)
@door.option("--select", key="select", metavar="RULE", multiple=True)
@door.option("--ignore", key="ignore", metavar="RULE", multiple=True)
@door.option("--engine", key="engine", type=click.Choice(ENGINES), default=ENGINES[0])
@apart.options
def command(
    request: door.Request,
    *,
    targets: tuple[tuple[str, Path | None], ...],
    fail_on: str,
    fail_on_new: str | None,
    budgets: tuple[tuple[str, int], ...],
    since: str | None,
    horizon: int,
    baseline: Path | None,
    ignore_waivers: bool,
    by: str | None,
    every: bool,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    parts: int,
    parts_by: str,
    on: str,
    engine: str,
) -> int:
    """Judge everything that is in force and print what breaks a rule."""
    from tracker.gate import Terms, decide
    from tracker.model.rule import Severity

    one_stream(targets)
    wanted, unwanted = split(select), split(ignore)
    level, level_new = (Severity(word) if word and word != door.NEVER else None for word in (fail_on, fail_on_new))
    terms = Terms(level, level_new, budgets, horizon)
    # A revision is read by the plain reader, and so is what it is compared with.
    way = ENGINES[1] if since is not None else engine
    if since is None and baseline is None and not parts and not parts_by and not any(path for _, path in targets):
        door.note(request)
    with waiting(request.say("check.waiting")) as told:
        project, judge = apart.judged_by(request.folder, parts, parts_by, on, told, way=way)
        door.patterns(project, (*wanted, *unwanted, *(pattern for pattern, _ in budgets)))
        asked = request.asked(
            project, request.plan_ids(project), request.as_of, select=wanted or ("*",), ignore=unwanted,
        )._replace(waivers=not ignore_waivers, passes=any(name == "junit" for name, _ in targets))  # fmt: skip
        judge = judge or _judge_by(project, asked, way, request)
        report, troubles = _judged(request, project, asked, terms, since, judge=judge)
    if baseline is not None:
        report, more = _accepted(report, project, baseline)
        report = report._replace(problems=[*report.problems, *more])
    report = decide(report, terms)
    report = report._replace(gate=report.gate._replace(by=by or "", every=every))
    door.tell([*troubles, *report.problems], request.say)
    faults = [*report.faults, *_write(report, request, targets or (("text", None),))]
    if faults:
        raise faults[0]
    return door.noted(TROUBLE if report.problems else FINDINGS if report.gate.reasons else FINE)


def _judge_by(
    project: "Project", asked: "Asked", engine: str, request: door.Request,
) -> Callable[["Project", "Asked"], "Report"]:
    """The plain core, or the grid where records came by columns or where it was asked for."""
    from tracker.run import run

    if not project.bulk and engine != "grid":
        return run
    from tracker import grid

    if engine == "grid" and (why := grid.declined(project, asked)):
        door.remark([request.say("engine.declined", why=request.say(f"engine.{why}"))])
    return grid.run


def _judged(
    request: door.Request, project: "Project", asked: "Asked", terms: "Terms", since: str | None, *, judge: apart.Judge,
) -> tuple["Report", tuple["Problem", ...]]:
    """The report, compared with the revision and with the days ahead where that was asked."""
    from tracker.gate import ahead, compare

    report = judge(project, asked)
    troubles: tuple[Problem, ...] = ()
    if since is not None:
        from tracker.run import run
        from tracker.since import base

        now, then, troubles = base(request, asked, project, since)
        report = compare(report, run(now.project, now.asked), run(then.project, then.asked), since)
    if terms.horizon:
        later = judge(project, asked._replace(days=door.later(asked.days, terms.horizon)))
        report = ahead(report, later, terms)
    return report, troubles


def _accepted(report: "Report", project: "Project", baseline: Path) -> tuple["Report", tuple["Problem", ...]]:
    """The report with what the baseline holds marked, and what cannot be read of it."""
    from tracker.gate import accept
    from tracker.read.baseline import read_baseline

    entries, problems = read_baseline(baseline, str(baseline))
    return accept(report, entries, project.renames), problems


def _write(
    report: "Report", request: door.Request, targets: tuple[tuple[str, Path | None], ...],
) -> list[Exception]:
    """Write every format; one that fails through our fault loses none of the others, and is told after them."""
    from tracker.render.findings import blocks

    faults: list[Exception] = []
    for name, path in targets:
        try:
            door.write(blocks(name, report, request.say), path or request.output)
        except (click.UsageError, BrokenPipeError):
            raise
        except Exception as fault:  # noqa: BLE001 - told at the last door, with exit code 3
            faults.append(fault)
    return faults

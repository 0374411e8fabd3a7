"""Options by which a project is judged in parts, and who judges it then."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker import door
from tracker.cli import spoken
from tracker.model.project import Project
from tracker.model.report import Report
from tracker.options import Parts
from tracker.spread import engine, engines

if TYPE_CHECKING:
    from tracker.run import Asked

Judge = Callable[[Project, "Asked"], Report]


def options(function: Any) -> Any:
    """`--parts`, `--parts-by` and `--on`, which `judged_by` takes."""
    on = door.option("--on", "engine", key="on", type=click.Choice(engines()), default="processes", show_default=True)
    by = door.option("--parts-by", "parts_by", key="parts_by", metavar="KIND", default="")
    return door.option("--parts", "parts", key="parts", metavar="N", type=Parts(), default=0)(by(on(function)))


def judged_by(
    folder: Path | None, parts: int, kind: str, name: str, told: Callable[[int, int], None],
) -> tuple[Project, Judge]:
    """The project, and who judges it: this process the whole of it, or an engine in parts.

    In the second case the project has no records: they are read where they are judged. Raises click.UsageError for a
    kind that no unit is of, an engine whose library is not there, and parts that were lost on the way.
    """
    from tracker.run import run

    if not parts and not kind:
        return door.load(folder), run
    from tracker.model.share import TOGETHER
    from tracker.parts import split
    from tracker.read import read
    from tracker.read.survey import survey
    from tracker.work import Order, by_parts

    root, rules, today = door.root_of(folder), door.starter_rules(), door.today()
    project = read(root, rules, today, share=TOGETHER)
    if kind:
        door.known([kind], dict.fromkeys(unit.kind for unit in project.units), "kind")
    shares = split(project, parts, kind)
    if not shares:
        return door.load(folder), run
    shares = survey(root, project, shares)

    def judge(project: Project, asked: "Asked") -> Report:
        from concurrent.futures import BrokenExecutor

        try:
            return by_parts(project, Order(root, rules, today, asked), shares, engine(name), told)
        except ModuleNotFoundError as error:
            raise click.UsageError(spoken()("usage.no_engine", engine=name, library=error.name or "")) from error
        except BrokenExecutor as error:
            raise click.UsageError(spoken()("usage.parts_lost", parts=str(len(shares)))) from error

    return project, judge

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
from tracker.render.visible import visible
from tracker.spread import engine, engines

if TYPE_CHECKING:
    from tracker.read.undivided import Undivided
    from tracker.run import Asked

Judge = Callable[[Project, "Asked"], Report]


def options(function: Any) -> Any:
    """`--parts`, `--parts-by` and `--on`, which `judged_by` takes."""
    on = door.option("--on", "on", key="on", type=click.Choice(engines()), default="processes", show_default=True)
    by = door.option("--parts-by", "parts_by", key="parts_by", metavar="KIND", default="")
    return door.option("--parts", "parts", key="parts", metavar="N", type=Parts(), default=0)(by(on(function)))


def judged_by(
    folder: Path | None, parts: int, kind: str, name: str, told: Callable[[int, int], None], *, way: str,
) -> tuple[Project, Judge | None]:
    """The project, and who judges it in parts; None where this process judges the whole, read in this way.

    In the second case the project has no records: they are read where they are judged. Raises click.UsageError for a
    kind that no unit is of, an engine whose library is not there, and parts that were lost on the way.
    """
    from tracker.run import run

    if not parts and not kind:
        return door.load(folder, way), None
    from tracker.model.share import TOGETHER
    from tracker.parts import split
    from tracker.read import read
    from tracker.read.survey import survey
    from tracker.read.undivided import Undivided, crowded, undivided
    from tracker.steady import moment
    from tracker.work import Order, by_parts

    root, rules, today = door.root_of(folder), door.starter_rules(), door.today()
    begun = moment(root)
    project = read(root, rules, today, share=TOGETHER)
    if kind:
        door.known([kind], dict.fromkeys(unit.kind for unit in project.units), "kind")
    if why := undivided(root, project):
        _remark(why)
        return door.load(folder, way), None
    shares = split(project, parts, kind)
    if not shares:
        return door.load(folder, way), None
    shares = survey(root, project, shares)

    whole: list[Project] = []

    def judge(project: Project, asked: "Asked") -> Report:
        from concurrent.futures import BrokenExecutor

        if whole:
            return run(whole[0], asked)
        try:
            report = by_parts(project, Order(root, rules, today, asked), shares, engine(name), told)
        except ModuleNotFoundError as error:
            raise click.UsageError(spoken()("usage.no_engine", engine=name, library=error.name or "")) from error
        except BrokenExecutor as error:
            raise click.UsageError(spoken()("usage.parts_lost", parts=str(len(shares)))) from error
        # Each part reads by itself: what was written in the meantime is in some of them and not in others.
        why = crowded(report) if moment(root) == begun else Undivided("changing")
        if why is None:
            return report
        _remark(why)
        whole.append(door.load(folder))
        return run(whole[0], asked)

    return project, judge


def _remark(why: "Undivided") -> None:
    """Say on stderr why the project is judged as a whole."""
    say = spoken()
    door.remark([say("parts.whole", why=say(f"parts.{why.why}", file=visible(why.file)))])

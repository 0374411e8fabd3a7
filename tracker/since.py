"""An earlier view as somebody names it on the command line: a day, so many days ago, or a revision in git."""

import re
from datetime import date, timedelta
from typing import NamedTuple

import click

from tracker import door
from tracker.change import View
from tracker.cli import spoken
from tracker.model.project import Project
from tracker.model.source import Place, Problem
from tracker.periods import Days
from tracker.run import Asked

_AGO = re.compile(r"(?P<count>[0-9]{1,4})(?P<unit>[dw])")


class Point(NamedTuple):
    """What was asked for."""

    day: date | None
    """None = the day of the revision's commit."""
    ref: str = ""
    """Empty = the files as they are."""


def point(written: str, today: date) -> Point:
    """`7d`, `2w`, a day as people write it, REF, or REF@DATE. What can be read as a day is one.

    Raises click.UsageError for a day that does not exist, such as 31/02/2024.
    """
    day = _day(written, today)
    if day is not None:
        return Point(day)
    ref, at, when = written.rpartition("@")
    if at and ref and (day := _day(when, today)) is not None:
        return Point(day, ref)
    return Point(None, written)


def _day(written: str, today: date) -> date | None:
    from tracker.read.days import parse_day
    from tracker.read.values import Refusal

    if match := _AGO.fullmatch(written):
        return today - timedelta(days=int(match["count"]) * (7 if match["unit"] == "w" else 1))
    day = parse_day(written)
    if not isinstance(day, Refusal):
        return day
    if "/" in written and written.replace("/", "").isdigit():
        # 31/02/2024 and 14/6 are days that somebody got wrong, and no revisions.
        raise click.UsageError(spoken().refusal(day.code, day.args))
    return None


def view(request: door.Request, asked: Asked, project: Project, here: Point) -> tuple[View, tuple[Problem, ...]]:
    """The project at that point, asked the same; and what of an earlier revision could not be read.

    Without hindsight the day of knowledge is the day of judgement. Raises click.UsageError where git has no such
    revision, or the project was not there yet.
    """
    if not here.ref:
        assert here.day is not None
        return View(project, asked._replace(days=_days(here.day, request))), ()
    found, day = _at(request, here.ref, project)
    problems = tuple(_of(here.ref, problem) for problem in found.problems)
    days = _days(here.day or day, request)
    return View(found._replace(problems=problems), asked._replace(days=days), here.ref), problems


def base(
    request: door.Request, asked: Asked, project: Project, ref: str,
) -> tuple[View, View, tuple[Problem, ...]]:
    """The project at a revision, on the day that was asked and on the day of its commit; and what could not be read.

    Raises click.UsageError where that is no revision: a change is judged against the files that it changes.
    """
    if _day(ref, asked.days.as_of) is not None:
        raise click.UsageError(spoken()("usage.since_ref", text=ref))
    found, day = _at(request, ref, project)
    problems = tuple(_of(ref, problem) for problem in found.problems)
    found = found._replace(problems=problems)
    own = Days(min(day, asked.days.as_of), min(day, asked.days.known_by))
    return View(found, asked, ref), View(found, asked._replace(days=own), ref), problems


def _days(day: date, request: door.Request) -> Days:
    return door.days(day, hindsight=request.hindsight)


def _at(request: door.Request, ref: str, project: Project) -> tuple[Project, date]:
    """The project as its files were at a revision, and the day of its commit."""
    import tempfile
    from pathlib import Path

    from tracker.read import Revision, read
    from tracker.read.git import commit_of, export
    from tracker.read.values import Refusal

    root = door.root_of(request.folder)
    commit = commit_of(root, ref, project.settings.zone_minutes)
    if isinstance(commit, Refusal):
        raise click.UsageError(spoken().refusal(commit.code, commit.args))
    with tempfile.TemporaryDirectory(prefix="tracker-") as folder:
        refusal = export(root, commit, Path(folder))
        if refusal is not None:
            raise click.UsageError(spoken().refusal(refusal.code, refusal.args))
        revision = Revision(Path(folder), commit.hash)
        return read(root, door.starter_rules(), door.today(), revision, environment=door.environment()), commit.day


def _of(ref: str, problem: Problem) -> Problem:
    """A problem of an earlier revision says so: its file is not the one that lies there now."""
    return problem._replace(place=Place(f"{ref}:{problem.place.file}", problem.place.line, problem.place.column))



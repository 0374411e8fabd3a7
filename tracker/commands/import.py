"""`tracker import FILE…`: logs that people keep in Excel or CSV → entries, shown first and then written."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tracker import door, replies
from tracker.alone import alone
from tracker.cli import FINDINGS, FINE, TROUBLE
from tracker.lang import Words

if TYPE_CHECKING:
    from tracker.intake.identity import Plan
    from tracker.model.intake import Understood, Wanted
    from tracker.model.project import Project
    from tracker.model.source import Problem


class Incoming(NamedTuple):
    """One file as it was understood."""

    file: str
    digest: str
    tables: "tuple[Understood, ...]"
    problems: "tuple[Problem, ...]"
    same_as: str = ""
    """The earlier import of which somebody said that it is a version."""

    @property
    def says_nothing(self) -> bool:
        """Whether no table of it can give an entry: nobody is to take that for a log in which nothing was done."""
        silent = {"intake-no-deeds", "intake-no-header"}
        told = [{one.code for one in (*table.skipped, *table.notes)} for table in self.tables]
        return bool(told) and all(silent & codes for codes in told)


@door.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@door.sharing("folder", "plans", "lang")
@door.option("--unit", "unit", key="import_unit", metavar="ID", default="")
@door.option("--map", "map_", key="import_map", metavar="FILE", type=click.Path(path_type=Path))
@door.option("--year", "year", key="import_year", metavar="YEAR", type=click.IntRange(1900, 2199), default=None)
@door.option("--same-as", "same_as", key="import_same_as", metavar="NAME", default="")
@door.option("--as-plan", "as_plan", key="as_plan", metavar="NUMBER", default="")
@door.option("--accept-doubts", key="accept_doubts", is_flag=True)
@door.option("--marked", "marked", key="import_marked", metavar="FILE|FOLDER", type=click.Path(path_type=Path))
@door.option("--yes", key="import_yes", is_flag=True)
@door.option("--plain", key="plain", is_flag=True)
def command(
    request: door.Request,
    *,
    files: tuple[Path, ...],
    unit: str,
    map_: Path | None,
    year: int | None,
    same_as: str,
    as_plan: str,
    accept_doubts: bool,
    marked: Path | None,
    yes: bool,
    plain: bool,
) -> int:
    """Show what the files say, and write it where --yes or a person at the terminal says so.

    Exit code 2 where a file or a row is refused, 1 where a doubt waits for somebody to accept it.
    """
    say, root = request.say, door.root_of(request.folder)
    project = door.load(root)
    _once(files, say)
    wish = replies.Wish(accept_doubts, yes, marked)
    code, others = (FINE, files) if as_plan else replies.first(files, root, project, wish, say)
    if not others:
        return code
    wanted = _wanted(project, unit, map_, say)
    wanted = wanted._replace(year=year) if year else wanted
    known = _book(project, request)
    if as_plan:
        return _annex(others, (as_plan, wanted, known, project), root, say, yes=yes)
    _earlier(same_as, others, project, say)
    incoming = [_read(path, wanted, known)._replace(same_as=same_as) for path in others]
    _no_twins(incoming, say)
    table = door.on_terminal() and not plain
    for one in incoming:
        door.tell(one.problems, say)
        _preview(one, say, table=table)
    trouble = any(one.problems or any(part.refused for part in one.tables) or one.says_nothing for one in incoming)
    plans = [_planned(one, project, say, accept=accept_doubts) for one in incoming]
    waiting = sum(len(plan.inserted) + len(plan.changed) for plan, _ in plans)
    doubted = sum(count for _, count in plans)
    if waiting and not yes and door.on_terminal():
        yes = click.confirm(say("intake.ask", count=say.number(waiting)), err=True)
    _ahead([found for found, _ in plans], project, say)
    code = max(code, TROUBLE if trouble else FINDINGS if doubted else FINE)
    if not waiting or not yes:
        if waiting:
            door.write(say("intake.not_written", count=say.number(waiting)), None)
        return code
    with alone(root):
        # What is on record is read again by the only writer, so that nothing is written twice.
        now = door.load(root)
        _write(root, [(one, _plan(one, now, accept=accept_doubts)[0]) for one in incoming], say)
    return code


def _once(files: Sequence[Path], say: Words) -> None:
    """Two files of one name in one call cannot be told apart afterwards. Raises click.UsageError."""
    names = [path.name for path in files]
    if len(set(names)) < len(names):
        raise click.UsageError(say("usage.import_twice", file=next(one for one in names if names.count(one) > 1)))


def _wanted(project: "Project", unit: str, map_: Path | None, say: Words) -> "Wanted":
    from tracker.model.intake import Wanted

    wanted = Wanted()
    if map_ is not None:
        from tracker.read.sheets.wanted import read_wanted

        wanted, problems = read_wanted(map_, map_.as_posix())
        if problems:
            door.tell(problems, say)
            raise click.UsageError(say("usage.import_map", file=map_.as_posix()))
    wanted = wanted._replace(unit=unit) if unit else wanted
    if wanted.unit:
        door.known((wanted.unit,), (one.id for one in project.units), "unit")
    return wanted


def _earlier(same_as: str, files: Sequence[Path], project: "Project", say: Words) -> None:
    """Raises click.UsageError where --same-as names no file that was imported, or there are several of its versions."""
    if not same_as:
        return
    from tracker.intake.lineage import NONE, earlier_files
    from tracker.intake.naming import chains

    known = earlier_files(chains(project.actuals))
    if same_as != NONE and same_as not in known:
        raise click.UsageError(say("usage.import_same_as", file=same_as, known=", ".join((*known, NONE))))
    if same_as != NONE and len(files) > 1:
        raise click.UsageError(say("usage.import_same_as_one", file=same_as))


def _no_twins(incoming: Sequence[Incoming], say: Words) -> None:
    """Raises click.UsageError where two of the files are one: each row would be written twice."""
    first: dict[str, str] = {}
    for one in incoming:
        other = first.setdefault(one.digest, one.file) if one.digest else one.file
        if other != one.file:
            raise click.UsageError(say("usage.import_twins", first=other, second=one.file))


def _book(project: "Project", request: door.Request) -> Any:
    from tracker.intake.lookup import book

    return book(project, request.plan_ids(project))


def _read(path: Path, wanted: "Wanted", known: Any) -> Incoming:
    from tracker.intake.meaning import Asked
    from tracker.intake.tables import understand_all
    from tracker.read.sheets import read_sheets

    sheets = read_sheets(path)
    asked = Asked(known, door.today(), wanted)
    grids = [grid for grid in sheets.grids if not wanted.sheets or grid.sheet in wanted.sheets]
    file = grids[0].file if grids else path.name
    tables = tuple(table for grid in grids for table in understand_all(grid, asked))
    return Incoming(file, sheets.digest, tables, sheets.problems)


def _preview(one: Incoming, say: Words, *, table: bool) -> None:
    from tracker.render.intake import lines

    shown = list(lines(one.tables, say, table=table))
    if shown:
        door.write("\n".join(shown), None)


def _plan(one: Incoming, project: "Project", *, accept: bool) -> "tuple[Plan, int]":
    """What would be written, and how many rows with doubts are left out."""
    from tracker.intake.identity import plan, settled, undated

    whole = plan(one.tables, one.digest, project.actuals, one.same_as)
    if project.settings.recorded == "git":
        # The commit that brings an entry says when it was recorded.
        whole = undated(whole, f"{door.today():%d/%m/%Y}")
    return (whole, 0) if accept else settled(whole)


def _planned(one: Incoming, project: "Project", say: Words, *, accept: bool) -> "tuple[Plan, int]":
    """The same, told."""
    from tracker.render.intake import Counts, against_record, summary

    found, doubted = _plan(one, project, accept=accept)
    refused = sum(len({remark.row for remark in part.refused}) for part in one.tables)
    counts = Counts(len(found.inserted), len(found.changed), len(found.unchanged), refused, doubted)
    if one.tables:
        said = [*against_record(one.file, found.lineage, found.doubts, say), summary(one.file, counts, say)]
        said += [say("intake.accept")] if doubted else []
        said += (
            [say("intake.gone", count=say.number(len(found.gone)), ids=", ".join(found.gone[:5]))] if found.gone else []
        )
        door.write("\n".join(said), None)
    return found, doubted


def _annex(
    files: Sequence[Path],
    asked: "tuple[str, Wanted, Any, Project]",
    root: Path,
    say: Words,
    *,
    yes: bool,
) -> int:
    """A plan's annex as a plan file to be finished: shown, with --yes written where none is. Doubts: exit code 1."""
    from tracker.intake.annex import plan_text
    from tracker.read.sheets import read_sheets
    from tracker.read.values import Refusal, parse_key, slug
    from tracker.render.visible import harmless, visible

    number, wanted, known, project = asked
    key = parse_key(number.partition("/")[0])
    if isinstance(key, Refusal):
        raise click.UsageError(say.refusal(key.code, key.args))
    if len(files) > 1 or not wanted.year:
        raise click.UsageError(say("usage.as_plan"))
    sheets = read_sheets(files[0])
    door.tell(sheets.problems, say)
    text, doubts, skipped = plan_text(number, sheets.grids, (project, known, wanted), sheets.digest)
    if not text:
        raise click.UsageError(say("usage.as_plan_table", file=files[0].name))
    file = f"plans/{slug(key)}.yaml"
    shown = [text]
    for heading, remarks in (("doubts", doubts), ("skipped", skipped)):
        shown += [say(f"intake.heading.{heading}")] if remarks else []
        shown += (harmless(visible(f"  {place}: {say.refusal(one.code, one.args)}")) for place, one in remarks)
    door.write("\n".join(shown), None)
    if yes:
        door.write_below(root, {file: text}, anew=True)
        problems = [one for one in door.load(root).problems if one.place.file == file]
        door.tell(problems, say)
        door.write(say("intake.plan_written", file=file), None)
        if problems:
            return TROUBLE
    return TROUBLE if sheets.problems else FINDINGS if doubts else FINE


def _ahead(plans: "Sequence[Plan]", project: "Project", say: Words) -> None:
    """What would stand otherwise with the new entries, and which of them no plan asks for."""
    from tracker.enter import outlook
    from tracker.model.entry import Posting
    from tracker.read.given import convert
    from tracker.render.entry import preview

    cells = [values for found in plans for _, values in (*found.inserted, *found.changed)]
    if not cells:
        return
    made, troubles = convert(project, cells)
    assert not troubles, troubles  # what a row was understood as, the reader of logs understands
    postings = [Posting(number, *one) for number, one in enumerate(zip(cells, made, strict=True), 1)]
    told = list(dict.fromkeys(preview([], outlook(project, postings, door.today()), say)))
    if told:
        door.write("\n".join([say("intake.ahead"), *(f"  {line}" for line in told)]), None)


def _write(root: Path, planned: "Sequence[tuple[Incoming, Plan]]", say: Words) -> None:
    from tracker.read.values import Refusal, slug
    from tracker.store import Addition, append

    logs: dict[str, list[Any]] = {}
    for one, found in planned:
        log = found.lineage.earlier or one.file  # what is a version of an earlier file goes on in its log
        for _, values in (*found.inserted, *found.changed):
            year = str(values["recorded"])[-4:] if not str(values["date"])[-4:].isdigit() else str(values["date"])[-4:]
            logs.setdefault(f"actuals/{year}/nhap-{slug(Path(log).stem)}.yaml", []).append(values)
    refusal = append(root, [Addition(file, "", entries) for file, entries in logs.items()])
    if isinstance(refusal, Refusal):
        raise click.UsageError(say.refusal(refusal.code, refusal.args))
    for file, entries in logs.items():
        door.write(say("intake.written", count=say.number(len(entries)), file=file), None)

"""What every command does at the door: options that all of them share, the clock, the project folder, what is printed.

The only place that knows today's date. Trouble goes to stderr, output to stdout or to a file (design 7).
"""

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from fnmatch import fnmatchcase
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tracker import again, cli, clock, screen as shown
from tracker.cli import Speaking, Spoken, spoken
from tracker.lang import Words, languages, words
from tracker.model.project import Project
from tracker.model.report import Report
from tracker.model.source import Problem
from tracker.periods import Days

if TYPE_CHECKING:
    from tracker.read.shelf import Shelf
    from tracker.run import Asked

NEVER, SQL = "never", "tracker.sql"
_CACHE, _SAID = "tracker.cache", "tracker.said"
Day, today, screen = cli.Day, clock.today, shown.screen


def option(*names: str, key: str, **settings: Any) -> Callable[[Any], Any]:
    """An option whose help stands in lang/ under help.option."""
    return click.option(*names, cls=Spoken, help=f"help.option.{key}", **settings)


def command(name: str) -> Callable[[Any], Any]:
    """A command whose help stands in lang/ under help.command."""
    return click.command(cls=Speaking, name=name, help=f"help.command.{name}")


class Request(NamedTuple):
    """What the shared options say."""

    say: Words
    folder: Path | None = None
    as_of: date | None = None
    hindsight: bool = False
    plans: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    output: Path | None = None

    def asked(
        self,
        project: Project,
        plans: tuple[str, ...],
        as_of: date | None,
        *,
        select: tuple[str, ...] = ("*",),
        ignore: tuple[str, ...] = (),
    ) -> "Asked":
        """The question to the project, as of this day or today. Raises click.UsageError for a unit not there."""
        from tracker.run import Asked

        units = known(self.units, (unit.id for unit in project.units), "unit")
        # Who names no day wants what is known today, also of a plan that was closed long ago.
        hindsight = self.hindsight or self.as_of is None
        return Asked(days(as_of, hindsight=hindsight), plans, units, select, ignore)

    def plan_ids(self, project: Project) -> tuple[str, ...]:
        """Numbers of the plans asked for, by number or key. Raises click.UsageError for one that is not there."""
        return plan_ids(project, self.plans)


def plan_ids(project: Project, names: Sequence[str]) -> tuple[str, ...]:
    """Numbers of the plans with these numbers or keys. Raises click.UsageError for one that is not there."""
    by_name = {plan.key: plan.id for plan in project.plans} | {plan.id: plan.id for plan in project.plans}
    return tuple(by_name[name] for name in known(names, by_name, "plan"))


def shared(function: Callable[..., int]) -> Callable[..., int]:
    """The options of every command that judges a project; the command gets them as one Request."""
    return sharing("folder", "as_of", "hindsight", "plans", "units", "lang", "output")(function)


def sharing(*names: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Some of the shared options, for a command that the others would say nothing to."""
    options = {
        "folder": option("--project", "folder", key="project", metavar="DIR", type=click.Path(path_type=Path)),
        "as_of": option("--as-of", "as_of", key="as_of", metavar="DATE", type=Day()),
        "hindsight": option("--hindsight", key="hindsight", is_flag=True),
        "plans": option("--plan", "plans", key="plan", metavar="ID", multiple=True),
        "units": option("--unit", "units", key="unit", metavar="ID", multiple=True),
        "lang": option("--lang", "lang", key="lang", type=click.Choice(languages()), default=lambda: spoken().code),
        "sql": option("--sql", key="sql", is_flag=True),
        "output": option("-o", "--output", "output", key="output", metavar="FILE", type=click.Path(path_type=Path)),
    }

    def decorate(function: Callable[..., int]) -> Callable[..., int]:
        @wraps(function)
        def with_request(*, lang: str, **given: Any) -> int:
            click.get_current_context().meta[SQL] = given.pop("sql", False)
            own = {name: given.pop(name) for name in Request._fields if name in given}
            return function(Request(words(lang), **own), **given)

        command: Any = _caching(with_request) if "folder" in names else with_request
        for name in reversed((*names, *(("sql",) if "folder" in names else ()))):
            command = options[name](command)
        made: Callable[..., int] = command
        return made

    return decorate


def _caching(function: Any) -> Any:
    """The option by which a project that has not changed is not read again; `load` asks for it."""

    def note(ctx: click.Context, _: click.Parameter, value: Any) -> None:
        ctx.meta[_CACHE] = value

    option_ = option("--cache", key="cache", is_flag=True, envvar="TRACKER_CACHE", expose_value=False, callback=note)
    return option_(function)


def days(as_of: date | None, *, hindsight: bool) -> Days:
    """The two days of a judgement: what we knew then, or with hindsight what was true then (design 4.6)."""
    now = today()
    return Days(as_of or now, now if hindsight else as_of or now)


def later(asked: Days, ahead: int) -> Days:
    """The day so many days ahead, by what is known on the day that was asked."""
    return Days(asked.as_of + timedelta(days=ahead), asked.known_by)


def load(folder: Path | None, grid: str = "plain") -> Project:
    """Read the project here, or the nearest one upwards: a folder that has plans/. Raises click.UsageError if none."""
    from tracker.steady import steadily

    root = root_of(folder)

    def read_now() -> Project:
        from tracker.read import read

        return read(root, starter_rules(), today(), environment=environment(), grid=grid, shelf=_shelf(grid))

    def found() -> tuple[Project, str | None]:
        if not _caching_now():
            return read_now(), None
        from tracker.kept import kept, store

        return kept(root, starter_rules(), Path(store(os.environ)), read_now)

    project, name = steadily(root, found, _complete)
    if (said := _noted()) is not None:
        # What was said of a writer who is at it is no part of the answer.
        said.root, said.project = str(root), None if said.trouble else name
    return project


def _shelf(grid: str) -> "Shelf | None":
    """Where large tables lie between runs, with --cache."""
    if grid == "plain" or not _caching_now():
        return None
    from tracker.kept import store
    from tracker.kept.tables import Shelf

    return Shelf(Path(store(os.environ)))


def _caching_now() -> bool:
    """Whether --cache was asked for; what a query gives is in no file, and not kept."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.meta.get(_CACHE)) and not context.meta.get(SQL)


def note(request: Request) -> None:
    """With --cache, note what is said from here on, if it is to stdout: `noted` keeps it for who asks the same again.

    For a command whose answer is made of the project's files, the words of its line, the day and the terminal alone.
    """
    context = click.get_current_context()
    words = context.find_root().obj
    # The language is looked up among the words of the process.
    if _caching_now() and request.output is None and words == tuple(sys.argv[1:]):
        context.meta[_SAID] = again.Said(words, today())


def noted(code: int) -> int:
    """The exit code, and what was noted is kept with it."""
    if (said := _noted()) is not None:
        said.keep(code, today())
    return code


def _noted() -> again.Said | None:
    context = click.get_current_context(silent=True)
    return context.meta.get(_SAID) if context is not None else None


def environment() -> Mapping[str, str] | None:
    """The environment, for the queries that a project names; none, and no query is run, without --sql."""
    context = click.get_current_context(silent=True)
    return os.environ if context is not None and context.meta.get(SQL) else None


def _complete(root: Path) -> None:
    """Carry out what a writer of several logs had begun when it was killed; where that cannot be, it is said."""
    from tracker.store import complete

    if refusal := complete(root, 10.0):
        remark([spoken().refusal(refusal.code, refusal.args)])


def root_of(folder: Path | None) -> Path:
    """The folder here, or the nearest one upwards, that has plans/. Raises click.UsageError if there is none."""
    found = again.root_of(str(folder) if folder else None)
    if found is None:
        raise click.UsageError(spoken()("usage.no_project", folder=str(folder or ".")))
    return Path(found)


def starter_rules() -> Path:
    """The rules that come with the program: inside the wheel, or this repository's rules/ in a checkout."""
    return Path(again.starter_rules())


def known(names: Sequence[str], among: Iterable[str], key: str) -> tuple[str, ...]:
    """The names, if all are among those there are. Raises click.UsageError with a suggestion otherwise."""
    choices = list(among)
    for name in names:
        if name not in choices:
            from difflib import get_close_matches

            near = get_close_matches(name, choices, n=1, cutoff=0.4)
            hint = " " + spoken()("usage.perhaps", word=near[0]) if near else ""
            raise click.UsageError(spoken()(f"usage.no_{key}", name=name) + hint)
    return tuple(names)


def patterns(project: Project, asked: Sequence[str]) -> None:
    """Refuse a pattern that fits no rule: a gate must not pass because of a misspelt name."""
    ids = [rule.id for rule in project.rules]
    for pattern in asked:
        if not any(fnmatchcase(one, pattern) for one in ids):
            known([pattern], ids, "rule")


def write(text: str | Iterable[str], output: Path | None) -> None:
    """Print, or write the file whole, never half of it; blocks, which end with a line, are let go one by one."""
    blocks = (text if text.endswith("\n") or not text else text + "\n",) if isinstance(text, str) else text
    write_bytes((block.encode("utf-8", "backslashreplace") for block in blocks), output)


def write_bytes(data: bytes | Iterable[bytes], output: Path | None) -> None:
    """The same for bytes. Raises click.UsageError where they cannot be written: a full disk, a closed stdout."""
    blocks = (data,) if isinstance(data, bytes) else data
    try:
        if output is None and sys.stdout is None:
            os.write(1, b"".join(blocks))  # it is closed: this says so
        elif output is None:
            if (said := _noted()) is not None and said.project is not None:
                blocks = tuple(blocks)
                said.out += blocks
            sys.stdout.buffer.writelines(blocks)
            sys.stdout.buffer.flush()
        else:
            beside = output.with_name(output.name + ".tmp")
            try:
                with beside.open("wb") as file:
                    file.writelines(blocks)
                beside.replace(output)
            except OSError:
                beside.unlink(missing_ok=True)  # Windows replaces no file that Excel has open
                raise
    except BrokenPipeError:
        raise
    except OSError as error:
        target = str(output or "stdout")
        raise click.UsageError(spoken()("usage.cannot_write", file=target, why=error.strerror or "")) from error


def there(output: Path | None) -> bytes | None:
    """What stands in the file of -o; None where that is nothing. Raises click.UsageError where it cannot be read."""
    try:
        return (output.read_bytes() or None) if output is not None and output.is_file() else None
    except OSError as error:
        raise click.UsageError(spoken()("usage.cannot_read", file=str(output), why=error.strerror or "")) from error


def write_below(folder: Path, files: Mapping[str, str | bytes], *, anew: bool = False) -> None:
    """Write files under these paths below a folder. With `anew`, none of them may exist; else nothing is written.

    Raises click.UsageError, naming every file that is there, or the one that cannot be written.
    """
    there = [name for name in files if os.path.lexists(folder / name)]
    if anew and there:
        raise click.UsageError(spoken()("usage.exists", files=", ".join(there)))
    for name, text in files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            said = spoken()("usage.cannot_write", file=str(path), why=error.strerror or "")
            raise click.UsageError(said) from error
        write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace"), path)


def ask(question: str, default: str | None, parse: Callable[[str], Any]) -> Any:
    """What somebody answers on the terminal, asked again until `parse` takes it; a refusal says what to do."""
    from tracker.read.values import Refusal

    while True:
        answer = parse(str(click.prompt(question, default=default, err=True)))
        if not isinstance(answer, Refusal):
            return answer
        click.echo(spoken().refusal(answer.code, answer.args), err=True)


def on_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def both_days(report: Report, say: Words) -> str:
    """The day of judgement and the day of knowledge, which every output names."""
    return say("explain.days", as_of=say.day(report.as_of), known_by=say.day(report.known_by))


def remark(lines: Sequence[str]) -> None:
    """What is said beside the output, on stderr."""
    text = "\n".join(lines)
    if (said := _noted()) is not None:
        said.trouble.append(f"{text}\n")
    click.echo(text, err=True)


def tell(problems: Sequence[Problem], say: Words) -> None:
    """Every problem to stderr, as file:line:col, what it is and what to do, with the person's own line."""
    from tracker.render.problems import lines

    if problems:
        remark([*lines(problems, say)])

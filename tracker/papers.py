"""What commands that write papers share: their options, and a file that is there made anew around what people wrote."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tracker import door
from tracker.cli import spoken
from tracker.lang import Words
from tracker.model.draft import ALL, Choice, Naming
from tracker.model.paper import Paper
from tracker.model.rule import Severity
from tracker.options import split
from tracker.render.paper import Look, Renewed, formats, renderer, renewer
from tracker.render.visible import visible
from tracker.render.word.profile import profile_names

if TYPE_CHECKING:
    from tracker.model.project import Project
    from tracker.run import Asked

_DEFAULT = "md"
_NAMES = click.Choice([str(naming) for naming in Naming])
_LEVELS = click.Choice([str(severity) for severity in reversed(Severity)])


class Wish(NamedTuple):
    """How somebody wants a paper on the command line."""

    format_: str | None
    trace: bool
    profile: str
    overwrite: bool
    choice: Choice = ALL
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that writes a paper; they arrive as `wish`."""

    def wished(
        *args: Any, format_: str | None, trace: bool, profile: str | None, overwrite: bool, **others: Any,
    ) -> Any:
        choice = Choice(Naming(others.pop("names")), Severity(others.pop("level")))
        rules = split(others.pop("select")), split(others.pop("ignore"))
        return command(*args, wish=Wish(format_, trace, profile or "", overwrite, choice, *rules), **others)

    wished.__doc__ = command.__doc__
    for option in (
        door.option("--overwrite", "overwrite", key="overwrite", is_flag=True),
        door.option("--ignore", key="ignore", metavar="RULE", multiple=True),
        door.option("--select", key="select", metavar="RULE", multiple=True),
        door.option("--level", "level", key="level", type=_LEVELS, default=str(Severity.NOTE), show_default=True),
        door.option("--names", "names", key="names", type=_NAMES, default=str(Naming.SHORT), show_default=True),
        door.option("--profile", "profile", key="profile", type=click.Choice(profile_names())),
        door.option("--trace", "trace", key="trace", is_flag=True),
        door.option("-f", "--format", "format_", key="paper_format", type=click.Choice(formats())),
    ):
        wished = option(wished)
    return wished


def narrowed(asked: "Asked", project: "Project", wish: Wish) -> "Asked":
    """Only the rules that were named. Raises click.UsageError for a pattern that fits none."""
    door.patterns(project, (*wish.select, *wish.ignore))
    return asked._replace(select=wish.select or asked.select, ignore=wish.ignore)


def put(paper: Paper, request: door.Request, wish: Wish) -> None:
    """Write the paper; where its file is there, around what people wrote in it, and say what of that was kept.

    Raises click.UsageError where the file is none of ours, and nobody said that it may go.
    """
    name = wish.format_ or _guessed(request.output)
    look = Look(request.say, wish.trace, wish.profile)
    output = request.output
    old = None if wish.overwrite else door.there(output)
    if old is None:
        door.write_bytes(renderer(name)(paper, look), output)
        return
    renew = renewer(name)
    made = renew(paper, look, old) if renew is not None else None
    if made is None:
        raise click.UsageError(spoken()("usage.not_ours", file=str(output)))
    door.write_bytes(made.data, output)
    door.remark(list(_said(made, output, look.say)))


def _guessed(output: Path | None) -> str:
    """The format that a suffix names. Raises click.UsageError for a suffix that names none."""
    suffix = output.suffix.lower() if output is not None else ""
    name = suffix.removeprefix(".")
    if not name:
        return _DEFAULT
    if name not in formats():
        names = ", ".join(formats())
        raise click.UsageError(spoken()("usage.suffix", suffix=suffix, file=str(output), names=names))
    return name


def _said(made: Renewed, output: Path | None, say: Words) -> Iterator[str]:
    """A line on all regions, and one for each that a person should look at. What stands in a trace is no matter."""
    counts = {
        name: say.number(len(_of_text(keys)))
        for name, keys in zip(Renewed._fields, made, strict=True) if isinstance(keys, tuple)
    }  # fmt: skip
    yield visible(say("paper.renewed.counts", file=str(output), **counts))
    kinds = {
        "kept": tuple(key for key in made.kept if key not in made.beside),
        "beside": made.beside,
        "gone": made.gone,
        "added": made.added,
        "removed": made.removed,
    }
    for kind, keys in kinds.items():
        yield from (f"  {visible(say(f'paper.renewed.{kind}', region=key))}" for key in _of_text(keys))


def _of_text(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(key for key in keys if not key.endswith("#trace"))

"""`tracker init [DIR]`: a working project from nothing, by a few questions."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from tracker import door
from tracker.cli import FINE
from tracker.fresh.project import Answers, files_of
from tracker.lang import Words


@door.command("init")
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path), default=Path())
@door.option("--yes", key="init_yes", is_flag=True)
@door.sharing("lang")
def command(request: door.Request, *, target: Path, yes: bool) -> int:
    """Write the files of a project and the schemas for its editor; exit code 2 where any of them is there."""
    from tracker.commands.schema import FOLDER, texts

    say = request.say
    if not yes and not door.on_terminal():
        raise click.UsageError(say("usage.init_questions"))
    answers = _answers(say, yes=yes)
    plan_file = f"{_file_name(answers.key)}.yaml"
    files = files_of(answers, plan_file)
    door.write_below(target, files, anew=True)
    door.write_below(target / FOLDER, texts(target, say))
    done = say("fresh.project_done", folder=str(target), count=str(len(files)), plan=f"plans/{plan_file}")
    door.write(done, None)
    return FINE


def _answers(say: Words, *, yes: bool) -> Answers:
    from tracker.read.days import FIRST_YEAR, LAST_YEAR
    from tracker.read.values import Refusal, parse_count, parse_key, slug

    def year_of(text: str) -> int | Refusal:
        number = parse_count(text, LAST_YEAR)
        if isinstance(number, Refusal) or number >= FIRST_YEAR:
            return number
        return Refusal("value-year", {"text": text, "first": str(FIRST_YEAR), "last": str(LAST_YEAR)})

    def number_of(text: str) -> str | Refusal:
        key = parse_key(text.partition("/")[0])
        return key if isinstance(key, Refusal) else text.strip()

    def asked(key: str, default: str, parse: Callable[[str], Any] = str.strip) -> Any:
        return parse(default) if yes else door.ask(say(f"fresh.ask_{key}"), default, parse)

    title = asked("title", say("fresh.sample_title"))
    number = asked("number", "01-KH/BDVTU-BDT", number_of)
    year = asked("year", str(door.today().year), year_of)
    names = [asked(key, say(f"fresh.sample_{key}")) for key in ("province", "first", "second")]
    below = asked("districts", say("fresh.sample_districts"))
    units: dict[str, str] = {}
    for name in [*names, *(part.strip() for part in below.split(",") if part.strip())]:
        id_, again = slug(name), 2
        while id_ in units:
            id_, again = f"{slug(name)}-{again}", again + 1
        units[id_] = name
    return Answers(title, number, number.partition("/")[0].strip(), year, units)


def _file_name(key: str) -> str:
    """A plan's key as a file's name that every system takes."""
    from tracker.read.values import Refusal, parse_slug, slug

    return slug(key) if isinstance(parse_slug(key), Refusal) else key

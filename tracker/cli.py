"""The command line: finds the commands by walking tracker/commands, speaks both languages, and catches everything.

A command is one file with `command`; it is imported when it is called, so that help and mistakes load nothing.
"""

import os
import sys
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from tracker.lang import DEFAULT, Words, languages, words

FINE, FINDINGS, TROUBLE, FAULT, INTERRUPTED = 0, 1, 2, 3, 130


class Later:
    """Help that is set by its key and looked up when it is shown: a run that shows none reads none."""

    def __get__(self, one: Any, _: type) -> str | None:
        key = one.__dict__.get("help")
        return spoken()(key) if key else None

    def __set__(self, one: Any, key: str | None) -> None:
        one.__dict__["help"] = key


class Spoken(click.Option):
    """An option whose help stands in lang/."""

    help = Later()


class Speaking(click.Command):
    """A command whose help and complaints stand in the language that was asked for, the frame included."""

    allow_extra_args = True  # refused below, in our words
    help = Later()

    def __init__(self, *names: Any, **settings: Any) -> None:
        super().__init__(*names, **{**settings, "add_help_option": False})
        click.help_option("-h", "--help", cls=Spoken, help="help.help")(self)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        if rest and not isinstance(self, click.Group):
            raise click.UsageError(spoken()("usage.extra", words=" ".join(rest)), ctx)
        return rest

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), spoken()("help.usage") + " ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [record for p in self.get_params(ctx) if (record := p.get_help_record(ctx)) is not None]
        if records:
            with formatter.section(spoken()("help.options")):
                formatter.write_dl(records)


class Commands(Speaking, click.Group):
    """The commands of the folder, each imported when it is wanted."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(p.stem for p in (Path(__file__).parent / "commands").glob("[a-z]*.py"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        found: click.Command = import_module(f"tracker.commands.{cmd_name}").command
        return found

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        with formatter.section(spoken()("help.commands")):
            formatter.write_dl([(name, spoken()(f"help.command.{name}")) for name in self.list_commands(ctx)])


class Day(click.ParamType[date]):
    """A day as people write it: 20/10/2023 or 2023-10-20; or "today"."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day; anything else is wrong usage (exit code 2)."""
        if isinstance(value, date):
            return value
        if (plain := plain_day(str(value))) is not None:
            return plain
        from tracker.read.days import parse_day
        from tracker.read.values import Refusal

        day = parse_day(str(value))
        if isinstance(day, Refusal):
            self.fail(spoken().refusal(day.code, day.args), param, ctx)
        return day


def plain_day(text: str) -> date | None:
    """20/10/2023 or 2023-10-20, for which nothing that reads need be loaded; what else is written, that will say."""
    parts = text.split("/") if "/" in text else text.split("-")[::-1]
    if [len(part) for part in parts if part.isascii() and part.isdigit()] != [2, 2, 4] or len(text) != 10:
        return None
    day, month, year = map(int, parts)
    try:
        return date(year, month, day) if 1900 <= year < 2200 else None
    except ValueError:
        return None


def spoken() -> Words:
    """The language that the command line asks for: --lang, or TRACKER_LANG, or Vietnamese."""
    asked = os.environ.get("TRACKER_LANG", "")
    for number, word in enumerate(sys.argv):
        if word == "--lang" and number + 1 < len(sys.argv):
            asked = sys.argv[number + 1]
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
    return words(asked if asked in languages() else DEFAULT)


@click.group(cls=Commands, help="help.program", context_settings={"max_content_width": 100})
@click.option("--lang", cls=Spoken, type=click.Choice(languages()), expose_value=False, help="help.option.lang")
@click.version_option(package_name="tracker", message="%(prog)s %(version)s", cls=Spoken, help="help.version")
def cli() -> None:
    """Plan versus actual (the help text that people see stands in lang/)."""


def start(arguments: Sequence[str]) -> int:
    """Run one command line; return its exit code. Never raises."""
    try:
        if "_TRACKER_COMPLETE" in os.environ:
            from tracker.shells import add

            add()
        words = tuple(arguments)
        code = cli.main([*words], prog_name="tracker", standalone_mode=False, obj=words)
        return code if isinstance(code, int) else FINE
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except SystemExit as leaving:  # what click does after it has completed a word
        return int(leaving.code or FINE)
    except click.ClickException as wrong:
        click.echo(_wrong(wrong), err=True)
        return TROUBLE
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output left (`tracker status | head`): that is no fault, and nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except Exception as fault:  # noqa: BLE001 - the last door: a fault of ours is exit code 3 and one line, no traceback
        return _fault(fault)


def _wrong(wrong: click.ClickException) -> str:
    """What is wrong with the command line, in the words of the language that was asked for."""
    from difflib import get_close_matches

    say = spoken()
    match wrong:
        case click.exceptions.NoArgsIsHelpError():
            return wrong.format_message()
        case click.NoSuchOption():
            near = get_close_matches(wrong.option_name, wrong.possibilities or ())
            said = say("usage.no_option", option=wrong.option_name) + _perhaps(near)
        case click.MissingParameter():
            said = say("usage.missing", name=wrong.param.human_readable_name if wrong.param else "")
        case click.BadOptionUsage():
            said = say("usage.no_value", option=wrong.option_name)
        case click.BadParameter() if wrong.param is not None and isinstance(wrong.param.type, click.Choice):
            choices = ", ".join(map(str, wrong.param.type.choices))
            said = say("usage.choice", name=wrong.param.opts[0], choices=choices)
        case click.BadParameter() if wrong.param is not None:
            said = say("usage.bad", name=wrong.param.opts[0], problem=wrong.message)
        case click.UsageError() if wrong.ctx is not None and wrong.ctx.command is cli:
            asked = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
            near = get_close_matches(asked, cli.list_commands(wrong.ctx))
            said = say("usage.no_command", command=asked) + _perhaps(near)
        case _:
            said = wrong.format_message()
    path = wrong.ctx.command_path if isinstance(wrong, click.UsageError) and wrong.ctx else "tracker"
    return f"{say('usage.error')} {said}\n{say('usage.see', command=path)}"


def _perhaps(near: Sequence[str]) -> str:
    return " " + spoken()("usage.perhaps", word=near[0]) if near else ""


def _fault(fault: BaseException) -> int:
    """One line, and where to look; the whole story only where TRACKER_DEBUG asks for it."""
    if os.environ.get("TRACKER_DEBUG"):
        import traceback

        traceback.print_exception(fault)
    frame = fault.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    place = f"{Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}" if frame else "?"
    click.echo(spoken()("usage.fault", kind=type(fault).__name__, place=place), err=True)
    return FAULT

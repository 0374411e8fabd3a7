"""What single commands share: kinds of value that options take, and being the only writer of a project.

What they refuse is wrong usage (exit code 2).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from tracker.cli import spoken


class Target(click.ParamType[tuple[str, Path | None]]):
    """A format, and behind a colon the file that it goes to: `text`, `sarif:out.sarif`."""

    name = "NAME[:FILE]"

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None,
    ) -> tuple[str, Path | None]:
        """The name and the file."""
        name, colon, path = str(value).partition(":")
        if name not in self.names:
            self.fail(spoken()("usage.target", name=name, names=", ".join(self.names)), param, ctx)
        if colon and not path:
            self.fail(spoken()("usage.target_file", name=name), param, ctx)
        return name, Path(path) if path else None


class Budget(click.ParamType[tuple[str, int]]):
    """A pattern of rules and how many findings it may have: `report-*=3`."""

    name = "RULE=N"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:
        """The pattern and the number."""
        pattern, _, number = str(value).rpartition("=")
        if not pattern or not number.isascii() or not number.isdigit():
            self.fail(spoken()("usage.budget", text=str(value)), param, ctx)
        return pattern, int(number)


class Whole(click.ParamType[int]):
    """A whole number of days, from 0 to ten years."""

    name = "DAYS"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number."""
        text = str(value)
        if not text.isascii() or not text.isdigit() or int(text) > 3660:
            self.fail(spoken()("usage.days", text=text), param, ctx)
        return int(text)


class Parts(click.ParamType[int]):
    """A number of parts, from 1 on."""

    name = "N"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number; 0 where nobody gave one."""
        text = str(value)
        if not text.isascii() or not text.isdigit() or not (value == 0 or 1 <= int(text[:6]) <= 10_000):
            self.fail(spoken()("usage.parts", text=text), param, ctx)
        return int(text)


def one_stream(targets: Sequence[tuple[str, Path | None]]) -> None:
    """Raise click.UsageError where two formats would go to one place: one would hide the other."""
    seen: set[Path | None] = set()
    for name, path in targets:
        if path in seen:
            raise click.UsageError(spoken()("usage.target_twice", name=name, file=str(path or "stdout")))
        seen.add(path)


def split(names: Sequence[str]) -> tuple[str, ...]:
    """`--select a,b --select c` as a, b, c."""
    return tuple(part.strip() for name in names for part in name.split(",") if part.strip())

"""What a shell completes: units and tasks by id or by words of their names, with or without accents.

Only plans are read for it. Whatever is wrong with the project is said by the command itself; here there is nobody to
be told, and nothing is offered.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from tracker import door

if TYPE_CHECKING:
    from tracker.model.project import Project

MOST = 200
"""Choices that are offered at once."""


def complete_unit(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    """Units, in their official order."""
    project = _promised(ctx)
    if project is None:
        return []
    names = [(unit.id, (unit.name, unit.short, *unit.aliases)) for unit in project.units]
    return _offered(typed, names)


def complete_task(ctx: click.Context, _: click.Parameter, typed: str) -> list[CompletionItem[str]]:
    """Tasks of plans that run today first; of these, where a unit is given, the ones that it leads or owes by name."""
    from tracker.lookup import book, find_unit

    project = _promised(ctx)
    if project is None:
        return []
    known, today = book(project), door.today()
    asked = find_unit(str(ctx.params.get("entry_unit") or ""), known).ids

    def order(id_: str) -> tuple[bool, bool]:
        period = known.periods[id_]
        return not period.first <= today <= period.last, not known.owed[id_].intersection(asked)

    return _offered(typed, [(id_, (known.named[id_],)) for id_ in sorted(known.named, key=order)])


def _promised(ctx: click.Context) -> "Project | None":
    from tracker.read import promised

    try:
        return promised(door.root_of(ctx.params.get("folder")))
    except Exception:  # noqa: BLE001 - a line that is being typed is no place for messages
        return None


def _offered(typed: str, names: Sequence[tuple[str, Sequence[str]]]) -> list[CompletionItem[str]]:
    """Those whose id, or the number behind its slash, begins so, or in one of whose names each word begins a word.

    In tiers: who types accents is offered what has them, where anything has.
    """
    from tracker.names import accents, exact, tone
    from tracker.render.visible import visible

    by_id = [one for one in names if one[0].startswith(typed) or one[0].rpartition("/")[2].startswith(typed)]
    for fold in (exact, tone, accents):
        found = by_id or [one for one in names if any(_begun(fold(typed), fold(name)) for name in one[1] if name)]
        if found:
            break
    return [CompletionItem(id_, help=visible(called[0])) for id_, called in found[:MOST]]


def _begun(typed: str, name: str) -> bool:
    words = name.split()
    return all(any(word.startswith(one) for word in words) for one in typed.split())

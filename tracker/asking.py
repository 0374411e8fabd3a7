"""An entry asked for step by step on a terminal: what is open is offered by number, names as people type them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker import door
from tracker.lang import Words
from tracker.model.entry import Cells
from tracker.model.project import Project

if TYPE_CHECKING:
    from tracker.enter import Named
    from tracker.lookup import Book

OFFERED = 12
"""Choices that are shown."""
Choices = Sequence[tuple[str, str]]
"""Ids, each with how it is shown."""


def doubts(found: "Sequence[Named]", say: Words) -> None:
    """Say which names only their letters without accents told."""
    if found:
        door.remark([say("record.doubt", text=one.doubt, id=one.id) for one in dict.fromkeys(found)])


def asked(root: Path, cells: Cells, say: Words) -> Cells:
    """The entry with what was not given asked for, step by step: unit, task, day, period, then what shows it."""
    from tracker.enter import missing, named, open_periods, open_tasks
    from tracker.lookup import book
    from tracker.read.days import parse_period, parse_span
    from tracker.read.values import parse_quantity

    project, made = door.load(root), dict(cells)
    known = book(project)

    def ask(key: str, parse: Callable[[str], Any] = str.strip, default: str | None = None) -> None:
        if key not in made and (answer := door.ask(say(f"record.ask_{key}"), default, parse)):
            made[key] = answer

    step_by_step = bool(missing(made, project))
    if "unit" in missing(made, project):
        ask("unit", _Chosen(_unit(project, known), say).take)
    if "task" in missing(made, project):
        unit = str(named(1, {"unit": made.get("unit", "")}, project, known).cells.get("unit", ""))
        waiting = open_tasks(project, unit, door.today())
        offered = _Chosen(_task(known, unit), say, [(id_, f"{id_} ({known.named[id_]})") for id_ in waiting])
        offered.show()
        ask("task", offered.take)
    ask("date", _as_written(parse_span), say.day(door.today()))
    ids = named(1, made, project, known).cells
    if "period" in missing(ids, project):
        periods = open_periods(project, str(ids.get("task")), str(ids.get("unit")), door.today())
        ask("period", _as_written(parse_period), periods[0] if periods else None)
    if step_by_step:
        ask("quantity", lambda text: _as_written(parse_quantity)(text) if text.strip() else "", "")
        ask("doc", default="")
    return made


class _Chosen:
    """A question whose answer is a name, or the number of a choice that was shown last."""

    def __init__(self, find: Callable[[str], tuple[Any, Choices]], say: Words, offered: Choices = ()) -> None:
        self.find, self.say = find, say
        self.offered = list(offered)

    def show(self) -> None:
        """What may be chosen, by number; nothing where nothing is offered."""
        from tracker.render.visible import visible

        if self.offered:
            lines = [f"  {number}. {visible(shown)}" for number, (_, shown) in enumerate(self.offered[:OFFERED], 1)]
            more = len(self.offered) - OFFERED
            rest = [self.say("record.more_choices", count=self.say.number(more))] if more > 0 else []
            door.remark([self.say("record.choose"), *lines, *rest])

    def take(self, text: str) -> Any:
        """The id that is meant, or why none is; then what may have been meant is offered."""
        from tracker.read.values import Refusal

        number = text.strip()
        if number.isascii() and number.isdigit() and 0 < int(number) <= min(len(self.offered), OFFERED):
            return self.offered[int(number) - 1][0]
        found, choices = self.find(text)
        if isinstance(found, Refusal):
            self.offered = list(choices)
            self.show()
            return found
        doubts([found] if found.doubt else [], self.say)
        return found.id


def _unit(project: Project, known: "Book") -> Callable[[str], tuple[Any, Choices]]:
    from tracker.enter import unit_named, units_shown
    from tracker.lookup import find_unit

    return lambda text: (unit_named(text, project, known), units_shown(find_unit(text, known).ids, project))


def _task(known: "Book", unit: str) -> Callable[[str], tuple[Any, Choices]]:
    from tracker.enter import task_named
    from tracker.lookup import find_task
    from tracker.model.values import Span

    today = Span(door.today(), door.today())

    def find(text: str) -> tuple[Any, Choices]:
        ids = find_task(text, known, today, unit, words=True).ids
        return task_named(text, known, today, unit), [(id_, f"{id_} ({known.named[id_]})") for id_ in ids]

    return find


def _as_written(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    """The text itself, where it can be read."""
    from tracker.read.values import Refusal

    return lambda text: found if isinstance(found := parse(text), Refusal) else text.strip()

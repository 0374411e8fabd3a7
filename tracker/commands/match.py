"""`tracker match`: entries that name no task, what they may be for, and the links that an office accepts."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tracker import door
from tracker.alone import alone
from tracker.cli import FINE, INTERRUPTED, TROUBLE
from tracker.lang import Words

if TYPE_CHECKING:
    from tracker.accept import Board, Ready, Wish
    from tracker.model.suggestion import Suggestion


class Told(NamedTuple):
    """What the command line says."""

    accept: tuple[str, ...]
    above: int | None
    back: tuple[str, ...]
    by: str
    reason: str
    yes: bool
    dry_run: bool
    format: str

    @property
    def writes(self) -> bool:
        """Whether anything is to be accepted or taken back without being asked for one by one."""
        return bool(self.accept or self.back or self.above is not None)


@door.command("match")
@door.option("--accept", "accept", key="match_accept", metavar="ENTRY=TASK[:PERIOD]", multiple=True)
@door.option("--above", "above", key="match_above", metavar="SCORE", type=click.IntRange(1, 100))
@door.option("--take-back", "back", key="match_back", metavar="ENTRY", multiple=True)
@door.option("--by", "by", key="match_by", metavar="UNIT", default="")
@door.option("--reason", "reason", key="match_reason", metavar="TEXT", default="")
@door.option("--yes", key="record_yes", is_flag=True)
@door.option("--dry-run", "dry_run", key="record_dry_run", is_flag=True)
@door.option("--format", "format", key="format", type=click.Choice(["text", "json", "csv"]), default="text")
@door.sharing("folder", "plans", "units", "lang", "output")
def command(request: door.Request, **said: Any) -> int:
    """Show suggestions, or write links; exit code 2 where anything of them is refused."""
    told, say, root = Told(**said), request.say, door.root_of(request.folder)
    _usage(told, say)
    seen = _seen(request, root)
    if told.by:
        door.known([told.by], [unit.id for unit in seen.project.units], "unit")
    if not told.writes and not (told.by and door.on_terminal() and told.format == "text" and request.output is None):
        return _list(request, seen, told.format)
    asked = () if told.writes else _asked(seen, say)
    ready = _ready(seen, told, asked)
    _refuse(ready, say)
    shown = _shown(request, seen, ready, told, written=False)
    if told.dry_run or not ready.links:
        door.write(shown, request.output)
        return FINE
    if told.writes and not told.yes:
        door.write(shown, None)
        if not door.ask(say("record.sure"), say("finding.yes"), _truth):
            door.remark([say("record.left")])
            return INTERRUPTED
    with alone(root):
        seen = _seen(request, root)
        again = _ready(seen, told, asked)
        _refuse(again, say)
        if not told.yes and list(map(_said, again.links)) != list(map(_said, ready.links)):
            raise click.UsageError(say("usage.record_changed"))
        _write(root, seen, again, say)
    door.write(_shown(request, seen, again, told, written=True), request.output)
    return FINE


def _usage(told: Told, say: Words) -> None:
    if told.back and (told.accept or told.above is not None):
        raise click.UsageError(say("usage.match_back"))
    if told.reason and not told.back:
        raise click.UsageError(say("usage.match_reason"))
    if told.writes and told.format == "csv":
        raise click.UsageError(say("usage.match_format"))
    if told.writes and not told.by:
        raise click.UsageError(say("usage.match_by"))
    if told.writes and not (told.yes or told.dry_run or door.on_terminal()):
        raise click.UsageError(say("usage.record_yes"))
    for text in told.accept:
        record, _, task = text.partition("=")
        if not record.strip() or not task.strip():
            raise click.UsageError(say("usage.match_accept", text=text))


def _seen(request: door.Request, root: Path) -> "Board":
    from tracker.accept import board, today_of

    project = door.load(root)
    units = door.known(request.units, (unit.id for unit in project.units), "unit")
    return board(project, today_of(door.today(), request.plan_ids(project), units))


def _list(request: door.Request, seen: "Board", format_: str) -> int:
    from tracker.render import matches

    door.tell(seen.project.problems, request.say)
    match format_:
        case "json":
            door.write(matches.as_json(seen.suggestions), request.output)
        case "csv":
            door.write_bytes(matches.as_csv(seen.suggestions, request.say), request.output)
        case _:
            names = {unit.id: unit.name for unit in seen.project.units}
            door.write("\n".join(matches.listed(seen.suggestions, names, request.say)), request.output)
    return TROUBLE if seen.project.problems else FINE


def _asked(seen: "Board", say: Words) -> "Sequence[Wish]":
    """One entry after the other: a number takes a suggestion, nothing leaves the entry."""
    from tracker.accept import Wish
    from tracker.read.values import Refusal
    from tracker.render import matches

    names = {unit.id: unit.name for unit in seen.project.units}
    found = []
    for one in seen.suggestions:
        if not one.candidates:
            continue
        door.remark(list(matches.told(one, names, say)))

        def parse(text: str, one: "Suggestion" = one) -> Any:
            number = text.strip()
            if not number:
                return 0
            good = number.isascii() and number.isdigit() and 0 < int(number) <= len(one.candidates)
            return int(number) if good else Refusal("match-choice", {"text": number, "most": str(len(one.candidates))})

        chosen = door.ask(say("match.ask"), "", parse)
        if chosen:
            obligation = one.candidates[chosen - 1].obligation
            found.append(Wish(one.record, obligation.task.id, obligation.period.id))
    return found


def _ready(seen: "Board", told: Told, asked: "Sequence[Wish]") -> "Ready":
    from tracker.accept import Wish, above, accepted, taken_back

    today = door.today()
    if told.back:
        return taken_back(seen, [one.strip() for one in told.back], told.by, today, told.reason.strip())
    wishes = list(asked)
    for text in told.accept:
        record, _, rest = text.partition("=")
        task, _, period = rest.partition(":")
        wishes.append(Wish(record.strip(), task.strip(), period.strip()))
    if told.above is not None:
        named = {wish.record for wish in wishes}
        wishes += [wish for wish in above(seen, told.above) if wish.record not in named]
    return accepted(seen, wishes, told.by, today)


def _refuse(ready: "Ready", say: Words) -> None:
    """Every wish that cannot be, with why; nothing is written where there is any."""
    if ready.wrong:
        lines = [f"  {text}: {say.refusal(refusal.code, refusal.args)}" for text, refusal in ready.wrong]
        raise click.UsageError("\n".join([say("usage.record_refused"), *lines]))


def _said(link: Any) -> tuple[str, ...]:
    return (link.record, link.task, link.withdraws, link.period, link.unit)


def _write(root: Path, seen: "Board", ready: "Ready", say: Words) -> None:
    from tracker.accept import cells
    from tracker.read.links import FILE, KEY
    from tracker.store import Addition, append

    cases = [event.id for event in seen.project.events]
    refusal = append(root, [Addition(FILE, "", [cells(link, cases) for link in ready.links], KEY)])
    if refusal is not None:
        raise click.UsageError(say.refusal(refusal.code, refusal.args))


def _shown(request: door.Request, seen: "Board", ready: "Ready", told: Told, *, written: bool) -> str:
    from tracker.accept import cells, shifts, today_of
    from tracker.render import matches

    units = tuple(request.units)
    changed = shifts(seen, ready.links, today_of(door.today(), request.plan_ids(seen.project), units))
    lines = [cells(link, [event.id for event in seen.project.events]) for link in ready.links]
    if told.format == "json":
        return matches.links_as_json(lines, ready.there, changed, written=written)
    return "\n".join(matches.links(lines, ready.there, changed, request.say, written=written))


def _truth(text: str) -> Any:
    from tracker.read.values import parse_truth

    return parse_truth(text)

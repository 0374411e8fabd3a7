"""`tracker record`: one entry from the command line or by questions, many as JSON, and taking one back."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tracker import door
from tracker.alone import alone
from tracker.asking import asked, doubts
from tracker.cli import FINE, INTERRUPTED
from tracker.complete import complete_task, complete_unit
from tracker.lang import Words
from tracker.model.actual import Step
from tracker.model.entry import Cells, Outlook, Posting
from tracker.model.project import Project

if TYPE_CHECKING:
    from tracker.read.given import Trouble

KEYS = (
    *("task", "unit", "units", "period", "date", "quantity", "people", "parts", "doc", "place", "mode", "level"),
    *("title", "note", "reason", "cause", "source", "recorded", "case", "step", "items", "outcome", "reach", "returns"),
    *("empty", "corrects", "id"),
)
"""Keys of an entry that are options: all but `withdraws`, which --undo writes."""
LISTS = ("units", "parts", "items", "reach")
"""Options that may be given several times."""
Given = Callable[[Project], "tuple[list[Cells], list[Trouble]]"]
"""What is to be entered, and what was wrong with it already; taking back depends on what the project holds."""


def _entry_options(function: Callable[..., int]) -> Callable[..., int]:
    made: Any = function
    completed = {"task": complete_task, "unit": complete_unit, "units": complete_unit}
    for key in reversed(KEYS):
        kind: dict[str, Any] = {"is_flag": True} if key == "empty" else {"metavar": "TEXT", "multiple": key in LISTS}
        if key in completed:
            kind["shell_complete"] = completed[key]
        made = door.option(f"--{key}", f"entry_{key}", key=f"record_{key}", **kind)(made)
    done: Callable[..., int] = made
    return done


@door.command("record")
@_entry_options
@door.option("--json", "from_json", key="record_json", is_flag=True)
@door.option("--undo", "undo", key="record_undo", metavar="ID|FILE:LINE|last")
@door.option("--yes", key="record_yes", is_flag=True)
@door.option("--dry-run", "dry_run", key="record_dry_run", is_flag=True)
@door.option("--format", "format_", key="format", type=click.Choice(["text", "json"]), default="text")
@door.sharing("folder", "lang")
def command(
    request: door.Request,
    *,
    from_json: bool,
    undo: str | None,
    yes: bool,
    dry_run: bool,
    format_: str,
    **said: Any,
) -> int:
    """Show what the entries change, and write them; exit code 2 where anything of them is refused."""
    say, root = request.say, door.root_of(request.folder)
    cells = _cells(said)
    asking = door.on_terminal() and not from_json
    if not (yes or dry_run or asking):
        raise click.UsageError(say("usage.record_yes"))
    given = _given(cells, undo, root, say, from_json=from_json)
    if asking and undo is None:
        given = _given(asked(root, cells, say), undo, root, say, from_json=False)
    if dry_run or not yes:
        ready = _ready(root, given, say)
        shown = _shown(ready, say, format_, written=False)
        door.write(shown, None)
        if dry_run or all(posting.there for posting in ready.postings):
            return FINE
        if not door.ask(say("record.sure"), say("finding.yes"), _truth):
            door.remark([say("record.left")])
            return INTERRUPTED
    with alone(root):
        again = _ready(root, given, say)
        if not yes and _shown(again, say, format_, written=False) != shown:
            raise click.UsageError(say("usage.record_changed"))
        _write(root, again.postings, say)
    door.write(_shown(again, say, format_, written=True), None)
    return FINE


def _cells(said: Mapping[str, Any]) -> Cells:
    """What the options say, in the order of the keys; what was not given is left out."""
    found: dict[str, str | tuple[str, ...]] = {}
    for key in KEYS:
        value = said[f"entry_{key}"]
        if key in LISTS and value:
            found[key] = tuple(text.strip() for text in value)
        elif key == "empty" and value:
            found[key] = "true"
        elif isinstance(value, str):
            found[key] = value.strip()
    return found


class _Ready(NamedTuple):
    postings: Sequence[Posting]
    ahead: Outlook
    unread: int
    """Places of the project that cannot be read, and are not counted in what changes."""


def _given(cells: Cells, undo: str | None, root: Path, say: Words, *, from_json: bool) -> Given:
    """Where the entries come from: standard input, the name of one to take back, or the options."""
    if from_json:
        if undo is not None or cells:
            raise click.UsageError(say("usage.record_json"))
        from tracker.read.said import entries_of

        entries, troubles = entries_of(sys.stdin.buffer.read() if sys.stdin else b"")
        return lambda _: (entries, troubles)
    if undo is None:
        return lambda _: ([cells], [])
    if set(cells) - {"unit", "reason"}:
        raise click.UsageError(say("usage.record_undo"))
    if undo == "last" and "unit" not in cells:
        raise click.UsageError(say("usage.record_last"))

    def taken_back(project: Project) -> "tuple[list[Cells], list[Trouble]]":
        from tracker.enter import entry_named, undone, unit_named
        from tracker.lookup import book
        from tracker.read.unnamed import name_of
        from tracker.read.values import Refusal

        written = str(cells.get("unit", ""))
        unit = unit_named(written, project, book(project)) if written else None
        if isinstance(unit, Refusal):
            raise click.UsageError(say.refusal(unit.code, unit.args))
        old = entry_named(project, undo.strip(), unit.id if unit else "")
        if isinstance(old, Refusal):
            raise click.UsageError(say.refusal(old.code, old.args))
        name = old.id or name_of(root, project.actuals, old.at)
        made = undone(project, old, name, door.today(), str(cells.get("reason", "")))
        if isinstance(made, Refusal) and made.code == "record-undone":
            door.remark([say.refusal(made.code, made.args)])
            return [], []
        if isinstance(made, Refusal):
            raise click.UsageError(say.refusal(made.code, made.args))
        return [made], []

    return taken_back


def _ready(root: Path, given: Given, say: Words) -> _Ready:
    """Names looked up, everything checked, what it changes. Raises click.UsageError with all that is wrong."""
    from tracker.enter import missing, named, outlook, postings
    from tracker.lookup import book
    from tracker.read.given import convert
    from tracker.read.logs import logs

    project = door.load(root)
    wanted, troubles = given(project)
    wanted = [_dated(cells) for cells in wanted]
    many, known = len(wanted) > 1, book(project)
    told = [named(number, cells, project, known) for number, cells in enumerate(wanted, 1)]
    troubles = [*troubles, *(one for each in told for one in each.troubles)]
    entries, project = _older(root, [each.cells for each in told], project, troubles)
    bad = {(one.number, one.key) for one in troubles}
    lost = {one.number for one in troubles if one.refusal.code == "record-json-object"}
    sound = []
    for number, cells in enumerate(entries, 1):
        wanting = [key for key in missing(cells, project) if (number, key) not in bad]
        if wanting and number not in lost:
            troubles.append(_wanting(number, wanting, many=many))
        sound.append({key: cell for key, cell in cells.items() if (number, key) not in bad})
    if troubles:
        # All that is wrong is told at once; what is missing has been told already.
        troubles += [one for one in convert(project, sound)[1] if one.refusal.code != "shape-missing"]
    _refuse(troubles, say, many=many)
    found, troubles = postings(entries, project, logs(root), door.today())
    _refuse(troubles, say, many=many)
    doubts([one for each in told for one in each.doubts], say)
    return _Ready(found, outlook(project, found, door.today()), len(project.problems))


def _dated(cells: Cells) -> Cells:
    """A reason without a deed holds as of today where nobody names a day."""
    only = cells.get("step") == Step.EXPLAINED and not cells.get("date")
    return {**cells, "date": f"{door.today():%d/%m/%Y}"} if only else cells


def _older(
    root: Path,
    entries: Sequence[Cells],
    project: Project,
    troubles: "list[Trouble]",
) -> tuple[list[Cells], Project]:
    """The entries with FILE:LINE of an older one as its name, and the project in which the older ones have names."""
    from tracker.enter import entry_named
    from tracker.read.given import Trouble
    from tracker.read.unnamed import MARK, called, name_of, places_of
    from tracker.read.values import Refusal

    made: list[Cells] = []
    wanted: list[tuple[str, str, str]] = []
    for number, cells in enumerate(entries, 1):
        names: dict[str, str] = {}
        for key in ("corrects", "withdraws"):
            text = cells.get(key, "")
            if isinstance(text, str) and ":" in text:
                old = entry_named(project, text)
                if isinstance(old, Refusal):
                    troubles.append(Trouble(number, key, old))
                    continue
                text = names[key] = old.id or name_of(root, project.actuals, old.at)
            if isinstance(text, str) and text.startswith(MARK):
                wanted.append((text, str(cells.get("unit", "")), str(cells.get("task", ""))))
        made.append({**cells, **names})
    if wanted:
        names_ = places_of(root, project.actuals, wanted)
        project = project._replace(actuals=tuple(called(project.actuals, names_)))
    return made, project


def _wanting(number: int, keys: Sequence[str], *, many: bool) -> "Trouble":
    from tracker.read.given import Trouble
    from tracker.read.values import Refusal

    shown = ", ".join(keys if many else (f"--{key}" for key in keys))
    return Trouble(number, "", Refusal("record-missing", {"keys": shown}))


def _refuse(troubles: Sequence["Trouble"], say: Words, *, many: bool) -> None:
    """Every trouble with its entry and key, in order; nothing is written where there is any."""
    if not troubles:
        return
    lines = [say("usage.record_refused")]
    for one in sorted(troubles, key=lambda one: one.number):
        what = say.refusal(one.refusal.code, one.refusal.args)
        key = one.key if many or one.key not in KEYS else f"--{one.key}"
        where = say("record.entry", number=str(one.number)) if many else ""
        lines.append("  " + ": ".join(filter(None, (", ".join(filter(None, (where, key))), what))))
    raise click.UsageError("\n".join(lines))


def _write(root: Path, found: Sequence[Posting], say: Words) -> None:
    from tracker.store import Addition, append

    new = [posting for posting in found if not posting.there]
    files = dict.fromkeys((posting.file, posting.unit) for posting in new)
    additions = [Addition(file, unit, [one.cells for one in new if one.file == file]) for file, unit in files]
    refusal = append(root, additions)
    if refusal is not None:
        raise click.UsageError(say.refusal(refusal.code, refusal.args))


def _shown(ready: _Ready, say: Words, format_: str, *, written: bool) -> str:
    from tracker.render.entry import as_json, preview, receipt

    if format_ == "json":
        return as_json(ready.postings, ready.ahead, written=written)
    lines = list(preview(ready.postings, ready.ahead, say))
    if ready.unread:
        lines.append(say("record.unread", count=say.number(ready.unread)))
    return "\n".join([*lines, *(receipt(ready.postings, say) if written else ())])


def _truth(text: str) -> Any:
    from tracker.read.values import parse_truth

    return parse_truth(text)

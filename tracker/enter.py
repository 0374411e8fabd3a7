"""Entries as people give them → entries as they are written: names to ids, what is missing, and what they change.

Pure: the project before and the entries give the project after. What a name may mean is decided in tiers (design 4.8);
nothing is guessed where several answer to it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from tracker.lookup import ALWAYS, Book, Verdict, find_task, find_unit
from tracker.model.actual import Actual
from tracker.model.entry import Cells, Outlook, Posting, Shift
from tracker.model.plan import NO_PLACES, Kind
from tracker.model.project import Project
from tracker.model.source import NOWHERE
from tracker.model.standing import Standing, State
from tracker.model.values import Span
from tracker.periods import Days
from tracker.read.days import parse_span
from tracker.read.entries import unwritable
from tracker.read.formats import ENTRY_KEYS
from tracker.read.given import FILE, Trouble, convert
from tracker.read.logs import Log, log_of
from tracker.read.near import nearest
from tracker.read.shape import unknown_key
from tracker.read.values import Refusal, clean
from tracker.run import Asked, judge

SHOWN = 12
"""Candidates that a message names."""
_LEFT = (State.OVERDUE, State.OPEN, State.UNKNOWN)
"""States in which something is left to do."""
_PLACE = re.compile(r"(?P<file>.+\.[A-Za-z]+):(?P<line>[0-9]{1,9})(?::[0-9]+)?")
_FIRST = ("unit", "units", "task", "case", "period", "date")
ORDER = (*_FIRST, *(key for key in ENTRY_KEYS if key not in {*_FIRST, "recorded", "id"}), "recorded", "id")
"""Order of the keys of an entry that is written."""


class Named(NamedTuple):
    """What a name was taken for."""

    id: str
    doubt: str = ""
    """The name as it was written, where only accents were left to tell by."""


def unit_named(text: str, project: Project, known: Book) -> Named | Refusal:
    """The unit with this id, former id, name, short name or alias."""
    hit, written = find_unit(text, known), clean(text)
    if hit.verdict in {Verdict.SURE, Verdict.ACCENTS}:
        return Named(hit.ids[0], written if hit.verdict else "")
    if hit.verdict is Verdict.MANY:
        shown = _listed(text for _, text in units_shown(hit.ids, project))
        return Refusal("record-unit-many", {"text": written, "known": shown})
    return Refusal("record-unit-near" if hit.near else "record-unit", {"text": written, "near": hit.near})


def task_named(text: str, known: Book, when: Span = ALWAYS, unit: str = "") -> Named | Refusal:
    """The task with this key, former key, number in its plan, or words of its title.

    Of several, those of plans whose period holds the day are meant, and of these the ones that the unit leads.
    """
    hit, written = find_task(text, known, when, unit, words=True), clean(text)
    if hit.verdict in {Verdict.SURE, Verdict.ACCENTS}:
        return Named(hit.ids[0], written if hit.verdict else "")
    if hit.verdict is Verdict.MANY:
        shown = _listed(f"{key} ({known.named[key]})" for key in hit.ids)
        return Refusal("record-task-many", {"text": written, "known": shown})
    return Refusal("record-task-near" if hit.near else "record-task", {"text": written, "near": hit.near})


def units_shown(ids: Sequence[str], project: Project) -> list[tuple[str, str]]:
    """Units with what tells them apart: id, name and the territory above."""
    units = {unit.id: unit for unit in project.units}
    found = []
    for id_ in ids:
        above = units.get(units[id_].parent)
        found.append((id_, f"{id_} ({units[id_].name}{f', {above.name}' if above else ''})"))
    return found


class Told(NamedTuple):
    """An entry with ids in place of names."""

    cells: Cells
    doubts: Sequence[Named]
    """Names that only their letters without accents told."""
    troubles: Sequence[Trouble]


def named(number: int, cells: Cells, project: Project, known: Book) -> Told:
    """An entry with ids in place of names; the names that were doubtful; and what is wrong with the names and keys."""
    made = dict(cells)
    doubts: list[Named] = []
    troubles: list[Trouble] = []
    for key in cells:
        if key not in ENTRY_KEYS:
            troubles.append(Trouble(number, "", unknown_key(key, None, ENTRY_KEYS)))
            del made[key]
        elif refusal := unwritable(key, cells[key]):
            troubles.append(Trouble(number, key, refusal))
            del made[key]
    for key in ("unit", "units"):
        cell = made.get(key)
        if not cell:
            continue
        written = (cell,) if isinstance(cell, str) else cell
        found = [unit_named(one, project, known) for one in written]
        troubles += [Trouble(number, key, one) for one in found if isinstance(one, Refusal)]
        good = [one for one in found if isinstance(one, Named)]
        doubts += [one for one in good if one.doubt]
        if len(good) == len(found):
            made[key] = good[0].id if isinstance(cell, str) else tuple(one.id for one in good)
    task, date_ = made.get("task"), made.get("date")
    if isinstance(task, str) and task:
        when = parse_span(date_) if isinstance(date_, str) and date_ else None
        unit = made.get("unit", "")
        span = ALWAYS if when is None or isinstance(when, Refusal) else when
        one = task_named(task, known, span, unit if isinstance(unit, str) else "")
        if isinstance(one, Refusal):
            troubles.append(Trouble(number, "task", one))
        else:
            made["task"] = one.id
            doubts += [one] if one.doubt else []
    return Told(made, doubts, troubles)


def missing(cells: Cells, project: Project) -> list[str]:
    """Keys that the entry needs and does not have: whose, of what, when, and of a report for which period."""
    wanting = [] if cells.get("unit") or cells.get("units") else ["unit"]
    if not cells.get("task") and not cells.get("withdraws"):
        wanting.append("task")
    wanting += [] if cells.get("date") else ["date"]
    task = next((task for plan in project.plans for task in plan.tasks if task.id == cells.get("task")), None)
    if task is not None and task.kind is Kind.RECURRING and not cells.get("period") and not cells.get("withdraws"):
        wanting.append("period")
    return wanting


def postings(
    entries: Sequence[Cells],
    project: Project,
    known: Sequence[Log],
    today: date,
) -> tuple[list[Posting], list[Trouble]]:
    """The entries as they are to be written, each with the log that takes it; and all that is wrong in them.

    The names are ids already, and nothing is missing.
    """
    by_git = project.settings.recorded == "git"
    made, troubles = convert(project, entries)
    if troubles:
        return [], troubles
    taken, alike = _by_id(project), _alike(project, made)
    there: dict[int, Posting] = {}
    full: dict[int, Cells] = {}
    for number, (cells, actuals) in enumerate(zip(entries, made, strict=True), 1):
        first = actuals[0]
        if old := taken.get(first.id):
            if not _same(old, actuals, recorded="recorded" in cells and not by_git):
                args = {"id": first.id, "first": str(old[0].at)}
                troubles.append(Trouble(number, "id", Refusal("record-id", args)))
            there[number] = Posting(number, cells, old, old[0].at.file, there=True)
            continue
        if first.when.first > today and "recorded" not in cells:
            args = {"date": f"{first.when.first:%d/%m/%Y}", "today": f"{today:%d/%m/%Y}"}
            troubles.append(Trouble(number, "date", Refusal("record-ahead", args)))
            continue
        more = dict(cells)
        if "recorded" not in cells and not by_git and first.when.last != today:
            more["recorded"] = f"{today:%d/%m/%Y}"
        if not first.id:
            more["id"] = _new_id(first, taken)
        taken[str(more["id"])] = actuals
        full[number] = more
    again, wrong = convert(project, list(full.values()))
    troubles += [one._replace(number=list(full)[one.number - 1]) for one in wrong]
    if troubles:
        return [], troubles
    for (number, cells), actuals in zip(full.items(), again, strict=True):
        twin = next((str(alike[key].at) for one in actuals if (key := _content(one)) in alike), "")
        there[number] = _placed(Posting(number, cells, actuals, alike=twin), project, known)
    return [there[number] for number in sorted(there)], []


def outlook(project: Project, found: Sequence[Posting], today: date) -> Outlook:
    """What the entries change, judged today by what is known today."""
    new = [actual for posting in found if not posting.there for actual in posting.actuals]
    days = Asked(Days(today, today))
    was, _ = judge(project, days)
    now, _ = judge(project._replace(actuals=(*project.actuals, *new)), days)
    first = {standing.obligation.key: standing for standing in was.standings}
    last = {standing.obligation.key: standing for standing in now.standings}
    keys = dict.fromkeys((*last, *first))
    shifts = [Shift(first.get(key), last.get(key)) for key in keys if _told(first.get(key)) != _told(last.get(key))]
    records = [record for record in now.records if record.actual.at.file == FILE]
    seen = {id(record.actual) for record in records}
    gone = {one.id for one in new if one.withdraws}
    return Outlook(shifts, records, [one for one in new if id(one) not in seen and one.id not in gone])


def open_tasks(project: Project, unit: str, today: date) -> list[str]:
    """Tasks of which a unit has something left to do by today, what is overdue first."""
    now, _ = judge(project, Asked(Days(today, today)))
    found: dict[str, bool] = {}
    for one in now.standings:
        if one.obligation.unit.id == unit and one.state in _LEFT and one.obligation.starts <= today:
            key = one.obligation.task.id
            found[key] = found.get(key, False) or one.state == State.OVERDUE
    return sorted(found, key=lambda key: not found[key])


def open_periods(project: Project, task: str, unit: str, today: date) -> list[str]:
    """Periods of a task for which a unit has nothing yet and which have begun, the oldest first."""
    now, _ = judge(project, Asked(Days(today, today)))
    return [
        one.obligation.period.id
        for one in now.standings
        if one.obligation.task.id == task
        and one.obligation.unit.id == unit
        and not one.actuals
        and one.obligation.starts <= today
    ]


def entry_named(project: Project, name: str, unit: str = "") -> Actual | Refusal:
    """The entry with this id, or the one that begins at FILE:LINE, or with "last" the newest one of a unit."""
    own = [one for one in project.actuals if not one.withdraws and (not unit or one.unit == unit)]
    if place := _PLACE.fullmatch(name):
        file = place["file"].replace("\\", "/").removeprefix("./")
        there = [one for one in own if f"/{file}".endswith(f"/{one.at.file}")]
        found = next((one for one in there if one.at.line == int(place["line"])), None)
        above = [one.at for one in there if one.at.line < int(place["line"])]
        near = f"{above[-1].file}:{above[-1].line}" if above else ""
        return found or Refusal("record-at-near" if near else "record-at", {"text": name, "near": near})
    if name == "last":
        gone = _gone(project)
        left = [one for one in own if not (one.id and one.id in gone)]
        newest = max(left, key=lambda one: (one.recorded, one.at.file, one.at.line), default=None)
    else:
        newest = next((one for one in project.actuals if one.id == name and not one.withdraws), None)
    if newest is not None:
        return newest
    known = nearest(name, [one.id for one in own if one.id])
    return Refusal("record-undo-near" if known else "record-undo", {"text": name, "near": known})


def undone(project: Project, old: Actual, name: str, today: date, reason: str) -> Cells | Refusal:
    """The entry that takes back this one, which is named so."""
    if name in _gone(project):
        return Refusal("record-undone", {"text": name})
    cells = {"unit": old.unit, "task": old.task, "date": f"{today:%d/%m/%Y}", "withdraws": name}
    return {key: cell for key, cell in (cells | {"reason": reason}).items() if cell}


def _gone(project: Project) -> set[str]:
    return {one.withdraws for one in project.actuals} | {one.corrects for one in project.actuals}


def _told(standing: Standing | None) -> tuple[object, ...]:
    if standing is None:
        return ()
    counts = (len(standing.actuals), len(standing.surplus), standing.achieved)
    return (standing.state, standing.window, standing.evidence, standing.receipt, standing.days_late, *counts)


def _listed(candidates: Iterable[str]) -> str:
    shown = list(candidates)
    return "; ".join(shown[:SHOWN]) + (" …" if len(shown) > SHOWN else "")


def _by_id(project: Project) -> dict[str, list[Actual]]:
    found: dict[str, list[Actual]] = {}
    for actual in project.actuals:
        if actual.id:
            found.setdefault(actual.id, []).append(actual)
    return found


def _content(actual: Actual) -> str:
    """What an entry says, without where it stands, when it was entered and what it is called."""
    told = actual._replace(at=NOWHERE, places=NO_PLACES, id="", recorded=date.min)
    # Ids are made of this: what is concluded and never written does not belong to it.
    return f"Actual({', '.join(f'{key}={cell!r}' for key, cell in told._asdict().items() if key != 'taken')})"


def _alike(project: Project, made: Sequence[Sequence[Actual]]) -> dict[str, Actual]:
    """Entries that may say what the new ones say, by what they say."""
    days = {(one.task, one.unit, one.when) for actuals in made for one in actuals}
    gone = {one.withdraws for one in project.actuals} | {one.corrects for one in project.actuals} - {""}
    return {
        _content(one): one
        for one in project.actuals
        if (one.task, one.unit, one.when) in days and not (one.id and one.id in gone)
    }


def _same(old: Sequence[Actual], new: Sequence[Actual], *, recorded: bool) -> bool:
    """Whether two entries with one id say the same; of the day of entry, only where the new one names it."""
    if recorded and {one.recorded for one in old} != {one.recorded for one in new}:
        return False
    return sorted(map(_content, old)) == sorted(map(_content, new))


def _new_id(actual: Actual, taken: Mapping[str, object]) -> str:
    """Unit, day, and four signs of what it says: to be read, and hardly ever the same on two branches of a history."""
    for again in range(len(taken) + 1):
        sign = sha256(f"{_content(actual)}{again or ''}".encode()).hexdigest()[:4]
        name = f"{actual.unit[:50]}-{actual.when.last.isoformat()}-{sign}"
        if name not in taken:
            return name
    raise AssertionError


def _placed(posting: Posting, project: Project, known: Sequence[Log]) -> Posting:
    """The entry with the log that takes it; a unit that is the log's own is not written again."""
    actual, year = posting.actuals[0], posting.when.first.year
    used = {one.at.file for one in project.actuals if one.unit == actual.unit and one.when.first.year == year}
    log = log_of(known, actual.unit, year, used)
    if actual.withdraws:
        # What takes an entry back stands in the log in which that entry stands, where that is one.
        file = next((one.at.file for one in project.actuals if one.id == actual.withdraws), "")
        log = next((one for one in known if one.file == file), log)
    cells = dict(posting.cells)
    if log.unit == actual.unit:
        cells.pop("unit", None)
    order = {key: number for number, key in enumerate(ORDER)}
    return posting._replace(
        cells={key: cells[key] for key in sorted(cells, key=lambda key: order[key])},
        file=log.file,
        unit=log.unit,
    )

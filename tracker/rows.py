"""The rows of every table (model/tables.py says what each column means).

Only the tables that a rule judges are made. Arithmetic that rules may use is done here, once, under a name.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import NamedTuple

from tracker.expand import owing
from tracker.model.actual import Actual, Figure
from tracker.model.finding import Cell
from tracker.model.plan import Document, Kind, Plan
from tracker.model.standing import Record, Standing, State, Stray
from tracker.model.tables import (
    ACTUALS,
    DOCUMENTS,
    FACTS,
    FIGURES,
    NAMES,
    STANDINGS,
    SUMS,
    TASKS,
    UNITS,
    Row,
)
from tracker.model.unit import Unit
from tracker.model.values import Bound, Number, Quantity, total_bound
from tracker.names import Names, index_names, match_name
from tracker.periods import Days, deadline

_PUNCTUATION = str.maketrans(dict.fromkeys("“”\"'‘’,;-–", " "))


class Situation(NamedTuple):
    """All that is known on the two days, for the plans that are looked at."""

    days: Days
    plans: Sequence[Plan]
    units: Sequence[Unit]
    documents: Sequence[Document]
    standings: Sequence[Standing]
    strays: Sequence[Stray]
    records: Sequence[Record]
    figures: Sequence[Figure]


def rows(table: str, situation: Situation) -> Sequence[Standing | Record | Row]:
    """All rows of the table, in a fixed order. Raises KeyError for a table that does not exist."""
    if table == STANDINGS.name:
        return situation.standings
    if table == ACTUALS.name:
        return situation.records
    return tuple(_MAKERS[table](situation))


def _tasks(situation: Situation) -> Iterator[Row]:
    for plan in situation.plans:
        for task in plan.tasks:
            due = None if task.kind in (Kind.RECURRING, Kind.STANDING, Kind.CONDITIONAL) or not task.due else task.due
            cells: dict[str, Cell] = {
                "plan": plan.id,
                "task": task.id,
                "title": task.title,
                "kind": task.kind,
                "measure": task.measure,
                "area": task.area,
                "section": task.section,
                "stated": task.basis.stated,
                "lead": ",".join(task.lead) or None,
                "target": task.target.value if task.target else None,
                "due": deadline(due) if due else None,
                "due_stated": bool(due and due.stated),
                "units": len(owing(task, situation.units)),
            }
            yield Row(cells, task.at, task.places)


def recorded(standings: Iterable[Standing], strays: Iterable[Stray]) -> Sequence[Record]:
    """Every record with what became of it: the rows of the table `actuals`, in order of obligation, strays last."""
    found: list[Record] = []
    for standing in standings:
        for actual in standing.actuals:
            found.append(Record(actual, "used", None, standing.obligation.period.id))  # noqa: PERF401 - twice as fast
        for actual in standing.surplus:
            found.append(Record(actual, "surplus", None, standing.obligation.period.id))  # noqa: PERF401
    found += [Record(stray.actual, "stray", stray.why, stray.actual.period or None) for stray in strays]
    return found


def _figures(situation: Situation) -> Iterator[Row]:
    for actual in (record.actual for record in situation.records):
        for key, quantity in (("quantity", actual.quantity), ("people", actual.people)):
            if quantity is not None:
                yield _figure(actual, key, quantity, _carrier(actual, key), actual.task or None)
    for figure in situation.figures:
        yield _figure(figure, "quantity", figure.quantity, figure.id, None)


def _carrier(actual: Actual, key: str) -> str:
    return "/".join(filter(None, (actual.task or "-", actual.period, actual.id or actual.doc, key)))


def _figure(record: Actual | Figure, key: str, quantity: Quantity, name: str, task: str | None) -> Row:
    cells: dict[str, Cell] = {
        "unit": record.unit,
        "task": task,
        "name": name,
        "written": quantity.text,
        "value": quantity.value,
        "bound": quantity.bound,
        "counted": quantity.unit or None,
        "round": quantity.value < 100 or quantity.value % 10 == 0,
        "source": record.source or None,
    }
    # One record has several figures: the row stands where its own is written, whatever key a rule points at.
    return Row(cells, record.places.get(key, record.at))


def _sums(situation: Situation) -> Iterator[Row]:
    for actual in (record.actual for record in situation.records):
        if actual.parts and actual.quantity is not None:
            yield _sum(actual, actual.quantity, actual.parts, _carrier(actual, "parts"))
    for figure in situation.figures:
        if figure.parts:
            yield _sum(figure, figure.quantity, figure.parts, figure.id)


def _sum(record: Actual | Figure, whole: Quantity, parts: Sequence[Quantity], name: str) -> Row:
    """Parts of different units are never added, and a sum with "trên" or "gần" in it proves nothing (design 4.7)."""
    of_one_kind = len({quantity.unit.casefold() for quantity in (whole, *parts) if quantity.unit}) <= 1
    total: Number | None = sum((part.value for part in parts), start=0) if of_one_kind else None
    exact = total_bound({quantity.bound for quantity in (whole, *parts)}) is Bound.EXACT
    cells: dict[str, Cell] = {
        "unit": record.unit,
        "name": name,
        "total": whole.value,
        "parts": total,
        "difference": whole.value - total if total is not None and exact else None,
        "source": record.source or None,
    }
    return Row(cells, record.places.get("parts", record.at), record.places)


def _documents(situation: Situation) -> Iterator[Row]:
    for document in situation.documents:
        days = _first_seen((c.dated.isoformat(), c.where) for c in document.citations if c.dated)
        titles = _first_seen((c.title, c.where) for c in document.citations if c.title)
        if document.issued:
            days.setdefault(document.issued.isoformat(), "")
        cells: dict[str, Cell] = {
            "number": document.number,
            "issuer": document.issuer or None,
            "date": document.issued,
            "dates": len(days),
            "titles": len(titles),
            "all_dates": "; ".join(_with_where(_day(day), where) for day, where in days.items()),
            "all_titles": "; ".join(_with_where(f"“{title}”", where) for title, where in titles.items()),
            "cited": len(document.citations),
        }
        yield Row(cells, document.at)


def _first_seen(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each different text with the first place that has it; case, quotes, commas and dashes make no difference."""
    found: dict[str, tuple[str, str]] = {}
    for text, where in pairs:
        plain = text.translate(_PUNCTUATION).casefold()
        found.setdefault(" ".join(plain.split()), (text.strip("“”\"' "), where))
    return dict(found.values())


def _with_where(text: str, where: str) -> str:
    return f"{text} ({where})" if where else text


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def _names(situation: Situation) -> Iterator[Row]:
    named = {unit.id: unit.name for unit in situation.units}
    seen: set[tuple[str, str]] = set()
    indexes: dict[tuple[str, ...], Names] = {}
    for actual in (record.actual for record in situation.records):
        if not actual.place:
            continue
        # "xã Văn Lăng, huyện Đồng Hỷ": each level is a name of its own.
        for written in filter(None, (part.strip() for part in actual.place.split(","))):
            if (actual.at.file, written) in seen:
                continue
            seen.add((actual.at.file, written))
            # Names outlive the units that bore them: only those that existed then can be meant.
            then = [unit for unit in situation.units if unit.exists_through(actual.when.first, actual.when.last)]
            key = tuple(unit.id for unit in then)
            if key not in indexes:
                indexes[key] = index_names({unit.id: (unit.name, *unit.aliases) for unit in then})
            found = match_name(written, indexes[key])
            unit = found.matches[0] if len(found.matches) == 1 else None
            cells: dict[str, Cell] = {
                "file": str(PurePosixPath(actual.at.file)),
                "written": written,
                "tier": found.tier,
                "unit": unit,
                "unit_name": named[unit] if unit else None,
            }
            yield Row(cells, actual.places.get("place", actual.at), actual.places)


def _facts(situation: Situation) -> Iterator[Row]:
    for unit in situation.units:
        if unit.closed is not None and unit.closed < situation.days.as_of:
            continue  # nothing rests any more on what was true of a unit that is gone
        for fact in unit.facts.values():
            past = (situation.days.as_of - fact.review).days if fact.review else None
            cells: dict[str, Cell] = {
                "unit": unit.id,
                "fact": fact.name,
                "source": fact.source or None,
                "review": fact.review,
                "days_past": max(0, past) if past is not None else None,
                "counterpart": fact.counterpart or None,
            }
            yield Row(cells, fact.at)


class _Silence:
    """What one unit owes and what came of it, added up in one pass."""

    __slots__ = ("last", "owed", "pending", "since")

    def __init__(self) -> None:
        self.owed = self.pending = 0
        self.last: date | None = None
        self.since: date | None = None

    def add(self, standing: Standing) -> None:
        """Silence counts from the last record, or from the first day on which something could have been recorded."""
        self.owed += 1
        if standing.state in _PENDING:
            self.pending += 1
        if standing.actuals:
            for actual in (*standing.actuals, *standing.surplus) if standing.surplus else standing.actuals:
                if self.last is None or self.last < actual.recorded:
                    self.last = actual.recorded
        elif self.last is None:
            obligation = standing.obligation
            since = max(obligation.starts, obligation.plan.known_from, obligation.unit.opened or date.min)
            self.since = since if self.since is None else min(self.since, since)


_PENDING = frozenset({State.OPEN, State.OVERDUE, State.UNKNOWN})
_APART = frozenset({State.EXEMPT, State.CANCELLED})


def _units(situation: Situation) -> Iterator[Row]:
    as_of = situation.days.as_of
    opened: defaultdict[str, _Silence] = defaultdict(_Silence)
    for standing in situation.standings:
        if standing.obligation.starts <= as_of and standing.state not in _APART:
            opened[standing.obligation.unit.id].add(standing)
    for unit in situation.units:
        silence = opened.get(unit.id)
        if silence is None or (unit.closed is not None and unit.closed < as_of):
            continue
        cells: dict[str, Cell] = {
            "unit": unit.id,
            "unit_kind": unit.kind,
            "owed": silence.owed,
            "last_date": silence.last,
            "days_silent": max(0, (as_of - (silence.last or silence.since or as_of)).days),
            "pending": silence.pending,
        }
        yield Row(cells, unit.at)


_MAKERS: Mapping[str, Callable[[Situation], Iterator[Row]]] = {
    TASKS.name: _tasks,
    FIGURES.name: _figures,
    SUMS.name: _sums,
    DOCUMENTS.name: _documents,
    NAMES.name: _names,
    FACTS.name: _facts,
    UNITS.name: _units,
}

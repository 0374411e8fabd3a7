"""Records as written → actuals and figures, by plain functions: they come by the hundred thousand.

The same days, units, tasks and periods stand in most rows, so each text is converted once and then looked up. Only a
row in which something is refused is looked at key by key, to report all that is wrong in it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, islice
from typing import Any

from tracker.model.actual import Actual, Event, Figure
from tracker.model.mapped import PLAIN
from tracker.model.source import Place, Problem
from tracker.read.bulk import CAREFUL, ordinary
from tracker.read.cells import NO_LIST, Parse, cause, items, one, parts, step
from tracker.read.days import parse_day, parse_period, parse_span
from tracker.read.formats import ENTRY_KEYS, EVENT_KEYS, FIGURE_KEYS, REMINDER_KEYS, Batch, Cell, Record
from tracker.read.found import Found, Reference
from tracker.read.near import refuse
from tracker.read.reminders import channel, needed, periods, take
from tracker.read.told import Told
from tracker.read.values import Refusal, clean, parse_entry, parse_quantity, parse_slug, parse_truth


class _RefusedError(Exception):
    """Something in a row was refused; which, the second look says."""


class _Cache(dict[Cell, Any]):
    """Text to value; what is not there yet is converted."""

    def __init__(self, parse: Parse) -> None:
        super().__init__()
        self.parse = parse

    def __missing__(self, written: Cell) -> Any:
        value = self.parse(written)
        if isinstance(value, Refusal):
            raise _RefusedError
        self[written] = value
        return value


class Converter:
    """Turns the records of any number of files into actuals, figures, events and reminders."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.units = found.of("unit")
        self.renames = {old: new for old, new in found.renames.items() if old not in self.units}
        self.wanted: Any = None
        if found.share is not None:
            from tracker.read.wanted import Wanted
            self.wanted = Wanted(found, self.renames)
        self.parsers: dict[str, Parse] = {
            "task": one(clean),
            "date": one(parse_span),
            "recorded": one(parse_day),
            "period": one(parse_period),
            **dict.fromkeys(("unit", "by", "to"), lambda cell: self._units(cell) if isinstance(cell, str) else NO_LIST),
            "units": self._units,
            "quantity": one(parse_quantity),
            "people": one(parse_quantity),
            "parts": parts,
            "reach": parts,
            "items": items,
            "returns": one(parse_quantity),
            "id": one(parse_slug),
            "corrects": one(parse_entry),
            "withdraws": one(parse_entry),
            "step": one(step),
            "cause": one(cause),
            "empty": one(parse_truth),
            "case": one(parse_slug),
            "event": one(parse_slug),
            "indicator": one(parse_slug),
            "how": one(channel),
            "periods": periods,
        }
        self.lookups: dict[str, Parse] = {key: _Cache(parse).__getitem__ for key, parse in self.parsers.items()}
        texts = ("doc", "mode", "place", "level", "title", "note", "reason", "source", "outcome")
        self.parsers |= dict.fromkeys(texts, one(str.strip))
        self.lookups |= dict.fromkeys(texts, str.strip)
        self.counting = False
        """Whether what is wrong is only counted: then nobody needs its column, or what was probably meant."""
        self.own = self.parsers, self.lookups
        self.values: dict[str, dict[Cell, tuple[Any, bool]]] = {}  # what texts of tables by columns came to

    def convert(self, batch: Batch) -> None:
        """Add all records of a file; what is wrong with it is added to the file's own problems."""
        if not self._speaks(batch):
            return
        lookups, default = self.lookups, self._default(batch)
        for record in chain(batch.entries, self._careful(batch)) if self.wanted is None or self.wanted.entries else ():
            try:
                values = {key: lookups[key](cell) for key, cell in record[1].items()}
                units = values.pop("unit", ()) or values.pop("units", ()) or default
            except (_RefusedError, KeyError, TypeError):
                units = ()
            if not units or "date" not in values or "units" in values or _early(values) or "case" in values:
                seen = self._second_look(record, batch, ("date", "unit"))
                if seen is None:
                    continue
                values, units = seen, seen.pop("unit", ()) or seen.pop("units", ()) or default
            if not _IDS.isdisjoint(values) and not self._ids(values, record, batch):
                continue
            self._add(values, units, record)
        for record in batch.figures:
            self._figure(record, batch, default)
        for record in batch.events:
            self._event(record, batch)
        for record in batch.reminders:
            whole = self._second_look(record, batch, needed(record), REMINDER_KEYS)
            if whole is not None:
                take({"unit": default, **whole}, record, batch, self.found, partial(self._place, record, batch))
        self.parsers, self.lookups = self.own

    def _speaks(self, batch: Batch) -> bool:
        """Take up how a table is written; False where what it says of every row cannot be read."""
        mapped = batch.mapped
        if mapped is PLAIN:
            return True
        from tracker.read.dialect import spoken

        otherwise = spoken(mapped, self.parsers)
        if otherwise:
            self.parsers = {**self.parsers, **otherwise}
            own = {key: _Cache(parse).__getitem__ for key, parse in otherwise.items()}
            self.lookups = {**self.lookups, **own}
        wrong = []
        for key, text, at in mapped.constants:
            value = self.own[0][key](text)
            if isinstance(value, Refusal):
                wrong.append(Problem(at, value.code, value.args, "", len(text)))
        batch.problems += wrong
        if wrong:
            self.parsers, self.lookups = self.own
        return not wrong

    def _careful(self, batch: Batch) -> Iterator[Record]:
        """The rows of a table that have to be looked at one by one; the others are added here, thousands at a time."""
        if batch.record is None:
            return
        told = Told(batch.file, batch.problems, self.found.problems)
        for rows in self._blocks(batch):
            yield from filter(None, (batch.record(line, row) for line, row in rows))
            told.turn()
            self.counting = told.full
        # Lines that are no rows may be told behind the last block.
        told.turn()
        self.counting = False
        batch.problems += told.rest()

    def _blocks(self, batch: Batch) -> Iterator[Iterable[tuple[int, Sequence[Cell]]]]:
        """Block by block of the table, the rows that are not ordinary."""
        from tracker.read.columnar import is_large, typed, walk

        # A part passes over most rows by the cell for the unit; columns are made of all rows.
        large = is_large(batch.size, kept=self.found.by_columns)
        frame = batch.columns() if batch.columns and self.wanted is None and large else None
        if frame is not None:
            self.counting = True
            known = self.values if batch.mapped is PLAIN else {}
            columns = typed(frame, batch.keys, batch.mapped, self.parsers, file=batch.file, known=known)
            self.counting = False
            if columns is not None:
                take = None if self.found.by_columns else self.found.actuals.extend
                if take is None:
                    self.found.bulk.append(columns)
                yield from walk(frame, columns, batch.keys, batch.mapped, take=take, report=batch.problems.extend)
                return
        rows = iter(batch.rows) if self.wanted is None else self.wanted.rows(batch)
        while block := list(islice(rows, _BLOCK)):
            lines, cells = zip(*block, strict=True)
            good = ordinary(batch.keys, lines, cells, batch.file, self.lookups)
            if good is None:
                yield self._few(batch, block) if CAREFUL.isdisjoint(batch.keys) else block
            else:
                self.found.actuals += good
                yield ()

    def _few(self, batch: Batch, block: Sequence[tuple[int, Sequence[Cell]]]) -> Iterator[tuple[int, Sequence[Cell]]]:
        """The rows of a block that are near one that is not ordinary; the others are added a few at a time."""
        for begin in range(0, len(block), _FEW):
            part = block[begin : begin + _FEW]
            lines, cells = zip(*part, strict=True)
            good = ordinary(batch.keys, lines, cells, batch.file, self.lookups)
            if good is None:
                yield from part
            else:
                self.found.actuals += good

    def _default(self, batch: Batch) -> tuple[str, ...]:
        """The unit of a whole file; one that does not exist is one problem, however many records there are."""
        if batch.unit is None:
            return ()
        id_, at = batch.unit
        units = self._units(id_)
        if not isinstance(units, Refusal):
            return units
        batch.problems.append(Problem(at, units.code, units.args, "", len(id_)))
        return ()

    def _add(self, values: dict[str, Any], units: tuple[str, ...], record: Record) -> None:
        """One actual for each unit and period that the record names."""
        if self.wanted is not None and not self.wanted.record(values, units):
            self.found.passed_over = True
            return
        pop, add = values.pop, self.found.actuals.append
        when = pop("date")
        recorded, task, periods = pop("recorded", when.last), pop("task", ""), pop("period", _NO_PERIOD)
        if "case" in values:
            periods = (pop("case"),)
        values["at"], _, values["places"] = record
        for unit in units:
            for period in periods:
                add(Actual(unit, task, when, recorded, period, **values))

    def _ids(self, values: Mapping[str, Any], record: Record, batch: Batch) -> bool:
        """Note what a record corrects or withdraws; whether its own id is new."""
        for key in ("corrects", "withdraws"):
            if key in values:
                at = self._place(record, batch, key)
                self.found.references.append(Reference("entry", values[key], at, len(values[key])))
        if "case" in values:
            at = self._place(record, batch, "case")
            self.found.references.append(Reference("event", values["case"], at, len(values["case"])))
        return "id" not in values or self.found.claim("entry", values["id"], self._place(record, batch, "id"))

    def _figure(self, record: Record, batch: Batch, default: tuple[str, ...]) -> None:
        at, _, places = record
        values = self._second_look(record, batch, ("id", "title", "quantity", "date", "unit"), FIGURE_KEYS)
        if values is None or not self.found.claim("figure", values["id"], self._place(record, batch, "id")):
            return
        if self.wanted is not None and not self.wanted.figure(values.get("unit", default)):
            self.found.passed_over = True
            return
        when = values["date"]
        if "indicator" in values:
            place, id_ = self._place(record, batch, "indicator"), values["indicator"]
            owner = ("figure", values["id"])
            self.found.references.append(Reference("indicator", id_, place, len(id_), owner, "indicator"))
        self.found.figures += (
            Figure(
                id=values["id"],
                title=values["title"],
                quantity=values["quantity"],
                unit=unit,
                when=when,
                recorded=values.get("recorded", when.last),
                parts=values.get("parts", ()),
                level=values.get("level", ""),
                source=values.get("source", ""),
                at=at,
                places=places,
                indicator=values.get("indicator", ""),
            )
            for unit in values.get("unit", default)
        )

    def _event(self, record: Record, batch: Batch) -> None:
        """What happened and may be waited for. It concerns the units that it names, or else everybody."""
        values = self._second_look(record, batch, ("id", "event", "date"), EVENT_KEYS)
        if values is None:
            return
        when = values["date"]
        if not when.exact:
            text = record[1]["date"]
            problem = Problem(self._place(record, batch, "date"), "value-rough-day", {"text": str(text)})
            batch.problems.append(problem)
        elif self.found.claim("event", values["id"], self._place(record, batch, "id"), len(values["id"])):
            event = Event(
                id=values["id"],
                name=values["event"],
                when=when.first,
                recorded=values.get("recorded", when.first),
                units=values.get("units", ()),
                doc=values.get("doc", ""),
                title=values.get("title", ""),
                at=record[0],
            )
            self.found.events.append(event)

    def _second_look(
        self,
        record: Record,
        batch: Batch,
        required: tuple[str, ...],
        known: tuple[str, ...] = ENTRY_KEYS,
    ) -> dict[str, Any] | None:
        """All that is wrong in one record, as problems of its file; its values where nothing is."""
        at, written, _ = record
        cells = {key: cell for key, cell in written.items() if isinstance(cell, tuple) or cell.strip()}
        problems: list[Problem] = []
        values: dict[str, Any] = {}
        for key, cell in cells.items():
            if key not in known:
                continue
            value = self.parsers[key](cell)
            if isinstance(value, Refusal):
                args = {"key": key} if value is NO_LIST else value.args
                width = len(cell) if isinstance(cell, str) else 1
                problems.append(Problem(self._place(record, batch, key), value.code, args, "", width))
            else:
                values[key] = value
        if "case" in cells and "period" in cells:
            problems.append(Problem(self._place(record, batch, "case"), "shape-case-period"))
        given = {*cells, "unit"} if batch.unit or "units" in cells else cells.keys()
        absent = [key for key in required if key not in given]
        problems += (Problem(at, "shape-missing", {"key": key}) for key in absent)
        if "unit" in cells and "units" in cells:
            problems.append(Problem(self._place(record, batch, "units"), "shape-units"))
        when, recorded = values.get("date"), values.get("recorded")
        if when is not None and recorded is not None and recorded < when.first:
            args = {"recorded": f"{recorded:%d/%m/%Y}", "date": f"{when.first:%d/%m/%Y}"}
            problems.append(Problem(self._place(record, batch, "recorded"), "value-recorded", args))
        batch.problems += problems
        good = not problems and "" not in written
        if not good and known is ENTRY_KEYS and "id" in values:
            self.found.of("entry").setdefault(values["id"], at)
        return values if good else None

    def _place(self, record: Record, batch: Batch, key: str) -> Place:
        """Where the value under a key of a record stands."""
        if self.counting:
            return record[0]
        return batch.locate(record[0], key) if batch.locate else record[2].get(key, record[0])

    def _units(self, cell: Cell) -> tuple[str, ...] | Refusal:
        """The ids of units that exist, former ones as they are now; where a project lists none, that is said once."""
        written = (cell,) if isinstance(cell, str) else cell
        ids = [self.renames.get(id_, id_) for id_ in map(clean, written)]
        for id_ in ids:
            if self.units and id_ not in self.units:
                return Refusal("reference-unit") if self.counting else refuse("reference-unit", id_, self.units)
        return tuple(dict.fromkeys(ids))


def _early(values: Mapping[str, Any]) -> bool:
    """Whether a record was entered before it happened."""
    return "recorded" in values and values["recorded"] < values["date"].first


_BLOCK = 1000
"""Rows that are converted at once."""
_FEW = 10
"""Rows that are converted at once where some of a thousand are not ordinary."""
_IDS = frozenset({"id", "corrects", "withdraws", "case"})
_NO_PERIOD = ("",)

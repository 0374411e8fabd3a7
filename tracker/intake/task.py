"""One row of a plan's annex → the lines of a task, with everything that was concluded and not said."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tracker.intake.amounts import result
from tracker.intake.concluded import Group, case, day_of_month, every, group, measure
from tracker.intake.layout import Head
from tracker.intake.lookup import Book, find_units
from tracker.intake.when import Context, when
from tracker.model.grid import Cell, Line, Remark, letter
from tracker.names import accents
from tracker.read.entries import scalar
from tracker.read.sheets.headers import header_words
from tracker.read.values import Refusal, clean, parse_quantity

COLUMNS: Mapping[str, str] = dict.fromkeys(("phoi hop", "don vi phoi hop", "co quan phoi hop"), "partners") | (
    dict.fromkeys(("thoi han", "han", "tien do", "han hoan thanh", "thoi han hoan thanh", "thoi gian"), "date")
    | dict.fromkeys(("san pham", "ket qua du kien", "san pham du kien", "chi tieu", "ket qua"), "result")
)
"""What columns of an annex mean that mean something else, or nothing, in a log."""
_BEFORE = re.compile(r"(?:hoàn thành |xong |gửi )?(?:trước|chậm nhất|muộn nhất)(?: ngày)? (?P<rest>.+)", re.IGNORECASE)
_BOTH = re.compile(r"(?:hai|2|02|cac) (?:co quan|ban|ben|don vi|nganh)|ca hai(?: .*)?")
_WHOLE_YEAR = frozenset({"ca nam", "trong nam"})
_FIRST_HALF = 14
"""A report that is due later in the month than this is on the month itself, up to this day (Nghị định 09/2019)."""


class Frame(NamedTuple):
    """What the rows of an annex are read against."""

    known: Book
    year: int
    kinds: Mapping[str, int]
    """Kinds of units, with how many there are."""
    bodies: tuple[str, ...] = ()
    """Units whose initials stand in the plan's number: "hai cơ quan"."""


class Row(NamedTuple):
    """A row that is a task."""

    line: Line
    head: Head
    title: str
    sheet: str
    area: str = ""
    section: str = ""


class Made(NamedTuple):
    """What became of it: one task, or one for each period in which it comes again."""

    tasks: tuple[tuple[str, ...], ...]
    doubts: tuple[Remark, ...]
    regimes: Mapping[str, str]
    """Reporting calendars that it names: id to the line that says it."""


class _Time(NamedTuple):
    kind: str
    lines: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()


class _Writer:
    """The keys of one task while they are found."""

    def __init__(self, row: Row, frame: Frame) -> None:
        self.row, self.frame = row, frame
        places = {key: row.head.at(key) for key in ("title", "unit", "partners", "date", "result")}
        self.places = {key: at for key, at in places.items() if at >= 0}
        self.cells = {key: row.line.cells[at] for key, at in self.places.items() if at < len(row.line.cells)}
        self.text = {key: cell.text for key, cell in self.cells.items() if cell.text}
        self.doubts: list[Remark] = []
        self.regimes: dict[str, str] = {}
        for key, cell in self.cells.items():
            if cell.remark is not None:
                self.doubt(key, *cell.remark)

    def doubt(self, key: str, code: str, args: Mapping[str, str]) -> None:
        """Note what is doubted of the cell under a key."""
        at = self.places.get(key, self.places["title"])
        self.doubts.append(Remark(self.row.line.number, code, args, letter(at)))

    def lead(self) -> tuple[Sequence[str], Group | None]:
        """Who leads, and the group of units that the same cell names."""
        text = self.text.get("unit", "")
        hit = find_units(text, self.frame.known) if text else None
        if hit is not None and hit.ids and hit.code in {"", "intake-unit-accents"}:
            if hit.code:
                self.doubt("unit", hit.code, hit.args)
            return hit.ids, None
        if _BOTH.fullmatch(accents(text)) and self.frame.bodies:
            self.doubt("unit", "intake-plan-both", {"text": text, "units": ", ".join(self.frame.bodies)})
            return self.frame.bodies, None
        found = group(text, self.frame.kinds)
        if found is not None:
            self.doubt("unit", "intake-plan-group", {"text": text, "kind": found.kind})
            return (), found
        self.doubt("unit" if text else "title", "intake-plan-unit", {"text": text})
        return (), None

    def time(self) -> _Time:
        """Kind of a task by its time, and the keys that say the time; no kind where words are not understood."""
        cell = self.cells.get("date", Cell())
        text, folded = cell.text, accents(cell.text)
        if not folded:
            return _Time("milestone")
        if folded in header_words()["always"]:
            return _Time("quantity" if folded in _WHOLE_YEAR and self.amount() else "standing")
        if occasion := case(text):
            self.doubt("date", "intake-plan-case", {"text": text, "case": occasion})
            return _Time("conditional", (f"case: {occasion}",))
        if periods := every(text):
            return _Time("recurring", tuple(self._calendar(text)), periods)
        found = when(cell, Context(self.frame.year))
        if isinstance(found, Refusal) and (before := _BEFORE.fullmatch(text)):
            found = when(Cell(before["rest"]), Context(self.frame.year))
            if not isinstance(found, Refusal):
                self.doubt("date", "intake-plan-before", {"text": text, "due": f"{found.span.last:%d/%m/%Y}"})
        if isinstance(found, Refusal):
            self.doubt("date", "intake-plan-due", {"text": text})
            return _Time("", (f"# thời gian: {clean(text)}",))
        if found.code:
            self.doubt("date", found.code, found.args)
        return _Time("milestone", (f"due: {scalar(found.written, flow=False)}",))

    def _calendar(self, text: str) -> Iterator[str]:
        """The reporting calendar that a day of the month makes; which days a report covers, the annex does not say."""
        day = day_of_month(text)
        if not day:
            return
        id_ = f"phu-luc-ngay-{day}"
        late = day > _FIRST_HALF
        keys = f"cutoff_day: {_FIRST_HALF}, due_day: {day}" if late else f"cutoff_day: 0, due_day: {day}, due_month: 1"
        source = scalar(f"{self.where()}: {clean(text)}", flow=True)
        self.regimes[id_] = f"  {id_}: {{{keys}, source: {source}, assumed: true}}"
        until = f"ngày {_FIRST_HALF}" if late else "hết kỳ"
        self.doubt("date", "intake-plan-regime", {"text": text, "day": str(day), "until": until})
        yield f"regime: {id_}"

    def where(self) -> str:
        """The row, as a basis says it."""
        sheet = f"{self.row.sheet}, " if self.row.sheet else ""
        return f"phụ lục, {sheet}dòng {self.row.line.number}"

    def amount(self) -> str:
        """The target as a task writes it; empty where the cell holds none."""
        if "result" not in self.cells:
            return ""
        whole = parse_quantity(self.text.get("result", ""))
        if not isinstance(whole, Refusal):
            return self.text["result"]
        values = result(self.cells["result"]).values
        return values.get("quantity", "")


def task(row: Row, id_: str, frame: Frame) -> Made:
    """The task of a row; several where it comes again in periods of several lengths."""
    told = _Writer(row, frame)
    lead, owing = told.lead()
    time, target, wanted = told.time(), told.amount(), told.text.get("result", "")
    named = group(wanted, frame.kinds) or (None if owing else group(row.title, frame.kinds) if not lead else None)
    covered = named or owing
    counted = parse_quantity(target) if target else None
    unit = counted.unit if counted is not None and not isinstance(counted, Refusal) else ""
    kind = time.kind or "milestone"
    if covered is not None and kind in {"milestone", "quantity"}:
        kind = "coverage"
        key = "result" if named is not None and "result" in told.text else "unit" if owing else "title"
        counts = {"some": str(covered.some or covered.all or "?"), "all": str(frame.kinds[covered.kind])}
        told.doubt(key, "intake-plan-coverage", {"text": told.text.get(key, row.title), "kind": covered.kind, **counts})
    elif target and (kind in {"milestone", "standing"} or (kind == "recurring" and accents(unit) != "bao cao")):
        if kind != "milestone":
            told.doubt("result", "intake-plan-quota", {"text": wanted, "time": told.text.get("date", "")})
        kind = "quantity"
    if wanted and not target and any(char.isdigit() for char in wanted) and (named is None or named.some == 0):
        told.doubt("result", "intake-plan-target", {"text": wanted})
    owes = [covered.kind] if covered else list(lead)
    head = [f"    title: {scalar(row.title, flow=False)}", f"    kind: {kind}"]
    head += [f'    area: "{row.area}"'] if row.area else []
    head += [f"    section: {scalar(row.section, flow=False)}"] if row.section else []
    head += [f"    lead: [{', '.join(lead)}]"] if lead else []
    if "partners" in told.text:
        head.append(f"    partners: [{_partners(told.text['partners'], frame.known)}]")
    head += [f"    for: [{', '.join(owes)}]"] if owes else []
    counts_what = measure(row.title, wanted, unit) if kind not in {"standing", "conditional"} else ""
    tail = [f"    {line}" for line in time.lines]
    tail += [f"    measure: {counts_what}"] if counts_what else []
    tail += [f"    target: {scalar(target, flow=False)}"] if target and kind != "standing" else []
    tail += [f"    # sản phẩm: {clean(wanted)}"] if wanted and wanted != target else []
    tail.append(f"    basis: {{stated: {scalar(told.where(), flow=True)}}}")
    if len(time.periods) > 1:
        told.doubt("date", "intake-plan-several", {"text": told.text["date"], "count": str(len(time.periods))})
    tasks = [
        (f'  - id: "{id_}{f"-{period}" if turn else ""}"', *head, *([f"    every: {period}"] if period else []), *tail)
        for turn, period in enumerate(time.periods or ("",))
    ]
    return Made(tuple(tasks), tuple(told.doubts), told.regimes)


def _partners(text: str, known: Book) -> str:
    """Ids of the partners where all are known, else the words; what stands between commas is one of them each."""
    hit = find_units(text, known)
    if hit.ids and hit.code in {"", "intake-unit-accents"}:
        return ", ".join(hit.ids)
    parts = [part.strip() for part in re.split(r"[;,]", text) if part.strip()]
    found = [find_units(part, known) for part in parts]
    return ", ".join(
        one.ids[0] if len(one.ids) == 1 and not one.code else scalar(part, flow=True)
        for part, one in zip(parts, found, strict=True)
    )

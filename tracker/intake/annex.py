"""A plan's annex → a plan file to be finished by hand: rows become tasks, what is not understood stays as a remark.

The annex says who leads, with whom, by when and what is to come of it; of what kind a task is, is concluded from its
time and its target (one-off, quantitative, recurring, no deadline), and says so.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tracker.intake.layout import find_head, sort_rows
from tracker.intake.lookup import Book, find_units
from tracker.intake.when import Context, when
from tracker.model.grid import Cell, Grid, Line, Remark, letter
from tracker.model.intake import Wanted
from tracker.names import accents
from tracker.read.entries import scalar
from tracker.read.sheets.headers import header_words
from tracker.read.values import Refusal, clean, parse_quantity

COLUMNS: Mapping[str, str] = dict.fromkeys(("phoi hop", "don vi phoi hop", "co quan phoi hop"), "partners") | (
    dict.fromkeys(("thoi han", "han", "tien do", "han hoan thanh", "thoi gian", "thoi gian thuc hien"), "date")
    | dict.fromkeys(("san pham", "ket qua du kien", "san pham du kien", "chi tieu", "ket qua"), "result")
)
"""What columns of an annex mean that mean something else, or nothing, in a log."""
_EVERY = (
    (re.compile(r"h[aă]ng thang|thang/lan|moi thang"), "month"),
    (re.compile(r"hang quy|quy/lan|moi quy"), "quarter"),
    (re.compile(r"6 thang/lan|6 thang mot lan|sau thang"), "half"),
)


_RUN = re.compile(r"(?P<kind>tháng|quý)\s+\w+\s*[-–]\s*(?P<last>\w+(?:/[0-9]{4})?)", re.IGNORECASE)


class Draft(NamedTuple):
    """Tasks of an annex as lines of a plan file."""

    tasks: tuple[tuple[str, ...], ...]
    doubts: tuple[Remark, ...]
    skipped: tuple[Remark, ...]


def draft(grid: Grid, known: Book, wanted: Wanted, first: int = 1) -> Draft | None:
    """The tasks of one table, numbered from `first` on where no group has a number; None where no header is found."""
    asked = wanted._replace(columns={**COLUMNS, **wanted.columns})
    head = find_head(grid, asked)
    if head is None or head.at("title") < 0:
        return None
    below = sort_rows(grid, head)
    tasks: list[tuple[str, ...]] = []
    doubts: list[Remark] = []
    skipped = list(below.skipped)
    places = {key: head.at(key) for key in ("title", "unit", "partners", "date", "result")}
    for line, above in below.rows:
        cells = {key: line.cells[at] for key, at in places.items() if 0 <= at < len(line.cells)}
        title = clean(f"{cells['title'].text if 'title' in cells else ''} {below.joined.get(line.number, '')}")
        if not title or above is not line:
            skipped.append(Remark(line.number, "intake-no-task"))
            continue
        found: list[Remark] = []
        number = f"{first + len(tasks)}"
        tasks.append(tuple(_task(number, title, cells, known, (line, places, asked.year, found))))
        doubts += found
    return Draft(tuple(tasks), tuple(doubts), tuple(sorted(skipped)))


def _task(
    number: str,
    title: str,
    cells: Mapping[str, Cell],
    known: Book,
    row: tuple[Line, Mapping[str, int], int, list[Remark]],
) -> Iterator[str]:
    line, places, year, doubts = row

    def doubt(key: str, code: str, args: Mapping[str, str]) -> None:
        doubts.append(Remark(line.number, code, args, letter(places[key])))

    text = {key: cell.text for key, cell in cells.items() if cell.text}
    for key, cell in cells.items():
        if cell.remark is not None:
            doubt(key, *cell.remark)
    hit = find_units(text.get("unit", ""), known)
    lead = _units(text.get("unit", ""), known)
    if lead and hit.code:
        doubt("unit", hit.code, hit.args)
    if not lead:
        doubt("unit" if "unit" in text else "title", "intake-plan-unit", {"text": text.get("unit", "")})
    target = text.get("result", "")
    amount = parse_quantity(target) if target else None
    counted = amount is not None and not isinstance(amount, Refusal)
    kind, more = _time(cells.get("date", Cell()), year)
    if kind == "milestone" and counted:
        kind = "quantity"
    if kind == "":
        doubt("date", "intake-plan-due", {"text": text.get("date", "")})
    yield f'  - id: "{number}"'
    yield f"    title: {scalar(title, flow=False)}"
    yield f"    kind: {kind or 'milestone'}"
    if lead:
        yield f"    lead: [{', '.join(lead)}]"
    if "partners" in text:
        yield f"    partners: [{', '.join(_units(text['partners'], known)) or scalar(text['partners'], flow=True)}]"
    if lead:
        yield f"    for: [{', '.join(lead)}]"
    yield from (f"    {one}" for one in more)
    if counted:
        yield f"    target: {scalar(target, flow=False)}"
    elif target:
        yield f"    # sản phẩm: {clean(target)}"
    yield f"    basis: {{stated: {scalar(f'phụ lục, dòng {line.number}', flow=True)}}}"


def _units(text: str, known: Book) -> Sequence[str]:
    hit = find_units(text, known) if text else None
    return hit.ids if hit is not None and hit.code in {"", "intake-unit-accents"} else ()


def _time(cell: Cell, year: int) -> tuple[str, list[str]]:
    """Kind of a task by its time, and the keys that say the time; no kind where words are not understood."""
    folded = accents(cell.text)
    if not folded:
        return "milestone", []
    if folded in header_words()["always"]:
        return "standing", []
    for pattern, every in _EVERY:
        if pattern.search(folded):
            return "recurring", [f"every: {every}"]
    if run := _RUN.fullmatch(cell.text):
        # "Quý II–III": due by the end of the last one.
        cell = Cell(f"{run['kind']} {run['last']}")
    found = when(cell, Context(year))
    if isinstance(found, Refusal):
        return "", [f"# thời gian: {clean(cell.text)}"]
    return "milestone", [f"due: {scalar(found.written, flow=False)}"]


def plan_text(
    number: str,
    grids: Sequence[Grid],
    asked: tuple[Book, Wanted],
    digest: str,
) -> tuple[str, list[tuple[str, Remark]], list[tuple[str, Remark]]]:
    """A plan file with the tasks of all tables; what is doubted, and what is no task, with its place.

    The text is empty where no table has tasks.
    """
    lines: list[str] = []
    doubts: list[tuple[str, Remark]] = []
    skipped: list[tuple[str, Remark]] = []
    count = 1
    for grid in grids:
        found = draft(grid, asked[0], asked[1], count)
        if found is None:
            continue
        count += len(found.tasks)
        lines += (line for task in found.tasks for line in task)
        for remarks, told in ((doubts, found.doubts), (skipped, found.skipped)):
            remarks.extend((f"{grid.sheet}!{one.column}{one.row}".lstrip("!"), one) for one in told)
    if not lines:
        return "", [], []
    title = next((grid.title for grid in grids if grid.title), "") or f"Kế hoạch {number}"
    head = [
        f"# {clean(grids[0].file)} (sha256 {digest[:12]})",
        f"plan: {scalar(number, flow=False)}",
        f"title: {scalar(title, flow=False)}",
        f"period: {asked[1].year}",
        "tasks:",
    ]
    return "\n".join([*head, *lines]) + "\n", doubts, skipped

"""A plan's annex → a plan file to be finished by hand: rows become tasks, what is not understood stays as a remark.

The annex says who leads, with whom, by when and what is to come of it; groups of rows are the plan's areas. Of what
kind a task is, is concluded from its words (tracker/intake/task.py), and what was concluded is doubted with its cell.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from tracker.intake.layout import Below, Head, find_head, roman, sort_rows
from tracker.intake.lookup import Book
from tracker.intake.task import COLUMNS, Frame, Row, task
from tracker.model.grid import Grid, Line, Remark
from tracker.model.intake import Wanted
from tracker.model.project import Project
from tracker.read.days import parse_day
from tracker.read.entries import scalar
from tracker.read.values import Refusal, clean, slug

_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})*\.?")
_ISSUED = re.compile(
    r"ngày (?P<day>[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}|[0-9]{1,2} tháng [0-9]{1,2} năm [0-9]{4})", re.IGNORECASE
)
TITLE = 300
"""Most characters of a title that is taken from the paragraphs above a table."""


class Area(NamedTuple):
    """A group of rows: "I. Lãnh đạo, chỉ đạo"."""

    key: str
    """As tasks name it: 1."""
    number: str
    """As the annex has it: I."""
    name: str


class Draft(NamedTuple):
    """Tasks of an annex as lines of a plan file."""

    tasks: tuple[tuple[str, ...], ...]
    areas: tuple[Area, ...] = ()
    regimes: tuple[str, ...] = ()
    """Lines of the reporting calendars that its rows name."""
    doubts: tuple[Remark, ...] = ()
    skipped: tuple[Remark, ...] = ()


def frame(project: Project, known: Book, number: str, year: int) -> Frame:
    """What the rows of the annex of a plan are read against."""
    there = [unit for unit in project.units if unit.closed is None or unit.closed.year >= year]
    kinds: dict[str, int] = {}
    for unit in there:
        kinds[unit.kind] = kinds.get(unit.kind, 0) + 1
    bodies = tuple(slug(part) for part in number.rpartition("/")[2].split("-"))
    ids = {unit.id for unit in there}
    return Frame(known, year, kinds, bodies if len(bodies) > 1 and ids.issuperset(bodies) else ())


def draft(grid: Grid, frame: Frame, wanted: Wanted, taken: set[str]) -> Draft | None:
    """The tasks of one table; None where no header is found. `taken` are the ids that tables before it have."""
    asked = wanted._replace(columns={**COLUMNS, **wanted.columns})
    head = find_head(grid, asked)
    if head is None or head.at("title") < 0:
        return None
    below = sort_rows(grid, head)
    skipped = list(below.skipped)
    rows: list[tuple[Line, Area | None, str]] = []
    for line, above in below.rows:
        title = clean(f"{_cell(line, head, 'title')} {below.joined.get(line.number, '')}")
        if not title or above is not line:
            skipped.append(Remark(line.number, "intake-no-task"))
            continue
        rows.append((line, None, title))
    areas = _areas(grid, below, head)
    rows = [(line, _under(line, areas), title) for line, _, title in rows]
    ids = _ids([(_cell(line, head, "number"), area) for line, area, _ in rows], taken)
    tasks: list[tuple[str, ...]] = []
    doubts: list[Remark] = []
    regimes: dict[str, str] = {}
    for (line, area, title), id_ in zip(rows, ids, strict=True):
        number = _cell(line, head, "number").rstrip(".")
        section = ".".join(filter(None, (area.number if area else "", number)))
        made = task(Row(line, head, title, grid.sheet, area.key if area else "", section), id_, frame)
        tasks += made.tasks
        doubts += made.doubts
        regimes |= made.regimes
    used = tuple(area for _, area in areas if any(area is one for _, one, _ in rows))
    return Draft(tuple(tasks), used, tuple(regimes.values()), tuple(doubts), tuple(sorted(skipped)))


def _cell(line: Line, head: Head, key: str) -> str:
    at = head.at(key)
    return line.cells[at].text if 0 <= at < len(line.cells) else ""


def _areas(grid: Grid, below: Below, head: Head) -> list[tuple[int, Area]]:
    """The groups of rows, each with the row of its heading."""
    groups = {one.row for one in below.skipped if one.code == "intake-group"}
    found: list[tuple[int, Area]] = []
    for line in grid.lines[head.last + 1 :]:
        if line.number not in groups:
            continue
        number, name = roman(" ".join(dict.fromkeys(cell.text for cell in line.cells if cell.text)))
        key = _arabic(number) if number else str(len(found) + 1)
        while any(one.key == key for _, one in found):
            key += "b"
        found.append((line.number, Area(key, number, name or number)))
    return found


def _arabic(number: str) -> str:
    """I, II, III as 1, 2, 3; a letter stays."""
    values = {"I": 1, "V": 5, "X": 10, "L": 50}
    if not set(number) <= values.keys():
        return number
    digits = [values[char] for char in number]
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return str(sum(-one if one < behind else one for one, behind in pairs))


def _under(line: Line, areas: Sequence[tuple[int, Area]]) -> Area | None:
    return next((area for row, area in reversed(areas) if row < line.number), None)


def _ids(rows: Sequence[tuple[str, Area | None]], taken: set[str]) -> list[str]:
    """The annex's own numbers where they tell its rows apart; where they begin anew in each area, with the area's."""
    own = [number.rstrip(".") if _NUMBER.fullmatch(number) else "" for number, _ in rows]
    apart = len(set(own)) == len(own) and "" not in own
    found = []
    turns: dict[str, int] = {}
    for number, (_, area) in zip(own, rows, strict=True):
        key = area.key if area else ""
        turns[key] = turns.get(key, 0) + 1
        id_ = number if apart else f"{key}.{number or turns[key]}".lstrip(".")
        turn = len(taken) + 1
        while id_ in taken:
            id_, turn = str(turn), turn + 1
        taken.add(id_)
        found.append(id_)
    return found


def plan_text(
    number: str,
    grids: Sequence[Grid],
    asked: tuple[Project, Book, Wanted],
    digest: str,
) -> tuple[str, list[tuple[str, Remark]], list[tuple[str, Remark]]]:
    """A plan file with the tasks of all tables; what is doubted, and what is no task, with its place.

    The text is empty where no table has tasks.
    """
    project, known, wanted = asked
    against = frame(project, known, number, wanted.year)
    drafts: list[Draft] = []
    doubts: list[tuple[str, Remark]] = []
    skipped: list[tuple[str, Remark]] = []
    taken: set[str] = set()
    for grid in grids:
        found = draft(grid, against, wanted, taken)
        if found is None:
            continue
        drafts.append(found)
        for remarks, told in ((doubts, found.doubts), (skipped, found.skipped)):
            remarks.extend((f"{grid.sheet}!{one.column}{one.row}".lstrip("!"), one) for one in told)
    if not any(one.tasks for one in drafts):
        return "", [], []
    title = next((grid.title for grid in grids if grid.title), "") or _above(grids) or f"Kế hoạch {number}"
    text = [
        f"# {clean(grids[0].file)} (sha256 {digest[:12]})",
        f"plan: {scalar(number, flow=False)}",
        f"title: {scalar(title[:TITLE].strip(), flow=False)}",
        *_known(title, number, project),
        f"period: {wanted.year}",
    ]
    areas = {area.key: area.name for one in drafts for area in one.areas}
    regimes = dict.fromkeys(line for one in drafts for line in one.regimes)
    text += ["areas:", *(f'  "{key}": {scalar(name, flow=False)}' for key, name in areas.items())] if areas else []
    text += ["regimes:", *regimes] if regimes else []
    text += ["tasks:", *(line for one in drafts for lines in one.tasks for line in lines)]
    return "\n".join(text) + "\n", doubts, skipped


def _above(grids: Sequence[Grid]) -> str:
    """What stands in the rows above the first header of a workbook: its title."""
    head = find_head(grids[0], Wanted(columns=COLUMNS)) if grids else None
    lines = grids[0].lines[: head.first] if head else ()
    return " ".join(dict.fromkeys(cell.text for line in lines for cell in line.cells if cell.text))


def _known(title: str, number: str, project: Project) -> list[str]:
    """Under which programme it stands and when it was issued, where the title says so."""
    found = []
    under = [plan.id for plan in project.plans if plan.programme and plan.id in title and plan.id != number]
    found += [f"under: {under[0]}"] if len(under) == 1 else []
    day = _ISSUED.search(title.partition(number)[2])
    if day and not isinstance(parse_day(day["day"]), Refusal):
        found.append(f"issued: {scalar(day['day'], flow=False)}")
    return found

"""Units × periods: who has reported what. A letter or a word first, colour only beside it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from tracker.lang import Words
from tracker.model.plan import Kind
from tracker.model.report import Report
from tracker.model.standing import Standing, State
from tracker.model.unit import Unit
from tracker.render.page.parts import STYLES, Bit, Section, Track
from tracker.render.page.words import short
from tracker.render.visible import cells, visible

_SHOWN = tuple(state for state in State if state is not State.ONGOING)
_MANY, _SHOWN_UNITS, _SHOWN_PERIODS = 40, 12, 12
"""So many units are shown one by one; of more, so many that owe most, in so many periods."""
_BESIDE = 3
"""Cells between two columns of a drawn table, with its margin."""


class _Grid:
    """One table: tasks whose periods have different names may share it (months and quarters)."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self.periods: dict[str, None] = {}
        self.cells: dict[str, dict[str, Standing]] = {}
        self.units: dict[str, Unit] = {}


def grids(report: Report, say: Words, width: int) -> Iterator[Section]:
    """One section for the recurring tasks whose periods do not collide, as few as possible."""
    for whole in _grids(report.standings):
        grid = _worst(whole, report.as_of) if len(whole.units) > _MANY else whole
        units = sorted(grid.units.values(), key=lambda unit: unit.position)
        names = [short(unit) for unit in units]
        wide = _wide(grid, names, say, width)
        lines = [_line(unit, name, grid, say, wide=wide) for unit, name in zip(units, names, strict=True)]
        tracks = (Track(), *(Track(heading) for heading in _headings(grid.periods, say).values()))
        used = {s.state for row in grid.cells.values() for s in row.values()}
        key = " · ".join(_legend(state, say) for state in _SHOWN if state in used)
        legend = "" if wide else say("page.legend", words=key)
        cut = _said(whole, grid, say) if grid is not whole else ""
        heading = say("page.heading.grid", tasks="; ".join(grid.titles))
        after = [line for line in (legend, cut) if line]
        yield Section(heading, tracks, lines, after=after, spoken=_spoken(grid, units, say))


def _grids(standings: Sequence[Standing]) -> list[_Grid]:
    made: list[_Grid] = []
    places: dict[str, _Grid] = {}
    periods: dict[str, dict[str, None]] = {}
    for standing in standings:
        if standing.obligation.task.kind is Kind.RECURRING:
            periods.setdefault(standing.obligation.task.id, {})[standing.obligation.period.id] = None
    for standing in standings:
        obligation = standing.obligation
        if obligation.task.kind is not Kind.RECURRING:
            continue
        grid = places.get(obligation.task.id)
        if grid is None:
            mine = periods[obligation.task.id]
            grid = next((one for one in made if not one.periods.keys() & mine.keys()), None) or _Grid()
            if not grid.periods:
                made.append(grid)
            grid.periods |= mine
            grid.titles.append(f"{visible(obligation.task.title)} ({visible(obligation.task.id)})")
            places[obligation.task.id] = grid
        grid.units[obligation.unit.id] = obligation.unit
        grid.cells.setdefault(obligation.unit.id, {})[obligation.period.id] = standing
    return made


def _worst(grid: _Grid, as_of: date) -> _Grid:
    """What of a large grid fits on the page: the units that owe most, and the periods that began last."""
    lasts: dict[str, date] = {}
    owed: dict[str, int] = {}
    for id_, row in grid.cells.items():
        owed[id_] = sum(one.state is State.OVERDUE for one in row.values())
        for name, one in row.items():
            if one.obligation.period.first <= as_of:
                lasts[name] = one.obligation.period.last
    units = sorted(grid.units, key=lambda id_: (-owed[id_], grid.units[id_].position))[:_SHOWN_UNITS]
    newest = set(sorted(lasts, key=lambda name: lasts[name])[-_SHOWN_PERIODS:])
    cut = _Grid()
    cut.titles = grid.titles
    cut.periods = {period: None for period in grid.periods if period in newest}
    cut.cells = {id_: grid.cells[id_] for id_ in units}
    cut.units = {id_: grid.units[id_] for id_ in units}
    return cut


def _said(whole: _Grid, grid: _Grid, say: Words) -> str:
    units, periods = (say.number(len(one)) for one in (whole.units, whole.periods))
    shown, newest = (say.number(len(one)) for one in (grid.units, grid.periods))
    return say("page.grid_cut", shown=shown, units=units, periods=newest, all=periods)


def _wide(grid: _Grid, names: Sequence[str], say: Words, width: int) -> bool:
    """Whether whole words fit; otherwise letters with a legend."""
    word = max(cells(say(f"page.word.{state}")) for state in _SHOWN)
    return max(map(cells, names)) + len(grid.periods) * (word + _BESIDE) <= width


def _line(unit: Unit, name: str, grid: _Grid, say: Words, *, wide: bool) -> list[Bit]:
    row: Mapping[str, Standing] = grid.cells[unit.id]
    kind = "word" if wide else "letter"
    bits = [Bit(name)]
    for period in grid.periods:
        standing = row.get(period)
        if standing is None:
            bits.append(Bit(say("page.not_owed"), "dim"))
        else:
            bits.append(Bit(say(f"page.{kind}.{standing.state}"), STYLES.get(standing.state, "")))
    return bits


def _headings(periods: Iterable[str], say: Words) -> Mapping[str, str]:
    """The shortest names of the periods that still tell them apart: T1, Q1; T1/23 where there are several years."""
    cut = {period: period.partition("-") for period in periods}
    several = len({year for year, _, _ in cut.values()}) > 1
    names = {}
    for period, (year, _, rest) in cut.items():
        name = say("page.month", number=str(int(rest))) if rest[:1] in ("0", "1") else rest
        names[period] = f"{name}/{year[2:]}" if several and name else name or year
    return names


def _legend(state: State, say: Words) -> str:
    return f"{say(f'page.letter.{state}')} {say(f'page.word.{state}')}"


def _spoken(grid: _Grid, units: Sequence[Unit], say: Words) -> list[str]:
    """One sentence a unit: which periods are in which state."""
    sentences = []
    headings = _headings(grid.periods, say)
    for unit in units:
        row = grid.cells[unit.id]
        parts = []
        for state in _SHOWN:
            periods = [name for period, name in headings.items() if period in row and row[period].state is state]
            if periods:
                parts.append(f"{say(f'page.word.{state}')} {', '.join(periods)}")
        sentences.append(f"{short(unit)}: {'; '.join(parts)}")
    return sentences

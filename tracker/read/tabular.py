"""Rows of any table → a batch of records, as its mapping says: what is written otherwise, what holds for every row."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from tracker.model.mapped import PLAIN, Mapped
from tracker.model.source import Place, Problem
from tracker.read.dialect import Typed
from tracker.read.door import Source
from tracker.read.formats import ENTRY_KEYS, Batch, Cell, Record
from tracker.read.near import nearest

LISTS = {"units": ",;|", "parts": ";|", "items": ";|", "reach": ";|"}
"""Columns that hold several values, and what may stand between them."""
REQUIRED = ("unit|units", "date")
_NO_PLACES: dict[str, Place] = {}


def keys_of(
    headings: Sequence[str],
    place: Callable[[int], Place],
    problems: list[Problem],
    known: Sequence[str] = ENTRY_KEYS,
    mapped: Mapped = PLAIN,
) -> tuple[str, ...]:
    """The key of each column, empty for one that is not read; `place` says where a heading stands.

    Without a mapping the headings are the keys. With one, a heading that it does not name is a problem, and so is one
    that it names and the table does not have.
    """
    keys: list[str] = []
    for index, heading in enumerate(headings):
        key, at, width = heading, place(index), max(1, len(heading))
        if not heading:
            problems.append(Problem(at, "csv-column-empty", {"column": str(index + 1)}))
        elif mapped.columns is not None:
            key = mapped.columns.get(heading, ("", at))[0]
            if heading not in mapped.columns:
                near = nearest(heading, mapped.columns)
                args = {"key": heading, "near": near} if near else {"key": heading}
                problems.append(Problem(at, "table-column-near" if near else "table-column", args, "", width))
        elif key not in known:
            near = nearest(key, known)
            args = {"key": key, "near": near} if near else {"key": key, "known": ", ".join(known)}
            problems.append(Problem(at, "csv-column-near" if near else "csv-column", args, "", width))
            key = ""
        if key and key in keys:
            problems.append(Problem(at, "csv-column-twice", {"key": heading}, "", width))
            key = ""
        keys.append(key)
    for heading, (key, at) in (mapped.columns or {}).items():
        if key and heading not in headings:
            problems.append(Problem(at, "table-heading", {"key": heading, "file": place(0).file}, "", len(heading)))
    return tuple(keys)


def missing(keys: Sequence[str], required: Sequence[str] = REQUIRED, mapped: Mapped = PLAIN) -> list[str]:
    """The keys that a table cannot do without and neither has nor is given for every row."""
    given = {*keys, *(key for key, _, _ in mapped.constants)}
    return [key.split("|")[0] for key in required if given.isdisjoint(key.split("|"))]


def batch_of(
    file: str,
    keys: Sequence[str],
    rows: Iterable[tuple[int, Sequence[Cell]]],
    mapped: Mapped,
    *,
    problems: list[Problem],
    place: Callable[[int, str], Place],
    source: Source | None = None,
    pass_over: Callable[[int, Callable[[str], bool]], None] | None = None,
) -> Batch:
    """The records of a table. They know their lines; their cells are looked up when something is wrong there."""
    every = (*keys, *(key for key, _, _ in mapped.constants))
    same = tuple(Typed(text) for _, text, _ in mapped.constants)
    fixed = {key for key, _, _ in mapped.constants}

    def record(line: int, row: Sequence[Cell]) -> Record | None:
        cells: dict[str, Cell] = {key: cell for key, cell in zip(every, row, strict=True) if cell}
        if cells.keys() <= fixed:
            return None
        cells.pop("", None)
        for key in LISTS.keys() & cells.keys():
            cells[key] = _parts(cells[key], LISTS[key])
            if key in mapped.values:
                cells[key] = meant(mapped.values[key], cells[key])
        return Place(file, line), cells, _NO_PLACES

    return Batch(
        problems=problems,
        source=source,
        rows=_filled(keys, rows, mapped, same) if same or mapped.values else rows,
        keys=every,
        record=record,
        locate=lambda at, key: at if key in fixed else place(at.line, key),
        mapped=mapped,
        pass_over=pass_over,
        file=file,
    )


def meant(words: Mapping[str, str], cell: Cell) -> Cell:
    """What a cell means by the words of its mapping; an empty meaning is an empty cell."""
    if isinstance(cell, str):
        return words.get(cell.strip(), cell)
    return tuple(filter(None, (words.get(one.strip(), one) for one in cell)))


def _filled(
    keys: Sequence[str], rows: Iterable[tuple[int, Sequence[Cell]]], mapped: Mapped, same: tuple[str, ...],
) -> Iterator[tuple[int, Sequence[Cell]]]:
    """The rows with what their words mean, and what holds for every row behind them; an empty one stays empty."""
    told = [(index, mapped.values[key]) for index, key in enumerate(keys) if key in mapped.values]
    for line, row in rows:
        cells = list(row)
        for index, words in told:
            cells[index] = meant(words, cells[index])
        yield line, (*cells, *same)


def _parts(cell: Cell, separators: str) -> Cell:
    if isinstance(cell, str):
        for separator in separators:
            if separator in cell:
                return tuple(part.strip() for part in cell.split(separator) if part.strip())
    return cell

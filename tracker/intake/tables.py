"""A sheet → its tables: a second header of other columns begins another one."""

from collections.abc import Iterator

from tracker.intake.layout import find_head, key_of
from tracker.intake.meaning import Asked, understand
from tracker.model.grid import Grid, Line
from tracker.model.intake import Understood, Wanted
from tracker.names import accents

FEWEST = 3
"""Words of headers that a row below the first header needs to be another one."""


def understand_all(grid: Grid, asked: Asked) -> tuple[Understood, ...]:
    """Everything that a sheet says, table by table; where --map names the row of the header, there is but one."""
    if asked.wanted.header:
        return (understand(grid, asked),)
    return tuple(understand(part, asked) for part in split(grid, asked.wanted))


def split(grid: Grid, wanted: Wanted) -> Iterator[Grid]:
    """The parts of a sheet, each with one header. The title of the sheet stays with every one of them."""
    head = find_head(grid, wanted)
    if head is None:
        yield grid
        return
    first = [accents(cell.text) for cell in grid.lines[head.first].cells if cell.text]
    begin, title = 0, " ".join(filter(None, (grid.title, *_words(grid.lines[: head.first]))))
    for position in range(head.last + 1, len(grid.lines)):
        line = grid.lines[position]
        if not _is_head(line, wanted) or [accents(cell.text) for cell in line.cells if cell.text] == first:
            continue
        # What is written alone right above is the other table's title.
        start = position
        while start - 1 > head.last and start - 1 > begin and len(set(_words([grid.lines[start - 1]]))) == 1:
            start -= 1
        yield grid._replace(lines=grid.lines[begin:start])
        begin, grid = start, grid._replace(title=title)
        first = [accents(cell.text) for cell in line.cells if cell.text]
    yield grid._replace(lines=grid.lines[begin:])


def _words(lines: "tuple[Line, ...] | list[Line]") -> list[str]:
    return [cell.text for line in lines for cell in line.cells if cell.text and cell.head]


def _is_head(line: Line, wanted: Wanted) -> bool:
    """Whether a row is a header: at least three words of headers, most of what stands in it, none of it a number."""
    texts = [cell.text for cell in line.cells if cell.text and cell.head and not cell.above]
    keys = {key for text in texts if (key := key_of(text, wanted)[0])}
    return len(keys) >= FEWEST and 2 * len(keys) > len(texts) and not any(text[0].isdigit() for text in texts)

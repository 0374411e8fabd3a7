"""A table as laid out → its header, what its columns are, and what each row below it is.

Titles above, headers in two rows, groups, totals, rows that go on from the one above and notes below are known by their
form; nothing is dropped without a reason that can be shown.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tracker.model.grid import Cell, Grid, Line, Remark
from tracker.model.intake import Column, Wanted
from tracker.names import accents
from tracker.read.sheets.headers import counted_words, header_words

LOOKED_AT = 60
"""Rows among which the header is looked for."""
BESIDE = ("number", "unused")
"""What a header may be called without becoming a key of an entry."""
_NUMBERED = re.compile(r"\(?[0-9A-Z]{1,2}\)?(?:\s?=.*)?")
_ROMAN = re.compile(r"(?:[IVXL]+|[A-Z])(?:[.)]|$)")
_LOOSE = re.compile(r"[IVXL]+ (?=\S)")
_LISTS = frozenset({
    *("total", "closing", "counted", "counted_people", "always", "deed", "undone", "mark", "empty", "planned"),
})  # fmt: skip


class Head(NamedTuple):
    """The header of a table."""

    first: int
    last: int
    """Positions of its rows among the lines of the grid."""
    columns: tuple[Column, ...]

    def at(self, key: str) -> int:
        """The first column of this key; -1 where there is none."""
        return next((one.at for one in self.columns if one.key == key), -1)


class Below(NamedTuple):
    """The rows below a header."""

    rows: tuple[tuple[Line, Line], ...]
    """Rows to be understood, each with the one that it goes on from, or with itself."""
    skipped: tuple[Remark, ...]
    joined: Mapping[int, str]
    """Number of a row → what rows below it add to its text."""


def key_of(text: str, wanted: Wanted) -> tuple[str, str]:
    """Key and counted thing of a header; both empty where its words are not known."""
    folded = accents(text).strip(" :.*")
    plain = re.sub(r"\s*\(.*?\)", "", folded).strip()
    said = next((form for form in (folded, plain) if form in wanted.columns), None)
    if said is not None:
        return wanted.columns[said] or "unused", ""
    known = header_words()
    if any(_planned(part) for part in re.findall(r"\((.*?)\)", folded)):
        return "unused", ""
    for form in dict.fromkeys((folded, plain)):
        for key, listed in known.items():
            if key not in _LISTS and form in listed:
                return key, _counted(form)
    if plain.startswith("so ") and (counted := counted_words().get(plain.removeprefix("so "))):
        return ("people" if counted[1] else "quantity"), counted[0]
    return "", ""


def _planned(folded: str) -> bool:
    """Whether a header, or what it says between parentheses, speaks of what was planned."""
    return any(folded == word or folded.startswith(f"{word} ") for word in header_words()["planned"])


def _counted(folded: str) -> str:
    found = counted_words().get(folded.removeprefix("so "))
    return found[0] if found else ""


def find_head(grid: Grid, wanted: Wanted) -> Head | None:
    """The header, found by its words; None where no row has two of them, one of these a title or a task."""
    lines = grid.lines[:LOOKED_AT]
    best, most = -1, 0
    for position, line in enumerate(lines):
        if wanted.header and line.number != wanted.header:
            continue
        keys = {key_of(cell.text, wanted)[0] for cell in line.cells if cell.text} - {""}
        score = len(keys - set(BESIDE)) * 2 + len(keys & set(BESIDE))
        good = wanted.header or (len(keys) >= 2 and len(keys - set(BESIDE)) >= 1)
        if good and score > most:
            best, most = position, score
    if best < 0:
        return None
    first = last = best
    if best and _parts(lines[best - 1], lines[best], wanted):
        first = best - 1
    elif best + 1 < len(lines) and _parts(lines[best], lines[best + 1], wanted):
        last = best + 1
    while first > 0 and any(cell.above for cell in lines[first].cells if cell.text):
        first -= 1
    while last + 1 < len(lines) and _goes_on(lines[last], lines[last + 1]):
        last += 1
    return Head(first, last, tuple(_columns(_spread(lines[first : last + 1]), wanted)))


def _goes_on(head: Line, below: Line) -> bool:
    """Whether the row below is part of the header as well."""
    own = [index for index, cell in enumerate(below.cells) if cell.text and not cell.above]
    if any(cell.above and cell.text for cell in below.cells):
        return True
    return bool(own) and all(index < len(head.cells) and head.cells[index].span > 1 for index in own)


def _parts(head: Line, below: Line, wanted: Wanted) -> bool:
    """Whether the row below names the parts of columns that the row above heads together, with nothing merged.

    So a header in two rows looks in CSV: "Kết quả" over two columns, with an empty cell beside it.
    """
    if any(cell.span for line in (head, below) for cell in line.cells):
        return False
    texts = [cell.text for cell in head.cells]
    texts += [""] * (len(below.cells) - len(texts))
    filled = [index for index, cell in enumerate(below.cells) if cell.text]
    gaps = [index for index in filled if index and not texts[index]]
    if not gaps or any(below.cells[index].text[0].isdigit() for index in filled):
        return False
    if any(texts[index] and (index + 1) not in gaps for index in filled):
        return False
    above = any(key_of(text, wanted)[0] for text in texts if text)
    return above and any(key_of(below.cells[index].text, wanted)[0] for index in filled)


def _spread(lines: Sequence[Line]) -> Sequence[Line]:
    """The rows of a header with what heads several columns above each of them, also where nothing is merged."""
    if len(lines) < 2 or any(cell.span for line in lines for cell in line.cells):
        return lines
    first, second = lines[0].cells, lines[-1].cells
    cells = list(first) + [Cell()] * (len(second) - len(first))
    for index in range(1, len(cells)):
        if not cells[index].text and index < len(second) and second[index].text:
            cells[index] = cells[index - 1]
    return [lines[0]._replace(cells=tuple(cells)), *lines[1:]]


def _columns(lines: Sequence[Line], wanted: Wanted) -> list[Column]:
    width = max(len(line.cells) for line in lines)
    found: list[Column] = []
    taken: set[str] = set()
    for index in range(width):
        texts = [line.cells[index].text for line in lines if index < len(line.cells)]
        parts = list(dict.fromkeys(text for text in texts if text))
        if not parts:
            continue
        header = " / ".join(parts)
        readings = (key_of(text, wanted) for text in (header, " ".join(parts), *reversed(parts)))
        key, counted = next((one for one in readings if one[0]), ("", ""))
        if any(_planned(accents(part)) for part in parts[:-1]) and accents(parts[-1]) not in wanted.columns:
            key = ""
        again = key if key in taken and key not in BESIDE else ""
        if key in BESIDE or key in taken:
            key = "number" if key == "number" and "number" not in taken else ""
        taken.add(key)
        found.append(Column(index, header, key, counted, again))
    return found


def sort_rows(grid: Grid, head: Head) -> Below:
    """What each row below the header is."""
    rows: list[tuple[Line, Line]] = []
    skipped: list[Remark] = []
    joined: dict[int, str] = {}
    heads = [_texts(line) for line in grid.lines[head.first : head.last + 1]]
    closed = False
    for line in grid.lines[head.last + 1 :]:
        if not any(cell.head and (cell.text or cell.remark) for cell in line.cells):
            if any(cell.text for cell in line.cells):
                skipped.append(Remark(line.number, "intake-merged"))
            continue
        reason = _reason(line, head, heads)
        if closed and not reason and _alone(line):
            reason = "intake-closing"
        closed = closed or reason == "intake-closing"
        above = rows[-1][1] if rows else None
        if reason:
            whole = " ".join(dict.fromkeys(cell.text for cell in line.cells if cell.text))
            text = whole if reason == "intake-group" else _first(line)
            skipped.append(Remark(line.number, reason, {"text": text[:80]}))
        elif above is not None and _adds_text(line, head):
            text = line.cells[head.at("title")].text
            number = rows[-1][0].number
            joined[number] = f"{joined.get(number, '')} {text}".strip()
            skipped.append(Remark(line.number, "intake-joined", {"row": str(number)}))
        else:
            rows.append((line, above if above is not None and _continues(line, head) else line))
    return Below(tuple(rows), tuple(skipped), joined)


def roman(text: str) -> tuple[str, str]:
    """The number of a group and its name: "I. Lãnh đạo" as I and Lãnh đạo; no number where it begins with none."""
    match = _ROMAN.match(text) or _LOOSE.match(text)
    return (text[: match.end()].strip(" .)"), text[match.end() :].strip(" .:–-")) if match else ("", text)


def _texts(line: Line) -> tuple[str, ...]:
    return tuple(accents(cell.text) for cell in line.cells)


def _first(line: Line) -> str:
    return next((cell.text for cell in line.cells if cell.text), "")


def _alone(line: Line) -> bool:
    """Whether one text is all that stands in the row."""
    return len({cell.text for cell in line.cells if cell.text}) == 1


def _reason(line: Line, head: Head, heads: Sequence[tuple[str, ...]]) -> str:
    """Why a row is no entry; empty where it may be one."""
    texts = [cell.text for cell in line.cells if cell.text]
    # Most rows differ from the header in their first cell: the others need not be folded.
    if any(accents(texts[0]) in head for head in heads) and _texts(line) in heads:
        return "intake-header"
    if len(texts) > 1 and all(map(_NUMBERED.fullmatch, texts)) and _counts_up(texts):
        return "intake-numbers"
    words, first = header_words(), next((accents(text) for text in texts if not text.isdigit()), "")
    at = head.at("number")
    counted = 0 <= at < len(line.cells) and line.cells[at].text.strip(". ").isdigit()
    if not counted and any(_begins(first, word) for word in words["total"]):
        named = head.at("title"), head.at("task"), head.at("number")
        where = next(index for index, cell in enumerate(line.cells) if cell.text and not cell.text.isdigit())
        if where in named or line.cells[where].span > 1 or where == 0:
            return "intake-total"
    if _alone(line) and any(first.startswith(word) for word in words["closing"]):
        return "intake-closing"
    if _is_group(line, head):
        return "intake-group"
    return ""


def _begins(text: str, word: str) -> bool:
    """Whether a row is headed by a word of totals: "Cộng: 5", "Tổng cộng toàn tỉnh", and not "Tổng kết năm"."""
    ends = (":", "(", " (", *([" "] if " " in word else []))
    return text == word or text.startswith(tuple(word + end for end in ends))


def _counts_up(texts: Sequence[str]) -> bool:
    bare = [text.split("=")[0].strip(" ()") for text in texts]
    digits = [int(text) for text in bare if text.isdigit()]
    return len(digits) >= 2 and digits == list(range(digits[0], digits[0] + len(digits)))


def _is_group(line: Line, head: Head) -> bool:
    """A heading between rows: one text merged across, or a Roman number and a text with nothing behind them."""
    filled = [(index, cell) for index, cell in enumerate(line.cells) if cell.text]
    first = filled[0][1] if filled else None
    if first is None:
        return False
    if _alone(line) and first.span > 1:
        return True
    if not _ROMAN.match(first.text):
        return False
    plain = {head.at("number"), head.at("title"), head.at("task"), filled[0][0]}
    return all(index in plain or cell.text == filled[1][1].text for index, cell in filled)


def _adds_text(line: Line, head: Head) -> bool:
    """Whether the row only carries on the text above: no number of its own, nothing but a title."""
    number, title = head.at("number"), head.at("title")
    if number < 0 or title < 0:
        return False
    filled = [index for index, cell in enumerate(line.cells) if cell.text and not cell.above]
    return filled == [title]


def _continues(line: Line, head: Head) -> bool:
    """Whether the row says something more of the task above: it names none itself."""
    named = [index for key in ("task", "title", "number") if (index := head.at(key)) >= 0]
    own = [index for index in named if index < len(line.cells) and line.cells[index].text]
    return bool(named) and not own

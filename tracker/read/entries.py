"""A log with more entries at the end of its list, as text: what a person wrote stays byte for byte, and is read again.

New entries take the style of the file: where the dash stands, entries in braces or key by key, the ends of lines. What
cannot be appended to without anything else being read otherwise is refused.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from tracker.model.source import Place
from tracker.read.append import quoted
from tracker.read.door import Source, decode, hidden
from tracker.read.found import value
from tracker.read.shape import plain
from tracker.read.values import Refusal
from tracker.read.yaml import Keys, Listing, Node, Scalar, Tree, events, walk

ENTRIES = "entries"
Entry = Mapping[str, str | Sequence[str]]
"""Keys of an entry in the order in which they are to be written, each with its text or list of texts."""

_BREAK = re.compile("\r\n|\n|\r")
_LINE = re.compile("[^\r\n]*(?:\r\n|\n|\r|$)")
# What surely reads as itself between braces and outside of them; anything else is tried.
_SURE = re.compile(r"[^\W_][\w ./%()-]*")
_DASH = re.compile(" *-( +)")
_WORDS = frozenset({"null", "Null", "NULL"})


def with_entries(
    source: Source, written: str, entries: Sequence[Entry], unit: str = "", key: str = ENTRIES,
) -> str | Refusal:
    """The text of a log with these entries behind the last of those under `entries:`, or under another `key`.

    `written` is the file's text byte for byte (of a new file: empty), `source` the same as it is read. A file that says
    nothing yet gets `unit:` with the unit first. Refused where a value is empty or holds a hidden character, where the
    file is not a log or is broken, and where any other node would have another value, style or place afterwards.
    """
    before = walk(source)
    args = {"file": source.file}
    if before.broken or not isinstance(before.root, Keys | None):
        return Refusal("append-broken", args)
    new = [{name: _composed(cell) for name, cell in entry.items()} for entry in entries]
    if refusal := next(filter(None, map(_refused, new)), None):
        return refusal
    if not new:
        return written
    spot = _spot(source.text, written, key)
    if spot is None:
        return Refusal("append-entries", {**args, "key": key})
    text = spot.filled(written, new, unit if before.root is None else "")
    after, _ = decode(text.encode(), source.file, bidi=True)
    moved = _Moved(spot.line, len(_BREAK.findall(text)) - len(_BREAK.findall(written)))
    if after is None or not _same(before, walk(after), new, moved, key):
        return Refusal("append-entries", {**args, "key": key})
    return text


def says(raw: bytes, file: str, entries: Sequence[Entry]) -> bool:
    """Whether a log holds all of these entries in one of its lists: each by its id, or by all that it says."""
    source, _ = decode(raw, file, bidi=True)
    root = walk(source).root if source else None
    lists = [node for _, node in root.entries.values()] if isinstance(root, Keys) else []
    there = [plain(item) for node in lists if isinstance(node, Listing) for item in node.items]
    ids = {one.get("id", "") for one in there if isinstance(one, dict)} - {""}
    new = [{key: _listed(_composed(cell)) for key, cell in entry.items()} for entry in entries]
    return all(entry.get("id", "") in ids or entry in there for entry in new)


def _listed(cell: str | Sequence[str]) -> str | list[str]:
    return cell if isinstance(cell, str) else list(cell)


def scalar(text: str, *, flow: bool) -> str:
    """A text as a YAML value that reads as just that: bare where it can be, else between quotation marks."""
    if _SURE.fullmatch(text) and text not in _WORDS:
        return text
    tried = walk(Source("", f"k: {{k: {text}, l: m}}\n" if flow else f"k: {text}\n"))
    found = value(tried.root, "k", "k") if flow else value(tried.root, "k")
    simple = isinstance(found, Scalar) and found.plain and not found.empty and found.text == text
    return text if simple and not tried.problems and not _BREAK.search(text) else quoted(text)


def entry_text(entry: Entry) -> str:
    """An entry in braces, as it stands in a file."""
    return "{" + ", ".join(f"{key}: {_cell(cell, flow=True)}" for key, cell in entry.items()) + "}"


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where more entries go, and how they are to look."""

    at: int
    """Offset in the file's text."""
    cut: int = 0
    """Characters before the place that give way: an empty list in brackets."""
    head: str = ""
    """The key itself, where it has to be written."""
    indent: int = 2
    gap: int = 1
    """Spaces behind the dash."""
    flow: bool = True
    """Whether an entry stands in braces."""
    between: str | None = None
    """Of a list in brackets: what goes between two entries."""
    rest: str = ""
    """What stands between the empty list and the end of its line."""
    line: float = float("inf")
    """The first line, from 0, that what is written here moves."""

    def filled(self, written: str, entries: Sequence[Entry], unit: str) -> str:
        """The file's text with the entries in it."""
        before, after = written[: self.at], written[self.at :]
        if self.between is not None:
            return before + "".join(self.between + entry_text(entry) for entry in entries) + after
        if self.cut:
            before = before[: len(before) - self.cut - len(self.rest)].rstrip(" ") + self.rest
        end = _end(written)
        bare = before.removeprefix("\ufeff")
        gap = end if bare and not bare.endswith(("\n", "\r")) else ""
        lines = [f"unit: {scalar(unit, flow=False)}"] if unit else []
        lines += [f"{self.head}:"] if self.head else []
        for entry in entries:
            lines += self._lines(entry)
        return before + gap + end.join(lines) + end + after

    def _lines(self, entry: Entry) -> Iterable[str]:
        dash = " " * self.indent + "-" + " " * self.gap
        if self.flow:
            return [dash + entry_text(entry)]
        said = [f"{key}: {_cell(cell, flow=False)}" for key, cell in entry.items()]
        return [dash + said[0], *(" " * len(dash) + line for line in said[1:])]


@dataclass(slots=True)
class _Seen:
    """What the events of a file tell of the list that is to take more."""

    root: Any = None
    key: Any = None
    list: Any = None
    item: Any = None
    """Beginning of the last entry."""
    last: int = 0
    """Where the last thing that is written in the list ends."""
    more: bool = False
    """Whether another key stands behind it."""


def _spot(text: str, written: str, name: str) -> _Spot | None:
    """The place for more entries; None where the list is written in a way that cannot be appended to."""
    seen = _survey(text, name)
    shift = len(written) - len(text)
    if seen.root is None or seen.key is None:
        inline = seen.root is not None and seen.root.flow_style
        return None if inline else _placed(text, _Spot(len(text), head=name), shift)
    if seen.root.flow_style:
        return None
    if type(seen.list).__name__ == "ScalarEvent":
        bare = not seen.list.value and not seen.list.style
        return _placed(text, _Spot(_behind(text, seen.key.end_mark.index, seen, 1)), shift) if bare else None
    if type(seen.list).__name__ != "SequenceStartEvent":
        return None
    start, item = seen.list.start_mark, seen.item
    if item is None:
        return _emptied(text, seen, shift)
    if seen.list.flow_style:
        alone = not _before(text, item).strip()
        between = f",{_end(text)}{' ' * item.start_mark.column}" if alone else ", "
        return _placed(text, _Spot(seen.last, between=between), shift)
    beside = _DASH.fullmatch(_before(text, item))
    at = _behind(text, seen.last, seen, start.column)
    flow = type(item).__name__ != "MappingStartEvent" or bool(item.flow_style)
    return _placed(text, _Spot(at, indent=start.column, gap=len(beside[1]) if beside else 1, flow=flow), shift)


def _before(text: str, event: Any) -> str:
    """What stands on the line before an event."""
    return text[event.start_mark.index - event.start_mark.column : event.start_mark.index]


def _placed(text: str, spot: _Spot, shift: int) -> _Spot:
    """The spot in the file's own text, which may begin with a byte order mark, with the first line that moves."""
    lines = len(_BREAK.findall(text[: spot.at])) + (spot.between is not None)
    return replace(spot, at=spot.at + shift, line=lines if spot.at < len(text) else spot.line)


def _emptied(text: str, seen: _Seen, shift: int) -> _Spot | None:
    """Where the list is `[]`: it gives way to a list of lines, where it stands on one line with nothing in it."""
    begin = seen.list.start_mark.index
    inside = re.compile(r"\[ *\]").match(text, begin)
    if inside is None:
        return None
    at = _behind(text, inside.end(), seen, 1)
    rest = text[inside.end() : at]
    return _placed(text, _Spot(at, cut=inside.end() - begin, rest=rest), shift)


def _behind(text: str, last: int, seen: _Seen, column: int) -> int:
    """Offset of the line for more entries: the end of the file, or the line behind the list where another key follows.

    Remarks behind the last entry that are indented as the entries are stay with it.
    """
    if not seen.more:
        return len(text)
    at = last
    if last and text[last - 1] not in "\r\n":
        line = _LINE.match(text, last)
        at = line.end() if line else len(text)
    end = at
    while end < len(text) and (line := _LINE.match(text, end)):
        said = line[0].strip()
        end = line.end()
        if said and not (said.startswith("#") and 0 < column <= len(line[0]) - len(line[0].lstrip(" "))):
            break
        at = end if said else at
    return at


def _survey(text: str, wanted: str) -> _Seen:
    """Walk the events of a file that can be read to its end."""
    from yaml import YAMLError

    seen, key, mine = _Seen(), True, False
    flows: list[bool] = []
    try:
        for event in events(text):
            name = type(event).__name__
            opens, closes = name in {"MappingStartEvent", "SequenceStartEvent"}, name.endswith("EndEvent")
            if closes and name not in {"MappingEndEvent", "SequenceEndEvent"}:
                continue
            flow = flows.pop() if closes else False
            whole = opens or name in {"ScalarEvent", "AliasEvent"}
            if whole and not flows and opens:
                seen.root = event
            elif whole and len(flows) == 1 and key:
                mine = name == "ScalarEvent" and event.value == wanted and seen.key is None
                seen.more = seen.more or (seen.key is not None and not mine)
                seen.key = event if mine else seen.key
            elif whole and len(flows) == 1 and mine:
                seen.list = event
            elif whole and len(flows) == 2 and mine:
                seen.item = event
            if mine and (name == "ScalarEvent" or (closes and flow)) and len(flows) > 1:
                seen.last = event.end_mark.index
            if len(flows) == 1 and (closes or name in {"ScalarEvent", "AliasEvent"}):
                key = not key
            if opens:
                flows.append(bool(event.flow_style))
    except YAMLError:
        return _Seen()
    return seen


def _same(before: Tree, after: Tree, new: Sequence[Entry], moved: "_Moved", head: str) -> bool:
    """Whether the file still says all that it said, where it said it, and the new entries besides."""
    if after.broken or not isinstance(after.root, Keys):
        return False
    old = before.root if isinstance(before.root, Keys) else Keys({}, Place(""))
    known, entries = value(old, head), value(after.root, head)
    if not isinstance(entries, Listing):
        return False
    count = len(known.items) if isinstance(known, Listing) else 0
    wanted = [{key: _listed(cell) for key, cell in entry.items()} for entry in new]
    if [plain(item) for item in entries.items[count:]] != wanted:
        return False
    problems = [(one.code, moved.place(one.place)) for one in before.problems if one.code != "yaml-empty"]
    if problems != [(one.code, one.place) for one in after.problems]:
        return False
    own = {head} if isinstance(before.root, Keys) else {head, "unit"}
    rest = [(moved.told(key), moved.told(node)) for name, (key, node) in old.entries.items() if name not in own]
    now = after.root.entries.items()
    left = [(_STILL.told(key), _STILL.told(node)) for name, (key, node) in now if name not in own]
    first = [moved.told(item) for item in known.items] if isinstance(known, Listing) else []
    return rest == left and first == [_STILL.told(item) for item in entries.items[:count]]


class _Moved(NamedTuple):
    """What an insertion does to the places of what stands behind it."""

    line: float
    """The first line that is moved, from 0."""
    by: int

    def place(self, place: Place) -> Place:
        """The place afterwards."""
        return place._replace(line=place.line + self.by) if place.line > self.line else place

    def told(self, node: Node) -> object:
        """What a node says, how it is written and where it will stand."""
        at = self.place(node.at)
        if isinstance(node, Scalar):
            # The end of the file's last line may have been missing, which a text in a block would have kept.
            return (node.text.rstrip("\r\n") if node.style in {"|", ">"} else node.text, node.style, at)
        if isinstance(node, Listing):
            return ([self.told(item) for item in node.items], at, node.flawed)
        return ([(self.told(key), self.told(child)) for key, child in node.entries.values()], at, node.flawed)


_STILL = _Moved(float("inf"), 0)


def _cell(cell: str | Sequence[str], *, flow: bool) -> str:
    if isinstance(cell, str):
        return scalar(cell, flow=flow)
    return "[" + ", ".join(scalar(text, flow=True) for text in cell) + "]"


def _composed(cell: str | Sequence[str]) -> str | Sequence[str]:
    """As it will be read: NFC, without white space around it."""
    if isinstance(cell, str):
        return unicodedata.normalize("NFC", cell).strip()
    return tuple(unicodedata.normalize("NFC", text).strip() for text in cell)


def _refused(entry: Entry) -> Refusal | None:
    """Why an entry cannot be written as it is."""
    return next(filter(None, (unwritable(key, cell) for key, cell in entry.items())), None)


def unwritable(key: str, cell: str | Sequence[str]) -> Refusal | None:
    """Why the value of a key cannot be written: it is empty, or holds a character that nobody sees."""
    for text in (cell,) if isinstance(cell, str) else cell:
        if not text.strip():
            return Refusal("shape-empty", {"key": key})
        halves = (f"U+{ord(char):04X}" for char in text if "\ud800" <= char <= "\udfff")
        if code := hidden(text) or next(halves, ""):
            return Refusal("append-hidden", {"key": key, "code": code})
    return None


def _end(text: str) -> str:
    """How the lines of a file end: as its last one does."""
    breaks = _BREAK.findall(text)
    return breaks[-1] if breaks else "\n"

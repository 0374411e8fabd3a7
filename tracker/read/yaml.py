"""YAML → nodes that are all text and remember their places, by walking the events of PyYAML's parser.

`load` and `compose` are never called: they die on deep nesting, and make 8.7 of 8.700, 8 of 010 and False of NO. What
YAML offers beyond lists and keys (anchors, aliases, tags, several documents) is refused in our words, and reading
goes on.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from unicodedata import normalize

from tracker.model.source import Place, Problem
from tracker.read.door import Source, hidden, with_excerpts
from tracker.read.syntax import from_error, leading_tabs

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTHING = frozenset({"null", "Null", "NULL", "~"})
"""YAML's words for nothing, where no mark stands around them."""
DEPTH = 30
"""Most levels of lists and keys within each other; ours need six."""


class Scalar(NamedTuple):
    """A value or key, as text in NFC."""

    text: str
    at: Place
    plain: bool = True
    """Whether it was written without quotation marks and not as a block."""
    style: str = ""
    """Empty for plain; else the mark that opens it: ', ", | or >."""
    width: int = 1
    """Characters that it takes on its first line, marks included."""

    @property
    def empty(self) -> bool:
        """Whether nothing was written: no text, or YAML's word for nothing."""
        return not self.text or (self.plain and self.text in NOTHING)


class Listing(NamedTuple):
    """A list."""

    items: "tuple[Node, ...]"
    at: Place
    flawed: bool = False
    """Whether anything was refused within it."""


class Keys(NamedTuple):
    """Keys with their values, in the order of the file; of a key that stands twice, the first."""

    entries: "Mapping[str, tuple[Scalar, Node]]"
    at: Place
    flawed: bool = False
    """Whether anything was refused within it."""


Node = Scalar | Listing | Keys

# A named tuple is made of a tuple without a call of Python code.
_place: Callable[[tuple[str, int, int]], Place] = partial(tuple.__new__, Place)
_scalar: Callable[[tuple[str, Place, bool, str, int]], Scalar] = partial(tuple.__new__, Scalar)


class Tree(NamedTuple):
    """What was read of one file."""

    root: Node | None
    problems: tuple[Problem, ...]
    broken: bool = False
    """Whether the file could not be read to its end; the root holds the whole records before that place."""


_BEGIN = {"SequenceStartEvent": True, "MappingStartEvent": False}
"""Events that open a list, or keys."""
_BLOCK = ("|", ">")
_DIGITS = frozenset("0123456789")
_END = ("SequenceEndEvent", "MappingEndEvent")


class _Frame:
    """A list or a set of keys that is not at its end."""

    __slots__ = ("at", "entries", "items", "key", "seen", "skip")

    def __init__(self, at: Place, seen: int, items: list[Node] | None = None) -> None:
        self.at = at
        self.seen = seen
        """Problems when it began."""
        self.items = items
        self.entries: dict[str, tuple[Scalar, Node]] = {}
        self.key: Scalar | None = None
        self.skip = False
        """Whether the value of the present key is to be dropped, since the key was refused."""


def walk(source: Source) -> Tree:
    """The nodes of a file. Never raises, whatever the text, and always ends."""
    from yaml import ScalarEvent, YAMLError

    walker = Walker(source)
    try:
        walker.through(events(source.text), ScalarEvent)
    except YAMLError as error:
        walker.broke(error)
    return walker.tree()


def events(text: str) -> Iterator[Any]:
    """One event after the other, from the C parser where it was built in."""
    import yaml

    loader = getattr(yaml, "CLoader", yaml.Loader)(text)
    try:
        while (event := loader.get_event()) is not None:
            yield event
    finally:
        loader.dispose()


class Walker:
    """Own stack: the depth of a file is bounded by a number, not by the machine."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.file = source.file
        self.problems: list[Problem] = leading_tabs(source)
        self.stack: list[_Frame] = []
        self.root: Node | None = None
        self.documents = 0
        self.broken = False

    def through(self, found: Iterator[Any], scalar: Any) -> None:
        """Put every event where it belongs: keys and values of sound records here, whatever else is met in `take`.

        Nearly all of a file is words without marks, as keys and as what stands under them: they make half of the time.
        """
        stack, file = self.stack, self.file
        for event in found:
            frame = stack[-1] if stack else None
            usual = type(event) is scalar and not event.style and event.anchor is None and event.tag is None
            if not usual or frame is None or frame.items is not None:
                if not self.take(event):
                    return
                continue
            text, start, end = event.value.strip(), event.start_mark, event.end_mark
            if not text.isascii():
                text = normalize("NFC", text)
            line, column = start.line, start.column
            width = end.column - column if end.line == line else 1
            node = _scalar((text, _place((file, line + 1, column + 1)), True, "", width or 1))
            key = frame.key
            if key is not None:
                if not frame.skip:
                    frame.entries[key.text] = (key, node)
                frame.key, frame.skip = None, False
            elif text and text[0] not in _DIGITS and text not in NOTHING and text not in frame.entries:
                frame.key = node
            else:
                self._key(frame, node, event)

    def take(self, event: Any) -> bool:
        """Put one event where it belongs; False where the rest of the file is not read."""
        name = type(event).__name__
        if name == "ScalarEvent":
            if event.anchor is not None or event.tag is not None:
                self._refuse_extras(event)
            self._deliver(self._scalar(event), event)
        elif name in _BEGIN:
            self._refuse_extras(event)
            if len(self.stack) == DEPTH:
                self._problem(self._place(event), "yaml-depth", most=str(DEPTH))
                self.broken = True
                return False
            self.stack.append(_Frame(self._place(event), len(self.problems), [] if _BEGIN[name] else None))
        elif name in _END:
            self._deliver(self._closed(self.stack.pop()), event)
        elif name == "AliasEvent":
            self._problem(self._place(event), "yaml-alias", name=event.anchor)
            self._deliver(Scalar(f"*{event.anchor}", self._place(event)), event)
        elif name == "DocumentStartEvent":
            self.documents += 1
            if self.documents > 1:
                self._problem(self._place(event), "yaml-documents")
                return False
        return True

    def broke(self, error: Exception) -> None:
        """Keep the whole records before the place that cannot be read; the one that stands on it is lost."""
        self.broken = True
        problem = from_error(self.source, error)
        tabbed = {tab.place.line for tab in self.problems if tab.code == "yaml-tab"}
        if problem.place.line not in tabbed:
            self.problems.append(problem)
        if not self.stack:
            return
        root, *inner = self.stack
        if inner and inner[0].items is not None and root.key is not None and not root.skip:
            root.entries[root.key.text] = (root.key, self._closed(inner[0]))
        if len(inner) <= 1 and root.entries:
            # The parser closed a record before it gave up on the line below, which may be a part of it.
            last, (key, node) = list(root.entries.items())[-1]
            if isinstance(node, Listing):
                root.entries[last] = (key, node._replace(items=node.items[:-1]))
        self.root = self._closed(root)

    def tree(self) -> Tree:
        """All that was read."""
        if self.root is None and not self.problems:
            self._problem(Place(self.file), "yaml-empty")
        return Tree(self.root, tuple(with_excerpts(self.problems, {self.file: self.source})), self.broken)

    def _closed(self, frame: _Frame) -> Node:
        flawed = len(self.problems) > frame.seen
        if frame.items is not None:
            return Listing(tuple(frame.items), frame.at, flawed)
        return Keys(frame.entries, frame.at, flawed)

    def _deliver(self, node: Node, event: Any) -> None:
        if not self.stack:
            if not (isinstance(node, Scalar) and node.empty):
                self.root = node
            return
        frame = self.stack[-1]
        if frame.items is not None:
            self._split_number(node, event)
            frame.items.append(node)
        elif frame.key is None:
            self._key(frame, node, event)
        else:
            if not frame.skip:
                frame.entries[frame.key.text] = (frame.key, node)
            frame.key, frame.skip = None, False

    def _key(self, frame: _Frame, node: Node, event: Any) -> None:
        if not isinstance(node, Scalar) or node.empty:
            self._problem(node.at, "yaml-key")
            frame.key, frame.skip = Scalar("", node.at), True
            return
        frame.key = node
        if self._split_number(node, event):
            frame.skip = True
        elif node.text in frame.entries:
            first = frame.entries[node.text][0].at.line
            self._problem(node.at, "yaml-duplicate-key", width=node.width, key=node.text, line=str(first))
            frame.skip = True

    def _split_number(self, node: Node, event: Any) -> bool:
        """Whether YAML cut a decimal comma in two, as it does between brackets: [6,47%]."""
        if not isinstance(node, Scalar) or not node.plain or node.text[:1] not in _DIGITS:
            return False
        before = self.source.text[max(0, event.start_mark.index - 2) : event.start_mark.index]
        if not re.fullmatch("[0-9],", before):
            return False
        self._problem(node.at, "yaml-comma", width=node.width, text=f"{before}{node.text}")
        return True

    def _scalar(self, event: Any) -> Scalar:
        text, style = event.value, event.style or ""
        start, end = event.start_mark, event.end_mark
        line, column = start.line, start.column
        place = Place(self.file, line + 1, column + 1)
        if style == '"' and (code := hidden(text)):
            self._problem(place, "file-control", code=code)
        if not text.isascii():
            text = normalize("NFC", text)
        width = end.column - column if end.line == line else 1
        return Scalar(text if style in _BLOCK else text.strip(), place, not style, style, width or 1)

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor is not None:
            self._problem(self._place(event), "yaml-anchor", width=len(event.anchor) + 1, name=event.anchor)
        if event.tag is not None:
            self._problem(self._place(event), "yaml-tag", tag=event.tag.replace("tag:yaml.org,2002:", "!!"))

    def _place(self, event: Any) -> Place:
        return Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _problem(self, place: Place, code: str, /, *, width: int = 1, **args: str) -> None:
        self.problems.append(Problem(place, code, args, "", width))

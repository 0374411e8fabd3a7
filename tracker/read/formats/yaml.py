"""The log of a unit: its entries and figures, whose unit is the file's where they name none."""

from collections.abc import Sequence
from pathlib import Path

from tracker.model.source import Place, Problem
from tracker.read.door import open_source
from tracker.read.formats import ENTRY_KEYS, EVENT_KEYS, FIGURE_KEYS, REMINDER_KEYS, Batch, Cell, Record
from tracker.read.found import problem, text, value
from tracker.read.quick import walk
from tracker.read.shape import listed, unknown_keys
from tracker.read.values import Refusal
from tracker.read.yaml import Keys, Listing, Node, Scalar

SUFFIXES = (".yaml", ".yml")
_LISTS = ("entries", "figures", "events", "reminders", "links")


def read(path: Path, file: str) -> Batch:
    """The lists of a log. Characters that reorder text are let in here, and shown escaped."""
    source, problems = open_source(path, file, bidi=True)
    if source is None:
        return Batch(problems=problems)
    tree = walk(source)
    problems += tree.problems
    if not isinstance(tree.root, Keys):
        if tree.root is not None:
            problems.append(problem(tree.root, Refusal("shape-log", {})))
        return Batch(problems=problems, source=source)
    root = tree.root
    unknown_keys(root, ("unit", *_LISTS), problems)
    if not tree.broken and root.entries.keys().isdisjoint(_LISTS):
        problems.append(problem(root, Refusal("shape-log", {})))
    if "unit" in root.entries and not text(root, "unit"):
        problems.append(problem(value(root, "unit") or root, Refusal("shape-empty", {"key": "unit"})))
    entries, figures, events, reminders, links = (listed(root, key, problems) for key in _LISTS)
    unit = value(root, "unit")
    lost = _lost(figures, "figures", problems) + _lost(events, "events", problems)
    apart = set(map(id, lost))

    nodes: dict[Place, Node] = {}

    def locate(at: Place, key: str) -> Place:
        if not nodes:
            # Made once for all entries: every one that has an id is looked for.
            nodes.update((node.at, node) for node in (*entries, *figures, *events, *reminders))
        found = value(nodes.get(at), key)
        return found.at if found is not None else at

    return Batch(
        entries=[*_records(entries, ENTRY_KEYS, problems), *map(_flawed, _records(lost, ENTRY_KEYS, problems))],
        figures=_records([node for node in figures if id(node) not in apart], FIGURE_KEYS, problems),
        events=_records([node for node in events if id(node) not in apart], EVENT_KEYS, problems),
        reminders=_records(reminders, REMINDER_KEYS, problems),
        links=links,
        problems=problems,
        source=source,
        unit=(text(root, "unit"), unit.at) if unit is not None and text(root, "unit") else None,
        locate=locate,
    )


def _lost(nodes: Sequence[Node], key: str, problems: list[Problem]) -> list[Node]:
    """Entries that stand in a list of something else: whoever appends at the bottom of a file appends to its last list.

    They are looked at as what they are, so that all that is wrong with them is told at once, and are not used.
    """
    found: list[Node] = [node for node in nodes if isinstance(node, Keys) and "task" in node.entries]
    problems += (problem(node, Refusal("shape-entry-lost", {"key": key})) for node in found)
    return found


def _flawed(record: Record) -> Record:
    at, cells, places = record
    return at, {**cells, "": ""}, places


def _records(nodes: Sequence[Node], known: Sequence[str], problems: list[Problem]) -> list[Record]:
    found: list[Record] = []
    for node in nodes:
        if not isinstance(node, Keys):
            problems.append(problem(node, Refusal("shape-entry")))
            continue
        seen = len(problems)
        unknown_keys(node, known, problems)
        cells: dict[str, Cell] = {}
        places: dict[str, Place] = {}
        for key, (name, child) in node.entries.items():
            cell = _cell(key, child, problems) if key in known else None
            if cell is not None:
                cells[key], places[key] = cell, name.at
        # A record in which anything was refused is not judged by the rest of it, but the rest is still looked at.
        if len(problems) > seen or node.flawed:
            cells[""] = ""
        found.append((node.at, cells, places))
    return found


def _cell(key: str, node: Node, problems: list[Problem]) -> Cell | None:
    if isinstance(node, Scalar):
        if not node.empty:
            return node.text
        problems.append(problem(node, Refusal("shape-empty", {"key": key})))
        return None
    if isinstance(node, Listing) and all(isinstance(item, Scalar) and not item.empty for item in node.items):
        return tuple(item.text for item in node.items if isinstance(item, Scalar))
    problems.append(problem(node, Refusal("shape-text", {"key": key})))
    return None

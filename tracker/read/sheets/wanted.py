"""The file of `--map`: what somebody says of a table whose headers speak in other words."""

from collections.abc import Mapping
from pathlib import Path

from tracker.model.intake import Wanted
from tracker.model.source import Problem
from tracker.names import accents
from tracker.read.days import FIRST_YEAR, LAST_YEAR
from tracker.read.door import open_source
from tracker.read.found import problem
from tracker.read.values import Refusal, clean, parse_count
from tracker.read.yaml import Keys, Listing, Node, Scalar, walk

KEYS = ("columns", "unit", "task", "year", "sheets", "header", "dates")
ENTRY = (
    *("task", "title", "unit", "date", "period", "quantity", "people", "result", "doc", "place", "mode", "reason"),
    *("outcome", "note", "recorded", "number", "status", "until"),
)
"""Keys that a column may be given."""
SWAPPED = "swapped"


def read_wanted(path: Path, file: str) -> tuple[Wanted, list[Problem]]:
    """What the file says, and what is wrong with it."""
    source, problems = open_source(path, file)
    if source is None:
        return Wanted(), problems
    tree = walk(source)
    problems = [*problems, *tree.problems]
    if not isinstance(tree.root, Keys):
        if tree.root is not None and not tree.broken:
            problems.append(problem(tree.root, Refusal("intake-map", {"known": ", ".join(KEYS)})))
        return Wanted(), problems
    values: dict[str, object] = {}
    for key, (scalar, node) in tree.root.entries.items():
        taken = _value(key, node)
        if isinstance(taken, Refusal):
            problems.append(problem(scalar if taken.code.startswith("intake-map") else node, taken))
        else:
            values[key] = taken
    return Wanted(**values), problems  # type: ignore[arg-type]


def _value(key: str, node: Node) -> object:
    if key not in KEYS:
        return Refusal("intake-map-key", {"key": key, "known": ", ".join(KEYS)})
    match key, node:
        case "columns", Keys():
            return _columns(node)
        case "sheets", Listing():
            return tuple(clean(item.text) for item in node.items if isinstance(item, Scalar))
        case "sheets", Scalar():
            return (clean(node.text),)
        case (("year" | "header"), Scalar()):
            number = parse_count(node.text)
            if isinstance(number, int) and key == "year" and not FIRST_YEAR <= number <= LAST_YEAR:
                return Refusal("value-year", {"text": node.text, "first": str(FIRST_YEAR), "last": str(LAST_YEAR)})
            return number
        case "dates", Scalar() if node.text == SWAPPED:
            return SWAPPED
        case ("unit" | "task"), Scalar():
            return clean(node.text)
        case _:
            return Refusal("intake-map", {"known": ", ".join(KEYS)})


def _columns(node: Keys) -> Mapping[str, str] | Refusal:
    found = {}
    for header, (_, value) in node.entries.items():
        name = clean(value.text) if isinstance(value, Scalar) else "?"
        if name and name not in ENTRY:
            return Refusal("intake-map-column", {"key": name, "known": ", ".join(ENTRY)})
        found[accents(clean(header))] = name
    return found

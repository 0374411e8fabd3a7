"""Nodes against a shape: every fault of a record in one go, each at the place of the node that is meant."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from tracker.model.source import Problem
from tracker.read.found import problem, value
from tracker.read.near import nearest
from tracker.read.values import Refusal
from tracker.read.yaml import NOTHING, Keys, Listing, Node, Scalar

if TYPE_CHECKING:
    from tracker.read.shapes.kinds import Fault, Made, Shape


def plain(node: Node) -> Any:
    """A node as text, lists and dicts; nothing written is an empty text."""
    if isinstance(node, Keys):
        # Nearly every node is a word that stands under a key.
        return {
            key: child.text if isinstance(child, Scalar) and child.text not in NOTHING else plain(child)
            for key, (_, child) in node.entries.items()
        }
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    return "" if node.empty else node.text


def record(shape: "type[Made]", node: Node, problems: list[Problem]) -> "Made | None":
    """The record that a node describes; None, and why, where anything in it is wrong."""
    found = _taken(shape, node, plain(node), problems)
    flawed = isinstance(node, Keys) and node.flawed
    return None if flawed else found


def head(shape: "type[Made]", node: Keys, problems: list[Problem], leave_out: Iterable[str] = ()) -> "Made | None":
    """The head of a file without what is wrong in it, so that one bad key hides no file; None if it was needed."""
    data = {key: item for key, item in plain(node).items() if key not in leave_out}
    seen = len(problems)
    found = _taken(shape, node, data, problems)
    if found is not None or len(problems) == seen:
        return found
    bad = {key for key, (name, child) in node.entries.items() if _touched(problems[seen:], name, child)}
    return _taken(shape, node, {key: item for key, item in data.items() if key not in bad}, [])


def listed(node: Node | None, key: str, problems: list[Problem]) -> tuple[Node, ...]:
    """The items under a key of the head; a problem where it is no list. A key without a value is an empty list."""
    items = value(node, key)
    if isinstance(items, Listing):
        return items.items
    if items is not None and not (isinstance(items, Scalar) and items.empty):
        problems.append(problem(items, Refusal("shape-list", {"key": key})))
    return ()


def unknown_keys(node: Keys, known: Iterable[str], problems: list[Problem]) -> None:
    """Report each key that is none of those known."""
    known = tuple(known)
    for key, (name, child) in node.entries.items():
        if key not in known:
            problems.append(problem(name, unknown_key(key, child, known)))


def unknown_key(key: str, child: Node | None, known: Iterable[str]) -> Refusal:
    """Why a key is refused: a slip of the pen, a comma that cut a text in two, or a word that we do not know."""
    known = tuple(known)
    near = nearest(key, known)
    if near:
        return Refusal("shape-key-near", {"key": key, "near": near})
    if isinstance(child, Scalar) and child.plain and not child.text:
        return Refusal("shape-comma", {"key": key})
    return Refusal("shape-key", {"key": key, "known": ", ".join(known)})


def _taken(shape: "type[Made]", node: Node, data: Any, problems: list[Problem]) -> "Made | None":
    from tracker.read.shapes.kinds import take

    faults: list[Fault] = []
    found = take(shape, data, (), faults)
    problems += [_problem(shape, node, fault) for fault in faults]
    return found


def _problem(shape: "type[Shape]", root: Node, fault: "Fault") -> Problem:
    """One fault as a problem, at the node that its path leads to."""
    node, name, key, known = _follow(shape, root, fault.path)
    match fault.code:
        case "shape-key":
            return problem(name or node, unknown_key(str(fault.path[-1]), node, known))
        case "shape-missing":
            return problem(node, Refusal("shape-missing", {"key": str(fault.path[-1])}))
        case "shape-empty" if name is not None and isinstance(node, Scalar) and not node.text:
            return problem(name, Refusal("shape-empty", {"key": key}))
        case code if code.startswith("shape-choice") or not code.startswith("shape-"):
            from tracker.read.shapes.kinds import NAME

            return problem(name or node if fault.path[-1] == NAME else node, Refusal(code, fault.args))
        case code:
            return problem(node, Refusal(code, {"key": key}))


def _follow(
    shape: "type[Shape]",
    node: Node,
    path: tuple[int | str, ...],
) -> tuple[Node, Scalar | None, str, tuple[str, ...]]:
    """The node at the end of a path, its key with the name of it, and the keys that may stand beside that one.

    Steps that are no key of the file (the mark of a name, the key of something missing) are passed over.
    """
    from tracker.read.shapes.kinds import Free, Shape, fields_of

    name: Scalar | None = None
    key = ""
    here: type[Shape] | Free | None = shape
    known: tuple[str, ...] = ()
    for step in path:
        if isinstance(node, Listing) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        elif isinstance(node, Keys) and str(step) in node.entries:
            name, node = node.entries[str(step)]
            key = f"{key}.{step}" if key else str(step)
            known = ()
            if isinstance(here, Free):
                here = here.within()
            elif here is not None:
                fields = fields_of(here)
                known = tuple(fields)
                kind = fields[str(step)].kind if step in fields else None
                here = kind if isinstance(kind, Free) else kind.within() if kind is not None else None
    return node, name, key, known


def _touched(problems: list[Problem], name: Scalar, child: Node) -> bool:
    """Whether any of the problems lies on a key or within its value."""
    marks = {problem.place for problem in problems}
    return name.at in marks or any(at in marks for at in _all_places(child))


def _all_places(node: Node) -> list[Any]:
    found = [node.at]
    if isinstance(node, Listing):
        for item in node.items:
            found += _all_places(item)
    elif isinstance(node, Keys):
        for name, child in node.entries.values():
            found += [name.at, *_all_places(child)]
    return found

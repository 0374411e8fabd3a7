"""Nodes against a shape: every fault of a record in one go, each at the place of the node that is meant."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from tracker.model.source import Problem
from tracker.read.found import problem, value
from tracker.read.near import nearest
from tracker.read.values import Refusal
from tracker.read.yaml import Keys, Listing, Node, Scalar

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    Model = TypeVar("Model", bound=BaseModel)


def plain(node: Node) -> Any:
    """A node as text, lists and dicts; nothing written is an empty text."""
    if isinstance(node, Scalar):
        return "" if node.empty else node.text
    if isinstance(node, Listing):
        return [plain(item) for item in node.items]
    return {key: plain(child) for key, (_, child) in node.entries.items()}


def record(shape: "type[Model]", node: Node, problems: list[Problem]) -> "Model | None":
    """The record that a node describes; None, and why, where anything in it is wrong."""
    found = _validated(shape, node, plain(node), problems)
    flawed = isinstance(node, Keys) and node.flawed
    return None if flawed else found


def head(shape: "type[Model]", node: Keys, problems: list[Problem], leave_out: Iterable[str] = ()) -> "Model | None":
    """The head of a file without what is wrong in it, so that one bad key hides no file; None if it was needed."""
    data = {key: item for key, item in plain(node).items() if key not in leave_out}
    seen = len(problems)
    found = _validated(shape, node, data, problems)
    if found is not None or len(problems) == seen:
        return found
    bad = {key for key, (name, child) in node.entries.items() if _touched(problems[seen:], name, child)}
    return _validated(shape, node, {key: item for key, item in data.items() if key not in bad}, [])


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


def _validated(shape: "type[Model]", node: Node, data: Any, problems: list[Problem]) -> "Model | None":
    from pydantic import ValidationError

    try:
        return shape.model_validate(data)
    except ValidationError as error:
        problems += (_problem(shape, node, detail) for detail in error.errors(include_url=False, include_input=False))
        return None


def _problem(shape: "type[BaseModel]", root: Node, detail: "ErrorDetails") -> Problem:
    """One complaint of pydantic, in our words, at the node that its path leads to."""
    node, name, key, known = _follow(shape, root, detail["loc"])
    args = {"key": key}
    match detail["type"]:
        case "extra_forbidden":
            return problem(name or node, unknown_key(str(detail["loc"][-1]), node, known))
        case "missing":
            return problem(node, Refusal("shape-missing", {"key": str(detail["loc"][-1])}))
        case "model_type" | "dict_type" | "model_attributes_type":
            return problem(node, Refusal("shape-keys", args))
        case "tuple_type" | "list_type":
            return problem(node, Refusal("shape-list", args))
        case "shape-empty" if name is not None and isinstance(node, Scalar) and not node.text:
            return problem(name, Refusal("shape-empty", args))
        case code if code.startswith("shape-choice") or not code.startswith("shape-"):
            context = {slot: str(filling) for slot, filling in detail.get("ctx", {}).items()}
            return problem(node if detail["loc"][-1] != "[key]" else name or node, Refusal(code, context))
        case code:
            return problem(node, Refusal(code, args))


def _follow(
    shape: "type[BaseModel]",
    node: Node,
    path: tuple[int | str, ...],
) -> tuple[Node, Scalar | None, str, tuple[str, ...]]:
    """The node at the end of pydantic's path, its key with the name of it, and the keys that may stand beside that one.

    Steps that are no key of the file (the tag of a union, the key of something missing) are passed over.
    """
    name: Scalar | None = None
    key = ""
    here: Any = shape
    known: tuple[str, ...] = ()
    for step in path:
        if isinstance(node, Listing) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
        elif isinstance(node, Keys) and str(step) in node.entries:
            name, node = node.entries[str(step)]
            key = f"{key}.{step}" if key else str(step)
            known = _keys(here)
            here = _within(here, str(step))
    return node, name, key, known


def _keys(model: Any) -> tuple[str, ...]:
    fields = getattr(model, "model_fields", {})
    return tuple(field.alias or name for name, field in fields.items())


def _within(model: Any, key: str) -> Any:
    """The shape of what stands under a key, where it has one of its own; free keys are passed over."""
    fields = getattr(model, "model_fields", None)
    if fields is None:
        return model[1] if isinstance(model, tuple) else None
    for name, field in fields.items():
        if (field.alias or name) == key:
            inner = _model_in(field.annotation)
            return ("", inner) if getattr(field.annotation, "__origin__", None) is dict else inner
    return None


def _model_in(annotation: Any) -> Any:
    """The first shape that an annotation speaks of."""
    if hasattr(annotation, "model_fields"):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part)) is not None), None)


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

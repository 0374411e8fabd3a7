"""Records ↔ JSON: every value comes back as what it was, or nothing does.

A text, a whole number, a truth value and null are themselves. Everything else is a list whose first element says what
it is: the number of a class of `tracker.model` in the list at the head, or one of the letters below.
"""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import Enum
from importlib import import_module
from types import MappingProxyType
from typing import Any, TypeVar

from tracker.model.project import Project

_MODEL = "tracker.model."
_TUPLE, _MAP, _DICT, _SET, _DAY, _NUMBER = "t", "m", "k", "s", "d", "n"
Kept = TypeVar("Kept")
_PLAIN = (str, int, bool, type(None))


class Unkept(Exception):  # noqa: N818 - no fault: such a value is simply not kept
    """A value of a kind that is not kept, or a text that was not made here."""


def encoded(whole: object) -> bytes:
    """A project, or values of its records, as JSON. Raises Unkept where there is what does not come back as it was."""
    classes: dict[type, int] = {}

    def take(value: Any) -> Any:
        kind = type(value)
        if kind in _PLAIN:
            return value
        if kind is tuple:
            return [_TUPLE, *map(take, value)]
        if kind is date:
            return [_DAY, value.toordinal()]
        if kind is MappingProxyType or kind is dict:
            return [_MAP if kind is MappingProxyType else _DICT, *(take(one) for item in value.items() for one in item)]
        if kind is frozenset:
            return [_SET, *map(take, sorted(value))]
        if kind is Decimal:
            return [_NUMBER, str(value)]
        if not kind.__module__.startswith(_MODEL) or not (isinstance(value, Enum) or hasattr(kind, "_fields")):
            raise Unkept(kind)
        number = classes.setdefault(kind, len(classes))
        return [number, value.value] if isinstance(value, Enum) else [number, *map(take, value)]

    root = take(whole)
    names = [[kind.__module__.removeprefix(_MODEL), kind.__qualname__, *_shape(kind)] for kind in classes]
    return json.dumps([names, root], ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def decoded(payload: bytes) -> Project:
    """The project that was kept. Raises Unkept, or ValueError, where this is not one."""
    return decoded_as(Project, payload)


def decoded_as(kind: type[Kept], payload: bytes) -> Kept:
    """What was kept, which is of this kind. Raises Unkept, or ValueError, where it is not."""
    try:
        whole = _made(*json.loads(payload.decode("utf-8", "surrogatepass")))
    except (KeyError, TypeError, IndexError, ArithmeticError, RecursionError) as error:
        raise Unkept from error
    if not isinstance(whole, kind):
        raise Unkept(type(whole))
    return whole


def _made(names: list[list[str]], root: list[Any]) -> Any:
    make: dict[Any, Callable[[list[Any]], Any]] = {number: _maker(*name) for number, name in enumerate(names)}
    make |= {
        _TUPLE: tuple,
        _MAP: lambda parts: MappingProxyType(_dict(parts)),
        _DICT: _dict,
        _SET: frozenset,
        _DAY: lambda parts: date.fromordinal(parts[0]),
        _NUMBER: lambda parts: Decimal(parts[0]),
    }

    def take(node: list[Any]) -> Any:
        return make[node[0]]([take(one) if type(one) is list else one for one in node[1:]])

    return take(root)


def _dict(parts: list[Any]) -> dict[Any, Any]:
    return dict(zip(parts[::2], parts[1::2], strict=True))


def _shape(kind: type) -> list[str]:
    """The names of its fields; none for an enumeration."""
    return list(getattr(kind, "_fields", ()))


def _maker(module: str, name: str, *fields: str) -> Callable[[list[Any]], Any]:
    """What makes a record, or a member of an enumeration, of its parts."""
    try:
        kind = getattr(import_module(_MODEL + module), name, None) if module.isidentifier() else None
    except ImportError as error:
        raise Unkept(module) from error
    if not isinstance(kind, type) or kind.__module__ != _MODEL + module or tuple(_shape(kind)) != fields:
        raise Unkept(name)
    if issubclass(kind, Enum):
        return lambda parts: kind(parts[0])
    if not issubclass(kind, tuple):
        raise Unkept(name)
    made: Callable[[list[Any]], Any] = kind._make  # type: ignore[attr-defined]
    return made

"""What may stand under a key: kinds of value, made of one another; and shapes, which are keys with their kinds.

A shape is a class with annotations, as its readers want to see it: `due: Day | None = None`. What it says is worked
out when its first record is read. Every fault of a record is told at once, with the path that leads to it.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar, get_args

from tracker.model.form import Either, Fields, Form, Named, Several, Value
from tracker.model.source import NOTHING
from tracker.read.values import Refusal

Path = tuple[int | str, ...]
NAME = "[key]"
"""The last step of a path to the name of a key that the writer chose."""
NONE: Mapping[Any, Any] = MappingProxyType({})


class Fault(NamedTuple):
    """What is wrong at the end of a path, by its key under [problem] and what fills its slots."""

    code: str
    path: Path
    args: Mapping[str, str] = NOTHING


class Shape:
    """Keys that are known, and no others. What has no value of its own in the class must be written."""

    def _together(self) -> Refusal | None:
        """What must not stand together in it, or must; asked where each key by itself is right."""
        return None


Made = TypeVar("Made", bound=Shape)


class Kind:
    """What a value is taken for: text, lists and dicts, as they were written."""

    def take(self, value: Any, path: Path, faults: list[Fault]) -> Any:
        """What the value means. Where that is nothing, it is among the faults, and what is given counts for nothing."""
        raise NotImplementedError

    def form(self) -> Form:
        """What editors are told of it."""
        raise NotImplementedError

    def within(self) -> "type[Shape] | None":
        """The first shape that it speaks of."""
        return None


class Anything(Kind):
    """Whatever is written: somebody else looks at it."""

    def take(self, value: Any, path: Path, faults: list[Fault]) -> Any:
        return value

    def form(self) -> Form:
        return Value("any")


class Told(Kind):
    """A value that a function tells, or refuses."""

    def __init__(self, convert: Callable[[Any], Any], kind: str, words: tuple[str, ...] = ()) -> None:
        self.convert = convert
        self.value = Value(kind, words)

    def take(self, value: Any, path: Path, faults: list[Fault]) -> Any:
        found = self.convert(value)
        if isinstance(found, Refusal):
            faults.append(Fault(found.code, path, found.args))
            return None
        return found

    def form(self) -> Form:
        return self.value


class Alone(NamedTuple):
    """Says of a list that one value of this type stands for a list of one."""

    type: type


class Choice(NamedTuple):
    """Says of a union which of its kinds a value is of, by number."""

    number: Callable[[Any], int]


class _Several(Kind):
    def __init__(self, item: Kind, alone: type | None) -> None:
        self.item, self.alone = item, alone

    def take(self, value: Any, path: Path, faults: list[Fault]) -> Any:
        if self.alone is not None and isinstance(value, self.alone):
            value = [value]
        if not isinstance(value, list):
            faults.append(Fault("shape-list", path))
            return ()
        return tuple(self.item.take(one, (*path, number), faults) for number, one in enumerate(value))

    def form(self) -> Form:
        return Several(self.item.form(), alone=self.alone is not None)

    def within(self) -> type[Shape] | None:
        return self.item.within()


class Free(Kind):
    """Keys that the writer chooses."""

    def __init__(self, names: Kind, item: Kind) -> None:
        self.names, self.item = names, item

    def take(self, value: Any, path: Path, faults: list[Fault]) -> Any:
        if not isinstance(value, dict):
            faults.append(Fault("shape-keys", path))
            return NONE
        return {
            self.names.take(key, (*path, key, NAME), faults): self.item.take(one, (*path, key), faults)
            for key, one in value.items()
        }

    def form(self) -> Form:
        names = self.names.form()
        return Named(self.item.form(), names if isinstance(names, Value) else Value("text"))

    def within(self) -> type[Shape] | None:
        return self.item.within()


class _Union(Kind):
    def __init__(self, kinds: tuple[Kind, ...], number: Callable[[Any], int]) -> None:
        self.kinds, self.number = kinds, number

    def take(self, value: Any, path: Path, faults: list[Fault]) -> Any:
        return self.kinds[self.number(value)].take(value, path, faults)

    def form(self) -> Form:
        return Either(tuple(kind.form() for kind in self.kinds))

    def within(self) -> type[Shape] | None:
        return next((found for kind in self.kinds if (found := kind.within()) is not None), None)


class _Keys(Kind):
    def __init__(self, shape: type[Shape]) -> None:
        self.shape = shape

    def take(self, value: Any, path: Path, faults: list[Fault]) -> Any:
        return take(self.shape, value, path, faults)

    def form(self) -> Form:
        return form_of(self.shape)

    def within(self) -> type[Shape] | None:
        return self.shape


class Field(NamedTuple):
    """A key of a shape."""

    name: str
    """Of the attribute."""
    kind: Kind
    required: bool


class Called(NamedTuple):
    """Says under which key a field is written, where Python keeps that word for itself."""

    key: str


def take(shape: type[Made], value: Any, path: Path, faults: list[Fault]) -> Made | None:
    """The record that a value describes; None where anything in it is wrong, which is then among the faults."""
    if not isinstance(value, dict):
        faults.append(Fault("shape-keys", path))
        return None
    seen = len(faults)
    made = shape()
    held = made.__dict__
    fields = fields_of(shape)
    for key, field in fields.items():
        if key in value:
            held[field.name] = field.kind.take(value[key], (*path, key), faults)
        elif field.required:
            faults.append(Fault("shape-missing", (*path, key)))
    faults += [Fault("shape-key", (*path, key)) for key in value if key not in fields]
    if len(faults) == seen and (refusal := made._together()) is not None:  # noqa: SLF001 - a shape's own, as the rest here
        faults.append(Fault(refusal.code, path, refusal.args))
    return made if len(faults) == seen else None


def form_of(shape: type[Shape]) -> Fields:
    """What editors are told of a shape."""
    fields = fields_of(shape)
    keys = {key: field.kind.form() for key, field in fields.items()}
    # DayOffShape as day_off.
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", shape.__name__.removesuffix("Shape")).lower()
    return Fields(name, keys, tuple(key for key, field in fields.items() if field.required))


_FIELDS: dict[type[Shape], Mapping[str, Field]] = {}
"""What annotations say, worked out once."""


def fields_of(shape: type[Shape]) -> Mapping[str, Field]:
    """The fields of a shape by the keys that are written, in the order in which they are documented."""
    if shape in _FIELDS:
        return _FIELDS[shape]
    fields = _FIELDS[shape] = {}
    for base in reversed(shape.__mro__[:-1]):
        for name, said in base.__annotations__.items():
            marks = getattr(said, "__metadata__", ())
            key = next((mark.key for mark in marks if isinstance(mark, Called)), name)
            fields[key] = Field(name, _kind(said), not hasattr(shape, name))
    return fields


def _kind(said: Any) -> Kind:
    """The kind that an annotation speaks of; what need not be there is of the kind that it is where it is there."""
    marks = getattr(said, "__metadata__", ())
    if marks:
        said = said.__origin__
    known = next((mark for mark in marks if isinstance(mark, Kind)), None)
    if known is not None:
        return known
    if said is Any or said is str:
        return Anything()
    if isinstance(said, type) and issubclass(said, Shape):
        return _Keys(said)
    parts = get_args(said)
    origin = getattr(said, "__origin__", None)
    if origin is tuple:
        return _Several(_kind(parts[0]), next((mark.type for mark in marks if isinstance(mark, Alone)), None))
    if origin is not None and origin.__name__ == "Mapping":
        return Free(_kind(parts[0]), _kind(parts[1]))
    kinds = tuple(_kind(part) for part in parts if part is not type(None))
    number = next((mark.number for mark in marks if isinstance(mark, Choice)), None)
    if number is None:
        assert len(kinds) == 1, said
        return kinds[0]
    return _Union(kinds, number)

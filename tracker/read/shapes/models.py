"""Shapes as models of pydantic: it judges each record in which anything is odd, and tells every fault in one go.

What is plainly right was taken before (tracker.read.shapes.kinds), so that a sound project never loads pydantic. A
model is made when the first odd record of its shape comes, from the same kinds that the short way goes by.
"""

import operator
from collections.abc import Callable, Mapping
from functools import reduce
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from tracker.model.source import NOTHING
from tracker.read.shapes.kinds import Free, Inner, Items, Kind, Made, OneOf, Shape, Told, fields_of, finished
from tracker.read.values import Refusal

if TYPE_CHECKING:
    from pydantic import BaseModel, TypeAdapter
    from pydantic_core import ErrorDetails

Path = tuple[int | str, ...]
NAME = "[key]"
"""The last step of a path to the name of a key that the writer chose."""
_CODES = {
    "extra_forbidden": "shape-key", "missing": "shape-missing", "model_type": "shape-keys", "dict_type": "shape-keys",
    "tuple_type": "shape-list",
}  # fmt: skip
"""What pydantic finds by itself, in our words; the rest it is told by the functions that convert values."""


class Fault(NamedTuple):
    """What is wrong at the end of a path, by its key under [problem] and what fills its slots.

    A path may hold steps that are no key of the file: marks of pydantic, and the key of what is missing.
    """

    code: str
    path: Path
    args: Mapping[str, str] = NOTHING


def judged(shape: type[Made], data: Any) -> tuple[Made | None, tuple[Fault, ...]]:
    """The record that data describe; None, and every fault, where anything in it is wrong."""
    from pydantic import ValidationError

    try:
        found: Made = _judge(shape).validate_python(data)
    except ValidationError as error:
        return None, tuple(map(_fault, error.errors(include_url=False, include_input=False)))
    return found, ()


def _fault(detail: "ErrorDetails") -> Fault:
    code = detail["type"]
    if code in _CODES:
        return Fault(_CODES[code], detail["loc"])
    return Fault(code, detail["loc"], {slot: str(filling) for slot, filling in detail.get("ctx", {}).items()})


_JUDGES: "dict[type[Shape], TypeAdapter[Any]]" = {}
"""What judges records of a shape, made once."""


def _judge(shape: type[Shape]) -> "TypeAdapter[Any]":
    from pydantic import TypeAdapter

    if shape not in _JUDGES:
        _JUDGES[shape] = TypeAdapter(_type(Inner(shape)))
    return _JUDGES[shape]


def _model(shape: type[Shape]) -> "type[BaseModel]":
    from pydantic import ConfigDict, Field, create_model

    # Not built by itself: its judge, or the model that it stands in, builds it.
    config = ConfigDict(extra="forbid", defer_build=True)
    fields: dict[str, Any] = {
        field.name: (_type(field.kind), Field(... if field.required else None, alias=key))
        for key, field in fields_of(shape).items()
    }
    return create_model(shape.__name__, __config__=config, **fields)


def _type(kind: Kind) -> Any:
    """The type by which pydantic knows a kind of value."""
    from pydantic import AfterValidator, BeforeValidator, Discriminator, PlainValidator, Tag

    match kind:
        case Inner():
            return Annotated[_model(kind.shape), AfterValidator(_finish(kind.shape))]
        case Told():
            return Annotated[Any, PlainValidator(_convert(kind.convert))]
        case Items():
            return Annotated[tuple[_type(kind.item), ...], BeforeValidator(kind.listed)]  # type: ignore[misc]
        case Free():
            return dict[_type(kind.names), _type(kind.item)]  # type: ignore[misc]
        case OneOf():
            # A middle dot, so that no tag is a key of a file.
            kinds = (Annotated[_type(one), Tag(f"·{number}")] for number, one in enumerate(kind.kinds))
            return Annotated[reduce(operator.or_, kinds), Discriminator(lambda value: f"·{kind.number(value)}")]
        case _:
            return Any


def _finish(shape: type[Made]) -> "Callable[[BaseModel], Made]":
    """The record itself of what a model holds, if its parts may stand together."""

    def finish(model: "BaseModel") -> Made:
        written = {name: value for name, value in model if name in model.model_fields_set}
        found: Made = _accepted(finished(shape, written))
        return found

    return finish


def _convert(convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: _accepted(convert(value))


def _accepted(found: Any) -> Any:
    """A value; a refusal goes on in the form in which pydantic collects it with its place."""
    from pydantic_core import PydanticCustomError

    if isinstance(found, Refusal):
        raise PydanticCustomError(found.code, found.code, dict(found.args))
    return found

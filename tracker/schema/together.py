"""What must or must not stand together in one record, as far as a schema can say it: the validators of the shapes."""

from collections.abc import Mapping, Sequence
from typing import Any

Schema = dict[str, Any]


def _has(*keys: str) -> Schema:
    return {"required": list(keys)}


def _never(*keys: str) -> Schema:
    """Not all of these at once."""
    return {"not": _has(*keys)}


def _is(key: str, *words: str) -> Schema:
    return {"properties": {key: {"enum": list(words)}}, "required": [key]}


_RUNS: Schema = {"type": "object", "anyOf": [_has("days"), _has("working_days")]}
_ONE_DUE = (_never("working_days", "due_day"), _never("working_days", "due_month"))
_GUIDANCE = ("level", "needed_by", "needed_for", "policy", "programme", "unsuitable", "holds_up")

TOGETHER: Mapping[str, Sequence[Schema]] = {
    "basis": ({"oneOf": [_has("stated"), _has("inferred")]},),
    "fail_if": ({"oneOf": [_has("count"), _has("share")]},),
    "mapped": ({"oneOf": [_has("files"), _has("sql")]},),
    "after": ({"oneOf": [_has("days"), _has("working_days")]},),
    "due": _ONE_DUE,
    "timing": _ONE_DUE,
    "regime": _ONE_DUE,
    "day_off": ({"oneOf": [_has("on"), _has("from", "to")]}, _never("on", "from"), _never("on", "to")),
    "unit": (_never("exists", "opened"), _never("exists", "closed")),
    "indicator": (
        {"anyOf": [_has("numerator", "denominator"), {"not": {"anyOf": [_has("numerator"), _has("denominator")]}}]},
        {
            "if": {"properties": {"difference": {"type": "array"}}, "required": ["difference"]},
            "then": {"properties": {"difference": {"minItems": 2, "maxItems": 2}}},
            "else": _never("difference"),
        },
    ),
    "document": (
        {"anyOf": [_has("number"), _has("id")]},
        {
            "if": {"anyOf": [_has(key) for key in _GUIDANCE]},
            "then": _has("needed_by", "needed_for", "policy", "issuer"),
        },
    ),
    "plan": ({"oneOf": [_has("plan"), _has("programme")]},),
    "amended": (
        {"anyOf": [_has("due"), _has("target"), _has("added"), _has("cancelled")]},
        {"anyOf": [_has("document"), _has("basis")]},
    ),
    "task": (
        {
            "if": _is("kind", "recurring"),
            "then": {"required": ["every"], "properties": {"every": {"not": {"enum": ["once"]}}}},
        },
        {
            "if": {"properties": {"every": {"not": {"enum": ["once"]}}}, "required": ["every"]},
            "then": {"properties": {"kind": {"enum": ["recurring", "standing", "quantity"]}}},
        },
        {"if": _has("case"), "then": {"properties": {"kind": {"enum": ["conditional"]}}}},
        {"if": _is("due_basis", "stated"), "then": _has("due")},
        {
            "if": _is("kind", "conditional"),
            "then": {"if": _has("due"), "then": {"required": ["case"], "properties": {"due": _RUNS}}},
            "else": {"properties": {"due": {"if": _RUNS, "then": _has("after")}}},
        },
    ),
    "selects": ({"anyOf": [_has("words"), _has("any"), _has("counted"), _has("doc")]},),
    "link": ({"oneOf": [_has("task"), _has("withdraws")]}, _never("case", "period")),
    "entry": (_never("unit", "units"), _never("case", "period")),
    "reminder": (
        _never("unit", "units"),
        _never("case", "periods"),
        {"anyOf": [_has("withdraws"), _has("by", "task")]},
    ),
    "log": (
        {"anyOf": [_has("entries"), _has("figures"), _has("events"), _has("reminders"), _has("links")]},
        {
            "if": _has("unit"),
            "else": {
                "properties": {
                    "entries": {"items": {"anyOf": [_has("unit"), _has("units")]}},
                    "figures": {"items": _has("unit")},
                    "reminders": {"items": {"anyOf": [_has("unit"), _has("units"), _has("withdraws")]}},
                },
            },
        },
    ),
}
"""By the shape's own word; every one of these must hold."""

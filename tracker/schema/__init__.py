"""Forms of files → JSON Schema (draft 7, which the YAML servers of editors speak), with what each key means.

Keys, required ones and choices come from the forms that reading gives, so that editor and reader do not drift apart.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from tracker.lang import Words
from tracker.model.form import Either, Fields, Form, Named, Several, Value
from tracker.schema.ids import Known, known_ids, named
from tracker.schema.together import TOGETHER

DRAFT = "http://json-schema.org/draft-07/schema#"
INHERITS = {"regime": "timing", "timing": "due"}
"""Shapes whose keys mean what they mean in another one."""
FOLDER = "plans"
"""The schema of any file of plans/, which is told apart by its first key as reading does it."""
HEADS = ("units", "documents", "plan", "programme", "calendar", "regimes", "indicators")
"""In the order in which reading looks for them: a plan may have regimes of its own."""

Schema = dict[str, Any]


class Writer(NamedTuple):
    """What stands in every schema of one run."""

    hovers: Words
    known: Known


def schemas(forms: Mapping[str, Fields], hovers: Words, known: Known) -> Mapping[str, Schema]:
    """The schema of each kind of file, and that of the folder plans/."""
    writer = Writer(hovers, known)
    made = {name: _file(writer, form) for name, form in forms.items()}
    folder: Schema = _bare(made["plan"])
    for head in reversed(HEADS):
        folder = {"if": {"required": [head]}, "then": _bare(made.get(head, made["plan"])), "else": folder}
    return {**made, FOLDER: {"$schema": DRAFT, "type": "object", **folder}}


def meaning(hovers: Words, shape: str, key: str) -> str:
    """What a key of a shape means. Raises KeyError where nobody wrote it down."""
    while shape in INHERITS and key not in hovers.table.get(shape, {}):
        shape = INHERITS[shape]
    return hovers(f"{shape}.{key}")


def _file(writer: Writer, form: Fields) -> Schema:
    return {"$schema": DRAFT, **_fields(writer, form)}


def _bare(schema: Schema) -> Schema:
    return {key: value for key, value in schema.items() if key != "$schema"}


def _fields(writer: Writer, form: Fields) -> Schema:
    properties = {key: _property(writer, form.name, key, inner) for key, inner in form.keys.items()}
    others: Any = _schema(writer, form.others, (form.name, "")) if form.others else False
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": others}
    if form.required:
        schema["required"] = list(form.required)
    if form.name in TOGETHER:
        schema["allOf"] = list(TOGETHER[form.name])
    return schema


def _property(writer: Writer, shape: str, key: str, form: Form) -> Schema:
    text = meaning(writer.hovers, shape, key)
    written = _written(writer, form)
    schema = _schema(writer, form, (shape, key))
    schema["description"] = f"{text} {written}".strip().replace("`", "")
    schema["markdownDescription"] = f"{text}\n\n{written}".strip()
    return schema


def _written(writer: Writer, form: Form) -> str:
    """How the value of a key is written, where that needs a word."""
    match form:
        case Value(kind=kind):
            found = writer.hovers.table["kind"].get(kind, "")
        case Several(item=Value(kind=kind)):
            found = writer.hovers.table["kind"].get(kind, "")
        case _:
            found = ""
    return str(found)


def _schema(writer: Writer, form: Form, at: tuple[str, str]) -> Schema:
    match form:
        case Value(kind=kind):
            schema = named(form, at, writer.known)
            if said := writer.hovers.table["kind"].get(kind):
                schema["errorMessage"] = schema["patternErrorMessage"] = said.replace("`", "")
            return schema
        case Several(item=item):
            inner = _schema(writer, item, at)
            listed: Schema = {"type": ["array", "null"] if form.blank else "array", "items": inner}
            return {"anyOf": [listed, inner]} if form.alone else listed
        case Fields():
            return _fields(writer, form)
        case Named(item=item, names=names):
            chosen: Schema = {"type": "object", "additionalProperties": _schema(writer, item, at)}
            if names.kind not in {"text", "any"}:
                chosen["propertyNames"] = named(names, ("", ""), {})
            return chosen
        case Either(options=options):
            return {"anyOf": [_schema(writer, one, at) for one in options]}


__all__ = ["DRAFT", "FOLDER", "HEADS", "INHERITS", "known_ids", "meaning", "schemas"]

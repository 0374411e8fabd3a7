"""Shapes: what each kind of value takes and refuses, and that every fault of a record is told with its path."""

from collections.abc import Mapping
from typing import Annotated, Any

import pytest

from tracker.model.form import Either, Fields, Named, Several, Value
from tracker.read.shapes.kinds import NAME, NONE, Alone, Called, Choice, Fault, Shape, fields_of, form_of, take
from tracker.read.shapes.values import Count, Slug, Slugs, Text
from tracker.read.values import Refusal


class PartShape(Shape):
    name: Text
    count: Count = 1


class WholeShape(Shape):
    id: Slug
    among: Annotated[Slugs, Called("in")] = ()
    part: PartShape | None = None
    parts: Annotated[tuple[PartShape, ...], Alone(dict)] = ()
    named: Mapping[Slug, PartShape] = NONE
    either: Annotated[PartShape | Slug, Choice(lambda value: 0 if isinstance(value, dict) else 1)] = ""
    rest: Any = ()

    def _together(self) -> Refusal | None:
        return Refusal("shape-whole", {"id": self.id}) if self.id == "none" else None


class MoreShape(WholeShape):
    more: Text = ""


def taken(data: object, shape: type[Shape] = WholeShape) -> tuple[Any, list[Fault]]:
    faults: list[Fault] = []
    return take(shape, data, (), faults), faults


def test_what_is_written_is_converted_and_what_is_not_has_the_value_of_the_class():
    found, faults = taken({"id": "a", "in": "b", "part": {"name": " x "}, "named": {"k": {"name": "y", "count": "02"}}, "rest": [{}]})
    assert faults == []
    assert (found.id, found.among, found.part.name, found.part.count) == ("a", ("b",), "x", 1)
    assert found.named["k"].count == 2
    assert (found.parts, found.either, found.rest) == ((), "", [{}])


@pytest.mark.parametrize(("value", "names"), [({"name": "a"}, ["a"]), ([{"name": "a"}, {"name": "b"}], ["a", "b"]), ([], [])])
def test_one_may_stand_for_a_list_of_one(value: object, names: list[str]):
    found, faults = taken({"id": "a", "parts": value})
    assert ([part.name for part in found.parts], faults) == (names, [])


def test_a_union_is_told_by_what_is_written():
    assert taken({"id": "a", "either": {"name": "b"}})[0].either.name == "b"
    assert taken({"id": "a", "either": "b"})[0].either == "b"
    assert taken({"id": "a", "either": []})[1] == [Fault("shape-text", ("either",))]


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        ("x", [("shape-keys", ())]),
        ({}, [("shape-missing", ("id",))]),
        ({"id": ""}, [("shape-empty", ("id",))]),
        ({"id": ["x"]}, [("shape-text", ("id",))]),
        ({"id": "a", "among": "b"}, [("shape-key", ("among",))]),
        ({"id": "a", "in": {}}, [("shape-list", ("in",))]),
        ({"id": "a", "in": ["b", ""]}, [("shape-empty", ("in", 1))]),
        ({"id": "a", "part": ""}, [("shape-keys", ("part",))]),
        ({"id": "a", "parts": [{}, {"name": "b", "c": ""}]}, [("shape-missing", ("parts", 0, "name")), ("shape-key", ("parts", 1, "c"))]),
        ({"id": "a", "named": []}, [("shape-keys", ("named",))]),
        ({"id": "a", "named": {"é": {}}}, [("value-id", ("named", "é", NAME)), ("shape-missing", ("named", "é", "name"))]),
        ({"id": "none"}, [("shape-whole", ())]),
        ({"id": "none", "z": "", "part": {}}, [("shape-missing", ("part", "name")), ("shape-key", ("z",))]),
    ],
)
def test_every_fault_is_told_with_its_path(data: object, faults: list[tuple[str, tuple[object, ...]]]):
    found, told = taken(data)
    assert found is None
    assert [(one.code.removesuffix("-near"), one.path) for one in told] == faults


def test_a_shape_has_the_keys_of_those_that_it_builds_on():
    assert list(fields_of(MoreShape)) == ["id", "in", "part", "parts", "named", "either", "rest", "more"]
    assert taken({"id": "none"}, MoreShape)[1] == [Fault("shape-whole", (), {"id": "none"})]


def test_editors_are_told_the_same():
    part = Fields("part", {"name": Value("text"), "count": Value("count")}, ("name",))
    slug = Value("slug")
    keys = {
        "id": slug, "in": Several(slug, alone=True), "part": part, "parts": Several(part, alone=True),
        "named": Named(part, slug), "either": Either((part, slug)), "rest": Value("any"),
    }  # fmt: skip
    assert form_of(WholeShape) == Fields("whole", keys, ("id",))

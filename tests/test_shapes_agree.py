"""Two ways to one meaning: what the short way takes, pydantic takes to the same record, and what one refuses the other does.

Records are drawn from every shape of the reader, right and wrong in each key; then whole projects are damaged, and read
with the short way and without.
"""

import random
from collections import Counter
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from projects import ROOT, SHOWCASE, copy_of

from tracker.read import read, shapes
from tracker.read.shapes import kinds
from tracker.read.shapes.kinds import Free, Inner, Items, Kind, Odd, OneOf, Shape, Told, fields_of, take
from tracker.read.shapes.models import judged
from tracker.read.values import Refusal

FOLDER = Path(shapes.__file__).parent
MODULES = [import_module(f"tracker.read.shapes.{path.stem}") for path in sorted(FOLDER.glob("[a-z]*.py"))]
SHAPES = sorted(
    {one for module in MODULES for one in vars(module).values() if isinstance(one, type) and issubclass(one, Shape)} - {Shape},
    key=lambda shape: shape.__name__,
)
WRITTEN = {
    "text": ("a", " Mở lớp tập huấn "), "slug": ("a", "song-cong"), "key": ("14-KH",), "fact-name": ("has_office",),
    "day": ("14/6/2023", "30/6/2023"), "span": ("2023", "14/6/2023"), "amount": ("3 lớp", "trên 4.700"),
    "count": ("0", "3"), "day-of-month": ("14",), "share": ("5%",), "truth": ("true", "false"), "months": ("-1", "2"),
    "fact": ("true", "", "a"), "period": ("2023-02",),
}  # fmt: skip
"""What a person writes for each kind of value; kinds with a few words have their own."""
ODD: tuple[Any, ...] = (
    "", "a", "é", "1.5", "-7", "32/13/2023", "Ủy ban", "overdue", [], {}, [""], ["a", {}], [["a"]], [{}], {"": ""},
    {"a": "b"}, {"id": ["a"]}, {"days": "3", "of": "a"}, {"on": "14/6/2023", "recorded": "1/1/2020"},
)  # fmt: skip


def right(kind: Told) -> tuple[str, ...]:
    return kind.value.words or WRITTEN[kind.value.kind]


@st.composite
def drawn(draw: st.DrawFn, kind: Kind, odds: int) -> Any:
    """A value of a kind; in one of so many places, something else."""
    if odds and draw(st.integers(1, odds)) == odds:
        return draw(st.sampled_from(ODD))
    match kind:
        case Told():
            return draw(st.sampled_from(right(kind)))
        case Items():
            items = draw(st.lists(drawn(kind.item, odds), max_size=2))
            return items[0] if len(items) == 1 and draw(st.booleans()) else items
        case Free():
            known = right(kind.names) if isinstance(kind.names, Told) else WRITTEN["text"]
            names = st.sampled_from((*known, "", "é", "1.5") if odds else known)
            return draw(st.dictionaries(names, drawn(kind.item, odds), max_size=2))
        case OneOf():
            return draw(drawn(draw(st.sampled_from(kind.kinds)), odds))
        case Inner():
            return draw(records(kind.shape, odds))
        case _:
            return draw(st.sampled_from(ODD))


@st.composite
def records(draw: st.DrawFn, shape: type[Shape], odds: int) -> dict[str, Any]:
    """A record of a shape; in one of so many places, a key too many or too few."""
    fields = fields_of(shape)
    rare = draw(st.sampled_from((8, 2, 1)))
    wanted = {key for key, field in fields.items() if field.required or draw(st.integers(1, rare)) == rare}
    if odds and wanted and draw(st.integers(1, odds)) == odds:
        wanted.remove(draw(st.sampled_from(sorted(wanted))))
    data = {key: draw(drawn(fields[key].kind, odds)) for key in draw(st.permutations(sorted(wanted)))}
    if odds and draw(st.integers(1, odds)) == odds:
        data[draw(st.sampled_from(("", "titel", "id", "owed_by", "first")))] = "a"
    return data


def parts(value: Any) -> Any:
    """All that a record holds, attributes and keys in their order."""
    if isinstance(value, Shape):
        return type(value), [(name, parts(one)) for name, one in vars(value).items()]
    if isinstance(value, Mapping):
        return type(value), [(parts(name), parts(one)) for name, one in value.items()]
    if type(value) is tuple:
        return tuple(map(parts, value))
    return type(value), value


def test_every_kind_of_value_is_written_right():
    fields = [field.kind for shape in SHAPES for field in fields_of(shape).values()]
    told = {kind.value.kind: kind for kind in fields if isinstance(kind, Told)}
    assert {"slug", "day", "span", "amount", "word", "fact"} <= told.keys()
    assert [(name, text) for name, kind in told.items() for text in right(kind) if isinstance(kind.convert(text), Refusal)] == []


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_both_ways_agree_on_every_record(shape: type[Shape]):
    seen: Counter[bool] = Counter()

    @settings(max_examples=80, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from((0, 0, 4, 12)).flatmap(lambda odds: records(shape, odds)))
    def agree(data: dict[str, Any]) -> None:
        found, faults = judged(shape, data)
        assert (found is None) == bool(faults)
        try:
            quick = take(shape, data)
        except Odd:
            assert found is None, "sound, and yet the short way does not take it"
        else:
            assert faults == ()
            assert parts(quick) == parts(found)
        seen[found is None] += 1

    agree()
    assert min(seen[True], seen[False]) >= 1, seen


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_both_ways_agree_on_what_is_no_such_record(shape: type[Shape]):
    for value in (*ODD, None, 3, ({},)):
        found, faults = judged(shape, value)
        try:
            quick = take(shape, value)
        except Odd:
            assert (found, bool(faults)) == (None, True), value
        else:
            assert (parts(quick), faults) == (parts(found), ()), value


def damaged(text: str, chance: random.Random) -> str:
    """A text with one line that somebody spoilt."""
    lines = text.splitlines(keepends=True)
    number = chance.choice([number for number, line in enumerate(lines) if ":" in line])
    key, _, value = lines[number].partition(":")
    spoilt = (
        "", f"{key}:\n", f"{key}: [{value.strip()}]\n", f"{key}: {{a: b}}\n", f"{key}x:{value}", f"{key}: Ủy ban\n",
        lines[number].replace(" id:", " idd:"), lines[number].replace("}", ", la: 1}"), lines[number].replace("/", "/9"),
        lines[number] + f"{' ' * (len(key) - len(key.lstrip()))}khac: {value.strip()}\n",
    )  # fmt: skip
    lines[number] = chance.choice(spoilt)
    return "".join(lines)


@pytest.mark.parametrize("source", [ROOT, SHOWCASE], ids=["real", "showcase"])
def test_damaged_projects_are_read_alike_with_the_short_way_and_without(source: Path, tmp_path: Path):
    chance = random.Random(7)
    folder = copy_of(source, tmp_path / "p")
    files = sorted([*folder.glob("plans/*.yaml"), *folder.glob("rules/**/*.yaml")])
    told: Counter[str] = Counter()
    for number in range(8):
        spoilt = {path: path.read_text(encoding="utf-8") for path in chance.sample(files, 6)} if number else {}
        for path, text in spoilt.items():
            path.write_text(damaged(text, chance), encoding="utf-8")
        both = read(folder)
        with patch.object(kinds, "take", side_effect=Odd):
            slow = read(folder)
        assert both == slow
        told.update(problem.code for problem in both.problems if number)
        assert number or both.problems == ()
        for path, text in spoilt.items():
            path.write_text(text, encoding="utf-8")
    assert len([code for code in told if code.startswith("shape-")]) >= 5, told

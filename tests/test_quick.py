"""The quick ways of reading units: the same nodes, units, problems and places as the careful ways, whatever the text."""

from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings, strategies as st

from tracker.read import quick, units as reader, yaml as careful
from tracker.read.door import Source
from tracker.read.found import Found
from tracker.read.ordinary import ordinary
from tracker.read.references import resolve
from tracker.read.yaml import Keys, Listing

FILE = "plans/units.yaml"
IDS = ("x-1", "x-2", "t-00", "a.b_c", "08", "x-9")
ODD = (
    "", "~", "null", '""', '" "', "x y", "-", "a: b", "'x'", '"a, b"', '"a\\n"', "8.700", "6,47", "1,5", "[x, y]", "[]", "{}", "{on: 1}",
    "*a", "&a x", "!!int 3", "# x", "x #y", "x#y", "|", ">", "a'b", 'a"b', "có", "Ủ\u031b", "\u212b", "cô\u0301", "𝐀", "٣", "x\ty", "a\u00a0b",
    "%x", "x%", "(x)", "-x", "x - y", "x – y", "?", "a?", ":", "a:b", "NULL", "no", "{a: b}", "{a: b, a: c}", "[{a: b}]", "{a: [b]}", "x\\",
)  # fmt: skip
DAYS = ("30/06/2023", "1.7.2025", "2025-07-01", "31/02/2023", "02/13/2023", "2023", '"1/1/2020"')
KEYS = ("id", "name", "kind", "parent", "serves", "short", "code", "aliases", "formerly", "opened", "closed", "exists", "facts")

words = st.sampled_from(("Xã số 7", "Tỉnh số 0", "xa", "tinh", "huyen", "2-NQ", "7", '"99"', '" Xã "')) | st.sampled_from(IDS)
rarely = st.sampled_from(ODD)


@pytest.fixture(autouse=True, scope="module")
def _small_files_too() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quick, "SMALL", 0)
        yield


def now_and_then(usual: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.integers(0, 39).flatmap(lambda number: usual if number < 39 else rarely)


many = st.lists(now_and_then(st.sampled_from(IDS)), min_size=1, max_size=3).map(lambda ids: f"[{', '.join(ids)}]")


@st.composite
def ended(draw: st.DrawFn) -> str:
    beside = draw(st.lists(st.sampled_from(("basis", "successors", "basis", "recorded", "how", "id")), max_size=2, unique=True))
    chosen = ["on", *beside] if draw(st.integers(0, 9)) else beside
    values = {"on": st.sampled_from(DAYS), "recorded": st.sampled_from(DAYS), "successors": many | words, "how": st.just("merge")}
    return "{" + ", ".join(f"{key}: {draw(now_and_then(values.get(key, words)))}" for key in chosen) + "}"


@st.composite
def unit(draw: st.DrawFn) -> list[str]:
    """One unit as lines, in one of the ways in which people write one."""
    values = {
        "id": st.sampled_from(IDS), "parent": st.sampled_from(IDS), "serves": st.sampled_from(IDS), "kind": st.sampled_from(("xa", "tinh")),
        "aliases": many, "formerly": many, "opened": ended(), "closed": ended(),
    }  # fmt: skip
    keys = ["id", "name", "kind", *draw(st.lists(st.sampled_from(KEYS), max_size=3))]
    if draw(st.integers(0, 29)) < 29:
        keys = list(dict.fromkeys(keys))
    pairs = [f"{key}: {draw(now_and_then(values.get(key, words)))}" for key in keys]
    match draw(st.integers(0, 19)):
        case 0 | 5 | 6:
            return [f"  - {pairs[0]}", *(f"    {pair}" for pair in pairs[1:])]
        case 1:
            return [f"  - {{{', '.join(pairs)},", "    serves: x-1}"]
        case 2:
            return [f"  - {{ {','.join(pairs)} }}  # so"]
        case 3:
            return [f"   - {{{', '.join(pairs)}}}"]
        case 4:
            return [f"  - {{{', '.join(pairs)}}}\r"]
        case _:
            return [f"  - {{{', '.join(pairs)}}}"]


between = st.sampled_from(
    (*([],) * 30, *([""],) * 5, *(["  # từ 2025"],) * 5, ["\t"], ["---"], ["groups:"], ["  - [x]"], ["    more"], ['    "open'], ["x: |"], ["\ufeff"]),
)


@st.composite
def files(draw: st.DrawFn) -> str:
    usual = (["units:"], ["# danh sách", "units:"], ["groups:", "  - {id: g, name: G, members: [x-1]}", "units:"])
    lines = draw(st.sampled_from((*usual * 8, ["units: |"], ['note: "x'], ["units: ["], [], ["groups:"], ["-", "  -"])))
    for one, odd in draw(st.lists(st.tuples(unit(), between), min_size=1, max_size=6)):
        lines = [*lines, *one, *odd]
    return "\n".join(lines) + draw(st.sampled_from(("\n", "", "\n\n", "\r")))


def whole(text: str) -> str:
    return f"units:\n  - {{{text}}}\n"


@settings(max_examples=70, deadline=None)
@given(files())
@example("units: |\n  - {id: x, name: y, kind: z}\n")
@example('a: "\n  - {id: x, name: y, kind: z}\n  "\n')
@example("units:\n  - {id: x, name: y, kind: z}\n   more\n")
@example("units:\n  - {id: x, id: y}\n")
@example("units:\n  - {id: x, null: y}\n")
@example("units:\n  - {id: x, name: \u212b}\n")
@example(whole("closed: {on: 1/1/2020, on: 2/1/2020}"))
@example("- " * 27 + "a:\n" + " " * 60 + "- {a: {b: c}}\n")
@example("- " * 28 + "\n" + " " * 60 + "- {a: b}\n")
def test_lines_give_the_same_nodes_as_the_parser(text: str):
    source = Source(FILE, text)
    assert quick.walk(source) == careful.walk(source)


@settings(max_examples=70, deadline=None)
@given(files())
@example(whole("id: x, name: y, kind: z, closed: {on: 1/1/2020, id: x}"))
@example(whole("id: x, name: y, kind: z, closed: {basis: x}"))
@example(whole('id: x, name: y, kind: z, formerly: [a, "b c"]'))
@example(whole("id: x, name: y, kind: z, aliases: [[a], b]"))
@example(whole("id: x, name: y, kind: z, opened: {on: 2/1/2020}, closed: {on: 1/1/2020}"))
@example(whole("id: x, name: y, kind: z, code: null") + "  - {id: x, name: y, kind: w, formerly: x, parent: q}\n")
@example(whole("id: x, name: y, kind: z, parent: q") + "  - {id: r, name: y, kind: z, parent: q}\n")
def test_units_are_the_same_without_their_models(text: str):
    root = careful.walk(Source(FILE, text)).root
    if isinstance(root, Keys):
        assert read(root, with_care=False) == read(root, with_care=True)


def read(root: Keys, *, with_care: bool) -> tuple[object, ...]:
    found = Found()
    problems: list[object] = []
    with pytest.MonkeyPatch.context() as patch:
        if with_care:
            patch.setattr(reader, "ordinary", lambda node, position: None)
        reader.read_units(root, found, problems)
    before = tuple(found.references)
    resolve(found)
    return found.units, problems, before, found.problems, found.seen, found.renames, found.successions


def test_what_is_ordinary_goes_the_quick_ways(monkeypatch: pytest.MonkeyPatch):
    text = (
        "units:\n  - {id: t, name: Tỉnh, kind: tinh}\n  # xã\n"
        "  - {id: x-1, name: Xã số 1, kind: xa, parent: t, aliases: [X. 1, Xã 1], closed: {on: 30/06/2025, successors: [x-2], basis: 2-NQ}}\n"
        '  - {id: x-2, name: "Xã số 2", kind: xa, parent: t, code: "02", opened: {on: 01/07/2025}}\n'
    )
    expected = careful.walk(Source(FILE, text)).root
    monkeypatch.setattr(quick, "carefully", lambda source: pytest.fail("read with care"))
    root = quick.walk(Source(FILE, text)).root
    assert root == expected
    items = root.entries["units"][1]
    assert isinstance(items, Listing)
    assert [one.id for node in items.items if (one := ordinary(node, 1))] == ["t", "x-1", "x-2"]

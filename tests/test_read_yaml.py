"""The walker: all text, every place, nothing of YAML's magic, and no text that can hurt."""

import time

import pytest
import yaml
from hypothesis import given, strategies as st

from tracker.read import yaml as walker
from tracker.read.door import Source, decode
from tracker.read.shape import plain
from tracker.read.yaml import Keys, Listing, Scalar, walk


def tree(text: str):
    return walk(Source("f.yaml", text))


def codes(text: str) -> list[tuple[str, int, int]]:
    return [(problem.code, problem.place.line, problem.place.column) for problem in tree(text).problems]


def test_every_scalar_is_text():
    text = "a: 8.700\nb: 010\nc: 1:30\nd: NO\ne: 2023-02-30\nf: 1e400\non: yes\n08: x\ng: .inf\nh: 0x1F\ni: 2.359\n"
    assert plain(tree(text).root) == {
        "a": "8.700", "b": "010", "c": "1:30", "d": "NO", "e": "2023-02-30", "f": "1e400", "on": "yes", "08": "x", "g": ".inf", "h": "0x1F", "i": "2.359",
    }  # fmt: skip


def test_nothing_written_is_nothing():
    assert plain(tree("a:\nb: ~\nc: null\nd: ''\ne: 'null'\n").root) == {"a": "", "b": "", "c": "", "d": "", "e": "null"}


def test_places_count_characters_from_one():
    root = tree('đơn vị: "Sông Công"\nds:\n  - ủy: [x, ý]\n').root
    assert isinstance(root, Keys)
    name, value = root.entries["đơn vị"]
    assert (name.at.line, name.at.column, value.at.column) == (1, 1, 9)
    assert isinstance(value, Scalar)
    assert (value.style, value.plain, value.width) == ('"', False, 11)
    inner = root.entries["ds"][1].items[0].entries["ủy"][1]
    assert isinstance(inner, Listing)
    assert [(item.at.line, item.at.column) for item in inner.items] == [(3, 10), (3, 13)]


def test_letters_are_composed():
    assert plain(tree("u\u031by\u0309: hoa\u0301\n").root) == {"ưỷ": "hoá"}


def test_a_block_keeps_its_lines():
    assert plain(tree("a: |\n  x\n  y\nb: >\n  x\n  y\n").root) == {"a": "x\ny\n", "b": "x y\n"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a: "x\nb: 1\n', [("yaml-quote", 1, 4)]),
        ("a: [1, 2\nb: 3\n", [("yaml-bracket", 1, 4)]),
        ("a: 1\nb: 2\na: 3\n", [("yaml-duplicate-key", 3, 1)]),
        ("a: &x 1\nb: *x\n", [("yaml-anchor", 1, 4), ("yaml-alias", 2, 4)]),
        ("a: !!python/object:os.system x\n", [("yaml-tag", 1, 4)]),
        ("<<: {a: 1}\n", []),
        ("a: x: y\n", [("yaml-colon", 1, 5)]),
        ("a:b\nc: d\n", [("yaml-no-space", 1, 2)]),
        ("a:\n\tb: c\n", [("yaml-tab", 2, 1)]),
        ("a: 1\n---\nb: 2\n", [("yaml-documents", 2, 1)]),
        ("---\na: 1\n", []),
        ("", [("yaml-empty", 1, 1)]),
        ("# nothing\n", [("yaml-empty", 1, 1)]),
        ("---\n", [("yaml-empty", 1, 1)]),
        ('a: "\\u202e"\n', [("file-control", 1, 4)]),
        ("a: [6,47%]\n", [("yaml-comma", 1, 7)]),
        ("a: [6, 47]\n", []),
        ("a: [x,y]\n", []),
        ("[a]: 1\n", [("yaml-key", 1, 1)]),
        ('a: "x" y\n', [("yaml-after-quote", 1, 8)]),
    ],
)
def test_what_is_refused(text, expected):
    assert codes(text) == expected


def test_reading_goes_on_behind_what_is_refused():
    read = tree("a: 1\na: 2\nb: *x\nc: &y 3\nd: !z 4\ne: 5\n")
    assert plain(read.root) == {"a": "1", "b": "*x", "c": "3", "d": "4", "e": "5"}
    assert read.root.flawed
    assert not read.broken


def test_whole_records_before_broken_text_are_kept():
    read = tree('entries:\n  - {a: 1}\n  - {a: 2}\n  - {a: "3}\n  - {a: 4}\n')
    assert read.broken
    assert plain(read.root)["entries"][0] == {"a": "1"}
    assert {"a": "4"} not in plain(read.root)["entries"]


def test_the_flaw_is_of_the_record_that_has_it():
    root = tree("l:\n  - {a: 1}\n  - {a: *x}\n  - {a: 3}\n").root
    assert [item.flawed for item in root.entries["l"][1].items] == [False, True, False]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000, "{" * 100_000, "[{" * 50_000, "- " * 100_000, "? " * 100_000, "a: " * 100_000, "a: {" * 50_000, "\t" * 100_000,
        "\n".join(" " * depth + "a:" for depth in range(2000)), '"' + "x" * 1_000_000, "&a " * 10_000, "!" * 10_000, "'" * 99_999,
        "\n".join([f"k{n}: &a{n} [" + ",".join([f"*a{n - 1}"] * 9) + "]" for n in range(1, 9)]),
    ],
)  # fmt: skip
def test_bombs_do_not_go_off(text):
    start = time.perf_counter()
    read = tree(text)
    assert read.problems
    assert len(read.problems) < 200
    assert time.perf_counter() - start < 2


def test_depth_is_capped_with_one_problem():
    assert [code for code, _, _ in codes("[" * 100_000)] == ["yaml-depth"]
    assert codes("[" * 30 + "]" * 30) == []


def test_the_python_parser_gives_the_same(monkeypatch):
    text = 'a: 1\nb:\n  - {c: "x", d: [ủ, 2]}\n  - e: |\n      y\n'
    fast = tree(text)
    monkeypatch.delattr(yaml, "CLoader")
    slow = tree(text)
    assert plain(fast.root) == plain(slow.root)
    assert fast.root.entries["b"][1].items[0].at == slow.root.entries["b"][1].items[0].at
    for broken in ('a: "x\n', "a: [1\nb: 2\n", "a: b: c\n", "[" * 5000):
        assert tree(broken).problems


@given(st.text(max_size=200))
def test_no_text_makes_it_raise(text):
    source, _ = decode(text.encode("utf-8", "surrogatepass"), "f.yaml")
    if source is not None:
        walk(source)


@given(st.text(alphabet="ab:-[]{}\"'#&*!|>?,%@` \n\t1é\\", max_size=60))
def test_no_yaml_like_text_makes_it_raise(text):
    read = tree(text)
    assert read.root is not None or read.problems
    for problem in read.problems:
        assert 1 <= problem.place.line <= text.count("\n") + 2
        assert problem.place.column >= 1
        assert problem.width >= 1


@given(st.binary(max_size=200))
def test_no_bytes_make_the_door_raise(raw):
    source, problems = decode(raw, "f.yaml")
    assert source is not None or problems


@pytest.mark.parametrize(
    ("raw", "guess"),
    [
        ("Ủy ban".encode("utf-16"), "UTF-16"),
        ("Uy ban nhan dan".encode("utf-16-le"), "UTF-16"),
        ("B¸o c¸o cña ®Þa ph­¬ng".encode("latin-1"), "TCVN3 (ABC)"),
        ("Ba\u0301o ca\u0301o cu\u0309a \u0111i\u0323a phu\u031bo\u031bng".encode("cp1258", "replace").replace(b"?", b""), "Windows-1258"),
    ],
)
def test_other_encodings_are_named(raw, guess):
    source, problems = decode(raw, "f.yaml")
    assert source is None
    assert [(problem.code, problem.args["guess"]) for problem in problems] == [("file-encoding", guess)]


def test_byte_order_mark_and_line_ends_are_nothing():
    source, problems = decode(b"\xef\xbb\xbfa: 1\r\nb: \xc4\x91\r\n", "f.yaml")
    assert source is not None
    assert problems == []
    read = walk(source)
    assert plain(read.root) == {"a": "1", "b": "đ"}
    assert read.root.entries["b"][0].at == ("f.yaml", 2, 1)
    assert source.line(2) == "b: đ"


def test_depth_is_documented():
    assert walker.DEPTH == 30

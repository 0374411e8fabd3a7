"""Entries appended to a log as text: what is there stays byte for byte and is read as before, what is new is read as meant."""

import unicodedata

import pytest
from hypothesis import assume, given, settings, strategies as st

from tracker.read.door import Source, decode
from tracker.read.entries import entry_text, with_entries
from tracker.read.found import value
from tracker.read.shape import plain
from tracker.read.values import Refusal
from tracker.read.yaml import Keys, Listing, walk

NEW = [{"task": "14-KH/2.7", "date": "14/6/2023", "note": "a: b, c #x"}, {"task": "x/1", "parts": ["6,47%", "2"]}]
TWO = '{task: 14-KH/2.7, date: 14/6/2023, note: "a: b, c #x"}', '{task: x/1, parts: ["6,47%", 2]}'


def added(text: str, entries=NEW, unit: str = "bdt") -> str | Refusal:
    source, _ = decode(text.encode(), "actuals/x.yaml", bidi=True)
    assert source is not None
    return with_entries(source, text, entries, unit)


def entries_of(text: str) -> list[object]:
    found = value(walk(Source("", text.removeprefix("\ufeff"))).root, "entries")
    return [plain(item) for item in found.items] if isinstance(found, Listing) else []


def bare(said: object) -> object:
    if isinstance(said, dict):
        return {key: bare(value) for key, value in said.items()}
    return said.rstrip("\n") if isinstance(said, str) else said


SHAPES = {
    "no file yet": ("", f"unit: bdt\nentries:\n  - {TWO[0]}\n  - {TWO[1]}\n"),
    "remarks alone": ("# nhật ký\n", f"# nhật ký\nunit: bdt\nentries:\n  - {TWO[0]}\n  - {TWO[1]}\n"),
    "no entries": ("unit: x", f"unit: x\nentries:\n  - {TWO[0]}\n  - {TWO[1]}\n"),
    "an empty list": ("unit: x\nentries: []\n", f"unit: x\nentries:\n  - {TWO[0]}\n  - {TWO[1]}\n"),
    "an empty list, a remark, more": (
        "unit: x\nentries: [ ]  # chưa có\nfigures: []\n",
        f"unit: x\nentries:  # chưa có\n  - {TWO[0]}\n  - {TWO[1]}\nfigures: []\n",
    ),
    "nothing written": (
        "entries:\n  # ghi ở đây\nfigures: []\n",
        f"entries:\n  # ghi ở đây\n  - {TWO[0]}\n  - {TWO[1]}\nfigures: []\n",
    ),
    "dashes at the margin": (
        "unit: x\nentries:\n- {a: 1}  # c\n# phần sau\nfigures: []\n",
        f"unit: x\nentries:\n- {{a: 1}}  # c\n- {TWO[0]}\n- {TWO[1]}\n# phần sau\nfigures: []\n",
    ),
    "key by key, CRLF, a remark behind, another key": (
        "entries:\r\n    -   a: 1\r\n        note: |\r\n           x\r\n    # ghi chú\r\n\r\nunit: x\r\n",
        (
            "entries:\r\n    -   a: 1\r\n        note: |\r\n           x\r\n    # ghi chú\r\n"
            '    -   task: 14-KH/2.7\r\n        date: 14/6/2023\r\n        note: "a: b, c #x"\r\n'
            '    -   task: x/1\r\n        parts: ["6,47%", 2]\r\n\r\nunit: x\r\n'
        ),
    ),
    "no end of the last line, in a block": (
        "entries:\n  - a: 1\n    note: |\n      x",
        (
            'entries:\n  - a: 1\n    note: |\n      x\n  - task: 14-KH/2.7\n    date: 14/6/2023\n    note: "a: b, c #x"\n'
            '  - task: x/1\n    parts: ["6,47%", 2]\n'
        ),
    ),
    "in brackets": (
        "entries: [{a: 1}]  # c\nunit: x\n",
        f"entries: [{{a: 1}}, {TWO[0]}, {TWO[1]}]  # c\nunit: x\n",
    ),
    "in brackets, one a line": (
        "entries: [\n  {a: 1},\n]\nunit: x\n",
        f"entries: [\n  {{a: 1}},\n  {TWO[0]},\n  {TWO[1]},\n]\nunit: x\n",
    ),
    "remarks at the end": ("entries:\n  - {a: 1}\n\n# cuối\n", f"entries:\n  - {{a: 1}}\n\n# cuối\n  - {TWO[0]}\n  - {TWO[1]}\n"),
    "a byte order mark": ("\ufeffentries:\n  - {a: 1}\n", f"\ufeffentries:\n  - {{a: 1}}\n  - {TWO[0]}\n  - {TWO[1]}\n"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_style_of_the_file_is_kept(shape: str):
    before, after = SHAPES[shape]
    assert added(before) == after


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- {a: 1}\n", "append-broken"),
        ("entries:\n  - {a: 1\n", "append-broken"),
        ("{unit: x, entries: []}\n", "append-entries"),
        ("entries: ~\n", "append-entries"),
        ("entries: chưa có\n", "append-entries"),
        ("entries: {a: 1}\n", "append-entries"),
        ("entries:\n  - {a: 1}\n...\n", "append-entries"),
        ("entries: [\n  # trống\n]\n", "append-entries"),
    ],
)
def test_what_cannot_be_appended_to_is_refused(text: str, code: str):
    more = {"key": "entries"} if code == "append-entries" else {}
    assert added(text) == Refusal(code, {"file": "actuals/x.yaml", **more})


@pytest.mark.parametrize(
    ("written", "refusal"),
    [
        ({"note": "  "}, Refusal("shape-empty", {"key": "note"})),
        ({"parts": ["1", ""]}, Refusal("shape-empty", {"key": "parts"})),
        ({"note": "a\u202eb"}, Refusal("append-hidden", {"key": "note", "code": "U+202E"})),
        ({"note": "a\x1bb"}, Refusal("append-hidden", {"key": "note", "code": "U+001B"})),
        ({"note": "a\ud800"}, Refusal("append-hidden", {"key": "note", "code": "U+D800"})),
    ],
)
def test_values_that_would_not_be_read_are_refused(written: dict, refusal: Refusal):
    assert added("unit: x\n", [written]) == refusal


@pytest.mark.parametrize("text", ["entries:\n\t- {a: 1}\n", "entries:\n  - a: 1\n\t  b: 2\n", "unit: x\n\tentries: []\n"])
def test_a_file_with_tabs_before_its_keys_is_refused(text: str):
    assert added(text) == Refusal("append-broken", {"file": "actuals/x.yaml"})


def test_problems_that_were_there_do_not_hinder():
    text = "entries:\n  - {a: 1, a: 2}\nunit: x\nunit: y\n"
    assert added(text) == f"entries:\n  - {{a: 1, a: 2}}\n  - {TWO[0]}\n  - {TWO[1]}\nunit: x\nunit: y\n"


WORDS = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")), max_size=12)
PRONE = st.sampled_from(
    ["~", "null", "no", "08", "1:30", "8.700", "6,47%", "a: b", "a #b", "- a", "[a]", "{a}", "'", '"', "\\", "?", "%a", "!a", "&a", "*a",
     "a:", ":a", "a\nb", "@", "`", "|", ">", "x, y", "Huyện Tân An", "2023-02", "---", "...", "a\tb", "=", "<<", "#"],
)  # fmt: skip
VALUES = st.one_of(PRONE, WORDS, st.builds("{} {}".format, PRONE, WORDS)).map(
    lambda text: unicodedata.normalize("NFC", text).strip(),
).filter(bool)  # fmt: skip
ENTRIES = st.lists(
    st.dictionaries(st.sampled_from(["task", "date", "note", "parts"]), st.one_of(VALUES, st.lists(VALUES, min_size=1, max_size=3)), min_size=1),
    min_size=1,
    max_size=3,
)  # fmt: skip
REMARKS = st.sampled_from(["", "# ghi chú: [x]\n", "\n", "  # thụt vào\n", "\n\n# a\n"])
ITEMS = st.sampled_from(
    ["{a: 1}  # c", "{ a : 'x''y' ,  b: \"\\tz\" }   ", "a:   'x: y'  # c\n DASH\n DASHb : \"x\\\n DASH   z\"", "{a: 1,\n DASH# giữa\n DASHb: 2}", "{a: [1, 2],\n DASHb: 'x: y'}", "a: 1\n DASHb: >-\n DASH  dài\n DASH  hơn", "a: |\n DASH x\n DASH y", "\n DASHa: 1", '"a": "\\u1ea1"'],
)  # fmt: skip


FLOWS = ["entries: [{a: 1}]  # c\n", "entries: [\n  {a: 1},  # một\n  {a: 2}  # hai\n  ]\n", "entries: [{a: 'x, y'}, {a: \"]\"},]\n", "entries: [\n{a: 1}\n]\n"]


@st.composite
def files(draw) -> str:
    margin = " " * draw(st.sampled_from([0, 2, 4]))
    gap = " " * draw(st.sampled_from([1, 1, 3]))
    items = [
        f"{margin}-{gap * (not item.startswith(chr(10)))}{item.replace('DASH', margin + ' ')}\n{draw(REMARKS)}"
        for item in draw(st.lists(ITEMS, max_size=4))
    ]
    key = draw(st.sampled_from(["entries:", '"entries":', "entries: # ghi ở dưới", "entries   :"]))
    listed = f"{key}\n{draw(REMARKS)}{''.join(items)}" if items else draw(st.sampled_from(["", "entries: []\n", "entries:\n", *FLOWS]))
    others = [draw(REMARKS) + draw(st.sampled_from(["unit: bdt\n", "unit:   'bdt'  # của ai\n", '"unit": "bdt"\n'])), "figures:\n  - {id: f, title: 'a # b'}\n", listed]
    text = draw(st.sampled_from(["", "---\n", "# đầu tệp\n\n"])) + "".join(draw(st.permutations(others)))
    text = text[:-1] if draw(st.booleans()) else text
    mark = "\ufeff" if draw(st.booleans()) else ""
    return mark + (text.replace("\n", "\r\n") if draw(st.booleans()) else text)


@settings(max_examples=250, deadline=None)
@given(files(), ENTRIES)
def test_any_file_keeps_every_byte_and_says_what_it_said(text: str, entries: list[dict]):
    source = Source("x", text.removeprefix("\ufeff"))
    assume(not walk(source).problems)
    after = added(text, entries)
    assert isinstance(after, str)
    kept = text.replace("entries: []", "entries:")
    more = len(after) - len(kept)
    cut = (after[:n] + after[n + more :] for n in range(len(kept) + 1))
    assert any(left == kept for left in cut), "taking out one stretch gives the file as it was"
    assert ("\r\n" in text) == ("\r\n" in after) or "\n" not in text
    assert "\n" not in after.replace("\r\n", "") or "\r\n" not in text
    new = [{key: cell if isinstance(cell, str) else list(cell) for key, cell in entry.items()} for entry in entries]
    # Where the last line had no end, a text in a block gets one.
    assert [bare(one) for one in entries_of(after)] == [*map(bare, entries_of(text)), *map(bare, new)]
    root, old = walk(Source("x", after.removeprefix("\ufeff"))).root, walk(source).root
    assert isinstance(root, Keys)
    assert isinstance(old, Keys)
    assert [plain(node) for key, (_, node) in root.entries.items() if key != "entries"] == [
        plain(node) for key, (_, node) in old.entries.items() if key != "entries"
    ]


@settings(max_examples=200, deadline=None)
@given(ENTRIES)
def test_an_entry_between_braces_reads_as_what_it_says(entries: list[dict]):
    for entry in entries:
        tree = walk(Source("x", f"entries: [{entry_text(entry)}]\n"))
        assert tree.problems == ()
        assert plain(tree.root) == {"entries": [{k: c if isinstance(c, str) else list(c) for k, c in entry.items()}]}

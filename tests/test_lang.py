"""The words of the frame: the same in every language, none missing, none that nobody says."""

import ast
import re
import tomllib
import unicodedata
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from flat_texts import flat

from tracker.lang import DEFAULT, Tables, fill, languages, slots_of, words
from tracker.model.gate import Why
from tracker.model.record import StrayReason
from tracker.model.rule import Severity
from tracker.model.source import NOWHERE, Problem
from tracker.model.standing import Evidence, State, Window

PACKAGE = Path(__file__).parent.parent / "tracker"
NEEDED = {
    "state": State, "window": Window, "evidence": Evidence, "stray": StrayReason, "severity": Severity,
    "page.word": State, "page.letter": State, "formats.why": Why,
}  # fmt: skip


TEXTS = {code: dict(flat(tomllib.loads((PACKAGE / "lang" / f"{code}.toml").read_text(encoding="utf-8")))) for code in languages()}
PROBLEMS = sorted(key.removeprefix("problem.") for key in TEXTS[DEFAULT] if key.startswith("problem."))


@cache
def strings() -> frozenset[tuple[str, str]]:
    """Every string in the code, docstrings too; the built parts of an f-string as {}. And the file it stands in."""
    found = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add((node.value, path.name))
            elif isinstance(node, ast.JoinedStr):
                parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
                found.add(("".join(map(str, parts)), path.name))
    return frozenset(found)


@cache
def all_said() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """The texts of the code, and patterns of those that it puts together."""
    texts = frozenset(text for text, _ in strings())
    built = sorted(text for text in texts if re.fullmatch(r"[a-z_.{}-]*\{\}[a-z_.{}-]*", text) and text.strip("{}.-_"))
    return texts, tuple(re.compile(re.escape(text).replace(r"\{\}", r"[a-z_-]+")) for text in built)


def said(code: str) -> bool:
    """Whether the code names this text, whole or put together."""
    texts, builders = all_said()
    return code in texts or any(pattern.fullmatch(code) for pattern in builders)


def test_both_languages_are_found():
    assert languages() == ("vi", "en")


@pytest.mark.parametrize("code", languages())
def test_tables_read_one_by_one_say_what_the_whole_file_says(code: str):
    whole = tomllib.loads((PACKAGE / "lang" / f"{code}.toml").read_text(encoding="utf-8"))
    table = words(code).table
    assert {name: table[name] for name in whole} == whole


def test_a_table_is_read_when_it_is_asked_for():
    table = Tables('name = "x"\n[a]\nb = "1"\n[c]\nd = "2"\n[a.e]\nf = "3"\n[wrong]\n?\n')
    assert set(table) == {"name"}
    assert table["a"] == {"b": "1", "e": {"f": "3"}}
    assert set(table) == {"name", "a"}
    with pytest.raises(KeyError):
        table["g"]
    with pytest.raises(tomllib.TOMLDecodeError):
        table["wrong"]


@pytest.mark.parametrize("code", languages())
def test_the_same_keys_with_the_same_slots(code: str):
    assert set(TEXTS[code]) == set(TEXTS[DEFAULT])
    for key, text in TEXTS[code].items():
        assert sorted(set(slots_of(text))) == sorted(set(slots_of(TEXTS[DEFAULT][key]))), key


@pytest.mark.parametrize("code", languages())
def test_no_text_is_empty_and_all_are_composed(code: str):
    for key, text in TEXTS[code].items():
        assert isinstance(text, str), key
        assert text.strip(), key
        assert text == unicodedata.normalize("NFC", text), key
        assert not re.search(r"[\x00-\x1f]|  \w", text), f"{key}: a line break, a tab or a double blank"


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("key", sorted(NEEDED))
def test_every_word_of_the_model_has_a_text(code: str, key: str):
    found = {name.removeprefix(f"{key}.") for name in TEXTS[code] if name.rpartition(".")[0] == key}
    assert found == {str(value) for value in NEEDED[key]}


@pytest.mark.parametrize("code", languages())
def test_words_that_stand_beside_each_other_differ(code: str):
    for key in ("state", "page.word", "page.letter", "severity", "evidence"):
        texts = [text for name, text in TEXTS[code].items() if name.rpartition(".")[0] == key]
        assert len(set(texts)) == len(texts), key


def test_the_official_states_are_word_for_word():
    say = words("vi")
    assert [say(f"state.{state}") for state in ("done", "done_late", "open", "overdue")] == [
        "hoàn thành đúng hạn", "hoàn thành quá hạn", "chưa hoàn thành, trong hạn", "chưa hoàn thành, quá hạn",
    ]  # fmt: skip


def test_every_problem_can_be_met():
    assert [code for code in PROBLEMS if not said(code)] == [], "nothing in tracker/ names these: delete their texts, or use them"


def test_every_code_in_the_program_has_its_texts():
    families = {code.partition("-")[0] for code in PROBLEMS}
    shape = re.compile(rf"(?:{'|'.join(families)})(?:-[a-z]+)+")
    missing = {
        (text, file)
        for text, file in strings()
        if shape.fullmatch(text) and text not in PROBLEMS and not any(p.startswith(text + "-") for p in PROBLEMS)
    }
    assert not missing, "these look like codes of problems and have no text under [problem]"
    assert len(PROBLEMS) > 50


@pytest.mark.parametrize("code", languages())
def test_every_problem_says_what_is_wrong_and_ends_with_what_to_do(code: str):
    texts = {problem: TEXTS[code][f"problem.{problem}"] for problem in PROBLEMS}
    assert [one for one, text in texts.items() if not re.search(r"[.?!)…]$", text)] == [], "no whole sentences"
    halves = [one for one, text in texts.items() if not re.search(r"; |[.?:] |, or |, hoặc ", text)]
    assert halves == [], "two halves: what is wrong, and what to do"
    assert [one for one, text in texts.items() if len(text) >= 400] == []


def test_no_text_of_the_frame_is_left_over():
    """What explains the keys of files is held to them by tests/test_schema.py."""
    keys = sorted(key for key in TEXTS[DEFAULT] if not key.startswith(("problem.", "schema.")))
    left = [key for key in keys if not (said(key) or key.count(".") == 0 or said(key.rpartition(".")[2]))]
    assert left == [], "nothing in tracker/ says these"


def test_numbers_days_and_periods():
    vi, en = words("vi"), words("en")
    assert (vi.number(2359), en.number(2359)) == ("2.359", "2,359")
    assert (vi.number(Decimal("99.79")), en.number(Decimal("2359.5"))) == ("99,79", "2,359.5")
    assert vi.day(date(2023, 2, 1)) == en.day(date(2023, 2, 1)) == "01/02/2023"
    assert [vi.period(p) for p in ("2023-02", "2023-Q1", "2023", "2022-2025")] == [
        "tháng 02/2023", "quý I/2023", "năm 2023", "giai đoạn 2022-2025",
    ]  # fmt: skip
    assert vi.period("2023-H1") != vi.period("2023-H2") != "2023-H2"


def test_text_of_people_is_never_a_template():
    assert fill("{a} {b} {0} {a.x}", {"a": "{b}", "b": "2"}) == "{b} 2 {0} {a.x}"
    said = words("vi").problem(Problem(NOWHERE, "rule-table", {"table": "{tables}", "tables": "x"}))
    assert "“{tables}”" in said

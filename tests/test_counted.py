"""Words that go by a number: one day, two days, in every text of the frame and of the rules that come with it."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from builders import actual, asking, plan, project, rule, task, unit
from flat_texts import flat

from tracker.lang import fill, languages, pieces_of, slots_of, words
from tracker.render.say import Speaker
from tracker.run import run

ROOT = Path(__file__).parent.parent
LIMITS = frozenset(
    {
        # numbers that are fixed, or are never 1: limits, figures of laws, the days of a month
        "problem.value-no-day", "problem.value-digits", "problem.where-long", "problem.where-deep", "problem.where-large", "problem.where-digits",
        "problem.where-span-long", "problem.yaml-depth", "sheet.doubt.many", "usage.sheet_large", "usage.too_large_rows", "usage.too_large_text",
        "problem.intake-plan-several", "problem.value-apart", "problem.sheet-too-big",
    },
)  # fmt: skip
COUNTED = re.compile(
    r"\b1 (?:more |new |empty |percentage |overdue )*(days|obligations|findings|groups|places|files|errors|warnings|notes|rows|periods|units|entries|times|tasks"
    r"|rules|examples|mutants|cases|points|reminders|reports|records|things|bodies|forms|parts|defects|doubts|hints|remarks|checks|paragraphs|citations|figures"
    r"|years|limitations|signatures|amounts|schemas|runs|cells|ids|others|deeds|items)\b",
)


def texts() -> Iterator[tuple[str, str]]:
    whole = tomllib.loads((ROOT / "tracker" / "lang" / "en.toml").read_text(encoding="utf-8"))
    yield from ((key, text) for key, text in flat(whole) if not key.startswith("schema"))
    for path in sorted((ROOT / "rules").glob("*.yaml")):
        yield f"rules.{path.stem}", yaml.safe_load(path.read_text(encoding="utf-8"))["message"]["en"]


TEXTS = dict(texts())
BY_NUMBER = {key: text for key, text in TEXTS.items() if any(piece.forms for piece in pieces_of(text))}


def test_no_text_says_one_of_a_word_for_many():
    said = {key: fill(text, dict.fromkeys(slots_of(text), "1")) for key, text in TEXTS.items() if key not in LIMITS}
    assert {key: text for key, text in said.items() if COUNTED.search(text)} == {}


@pytest.mark.parametrize("key", sorted(BY_NUMBER))
def test_one_and_two_are_told_apart(key: str):
    text = BY_NUMBER[key]
    slots = slots_of(text)
    one, two, unsaid = (fill(text, dict.fromkeys(slots, number)) for number in ("1", "22", "x"))
    assert one.replace("1", "22") != two
    assert two.replace("22", "x") == unsaid
    assert "{" not in one + two
    assert "|" not in one + two
    for piece in pieces_of(text):
        assert not piece.forms or f"{{{piece.slot}}}" in text, f"{piece.slot} decides on a word and is not told"


@pytest.mark.parametrize("code", languages())
def test_pages_say_one_day_and_two_days(code: str):
    say = words(code)
    one, two = (say("page.days_left", days=number) for number in ("1", "2"))
    assert (one, two) == {"vi": ("còn 1 ngày", "còn 2 ngày"), "en": ("1 day left", "2 days left")}[code]


def test_a_word_goes_by_its_number_alone():
    text = "{n} {n:entry|entries}, {m} part{m:|s}"
    assert [fill(text, {"n": n, "m": m}) for n, m in (("1", "2"), ("11", "1"), ("0", "1,000"))] == ["1 entry, 2 parts", "11 entries, 1 part", "0 entries, 1,000 parts"]
    assert fill(text, {"n": "{m:a|b}"}) == "{m:a|b} entries, {m} part{m:|s}"
    assert slots_of(text) == ("n", "m")
    assert [tuple(piece) for piece in pieces_of("a {n:b|c}{n}")] == [("a ", "n", ("b", "c")), ("", "n", None), ("", "", None)]


def test_rules_say_it_too():
    late = rule("late", "state = 'overdue'", message="{days_late} {days_late:day|days}")
    for today, expected in (("2023-07-01", "1 day"), ("2023-07-02", "2 days")):
        found = run(project(plan(task("1", due="2023-06-30")), unit("a"), [actual("", "a", "2023-01-01")], rules=[late]), asking(today))
        assert [Speaker(found, words("en")).message(one) for one in found.findings] == [expected]

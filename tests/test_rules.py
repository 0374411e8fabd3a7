"""Every rule of rules/ says what it means: its texts, its examples, and that no mutant of it would pass them."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tracker.check import asked_for
from tracker.examples import cells, survivors, unfit, wrong
from tracker.lang import slots_of
from tracker.model.finding import Cell
from tracker.model.rule import GROUP_SLOTS, GROUPING, Rule
from tracker.model.tables import TABLES
from tracker.read import read
from tracker.where import Checked, columns_of, evaluate, read_condition

ROOT = Path(__file__).parent.parent
LANGUAGES = {"vi", "en"}
FAMILIES = (
    *("task", "agreement", "report", "figure", "document", "unit", "plan", "rule", "waiver"),
    *("inspection", "area", "review", "indicator"),
)
MARKS = {"pass", "outside", "unknown", "note", "warning", "error"}
BROKEN = {"note", "warning", "error"}
FOUND = read(ROOT / "tests" / "showcase", ROOT / "rules")
RULES = {rule.id: rule for rule in FOUND.rules}

each = pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))


def parts(rule: Rule) -> dict[str, Checked]:
    """The scope and the condition, read and sound."""
    found = {}
    for name, condition in (("scope", rule.scope), ("where", rule.where), ("escalate", rule.escalate_where)):
        if condition is not None:
            read_ = read_condition(condition.text, TABLES[rule.on].by_name)
            assert isinstance(read_, Checked), read_
            found[name] = read_
    return found


def speaks(conditions: Mapping[str, Checked], row: Mapping[str, Cell]) -> str:
    inside = evaluate(conditions["scope"], row) if "scope" in conditions else True
    if inside is False:
        return "outside"
    broken = evaluate(conditions["where"], row) if inside else None
    return {None: "unknown", True: "broken", False: "pass"}[broken]


def speaking(row: Mapping[str, Cell]) -> list[str]:
    """The rules that have something to say of a standing."""
    ruled = {rule.id: parts(rule) for rule in RULES.values() if rule.on == "standings"}
    return [name for name, conditions in ruled.items() if speaks(conditions, row) in ("unknown", "broken")]


def blanked(row: Mapping[str, Cell], rule: Rule, used: set[str]) -> Iterator[Mapping[str, Cell]]:
    """The row as it is, and with each nullable column that the rule uses blanked."""
    yield row
    for name in used:
        if TABLES[rule.on].by_name[name].nullable:
            yield {**row, name: None}


def test_every_file_is_a_rule_under_its_own_name():
    files = {path.stem for path in (ROOT / "rules").glob("*.yaml")}
    assert files == set(RULES)
    assert [problem for problem in FOUND.problems if problem.place.file.startswith("rules")] == []
    assert len(files) >= 25
    for name in files:
        assert re.fullmatch(rf"({'|'.join(FAMILIES)})-[a-z]+(-[a-z]+)*", name)


@each
def test_texts_stand_in_both_languages_with_the_same_slots(rule: Rule):
    columns = set(TABLES[rule.on].by_name)
    for name in ("title", "message", "why", "fix"):
        texts: Mapping[str, str] = getattr(rule, name)
        assert set(texts) == LANGUAGES, name
        assert all(text.strip() for text in texts.values()), name
        slots = {code: sorted(slots_of(text)) for code, text in texts.items()}
        assert slots["vi"] == slots["en"], name
        assert set(slots["vi"]) <= columns, name
    assert slots_of(rule.message["vi"]), "a message names what it speaks of"
    for texts in (rule.message, rule.why, rule.fix):
        assert all(text.endswith(".") for text in texts.values())
    for text in (*rule.limitation.values(), rule.message["vi"], rule.why["vi"], rule.fix["vi"]):
        assert not re.search(r"sai phạm|vi phạm|yếu kém|buông lỏng", text), "the soft, impersonal register"


@each
def test_a_limitation_has_both_forms_and_no_figure_of_its_own(rule: Rule):
    if not rule.limitation:
        return
    assert {"one", "many"} <= set(rule.limitation) <= {"one", "many", "footnote"}
    assert set(asked_for(rule.limitation["one"])) <= set(TABLES[rule.on].by_name)
    assert set(asked_for(rule.limitation["many"])) <= {*GROUP_SLOTS, *GROUPING, *TABLES[rule.on].key}
    for text in rule.limitation.values():
        assert not re.search(r"[0-9]", text)
        assert text.endswith(".")


@each
def test_examples_are_judged_as_marked(rule: Rule):
    assert unfit(rule) == []
    assert [(one.example.at, one.example.expect, one.got) for one in wrong(rule)] == []


@each
def test_examples_are_rows_that_can_be_and_cover_what_can_happen(rule: Rule):
    conditions, columns = parts(rule), TABLES[rule.on].by_name
    marks = {example.expect for example in rule.examples}
    assert marks <= MARKS
    assert marks & BROKEN
    assert "pass" in marks
    assert ("outside" in marks) == ("scope" in conditions)
    if rule.escalate_to is not None:
        assert {rule.severity.value, rule.escalate_to.value} <= marks
    used = {name for condition in conditions.values() for name in columns_of(condition)}
    rows = [cells(example.row, TABLES[rule.on]) for example in rule.examples]
    for example, row in zip(rule.examples, rows, strict=True):
        assert used <= set(example.row), f"{example.at}: {used - set(example.row)} not written"
        assert [name for name in used if row[name] is None and not columns[name].nullable] == [], str(example.at)
    can_be_unknown = any(
        speaks(conditions, variant) == "unknown" for row in rows for variant in blanked(row, rule, used)
    )
    assert can_be_unknown == ("unknown" in marks)


@each
def test_no_mutant_of_a_condition_survives_the_examples(rule: Rule):
    count, alive = survivors(rule)
    assert count > 0
    assert [(one.which, one.text) for one in alive] == []


BLANK: Mapping[str, Cell] = {
    "kind": "coverage", "measure": "lop", "state": None, "evidence": "none", "applies": True, "unverified": False,
    "over": True, "actuals": 1, "due_soon": False, "carried_over": False, "days_late": None,
    "receipt": "none", "moved": 0, "slip": 0, "window": "open", "carried_to": None,
}  # fmt: skip


@pytest.mark.parametrize("kind", TABLES["standings"].by_name["kind"].values)
@pytest.mark.parametrize("measure", ["report", "agreement", "lop"])
@pytest.mark.parametrize(
    ("applies", "evidence", "unverified"),
    [
        (None, "none", False), (None, "claimed", True), (None, "part", False), (None, "part", True),
        (None, "unclear", False), (None, "enough", False), (None, "many", False),
        (True, "claimed", True), (True, "many", True), (True, "unclear", False), (True, "unclear", True),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_said_by_exactly_one_rule(kind, measure, applies, evidence, unverified):
    row = {**BLANK, "kind": kind, "measure": measure}
    row |= {"applies": applies, "evidence": evidence, "unverified": unverified}
    assert len(speaking(row)) == 1
    assert len(speaking({**row, "over": False})) == 1


@pytest.mark.parametrize(("kind", "measure"), [("milestone", "lop"), ("milestone", "report"), ("coverage", "agreement"),
                                               ("recurring", "report"), ("recurring", "lop"), ("quantity", "lop"),
                                               ("quantity", "agreement")])  # fmt: skip
@pytest.mark.parametrize("evidence", ["none", "part"])
def test_what_is_overdue_is_said_by_exactly_one_rule(kind, measure, evidence):
    assert len(speaking({**BLANK, "kind": kind, "measure": measure, "evidence": evidence, "state": "overdue"})) == 1


@pytest.mark.parametrize(
    ("applies", "state", "actuals", "expected"),
    [
        (False, "exempt", 0, ["agreement-outside"]),
        (False, "exempt", 1, ["agreement-contradicted"]),
        (True, "overdue", 0, ["agreement-missing"]),
        (None, None, 0, ["agreement-missing"]),
        (None, None, 1, ["agreement-missing"]),
        (True, "done", 1, []),
        (True, "done_late", 1, ["task-done-late"]),
    ],
)
def test_an_agreement_is_spoken_of_by_one_rule(applies, state, actuals, expected):
    row = {**BLANK, "measure": "agreement", "state": state, "applies": applies, "actuals": actuals}
    assert speaking(row) == expected

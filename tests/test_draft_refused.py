"""What the draft refuses: templates with figures of their own, text that would act, input that could not be read."""

import re
from pathlib import Path

import pytest
from inside import tracker
from projects import SHOWCASE, SHOWCASE_DAY, copy_of, edit, judged, showcase
from test_cli import SEEN
from test_draft import WORDED, invented, page
from told_reports import HOSTILE, bare, hostile

from tracker.check import prepare
from tracker.lang import words
from tracker.model.draft import Paragraph
from tracker.model.finding import Verdict
from tracker.model.source import NOWHERE
from tracker.read import read


@pytest.mark.parametrize(
    ("key", "text", "slot"),
    [
        ("one", "{unit} chậm {nothing}.", "nothing"),
        ("one", "{some_units} chậm.", "some_units"),
        ("many", "Còn {count} nội dung ({days_late}).", "days_late"),
    ],
)
def test_a_slot_that_nothing_fills_is_refused(key: str, text: str, slot: str):
    rule = next(rule for rule in WORDED if rule.id == "task-overdue")
    ready, problems = prepare([rule._replace(limitation={**rule.limitation, key: text})])
    assert ready == ()
    assert [(one.code, one.args["slot"], one.args["key"]) for one in problems] == [("rule-limitation-slot", slot, key)]
    assert problems[0].place != NOWHERE


def test_units_are_not_counted_where_a_table_has_none():
    rule = next(rule for rule in WORDED if rule.on == "tasks")
    _, problems = prepare([rule._replace(limitation={"one": "{title}.", "many": "Ở {some_units}."})])
    assert [one.args["slots"] for one in problems] == ["all, area, count, main_area, plan, task, tasks, title"]


@pytest.mark.parametrize("digit", ["7", "٧", "७", "²"])
def test_a_template_with_a_digit_is_refused_when_it_is_read(digit: str, tmp_path: Path):
    folder = copy_of(SHOWCASE, tmp_path)
    edit(folder / "rules" / "report-late.yaml", "lượt báo cáo gửi chậm.", f"lượt báo cáo gửi chậm {digit} ngày.")
    found = [one for one in read(folder).problems if one.place.file == "rules/report-late.yaml"]
    assert [one.code for one in found] == ["shape-limitation-digit"]
    assert found[0].place.line > 1
    ran = tracker("limitations", "--project", str(folder), "--as-of", "20/10/2024")
    assert (ran.code, ran.out) == (2, "")
    assert words()("usage.draft_unread") in ran.err
    assert "rules/report-late.yaml:" in ran.err


@pytest.mark.parametrize("code", ["vi", "en"])
@pytest.mark.parametrize("trace", [False, True])
def test_text_of_an_enemy_is_text(code: str, trace: bool):
    report = hostile()
    findings = [one._replace(fingerprint=f"{one.fingerprint} --> <script>{HOSTILE}--!>---") for one in report.findings]
    text = page(report._replace(findings=findings), trace=trace, code=code)
    assert bare(text)
    assert "[xem](" not in re.sub(r"<!-- .* -->", "", text)
    for line in text.splitlines():
        body = re.sub(r"^<!-- tracker: (.*) -->$", r"\1", line)
        if body != line:
            assert not re.search(r"--|<|>", body)
        else:
            # A table of an annex has bars of its own, one before each cell and one at the end.
            cells = re.sub(r"^\| | \| | \|$|^(?:\|[-: ]+)+\|$", "", line) if line.startswith("|") else line
            assert not re.search(r"<|>|(?<!\\)[`|]|://|@[a-z]", cells)
            assert not line or re.match(r"##+ |\*|  ?- |- |\| |\|-|\[\^[0-9a-f]{6}\]: |\w", line)


def test_a_name_at_the_head_of_an_item_begins_no_list():
    found = next(one for one in invented().findings if one.rule == "agreement-missing" and one.verdict is Verdict.BROKEN)
    for name, shown in (("- A", r"- \- A"), ("1. A", r"- 1\. A"), ("+ A", r"- \+ A"), ("12-KH", "- 12-KH")):
        units = {key: unit._replace(name=name) for key, unit in invented().units.items()}
        text = page(invented()._replace(units=units, findings=[found]))
        assert f"\n{shown} chưa ký kết" in text


def test_the_command_prints_both_days_and_the_same_bytes_twice(tmp_path: Path):
    first, second = (tracker("limitations", *SEEN) for _ in range(2))
    assert first == second
    assert (first.code, first.err) == (0, "")
    newest = judged(showcase(), SHOWCASE_DAY, plans=("12-KH", "05-CTr"))
    assert first.out == page(newest) + "\n"
    assert "Tính đến 20/10/2024; số liệu ghi nhận đến 20/10/2024." in first.out
    ran = tracker("limitations", *SEEN, "--trace", "-o", str(tmp_path / "a.md"))
    assert (ran.code, ran.out) == (0, "")
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == page(newest, trace=True) + "\n"
    assert tracker("limitations", *SEEN, "--format", "pdf").code == 2
    every = [word for plan in showcase().plans for word in ("--plan", plan.key)]
    assert "10-KH/BDVTU-BDT" in tracker("limitations", *SEEN, *every).out
    assert "10-KH/BDVTU-BDT" not in first.out, "the newest plan and its programme, unless others are asked for"


def test_a_part_of_the_province_can_be_asked_for():
    ran = tracker("limitations", *SEEN, "--unit", "tan-ang")
    assert ran.code == 0
    assert "Huyện Tấn Ân chưa ký kết" in ran.out
    assert "Ban Dân tộc" not in ran.out


def test_a_paragraph_is_put_together_once():
    paragraph = Paragraph("r", "r", "Câu.", "Nguyên nhân:", "[X]", (), ())
    assert paragraph.text == "Câu. Nguyên nhân: [X]."
    assert paragraph._replace(missing="", cause="Nguyên nhân: “a”").text == "Câu. Nguyên nhân: “a”."

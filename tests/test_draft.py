"""The draft of the limitations: every figure, cause and sentence has what it rests on; nothing else gets in."""

import re
from functools import cache
from pathlib import Path

import pytest
from golden_files import same
from projects import REAL_DAY, ROOT, SHOWCASE, SHOWCASE_DAY, copy_of, edit, judged, real, showcase
from test_cli import SEEN, tracker
from told_reports import HOSTILE, bare, hostile

from tracker.check import prepare
from tracker.draft import draft
from tracker.lang import words
from tracker.model.draft import Draft, Paragraph
from tracker.model.finding import Verdict
from tracker.model.report import Report
from tracker.model.rule import Rule, Severity
from tracker.model.source import NOWHERE
from tracker.read import read
from tracker.render.draft import formats, renderer

NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
MISSING = words()("draft.missing")


@cache
def invented() -> Report:
    return judged(showcase(), SHOWCASE_DAY)


@cache
def seed() -> Report:
    return judged(real(), REAL_DAY)


REPORTS = {"showcase": invented, "real": seed, "hostile": hostile}
every = pytest.mark.parametrize("name", list(REPORTS))


def page(report: Report, *, trace: bool = False, code: str = "vi") -> str:
    return renderer("md")(draft(report), words(code), trace)


def only(report: Report, *keys: str) -> Report:
    """The report with these findings alone."""
    by_key = {finding.fingerprint: finding for finding in report.findings}
    return report._replace(findings=[by_key[key] for key in keys])


def with_template(report: Report, id_: str, **texts: str) -> Report:
    rules = [rule._replace(limitation={**rule.limitation, **texts}) if rule.id == id_ else rule for rule in report.rules]
    return report._replace(rules=rules)


def sentences(report: Report, rule: str) -> list[str]:
    return [paragraph.sentence for paragraph in draft(report).paragraphs if paragraph.rule == rule]


@pytest.mark.parametrize(
    ("name", "report", "trace", "code"),
    [
        ("draft-showcase.md", invented, False, "vi"),
        ("draft-showcase-trace.md", invented, True, "vi"),
        ("draft-showcase-trace-en.md", invented, True, "en"),
        ("draft-real.md", seed, False, "vi"),
    ],
)
def test_it_is_the_one_that_a_person_read(name: str, report, trace: bool, code: str):
    same(name, page(report(), trace=trace, code=code) + "\n")


def test_formats_are_found_in_their_folder():
    assert formats() == ("md",)


@every
def test_every_number_is_a_named_figure_of_its_paragraph(name: str):
    paragraphs = draft(REPORTS[name]()).paragraphs
    assert any(NUMBER.search(paragraph.text) for paragraph in paragraphs)
    for paragraph in paragraphs:
        figures = {number for figure in paragraph.figures for number in NUMBER.findall(figure.text)}
        assert set(NUMBER.findall(paragraph.text)) <= figures, paragraph.text
        rest = paragraph.text.casefold()
        for figure in sorted(paragraph.figures, key=lambda figure: -len(figure.text)):
            if figure.text:
                rest = rest.replace(figure.text.casefold(), "")
        assert not re.search(r"[0-9]", rest), paragraph.text


@every
def test_a_figure_counts_the_findings_behind_it(name: str):
    for paragraph in draft(REPORTS[name]()).paragraphs:
        figures = {figure.name: figure.text for figure in paragraph.figures}
        if "count" in figures:
            assert figures["count"] == words().counted(len(paragraph.grounds))
        if "units" in figures:
            assert int(figures["units"]) <= int(figures["all_units"])


@every
def test_what_cannot_be_told_is_counted_and_never_worded(name: str):
    report = REPORTS[name]()
    unknown = {finding.fingerprint for finding in report.findings if finding.verdict is Verdict.UNKNOWN}
    made = draft(report)
    assert made.unknown == len(unknown)
    assert unknown.isdisjoint(ground.finding for paragraph in made.paragraphs for ground in paragraph.grounds)


def test_unknown_alone_gives_no_sentence_and_a_note():
    report = invented()
    alone = report._replace(findings=[one for one in report.findings if one.verdict is Verdict.UNKNOWN])
    made = draft(alone)
    assert made.paragraphs == ()
    assert made.nothing
    assert words()("draft.note.unknown", count="4") in page(alone)


@every
def test_each_broken_finding_that_has_words_is_in_one_sentence(name: str):
    report = REPORTS[name]()
    rules = {rule.id: rule for rule in report.rules}
    wanted = [one for one in report.findings if one.verdict is Verdict.BROKEN and (one.counts or one.waiver)]
    worded = [one.fingerprint for one in wanted if rules[one.rule].limitation]
    made = draft(report)
    assert sorted(ground.finding for paragraph in made.paragraphs for ground in paragraph.grounds) == sorted(worded)
    assert made.unworded == len(wanted) - len(worded)


def test_what_is_waived_is_still_a_limitation_and_its_reason_a_cause():
    waived = [finding for finding in invented().findings if finding.waiver and finding.rule == "task-overdue"]
    paragraph = draft(only(invented(), waived[0].fingerprint)).paragraphs[0]
    assert waived[0].waiver is not None
    assert waived[0].waiver.reason.rstrip(".") in paragraph.cause
    assert paragraph.missing == ""
    assert waived[0].waiver.at in paragraph.grounds[0].places


def test_weightiest_first():
    weights = []
    for paragraph in draft(invented()).paragraphs:
        keys = {ground.finding for ground in paragraph.grounds}
        worst = max(one.severity.rank for one in invented().findings if one.fingerprint in keys)
        weights.append((-worst, -len(keys), paragraph.rule))
    assert weights == sorted(weights)
    assert len({weight[0] for weight in weights}) == len(Severity)


def test_the_showcase_gives_ten_sentences_one_and_many_with_cause_and_without():
    paragraphs = draft(invented()).paragraphs
    assert len({paragraph.sentence for paragraph in paragraphs}) >= 10
    assert {len(paragraph.grounds) > 1 for paragraph in paragraphs} == {True, False}
    assert {bool(paragraph.missing) for paragraph in paragraphs} == {True, False}


WORDED = [rule for rule in showcase().rules if rule.limitation]


@pytest.mark.parametrize("rule", WORDED, ids=lambda rule: rule.id)
def test_each_rule_says_one_and_says_many(rule: Rule):
    found = next(
        one for report in (invented(), seed()) for one in report.findings
        if one.rule == rule.id and one.verdict is Verdict.BROKEN
    )  # fmt: skip
    report = invented() if found in invented().findings else seed()
    said = []
    for number in (1, 2):
        several = [found._replace(fingerprint=f"{found.fingerprint}#{count}") for count in range(number)]
        said += sentences(report._replace(findings=several), rule.id)
    assert len(said) == 2
    assert said[0] != said[1]
    for text in said:
        assert text[0].isupper()
        assert text.endswith(".")
        assert not re.search(r"[{}]|  | [,.;]|None", text)


def reasons() -> set[str]:
    """Every reason that somebody wrote in the invented province."""
    project = showcase()
    moved = [one for plan in project.plans for one in plan.amended]
    return {one.reason.rstrip(".") for one in (*project.actuals, *project.waivers, *moved)} - {""}


def test_a_cause_is_what_somebody_wrote():
    found = 0
    for paragraph in draft(invented()).paragraphs:
        quoted = [figure.text for figure in paragraph.figures if re.fullmatch(r"reason_[0-9]+", figure.name)]
        found += len(quoted)
        assert set(quoted) <= reasons()
        assert quoted or paragraph.missing == MISSING
    assert found >= 6


def test_no_cause_without_a_reason():
    project = showcase()
    plans = [
        plan._replace(
            amended=tuple(one._replace(reason="") for one in plan.amended),
            tasks=tuple(task._replace(amendments=()) for task in plan.tasks),
        )
        for plan in project.plans
    ]
    mute = project._replace(
        actuals=tuple(one._replace(reason="") for one in project.actuals), waivers=(), plans=tuple(plans),
    )  # fmt: skip
    for paragraph in draft(judged(mute, SHOWCASE_DAY)).paragraphs:
        assert paragraph.text.endswith(f"{words()('draft.cause', causes='').rstrip()} {MISSING}.")


def test_the_reason_of_some_is_not_the_cause_of_all():
    late = next(one for one in draft(invented()).paragraphs if one.rule == "report-late")
    assert "“Thay đổi cán bộ tổng hợp” (01/04 trường hợp); các trường hợp còn lại:" in late.cause
    assert late.missing == MISSING


def test_without_a_record_its_sentence_changes():
    project = showcase()
    fewer = project._replace(actuals=tuple(one for one in project.actuals if one.reason != "Thay đổi cán bộ tổng hợp"))
    assert sentences(judged(fewer, SHOWCASE_DAY), "report-late") != sentences(invented(), "report-late")


def quantified(number: int) -> str:
    """What is said of so many of the nine districts."""
    found = [one for one in seed().findings if one.rule == "plan-carried-over"][:number]
    text = with_template(seed(), "plan-carried-over", one="Ở {unit}.", many="Ở {some_units}.")
    return sentences(text._replace(findings=found), "plan-carried-over")[0]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "Ở thành phố Thái Nguyên."),
        (2, "Ở một số địa phương (02/09 huyện, thành phố: thành phố Thái Nguyên, thành phố Sông Công)."),
        (3, "Ở một số địa phương (03/09 huyện, thành phố: thành phố Thái Nguyên, thành phố Sông Công, huyện Định Hóa)."),
        (4, "Ở một số địa phương (04/09 huyện, thành phố)."),
        (5, "Ở nhiều địa phương (05/09 huyện, thành phố)."),
        (9, "Ở tất cả các địa phương (09/09 huyện, thành phố)."),
    ],
)
def test_quantifiers_are_those_of_reports_with_how_many_of_how_many(number: int, said: str):
    assert quantified(number) == said


def test_findings_are_grouped_by_task_where_the_sentence_names_it():
    found = [one for one in invented().findings if one.rule == "task-overdue" and one.verdict is Verdict.BROKEN]
    report = with_template(invented(), "task-overdue", many="“{title}” ở {some_units}.")
    tasks = {finding.row["task"] for finding in found}
    assert len(sentences(report, "task-overdue")) == len(tasks) < len(found)


def test_without_a_sentence_for_many_each_has_its_own():
    rules = [rule._replace(limitation={"one": rule.limitation["one"]}) if rule.limitation else rule for rule in invented().rules]
    report = invented()._replace(rules=rules)
    assert len(sentences(report, "report-late")) == 4


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
    assert [one.args["slots"] for one in problems] == ["count, task, title"]


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
        body = re.sub(r"^  <!-- tracker: (.*) -->$", r"\1", line)
        if body != line:
            assert "--" not in body
        else:
            assert not re.search(r"<|>|(?<!\\)[`|]|://|@[a-z]", line)
            assert not line or re.match(r"##+ |\*|  ?- |- |\w", line)


def test_a_name_at_the_head_of_an_item_begins_no_list():
    found = next(one for one in invented().findings if one.rule == "agreement-missing" and one.verdict is Verdict.BROKEN)
    for name, shown in (("- A", r"- \- A"), ("1. A", r"- 1\. A"), ("+ A", r"- \+ A"), ("12-KH", "- 12-KH")):
        units = {key: unit._replace(name=name) for key, unit in invented().units.items()}
        text = page(invented()._replace(units=units, findings=[found]))
        assert f"\n{shown} chưa ký kết" in text


def test_the_keys_are_those_of_the_findings():
    paragraphs = draft(invented()).paragraphs
    comments = re.findall(r"^  <!-- tracker: (.*) -->$", page(invented()), re.MULTILINE)
    assert [one.split(", ") for one in comments] == [[g.finding for g in one.grounds] for one in paragraphs]
    assert "<!--" not in page(invented(), trace=True)


def test_the_trace_leads_to_lines_that_are_there():
    found = 0
    for paragraph in draft(invented()).paragraphs:
        for ground in paragraph.grounds:
            assert ground.places, ground.finding
            for place in ground.places:
                base = ROOT if place.file.startswith("rules/") and not (SHOWCASE / place.file).exists() else SHOWCASE
                assert 0 < place.line <= len((base / place.file).read_text(encoding="utf-8").splitlines())
                found += 1
    assert found > 30


def test_nothing_to_report_is_a_sentence_too():
    fine = invented()._replace(findings=())
    none = fine._replace(saw={})
    assert draft(fine).nothing == words()("draft.nothing")
    assert draft(none).nothing == words()("draft.nothing_judged")
    assert page(fine).splitlines()[-1] == words()("draft.nothing")
    assert draft(invented()).nothing == ""


def test_soft_and_impersonal():
    for report in (invented(), seed()):
        for paragraph in draft(report).paragraphs:
            assert not re.search(r"sai phạm|vi phạm|yếu kém|buông lỏng|không chịu", paragraph.sentence)


def test_the_command_prints_both_days_and_the_same_bytes_twice(tmp_path: Path):
    first, second = (tracker("limitations", *SEEN) for _ in range(2))
    assert first == second
    assert (first.code, first.err) == (0, "")
    assert first.out == page(invented()) + "\n"
    assert "Tính đến 20/10/2024; số liệu ghi nhận đến 20/10/2024." in first.out
    ran = tracker("limitations", *SEEN, "--trace", "-o", str(tmp_path / "a.md"))
    assert (ran.code, ran.out) == (0, "")
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == page(invented(), trace=True) + "\n"
    assert tracker("limitations", *SEEN, "--format", "docx").code == 2


def test_a_part_of_the_province_can_be_asked_for():
    ran = tracker("limitations", *SEEN, "--unit", "tan-ang")
    assert ran.code == 0
    assert "Huyện Tấn Ân chưa ký kết" in ran.out
    assert "Ban Dân tộc" not in ran.out


def test_a_paragraph_is_put_together_once():
    paragraph = Paragraph("r", "Câu.", "Nguyên nhân:", "[X]", (), ())
    assert paragraph.text == "Câu. Nguyên nhân: [X]."
    assert paragraph._replace(missing="", cause="Nguyên nhân: “a”").text == "Câu. Nguyên nhân: “a”."
    assert isinstance(draft(seed()), Draft)

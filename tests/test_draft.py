"""The draft of the limitations: every figure, cause and sentence has what it rests on; nothing else gets in."""

import re
from functools import cache

import pytest
from golden_files import same
from projects import REAL_DAY, ROOT, SHOWCASE, SHOWCASE_DAY, judged, real, showcase
from told_reports import hostile

from tracker.draft import draft, section
from tracker.lang import words
from tracker.model.finding import Verdict
from tracker.model.report import Report
from tracker.model.rule import Rule, Severity
from tracker.render.paper import Look, formats, renderer
from tracker.render.regions import short

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
    return renderer("md")(section(report, words(code)), Look(words(code), trace)).decode().rstrip("\n")


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
    assert {"docx", "html", "md"} <= set(formats())


@every
def test_every_number_is_a_named_figure_of_its_paragraph(name: str):
    paragraphs = draft(REPORTS[name]()).paragraphs
    assert any(NUMBER.search(paragraph.text) for paragraph in paragraphs)
    for paragraph in paragraphs:
        figures = {number for figure in paragraph.figures for number in NUMBER.findall(figure.text)}
        assert set(NUMBER.findall(paragraph.text)) <= figures, paragraph.text
        if paragraph.note:
            noted = {number for figure in paragraph.note.figures for number in NUMBER.findall(figure.text)}
            assert set(NUMBER.findall(paragraph.note.text)) <= noted, paragraph.note.text
        if paragraph.annex:
            assert sum(int(row[2]) for row in paragraph.annex.rows) == len(paragraph.grounds)
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
        said = f"{words()('draft.cause.any', causes='').rstrip()} {MISSING}."
        assert paragraph.text.removesuffix(f" {paragraph.doubt}").endswith(said), paragraph.text


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
        (4, "Ở một số địa phương (04/09 huyện, thành phố, danh sách tại Phụ lục)."),
        (5, "Ở nhiều địa phương (05/09 huyện, thành phố, danh sách tại Phụ lục)."),
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


def test_the_keys_are_those_of_the_findings():
    paragraphs = draft(invented()).paragraphs
    marks = re.findall(r"^<!-- tracker: end (.*) -->$", page(invented()), re.MULTILINE)
    grounds = [(*one.grounds, *(one.note.grounds if one.note else ())) for one in paragraphs]
    assert marks == [short([ground.finding for ground in those]) for those in grounds]
    assert any(mark.count(", ") > 2 for mark in marks)
    assert "<!-- tracker: end -->" in page(invented(), trace=True)
    for ground in (ground for one in paragraphs for ground in one.grounds):
        assert f"\n  - {ground.finding} (" in page(invented(), trace=True)


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
    said = words()("draft.nothing", tasks="42", rules=str(len(fine.rules)))
    assert draft(fine).nothing == said
    assert {figure.text for figure in draft(fine).figures} >= set(NUMBER.findall(said))
    assert draft(none).nothing == words()("draft.nothing_judged")
    assert said in page(fine).splitlines()
    assert draft(invented()).nothing == ""


def test_soft_and_impersonal():
    for report in (invented(), seed()):
        for paragraph in draft(report).paragraphs:
            assert not re.search(r"sai phạm|vi phạm|yếu kém|buông lỏng|không chịu", paragraph.sentence)

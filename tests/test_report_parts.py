"""The parts of a whole report: what lies ahead, to whom it goes, over which days it speaks; and the command."""

import re
from datetime import date
from itertools import pairwise

import pytest
from drawn_reports import SAY, block_of, both, drawn, paper, plan_of, text
from inside import tracker
from projects import REAL_DAY, SHOWCASE, SHOWCASE_DAY, copy_of, edit, real, showcase

from tracker.draft import draft
from tracker.draft.over import following, named, over
from tracker.draft.section import limitations
from tracker.lang import words
from tracker.model.paper import Side
from tracker.model.values import Span
from tracker.read import read


def test_the_limitations_are_those_of_the_section():
    judged, of = both("showcase")
    assert list(limitations(draft(judged))) == [block for block in of.body if block.key.startswith("II.2/")]


def test_what_lies_ahead_is_the_next_plan_with_blanks_for_what_it_does_not_say():
    block = block_of(paper("real"), "III/2024/2.1")
    assert "dự kiến ngày 30/10/2024" in block.text
    assert [run.text for run in block.runs if run.blank] == ["[CẦN BỔ SUNG: cơ quan chủ trì]"]
    assert "tròn 05 năm vào ngày 30/10/2024" in block_of(paper("real"), "III.anniversaries/65-KL/TW").text
    assert "III/blank" in {block.key for block in paper("showcase").body}, "no plan of the year ahead is on record"
    carried = block_of(paper("real"), "III.carried/14-KH/1.2")
    assert "09/09 huyện, thành phố" in carried.text
    assert sum(ground.finding.startswith("plan-carried-over:") for ground in carried.grounds) == 9


def test_nothing_owed_is_a_sentence_too():
    project = showcase()
    plan = plan_of(project, "12-KH")
    bare = project._replace(plans=(plan._replace(tasks=(), areas={}, amended=(), under=""),), actuals=(), figures=(), rules=())
    of = drawn(bare, "12-KH", SHOWCASE_DAY)[1]
    keys = [block.key for block in of.body]
    assert {"I/nothing", "II.1/nothing", "II.2/nothing", "III/blank", "III.carried/nothing"} <= set(keys)
    assert all(block.text.strip() for block in of.body)


def test_a_citation_lacks_what_nobody_registered():
    project = showcase()
    plans = tuple(plan._replace(issued=None, title=plan.id) for plan in project.plans if plan.key in ("12-KH", "05-CTr"))
    of = drawn(project._replace(plans=plans, documents=()), "12-KH", SHOWCASE_DAY)[1]
    blanks = [run.text for run in block_of(of, "preamble").runs if run.blank]
    assert blanks == ["[CẦN BỔ SUNG: ngày ban hành]", "[CẦN BỔ SUNG: trích yếu]"] * 2


def test_recipients_go_by_rule():
    frame = paper("real").frame
    assert frame is not None
    assert frame.side is Side.PARTY
    assert frame.recipients == (
        "Thường trực Tỉnh ủy (báo cáo)",
        "Ban Dân tộc tỉnh",
        "Ban dân vận các huyện, thành ủy",
        "Phòng dân tộc các huyện, thành phố",
        "Văn phòng HĐND và UBND thành phố Sông Công",
        "Lưu Ban Dân vận Tỉnh ủy",
    )
    assert frame.subject.endswith("giữa Ban Dân vận Tỉnh ủy và Ban Dân tộc tỉnh năm 2023")


def test_a_group_without_a_name_is_every_member_by_its_own():
    project = showcase()
    programme = plan_of(project, "05-CTr")
    assert programme.paper is not None
    recipients = tuple(one._replace(called="") for one in programme.paper.recipients if one.to == "huyen")
    changed = programme._replace(paper=programme.paper._replace(recipients=recipients))
    plans = tuple(changed if plan.key == "05-CTr" else plan for plan in project.plans)
    frame = drawn(project._replace(plans=plans), "12-KH", SHOWCASE_DAY)[1].frame
    assert frame is not None
    assert "Huyện Khê Trung" in frame.recipients, "founded by then"
    assert "Huyện Đông Khê" not in frame.recipients, "dissolved by then"
    assert "Thị xã Hạ Lâm" not in frame.recipients, "its counterpart stands in"
    assert "Văn phòng HĐND và UBND thị xã Hạ Lâm" in frame.recipients


def test_a_recipient_that_nobody_knows_is_a_problem_and_is_left_out(tmp_path):
    folder = copy_of(SHOWCASE, tmp_path / "p")
    edit(folder / "plans" / "05-CTr-2022.yaml", "{to: huyen, called", "{to: huyeen, called")
    project = read(folder)
    (problem,) = project.problems
    assert (problem.code, problem.args["near"]) == ("reference-owed-near", "huyen")
    assert str(problem.place).startswith("plans/05-CTr-2022.yaml:")
    head = plan_of(project, "05-CTr").paper
    assert head is not None
    assert [one.to for one in head.recipients] == ["", "bdt"]


def test_the_last_part_of_a_year_looks_into_the_next_plan():
    of = drawn(real(), "14-KH", REAL_DAY, "2023-12")[1]
    assert block_of(of, "III").text.endswith("năm 2024")
    assert "III/2024/2.1" in {block.key for block in of.body}
    assert "III.carried/14-KH/2.3" not in {block.key for block in of.body}
    assert "III.carried/14-KH/1.2" in {block.key for block in of.body}, "due after the window, and nobody else asks for it"


def test_a_plan_without_a_number_is_named_by_its_title():
    of = drawn(real(), "2024", date(2024, 12, 31))[1]
    assert [run.text for run in block_of(of, "preamble").runs if run.blank][:1] == ["[CẦN BỔ SUNG: số, ký hiệu]"]
    assert block_of(of, "II.1/counts").text.startswith("“Phương hướng, nhiệm vụ trọng tâm phối hợp năm 2024”")


def test_a_closed_plan_is_told_as_of_its_closing():
    judged, of = drawn(showcase(), "10-KH", SHOWCASE_DAY)
    assert judged.as_of == date(2022, 12, 20)
    assert "20/12/2022" in block_of(of, "preamble/until").text


def test_a_part_of_a_year_is_told_by_its_window_and_says_so():
    judged, of = both("showcase-quarter")
    assert judged.as_of == date(2024, 9, 14)
    assert "từ ngày 15/6/2024 đến ngày 14/9/2024" in block_of(of, "preamble/window").text
    for block in of.body:
        if block.key.startswith("I.") and "/12-KH/" in block.key:
            for day in re.findall(r"ngày ([0-9]{2}/[0-9]{1,2}/[0-9]{4})", block.text):
                assert date(2024, 6, 15) <= date(*map(int, reversed(day.split("/")))) <= date(2024, 9, 14)


def test_without_a_regime_it_is_plan_time():
    plan = plan_of(showcase(), "12-KH")
    found = over(plan._replace(regimes={}), "2024-Q3")
    assert found is not None
    assert (found.opens, found.end, found.regime) == (date(2024, 7, 1), date(2024, 9, 30), None)


@pytest.mark.parametrize(
    ("first", "last", "period", "held"),
    [
        (date(2024, 6, 15), date(2024, 6, 15), "", True),
        (date(2024, 6, 14), date(2024, 6, 14), "", False),
        (date(2024, 9, 15), date(2024, 9, 15), "", False),
        (date(2024, 6, 1), date(2024, 6, 30), "", None),
        (date(2024, 1, 1), date(2024, 12, 31), "", None),
        (date(2024, 10, 4), date(2024, 10, 4), "2024-Q3", True),
        (date(2024, 7, 4), date(2024, 7, 4), "2024-06", False),
        (date(2024, 7, 4), date(2024, 7, 4), "2024", None),
    ],
)
def test_a_record_falls_into_a_part_for_certain_or_not_at_all_or_nobody_knows(first, last, period, held):
    found = over(plan_of(showcase(), "12-KH"), "2024-Q3")
    assert found is not None
    assert found.holds(showcase().actuals[0]._replace(when=Span(first, last), period=period)) is held


def test_the_parts_of_a_year_follow_each_other():
    plan = plan_of(showcase(), "12-KH")
    seen, here = [], over(plan, "2024-01")
    while here is not None:
        seen.append(here)
        here = following(plan, here)
    assert [one.id for one in seen] == [f"2024-{month:02d}" for month in range(1, 13)]
    assert all((b.opens - a.end).days == 1 for a, b in pairwise(seen))
    whole = over(plan, "")
    assert whole is not None
    assert following(plan, whole) is None
    assert over(plan, "2023-Q1") is None


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2023", "năm 2023"), ("2023-Q3", "quý III năm 2023"), ("2023-09", "tháng 9 năm 2023"),
        ("2023-02", "tháng 02 năm 2023"), ("2023-H1", "sáu tháng đầu năm 2023"), ("2023-H2", "sáu tháng cuối năm 2023"),
        ("2023-9M", "chín tháng đầu năm 2023"), ("2022-2025", "giai đoạn 2022-2025"),
    ],
)  # fmt: skip
def test_periods_in_headings(period: str, said: str):
    assert named(period, SAY) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2023, 2, 1), "01/02/2023"), (date(2022, 3, 15), "15/3/2022"), (date(2024, 9, 5), "05/9/2024"),
        (date(2024, 1, 31), "31/01/2024"), (date(2024, 12, 10), "10/12/2024"),
    ],
)  # fmt: skip
def test_days_inside_sentences(day: date, said: str):
    assert SAY.written_day(day) == said
    assert words("en").written_day(day) == words("en").day(day)


def test_the_command_writes_what_is_drawn():
    code, out, trouble = tracker("report", "--plan", "14-KH/BDVTU-BDT", "--as-of", "31/12/2023")
    assert (code, trouble) == (0, "")
    assert out == text(paper("real"))
    code, out, trouble = tracker("report", "--plan", "12-KH", "--project", str(SHOWCASE), "--period", "tháng 5/2024", "--as-of", "20/10/2024")
    assert (code, trouble) == (0, "")
    assert out == text(paper("showcase-month"))


@pytest.mark.parametrize(
    ("words_", "said"),
    [
        (("--period", "2025-Q1", "--plan", "12-KH"), "12-KH/BDVTU-BDT không có kỳ “2025-Q1”"),
        (("--period", "hôm qua", "--plan", "12-KH"), "không có kỳ “hôm qua”"),
        (("--plan", "12-KH", "--plan", "11-KH"), "báo cáo lập cho một kế hoạch"),
        (("--plan", "12-KH", "--as-of", "01/01/2024"), "hãy chọn --as-of từ 25/01/2024"),
    ],
)
def test_what_cannot_be_drawn_is_said_with_what_to_do(words_, said: str):
    code, out, trouble = tracker("report", "--project", str(SHOWCASE), *words_)
    assert (code, out) == (2, "")
    assert said in " ".join(trouble.split())


def test_what_a_person_wrote_stays_when_the_report_is_drawn_again(tmp_path):
    folder, page_ = copy_of(SHOWCASE, tmp_path / "p"), tmp_path / "bao-cao.md"
    words_ = ("report", "--project", str(folder), "--plan", "12-KH", "--as-of", "20/10/2024", "-o", str(page_))
    assert tracker(*words_)[0] == 0
    edit(page_, "đạt 20/27 lớp (74,07%).", "đạt 20/27 lớp (74,07%), đúng đối tượng.")
    log = folder / "actuals" / "2024" / "bdt.yaml"
    edit(log, "quantity: 1 hội nghị, people: 80 đại biểu", "quantity: 2 hội nghị, people: 80 đại biểu")
    code, _, said = tracker(*words_)
    assert code == 0
    assert "giữ 1 đoạn đã sửa tay" in said
    again = page_.read_text(encoding="utf-8")
    assert "đúng đối tượng." in again
    assert "đạt 04/05 hội nghị (80%)" in again


def test_it_is_a_page_too():
    code, out, trouble = tracker("report", "--plan", "14-KH", "--as-of", "31/12/2023", "--format", "html")
    assert (code, trouble) == (0, "")
    assert "8/8/9" in out


def test_two_alike_outside_of_the_plan_are_two():
    project = showcase()
    outside = next(one for one in project.actuals if not one.task)
    keys = [block.key for block in drawn(project._replace(actuals=(outside, outside)), "12-KH", SHOWCASE_DAY)[1].body]
    assert sum(key.startswith("I.beside/") for key in keys) == 2
    assert len(set(keys)) == len(keys)


def test_nothing_is_drawn_from_files_that_could_not_be_read(tmp_path):
    folder = copy_of(SHOWCASE, tmp_path / "p")
    edit(folder / "actuals" / "2024" / "bdt.yaml", "quantity: 2 hội nghị", "quantity: hai hội nghị")
    code, out, trouble = tracker("report", "--project", str(folder), "--plan", "12-KH", "--as-of", "20/10/2024")
    assert (code, out) == (2, "")
    assert "actuals/2024/bdt.yaml:" in trouble

"""The whole report: every number is a figure with its record, nothing is passed over in silence, nothing is invented."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from drawn_reports import NAMES, SAY, block_of, both, drawn, every, paper, root_of, text
from golden_files import same
from hypothesis import given, settings, strategies as st
from inside import tracker
from projects import REAL_DAY, ROOT, SHOWCASE_DAY, real, showcase

from tracker.draft.parts.assessment import rate
from tracker.model.actual import Actual, Step
from tracker.model.paper import Filled, Paper, Role
from tracker.model.project import Project
from tracker.model.standing import State

NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


@pytest.mark.parametrize("name", ["real", "showcase", "showcase-quarter", "showcase-month"])
def test_it_is_the_one_that_a_person_read(name: str):
    same(f"report-{name}.md", text(paper(name)))


def test_the_trace_is_the_one_that_a_person_read():
    same("report-showcase-trace.md", text(paper("showcase"), trace=True))


def stretches(of: Paper) -> Iterator[tuple[str, str, tuple[Filled, ...]]]:
    for block in of.body:
        yield block.key, block.text, block.figures
        for note in block.notes:
            yield f"{block.key}, note", note.text, note.figures


@every
def test_every_number_is_a_figure_of_its_block(name: str):
    found = 0
    for key, said, figures in stretches(paper(name)):
        known = {number for figure in figures for number in NUMBER.findall(figure.text)}
        assert set(NUMBER.findall(said)) <= known, key
        found += len(known)
    assert found > 60
    assert unexplained(paper(name)) == []


def unexplained(of: Paper) -> list[str]:
    """Keys of blocks with a digit that stands in no figure."""
    found = []
    for key, said, figures in stretches(of):
        rest = said.casefold()
        for figure in sorted(figures, key=lambda figure: -len(figure.text)):
            rest = rest.replace(figure.text.casefold(), "")
        if re.search(r"[0-9]", rest):
            found.append(key)
    return found


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_whatever_is_recorded_no_number_is_without_its_figure(data: st.DataObject):
    project = showcase()
    kept = data.draw(st.lists(st.booleans(), min_size=len(project.actuals), max_size=len(project.actuals)))
    period = data.draw(st.sampled_from(["", "2024-Q1", "2024-Q2", "2024-H1", "2024-9M", "2024-09", "2024-12"]))
    day = data.draw(st.dates(date(2024, 2, 1), date(2025, 3, 1)))
    fewer = project._replace(actuals=tuple(one for one, keep in zip(project.actuals, kept, strict=True) if keep))
    of = drawn(fewer, "12-KH", day, period)[1]
    assert unexplained(of) == []
    assert all(block.text.strip() for block in of.body)
    assert len({block.key for block in of.body}) == len(of.body)
    assert not re.search(r"[{}]|None|  |\.\.|: \.", "\n".join(b.text for b in of.body).replace("{unit}", "ai"))


@every
def test_every_sentence_with_a_number_rests_on_lines_that_are_there(name: str):
    found = 0
    for block in paper(name).body:
        grounds = (*block.grounds, *(ground for note in block.notes for ground in note.grounds))
        if block.figures and block.role in (Role.ITEM, Role.TEXT) and block.key != "preamble/until":
            assert grounds or block.key == "II.1/nothing", block.key
        for ground in grounds:
            assert ground.finding
            for place in ground.places:
                base = ROOT if place.file.startswith("rules/") and not (root_of(name) / place.file).exists() else root_of(name)
                assert 0 < place.line <= len((base / place.file).read_text(encoding="utf-8").splitlines())
                found += 1
    assert found > 30


@every
def test_keys_are_unique_and_the_same_from_run_to_run(name: str):
    keys = [block.key for block in paper(name).body]
    assert len(set(keys)) == len(keys)
    assert all(len(block.runs) for block in paper(name).body)


def test_keys_do_not_move_with_what_stands_around_them():
    project = showcase()
    fewer = project._replace(actuals=tuple(one for one in project.actuals if one.task != "12-KH/1.1"))
    keys = {block.key for block in drawn(fewer, "12-KH", SHOWCASE_DAY)[1].body}
    before = {block.key for block in paper("showcase").body}
    assert before - keys == {"I.1/12-KH/1.1"}
    assert "I.2/12-KH/2.1" in keys


def of_record(actual: Actual, of: Paper) -> dict[str, str]:
    """What is said where this record is among the grounds, with its notes."""
    return {
        block.key: block.text + "".join(note.text for note in block.notes)
        for block in of.body
        if block.key.startswith("I")
        and any(ground.finding.startswith("actual:") and actual.at in ground.places for ground in block.grounds)
    }


def sent_back(project: Project, actual: Actual) -> bool:
    """Whether its return alone says that it is not there: the sentence is the same without what was sent before."""
    slot = (actual.task, actual.unit, actual.period)
    return any((one.task, one.unit, one.period) == slot and one.step is Step.RETURNED for one in project.actuals)


@pytest.mark.parametrize("name", ["real", "showcase", "showcase-quarter"])
def test_without_a_record_its_sentence_is_gone_or_says_something_else(name: str):
    project, key, day = (real(), "14-KH", REAL_DAY) if name == "real" else (showcase(), "12-KH", SHOWCASE_DAY)
    period = "2024-Q3" if name.endswith("quarter") else ""
    grounded = 0
    seen = set()
    for actual in project.actuals:
        said = of_record(actual, paper(name))
        if not said or actual.at in seen or sent_back(project, actual):
            continue
        seen.add(actual.at)
        grounded += 1
        gone = {actual.at} | {one.at for one in project.actuals if one.id and one.id == actual.corrects}
        fewer = project._replace(actuals=tuple(one for one in project.actuals if one.at not in gone))
        now = {block.key: block.text + "".join(n.text for n in block.notes) for block in drawn(fewer, key, day, period)[1].body}
        for block, before in said.items():
            assert now.get(block) != before, (block, str(actual.at))
    assert grounded >= (8 if period else 30)


@every
def test_every_task_is_told_or_named_as_without_result_or_counted(name: str):
    judged, of = both(name)
    plan = next(plan for plan in judged.plans if not plan.programme)
    told = {ground.finding for block in of.body if block.key.startswith("I.") for ground in block.grounds}
    if name in ("real", "showcase"):
        assert {f"task:{task.id}" for task in plan.tasks} <= told


def test_amounts_are_as_written_and_never_added_across_levels():
    said = block_of(paper("real"), "I.2/14-KH/2.5").text
    assert "01 hội nghị với 59 đại biểu" in said
    assert "toàn tỉnh 38 hội nghị với trên 4.700 đại biểu" in said
    assert "39" not in said
    assert "gần 4.152 lượt cán bộ" in block_of(paper("real"), "I.2/14-KH/2.8").text
    assert "2.359 mô hình (gồm 1.797 mô hình, 562 mô hình)" in block_of(paper("real"), "I.2/14-KH/2.10").text


def test_a_sum_is_the_one_that_the_engine_made():
    said = block_of(paper("showcase"), "I.2/12-KH/2.1").text
    assert "đạt 03/05 hội nghị (60%)" in said
    assert "150 đại biểu" in said
    assert "230" not in said


def test_coverage_is_three_numbers_with_the_reason_below():
    block = block_of(paper("real"), "I.1/08-CTr/agreement")
    assert "8/8/9 huyện, thành phố" in block.text
    (note,) = block.notes
    assert "thành phố Sông Công không thành lập phòng dân tộc" in note.text
    assert "Văn phòng HĐND và UBND thành phố Sông Công" in note.text
    assert any(ground.finding == "fact:song-cong/has_ethnic_office" for ground in note.grounds)


def test_ways_of_doing_are_told_apart_in_official_order():
    assert "các huyện Định Hóa, Phú Lương, Đồng Hỷ, Võ Nhai, mỗi đơn vị 05 dự án" in block_of(paper("real"), "I.4/14-KH/4.1").text
    assert (
        "các thành phố Thái Nguyên, Sông Công, huyện Đại Từ, thành phố Phổ Yên, huyện Phú Bình"
        in block_of(paper("real"), "I.4/14-KH/4.2").text
    )


def test_what_is_claimed_says_so_and_no_adjective_stands_in():
    for name in NAMES:
        for block in paper(name).body:
            if block.key.startswith("I"):
                assert not re.search(r"tích cực|thiết thực|hiệu quả cao|đáng kể|to lớn|tốt đẹp", block.text)
    assert block_of(paper("real"), "I.2/14-KH/2.3").text.endswith("có thực hiện, chưa có số liệu, văn bản kèm theo.")


def test_figures_stand_in_the_area_of_their_section():
    assert "820 người" in block_of(paper("real"), "I.3/figures").text
    assert "99,79%" in block_of(paper("real"), "I.1/figures").text
    assert "của tập thể: 1.797 mô hình" in block_of(paper("real"), "I.2/figures").text
    assert "2.359" not in block_of(paper("real"), "I.2/figures").text, "the sentence on the task has it"
    assert "8,57%" not in text(paper("real")).split("## II.")[0], "a figure of another year"


def test_counts_of_states_add_up_to_all():
    for name in NAMES:
        judged, of = both(name)
        plan = next(plan for plan in judged.plans if not plan.programme)
        figures = {figure.name: figure.text for figure in block_of(of, "II.1/counts").figures}
        own = [one for one in judged.standings if one.obligation.plan.id == plan.id]
        assert sum(int(figures.get(str(state), "0")) for state in State) == len(own) == int(figures["all"])


def test_the_rates_are_those_of_the_weekly_page():
    _, out, _ = tracker("status", "--as-of", "31/12/2023", "--plan", "14-KH", width=200)
    said = block_of(paper("real"), "II.1/rates").text
    for pair in ("24/312", "24/360"):
        assert pair in said
        assert pair in out
    own = [one for one in both("real")[0].standings if one.obligation.plan.key == "14-KH"]
    assert rate(own)[:3] == (24, 312, 360)


def test_the_year_before_is_compared_by_what_came_due_of_it():
    said = block_of(paper("showcase"), "II.1/before").text
    assert "11-KH/BDVTU-BDT" in said
    assert "giảm 19,51 điểm phần trăm" in said
    assert block_of(paper("real"), "II.1/before").text == SAY("annual.assess.no_before")

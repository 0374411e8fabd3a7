"""The weekly page: read as goldens, and held to what a page must be at any width and in any language."""

import re
from functools import cache

import pytest
from golden_files import same
from inside import tracker
from projects import REAL_DAY, ROOT, SHOWCASE, SHOWCASE_DAY, copy_of, edit, edited, judged, real, showcase

from tracker.lang import languages, words
from tracker.read import read
from tracker.render.page import render
from tracker.render.visible import cells
from tracker.run import newest
from tracker.stand import HORIZON_DAYS


@cache
def report_of(which):
    project, day = (real(), REAL_DAY) if which == "real" else (showcase(), SHOWCASE_DAY)
    return judged(project, day, plans=newest(project, day)[0])


@cache
def page(which, code="vi", width=80, *, color=False, plain=False):
    report = report_of(which)
    return render(report, words(code), width=width, color=color, plain=plain, horizon=HORIZON_DAYS)


@pytest.mark.parametrize("which", ["real", "showcase"])
@pytest.mark.parametrize(("code", "width"), [("vi", 80), ("en", 120)])
def test_the_page_as_read(which, code, width):
    same(f"status-{which}-{code}-{width}.txt", page(which, code, width))


@pytest.mark.parametrize("which", ["real", "showcase"])
def test_the_plain_page_as_read(which):
    same(f"status-{which}-plain.txt", page(which, plain=True))


@pytest.mark.parametrize("which", ["real", "showcase"])
@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("width", [60, 70, 80, 100, 132, 200])
def test_nothing_is_wider_than_the_screen_and_nothing_is_lost(which, code, width):
    text = page(which, code, width)
    assert max(cells(line) for line in text.splitlines()) <= width
    # Wrapping moves words to other lines and drops none: every task and every finding's rule can be found.
    flat = re.sub(r"\s+", "", text)
    for standing in report_of(which).standings:
        if standing.state == "overdue":
            assert standing.obligation.task.id in flat
    assert "…" not in text.replace("… ", "").replace("và 1 phát hiện", "")


def test_colour_only_repeats_words():
    colored = page("showcase", color=True)
    assert "\x1b[" in colored
    uncolored = re.sub(r"\x1b\[[0-9;]*m", "", colored)
    assert [line.rstrip() for line in uncolored.splitlines()] == page("showcase").splitlines()


@pytest.mark.parametrize("which", ["real", "showcase"])
def test_the_plain_page_is_made_of_sentences(which):
    text = page(which, plain=True)
    assert "\x1b" not in text
    assert not re.search(r"[\u2500-\u257f]", text)
    for line in text.splitlines():
        assert not re.search(r" {3,}", line), line


@pytest.mark.parametrize("which", ["real", "showcase"])
@pytest.mark.parametrize("code", languages())
def test_the_counts_of_the_footer_add_up(which, code):
    text = " ".join(page(which, code, 200).split())
    total, sum_ = re.search(r"(?:Cộng|Sum): ([0-9.,]+) [^=]*= ([^.]*(?:\.[0-9]+[^.]*)*)\.", text).groups()
    parts = [int(re.sub(r"[.,]", "", number)) for number in re.findall(r"[0-9][0-9.,]*", sum_)]
    assert sum(parts) == int(re.sub(r"[.,]", "", total))


def test_what_the_coordinator_would_ask_next_is_on_the_page():
    text = " ".join(page("real").split())
    # Standing duties of which nothing at all is recorded, and what the plan itself leaves open.
    assert "14-KH/4.7 Hướng dẫn công tác dân tộc và công tác dân vận" in text
    assert "14-KH/1.3 Theo dõi, đôn đốc" in text
    assert re.search(r"13 Nhiệm vụ chưa [^0-9]*chủ trì", text)
    assert re.search(r"38 Nhiệm vụ chưa có chỉ tiêu", text)
    # A plan that is closed has nothing coming.
    assert "SẮP ĐẾN HẠN" not in text
    assert "SẮP ĐẾN HẠN" in page("showcase")


def test_periods_of_several_years_have_different_headings(tmp_path):
    folder = copy_of(SHOWCASE, tmp_path)
    task = "  - {id: quy, title: Báo cáo quý, kind: recurring, every: quarter, for: bdt, lead: [bdt], measure: report}"
    edit(folder / "plans" / "05-CTr-2022.yaml", "\npaper:\n", f"\n{task}\npaper:\n")
    project = read(folder, None)
    assert project.problems == ()
    report = judged(project, SHOWCASE_DAY, plans=("05-CTr/BDVTU-BDT",))
    text = render(report, words("vi"), width=120, color=False, plain=False, horizon=HORIZON_DAYS)
    for heading in ("Q1/22", "Q1/23", "Q4/25"):
        assert heading in text


def test_markup_in_data_is_text():
    text = page("showcase", width=200)
    assert "[bold]Rà soát[/bold] =1+1 <b>việc phân công</b>" in text


def test_units_stand_in_official_order():
    lines = page("real").splitlines()
    grid = [line.split("  ")[1].strip() for line in lines if line.startswith("  BDV ") and re.search(r"[Q?] *$", line)]
    assert [name.removeprefix("BDV ").split(" Q")[0].split(" ?")[0].strip() for name in grid] == [
        "Tỉnh ủy", "TPTN", "Sông Công", "Định Hóa", "Phú Lương", "Đồng Hỷ", "Võ Nhai", "Đại Từ", "Phổ Yên", "Phú Bình",
    ]


def status(*arguments, **where):
    return tracker("status", *arguments, **where)


def shown(done):
    """The page, with the plan's own last day where it names the day of knowledge, which is today."""
    return re.sub(r"(nhận đến|up to) [0-9/]{10}", r"\1 31/12/2023", done.out)


def test_without_options_off_a_terminal():
    done = status()
    assert done.code == 0
    assert done.err == ""
    assert "nhận đến 31/12/2023" not in done.out, "all that is known by now"
    assert shown(done) == page("real")
    assert shown(status(width=120)) == page("real", width=120)
    assert shown(status("--no-color", NO_COLOR="1", TERM="dumb")) == page("real")
    assert shown(status("--plain")) == page("real", plain=True)
    assert shown(status("--lang", "en", width=120)) == page("real", "en", 120)
    assert shown(status(TRACKER_LANG="en", width=120)) == page("real", "en", 120)


def test_a_folder_below_the_project_finds_it():
    assert status(cwd=ROOT / "plans") == status()


def test_one_unit_with_the_offices_that_serve_it():
    text = status("--unit", "song-cong").out
    assert "BDV Sông Công" in text
    assert "VP Sông Công" in text
    assert "Định Hóa" not in text


def test_broken_input_is_told_and_the_rest_is_shown(tmp_path):
    folder = copy_of(SHOWCASE, tmp_path)
    edit(folder / "actuals" / "2024" / "bdt.yaml", "unit: bdt", "unit: bdtt")
    done = status("--as-of", "20/10/2024", cwd=folder)
    assert done.code == 2
    assert "actuals/2024/bdt.yaml:" in done.err
    assert "CÓ TỆP KHÔNG ĐỌC ĐƯỢC" in done.out
    assert "05-CTr/agreement" in done.out


def test_every_state_occurs_in_the_showcase():
    from tracker.model.record import StrayReason
    from tracker.model.standing import Evidence, State, Window

    report = judged(showcase(), SHOWCASE_DAY)
    assert {s.state for s in report.standings} == set(State)
    assert {s.window for s in report.standings} == set(Window)
    assert {s.evidence for s in report.standings} == set(Evidence)
    assert {s.why for s in report.strays} == set(StrayReason)


def test_every_rule_fires_in_the_showcase():
    fired = {f.rule for f in judged(showcase(), SHOWCASE_DAY).findings}
    # A rule about rules without rows cannot fire where all the others do: it is asked of one office alone.
    fired |= {f.rule for f in judged(showcase(), SHOWCASE_DAY, units=("bdt",)).findings}
    # Only a repository can tell that a plan file was changed: tests/test_git.py makes one.
    fired |= {f.rule for f in judged(edited(), SHOWCASE_DAY).findings if f.rule == "plan-edited"}
    assert fired == {rule.id for rule in showcase().rules}


def test_reading_twice_gives_an_equal_project():
    again = read(SHOWCASE, ROOT / "rules")
    assert again == showcase()

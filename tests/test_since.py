"""`status --since`, `diff` and `close`, as people type them."""

import json
import re
import shutil
from pathlib import Path

import pytest
from golden_files import same
from inside import tracker
from projects import ROOT, SHOWCASE, edit
from test_git import commit, git

from tracker.read import read

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tinh")
    for name in ("plans", "actuals"):
        shutil.copytree(SHOWCASE / name, folder / name)
    shutil.copytree(ROOT / "rules", folder / "rules")
    return folder


ASKED = ("--project", str(SHOWCASE), "--as-of", "20/10/2024", "--since", "7d")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_week_as_read(lang: str):
    code, page, trouble = tracker("status", *ASKED, "--lang", lang)
    assert (code, trouble) == (0, "")
    start = page.index("ĐÃ THAY ĐỔI TỪ" if lang == "vi" else "CHANGED SINCE")
    section = page[start : page.index("CẦN XỬ LÝ NGAY" if lang == "vi" else "ACT NOW")]
    assert max(map(len, section.splitlines())) <= 80
    same(f"since-showcase-{lang}-80.txt", section)
    # The counts of the causes add up to the number of changes.
    count, *causes = map(int, re.findall(r"[0-9]+", " ".join(section.splitlines()[1:4]).split(".")[0]))
    assert sum(causes) == count == 12
    plain = tracker("status", *ASKED, "--lang", lang, "--plain")[1]
    assert section.splitlines()[0] in plain


def test_two_weeks_are_14_days_and_a_day_is_a_day():
    shared = ("status", "--project", str(SHOWCASE), "--as-of", "20/10/2024", "--since")
    weeks = tracker(*shared, "2w")
    assert weeks == tracker(*shared, "06/10/2024") == tracker(*shared, "14d")
    assert "06/10/2024 (14 ngày)" in weeks.out


def test_nothing_changed_is_said_in_a_sentence():
    page = tracker("status", "--project", str(SHOWCASE), "--as-of", "20/10/2024", "--since", "0d")[1]
    assert "Không việc nào đổi tình trạng." in page
    assert "0 mới, 0 đã hết" in page


@pytest.mark.parametrize("when", ["31/02/2024", "hôm qua", "14/6"])
def test_what_is_neither_a_day_nor_a_revision(when: str):
    code, page, trouble = tracker("status", "--project", str(SHOWCASE), "--since", when)
    assert (code, page) == (2, "")
    assert "Traceback" not in trouble
    assert len(trouble.strip().splitlines()) == 2


def test_diff_as_json_adds_up_and_is_the_same_twice():
    words = ("diff", "13/10/2024", "20/10/2024", "--project", str(SHOWCASE), "--format", "json")
    code, text, trouble = tracker(*words)
    assert (code, trouble) == (0, "")
    assert tracker(*words)[1] == text
    found = json.loads(text)
    assert (found["version"], found["before"]["as_of"], found["after"]["known_by"]) == (1, "2024-10-13", "2024-10-20")
    assert list(found["causes"]) == ["time", "unit", "plan", "correction", "backdated", "new", "rule"]
    assert sum(found["causes"].values()) == len(found["moved"])
    assert all(found["causes"][cause] for cause in found["causes"] if cause != "rule"), "every cause occurs in the showcase"
    by_key = {(one["task"], one["unit"], one["period"]): (one["before"], one["after"], one["cause"]) for one in found["moved"]}
    assert by_key["12-KH/5.1", "bdt", "2024-09"] == ("overdue", "done_late", "backdated")
    assert by_key["12-KH/5.1", "bdt", "2024-06"] == ("done", "done_late", "correction")
    assert by_key["12-KH/1.10", "bdvtu", "2024"] == ("overdue", "open", "plan")
    assert by_key["12-KH/2.7", "to-tuyen-truyen", "2024-Q4"][1:] == (None, "unit")
    assert by_key["12-KH/3.2", "bdt", "vu-2"] == (None, "open", "new")
    prints = [*found["findings"]["persisting"], *(one["fingerprint"] for one in found["findings"]["new"])]
    checked = json.loads(tracker("check", "--project", str(SHOWCASE), "--as-of", "20/10/2024", "--format", "json")[1])
    assert sorted(prints) == sorted(one["fingerprint"] for one in checked["findings"])


def test_diff_names_both_days_of_both_views():
    text = tracker("diff", "13/10/2024", "20/10/2024", "--project", str(SHOWCASE), "--lang", "en")[1]
    before, after = text.splitlines()[:2]
    assert before.split(", files")[0] == "BEFORE: as of 13/10/2024, recorded by 13/10/2024"
    assert after.split(", files")[0] == "AFTER: as of 20/10/2024, recorded by 20/10/2024"
    late = tracker("diff", "18/10/2024", "19/10/2024", "--project", str(SHOWCASE), "--hindsight", "--format", "json")[1]
    assert json.loads(late)["before"]["known_by"] > "2024-12-31"


@needs_git
def test_a_revision_is_compared_with_the_files_as_they_are(province: Path, tmp_path: Path):
    folder = tmp_path / "kho"
    shutil.copytree(province, folder)
    git(folder, "init", "-q")
    commit(folder, "2024-10-13T10:00:00+07:00")
    git(folder, "tag", "tuan-truoc")
    git(folder, "branch", "20/10/2024")
    edit(folder / "plans" / "12-KH-2024.yaml", "    due: 31/8/2024\n    basis: {inferred: fn1}", "    due: 31/12/2024\n    basis: {inferred: fn1}")
    path = folder / "actuals" / "2024" / "bdt.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("events:", "  - {task: 12-KH/5.1, period: 2024-04, date: 14/10/2024, doc: 130-BC/BDT}\nevents:"), encoding="utf-8")
    edit(folder / "rules" / "report-late.yaml", "severity: note", "severity: warning")
    (folder / "rules" / "task-silent.yaml").unlink()
    shared = ("--project", str(folder), "--format", "json")
    code, text, trouble = tracker("diff", "tuan-truoc@20/10/2024", "20/10/2024", *shared)
    assert (code, trouble) == (0, "")
    found = json.loads(text)
    assert (found["before"]["revision"], found["before"]["as_of"], found["after"]["revision"]) == ("tuan-truoc", "2024-10-20", None)
    moved = {(one["task"], one["period"]): (one["before"], one["after"], one["cause"]) for one in found["moved"]}
    assert moved == {("12-KH/1.6", "2024"): ("overdue", "open", "plan"), ("12-KH/5.1", "2024-04"): ("overdue", "done_late", "backdated")}
    assert {one["cause"] for one in found["findings"]["resolved"] if one["rule"] == "task-silent"} <= {"rule"}
    # A revision alone is looked at as of the day of its commit; a branch that looks like a day is a day.
    alone = json.loads(tracker("diff", "tuan-truoc", "20/10/2024", *shared)[1])
    assert alone["before"]["as_of"] == "2024-10-13"
    assert json.loads(tracker("diff", "20/10/2024", "20/10/2024", *shared)[1])["before"]["revision"] is None
    page = tracker("status", "--project", str(folder), "--as-of", "20/10/2024", "--since", "tuan-truoc")[1]
    assert "ĐÃ THAY ĐỔI TỪ 13/10/2024 (tuan-truoc) (7 ngày)" in page
    assert git(folder, "status", "--porcelain").count("\n") == 3


@needs_git
def test_trouble_in_an_earlier_revision_is_told_and_hides_nothing(province: Path, tmp_path: Path):
    folder = tmp_path / "kho"
    shutil.copytree(province, folder)
    git(folder, "init", "-q")
    good = (folder / "plans" / "11-KH-2023.yaml").read_text(encoding="utf-8")
    commit(folder, "2024-10-13T10:00:00+07:00", **{"plans/11-KH-2023.yaml": good.replace("kind: milestone", "kind: mileston")})
    (folder / "plans" / "11-KH-2023.yaml").write_text(good, encoding="utf-8")
    code, text, trouble = tracker("diff", "HEAD", "20/10/2024", "--project", str(folder), "--format", "json")
    assert code == 2
    assert "HEAD:plans/11-KH-2023.yaml:14:" in trouble
    assert len(json.loads(text)["moved"]) > 10


def test_without_a_repository_a_revision_says_what_to_do(province: Path):
    code, page, trouble = tracker("status", "--project", str(province), "--since", "HEAD~1")
    assert (code, page) == (2, "")
    assert "git clone" in trouble or "Hãy cài git" in trouble


def test_closing_shows_first_and_writes_when_told(province: Path, tmp_path: Path):
    folder = tmp_path / "x"
    shutil.copytree(province, folder)
    path = folder / "plans" / "12-KH-2024.yaml"
    before = path.read_bytes()
    words = ("close", "12-KH", "--project", str(folder), "--on", "20/10/2024", "--known-by", "25/10/2024", "--document", '250-BC/BDVTU "ngày" \\ 1')
    code, shown, trouble = tracker(*words)
    assert (code, trouble, path.read_bytes()) == (0, "", before)
    counts = json.loads(tracker("check", "--project", str(folder), "--plan", "12-KH", "--as-of", "20/10/2024", "--format", "json")[1])
    assert f"figures: {{obligations: {counts['summary']['obligations']}, " in shown
    code, _, trouble = tracker(*words, "--yes")
    assert (code, trouble) == (0, "")
    assert path.read_bytes().startswith(before), "every byte that a person wrote is still there"
    project = read(folder)
    assert project.problems == ()
    closed = next(plan for plan in project.plans if plan.key == "12-KH")
    assert closed.closing_document == '250-BC/BDVTU "ngày" \\ 1'
    assert closed.close is not None
    assert closed.close.figures["obligations"] == counts["summary"]["obligations"]
    assert tracker("check", "--project", str(folder), "--select", "plan-published-changed", "--plan", "12-KH")[0] == 0
    # A second closing is refused; a record that is edited afterwards is seen, one that is added changes nothing.
    assert tracker(*words, "--yes")[0] == 2
    log = folder / "actuals" / "2024" / "bdt.yaml"
    text = log.read_text(encoding="utf-8")
    log.write_text(text.replace("events:", "  - {task: 12-KH/5.1, period: 2024-04, date: 18/10/2024, doc: 9-BC, recorded: 27/10/2024}\nevents:"), encoding="utf-8")
    assert tracker("check", "--project", str(folder), "--select", "plan-published-changed", "--plan", "12-KH")[0] == 0
    page = tracker("status", "--project", str(folder), "--plan", "12-KH")[1]
    assert "PHÁT SINH SAU THỜI ĐIỂM CHỐT SỐ LIỆU" in page
    log.write_text(text.replace("doc: 10-BC/BDT", "doc: 11-BC/BDT"), encoding="utf-8")
    code, told, _ = tracker("check", "--project", str(folder), "--select", "plan-published-changed", "--plan", "12-KH")
    assert code == 1
    assert "records" in told


@pytest.mark.parametrize(
    "words",
    [("11-KH",), ("12-KH", "--on", "01/01/2024"), ("12-KH", "--on", "01/01/2090"), ("12-KH", "--known-by", "01/01/2090"), ("99-KH",)],
)
def test_a_closing_that_cannot_be_is_refused(province: Path, words: tuple[str, ...]):
    code, page, trouble = tracker("close", *words, "--project", str(province), "--document", "x", "--yes")
    assert (code, page) == (2, "")
    assert "Traceback" not in trouble


def test_figures_are_not_published_of_what_could_not_be_read(province: Path, tmp_path: Path):
    folder = tmp_path / "x"
    shutil.copytree(province, folder)
    edit(folder / "plans" / "12-KH-2024.yaml", "    target: 27 lớp", "    target: hai bảy lớp")
    code, _, trouble = tracker("close", "12-KH", "--project", str(folder), "--document", "x", "--yes")
    assert code == 2
    assert "12-KH-2024.yaml" in trouble

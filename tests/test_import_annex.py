"""A plan's annex in Word becomes a plan file that the program reads, with what it did not understand as remarks."""

import re
from pathlib import Path

import pytest
from annexes import PLANS, plan_of_six_kinds
from docx import Document
from golden_files import same
from inside import tracker
from projects import ROOT, SHOWCASE, logs_of, showcase
from workbooks import _fresh

from tracker.intake.concluded import Group, case, day_of_month, every, group, measure
from tracker.model.plan import Plan
from tracker.read import read

NUMBER = "13-KH/BDVTU-BDT"
KINDS = {"huyen": 8, "xa": 3, "phong-dan-toc": 2}


def written(path: Path, project: Path, *words: str) -> tuple[str, Plan]:
    """What is shown, and the plan as it is read again: without a problem, and judged without one."""
    ran = tracker("import", str(path), "--project", str(project), "--as-plan", NUMBER, "--year", "2025", "--yes", *words)
    assert ran.err == ""
    assert ran.code == 1, "what was concluded is doubted"
    found = read(project, ROOT / "rules")
    assert found.problems == showcase().problems
    status = tracker("status", "--project", str(project), "--plan", "13-KH", "--as-of", "30/6/2025")
    assert (status.code, status.err) == (0, "")
    return ran.out, next(plan for plan in found.plans if plan.id == NUMBER)


@pytest.mark.parametrize("name", PLANS)
def test_each_annex_becomes_a_plan_that_is_read_and_judged(name: str, tmp_path: Path):
    project = logs_of(SHOWCASE, tmp_path / "project")
    shown, _ = written(PLANS[name](tmp_path / f"{name}.docx"), project)
    # The packer writes the time of day into the file.
    same(f"import-{name}-vi.txt", re.sub("sha256 [0-9a-f]{12}", "sha256 …", shown))


def test_all_six_kinds_areas_and_calendars_are_concluded(tmp_path: Path):
    project, path = logs_of(SHOWCASE, tmp_path / "project"), plan_of_six_kinds(tmp_path / "phu-luc.docx")
    words = ("import", str(path), "--project", str(project), "--as-plan", NUMBER)
    assert tracker(*words, "--year", "2025").code == 1
    assert not (project / "plans" / "13-kh.yaml").exists(), "without --yes it is shown"
    shown, plan = written(path, project, "--lang", "en")
    told = [(task.id[6:], str(task.kind), task.owed_by, str(task.every), task.measure) for task in plan.tasks]
    both = ("bdvtu", "bdt")
    assert told == [
        ("1.1", "milestone", ("bdvtu",), "once", ""),
        ("1.2", "coverage", ("huyen",), "once", ""),
        ("1.3", "coverage", ("huyen",), "once", "agreement"),
        ("2.1", "quantity", ("bdt",), "once", "hoi-nghi"),
        ("2.2", "quantity", ("bdvtu",), "once", "lop"),
        ("2.3", "standing", ("bdt",), "once", ""),
        ("2.4", "quantity", ("bdvtu",), "quarter", "tin-bai"),
        ("3.1", "recurring", both, "month", "report"),
        ("3.1-quarter", "recurring", both, "quarter", "report"),
        ("3.2", "recurring", ("bdt",), "month", "report"),
        ("3.3", "conditional", both, "once", ""),
        ("3.4", "recurring", ("bdvtu",), "half", ""),
        ("3.5", "milestone", ("bdt",), "once", "inspection"),
        ("3.6", "milestone", ("bdvtu",), "once", ""),
    ]
    assert dict(plan.areas) == {"1": "Lãnh đạo, chỉ đạo", "2": "Tuyên truyền, vận động", "3": "Thông tin, báo cáo"}
    assert (plan.under, f"{plan.issued:%d/%m/%Y}") == ("05-CTr/BDVTU-BDT", "15/01/2025")
    task = {task.id[6:]: task for task in plan.tasks}
    assert (task["2.1"].section, task["2.1"].area, task["2.1"].basis.where) == ("II.1", "2", "phụ lục, Bảng 1, dòng 7")
    assert [task[id_].due.on.last.isoformat() for id_ in ("1.1", "1.2", "1.3", "2.1")] == ["2025-02-28", "2025-03-31", "2025-11-15", "2025-09-30"]
    assert task["2.1"].partners == ("bdvtu", "Công an tỉnh")
    assert (task["3.3"].case, task["3.3"].lead) == ("vu-viec", both)
    regime = plan.regimes[task["3.2"].regime]
    assert "Trước ngày 25 hằng tháng" in regime.source
    assert "Bảng 1!F4: “9/9 huyện có KH”: taken as owed by every unit of kind huyen (coverage); the plan says 9, the project has 8." in shown
    assert "Bảng 1!E17: The time “Tháng 6, 11–12” is not understood" in shown
    again = tracker(*words, "--year", "2025", "--yes")
    assert again.code == 2, "a plan that is there is never written over"


def test_a_workbook_is_an_annex_as_well(tmp_path: Path):
    book, sheet = _fresh("PL")
    for row in (["PHỤ LỤC NHIỆM VỤ NĂM 2025"], ["TT", "Nội dung", "Chủ trì", "Thời hạn"], [1, "Sơ kết", "bdt", "30/6"], [2, "Tổng kết", "bdt", "15/12"]):
        sheet.append(row)
    book.save(tmp_path / "pl.xlsx")
    project = logs_of(SHOWCASE, tmp_path / "project")
    ran = tracker("import", str(tmp_path / "pl.xlsx"), "--project", str(project), "--as-plan", NUMBER, "--year", "2025", "--yes")
    assert (ran.code, ran.err) == (0, "")
    plan = next(plan for plan in read(project, ROOT / "rules").plans if plan.id == NUMBER)
    assert plan.title == "PHỤ LỤC NHIỆM VỤ NĂM 2025"
    assert [(task.id, task.due.on.last.isoformat()) for task in plan.tasks] == [("13-KH/1", "2025-06-30"), ("13-KH/2", "2025-12-15")]


def test_a_plan_needs_a_year_and_a_table(tmp_path: Path):
    path = tmp_path / "phu-luc.docx"
    Document().save(str(path))
    words = ("--project", str(SHOWCASE), "--as-plan", NUMBER)
    assert tracker("import", str(path), *words).code == 2
    assert tracker("import", str(path), *words, "--year", "2025").code == 2


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("hằng tháng", ("month",)), ("Hàng quý", ("quarter",)), ("hằng tháng, quý", ("month", "quarter")), ("6 tháng/lần", ("half",)),
        ("định kỳ tháng, quý, 6 tháng, năm", ("month", "quarter", "half", "year")), ("Hằng tháng, hằng quý và hằng năm", ("month", "quarter", "year")),
        ("mỗi quý 1 lần", ("quarter",)), ("01 lần/tháng", ("month",)), ("3 tháng/lần", ("quarter",)), ("trước ngày 25 hằng tháng", ("month",)),
        ("hằng quý, trước ngày 25 tháng cuối quý", ("quarter",)), ("hằng tuần", ("week",)), ("Sau tháng 6", ()), ("sáu tháng đầu năm", ()),
        ("2 lần/năm", ()), ("Quý I", ()), ("tháng 6", ()), ("trong năm", ()), ("mỗi khi có vụ việc", ()), ("hằng tháng (trước ngày 20)", ("month",)),
    ],
)  # fmt: skip
def test_how_often(text: str, periods: tuple[str, ...]):
    assert every(text) == periods


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("8/9 huyện", Group("huyen", 8, 9)), ("các huyện, thành phố", Group("huyen")), ("Cấp huyện", Group("huyen")), ("UBND các xã, phường", Group("xa")),
        ("9/9 đơn vị cấp huyện ký kết", Group("huyen", 9, 9)), ("Phòng Dân tộc các huyện", Group("phong-dan-toc")), ("mỗi xã 01 mô hình", Group("xa")),
        ("Các địa phương", Group("huyen")), ("Ban Dân vận các huyện ủy", Group("huyen")), ("huyện Tân An", None), ("15/8 hội nghị", None), ("các cơ quan", None),
        ("các tỉnh", None), ("", None),
    ],
)  # fmt: skip
def test_groups_of_units(text: str, found: Group | None):
    assert group(text, KINDS) == found


def test_occasions_days_and_measures():
    assert [case(text) for text in ("Khi có vụ việc", "Khi phát sinh", "đột xuất", "Khi cần", "khi có: vụ việc phức tạp.", "Quý I")] == [
        "vu-viec", "phat-sinh", "dot-xuat", "phat-sinh", "vu-viec-phuc-tap", "",
    ]  # fmt: skip
    assert [day_of_month(text) for text in ("trước ngày 25 hằng tháng", "ngày 05 hằng quý", "hằng tháng", "ngày 15/11", "ngày 5 tháng 6", "ngày 40")] == [25, 5, 0, 0, 0, 0]
    assert measure("Ký kết chương trình", "", "") == "agreement"
    assert measure("Kiểm tra", "05 cuộc", "cuộc") == "inspection"
    assert measure("Báo cáo tháng", "01 báo cáo", "báo cáo") == measure("Báo cáo", "", "") == "report"
    assert measure("Tập huấn", "27 lớp", "lớp") == "lop"

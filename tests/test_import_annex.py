"""A plan's annex in Word becomes a plan file that the program reads, with what it did not understand as remarks."""

from pathlib import Path

import pytest
from docx import Document
from inside import tracker
from projects import ROOT, SHOWCASE, copy_of

from tracker.read import read

ROWS = [
    ["TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian", "Sản phẩm"],
    ["I", "Lãnh đạo, chỉ đạo", "", "", "", ""],
    ["1", "Ban hành kế hoạch phối hợp năm", "Ban Dân vận", "Ban Dân tộc", "Tháng 01–02", "Kế hoạch"],
    ["2", "Hội nghị cung cấp thông tin", "Ban Dân tộc", "Ban Dân vận, Công an tỉnh", "Quý II–III", "05 hội nghị"],
    ["3", "Trao đổi thông tin, báo cáo định kỳ", "Ban Dân vận, Ban Dân tộc", "", "hằng tháng", "Báo cáo"],
    ["4", "Tuyên truyền chủ trương: chính sách # mới", "Ban Dân tộc", "", "Thường xuyên", ""],
    ["5", "Xử lý vụ việc phát sinh", "Hai cơ quan", "", "Khi có vụ việc", "Báo cáo nhanh"],
]


@pytest.fixture
def annex(tmp_path: Path) -> Path:
    document = Document()
    document.add_paragraph("Phụ lục kế hoạch phối hợp năm 2025")
    table = document.add_table(len(ROWS), len(ROWS[0]))
    for number, row in enumerate(ROWS):
        for index, text in enumerate(row):
            table.cell(number, index).text = text
    path = tmp_path / "phu-luc.docx"
    document.save(str(path))
    return path


def test_rows_become_tasks(annex: Path, tmp_path: Path):
    project = copy_of(SHOWCASE, tmp_path / "project")
    words = ("import", str(annex), "--project", str(project), "--as-plan", "13-KH/BDVTU-BDT", "--year", "2025")
    shown = tracker(*words)
    assert shown.code == 1
    assert not (project / "plans" / "13-kh.yaml").exists()
    ran = tracker(*words, "--yes", "--lang", "en")
    assert ran.err == ""
    assert ran.code == 1
    found = read(project, ROOT / "rules")
    assert found.problems == read(SHOWCASE, ROOT / "rules").problems
    tasks = next(plan for plan in found.plans if plan.id == "13-KH/BDVTU-BDT").tasks
    told = [
        (
            task.id,
            str(task.kind),
            task.lead,
            str(task.every),
            task.due.on.last.month if task.due and task.due.on and task.due.stated else 0,
        )
        for task in tasks
    ]
    assert told == [
        ("13-KH/1", "milestone", ("bdvtu",), "once", 2),
        ("13-KH/2", "quantity", ("bdt",), "once", 9),
        ("13-KH/3", "recurring", ("bdvtu", "bdt"), "month", 0),
        ("13-KH/4", "standing", ("bdt",), "once", 0),
        ("13-KH/5", "milestone", (), "once", 0),
    ]  # fmt: skip
    assert tasks[1].target is not None
    assert tasks[1].target.text == "05 hội nghị"
    assert tasks[3].title == "Tuyên truyền chủ trương: chính sách # mới"
    assert "Bảng 1!C7: Who leads is not understood (“Hai cơ quan”)" in ran.out
    assert "Bảng 1!E7: The time “Khi có vụ việc” is not understood" in ran.out
    again = tracker(*words, "--yes")
    assert again.code == 2, "a plan that is there is never written over"


def test_a_plan_needs_a_year_and_a_table(annex: Path):
    words = ("import", str(annex), "--project", str(SHOWCASE), "--as-plan", "13-KH/BDVTU-BDT")
    assert tracker(*words).code == 2
    log = ROOT / "tests" / "texts" / "khong-co.docx"
    assert tracker("import", str(log), *words[2:], "--year", "2025").code == 2

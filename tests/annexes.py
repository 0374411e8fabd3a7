"""Word annexes with the habits of offices, made by the tests.

| habit | where |
|---|---|
| several tables in one paper, numbered by their order; a title in the paragraphs above | split_rows, plan_in_two_tables |
| a header in two merged rows; groups merged across; a total | split_rows |
| one row that a page break cut in two | split_rows, plan_in_two_tables |
| TCVN3 in single runs; names in NFD and without accents | old_words, plan_in_two_tables |
| units merged down over rows | old_words, plan_in_two_tables |
| groups by Roman numbers, numbers that begin anew in each, or run through both tables | plan_of_six_kinds, plan_in_two_tables |
| times: months and quarters with a dash, "trước ngày", "hằng tháng, quý", "6 tháng/lần", "Cả năm", "Khi có vụ việc", days of an event | both plans |
| products: 8/8 huyện, 05 hội nghị with 300 đại biểu, words with numbers that are no amount | both plans |
"""

import unicodedata
from pathlib import Path
from typing import Any

from docx import Document


def split_rows(path: Path) -> Path:
    """Two tables of one paper: a header in two rows, groups merged across, one row that a page break cut in two."""
    document = Document()
    document.add_paragraph("PHỤ LỤC 1")
    document.add_paragraph("Kết quả thực hiện kế hoạch phối hợp năm 2024")
    rows = [
        ["TT", "Nội dung", "Đơn vị thực hiện", "Kết quả", "", "Thời gian"],
        ["", "", "", "Số hội nghị", "Số đại biểu", ""],
        ["I. Tuyên truyền", "", "", "", "", ""],
        ["1", "Hội nghị cung cấp thông tin cho", "Ban Dân tộc", "03", "trên 280", "15/8"],
        ["", "người có uy tín", "", "", "", ""],
        ["2", "2.5", "Ban Dân vận", "", "", ""],
        ["Tổng cộng", "", "", "3", "280", ""],
    ]
    table = document.add_table(len(rows), 6)
    for number, row in enumerate(rows):
        for index, text in enumerate(row):
            if text:
                table.cell(number, index).text = text
    for index in (0, 1, 2, 5):
        table.cell(0, index).merge(table.cell(1, index))
    table.cell(0, 3).merge(table.cell(0, 4))
    table.cell(2, 0).merge(table.cell(2, 5))
    document.add_paragraph("PHỤ LỤC 2. Báo cáo đã gửi")
    second = document.add_table(2, 4)
    for number, row in enumerate(
        (["Nhiệm vụ số", "Đơn vị", "Kỳ", "Số ký hiệu"], ["12-KH/5.1", "bdt", "tháng 10/2024", "130-BC/BDT"])
    ):
        for index, text in enumerate(row):
            second.cell(number, index).text = text
    document.save(str(path))
    return path


def old_words(path: Path) -> Path:
    """A table in a font of before Unicode, and a unit merged down over its rows."""
    document = Document()
    table = document.add_table(3, 4)
    for index, text in enumerate(("Mã", "Đơn vị", "Ngày", "Ghi chú")):
        table.cell(0, index).text = text
    for number, day in ((1, "15/8/2024"), (2, "16/8/2024")):
        table.cell(number, 0).text = "12-KH/2.1"
        table.cell(number, 2).text = day
    run = table.cell(1, 3).paragraphs[0].add_run("héi nghÞ nh©n d©n")
    run.font.name = ".VnTime"
    table.cell(1, 1).text = "Ban Dân tộc"
    table.cell(1, 1).merge(table.cell(2, 1))
    document.save(str(path))
    return path


PLAN = [
    ["TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian", "Sản phẩm"],
    ["I", "Lãnh đạo, chỉ đạo", "", "", "", ""],
    ["1", "Ban hành kế hoạch phối hợp năm", "Ban Dân vận", "Ban Dân tộc", "Tháng 01–02", "Kế hoạch"],
    ["2", "Hướng dẫn cấp huyện ký chương trình phối hợp", "Ban Dân vận", "Ban Dân tộc", "Quý I", "9/9 huyện có KH"],
    ["3", "Ký kết chương trình phối hợp", "Các huyện, thành phố", "", "trước ngày 15/11", "8/8 huyện"],
    ["II", "Tuyên truyền, vận động", "", "", "", ""],
    ["1", "Hội nghị cung cấp thông tin", "Ban Dân tộc", "Ban Dân vận, Công an tỉnh", "Quý II–III", "05 hội nghị, 300 đại biểu"],
    ["2", "Tập huấn nghiệp vụ dân vận", "Ban Dân vận", "", "Cả năm", "27 lớp"],
    ["3", "Tuyên truyền chủ trương: chính sách # mới", "Ban Dân tộc", "", "Thường xuyên", ""],
    ["4", "Tin, bài tuyên truyền", "Ban Dân vận", "", "hằng quý", "03 tin, bài"],
    ["III", "Thông tin, báo cáo", "", "", "", ""],
    ["1", "Trao đổi thông tin, báo cáo định kỳ", "Hai cơ quan", "", "hằng tháng, quý", "Báo cáo"],
    ["2", "Báo cáo tháng", "Ban Dân tộc", "", "Trước ngày 25 hằng tháng", "Báo cáo"],
    ["3", "Xử lý vụ việc phát sinh", "Hai cơ quan", "", "Khi có vụ việc", "Báo cáo nhanh"],
    ["4", "Hội nghị nắm tình hình Nhân dân", "Ban Dân vận", "Ban Dân tộc", "6 tháng/lần", "BC"],
    ["5", "Kiểm tra chương trình mục tiêu tại huyện", "Ban Dân tộc", "", "Quý III", "04 trực tiếp, 05 qua báo cáo"],
    ["6", "Sơ kết 6 tháng, tổng kết năm", "Ban Dân vận", "Ban Dân tộc", "Tháng 6, 11–12", "BC"],
]


def _fill(table: Any, rows: list[list[str]]) -> None:
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            if text:
                cell.text = text


def plan_of_six_kinds(path: Path) -> Path:
    """The annex of a plan: groups by Roman numbers with numbers beginning anew, all six kinds of task, a reporting day."""
    document = Document()
    document.add_paragraph("PHỤ LỤC NHIỆM VỤ NĂM 2025")
    document.add_paragraph("(Kèm theo Kế hoạch số 13-KH/BDVTU-BDT ngày 15/01/2025, thực hiện Chương trình số 05-CTr/BDVTU-BDT)")
    _fill(document.add_table(len(PLAN), len(PLAN[0])), PLAN)
    document.save(str(path))
    return path


def plan_in_two_tables(path: Path) -> Path:
    """Another: two tables numbered through, a font of before Unicode, names in NFD, who leads merged down, a row cut in two."""
    document = Document()
    document.add_paragraph("Phụ lục 1. Nhiệm vụ trọng tâm năm 2025")
    head = ["STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", "Sản phẩm, kết quả"]
    rows = [
        head,
        ["1", "Tổ chức hội nghị giao ban", unicodedata.normalize("NFD", "Ban Dân vận"), "Ban Dân tộc", "14–16/6", "01 hội nghị"],
        ["2", "Bồi dưỡng cán bộ dân vận cơ sở", "", "", "30/9/2025", "27 lớp cho 1.350 học viên"],
        ["", "vùng đồng bào dân tộc thiểu số", "", "", "", ""],
        ["3", "Mỗi xã xây dựng một mô hình", "UBND các xã, phường", "Các huyện", "6 tháng đầu năm", "01 mô hình"],
        ["4", "Biên soạn sổ tay", "Ban Dan toc", "", "Sau hội nghị", ""],
        ["Tổng cộng", "", "", "", "", ""],
    ]
    table = document.add_table(len(rows), len(head))
    _fill(table, rows)
    table.cell(1, 2).merge(table.cell(2, 2))
    document.add_paragraph("Phụ lục 2. Chế độ báo cáo")
    more = [head, ["5", "", "Ban Dân vận", "", "ngày 05 hằng quý", "Báo cáo"], ["6", "Tin, bài", "bdt", "", "thường xuyên", "12 tin"]]
    second = document.add_table(len(more), len(head))
    _fill(second, more)
    run = second.cell(1, 1).paragraphs[0].add_run("B¸o c¸o t×nh h×nh nh©n d©n")
    run.font.name = ".VnTime"
    document.save(str(path))
    return path


PLANS = {one.__name__: one for one in (plan_of_six_kinds, plan_in_two_tables)}
ANNEXES = {one.__name__: one for one in (split_rows, old_words)}

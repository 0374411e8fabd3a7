"""Workbooks with the habits of offices, made by the tests: nobody retypes them, so the program has to read them.

| habit | where |
|---|---|
| title rows; a header in two merged rows; a row of column numbers | grouped |
| STT that begins anew in each group; groups by Roman numbers, merged and not | grouped |
| rows that go on from the one above; a title cut into two rows; a total; notes and signatures below | grouped |
| a bare number that its header explains; 05, trên, gần, khoảng, ít nhất, không quá | grouped, serials |
| days that a machine with the month first turned round | swapped |
| day, month, quarter, half-year, whole year, "thường xuyên", days of an event | serials |
| day/month/year with /, - and ., in words; without a year; days as bare numbers; a workbook that counts from 1904 | serials |
| 2.359 and 96.105 with thousands dots, 2 359 with a space, 1.5 and 1,234 with two readings, a range "3–5" | serials |
| TCVN3, TCVN3 in capitals, VNI; several fonts in one cell; a cell that only looks like them | old_font |
| NFD in cells, in the name of the sheet and of the file; đ, which does not decompose | decomposed |
| TP., TX., H. and short names; uỷ for ủy; names without accents, unique and not; hidden differences | decomposed |
| hidden rows, columns and sheets; formulas with and without a value; an error; a number merged over rows | hidden |
| several units in a cell, on lines of their own; a result in words; a document under "Kết quả" | hidden, decomposed |
| "chưa", "đang", "hoãn": what was not done | hidden |
"""

import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904


def _runs(*runs: tuple[str, str]) -> CellRichText:
    return CellRichText(*(TextBlock(InlineFont(rFont=font), text) for font, text in runs))


def _fresh(title: str = "Sheet1") -> tuple[Workbook, Any]:
    book = Workbook()
    sheet = book.active
    sheet.title = title
    return book, sheet


def grouped(path: Path) -> Path:
    """Title rows, a header in two merged rows, STT, groups by Roman number, rows that go on, a total, signatures."""
    book, sheet = _fresh()
    rows = [
        ["BAN DÂN TỘC TỈNH"],
        ["SỔ THEO DÕI THỰC HIỆN KẾ HOẠCH NĂM 2024"],
        [],
        ["TT", "Nội dung", "Cơ quan chủ trì", "Kết quả", None, "Thời gian", "Ghi chú"],
        [None, None, None, "Số hội nghị", "Số đại biểu", None, None],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        ["I. Tuyên truyền, vận động"],
        [1, "12-KH/2.1", "Ban Dân tộc", 3, "trên 4.700", date(2024, 8, 15), None],
        [None, None, "BDV Tỉnh ủy", 2, 120, "20/8/2024", "phối hợp"],
        ["II. Chỉ đạo, điều hành"],
        [2, "Tổ chức chuyến học tập kinh", "Ban Dân tộc", None, None, "trong tháng 9", None],
        [None, "nghiệm ngoài tỉnh", None, None, None, None, None],
        [3, "Biên soạn sổ tay", "Ban Dân vận", None, None, None, None],
        ["III", "Kiểm tra", None, None, None, None, None],
        [1, "2.5 Đoàn người có uy tín tham quan học tập", "Ban Dân tộc", None, "gần 40", "30/9/2024", "01 đoàn"],
        ["Tổng cộng", None, None, 5, 4860, None, None],
        ["Ghi chú: số liệu tính đến 30/9/2024"],
        ["Người lập biểu"],
        ["Nguyễn Văn A"],
    ]
    for row in rows:
        sheet.append(row)
    for area in (
        "A1:G1",
        "A2:G2",
        "A4:A5",
        "B4:B5",
        "C4:C5",
        "D4:E4",
        "F4:F5",
        "G4:G5",
        "A7:G7",
        "A10:G10",
        "A16:C16",
        "A17:G17",
        "A18:G18",
    ):
        sheet.merge_cells(area)
    book.save(path)
    return path


def swapped(path: Path) -> Path:
    """Days typed day first, where the program took the month first: some became other days, the rest stayed text."""
    book, sheet = _fresh("Nhật ký")
    sheet.append(["STT", "Mã nhiệm vụ", "Đơn vị", "Ngày thực hiện", "Số lượng"])
    sheet.append([1, "12-KH/2.1", "bdt", date(2024, 2, 1), "1 hội nghị"])
    sheet.append([2, "12-KH/2.1", "bdt", "25/02/2024", "1 hội nghị"])
    sheet.append([3, "12-KH/2.1", "bdt", date(2024, 3, 3), "1 hội nghị"])
    book.save(path)
    return path


def old_font(path: Path) -> Path:
    """Cells in the fonts of before Unicode, beside one that only looks like them."""
    book, sheet = _fresh()
    sheet.append(["STT", "Nội dung", "Đơn vị", "Ngày", "Ghi chú"])
    sheet.append([1, "12-KH/2.1", "Ban D©n téc", "15/8/2024", "héi nghÞ nh©n d©n"])
    sheet.append([2, "12-KH/2.1", "Ban Dân tộc", "16/8/2024", "nhaân daân hoäi nghò"])
    sheet.append([3, "12-KH/2.1", "Ban Dân tộc", "17/8/2024", "Señor Muñoz"])
    sheet.append([4, "12-KH/2.1", "Ban Dân tộc", "18/8/2024", "d©n vËn khÐo"])
    sheet.append([5, "12-KH/2.1", "Ban Dân tộc", "19/8/2024", _runs((".VnTime", "héi nghÞ "), ("Arial", "giao ban"))])
    for cell in ("C2", "E2"):
        sheet[cell].font = Font(name=".VnTime")
    sheet["E3"].font = Font(name="VNI-Times")
    sheet["E5"].font = Font(name=".VnTimeH")
    book.save(path)
    return path


def decomposed(path: Path) -> Path:
    """Names as a Mac writes them, letters and marks apart; some without marks; some that several units share."""
    book, sheet = _fresh(unicodedata.normalize("NFD", "Sổ tháng"))

    def apart(*texts: str) -> list[str]:
        return [unicodedata.normalize("NFD", text) for text in texts]

    sheet.append(apart("STT", "Nội dung công việc", "Đơn vị thực hiện", "Kỳ báo cáo", "Ngày gửi", "Số ký hiệu"))
    sheet.append(apart("1", "Báo cáo tháng", "Ban Dân tộc", "Tháng 10/2024", "25/10/2024", "130-BC/BDT"))
    sheet.append(apart("2", "bao cao thang", "Ban Dan toc", "11/2024", "25/11/2024", "140-BC/BDT"))
    sheet.append(apart("3", "12-KH/1.2", "Tan An", "", "25/3/2024", "01-KH/TA"))
    sheet.append(apart("4", "12-KH/1.2", "Huyện Tân Ấn", "", "25/3/2024", "02-KH/TA"))
    for number, name in enumerate(("TP. Minh Sơn", "TX. Hạ Lâm", "H. Tân An", "BDV Tỉnh uỷ", "Dong Khe", "xã Tân An"), 5):
        sheet.append(apart(str(number), "12-KH/1.2", name, "", "26/3/2024", f"{number:02d}-KH/X"))
    sheet.append(apart("11", "Báo cáo tháng", "Tân An;\nNậm Khê", "8", "25/8/2024", "150-BC/TA"))
    book.save(path)
    return path


def hidden(path: Path) -> Path:
    """A hidden row, a hidden column, a hidden sheet; totals by formula; an error; a number merged over two rows."""
    book, sheet = _fresh("Quý 3")
    sheet.append(["TT", "Nhiệm vụ số", "Đơn vị", "Thời gian thực hiện", "Số hội nghị", "Kết quả"])
    sheet.append([1, "12-KH/2.1", "Ban Dân tộc", "Quý III/2024", 2, "Đã tổ chức 02 hội nghị tại Nậm Khê"])
    sheet.append([2, "12-KH/2.1", "Ban Dân tộc", "01/8/2024", 1, "05 hội nghị, 300 đại biểu"])
    sheet.append([3, "12-KH/2.1", "Ban Dân tộc", "02/8/2024", "=1+1", None])
    sheet.append([4, "12-KH/2.5", "Ban Dân tộc", "03/8/2024", 4, None])
    sheet.append([5, "12-KH/2.5", "Ban Dân vận", "04/8/2024", None, None])
    sheet.append([6, "12-KH/2.5", "Ban Dân tộc", "Quý IV", None, "Chưa thực hiện"])
    sheet.append([7, "12-KH/2.5", "Ban Dân tộc", "05/8/2024", None, "Hoãn sang tháng 12"])
    sheet.append([8, "12-KH/1.1", "Ban Dân vận", "06/8/2024", "#N/A", "112-BC/BDVTU"])
    sheet.append(["Tổng số", None, None, None, "=SUM(E2:E6)", None])
    sheet.merge_cells("E5:E6")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["F"].hidden = True
    extra = book.create_sheet("Nháp")
    extra.append(["Mã", "Đơn vị", "Ngày"])
    extra.append(["12-KH/2.5", "bdt", "05/8/2024"])
    extra.sheet_state = "hidden"
    book.save(path)
    return path


def serials(path: Path) -> Path:
    """Days as bare numbers in a workbook that counts from 1904; words for times; amounts of two readings."""
    book, sheet = _fresh("2024")
    book.epoch = CALENDAR_MAC_1904
    sheet.append(["Mã việc", "Đơn vị", "Ngày", "Số lượng"])
    sheet.append(["12-KH/2.1", "bdt", 43_966, "2 hội nghị"])
    sheet.append(["12-KH/2.1", "bdt", date(2024, 5, 15), 2.359])
    sheet.append(["12-KH/2.1", "bdt", date(2024, 5, 16), 2359])
    sheet.append(["12-KH/2.1", "bdt", "thường xuyên", "gần 20 hội nghị"])
    sheet.append(["12-KH/2.1", "bdt", "Quý I", "05 hội nghị"])
    sheet.append(["12-KH/2.1", "bdt", "31/12/2199", "1 hội nghị"])
    more = [
        ("15-3-2024", "96.105 lượt người"), ("15.3.2024", "2 359 đại biểu"), ("ngày 15 tháng 3 năm 2024", "khoảng 20 hội nghị"),
        ("tháng 3/2024", "không quá 5 hội nghị"), ("6 tháng đầu năm", "ít nhất 7 hội nghị"), ("cả năm", "08 hội nghị"),
        ("trong tháng 6", "6,47%"), ("14–16/6", "01 hội nghị"), ("14, 18/6", "02 hội nghị"), ("trước ngày 15/11", "01 hội nghị"),
        ("15/8", "1.5 hội nghị"), ("16/8", "1,234 người"), ("17/8", "từ 3–5 hội nghị"), ("06/14/2024", "1 hội nghị"), ("30/2/2024", "1 hội nghị"),
    ]  # fmt: skip
    for day, amount in more:
        sheet.append(["12-KH/2.1", "bdt", day, amount])
    book.save(path)
    return path


WORKBOOKS = {one.__name__: one for one in (grouped, swapped, old_font, decomposed, hidden, serials)}

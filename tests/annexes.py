"""Word annexes with the habits of offices, made by the tests."""

from pathlib import Path

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


ANNEXES = {one.__name__: one for one in (split_rows, old_words)}
